/** Receivers that may not be what a native's owner is: objects of which only a type, or nothing, is known. */
import { joinLabels } from "../domain/labels.js";
import { objectsOf, type Obj } from "../domain/heap.js";
import { BOTTOM, join, stringOf, type Value } from "../domain/value.js";
import { arg, callLost } from "../machine/call.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import { deepLabels, typeOf, unknownData } from "../machine/unknown.js";
import { callable } from "./support.js";

/** Can an object of this type be a list? */
function mayBeList(m: Machine, obj: Obj): boolean {
  if (obj.kind !== "unknown") return true;
  const view = m.types.view(typeOf(m, obj));
  return view.v !== "object" && view.v !== "class" && view.v !== "function" ? true : view.v === "object" && view.index !== undefined;
}

/** A method of something unknown that only has the name of a known one: what goes in is taken to come out. */
export function unresolved(call: NativeCall): Value {
  const { m, args, self, site, callee } = call;
  if (callee.kind !== "unknown") return callLost(m, self, args, site, "");
  const view = m.types.view(typeOf(m, callee));
  return callLost(m, self, args, site, unknownData(callee).name, {
    returns: view.v === "function" ? view.returns : undefined,
    isEnd: m.hooks.isEnd(callee),
  });
}

/**
 * A method of lists that may be reached through an unknown receiver by its name only. It is taken for the list's where the receiver
 * can be one, and where a callback is due only when there is one.
 */
export function listMethod(native: Native, withCallback = false): Native {
  return (call) => {
    if (call.callee.kind !== "unknown") return native(call);
    const { m } = call;
    const lists = objectsOf(m.heap, call.self).every((o) => mayBeList(m, o));
    return lists && (!withCallback || callable(m, arg(call.args, 0))) ? native(call) : unresolved(call);
  };
}

/** Methods that strings have as well: an unknown receiver may be one, then the result is a string. */
export function orString(native: Native): Native {
  return (call) => {
    const out = native(call);
    const objects = objectsOf(call.m.heap, call.self).filter(
      (o) => o.kind === "unknown" && call.m.types.view(typeOf(call.m, o)).v === "any",
    );
    if (objects.length === 0) return out;
    const labels = objects.reduce((l, o) => joinLabels(l, deepLabels(o)), call.self.labels);
    return join(out, stringOf(labels));
  };
}

/** The keys that a receiver of which nothing is known may have besides numbers: it may be a map. */
export function looseKeys(m: Machine, v: Value): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind !== "unknown") continue;
    const labels = deepLabels(obj);
    if (labels.length > 0) out = join(out, stringOf(labels));
  }
  return out;
}
