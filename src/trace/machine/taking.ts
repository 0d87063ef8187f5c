/** Taking elements: what has been taken from a generator or an iterator is gone, for whoever comes next. */
import type { Site } from "../domain/labels.js";
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { isBottom, ofConst, type Value } from "../domain/value.js";
import { goneThrough } from "./generators.js";
import { runOut } from "./listed.js";
import { anyItem, arrayItems, iterate, type Items } from "./iterate.js";
import type { Machine } from "./machine.js";

/** How many of its elements are taken: the first ones, all, or any number. */
export type Taken = number | "all" | "some";

/** A generator or iterator. */
export const isStepper = (obj: Obj): boolean => obj.kind === "generator" || obj.kind === "iterator";

/** What iterating a value yields to somebody who takes that much of it. */
export function take(m: Machine, v: Value, site: Site, taken: Taken = "all", async = false): Items {
  const items = iterate(m, v, site, async);
  leave(m, v, taken);
  return items;
}

/** Leaves what is behind the elements that have been taken. A generator that is not asked for all is closed: then nothing is. */
export function leave(m: Machine, v: Value, taken: Taken): void {
  const objects = objectsOf(m.heap, v);
  for (const obj of objects) {
    if (!isStepper(obj)) continue;
    const items = arrayItems(obj);
    const certain = objects.length === 1 && !obj.summary;
    if (obj.kind === "generator") goneThrough(m, obj, certain);
    else if (taken === "all") runOut(m, obj, certain);
    const gone = !certain ? "some" : obj.kind === "generator" ? "all" : taken;
    if (gone === "all") setItems(m, obj, { list: [], rest: null });
    else if (gone === "some") {
      const any = anyItem(items);
      if (!isBottom(any)) setItems(m, obj, { list: [], rest: any });
    } else setItems(m, obj, { list: items.list.slice(gone), rest: items.rest });
  }
}

/** Elements that take the place of those it has. */
export function setItems(m: Machine, obj: Obj, items: Items): void {
  const { heap } = m;
  for (const slot of [...obj.props.keys()]) if (/^\d/.test(slot) && Number(slot) >= items.list.length) setSlot(heap, obj, slot, undefined);
  items.list.forEach((v, i) => setSlot(heap, obj, String(i), v));
  setSlot(heap, obj, S.rest, items.rest ?? undefined);
  setSlot(heap, obj, S.length, items.rest === null ? ofConst(items.list.length) : undefined);
}
