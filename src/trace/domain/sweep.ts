/**
 * Giving back what a run on its own has made and nothing can get at any more. The program's own garbage collector cannot: values refer to
 * objects by number, and a whole program makes many times more of them than are ever alive together.
 */
import { Obj, type Heap } from "./heap.js";
import { ofRefs, type Value } from "./value.js";
import { reachable, type Point } from "./ways.js";

/** Stands where an object was. */
export const GONE = new Obj(-1, "unknown", -1, "gone", { type: undefined, depth: 0, name: "" });

/** Functions of natives hold values that nobody sees from outside, unless they say which. */
function isOpaque(obj: Obj): boolean {
  const data = obj.data as { run?: unknown; holds?: unknown } | undefined;
  return obj.kind === "native" && typeof data?.run === "function" && data.holds === undefined;
}

/**
 * Gives back the objects made since the point, apart from those that older ones lead to, that are pinned, or that are to be kept. When
 * a native's own function is among these, all stay.
 */
export function sweep(heap: Heap, from: Point, keep: Iterable<number>): void {
  const { objects, trail } = heap;
  const seen: Value[] = [ofRefs([...keep])];
  for (let i = from.trail; i < trail.length; i++) {
    const entry = trail[i]!;
    const value = entry instanceof Obj ? undefined : entry.obj.props.get(entry.slot);
    if (value !== undefined) seen.push(value);
  }
  for (let id = from.born; id < objects.length; id++) if (objects[id]!.lasting) seen.push(...objects[id]!.values());
  const live = new Set(reachable(heap, from, seen));
  for (const obj of live) if (isOpaque(obj)) return;
  for (let id = from.born; id < objects.length; id++) if (!objects[id]!.lasting && !live.has(objects[id]!)) objects[id] = GONE;
}
