/** What other modules export, named by its path: `openai` → `OpenAI` → `files` → `create`. One object a path. */
import { alloc, lastingly, type Obj } from "../domain/heap.js";
import type { ExternalData, Machine } from "./machine.js";

/** The object for a path in a module; `global` is the module of global names. */
export function external(m: Machine, module: string, whole: readonly string[]): Obj {
  const path = shortened(whole);
  const key = keyOf(module, path);
  let obj = m.externals.get(key);
  if (obj === undefined) {
    obj = lastingly(m.heap, () => alloc(m.heap, "external", `external ${key}`, { module, path } satisfies ExternalData));
    m.externals.set(key, obj);
  }
  return obj;
}

const keyOf = (module: string, path: readonly string[]): string => `${module}:${path.join(".")}`;

/** Is this one of the objects that {@link external} gives, and no instance of a library's class? */
export const isShared = (m: Machine, obj: Obj): boolean => m.externals.get(keyOf(externalData(obj).module, externalData(obj).path)) === obj;

/** Names longer than this name nothing in a library. */
const LONGEST = 24;

/** Elements of elements are elements; what is read ever deeper comes back to the same object. */
function shortened(path: readonly string[]): readonly string[] {
  let end = Math.min(path.length, LONGEST);
  while (end > 1 && path[end - 1] === "*" && path[end - 2] === "*") end--;
  return end === path.length ? path : path.slice(0, end);
}

/** A native of the language's own library as a value: `global("Array.prototype.map")`. */
export const globalObject = (m: Machine, path: string): Obj => external(m, "global", path.split("."));

export const externalData = (obj: Obj): ExternalData => obj.data as ExternalData;

export const externalName = (obj: Obj): string => {
  const { module, path } = externalData(obj);
  return module === "global" ? path.join(".") : `${module}:${path.join(".")}`;
};
