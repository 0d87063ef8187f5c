/**
 * Text that becomes code: `eval`, `new Function`, `vm`, timers that are given text. Nothing of it is followed: what it can get at is
 * named in a blind spot, and taken to come out. Of text that is known, only what its names stand for.
 */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, exact, join, K, ofRef, ofRefs, UNDEFINED, type Value } from "../domain/value.js";
import { argLabels, callBack } from "../machine/call.js";
import { allLabels, stepLabels } from "../machine/deep.js";
import { globalObject } from "../machine/external.js";
import { make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { importedValue } from "../machine/modules.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule } from "./index.js";
import { spot } from "./items.js";
import { argOf, instance, methods, selves } from "./support.js";

const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** Does the text mention a name? Text that is not known may. */
function mentions(text: Value): (name: string) => boolean {
  const known = exact(text);
  if (typeof known !== "string") return () => true;
  const names = new Set(known.match(NAME));
  // Names may be made of text, too.
  return /\b(?:this|globalThis|window|self|global|eval|arguments)\b|\\u/.test(known) ? () => true : (name) => names.has(name);
}

/** What the properties of an object hold, by the names that the text mentions. */
function within(m: Machine, obj: Obj, isMeant: (name: string) => boolean): Labels {
  let out: Labels = NO_LABELS;
  // Variables that share a record are told apart by a number.
  for (const [slot, v] of obj.props)
    if (slot === S.rest || (slot.charCodeAt(0) !== 0 && isMeant(slot.replace(/\$\d+$/, "")))) out = joinLabels(out, allLabels(m, v));
  return out;
}

const ofGlobals = (m: Machine, isMeant: (name: string) => boolean): Labels => within(m, globalObject(m, "globalThis"), isMeant);

/** Everything that code can name where the call stands: variables around it, imports, `this`, globals. */
function inScope(m: Machine, isMeant: (name: string) => boolean): Labels {
  let out = joinLabels(ofGlobals(m, isMeant), isMeant("this") ? allLabels(m, m.frame.thisValue) : NO_LABELS);
  for (let env: Obj | undefined = m.frame.env; env !== undefined; env = objectsOf(m.heap, env.props.get(S.proto) ?? BOTTOM)[0])
    out = joinLabels(out, within(m, env, isMeant));
  const { file } = m.frame.code;
  file.facts.imports.forEach((i, at) => {
    if (!i.typeOnly && i.local !== "" && isMeant(i.local)) out = joinLabels(out, allLabels(m, importedValue(m, file, at)));
  });
  return out;
}

const NOT_FOLLOWED = "code made of text is not followed";

/** Code that gets at some fields has run: told, and given back. */
function hasRun(m: Machine, labels: Labels, site: Site): Value {
  m.blind("dynamic-code", site, NOT_FOLLOWED, labels);
  return unknown(m, site, stepLabels(m, labels, site, "library"));
}

const evaluated: Native = (call) => {
  const text = argOf(call, 0);
  // What is no text is given back as it is.
  if (!isText(call, text)) return text;
  return hasRun(call.m, joinLabels(allLabels(call.m, text), inScope(call.m, mentions(text))), call.site);
};

const isText = (call: NativeCall, v: Value): boolean =>
  (v.kinds & K.String) !== 0 ||
  v.consts.some((c) => typeof c === "string") ||
  objectsOf(call.m.heap, v).some((o) => o.kind === "text" || o.kind === "unknown" || o.kind === "external");

/** Runs text as timers do when they are given some in place of a function. */
export function runText(call: NativeCall): void {
  const { m, site } = call;
  const text = argOf(call, 0);
  if ((text.kinds & K.String) !== 0 || text.consts.some((c) => typeof c === "string"))
    hasRun(m, joinLabels(allLabels(m, text), inScope(m, mentions(text))), site);
}

/** `new Function(…)`: a function of which each call runs the text, with what it is given there. */
const construct: Native = (call) => {
  const { m, args, site } = call;
  const text = args.list.at(-1) ?? UNDEFINED;
  const named = joinLabels(argLabels(m, args), ofGlobals(m, mentions(text)));
  m.blind("dynamic-code", site, NOT_FOLLOWED, named);
  const run: Native = ({ m, args, site }) => {
    const went = joinLabels(argLabels(m, args), named);
    const back = callBack(m, args, went, site);
    const all = joinLabels(went, back.told);
    return join(all.length === 0 ? unknown(m, site) : hasRun(m, all, site), back.given);
  };
  return ofRef(make(m, "native", `${site.file}:${site.at}|Function`, { run }).id);
};

/** Runs text in a context: what is in there comes out, its functions are called, and what the text adds to it is there afterwards. */
function runIn(call: NativeCall, text: Value, context: Value): Value {
  const { m, site } = call;
  const isMeant = mentions(text);
  const objects = objectsOf(m.heap, context);
  const held = objects.reduce((l, o) => joinLabels(l, o.kind === "object" ? within(m, o, isMeant) : allLabels(m, ofRef(o.id))), NO_LABELS);
  const went = joinLabels(allLabels(m, text), held);
  const back = callBack(m, { list: [context], rest: null }, went, site);
  const out = hasRun(m, joinLabels(went, back.told), site);
  for (const obj of objects) joinSlot(m.heap, obj, S.rest, out);
  return join(out, back.given);
}

const textOfScript = (call: NativeCall): Value => selves(call).reduce((out: Value, o) => join(out, o.props.get(S.value) ?? BOTTOM), BOTTOM);

const inThisContext = (call: NativeCall, text: Value): Value =>
  hasRun(call.m, joinLabels(allLabels(call.m, text), ofGlobals(call.m, mentions(text))), call.site);

const script: Native = (call) => {
  const made = instance(call.m, "vm", "Script", call.site);
  setSlot(call.m.heap, made, S.value, argOf(call, 0));
  return ofRef(made.id);
};

/** The context that is given, or a new one. */
const createContext: Native = (call) => {
  const given = ofRefs(argOf(call, 0).refs);
  return given.refs.length > 0 ? given : ofRef(make(call.m, "object", spot(call.site, "context")).id);
};

export const dynamicCode: NativeModule = { modules: ["global"], natives: { eval: evaluated, Function: construct } };

export const vm: NativeModule = {
  modules: ["vm"],
  natives: {
    runInNewContext: (call) => runIn(call, argOf(call, 0), argOf(call, 1)),
    runInContext: (call) => runIn(call, argOf(call, 0), argOf(call, 1)),
    runInThisContext: (call) => inThisContext(call, argOf(call, 0)),
    compileFunction: construct,
    createContext,
    Script: script,
    ...methods("Script", {
      runInNewContext: (call) => runIn(call, textOfScript(call), argOf(call, 0)),
      runInContext: (call) => runIn(call, textOfScript(call), argOf(call, 0)),
      runInThisContext: (call) => inThisContext(call, textOfScript(call)),
    }),
  },
};
