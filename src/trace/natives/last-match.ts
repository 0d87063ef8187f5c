/**
 * What the last match leaves on `RegExp` itself: `RegExp.$1`, `RegExp.lastMatch` and their like. One place for all texts that were
 * searched: which of them matched last is not followed.
 */
import { joinSlot, S } from "../domain/heap.js";
import type { Labels } from "../domain/labels.js";
import { globalObject } from "../machine/external.js";
import type { NativeCall } from "../machine/machine.js";
import { spelling } from "./support.js";

/** Notes that a text with these labels is searched. */
export function searched(call: NativeCall, labels: Labels): void {
  if (labels.length > 0) joinSlot(call.m.heap, globalObject(call.m, "RegExp"), S.deep, spelling(call, labels));
}
