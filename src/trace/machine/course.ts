/**
 * What a `for…of` goes through. A loop asks for each element when its turn has come: what its body adds to the list, puts in an element's
 * place or takes from the iterator counts.
 */
import type { Site } from "../domain/labels.js";
import { objectsOf, type Obj } from "../domain/heap.js";
import { join, type Value } from "../domain/value.js";
import { goOn, stepsOf } from "./generators.js";
import { anyItem, arrayItems, close as closeIterator, isBuiltinIterable, iterate, type Items } from "./iterate.js";
import { LIMITS, loaded, type Machine } from "./machine.js";
import { isStepper, leave, setItems } from "./taking.js";

export interface Course {
  /** Elements one by one, as long as it is certain that there is another. */
  readonly sure: Iterable<Value>;
  /** What any further element is, as it is now; null where there is none. */
  readonly others: () => Value | null;
  /** How many further elements there are at most; infinite where that is open. */
  readonly count: number;
  /** When the loop is left. */
  readonly end: () => void;
  /** When a turn leaves it; the iterator may have more. */
  readonly close?: () => void;
}

/** A course that nothing changes. Elements that are too many to be gone through one by one are any number of any of them. */
export function fixed(items: Items): Course {
  const isLong = items.list.length > LIMITS.unroll;
  const { list, rest } = isLong ? { list: [], rest: anyItem(items) } : items;
  return { sure: list, others: () => rest, count: isLong && items.rest === null ? items.list.length : Infinity, end: () => undefined };
}

/** The course of a loop over a value. */
export function courseOf(m: Machine, v: Value, site: Site, async: boolean): Course {
  const items = iterate(m, v, site, async);
  const objects = objectsOf(m.heap, v);
  const [lone] = objects;
  if (objects.length === 1 && !lone!.summary && items.list.length <= LIMITS.unroll) {
    if (isStepper(lone!)) return stepped(m, v, lone!, site);
    if (isList(m, lone!, site, async)) return live(m, v, site, items, lone!);
  }
  const { by } = items;
  const close = (): void => {
    if (by !== undefined) closeIterator(m, by, site, async);
  };
  const course: Course = { ...fixed(items), ...(by !== undefined && { close }) };
  const end = (): void => {
    leave(m, v, "some");
  };
  if (!objects.every((obj) => obj.kind === "array" && isList(m, obj, site, async))) return { ...course, end };
  // What the body adds to one of several lists.
  return { ...course, count: Infinity, end, others: () => grown(m, v, site, course.others(), anyItem(items)) };
}

/** Is it a list that iterates as its kind does, and can be read again? */
const isList = (m: Machine, obj: Obj, site: Site, async: boolean): boolean =>
  (obj.kind === "array" || obj.kind === "set" || obj.kind === "map") && isBuiltinIterable(m, obj, site, async);

/** What is left of an iterator, which came by the value, is in it. */
function stepped(m: Machine, v: Value, obj: Obj, site: Site): Course {
  const given = stepsOf(obj);
  const sure = function* (): Generator<Value> {
    for (let turn = 0; turn < LIMITS.unroll; turn++) {
      if (turn > 0) goOn(m, obj, given === undefined ? undefined : given + turn);
      const { list, rest } = arrayItems(obj);
      const [first, ...others] = list;
      if (first === undefined) return;
      setItems(m, obj, { list: others, rest });
      yield loaded(m, first, v.via, site);
    }
  };
  return {
    sure: sure(),
    others: () => {
      goOn(m, obj, undefined);
      return any(arrayItems(obj), 0);
    },
    count: Infinity,
    end: () => {
      leave(m, v, 0);
    },
  };
}

/** A list is read again when it has changed. */
function live(m: Machine, v: Value, site: Site, items: Items, obj: Obj): Course {
  let now = items;
  let held = [...obj.props.values()];
  const read = (): Items => {
    const values = [...obj.props.values()];
    if (values.length === held.length && values.every((x, i) => x === held[i])) return now;
    held = values;
    return (now = iterate(m, v, site));
  };
  let turn = 0;
  const sure = function* (): Generator<Value> {
    for (; turn < LIMITS.unroll; turn++) {
      const next = read().list[turn];
      if (next === undefined) return;
      yield next;
    }
  };
  return { sure: sure(), others: () => any(read(), turn), count: Infinity, end: () => undefined };
}

/** Any of the items from that one on. */
const any = ({ list, rest }: Items, from: number): Value | null => (list.length <= from ? rest : anyItem({ list: list.slice(from), rest }));

/** With what there was in none of the lists before. */
function grown(m: Machine, v: Value, site: Site, others: Value | null, before: Value): Value | null {
  const now = anyItem(iterate(m, v, site));
  const all = join(before, now);
  if (all === before) return others;
  return others === null ? now : join(others, now);
}
