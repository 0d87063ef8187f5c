/** Nest's middleware: what modules hang before handlers in `configure(consumer)`. */
import { objectsOf, setSlot } from "../../../domain/heap.js";
import { ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { callValue } from "../../../machine/call.js";
import { make, type NativeCall } from "../../../machine/machine.js";
import { guarded } from "../../settle.js";
import { at, nativeValue } from "../../support.js";
import { enhancer, method } from "./enhancers.js";
import { modulesOf } from "./injection.js";
import { addTo, application, listedAt } from "./markers.js";

const CONFIGURED = "\0configured";

/** Runs all middleware on a request; which routes it is for is not looked at. */
export function runMiddleware(call: NativeCall, args: readonly Value[]): void {
  configure(call);
  const { m, site } = call;
  const next = nativeValue(m, site, "next", () => UNDEFINED);
  for (const v of listedAt(application(m), "middleware")) {
    guarded(m, () => {
      const functions = objectsOf(m.heap, v).filter((o) => o.kind === "function");
      for (const fn of functions) callValue(m, ofRef(fn.id), UNDEFINED, { list: [...args, next], rest: null }, site);
      method(call, enhancer(call, v), "use", [...args, next]);
    });
  }
}

/** Lets each module say what stands before its handlers, once. */
function configure(call: NativeCall): void {
  const { m, site } = call;
  for (const v of modulesOf(m))
    for (const cls of objectsOf(m.heap, v)) {
      if (cls.props.has(CONFIGURED)) continue;
      setSlot(m.heap, cls, CONFIGURED, UNDEFINED);
      const consumer = make(m, "object", at(call, "consumer"));
      const self = ofRef(consumer.id);
      const keeps = nativeValue(m, site, "keeps", () => self);
      const apply = nativeValue(m, site, "apply", (applied) => {
        addTo(applied.m, application(applied.m), "middleware", applied.args.list);
        return self;
      });
      for (const [name, fn] of Object.entries({ apply, forRoutes: keeps, exclude: keeps })) setSlot(m.heap, consumer, name, fn);
      guarded(m, () => {
        const proto = objectsOf(m.heap, cls.props.get("prototype") ?? UNDEFINED)[0];
        if (proto?.props.has("configure") === true) method(call, enhancer(call, ofRef(cls.id)), "configure", [self]);
      });
    }
}
