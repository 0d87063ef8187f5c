/**
 * VS Code: what a page in a webview posts arrives, copied, at the extension that shows it, and what the extension posts to a webview
 * at the page. A page gets hold of its end by `acquireVsCodeApi()`, which a script of its own by custom leaves in the global
 * `vscode`. Which page belongs to which webview is not known: https://code.visualstudio.com/api/extension-guides/webview.
 */
import { objectsOf, type Obj } from "../../domain/heap.js";
import { exact, isBottom, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { clone } from "../../machine/clone.js";
import { external } from "../../machine/external.js";
import { leave } from "../../machine/jobs.js";
import type { Machine, Native, NativeCall } from "../../machine/machine.js";
import { entries } from "../../machine/props.js";
import { placesUnder, readPlace, writePlace } from "../../stores/places.js";
import { toWindows } from "../dom/targets.js";
import { emit, listen, listenersOf, registerJob } from "../events.js";
import type { NativeModule } from "../index.js";
import { perhaps } from "../../machine/fork.js";
import { argOf, callWith } from "../support.js";

const MESSAGE = ofConst("message");

/** All extension code that listens to pages: pages of other programs post as well. */
const hub = (m: Machine): Obj => external(m, "vscode", ["#from webviews"]);

/** What pages have posted before anyone listened, each kind of message by itself. */
const WAITING = "messages of webviews:";

/** What tells messages apart: the exact texts among their properties, such as `type=save`. */
function kindOf(m: Machine, message: Value, call: NativeCall): string {
  const [only, ...others] = objectsOf(m.heap, message);
  if (only === undefined || others.length > 0) return "";
  return entries(m, only, call.site)
    .known.filter((e) => typeof exact(e.value) === "string")
    .map((e) => `${e.name}=${String(exact(e.value))}`)
    .sort()
    .join("&");
}

/** `webview.onDidReceiveMessage(listener)`. */
const onDidReceiveMessage: Native = (call) => {
  const { m, site } = call;
  const listener = argOf(call, 0);
  listen(m, [hub(m)], MESSAGE, listener);
  for (const place of placesUnder(m, WAITING)) perhaps(m, () => callWith(m, listener, [readPlace(m, place, site)], site));
  registerJob(call, listener);
  return UNDEFINED;
};

/** How many messages of pages the extension is just hearing: what it posts meanwhile answers them. */
const answering = new WeakMap<Machine, number>();

/** `vscode.postMessage(message)` of a page. */
const toExtension: Native = (call) => {
  const { m, site } = call;
  const posted = argOf(call, 0);
  // A place has what it is given as it is then: no copy beside it.
  if (isBottom(listenersOf(m, hub(m), MESSAGE))) writePlace(m, WAITING + kindOf(m, posted, call), posted, site);
  else {
    const message = clone(m, posted, site, "structured");
    answering.set(m, (answering.get(m) ?? 0) + 1);
    emit(m, hub(m), MESSAGE, { list: [message], rest: null }, site);
    answering.set(m, answering.get(m)! - 1);
  }
  return UNDEFINED;
};

/**
 * `webview.postMessage(message)` of the extension: the page hears of it later, also who begins to listen once it is on its way. Whoever
 * asked waits for an answer; for anything else nobody does.
 */
const toPage: Native = (call) => {
  const { m, site } = call;
  const message = clone(m, argOf(call, 0), site, "structured");
  const arrives = ofRef(external(m, "vscode", [ARRIVES, kindOf(m, message, call)]).id);
  const when = (answering.get(m) ?? 0) > 0 ? {} : { outside: true as const };
  leave(m, { fn: arrives, self: UNDEFINED, args: { list: [message], rest: null }, site, ...when });
  return call.self;
};

/** What carries messages of one kind to pages: a function each, since of one function's callbacks only so many are run. */
const ARRIVES = "#arrives";

const arrives: Native = (call) => {
  toWindows(call.m, argOf(call, 0), call.site);
  return UNDEFINED;
};

const ENDS: ReadonlyMap<string, Native> = new Map([
  ["onDidReceiveMessage", onDidReceiveMessage],
  ["postMessage", toPage],
]);

export const vscode: readonly NativeModule[] = [
  { modules: ["vscode"], natives: {}, match: (_module, path) => (path[0] === ARRIVES ? arrives : ENDS.get(path.at(-1) ?? "")) },
  { modules: ["global"], natives: { "vscode.postMessage": toExtension, "acquireVsCodeApi.().postMessage": toExtension } },
];
