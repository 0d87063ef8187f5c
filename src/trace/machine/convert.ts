/** What objects become where a primitive is needed: their own conversions, which are code of the program, and what they spell out. */
import { deref, isFunction, objectsOf, S, type Obj } from "../domain/heap.js";
import { joinLabels, type Labels, type Site } from "../domain/labels.js";
import { BOTTOM, isBottom, ofConst, ofRef, ofRefs, type Value } from "../domain/value.js";
import { callValue, NO_ARGS } from "./call.js";
import { allLabels } from "./deep.js";
import { externalData } from "./external.js";
import { forkAll, perhaps } from "./fork.js";
import type { Machine } from "./machine.js";
import { lookUp } from "./props.js";
import { repeat } from "./repeat.js";

/** What a value is converted to: which of an object's methods is asked first. */
export type Hint = "string" | "number" | "default";

/** Objects with a conversion of their own become what it gives, with its structure; the others stay. Of several, one is converted. */
export function primitive(m: Machine, v: Value, site: Site, hint: Hint): Value {
  const own = new Map<number, () => Value>();
  for (const obj of objectsOf(m.heap, v)) {
    const convert = conversionOf(m, obj, hint, site);
    if (convert !== null) own.set(obj.id, convert);
  }
  if (own.size === 0) return v;
  const refs = v.refs.filter((id) => !own.has(deref(m.heap, id).id));
  const others = { ...v, refs };
  const ways = isBottom(others) ? [...own.values()] : [() => others, ...own.values()];
  return ways.length === 1 ? ways[0]!() : forkAll(m, ways);
}

/** Those whose conversion is looked up: lists and structured text spell their parts out. */
const CONVERTED = new Set<Obj["kind"]>(["object", "map", "set", "error", "function", "class", "promise"]);

/** Runs an object's own conversion; null when it has none (then nothing of it is spelled out). */
function conversionOf(m: Machine, obj: Obj, hint: Hint, site: Site): (() => Value) | null {
  if (!CONVERTED.has(obj.kind)) return null;
  for (const name of ["@@toPrimitive", ...(hint === "string" ? ["toString", "valueOf"] : ["valueOf", "toString"])]) {
    const method = lookUp(m, obj, name, ofRef(obj.id), site, 0);
    if (method === undefined) continue;
    const own = objectsOf(m.heap, method).filter((f) => isFunction(f) || (f.kind === "external" && converts(m, f)));
    if (own.length === 0) continue;
    const args = name === "@@toPrimitive" ? { list: [ofConst(hint)], rest: null } : NO_ARGS;
    return () => callValue(m, ofRefs(own.map((f) => f.id).sort((a, b) => a - b)), ofRef(obj.id), args, site);
  }
  return null;
}

/** Does making text of a value run code of the program, maybe that of what is in its lists? */
function runsCode(m: Machine, v: Value, site: Site, seen = new Set<Obj>()): boolean {
  return objectsOf(m.heap, v).some((obj) => {
    if (seen.has(obj)) return false;
    seen.add(obj);
    if (obj.kind !== "array") return conversionOf(m, obj, "string", site) !== null;
    return [...obj.props].some(([slot, x]) => (slot.charCodeAt(0) !== 0 || slot === S.rest) && runsCode(m, x, site, seen));
  });
}

/** Makes text of any number of these: what that runs, runs for each. */
export function forMany(m: Machine, v: Value, site: Site, text: () => void): void {
  if (!runsCode(m, v, site)) text();
  else
    repeat(m, () => {
      text();
      return BOTTOM;
    });
}

/** A conversion that a library's or the language's class has of its own. Of the language's, those that have a model. */
function converts(m: Machine, method: Obj): boolean {
  const data = externalData(method);
  if (data.module !== "global") return true;
  return !UNSAID.test(data.path.join(".")) && m.isModelled(data);
}

/** Conversions that spell nothing out, and that of errors, which {@link spelled} knows. */
const UNSAID = /^(Object|Function|\w*Error)\b/;

/** Labels that converting a value to a primitive spells out: an object's only through its own methods (and what arrays hold). */
export const spelled = (m: Machine, v: Value, site: Site, hint: Hint = "string"): Labels =>
  spelledBy(m, v, site, hint, new Set(), runsCode(m, v, site));

/** `seen`: what has been spelled out already. `runs`: may that run code of the program? */
function spelledBy(m: Machine, v: Value, site: Site, hint: Hint, seen: Set<Obj>, runs: boolean): Labels {
  let out = v.labels;
  const objects = objectsOf(m.heap, v);
  for (const obj of objects) {
    // What has been spelled out adds nothing, be it a list within itself, or one that is come to on many ways.
    if (seen.has(obj)) continue;
    seen.add(obj);
    const convert = conversionOf(m, obj, hint, site);
    if (convert !== null) {
      out = joinLabels(out, allLabels(m, objects.length === 1 ? convert() : perhaps(m, convert)));
      continue;
    }
    if (CONVERTED.has(obj.kind) && obj.kind !== "error") continue;
    if (obj.kind === "array") {
      for (const [slot, x] of obj.props) {
        if (slot.charCodeAt(0) !== 0 || (slot === S.rest && !runs)) out = joinLabels(out, spelledBy(m, x, site, "string", seen, runs));
        else if (slot === S.rest) {
          // Each time anew, of what was not spelled out before any of them.
          let within = seen;
          forMany(m, x, site, () => {
            within = new Set(seen);
            out = joinLabels(out, spelledBy(m, x, site, "string", within, runs));
          });
          for (const one of within) seen.add(one);
        }
      }
      continue;
    }
    if (obj.kind === "error") {
      for (const name of ["name", "message"]) out = joinLabels(out, allLabels(m, obj.props.get(name) ?? BOTTOM));
      continue;
    }
    out = joinLabels(out, allLabels(m, ofRef(obj.id)));
  }
  return out;
}
