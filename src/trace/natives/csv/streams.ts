/** Streams of tables: rows go in and text comes out, or the other way round. */
import { setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, isBottom, NULL, UNDEFINED, type Value } from "../../domain/value.js";
import type { NativeCall } from "../../machine/machine.js";
import { deliver, newStream, optionSlot } from "../stream-core.js";
import { argOf, callWith, nativeValue } from "../support.js";

/** A transforming stream; `made` makes of a chunk what comes out. */
export function transforming(call: NativeCall, made: (inner: NativeCall, chunk: Value) => Value, holds: readonly Value[]): Obj {
  const stream = newStream(call.m, "Transform", call.site);
  const transform = nativeValue(
    call.m,
    call.site,
    "tables",
    (inner) => {
      const out = made(inner, argOf(inner, 0));
      if (!isBottom(out)) callWith(inner.m, argOf(inner, 2), [NULL, out], inner.site);
      return UNDEFINED;
    },
    holds,
  );
  setSlot(call.m.heap, stream, optionSlot("transform"), transform);
  return stream;
}

/** Puts something where the stream is read. */
export const arrived = (call: NativeCall, stream: Obj, v: Value): void => {
  if (v !== BOTTOM) deliver(call.m, stream, v, call.site);
};
