/**
 * tRPC: procedures built from `initTRPC`, run with their parsed input, through their middleware. A procedure answers to the address
 * of its OpenAPI meta, and to its dotted name in the router.
 */
import { joinSlot, objectsOf, S, setSlot, type Obj, isFunction } from "../../domain/heap.js";
import { BOTTOM, join, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg } from "../../machine/call.js";
import { typeIn, typeValue } from "../../machine/declared.js";
import { external, externalData } from "../../machine/external.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { isSchema } from "../schema/schema.js";
import type { NativeModule } from "../index.js";
import { alike, at } from "../support.js";
import { later } from "./requests.js";
import { adapter, caller, callerFactory, router } from "./trpc-router.js";
import { countOf, LIB, protoOf, serveOne, T } from "./trpc-run.js";

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
    else if (isFunction(obj)) addStep(m, to, ofRef(obj.id));
  }
}

const adding =
  (owner: "Procedure" | "Middleware"): Native =>
  (call) =>
    extended(call, owner, (copy) => {
      addSteps(call.m, copy, arg(call.args, 0));
    });

const BUILDER: Readonly<Record<string, Native>> = {
  input: (call) =>
    extended(call, "Procedure", (copy) => {
      for (const schema of objectsOf(call.m.heap, arg(call.args, 0)))
        if (isSchema(schema) || schema.kind !== "object") addStep(call.m, copy, tagged(call, ofRef(schema.id)));
    }),
  ...alike(["use", "concat", "unstable_concat"], adding("Procedure")),
  meta: (call) =>
    extended(call, "Procedure", (copy) => {
      setSlot(call.m.heap, copy, T.meta, arg(call.args, 0));
    }),
  output: (call) => call.self,
  query: (call) => procedure(call, "GET"),
  mutation: (call) => procedure(call, "POST"),
  subscription: (call) => procedure(call, "GET"),
};

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

/** `initTRPC.context<Ctx>()`, `.context<typeof createContext>()`. */
const declaredContext: Native = ({ m, callee, types }) => {
  const [given] = types ?? [];
  const type = given && typeIn(m, m.frame.code, given);
  const made = m.types.view(m.types.signatures(type)[0]);
  const context = made.v === "function" ? m.types.awaited(made.returns) : type;
  if (context !== undefined) joinSlot(m.heap, external(m, LIB, ["Context"]), T.declared, typeValue(m, context));
  const { module, path } = externalData(callee);
  return ofRef(external(m, module, [...path, "()"]).id);
};

function match(module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1)!;
  if (module !== LIB && module !== "trpc-openapi" && module !== "trpc-to-openapi")
    return /^(create|fetch|node|express|next|aws|fastify)\w*(Handler|Middleware|Plugin|Server)$/.test(name) ? adapter : undefined;
  if (path[0] === "Procedure" && path.length === 2) return BUILDER[name];
  if (path[0] === "Middleware" && path.length === 2) return name === "unstable_pipe" || name === "pipe" ? adding("Middleware") : undefined;
  if (path[0] === "Router" && path.length === 2)
    return name === "createCaller" ? (call) => caller(call, call.self, arg(call.args, 0)) : undefined;
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
      case "context":
        return declaredContext;
      case "createCallerFactory":
        return callerFactory;
      default:
        return undefined;
    }
  }
  if (
    name === "createOpenApiNextHandler" ||
    name === "createOpenApiHttpHandler" ||
    name === "createOpenApiExpressMiddleware" ||
    name === "createOpenApiFetchHandler" ||
    name === "createOpenApiNodeHttpHandler"
  )
    return adapter;
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
