/**
 * VS Code: what a page in a webview posts arrives, copied, at the extension that shows it. A page gets hold of its end by
 * `acquireVsCodeApi()`, which a script of its own by custom leaves in the global `vscode`.
 */
import { ofConst, UNDEFINED } from "../../domain/value.js";
import { clone } from "../../machine/clone.js";
import { external } from "../../machine/external.js";
import type { Native } from "../../machine/machine.js";
import { emit, listen, registerJob } from "../events.js";
import type { NativeModule } from "../index.js";
import { argOf } from "../support.js";

const MESSAGE = ofConst("message");

/** All extension code that listens to pages: which page belongs to which is not known. */
const HUB = ["#from webviews"];

/** `webview.onDidReceiveMessage(listener)`: pages of other programs post as well. */
const onDidReceiveMessage: Native = (call) => {
  listen(call.m, [external(call.m, "vscode", HUB)], MESSAGE, argOf(call, 0));
  registerJob(call, argOf(call, 0));
  return UNDEFINED;
};

const toExtension: Native = (call) => {
  const message = clone(call.m, argOf(call, 0), call.site, "structured");
  emit(call.m, external(call.m, "vscode", HUB), MESSAGE, { list: [message], rest: null }, call.site);
  return UNDEFINED;
};

export const vscode: readonly NativeModule[] = [
  {
    modules: ["vscode"],
    natives: {},
    match: (_module, path) => (path.at(-1) === "onDidReceiveMessage" ? onDidReceiveMessage : undefined),
  },
  { modules: ["global"], natives: { "vscode.postMessage": toExtension, "acquireVsCodeApi.().postMessage": toExtension } },
];
