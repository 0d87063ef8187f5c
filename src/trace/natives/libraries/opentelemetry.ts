/**
 * OpenTelemetry: work is run in a span or a context and gives what it gives; spans and metrics take what they are told, and give none of it back.
 * API: https://open-telemetry.github.io/opentelemetry-js/modules/_opentelemetry_api.html.
 */
import { ANY_BOOLEAN, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import type { Machine, Native, NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule, NativeTable } from "../index.js";
import { alike, argOf, at, callWith, constant, lastCallback, under } from "../support.js";

const LIB = "@opentelemetry/api";

const shared = (m: Machine, name: string): Value => ofRef(external(m, LIB, [name]).id);
const gives =
  (name: string): Native =>
  (call) =>
    shared(call.m, name);

/** `startActiveSpan(name, options?, context?, fn)`. */
const startActiveSpan: Native = (call) => {
  const work = lastCallback(call.m, call.args);
  return work === undefined ? UNDEFINED : callWith(call.m, work, [shared(call.m, "Span")], call.site);
};

/** `context.with(context, fn, thisArg, ...args)`. */
const within = (call: NativeCall): Value =>
  callValue(call.m, argOf(call, 1), argOf(call, 2), { list: call.args.list.slice(3), rest: call.args.rest }, call.site);

const SPAN: NativeTable = {
  ...alike(["setAttribute", "setAttributes", "addEvent", "addLink", "addLinks", "setStatus", "updateName"], (call) => call.self),
  ...alike(["end", "recordException"], constant(UNDEFINED)),
  isRecording: constant(ANY_BOOLEAN),
  spanContext: (call) => unknown(call.m, at(call, "span context")),
};

/** By their last name, whichever provider, tracer or meter they are of. */
const OTHERS: NativeTable = {
  startActiveSpan,
  startSpan: gives("Span"),
  getTracer: gives("Tracer"),
  ...alike(["getActiveSpan", "getSpan"], (call) => join(shared(call.m, "Span"), UNDEFINED)),
  ...alike(["setSpan", "deleteSpan", "setSpanContext"], (call) => argOf(call, 0)),
};

const METRICS = /^(create(Counter|UpDownCounter|Histogram|Gauge|ObservableGauge|ObservableCounter|ObservableUpDownCounter))$/;

function match(_module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1) ?? "";
  if (path[0] === "Span") return under(SPAN, name);
  if (path[0] === "Instrument") return name === "add" || name === "record" ? constant(UNDEFINED) : undefined;
  if (path.at(-2) === "context" && name === "with") return within;
  if (path.at(-2) === "context" && name === "bind") return (call) => argOf(call, 1);
  if (METRICS.test(name)) return gives("Instrument");
  return under(OTHERS, name);
}

/** OpenTelemetry's API and the tracers of its SDK. */
export const openTelemetry: NativeModule = {
  modules: [LIB, "@opentelemetry/sdk-trace-base", "@opentelemetry/sdk-trace-node", "@opentelemetry/sdk-trace-web"],
  natives: {},
  match,
};
