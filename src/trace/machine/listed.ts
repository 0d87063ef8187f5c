/** Iterators over lists and collections: what is put in before they get there, they give as well. */
import type { Site } from "../domain/labels.js";
import { objectsOf, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, exact, FALSE, join, ofConst, TRUE, type Value } from "../domain/value.js";
import { NO_ARGS } from "./call.js";
import { anyItem, arrayItems, type Items } from "./iterate.js";
import type { Machine } from "./machine.js";
import { besideSlots } from "./summaries/recording.js";
import { setItems } from "./taking.js";

/** The method of the language's library that makes such an iterator, by its path: `Array`, `prototype`, `values`. */
export interface Listed {
  readonly method: readonly string[];
}

/**
 * Slots: what it goes through; {@link Heap.changes} when that was read last, and how many elements there were then, where that is known;
 * whether it is at its end, not there where it may be.
 */
const OVER = "\0over";
const AS_OF = "\0!asof";
const COUNT = "\0!count";
const AT_END = "\0!end";

/** Notes what an iterator goes through, just now made with these elements. */
export function goesThrough(m: Machine, iterator: Obj, over: Value, items: Items): void {
  setSlot(m.heap, iterator, OVER, over);
  setSlot(m.heap, iterator, AT_END, FALSE);
  noteRead(m, iterator, items);
}

function noteRead(m: Machine, iterator: Obj, items: Items): void {
  setSlot(m.heap, iterator, AS_OF, ofConst(m.heap.changes));
  setSlot(m.heap, iterator, COUNT, items.rest === null ? ofConst(items.list.length) : undefined);
}

/** Notes that it is at its end, or perhaps so, and stays there. */
export function runOut(m: Machine, iterator: Obj, certain: boolean): void {
  if (iterator.props.get(AT_END) !== TRUE) setSlot(m.heap, iterator, AT_END, certain ? TRUE : undefined);
}

/** Before an iterator is asked: what it goes through is read again, if anything has changed. */
export function readAgain(m: Machine, iterator: Obj, sole: boolean, site: Site): void {
  const over = iterator.props.get(OVER);
  const listed = iterator.data as Partial<Listed> | undefined;
  const atEnd = iterator.props.get(AT_END);
  if (over === undefined || listed?.method === undefined || atEnd === TRUE) return;
  if (exact(iterator.props.get(AS_OF) ?? BOTTOM) === m.heap.changes) {
    // That nothing has changed is true of now.
    besideSlots(m, iterator);
    return;
  }
  const made = m.native({ module: "global", path: listed.method })?.({
    m,
    self: over,
    args: NO_ARGS,
    site,
    isNew: false,
    callee: iterator,
  });
  const [fresh] = made === undefined ? [] : objectsOf(m.heap, made);
  if (fresh === undefined) return;
  const [now, left] = [arrayItems(fresh), arrayItems(iterator)];
  const count = exact(iterator.props.get(COUNT) ?? BOTTOM);
  const taken = typeof count === "number" && left.rest === null ? count - left.list.length : undefined;
  if (taken === undefined) setItems(m, iterator, { list: [], rest: join(anyItem(left), anyItem(now)) });
  else {
    const next = { list: now.list.slice(taken), rest: now.rest };
    setItems(m, iterator, sole && !iterator.summary && atEnd === FALSE ? next : either(left, next));
  }
  noteRead(m, iterator, taken === undefined ? { list: [], rest: anyItem(now) } : now);
}

/** The elements of the one or of the other. */
export function either(a: Items, b: Items): Items {
  if (a.list.length !== b.list.length) return { list: [], rest: join(anyItem(a), anyItem(b)) };
  const rest = a.rest === null ? b.rest : b.rest === null ? a.rest : join(a.rest, b.rest);
  return { list: a.list.map((v, i) => join(v, b.list[i]!)), rest };
}
