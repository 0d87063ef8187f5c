/** Rows of somebody who has consented: looked up by a key of which that is known. */
import { NO_FACTS, union, type Facts } from "../domain/about.js";
import { isIndex, objectsOf, S, type Obj } from "../domain/heap.js";
import type { Value } from "../domain/value.js";
import { allArgs } from "./call.js";
import { aboutItself, assumeFacts, factOf, isValid, ofData } from "./gates.js";
import type { Args, Machine } from "./machine.js";

/** Levels of objects that the program makes in which a key is looked for: `{ where: { authorId: { in: ids } } }`. */
const LEVELS = 5;

/** What asks for others than those who are named. */
const OTHERS = /not|except|without|exclu|other/i;

/** A call outside of the program is about whom its arguments name: who is known to have consented by his key has, on this way. */
export function looksUp(m: Machine, callee: Obj, args: Args): void {
  if (m.gates === null || OTHERS.test(callee.key.slice(callee.key.lastIndexOf("|")))) return;
  assumeFacts(
    m,
    allArgs(args).reduce((all: Facts, v) => union(all, knownOf(m, v, 0)), NO_FACTS),
  );
}

/** What is known of a key, of whatever has one; of a list what is known of all in it. */
function knownOf(m: Machine, v: Value, depth: number): Facts {
  const key = v.about?.key ?? "";
  const own = key === "" ? NO_FACTS : aboutItself(ofData(v.about), key).filter((f) => !f.denied && isValid(m, f));
  if (own.length > 0 || depth > LEVELS) return own.map((f) => factOf(m, m.gates!, f.consent, f.denied, f.of, m.gates!.origins.get(f)));
  return objectsOf(m.heap, v).reduce((all: Facts, obj) => {
    if (obj.kind === "object") {
      const parts = [...obj.props].filter(([slot]) => slot.charCodeAt(0) !== 0);
      return parts.reduce((some, [, part]) => union(some, knownOf(m, part, depth + 1)), all);
    }
    if (obj.kind !== "array") return all;
    const elements = [...obj.props].filter(([slot]) => slot === S.rest || isIndex(slot)).map(([, one]) => knownOf(m, one, depth + 1));
    return elements.some((one) => one.length === 0) ? all : elements.reduce(union, all);
  }, NO_FACTS);
}
