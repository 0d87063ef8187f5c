/**
 * tRPC: procedures built from `initTRPC`, run with their parsed input, through their middleware. A procedure answers to the address
 * of its OpenAPI meta, and to its dotted name in the router.
 */
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { ANY_BOOLEAN, BOTTOM, exact, isBottom, join, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs, arg, callValue } from "../../machine/call.js";
import { external, externalData } from "../../machine/external.js";
import { hop, make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { awaitValue, fulfil, newPromise } from "../../machine/promise.js";
import { copyProps, entries, getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { parse } from "../schema/parse.js";
import { isSchema } from "../schema/schema.js";
import type { NativeModule } from "../index.js";
import { announce, answer, later, newRequest } from "./requests.js";

const LIB = "@trpc/server";
/** Slots of a procedure (builder). */
const T = { count: "\0count", step: "\0step:", meta: "\0meta", resolver: "\0resolver", kind: "\0kind", name: "\0name", procedure: "\0procedure", router: "\0router" } as const;

const at = (call: NativeCall, what = ""): string => `${call.site.file}:${call.site.at}:${what}`;
const countOf = (o: Obj): number => Math.max(0, ...(o.props.get(T.count)?.consts ?? []).map(Number));
const protoOf = (m: Machine, owner: string): Value => ofRef(external(m, LIB, [owner]).id);

/** Steps in order: input schemas and middleware, each in a slot of its number. */
function builder(call: NativeCall, owner: "Procedure" | "Middleware"): Obj {
  const obj = make(call.m, "object", at(call, owner));
  setSlot(call.m.heap, obj, S.proto, protoOf(call.m, owner));
  setSlot(call.m.heap, obj, T.count, ofConst(0));
  return obj;
}

function extended(call: NativeCall, owner: "Procedure" | "Middleware", change: (copy: Obj) => void): Value {
  let out: Value = BOTTOM;
  // `cond ? t.procedure.use(a) : t.procedure`: each of the two is asked for its own method, with both as receiver.
  const bare = objectsOf(call.m.heap, ofRef(call.callee.id)).some((o) => externalData(o).path.includes("initTRPC"));
  for (const obj of objectsOf(call.m.heap, call.self)) {
    if (obj.props.has(T.count) === bare) continue;
    const copy = builder(call, owner);
    if (!bare) for (const [slot, v] of obj.props) if (slot !== S.proto) setSlot(call.m.heap, copy, slot, v);
    change(copy);
    out = join(out, ofRef(copy.id));
  }
  return out;
}

const addStep = (m: Machine, to: Obj, step: Value): void => {
  const n = countOf(to);
  joinSlot(m.heap, to, T.step + String(n), step);
  setSlot(m.heap, to, T.count, ofConst(n + 1));
};

/** A function, or the steps of another middleware or procedure. */
function addSteps(m: Machine, to: Obj, given: Value): void {
  for (const obj of objectsOf(m.heap, given)) {
    if (obj.props.has(T.count)) for (let i = 0; i < countOf(obj); i++) addStep(m, to, obj.props.get(T.step + String(i)) ?? BOTTOM);
    else if (obj.kind === "function" || obj.kind === "bound") addStep(m, to, ofRef(obj.id));
  }
}

const BUILDER: Readonly<Record<string, Native>> = {
  input: (call) =>
    extended(call, "Procedure", (copy) => {
      for (const schema of objectsOf(call.m.heap, arg(call.args, 0))) if (isSchema(schema) || schema.kind !== "object") addStep(call.m, copy, tagged(call, ofRef(schema.id)));
    }),
  use: (call) =>
    extended(call, "Procedure", (copy) => {
      addSteps(call.m, copy, arg(call.args, 0));
    }),
  concat: (call) =>
    extended(call, "Procedure", (copy) => {
      addSteps(call.m, copy, arg(call.args, 0));
    }),
  unstable_concat: (call) =>
    extended(call, "Procedure", (copy) => {
      addSteps(call.m, copy, arg(call.args, 0));
    }),
  meta: (call) =>
    extended(call, "Procedure", (copy) => {
      setSlot(call.m.heap, copy, T.meta, arg(call.args, 0));
    }),
  output: (call) => call.self,
  query: (call) => procedure(call, "GET"),
  mutation: (call) => procedure(call, "POST"),
  subscription: (call) => procedure(call, "GET"),
};

const middlewarePipe: Native = (call) =>
  extended(call, "Middleware", (copy) => {
    addSteps(call.m, copy, arg(call.args, 0));
  });

/** An input schema as a step. */
function tagged(call: NativeCall, schema: Value): Value {
  const step = make(call.m, "object", at(call, "input"));
  setSlot(call.m.heap, step, "\0input", schema);
  return ofRef(step.id);
}

function procedure(call: NativeCall, kind: string): Value {
  const { m, site } = call;
  const done = extended(call, "Procedure", (copy) => {
    setSlot(m.heap, copy, T.resolver, arg(call.args, 0));
    setSlot(m.heap, copy, T.kind, ofConst(kind));
    setSlot(m.heap, copy, T.procedure, UNDEFINED);
  });
  const serve = (waited: boolean): void => {
    later(m, site, "procedure", () => {
      const hasContext = external(m, LIB, ["Context"]).props.has(S.value);
      // Adapters say what the context is; theirs may be the last module to be loaded.
      if (!hasContext && !waited) serve(true);
      else for (const obj of objectsOf(m.heap, done)) serveOne(m, obj, site);
      return UNDEFINED;
    });
  };
  serve(false);
  return done;
}

/** Addresses: the OpenAPI meta's, and `name` below the usual mounts. */
function addressesOf(m: Machine, obj: Obj, site: Site): { readonly method: string; readonly urls: readonly string[] } {
  const openapi = getNamed(m, getNamed(m, obj.props.get(T.meta) ?? UNDEFINED, "openapi", site), "path", site);
  const verb = getNamed(m, getNamed(m, obj.props.get(T.meta) ?? UNDEFINED, "openapi", site), "method", site);
  const own = openapi.consts.map(String);
  const names = obj.props.get(T.name)?.consts.map(String) ?? [];
  return {
    method: String(exact(verb) ?? obj.props.get(T.kind)?.consts[0] ?? "POST"),
    urls: [...own, ...names.flatMap((n) => [`/${n}`, `/trpc/${n}`, `/api/trpc/${n}`])],
  };
}

/** What clients in the same program call a procedure by. */
export const clientPlace = (name: string): string => `trpc/${name}`;

function serveOne(m: Machine, obj: Obj, site: Site): void {
  const { method, urls } = addressesOf(m, obj, site);
  const names = obj.props.get(T.name)?.consts.map(String) ?? [];
  const where = `${site.file}:${site.at}`;
  const request = newRequest(m, where, method, [...urls, ...names.map(clientPlace)], site);
  announce(m, method, urls, request, site);
  let input: Value = BOTTOM;
  for (const part of ["input", "body"]) input = join(input, getNamed(m, request, part, site));
  const context = external(m, LIB, ["Context"]).props.get(S.value) ?? unknown(m, `${where}:ctx`);
  const result = runSteps({ m, procedure: ofRef(obj.id), site, where }, 0, input, context, UNDEFINED);
  m.alive = true;
  answer(m, method, [...urls, ...names.map(clientPlace)], awaitResult(m, result, site), site);
}

const awaitResult = (m: Machine, v: Value, site: Site): Value => {
  const out = awaitValue(m, v, site);
  m.alive = true;
  return out;
};

interface Run {
  readonly m: Machine;
  readonly procedure: Value;
  readonly site: Site;
  readonly where: string;
}

/** Parses, runs middleware, and at last the resolver; `raw` is the input before any schema. */
function runSteps(run: Run, i: number, raw: Value, context: Value, input: Value): Value {
  const { m, site, where } = run;
  const obj = objectsOf(m.heap, run.procedure)[0]!;
  const step = i < countOf(obj) ? obj.props.get(T.step + String(i)) : undefined;
  if (step !== undefined) {
    const schema = objectsOf(m.heap, step).reduce((v: Value, o) => join(v, o.props.get("\0input") ?? BOTTOM), BOTTOM);
    if (!isBottom(schema)) {
      const parsed = parse({ m, site, library: "zod", active: new Map() }, schema, raw, `${where}:input${i}`);
      const value = parsed.fails === "yes" || isBottom(parsed.value) ? raw : hop(m, parsed.value, "library", site);
      return runSteps(run, i + 1, raw, context, merged(run, i, input, value));
    }
  }
  const options = make(m, "object", `${where}:options ${i}`);
  setSlot(m.heap, options, "ctx", context);
  setSlot(m.heap, options, "input", input);
  setSlot(m.heap, options, "meta", obj.props.get(T.meta) ?? UNDEFINED);
  if (step === undefined) return callValue(m, obj.props.get(T.resolver) ?? BOTTOM, UNDEFINED, { list: [ofRef(options.id)], rest: null }, site);
  const raw0 = make(m, "native", `${where}:raw ${i}`, { run: (() => promised(m, raw, site)) satisfies Native });
  setSlot(m.heap, options, "rawInput", raw);
  setSlot(m.heap, options, "getRawInput", ofRef(raw0.id));
  setSlot(m.heap, options, "path", obj.props.get(T.name) ?? unknown(m, `${where}:path`));
  setSlot(m.heap, options, "type", unknown(m, `${where}:type`));
  const next = make(m, "native", `${where}:next ${i}`, {
    run: ((call) => {
      const given = arg(call.args, 0);
      const more = given.refs.length === 0 ? UNDEFINED : getNamed(m, given, "ctx", call.site);
      const changed = given.refs.length === 0 ? UNDEFINED : getNamed(m, given, "input", call.site);
      const data = runSteps(run, i + 1, changed.refs.length > 0 ? changed : raw, merged(run, i + 1000, context, more), changed.refs.length > 0 ? changed : input);
      const ok = make(m, "object", at(call, "result"));
      setSlot(m.heap, ok, "ok", ANY_BOOLEAN);
      setSlot(m.heap, ok, "data", awaitResult(m, data, call.site));
      setSlot(m.heap, ok, "ctx", context);
      return promised(m, ofRef(ok.id), call.site);
    }) satisfies Native,
  });
  setSlot(m.heap, options, "next", ofRef(next.id));
  const result = awaitResult(m, callValue(m, step, UNDEFINED, { list: [ofRef(options.id)], rest: null }, site), site);
  return result.refs.length === 0 ? UNDEFINED : getNamed(m, result, "data", site);
}

function promised(m: Machine, v: Value, site: Site): Value {
  const promise = newPromise(m, site);
  if (!isBottom(v)) fulfil(m, promise, v, site);
  return ofRef(promise.id);
}

/** `{...a, ...b}` where both are objects; else the second. */
function merged(run: Run, i: number, a: Value, b: Value): Value {
  if (a.refs.length === 0) return b.refs.length === 0 && (b.kinds & 2) !== 0 && !isBottom(a) && (a.kinds & 2) === 0 ? a : b;
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

// ------------------------------------------------------------------------------------------------ routers

/** A router: its procedures get their dotted names. */
const router: Native = (call) => {
  const { m, site } = call;
  const out = make(m, "object", at(call, "router"));
  setSlot(m.heap, out, S.proto, protoOf(m, "Router"));
  setSlot(m.heap, out, T.router, UNDEFINED);
  for (const given of allArgs(call.args)) copyProps(m, out, given, site);
  const name = (obj: Obj, prefix: string, depth: number): void => {
    for (const x of entries(m, obj, site).known)
      for (const inner of objectsOf(m.heap, x.value)) {
        if (inner.props.has(T.procedure)) setSlot(m.heap, inner, T.name, ofConst(prefix + x.name));
        else if (depth < 6 && inner.kind === "object") name(inner, `${prefix}${x.name}.`, depth + 1);
      }
  };
  name(out, "", 0);
  return ofRef(out.id);
};

/** What adapters are given: `createContext` says what the procedures' `ctx` is. */
const adapter: Native = (call) => {
  const { m, site } = call;
  for (const options of allArgs(call.args))
    for (const obj of objectsOf(m.heap, options)) {
      const create = obj.props.get("createContext");
      if (create === undefined || !objectsOf(m.heap, create).some((o) => o.kind === "function")) continue;
      const made = callValue(m, create, UNDEFINED, { list: [unknown(m, at(call, "request"))], rest: null }, site);
      m.alive = true;
      noteContext(m, awaitResult(m, made, site));
    }
  return ofRef(external(m, LIB, ["Handler"]).id);
};

const noteContext = (m: Machine, v: Value): void => {
  if (!isBottom(v) && v.refs.length > 0) joinSlot(m.heap, external(m, LIB, ["Context"]), S.value, v);
};

/** `router.createCaller(ctx)` and `createCallerFactory(router)(ctx)`: procedures as functions of their input. */
function caller(call: NativeCall, router: Value, context: Value): Value {
  const { m, site } = call;
  noteContext(m, context);
  const build = (v: Value, where: string, depth: number): Value => {
    let out: Value = BOTTOM;
    for (const obj of objectsOf(m.heap, v)) {
      if (obj.props.has(T.procedure)) {
        const procedure = ofRef(obj.id);
        const fn = make(m, "native", where, {
          run: ((inner) => promised(m, awaitResult(m, runSteps({ m, procedure, site: inner.site, where: at(inner, "called") }, 0, arg(inner.args, 0), context, UNDEFINED), inner.site), inner.site)) satisfies Native,
        });
        out = join(out, ofRef(fn.id));
      } else if (obj.kind === "object" && depth < 6) {
        const record = make(m, "object", where);
        for (const x of entries(m, obj, site).known) setSlot(m.heap, record, x.name, build(x.value, `${where}.${x.name}`, depth + 1));
        out = join(out, ofRef(record.id));
      }
    }
    return out;
  };
  return build(router, at(call, "caller"), 0);
}

const callerFactory: Native = (call) => {
  const made = arg(call.args, 0);
  return ofRef(make(call.m, "native", at(call, "factory"), { run: ((inner) => caller(inner, made, arg(inner.args, 0))) satisfies Native }).id);
};

function match(module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1)!;
  if (module !== LIB && module !== "trpc-openapi" && module !== "trpc-to-openapi") return /^(create|fetch|node|express|next|aws|fastify)\w*(Handler|Middleware|Plugin|Server)$/.test(name) || name === "createOpenApiNextHandler" ? adapter : undefined;
  if (path[0] === "Procedure" && path.length === 2) return BUILDER[name];
  if (path[0] === "Middleware" && path.length === 2) return name === "unstable_pipe" || name === "pipe" ? middlewarePipe : undefined;
  if (path[0] === "Router" && path.length === 2) return name === "createCaller" ? (call) => caller(call, call.self, arg(call.args, 0)) : undefined;
  if (path[0] === "initTRPC") {
    // `t.procedure.input(…)` begins from nothing.
    const procedureAt = path.lastIndexOf("procedure");
    if (procedureAt >= 0 && procedureAt === path.length - 2) return BUILDER[name];
    switch (name) {
      case "router":
      case "mergeRouters":
        return router;
      case "middleware":
        return (call) => {
          const obj = builder(call, "Middleware");
          addSteps(call.m, obj, arg(call.args, 0));
          return ofRef(obj.id);
        };
      case "createCallerFactory":
        return callerFactory;
      default:
        return undefined;
    }
  }
  if (name === "createOpenApiNextHandler" || name === "createOpenApiHttpHandler" || name === "createOpenApiExpressMiddleware" || name === "createOpenApiFetchHandler" || name === "createOpenApiNodeHttpHandler") return adapter;
  return undefined;
}

/** tRPC's server and its adapters. */
export const trpc: NativeModule = {
  modules: [
    LIB,
    ...["next", "next-app-dir", "express", "fetch", "standalone", "fastify", "aws-lambda", "node-http"].map((a) => `${LIB}/adapters/${a}`),
    "trpc-openapi",
    "trpc-to-openapi",
  ],
  natives: {},
  match,
};
