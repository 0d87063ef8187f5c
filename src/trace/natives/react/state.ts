/** State that outlives a drawing: cells, and whether a write to one says anything new. */
import { objectsOf, S, joinSlot, type Obj, isRunnable } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, ofConst, primitivePart, refPart, type Value } from "../../domain/value.js";
import type { Machine, NativeCall } from "../../machine/machine.js";
import { callWith, heldWith, nativeValue } from "../support.js";
import { spot } from "../items.js";
import { currentRoot, kept } from "./desk.js";
import { redraw } from "./draw.js";
import { undrawnRoot } from "./undrawn.js";

const ROOT = "\0root";

/** The cell of a hook's call in one component; the next drawing finds the same. */
export function cellOf(call: NativeCall, kind: string): string {
  const { m, site } = call;
  const key = `${kind} ${m.path}|${spot(site, kind)}`;
  watch(m, key);
  return key;
}

/** What is being drawn is drawn again when the cell changes. */
export function watch(m: Machine, key: string): void {
  const root = currentRoot(m) ?? undrawnRoot(m);
  if (root !== undefined) joinSlot(m.heap, kept(m, key), ROOT, root);
}

export const cellValue = (m: Machine, key: string): Value => kept(m, key).props.get(S.value) ?? BOTTOM;

/** What a value looks like from outside, whichever objects it is made of: state that looks the same needs no other drawing. */
export function looks(m: Machine, v: Value): string {
  const seen = new Set<Obj>();
  let left = 400;
  const part = (x: Value): string => {
    if (left-- <= 0) return "…";
    const refs = objectsOf(m.heap, x).map((obj): string => {
      if (seen.has(obj)) return obj.key;
      seen.add(obj);
      if (obj.kind === "function" || obj.kind === "class" || obj.kind === "env" || obj.kind === "external" || obj.kind === "native")
        return obj.key;
      return `${obj.key}{${[...obj.props].map(([slot, p]) => (slot === S.proto ? "" : `${slot}=${part(p)}`)).join()}}`;
    });
    return `${x.kinds}:${x.consts.join()}:${x.labels.map((l) => l.id).join()}:${[...new Set(refs)].join()}`;
  };
  return part(v);
}

/** Adds to a cell; draws its component again where that says something new. `before`: what it looked like, where it was written to in place. */
export function write(m: Machine, key: string, v: Value, before?: string): void {
  if (isBottom(v)) return;
  const cell = kept(m, key);
  const old = cellValue(m, key);
  if (!joinSlot(m.heap, cell, S.value, v) && before === undefined) return;
  if (looks(m, cellValue(m, key)) !== (before ?? looks(m, old))) redraw(m, cell.props.get(ROOT) ?? BOTTOM);
}

/** `set(v)` or `set((old) => v)`. */
export function applied(call: NativeCall, given: Value, old: Value): Value {
  const { m, site } = call;
  let out: Value = primitivePart(given);
  const rest: number[] = [];
  for (const obj of objectsOf(m.heap, given)) {
    if (isRunnable(obj)) out = join(out, callWith(m, { ...refPart(given), refs: [obj.id] }, [old], site));
    else rest.push(obj.id);
  }
  return rest.length === 0 ? out : join(out, { ...refPart(given), refs: rest.sort((a, b) => a - b) });
}

/** The function that a component gets for changing a cell. */
export function changer(call: NativeCall, key: string, next: (inner: NativeCall, old: Value) => Value): Value {
  return nativeValue(
    call.m,
    spot(call.site, "set"),
    key,
    (inner) => {
      const v = next(inner, cellValue(inner.m, key));
      if (inner.m.alive) write(inner.m, key, v);
      return ofConst(undefined);
    },
    heldWith(call),
  );
}
