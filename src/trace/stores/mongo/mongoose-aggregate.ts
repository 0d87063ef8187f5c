/** Mongoose's aggregations: pipelines that are awaited, iterated over, or gone on with stage by stage. */
import { S, setSlot } from "../../domain/heap.js";
import { BOTTOM, join, NULL, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { callValue } from "../../machine/call.js";
import { hop, type Native, type NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeTable } from "../../natives/index.js";
import { argOf, at, instance, lastCallback, listOf, nativeValue, selves, slotOf, under } from "../../natives/support.js";
import { answer, rowList, unknownMethod } from "../answers.js";
import { scopeOf } from "./expressions.js";
import { cursorOver } from "./mongodb.js";
import { ELEMENTS } from "./mongoose-query.js";
import { namedStage, throughPipeline } from "./pipeline.js";

const LIB = "mongoose";

/** Slot: a document as it is after the stages so far. */
const ROW = "\0row";

const read = (call: NativeCall, v: Value): Value => hop(call.m, v, "read", call.site);

/** `User.aggregate([…])`: a pipeline that is awaited, iterated over, or gone on with. */
export function newAggregate(call: NativeCall, row: Value): Value {
  const { m, site } = call;
  const a = instance(m, LIB, "Aggregate", site);
  setSlot(m.heap, a, ROW, row);
  setSlot(m.heap, a, S.rest, read(call, row));
  setSlot(m.heap, a, S.restNames, ELEMENTS);
  setSlot(m.heap, a, "then", nativeValue(m, site, "then", aggregated("then")));
  return ofRef(a.id);
}

const rowsOf = (call: NativeCall): Value => rowList(call, slotOf(selves(call), ROW));

const aggregated =
  (name: string): Native =>
  (call) => {
    const promise = answer(call, rowsOf(call));
    return call.m.native({ module: "global", path: ["Promise", "prototype", name] })?.({ ...call, self: promise }) ?? promise;
  };

/** A stage as a method. */
const stage =
  (name: string): Native =>
  (call) => {
    const { m, site } = call;
    for (const a of selves(call)) {
      const row = namedStage(scopeOf(m, a.props.get(ROW) ?? BOTTOM, site), name, argOf(call, 0), `stage ${name}`);
      setSlot(m.heap, a, ROW, row);
      setSlot(m.heap, a, S.rest, read(call, row));
    }
    return call.self;
  };

const STAGES = "project group unwind lookup addFields replaceRoot sortByCount facet count unionWith graphLookup out merge unset".split(" ");

const AGGREGATE: NativeTable = {
  ...Object.fromEntries(STAGES.map((name) => [name, stage(`$${name}`)])),
  append: (call) => {
    const { m, site } = call;
    const stages = listOf(
      m,
      call.args.list.reduce((all: Value, v) => join(all, v), BOTTOM),
      at(call, "stages"),
    );
    for (const a of selves(call)) setSlot(m.heap, a, ROW, throughPipeline(scopeOf(m, a.props.get(ROW) ?? BOTTOM, site), stages));
    return call.self;
  },
  exec: (call) => {
    const callback = lastCallback(call.m, call.args);
    if (callback !== undefined) callValue(call.m, callback, UNDEFINED, { list: [NULL, read(call, rowsOf(call))], rest: null }, call.site);
    return answer(call, rowsOf(call));
  },
  then: aggregated("then"),
  catch: aggregated("catch"),
  finally: aggregated("finally"),
  cursor: (call) => cursorOver(call, slotOf(selves(call), ROW)),
  pipeline: (call) => unknown(call.m, at(call, "pipeline")),
};

/** A method of an aggregation; settings give it back. */
export const aggregateMethod = (name: string): Native =>
  under(AGGREGATE, name) ??
  (SETTINGS.has(name) ? (call) => call.self : unknownMethod("Mongoose", name, (call) => slotOf(selves(call), ROW)));

const SETTINGS: ReadonlySet<string> = new Set(
  "model near match skip limit densify fill sample sort read readConcern redact explain allowDiskUse hint session option collation search".split(
    " ",
  ),
);
