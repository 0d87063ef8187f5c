/** What the calls of database libraries give: lists of rows, and promises of what was read. */
import { S, setSlot } from "../domain/heap.js";
import { ofRef, type Value } from "../domain/value.js";
import { hop, make, type NativeCall } from "../machine/machine.js";
import { promised } from "../natives/settle.js";
import { at } from "../natives/support.js";

/** A promise of what is read: some libraries run a query only when it is awaited; here it runs at once. */
export const answer = (call: NativeCall, v: Value): Value => promised(call, hop(call.m, v, "read", call.site));

/** Any number of rows like this one. */
export function rowList(call: NativeCall, row: Value, what = "rows", kind: "array" | "generator" = "array"): Value {
  const list = make(call.m, kind, at(call, what));
  setSlot(call.m.heap, list, S.rest, row);
  return ofRef(list.id);
}
