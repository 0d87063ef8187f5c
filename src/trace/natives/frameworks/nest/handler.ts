/** A method of a controller, a resolver or a gateway, called with what its parameters ask for and with all that stands around it. */
import type { Obj } from "../../../domain/heap.js";
import { ofRef, type Value } from "../../../domain/value.js";
import { callValue } from "../../../machine/call.js";
import type { NativeCall } from "../../../machine/machine.js";
import { contextOf, type ContextType } from "./context.js";
import { handle, type Handling } from "./enhancers.js";
import { instanceOf } from "./injection.js";
import { argumentsOf, type Incoming } from "./parameters.js";

/** `handed` is what the context gives guards and interceptors of the request, the message or the field. */
export function callMethod(
  call: NativeCall,
  cls: Obj,
  fn: Obj,
  type: ContextType,
  handed: readonly Value[],
  { part, plain, answer }: Pick<Incoming, "part" | "plain"> & Pick<Handling, "answer">,
): void {
  const context = contextOf(call, type, handed, cls, fn);
  const handler = (): Value => {
    const list = argumentsOf({ call, cls, fn, context, part, plain });
    return callValue(call.m, ofRef(fn.id), instanceOf(call, cls), { list, rest: null }, call.site);
  };
  handle({ call, cls, fn, context, handler, answer });
}
