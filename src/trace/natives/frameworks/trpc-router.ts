/** tRPC's routers, adapters and server-side callers. */
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs, arg, callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { copyProps, entries } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { promiseOf } from "../settle.js";
import { at } from "../support.js";
import { awaitResult, LIB, protoOf, runSteps, T } from "./trpc-run.js";

/** A router: its procedures get their dotted names. */
export const router: Native = (call) => {
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
export const adapter: Native = (call) => {
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
export function caller(call: NativeCall, router: Value, context: Value): Value {
  const { m, site } = call;
  noteContext(m, context);
  const build = (v: Value, where: string, depth: number): Value => {
    let out: Value = BOTTOM;
    for (const obj of objectsOf(m.heap, v)) {
      if (obj.props.has(T.procedure)) {
        const procedure = ofRef(obj.id);
        const fn = make(m, "native", where, {
          run: ((inner) =>
            promiseOf(
              m,
              awaitResult(
                m,
                runSteps(
                  { m, procedure, site: inner.site, where: at(inner, "called"), bare: false, reached: { resolver: false } },
                  0,
                  arg(inner.args, 0),
                  context,
                  UNDEFINED,
                ),
                inner.site,
              ),
              inner.site,
            )) satisfies Native,
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

export const callerFactory: Native = (call) => {
  const made = arg(call.args, 0);
  return ofRef(
    make(call.m, "native", at(call, "factory"), { run: ((inner) => caller(inner, made, arg(inner.args, 0))) satisfies Native }).id,
  );
};
