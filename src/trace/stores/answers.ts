/** What the calls of database libraries give: lists of rows, and promises of what was read. */
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { join, NULL, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { allArgs } from "../machine/call.js";
import { leave } from "../machine/jobs.js";
import { hop, make, type Native, type NativeCall } from "../machine/machine.js";
import { entries } from "../machine/props.js";
import { rowsOfQuery } from "../machine/rows.js";
import { newStream } from "../natives/stream-core.js";
import { promised } from "../natives/settle.js";
import { at, labelsIn, nativeValue } from "../natives/support.js";

/** A promise of what is read: some libraries run a query only when it is awaited; here it runs at once. */
export const answer = (call: NativeCall, v: Value): Value =>
  promised(call, hop(call.m, rowsOfQuery(call.m, v, call.self), "read", call.site));

/** What a subquery that stands for one value gives: the column of its row, or nothing. */
export function scalarOf(call: NativeCall, row: Value): Value {
  let out: Value = NULL;
  for (const obj of objectsOf(call.m.heap, row)) for (const x of entries(call.m, obj, call.site).known) out = join(out, x.value);
  return out;
}

/** Any number of rows like this one. */
export function rowList(call: NativeCall, row: Value, what = "rows", kind: "array" | "generator" = "array"): Value {
  const list = make(call.m, kind, at(call, what));
  setSlot(call.m.heap, list, S.rest, row);
  return ofRef(list.id);
}

/** A stream of rows like this one. */
export function streamOfRows(call: NativeCall, row: Value): Value {
  const stream = newStream(call.m, "Readable", call.site);
  setSlot(call.m.heap, stream, S.rest, row);
  return ofRef(stream.id);
}

/**
 * Runs what listens to a store as an entry point of its own, when all modules are loaded, and again when there is more for it. `run` has the
 * receiver and the arguments of the call that listens.
 */
export function listening(call: NativeCall, run: (later: NativeCall) => void): void {
  const { m, site, self, args } = call;
  const fn = nativeValue(m, site, "listens", (inner) => {
    run({ ...call, m: inner.m, self: inner.self, args: inner.args });
    return UNDEFINED;
  });
  leave(m, { fn, self, args, site, outside: true });
}

/**
 * A method of a query that is not known, of a plug-in or a later version: it gives the query, or what that comes to. What it adds nobody knows.
 * `reads` gives what the query reads.
 */
export const unknownMethod =
  (library: string, name: string, reads: (call: NativeCall) => Value): Native =>
  (call) => {
    const labels = labelsIn(call.m, [reads(call), ...allArgs(call.args)]);
    if (labels.length > 0)
      call.m.blind(
        "unmodelled-library",
        call.site,
        `${library}'s \`${name}\` is not known: what it adds to what is read or written is not seen`,
        labels,
      );
    return call.self;
  };
