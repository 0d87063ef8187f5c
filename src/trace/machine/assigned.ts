/** `document.cookie = text`: properties of the platform that do something when they are assigned. A native under {@link ASSIGNED} does it. */
import type { Obj } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { ofRef, type Value } from "../domain/value.js";
import { externalData } from "./external.js";
import type { Machine } from "./machine.js";

/** The native that does it, below the property's own path. */
export const ASSIGNED = "@@assigned";

/** Assigns a property of something outside; false where no native says what that does. */
export function assignedOutside(m: Machine, obj: Obj, name: string, v: Value, site: Site): boolean {
  const { module, path } = externalData(obj);
  if (module !== "global") return false;
  const native = m.native({ module, path: [...path, name, ASSIGNED] });
  native?.({ m, self: ofRef(obj.id), args: { list: [v], rest: null }, site, isNew: false, callee: obj, types: [] });
  return native !== undefined;
}
