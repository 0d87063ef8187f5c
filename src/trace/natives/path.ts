/** `path`: exact paths stay exact, since files are told apart by them; others spell out what they were made of. */
import { objectsOf, type Obj } from "../domain/heap.js";
import {
  alternatives as someOf,
  cut,
  exactPattern,
  HOLE,
  holeOf,
  idsOf,
  joinIds,
  MAX_PATTERNS,
  NO_IDS,
  NO_PATTERNS,
  suffixOf,
  type TextPattern,
  type TextPatterns,
} from "../domain/text-pattern.js";
import { ANY_BOOLEAN, exact, idsOfLabels, joinAll, ofConst, stringOf, withPatterns, type Value } from "../domain/value.js";
import { allArgs } from "../machine/call.js";
import { externalName } from "../machine/external.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import { partsOf } from "../machine/text-parts.js";
import { posix } from "node:path";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { alike, argOf, constant, labelsIn, labelsOfArgs, record, stepped } from "./support.js";

const HERE = new Set(["__dirname", "import.meta.dirname", "import.meta.url", "__filename", "import.meta.filename"]);

/** Is it a `URL`? */
export const isAddress = (obj: Obj): boolean => obj.kind === "object" && obj.props.has("searchParams");

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
  const pathname = isAddress(one) ? exact(one.props.get("pathname")!) : undefined;
  return typeof pathname === "string" ? pathname : undefined;
}

/** A function of paths: exact on exact ones, one of several exact ones for the first argument, holes where there are such. */
const compute =
  (fn: (...parts: string[]) => string, holes = OPAQUE): Native =>
  (call) => {
    const { m } = call;
    const parts = allArgs(call.args).map((v) => pathText(m, v));
    if (call.args.rest === null && parts.every((p) => p !== undefined)) return ofConst(fn(...parts));
    const several = alternatives(call);
    if (several !== undefined) return joinAll(several.map((p) => ofConst(fn(...p))));
    const text = stringOf(labelsOfArgs(call));
    return stepped(call, call.args.rest === null ? withPatterns(text, holes(call, fn)) : text);
  };

/** What a function of paths makes of paths with holes. */
type WithHoles = (call: NativeCall, fn: (...parts: string[]) => string) => TextPatterns;

const OPAQUE: WithHoles = () => NO_PATTERNS;

/** The texts of an argument; where the program itself is counts as `.`, as it does in {@link pathText}. */
function textsOf(call: NativeCall, v: Value): readonly TextPattern[] {
  const path = pathText(call.m, v);
  return path === undefined ? partsOf(call.m, v, labelsIn(call.m, [v])) : [exactPattern(path, idsOfLabels(v.labels))];
}

/** Paths put together: a hole stands for names, so that what is around it stays. A path that `..` leads out of may be one of a hole. */
const together: WithHoles = (call, fn) => {
  let all: readonly (readonly TextPattern[])[] = [[]];
  for (const v of call.args.list) {
    all = textsOf(call, v).flatMap((text) => all.map((head) => [...head, text]));
    if (all.length > MAX_PATTERNS) return NO_PATTERNS;
  }
  return someOf(
    all.map((list) => {
      const text = fn(...list.map((p) => p.text));
      const holes = list.flatMap((p) => p.holes);
      const whole = list.reduce((ids, p) => joinIds(ids, p.whole), NO_IDS);
      const isWhole = text.split(HOLE).length - 1 === holes.length && !list.some((p) => p.text.includes(".."));
      return isWhole ? { text, holes, whole } : holeOf(list.reduce((ids, p) => joinIds(ids, idsOf(p)), NO_IDS));
    }),
  );
};

/** The last name of a path: exact from the last slash or hole on. */
const lastName: WithHoles = (call) => {
  const ext = exact(argOf(call, 1));
  return someOf(
    textsOf(call, argOf(call, 0)).map((p) => {
      const slash = p.text.lastIndexOf("/") + 1;
      // Slashes may be in the last hole.
      const from = Math.max(slash, p.text.lastIndexOf(HOLE));
      const name = cut(p, from);
      return typeof ext === "string" && name.text.endsWith(ext) && name.text.length > ext.length + 1
        ? cut(name, 0, name.text.length - ext.length)
        : name;
    }),
  );
};

/** The ending of the last name, where that is exact. */
const ending: WithHoles = (call, fn) =>
  someOf(
    textsOf(call, argOf(call, 0)).map((p) => {
      const end = suffixOf(p.text);
      return end.includes(".") && !end.endsWith(".") ? exactPattern(fn(`x${end}`), p.whole) : holeOf(idsOf(p));
    }),
  );

/** The folder, where the last name is exact. */
const folder: WithHoles = (call) =>
  someOf(
    textsOf(call, argOf(call, 0)).map((p) => {
      const slash = p.text.lastIndexOf("/");
      return slash > p.text.lastIndexOf(HOLE) ? cut(p, 0, Math.max(slash, 1)) : holeOf(idsOf(p));
    }),
  );

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
  join: compute((...p) => posix.join(...p), together),
  // Without a working directory a relative path stays relative.
  resolve: compute((...p) => p.reduce((at, next) => (next.startsWith("/") ? next : posix.join(at, next)), "."), together),
  normalize: compute((p) => posix.normalize(p), together),
  dirname: compute((p) => posix.dirname(p), folder),
  basename: compute((p, ext) => posix.basename(p, ext), lastName),
  extname: compute((p) => posix.extname(p), ending),
  relative: compute((from, to) => posix.relative(from, to)),
  format: (call) => stringOf(labelsOfArgs(call)),
  toNamespacedPath: compute((p) => p, together),
  parse,
  ...alike(["isAbsolute", "matchesGlob"], constant(ANY_BOOLEAN)),
};

export const path: NativeModule = {
  modules: ["path", "path/posix", "path/win32"],
  natives: { ...table, ...Object.fromEntries(["posix", "win32"].flatMap((p) => Object.entries(table).map(([k, v]) => [`${p}.${k}`, v]))) },
};
