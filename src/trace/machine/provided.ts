/** What a module gives that is no function, where the platform fills it: `workerData`. A native under {@link VALUE} says what it is. */
import type { Site } from "../domain/labels.js";
import { UNDEFINED, type Value } from "../domain/value.js";
import { external } from "./external.js";
import type { Machine } from "./machine.js";

/** The native that gives the value, below the value's own path. */
export const VALUE = "@@value";

/** What is under a path of a module; undefined when no native says so. */
export function providedValue(m: Machine, module: string, path: readonly string[], site: Site): Value | undefined {
  const native = path.length === 0 ? undefined : m.native({ module, path: [...path, VALUE] });
  if (native === undefined) return undefined;
  return native({ m, self: UNDEFINED, args: { list: [], rest: null }, site, isNew: false, callee: external(m, module, path), types: [] });
}
