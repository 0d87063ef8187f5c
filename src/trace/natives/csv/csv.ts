/** `csv-parse` and `csv-stringify` (https://csv.js.org), with callbacks, as streams and at once. */
import { isFunction, objectsOf } from "../../domain/heap.js";
import { BOTTOM, K, NULL, ofRef, type Value } from "../../domain/value.js";
import { allArgs } from "../../machine/call.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import type { NativeModule } from "../index.js";
import { spot } from "../items.js";
import { callWith, lastCallback, listOf } from "../support.js";
import { arrived, transforming } from "./streams.js";
import { columnsOf, rowOf, rowsIn, tableText, type Shape } from "./tables.js";

interface Given {
  /** Bottom where the stream is given it later. */
  readonly input: Value;
  readonly options: Value;
  readonly callback: Value | undefined;
}

const isText = (call: NativeCall, v: Value): boolean => v.refs.length === 0 || objectsOf(call.m.heap, v).some((o) => o.kind === "text");

/** `(input, options?, callback?)` or `(options?, callback?)`; `isInput` tells data from options. */
function given(call: NativeCall, isInput: (v: Value) => boolean): Given {
  const callback = lastCallback(call.m, call.args);
  const values = allArgs(call.args).filter((v) => !objectsOf(call.m.heap, v).some(isFunction));
  const [first = BOTTOM, second = BOTTOM] = values;
  return values.length > 0 && isInput(first) ? { input: first, options: second, callback } : { input: BOTTOM, options: first, callback };
}

const option = (call: NativeCall, options: Value, name: string): Value =>
  options.refs.length === 0 ? BOTTOM : getNamed(call.m, options, name, call.site);

/** Without `columns` rows are lists; what is not known may ask for either. */
function shapeOf({ refs, kinds }: Value): Shape {
  if (refs.length > 0) return "either";
  if ((kinds & K.True) !== 0) return (kinds & (K.False | K.Undefined)) === 0 ? "object" : "either";
  return "list";
}

/** What a parser makes of text, by its options. */
function parser(call: NativeCall, options: Value): (inner: NativeCall, text: Value) => Value {
  const columns = option(call, options, "columns");
  const names = columnsOf(call, columns);
  const shape = names !== undefined ? "object" : shapeOf(columns);
  return (inner, text) => rowOf(inner, text, shape, names);
}

const parseAtOnce: Native = (call) => {
  const { input, options } = given(call, () => true);
  return listOf(call.m, parser(call, options)(call, input), spot(call.site, "records"));
};

const parse: Native = (call) => {
  const { input, options, callback } = given(call, (v) => isText(call, v));
  const made = parser(call, options);
  const stream = transforming(call, made, [options]);
  if (input !== BOTTOM) {
    const row = made(call, input);
    arrived(call, stream, row);
    if (callback !== undefined) callWith(call.m, callback, [NULL, listOf(call.m, row, spot(call.site, "records"))], call.site);
  }
  return ofRef(stream.id);
};

const stringifyAtOnce: Native = (call) => {
  const { input, options } = given(call, () => true);
  return tableText(call, rowsIn(call, input), columnsOf(call, option(call, options, "columns")));
};

const isRows = (call: NativeCall, v: Value): boolean => objectsOf(call.m.heap, v).some((o) => o.kind !== "object");

const stringify: Native = (call) => {
  const { input, options, callback } = given(call, (v) => isRows(call, v));
  const columns = columnsOf(call, option(call, options, "columns"));
  const stream = transforming(call, (inner, row) => tableText(inner, row, columns), [options]);
  if (input !== BOTTOM) {
    const text = tableText(call, rowsIn(call, input), columns);
    arrived(call, stream, text);
    if (callback !== undefined) callWith(call.m, callback, [NULL, text], call.site);
  }
  return ofRef(stream.id);
};

const named = (own: string, native: Native): Readonly<Record<string, Native>> => ({ [own]: native, default: native, "": native });

export const csv: readonly NativeModule[] = [
  { modules: ["csv-parse", "csv-parse/browser/esm"], natives: named("parse", parse) },
  { modules: ["csv-stringify", "csv-stringify/browser/esm"], natives: named("stringify", stringify) },
  { modules: ["csv-parse/sync", "csv-parse/lib/sync", "csv-parse/browser/esm/sync"], natives: named("parse", parseAtOnce) },
  {
    modules: ["csv-stringify/sync", "csv-stringify/lib/sync", "csv-stringify/browser/esm/sync"],
    natives: named("stringify", stringifyAtOnce),
  },
  { modules: ["csv"], natives: { parse, stringify } },
  { modules: ["csv/sync"], natives: { parse: parseAtOnce, stringify: stringifyAtOnce } },
];
