/** Running tRPC's procedures: input through its schemas, middleware around, the resolver at last. */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { TypeRef } from "../../../link/types.js";
import { NO_LABELS, type Site } from "../../domain/labels.js";
import { ANY_BOOLEAN, BOTTOM, exact, isBottom, join, K, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { hop, make, type Machine, type Native } from "../../machine/machine.js";
import { awaitValue } from "../../machine/promise.js";
import { copyProps, getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { parse } from "../schema/parse.js";
import { promiseOf } from "../settle.js";
import { at, option, slotOf } from "../support.js";
import { announce, answer, newRequest } from "./requests.js";

export const LIB = "@trpc/server";
/** Slots of a procedure (builder). */
export const T = {
  count: "\0count",
  step: "\0step:",
  meta: "\0meta",
  resolver: "\0resolver",
  kind: "\0kind",
  name: "\0name",
  procedure: "\0procedure",
  router: "\0router",
  /** What the context is declared to be. */
  declared: "\0declared",
} as const;

export const countOf = (o: Obj): number => Math.max(0, ...(o.props.get(T.count)?.consts ?? []).map(Number));
export const protoOf = (m: Machine, owner: string): Value => ofRef(external(m, LIB, [owner]).id);

/** Addresses: the OpenAPI meta's, and `name` below the usual mounts. */
function addressesOf(m: Machine, obj: Obj, site: Site): { readonly method: string; readonly urls: readonly string[] } {
  const openapi = getNamed(m, obj.props.get(T.meta) ?? UNDEFINED, "openapi", site);
  const own = getNamed(m, openapi, "path", site).consts.map(String);
  const verb = getNamed(m, openapi, "method", site);
  const names = obj.props.get(T.name)?.consts.map(String) ?? [];
  return {
    method: String(exact(verb) ?? obj.props.get(T.kind)?.consts[0] ?? "POST"),
    urls: [...own, ...names.flatMap((n) => [`/${n}`, `/trpc/${n}`, `/api/trpc/${n}`])],
  };
}

/** What clients in the same program call a procedure by. */
export const clientPlace = (name: string): string => `/trpc/${name}`;

/** A request comes in. */
export function serveOne(m: Machine, obj: Obj, site: Site): void {
  const { method, urls } = addressesOf(m, obj, site);
  const places = [...urls, ...(obj.props.get(T.name)?.consts ?? []).map((name) => clientPlace(String(name)))];
  const where = `${site.file}:${site.at}`;
  const request = newRequest(m, where, method, places, site);
  announce(m, method, urls, request, site);
  let input: Value = BOTTOM;
  for (const part of ["input", "body"]) input = join(input, getNamed(m, request, part, site));
  // What adapters of this program make it of, and what others do: a program may have several servers, each with a context of its own.
  const context = join(external(m, LIB, ["Context"]).props.get(S.value) ?? BOTTOM, othersContext(m, where));
  const run: Run = { m, procedure: ofRef(obj.id), site, where, bare: false, reached: { resolver: false } };
  let result = runSteps(run, 0, input, context, UNDEFINED);
  m.alive = true;
  // A middleware that seems never to call on (its context is not what it is in production) does not hide what is behind it.
  if (!run.reached.resolver) result = join(result, runSteps({ ...run, bare: true }, 0, input, othersContext(m, where), UNDEFINED));
  m.alive = true;
  answer(m, method, places, awaitResult(m, result, site), site);
}

/** What other programs make the context of: something of its declared type. */
function othersContext(m: Machine, where: string): Value {
  const declared = objectsOf(m.heap, external(m, LIB, ["Context"]).props.get(T.declared) ?? BOTTOM);
  if (declared.length === 0) return unknown(m, `${where}:ctx`);
  return declared.reduce((v, type, i) => join(v, unknown(m, `${where}:ctx ${i}`, NO_LABELS, type.data as TypeRef)), BOTTOM);
}

export const awaitResult = (m: Machine, v: Value, site: Site): Value => {
  const out = awaitValue(m, v, site);
  m.alive = true;
  return out;
};

interface Run {
  readonly m: Machine;
  readonly procedure: Value;
  readonly site: Site;
  readonly where: string;
  /** Only schemas and the resolver run. */
  readonly bare: boolean;
  readonly reached: { resolver: boolean };
}

/** Parses, runs middleware, and at last the resolver; `raw` is the input before any schema. */
export function runSteps(run: Run, i: number, raw: Value, context: Value, input: Value): Value {
  const { m, site, where } = run;
  const obj = objectsOf(m.heap, run.procedure)[0]!;
  const step = i < countOf(obj) ? obj.props.get(T.step + String(i)) : undefined;
  if (step !== undefined) {
    const schema = slotOf(objectsOf(m.heap, step), "\0input");
    if (!isBottom(schema)) {
      const parsed = parse({ m, site, active: new Map() }, schema, raw, `${where}:input${i}`);
      const value = parsed.fails === "yes" || isBottom(parsed.value) ? raw : hop(m, parsed.value, "library", site);
      return runSteps(run, i + 1, raw, context, merged(run, i, input, value));
    }
  }
  if (step !== undefined && run.bare) return runSteps(run, i + 1, raw, context, input);
  const options = make(m, "object", `${where}:options ${i}`);
  setSlot(m.heap, options, "ctx", context);
  setSlot(m.heap, options, "input", input);
  setSlot(m.heap, options, "meta", obj.props.get(T.meta) ?? UNDEFINED);
  if (step === undefined) run.reached.resolver = true;
  if (step === undefined)
    return callValue(m, obj.props.get(T.resolver) ?? BOTTOM, UNDEFINED, { list: [ofRef(options.id)], rest: null }, site);
  const raw0 = make(m, "native", `${where}:raw ${i}`, { run: (() => promiseOf(m, raw, site)) satisfies Native, holds: [raw] });
  setSlot(m.heap, options, "rawInput", raw);
  setSlot(m.heap, options, "getRawInput", ofRef(raw0.id));
  setSlot(m.heap, options, "path", obj.props.get(T.name) ?? unknown(m, `${where}:path`));
  setSlot(m.heap, options, "type", unknown(m, `${where}:type`));
  const next = make(m, "native", `${where}:next ${i}`, {
    run: ((call) => {
      const given = arg(call.args, 0);
      const more = option(call, given, "ctx");
      const changed = option(call, given, "input");
      const data = runSteps(
        run,
        i + 1,
        changed.refs.length > 0 ? changed : raw,
        merged(run, i + 1000, context, more),
        changed.refs.length > 0 ? changed : input,
      );
      const ok = make(m, "object", at(call, "result"));
      setSlot(m.heap, ok, "ok", ANY_BOOLEAN);
      setSlot(m.heap, ok, "data", awaitResult(m, data, call.site));
      setSlot(m.heap, ok, "ctx", context);
      return promiseOf(m, ofRef(ok.id), call.site);
    }) satisfies Native,
    holds: [run.procedure, raw, context, input],
  });
  setSlot(m.heap, options, "next", ofRef(next.id));
  const result = awaitResult(m, callValue(m, step, UNDEFINED, { list: [ofRef(options.id)], rest: null }, site), site);
  return result.refs.length === 0 ? UNDEFINED : getNamed(m, result, "data", site);
}

/** `{...a, ...b}` where both are objects; else the second. */
function merged(run: Run, i: number, a: Value, b: Value): Value {
  if (a.refs.length === 0)
    return b.refs.length === 0 && (b.kinds & K.Undefined) !== 0 && !isBottom(a) && (a.kinds & K.Undefined) === 0 ? a : b;
  if (b.refs.length === 0) return a;
  const kinds = new Set([...objectsOf(run.m.heap, a), ...objectsOf(run.m.heap, b)].map((o) => o.kind));
  if ([...kinds].some((k) => k !== "object" && k !== "unknown")) return b;
  const out = make(run.m, "object", `${run.where}:merged ${i}`);
  // A context of unknown content stays readable: its further properties come from it.
  const base = objectsOf(run.m.heap, a).find((o) => o.kind === "unknown");
  if (base !== undefined) setSlot(run.m.heap, out, S.proto, ofRef(base.id));
  copyProps(run.m, out, a, run.site);
  copyProps(run.m, out, b, run.site);
  return ofRef(out.id);
}
