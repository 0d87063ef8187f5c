/** Several sequences as one of tuples. */
import { objectsOf } from "../../domain/heap.js";
import { isBottom, type Value } from "../../domain/value.js";
import { anyItem, type Items } from "../../machine/iterate.js";
import type { Machine } from "../../machine/machine.js";
import { newArray, NO_ITEMS } from "../items.js";
import { addSlot, callable, callWith, record, slotOf } from "../support.js";
import { deliver, input, type Dialect } from "./observable.js";
import type { At } from "./operation.js";

/** A sequence among others: its place in a tuple, or its name. */
export interface Part {
  readonly name: string;
  readonly v: Value;
}

const slot = (name: string): string => `\0in:${name}`;

/** How a tuple is made of one element of each. */
export type Shape = (m: Machine, values: readonly Value[]) => Value;

/** An array of one of each, or what a callback makes of them. */
export const asArray =
  (at: At, fn?: Value): Shape =>
  (m, values) =>
    fn !== undefined && callable(m, fn) ? callWith(m, fn, values, at.site) : newArray(m, at.site, { list: values, rest: null }, "tuple");

export const asRecord =
  (at: At, names: readonly string[]): Shape =>
  (m, values) =>
    record(m, Object.fromEntries(names.map((name, i) => [name, values[i]!])), at.site);

/** Notes more of what a part can be. */
const note = (m: Machine, out: Value, name: string, x: Value): void => {
  addSlot(m, objectsOf(m.heap, out), slot(name), x);
};

/** A tuple of what the parts can be by now; nothing while one of them has no element. */
function tuple(m: Machine, out: Value, parts: readonly Part[], shape: Shape): Items {
  const values = parts.map((p) => slotOf(objectsOf(m.heap, out), slot(p.name)));
  return values.some(isBottom) ? NO_ITEMS : { list: [], rest: shape(m, values) };
}

/** The elements that the parts have by now. Those that come later make tuples with any of the others'. */
function gather(at: At, dialect: Dialect, parts: readonly Part[], all: readonly Part[], shape: Shape): readonly Items[] {
  return parts.map((p) => {
    const items = input(at.m, dialect, p.v, at.site, (m, x) => {
      note(m, at.out, p.name, x);
      deliver(m, at.out, anyItem(tuple(m, at.out, all, shape)), at.site);
    });
    note(at.m, at.out, p.name, anyItem(items));
    return items;
  });
}

/** Tuples of any element of each, now and whenever another one comes. `given`: elements that are there already, in front. */
export function combined(at: At, dialect: Dialect, parts: readonly Part[], shape: Shape, given?: { part: Part; items: Items }): Items {
  const all = given === undefined ? parts : [given.part, ...parts];
  if (given !== undefined) note(at.m, at.out, given.part.name, anyItem(given.items));
  const gathered = gather(at, dialect, parts, all, shape);
  const single = [...gathered, ...(given === undefined ? [] : [given.items])].every((i) => i.rest === null && i.list.length === 1);
  const { rest } = tuple(at.m, at.out, all, shape);
  return single && rest !== null ? { list: [rest], rest: null } : { list: [], rest };
}

/** Pairs of elements at the same place, where the places are known. */
export function zipped(at: At, dialect: Dialect, parts: readonly Part[], shape: Shape): Items {
  const gathered = gather(at, dialect, parts, parts, shape);
  if (gathered.some((i) => i.rest !== null || i.list.length === 0)) return tuple(at.m, at.out, parts, shape);
  const length = Math.min(...gathered.map((i) => i.list.length));
  return {
    list: Array.from({ length }, (_, i) =>
      shape(
        at.m,
        gathered.map((x) => x.list[i]!),
      ),
    ),
    rest: null,
  };
}

export const partsOf = (values: readonly Value[]): readonly Part[] => values.map((v, i) => ({ name: String(i), v }));
