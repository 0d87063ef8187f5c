/** `document.cookie = text`: properties of the platform that do something when they are assigned. A native under {@link ASSIGNED} does it. */
import type { Obj } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { ofRef, type Value } from "../domain/value.js";
import { external, externalData } from "./external.js";
import type { Machine } from "./machine.js";

/** The native that does it, below the property's own path. */
export const ASSIGNED = "@@assigned";

/** Assigns a property of something outside; false where no native says what that does. */
export function assignedOutside(m: Machine, obj: Obj, name: string, v: Value, site: Site): boolean {
  const { module, path } = externalData(obj);
  if (module !== "global") return false;
  const request = requestBy(path, name);
  const args = { list: [v], rest: null };
  if (request !== undefined) m.hooks.beforeCall({ callee: external(m, module, request), self: ofRef(obj.id), args, site, isNew: false });
  const native = m.native({ module, path: [...path, name, ASSIGNED] });
  native?.({ m, self: ofRef(obj.id), args, site, isNew: false, callee: obj, types: [] });
  return native !== undefined;
}

/** What sends a request when it is assigned, by the name it has in the standard: the address of an element of the page, or of the page itself. */
function requestBy(path: readonly string[], name: string): readonly string[] | undefined {
  if ((name === "src" || name === "srcset") && path[0] === "document") return ["HTMLImageElement", name];
  return name === "href" && path.at(-1) === "location" ? ["location", "href"] : undefined;
}
