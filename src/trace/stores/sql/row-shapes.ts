/** What else than objects clients make of rows: the first column alone, or the values in the order of the columns. */
import { objectsOf } from "../../domain/heap.js";
import { BOTTOM, joinAll, type Value } from "../../domain/value.js";
import type { NativeCall } from "../../machine/machine.js";
import { entries, type Entry } from "../../machine/props.js";
import { arrayOf, at, listOf } from "../../natives/support.js";

/** The columns of one row in their order; undefined where that is not known: of `*`, of what is put together at run time. */
const inOrder = (call: NativeCall, row: Value): readonly (readonly Entry[] | undefined)[] =>
  objectsOf(call.m.heap, row).map((obj) => {
    const { known, rest } = entries(call.m, obj, call.site);
    return obj.kind === "object" && rest === null && known.every(({ maybe }) => !maybe) ? known : undefined;
  });

/** Any value of a row. */
function anyOf(call: NativeCall, row: Value): Value {
  const all = objectsOf(call.m.heap, row).map((obj) => entries(call.m, obj, call.site));
  return joinAll(all.flatMap(({ known, rest }) => [...known.map(({ value }) => value), rest ?? BOTTOM]));
}

export function firstColumn(call: NativeCall, row: Value): Value {
  const rows = inOrder(call, row);
  const first = rows.map((columns) => columns?.[0]?.value);
  return first.length === 0 || first.includes(undefined) ? anyOf(call, row) : joinAll(first.map((v) => v ?? BOTTOM));
}

export function valuesOf(call: NativeCall, row: Value): Value {
  const rows = inOrder(call, row);
  return joinAll(
    rows.map((columns, i) =>
      columns === undefined
        ? listOf(call.m, anyOf(call, row), at(call, `values ${i}`))
        : arrayOf(
            call.m,
            columns.map(({ value }) => value),
            at(call, `values ${i}`),
          ),
    ),
  );
}
