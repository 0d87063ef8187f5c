/** The execution context that guards, interceptors, filters and custom decorators get. */
import type { Obj } from "../../../domain/heap.js";
import { ofConst, ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg } from "../../../machine/call.js";
import type { NativeCall } from "../../../machine/machine.js";
import { getProp } from "../../../machine/props.js";
import { arrayOf, at, nativeValue, record } from "../../support.js";

export type ContextType = "http" | "ws" | "rpc" | "graphql";

/** `context.switchToHttp().getRequest()`; `args`: what the handler's transport has for it, in the transport's own order. */
export function contextOf(call: NativeCall, type: ContextType, args: readonly Value[], cls: Obj, fn: Obj): Value {
  const { m, site } = call;
  const gives = (name: string, v: Value): Value => nativeValue(m, site, name, () => v);
  const of = (i: number): Value => args[i] ?? UNDEFINED;
  const all = arrayOf(m, args, at(call, "context arguments"));
  const http = record(m, { getRequest: gives("getRequest", of(0)), getResponse: gives("getResponse", of(1)) }, at(call, "http"));
  const ws = record(m, { getClient: gives("getClient", of(0)), getData: gives("getData", of(1)) }, at(call, "ws"));
  const rpc = record(m, { getData: gives("getData", of(0)), getContext: gives("getContext", of(1)) }, at(call, "rpc"));
  return record(
    m,
    {
      switchToHttp: gives("switchToHttp", http),
      switchToWs: gives("switchToWs", ws),
      switchToRpc: gives("switchToRpc", rpc),
      getArgs: gives("getArgs", type === "graphql" ? of(1) : all),
      getArgByIndex: nativeValue(m, site, "getArgByIndex", (asked) => getProp(asked.m, all, arg(asked.args, 0), asked.site)),
      getClass: gives("getClass", ofRef(cls.id)),
      getHandler: gives("getHandler", ofRef(fn.id)),
      // As `GqlExecutionContext` has it.
      getContext: gives("getContext", of(2)),
      getRoot: gives("getRoot", of(0)),
      getInfo: gives("getInfo", of(3)),
      getType: gives("getType", ofConst(type)),
    },
    at(call, "context"),
  );
}
