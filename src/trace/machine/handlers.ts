/** `target.onload = fn`: a handler that is a property is a listener (HTML, event handler IDL attributes). */
import { objectsOf, S, type Obj } from "../domain/heap.js";
import { BOTTOM, ofConst, ofRef, type Value } from "../domain/value.js";
import { externalData } from "./external.js";
import { type Machine } from "./machine.js";
import type { Site } from "../domain/labels.js";

/** The native that a target has for it. */
export const HANDLER = "@@handler";

const NAME = /^on[a-z]+$/;

/** Tells a target of the platform that one of its handlers was set. */
export function handlerSet(m: Machine, target: Obj, name: string, fn: Value, site: Site): void {
  if (!NAME.test(name) || fn.refs.length === 0) return;
  const owners = target.kind === "external" ? [target] : objectsOf(m.heap, target.props.get(S.proto) ?? BOTTOM);
  for (const owner of owners) {
    if (owner.kind !== "external") continue;
    const { module, path } = externalData(owner);
    if (module !== "global") continue;
    const native = m.native({ module, path: [...path, HANDLER] });
    const args = { list: [ofConst(name.slice(2)), fn], rest: null };
    native?.({ m, self: ofRef(target.id), args, site, isNew: false, callee: owner, types: [] });
  }
}
