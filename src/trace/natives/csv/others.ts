/** Other libraries of tables as text: Papa Parse, fast-csv, csv-parser, csv-writer, json2csv, csvtojson, d3-dsv. */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { ANY_STRING, BOTTOM, isBottom, join, K, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { argOf, at, callWith, constant, instance, lastCallback, listOf, nativeValue, option, record, selves, slotOf } from "../support.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { leave } from "../../machine/jobs.js";
import { unknown } from "../../machine/unknown.js";
import { readFile, writeFile } from "../file-places.js";
import type { NativeModule } from "../index.js";
import { promised } from "../settle.js";
import { everything } from "../stream.js";
import { isStream, pipe } from "../stream-core.js";
import { arrived, transforming } from "./streams.js";
import { columnsOf, rowOf, rowsIn, tableText, type Shape } from "./tables.js";

const opt = (call: NativeCall, options: Value, name: string): Value => (options.refs.length === 0 ? BOTTOM : option(call, options, name));

/** The columns that an option of one of these names tells. */
const columnsIn = (call: NativeCall, options: Value, ...names: readonly string[]): ReturnType<typeof columnsOf> =>
  names.map((name) => columnsOf(call, opt(call, options, name))).find((columns) => columns !== undefined);

/** Rows are objects where there is a header, else lists. */
function shapeBy(call: NativeCall, options: Value, name: string): Shape {
  const { refs, kinds } = opt(call, options, name);
  if (refs.length > 0) return "object";
  if ((kinds & K.True) === 0) return "list";
  return (kinds & (K.False | K.Undefined)) === 0 ? "object" : "either";
}

/** Text, or all that a stream or file gives. */
const textIn = (call: NativeCall, input: Value): Value =>
  objectsOf(call.m.heap, input).some((o) => isStream(call.m, o, call.site)) ? everything(call.m, input, call.site) : input;

// ------------------------------------------------------------------------------------------------ Papa Parse

const papaParse: Native = (call) => {
  const { m, site } = call;
  const options = argOf(call, 1);
  const shape = shapeBy(call, options, "header");
  const isNodeStream = argOf(call, 0).refs.length === 1 && objectsOf(m.heap, argOf(call, 0))[0]?.kind === "external";
  if (isNodeStream) return ofRef(transforming(call, (inner, text) => rowOf(inner, text, shape), [options]).id);
  const row = rowOf(call, textIn(call, argOf(call, 0)), shape);
  const results = (data: Value): Value =>
    record(m, { data, errors: listOf(m, BOTTOM, at(call, "errors")), meta: unknown(m, at(call, "meta")) }, at(call, "results"));
  const all = results(listOf(m, row, at(call, "rows")));
  for (const [name, given] of [
    ["step", results(row)],
    ["chunk", all],
    ["complete", all],
  ] as const) {
    const fn = opt(call, options, name);
    if (fn.refs.length > 0) leave(m, { fn, self: UNDEFINED, args: { list: [given], rest: null }, site });
  }
  return all;
};

const unparse: Native = (call) => {
  const { m } = call;
  const given = argOf(call, 0);
  const tables = objectsOf(m.heap, given).filter((o) => o.kind === "object");
  const rows = tables.length === 0 ? given : opt(call, given, "data");
  const columns = columnsIn(call, argOf(call, 1), "columns") ?? (tables.length === 0 ? undefined : columnsIn(call, given, "fields"));
  return tableText(call, rowsIn(call, rows), columns);
};

// ------------------------------------------------------------------------------------------------ fast-csv, csv-parser, csv-writer

const reading =
  (input: (call: NativeCall) => Value, options: (call: NativeCall) => Value): Native =>
  (call) => {
    const given = options(call);
    const shape = shapeBy(call, given, "headers");
    const columns = columnsIn(call, given, "headers");
    const stream = transforming(call, (inner, text) => rowOf(inner, text, shape, columns), [given]);
    const text = input(call);
    if (!isBottom(text)) arrived(call, stream, rowOf(call, textIn(call, text), shape, columns));
    return ofRef(stream.id);
  };

const format: Native = (call) => {
  const columns = columnsIn(call, argOf(call, 0), "headers");
  return ofRef(transforming(call, (inner, row) => tableText(inner, row, columns), [argOf(call, 0)]).id);
};

const rowsText = (call: NativeCall, rows: Value, options: Value): Value =>
  tableText(call, rowsIn(call, rows), columnsIn(call, options, "headers"));

const writeStream: Native = (call) => {
  const stream = transforming(call, (inner, row) => tableText(inner, row, undefined), []);
  arrived(call, stream, rowsText(call, argOf(call, 0), argOf(call, 1)));
  return ofRef(stream.id);
};

const fastCsv: NativeModule = {
  modules: ["fast-csv", "@fast-csv/parse", "@fast-csv/format"],
  natives: {
    format,
    write: writeStream,
    parse: reading(
      () => BOTTOM,
      (call) => argOf(call, 0),
    ),
    ...Object.fromEntries(
      ["parseString", "parseStream"].map((name) => [
        name,
        reading(
          (call) => argOf(call, 0),
          (call) => argOf(call, 1),
        ),
      ]),
    ),
    ...Object.fromEntries(
      ["parseFile"].map((name) => [
        name,
        reading(
          (call) => readFile(call.m, argOf(call, 0), call.site),
          (call) => argOf(call, 1),
        ),
      ]),
    ),
    ...Object.fromEntries(
      ["writeToString", "writeToBuffer"].map((name) => [
        name,
        ((call) => promised(call, rowsText(call, argOf(call, 0), argOf(call, 1)))) satisfies Native,
      ]),
    ),
    writeToPath: (call) => {
      writeFile(call.m, argOf(call, 0), rowsText(call, argOf(call, 1), argOf(call, 2)), call.site);
      return writeStream({ ...call, args: { list: [argOf(call, 1), argOf(call, 2)], rest: null } });
    },
    writeToStream: (call) => {
      const stream = writeStream({ ...call, args: { list: [argOf(call, 1), argOf(call, 2)], rest: null } });
      for (const obj of objectsOf(call.m.heap, stream)) pipe(call.m, obj, argOf(call, 0), null, call.site);
      return argOf(call, 0);
    },
  },
};

const csvParser: Native = (call) => {
  const columns = columnsIn(call, argOf(call, 0), "headers") ?? columnsOf(call, argOf(call, 0));
  return ofRef(transforming(call, (inner, text) => rowOf(inner, text, "object", columns), [argOf(call, 0)]).id);
};

const OPTIONS = "\0options";

const writer =
  (owner: string): Native =>
  (call) => {
    const obj = instance(call.m, "csv-writer", owner, call.site);
    setSlot(call.m.heap, obj, OPTIONS, argOf(call, 0));
    return ofRef(obj.id);
  };

const ownText = (call: NativeCall): Value =>
  tableText(call, rowsIn(call, argOf(call, 0)), columnsIn(call, slotOf(selves(call), OPTIONS), "header"));

const csvWriter: NativeModule = {
  modules: ["csv-writer"],
  natives: {
    ...Object.fromEntries(["createObjectCsvWriter", "createArrayCsvWriter"].map((name) => [name, writer("CsvWriter")])),
    ...Object.fromEntries(["createObjectCsvStringifier", "createArrayCsvStringifier"].map((name) => [name, writer("CsvStringifier")])),
    "CsvWriter.writeRecords": (call) => {
      writeFile(call.m, opt(call, slotOf(selves(call), OPTIONS), "path"), ownText(call), call.site);
      return promised(call, UNDEFINED);
    },
    "CsvStringifier.stringifyRecords": ownText,
    "CsvStringifier.getHeaderString": constant(ANY_STRING),
  },
};

// ------------------------------------------------------------------------------------------------ json2csv, csvtojson, d3-dsv

const madeParser: Native = (call) => {
  const obj = instance(call.m, "json2csv", "Parser", call.site);
  setSlot(call.m.heap, obj, OPTIONS, argOf(call, 0));
  return ofRef(obj.id);
};

/** Rows may be one object. */
const rowsOrOne = (call: NativeCall, rows: Value): Value =>
  join(
    rowsIn(call, rows),
    objectsOf(call.m.heap, rows).reduce((v: Value, o) => (o.kind === "object" ? join(v, ofRef(o.id)) : v), BOTTOM),
  );

const jsonToText =
  (options: (call: NativeCall) => Value): Native =>
  (call) =>
    tableText(call, rowsOrOne(call, argOf(call, 0)), columnsIn(call, options(call), "fields"));

const json2csv: NativeModule = {
  modules: ["json2csv", "@json2csv/plainjs", "@json2csv/node"],
  natives: {
    Parser: madeParser,
    AsyncParser: madeParser,
    parse: jsonToText((call) => argOf(call, 1)),
    parseAsync: (call) => promised(call, jsonToText((inner) => argOf(inner, 1))(call)),
    "Parser.parse": jsonToText((call) => slotOf(selves(call), OPTIONS)),
  },
};

/** `csv().fromFile(path)`: rows that can be awaited, or heard one by one. */
const fromText =
  (text: (call: NativeCall) => Value): Native =>
  (call) => {
    const row = rowOf(call, textIn(call, text(call)), "object");
    const list = listOf(call.m, row, at(call, "rows"));
    const out = promised(call, list);
    for (const obj of objectsOf(call.m.heap, out)) setSlot(call.m.heap, obj, "subscribe", subscribed(call, row));
    return out;
  };

const subscribed = (call: NativeCall, row: Value): Value =>
  nativeValue(
    call.m,
    call.site,
    "subscribe",
    (inner) => {
      const fn = lastCallback(inner.m, inner.args);
      if (fn !== undefined) callWith(inner.m, fn, [row], inner.site);
      return inner.self;
    },
    [row],
  );

const csvToJson: NativeModule = {
  modules: ["csvtojson"],
  natives: {},
  match: (_module, path) => {
    const name = path.at(-1);
    if (name === "fromFile") return fromText((call) => readFile(call.m, argOf(call, 0), call.site));
    return name === "fromString" || name === "fromStream" ? fromText((call) => argOf(call, 0)) : undefined;
  },
};

const d3: NativeModule = {
  modules: ["d3-dsv", "d3"],
  natives: Object.fromEntries(
    ["csv", "tsv"].flatMap((kind): [string, Native][] => [
      [`${kind}Parse`, (call) => listOf(call.m, rowOf(call, argOf(call, 0), "object"), at(call, "rows"))],
      [`${kind}ParseRows`, (call) => listOf(call.m, rowOf(call, argOf(call, 0), "list"), at(call, "rows"))],
      [`${kind}Format`, (call) => tableText(call, rowsIn(call, argOf(call, 0)), columnsOf(call, argOf(call, 1)))],
      [`${kind}FormatRows`, (call) => tableText(call, rowsIn(call, argOf(call, 0)), undefined)],
    ]),
  ),
};

export const tables: readonly NativeModule[] = [
  { modules: ["papaparse"], natives: { parse: papaParse, unparse } },
  fastCsv,
  { modules: ["csv-parser"], natives: { default: csvParser, "": csvParser } },
  csvWriter,
  json2csv,
  csvToJson,
  d3,
];
