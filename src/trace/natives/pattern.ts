/** Regular expressions as values: their source, what they match in exact text, whether replacing them leaves nothing. */
import type { Labels, Site } from "../domain/labels.js";
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { ANY_NUMBER, exact, hasPrimitive, join, NULL, ofConst, ofRef, stringOf, UNDEFINED, type Value } from "../domain/value.js";
import { globalObject } from "../machine/external.js";
import { make, type Machine } from "../machine/machine.js";
import { hide } from "../machine/props.js";

/** A fresh regular expression object. */
export function newPattern(m: Machine, source: Value, flags: Value, site: Site): Value {
  const obj = make(m, "object", site);
  setSlot(m.heap, obj, S.proto, ofRef(globalObject(m, "RegExp.prototype").id));
  setSlot(m.heap, obj, "source", source);
  setSlot(m.heap, obj, "flags", flags);
  // Of the prototype, in truth: no copy and no JSON has them.
  for (const name of ["source", "flags"]) hide(m, obj, name);
  return ofRef(obj.id);
}

/** The expression itself, where source and flags are exact. */
export function patternOf(m: Machine, v: Value): RegExp | undefined {
  const objects = objectsOf(m.heap, v);
  if (objects.length !== 1 || hasPrimitive(v)) return undefined;
  const source = exact(objects[0]!.props.get("source") ?? UNDEFINED);
  const flags = exact(objects[0]!.props.get("flags") ?? ofConst(""));
  if (typeof source !== "string" || typeof flags !== "string") return undefined;
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

export const isPattern = (m: Machine, obj: Obj): boolean =>
  objectsOf(m.heap, obj.props.get(S.proto) ?? UNDEFINED).some((p) => p.kind === "external" && p.key.includes("RegExp"));

/** Letters, digits, signs, several scripts, two lines: what any of this survives may survive of a real text. */
const SAMPLE = "aZ09 _-@.:/\\+'\"é漢🙂\nbY18 {}[]()#%&=?!";

/** Does replacing it leave nothing of a text but white space? */
export const replacesAll = (re: RegExp): boolean => SAMPLE.replace(re, "").trim() === "" && SAMPLE.replace(re, "") !== SAMPLE;

/** Number of its groups. */
export const groupCount = (re: RegExp): number => (new RegExp(`${re.source}|`, re.flags.replace(/[gy]/g, "")).exec("")?.length ?? 1) - 1;

/** Text short enough to run somebody's expression on. */
const MAX_SUBJECT = 256;

/** The result of `exec` on exact text. */
export function exactMatch(m: Machine, re: RegExp, text: string, site: Site): Value | undefined {
  if (text.length > MAX_SUBJECT) return undefined;
  const found = new RegExp(re.source, re.flags.replace(/[gy]/g, "")).exec(text);
  if (found === null) return NULL;
  const list = make(m, "array", site);
  found.forEach((x, i) => setSlot(m.heap, list, String(i), ofConst(x)));
  setSlot(m.heap, list, S.length, ofConst(found.length));
  setSlot(m.heap, list, "index", ofConst(found.index));
  const groups = make(m, "object", `${site.file}:${site.at}:groups`);
  for (const [name, x] of Object.entries(found.groups ?? {})) setSlot(m.heap, groups, name, ofConst(x));
  setSlot(m.heap, list, "groups", ofRef(groups.id));
  return ofRef(list.id);
}

/** The result of `exec` on text that spells out `labels`, without `null`. */
export function anyMatch(m: Machine, re: RegExp | undefined, labels: Labels, site: Site): Value {
  const part = stringOf(labels);
  const list = make(m, "array", site);
  setSlot(m.heap, list, "0", part);
  if (re === undefined) setSlot(m.heap, list, S.rest, join(part, UNDEFINED));
  else {
    const count = groupCount(re);
    for (let i = 1; i <= count; i++) setSlot(m.heap, list, String(i), join(part, UNDEFINED));
    setSlot(m.heap, list, S.length, ofConst(count + 1));
  }
  setSlot(m.heap, list, "index", ANY_NUMBER);
  setSlot(m.heap, list, "input", part);
  setSlot(m.heap, list, "groups", groupsOf(m, part, site));
  return ofRef(list.id);
}

/** The named groups of a match, each of which may be this. */
export function groupsOf(m: Machine, part: Value, site: Site): Value {
  const groups = make(m, "object", `${site.file}:${site.at}:groups`);
  setSlot(m.heap, groups, S.rest, join(part, UNDEFINED));
  return ofRef(groups.id);
}

/** Has it named groups? */
export const hasNames = (re: RegExp): boolean => /\(\?<[^=!]/.test(re.source);
