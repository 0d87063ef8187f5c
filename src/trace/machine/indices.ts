/**
 * Elements by the variable that says which: `users[i]` is the same one wherever it is read, until something else is put into `i`. The
 * variable's record holds which of its contents that is ({@link CONTENT}): a number of its own from where an element was taken by it, any
 * number from where it was written, so that ways that are taken back or meet need nothing besides.
 */
import type { Expr } from "../../facts/ir.js";
import { setSlot, type Obj } from "../domain/heap.js";
import { ANY_NUMBER, exact, ofConst, type Value } from "../domain/value.js";
import type { Machine } from "./machine.js";
import { recordAt } from "./pattern.js";
import { outdate } from "./subjects.js";

/** A variable that has said which element is meant. */
export interface Index {
  /** What such elements are called by: `@#3`. */
  readonly name: string;
  /** The record that holds the variable, as it was last read. */
  env: Obj;
  readonly slot: string;
}

const CONTENT = "\0which:";

/** Unknown text or number in a variable: the name for the element that it means now. */
export function indexNamed(m: Machine, e: Expr, key: Value): string | undefined {
  if (m.gates === null || e.e !== "var" || exact(key) !== undefined) return undefined;
  const { indices } = m.gates.subjects;
  const env = recordAt(m, e.up);
  const id = `${env.key}.${e.slot}`;
  const index = indices.get(id) ?? { name: `#${indices.size}`, env, slot: e.slot };
  index.env = env;
  indices.set(id, index);
  if (contentOf(index) === undefined) setSlot(m.heap, env, CONTENT + e.slot, ofConst(++m.gates.subjects.contents));
  return index.name;
}

/** The variables that say of which elements these names are. */
export function indicesIn(all: ReadonlyMap<string, Index>, names: readonly string[]): readonly Index[] {
  const used = new Set(names.flatMap((name) => [...name.matchAll(/@(#\d+)(?!\d|')/g)].map(([, index]) => index!)));
  return used.size === 0 ? [] : [...all.values()].filter(({ name }) => used.has(name));
}

/** Which of its contents a variable has, as long as that is known. */
export function contentOf({ env, slot }: Index): number | undefined {
  const content = exact(env.props.get(CONTENT + slot) ?? ANY_NUMBER);
  return typeof content === "number" ? content : undefined;
}

/** A variable is written. */
export function indexWritten(m: Machine, env: Obj, slot: string): void {
  const index = m.gates?.subjects.indices.get(`${env.key}.${slot}`);
  if (index === undefined) return;
  setSlot(m.heap, env, CONTENT + slot, ANY_NUMBER);
  outdate(m, index.name);
}
