/** Whatever happened before, a search finds what one without memory would find, and who asks comes across the same objects. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { foldInto } from "../../../src/trace/domain/fold.js";
import { alloc, deref, meet, newHeap, setSlot, standsFor, type Heap, type Obj } from "../../../src/trace/domain/heap.js";
import type { Label } from "../../../src/trace/domain/labels.js";
import { readOn } from "../../../src/trace/domain/readers.js";
import { K, ofKinds, ofRef } from "../../../src/trace/domain/value.js";
import { begin, end, rollback } from "../../../src/trace/domain/ways.js";
import type { Machine } from "../../../src/trace/machine/machine.js";
import { reachableLabels } from "../../../src/trace/machine/search.js";

const SIZE = 6;
const SLOTS = ["a", "b"];

const machine = (heap: Heap): Machine => ({ heap, hooks: { propertySources: false } }) as unknown as Machine;
const label = (id: number): Label => ({ id, step: { kind: "source", length: 1, prev: null } }) as unknown as Label;

/** Objects reached, and the labels in them. */
function reached(heap: Heap, from: Obj): { objects: Set<Obj>; labels: Set<number> } {
  const objects = new Set<Obj>();
  const labels = new Set<number>();
  const left = [from];
  for (let obj = left.pop(); obj !== undefined; obj = left.pop()) {
    if (objects.has(obj)) continue;
    objects.add(obj);
    for (const v of obj.values()) {
      for (const l of v.labels) labels.add(l.id);
      left.push(...v.refs.map((id) => standsFor(heap, id)));
    }
  }
  return { objects, labels };
}

const at = fc.nat(SIZE - 1);
const slot = fc.constantFrom(...SLOTS);
/** What is done: `branch` and `record` do what follows them, up to so many, and then go back, or go on with who recorded before. */
const operation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("link" as const), obj: at, slot, to: at }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("search" as const), obj: at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("label" as const), obj: at, slot, id: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("clear" as const), obj: at, slot }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("fold" as const), obj: at, to: at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("branch" as const), length: fc.integer({ min: 1, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("record" as const), length: fc.integer({ min: 1, max: 8 }), most: fc.nat(6) }) },
);

test("searches find what is there, and come across all of it", () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 60 }), (operations) => {
      const heap = newHeap();
      const m = machine(heap);
      const objects = Array.from({ length: SIZE }, (_, i) => alloc(heap, "object", `o${i}`));
      let isBranch = false;
      const run = (from: number, to: number): void => {
        for (let i = from; i < to; i++) {
          const op = operations[i]!;
          const obj = (n: number): Obj => deref(heap, objects[n]!.id);
          if (op.do === "link") setSlot(heap, obj(op.obj), op.slot, ofRef(obj(op.to).id));
          else if (op.do === "label") setSlot(heap, obj(op.obj), op.slot, ofKinds(K.String, [label(op.id)]));
          else if (op.do === "clear") setSlot(heap, obj(op.obj), op.slot, undefined);
          else if (op.do === "fold") {
            // What is folded stays so: nobody goes back behind it.
            if (!isBranch && obj(op.obj) !== obj(op.to)) foldInto(heap, obj(op.to), obj(op.obj));
          } else if (op.do === "search") {
            const there = reached(heap, obj(op.obj));
            expect(new Set(reachableLabels(m, [objects[op.obj]!.id]).map((l) => l.id))).toEqual(there.labels);
            // Who asks now: who has had too much does not any more.
            for (const o of there.objects) expect(heap.reader!.met).toContain(o.id);
          } else {
            const last = Math.min(to, i + 1 + op.length);
            if (op.do === "branch") {
              const before = isBranch;
              isBranch = true;
              const point = begin(heap);
              run(i + 1, last);
              rollback(heap, point);
              end(heap, point);
              isBranch = before;
            } else {
              const outer = heap.reader;
              const met = new Set<number>();
              const since = heap.searches.count;
              readOn(heap, { id: --heap.recorders, born: SIZE, met, everything: true, run: null, since, most: op.most, outer });
              run(i + 1, last);
              readOn(heap, outer);
              for (const id of met) meet(heap, heap.objects[id]!);
            }
            i = last - 1;
          }
        }
      };
      const root = { id: 1, born: SIZE, met: new Set<number>(), everything: false, run: null, since: 0, most: Infinity, outer: null };
      readOn(heap, root);
      run(0, operations.length);
    }),
    { numRuns: 3000 },
  );
});

test("who comes across a clean object comes across what has been put into it since", () => {
  const heap = newHeap();
  const [holder, held, inner] = ["holder", "held", "inner"].map((name) => alloc(heap, "object", name)) as [Obj, Obj, Obj];
  setSlot(heap, held, "a", ofRef(inner.id));
  reachableLabels(machine(heap), [held.id]);
  const met = new Set<number>();
  const since = heap.searches.count;
  readOn(heap, { id: 1, born: heap.objects.length, met, everything: true, run: null, since, most: Infinity, outer: null });
  reachableLabels(machine(heap), [holder.id]);
  setSlot(heap, holder, "a", ofRef(held.id));
  reachableLabels(machine(heap), [holder.id]);
  expect(met).toContain(inner.id);
});

test("what takes the place of a clean object is searched", () => {
  const heap = newHeap();
  const [holder, held, into] = ["holder", "held", "into"].map((name) => alloc(heap, "object", name)) as [Obj, Obj, Obj];
  setSlot(heap, holder, "a", ofRef(held.id));
  setSlot(heap, into, "a", ofKinds(K.String, [label(1)]));
  expect(reachableLabels(machine(heap), [holder.id])).toEqual([]);
  foldInto(heap, into, held);
  expect(reachableLabels(machine(heap), [holder.id]).map((l) => l.id)).toEqual([1]);
});
