/** What the program was seen to do with the parts of calls and values that the manifest's entries name. */
import type { PathStep, Sink, Source } from "../../manifest/model.js";
import { objectsOf, S, type Obj } from "../domain/heap.js";
import { hasPrimitive, isBottom, K, type Value } from "../domain/value.js";
import { ENTRY } from "../domain/slot-names.js";
import type { Machine } from "../machine/machine.js";

/** Of a part that was looked for: was it ever there, or may it have been? If not, the values that were there instead. */
export interface Seen {
  there: boolean;
  readonly values: Set<string>;
}

export interface Witness {
  /** `key` is the part's own in the entry: `argument`, `path`, `within`, `when.0.purpose`. */
  saw(entry: Source | Sink, key: string, there: boolean, value?: string): void;
  /** Undefined when it was never looked for. */
  of(entry: Source | Sink, key: string): Seen | undefined;
}

export function newWitness(): Witness {
  const all = new Map<Source | Sink, Map<string, Seen>>();
  return {
    saw: (entry, key, there, value) => {
      let parts = all.get(entry);
      if (parts === undefined) all.set(entry, (parts = new Map<string, Seen>()));
      let seen = parts.get(key);
      if (seen === undefined) parts.set(key, (seen = { there: false, values: new Set() }));
      if (there) seen.there = true;
      else if (value !== undefined) seen.values.add(value);
    },
    of: (entry, key) => all.get(entry)?.get(key),
  };
}

/** Is there, or may there be, anything at a path of a value? Undefined of a value that says nothing: none, or null. */
export function mayHave(m: Machine, v: Value, path: readonly PathStep[]): boolean | undefined {
  if (isBottom(v) || (v.refs.length === 0 && v.consts.length === 0 && (v.kinds & ~(K.Null | K.Undefined | K.Absent)) === 0))
    return undefined;
  return path.length === 0 || reaches(m, v, path);
}

function reaches(m: Machine, v: Value, path: readonly PathStep[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  // Text may be JSON.
  if (hasPrimitive(v) && ((v.kinds & K.String) !== 0 || v.consts.some((c) => typeof c === "string"))) return true;
  return objectsOf(m.heap, v).some((obj) => {
    const inside = (slot: string, below: readonly PathStep[]): boolean => {
      const x = obj.props.get(slot);
      return x !== undefined && reaches(m, x, below);
    };
    if (obj.kind === "promise") return inside(S.value, path);
    if (!isPlain(obj)) return true;
    if (step.k !== "any") return inside(step.k === "prop" ? step.name : String(step.i), rest) || inside(S.rest, rest);
    const slots = [...obj.props.keys()].filter((slot) => slot === S.rest || slot.startsWith(ENTRY) || slot.charCodeAt(0) !== 0);
    // What is empty now may be filled.
    return slots.length === 0 || slots.some((slot) => inside(slot, rest));
  });
}

/** Are its properties those that it has been seen to get? */
const isPlain = (obj: Obj): boolean => obj.kind === "object" || obj.kind === "array" || obj.kind === "error";
