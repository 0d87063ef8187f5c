/** `path`: exact paths stay exact, since files are told apart by them; others spell out what they were made of. */
import { objectsOf } from "../domain/heap.js";
import { ANY_BOOLEAN, exact, joinAll, ofConst, stringOf, type Value } from "../domain/value.js";
import { allArgs } from "../machine/call.js";
import { externalName } from "../machine/external.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import { posix } from "node:path";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { alike, argOf, constant, labelsOfArgs, record, stepped } from "./support.js";

const HERE = new Set(["__dirname", "import.meta.dirname", "import.meta.url", "__filename", "import.meta.filename"]);

/** A path as exact text; where the program itself is counts as `.`. */
export function pathText(m: Machine, v: Value): string | undefined {
  const c = exact(v);
  if (typeof c === "string") return c.replace(/^file:\/\//, "");
  if (v.kinds !== 0 || v.consts.length > 0) return undefined;
  const objects = objectsOf(m.heap, v);
  const one = objects[0];
  if (objects.length !== 1 || one === undefined) return undefined;
  if (one.kind === "external") {
    const name = externalName(one);
    return HERE.has(name) ? (name.endsWith("dirname") ? "." : "./module") : undefined;
  }
  const pathname = one.kind === "object" && one.props.has("searchParams") ? exact(one.props.get("pathname")!) : undefined;
  return typeof pathname === "string" ? pathname : undefined;
}

/** A function of paths: exact on exact ones, one of several exact ones for the first argument, else a spelling of them all. */
const compute =
  (fn: (...parts: string[]) => string): Native =>
  (call) => {
    const { m } = call;
    const parts = allArgs(call.args).map((v) => pathText(m, v));
    if (call.args.rest === null && parts.every((p) => p !== undefined)) return ofConst(fn(...parts));
    const several = alternatives(call);
    if (several !== undefined) return joinAll(several.map((p) => ofConst(fn(...p))));
    return stepped(call, stringOf(labelsOfArgs(call)));
  };

/** All combinations of exact alternatives, while they are few. */
function alternatives(call: NativeCall): readonly string[][] | undefined {
  if (call.args.rest !== null) return undefined;
  let out: string[][] = [[]];
  for (const v of call.args.list) {
    const one = pathText(call.m, v);
    const options = one !== undefined ? [one] : v.kinds === 0 && v.refs.length === 0 && v.labels.length === 0 ? v.consts.map(String) : [];
    if (options.length === 0 || out.length * options.length > 8) return undefined;
    out = out.flatMap((head) => options.map((o) => [...head, o]));
  }
  return out;
}

const parse: Native = (call) => {
  const text = pathText(call.m, argOf(call, 0));
  const part = stringOf(labelsOfArgs(call));
  const parts = text === undefined ? undefined : posix.parse(text);
  const names = ["root", "dir", "base", "ext", "name"] as const;
  return record(call.m, Object.fromEntries(names.map((n) => [n, parts === undefined ? part : ofConst(parts[n])])), spot(call.site, "path"));
};

const table: NativeTable = {
  join: compute((...p) => posix.join(...p)),
  // Without a working directory a relative path stays relative.
  resolve: compute((...p) => p.reduce((at, next) => (next.startsWith("/") ? next : posix.join(at, next)), ".")),
  normalize: compute((p) => posix.normalize(p)),
  dirname: compute((p) => posix.dirname(p)),
  basename: compute((p, ext) => posix.basename(p, ext)),
  extname: compute((p) => posix.extname(p)),
  relative: compute((from, to) => posix.relative(from, to)),
  format: (call) => stringOf(labelsOfArgs(call)),
  toNamespacedPath: compute((p) => p),
  parse,
  ...alike(["isAbsolute", "matchesGlob"], constant(ANY_BOOLEAN)),
};

export const path: NativeModule = {
  modules: ["path", "path/posix", "path/win32"],
  natives: { ...table, ...Object.fromEntries(["posix", "win32"].flatMap((p) => Object.entries(table).map(([k, v]) => [`${p}.${k}`, v]))) },
};
