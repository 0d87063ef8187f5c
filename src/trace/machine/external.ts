/** What other modules export, named by its path: `openai` → `OpenAI` → `files` → `create`. One object a path. */
import { alloc, lastingly, objectsOf, type Obj } from "../domain/heap.js";
import { hasPrimitive, join, K, ofKinds, ofRef, type Value } from "../domain/value.js";
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

/**
 * What stands under a path, as a value. Of what is open ({@link isOpen}) the object stands for whatever is truthy, a text or a number as
 * well as an object; beside it there are those of `primitives` that are not: it may be nothing.
 */
export function externalValue(m: Machine, module: string, path: readonly string[], primitives = NOTHING): Value {
  const obj = external(m, module, path);
  return isOpen(m, obj) ? join(ofRef(obj.id), primitives) : ofRef(obj.id);
}

/** A property of something outside, or what a call of it gives (`()`), as a value: the same one every time. */
export function memberOf(m: Machine, obj: Obj, name: string): Value {
  const data = externalData(obj);
  const members = (data.members ??= new Map<string, Value>());
  let v = members.get(name);
  if (v === undefined) members.set(name, (v = externalValue(m, data.module, [...data.path, name])));
  return v;
}

/** What there is beside the truthy: for tests of truth, of being there and of being a boolean. */
export const NOTHING = ofKinds(K.Undefined | K.Null | K.False);

/**
 * May it be anything: a flag, a setting, a number, nothing? A whole module is there, and so is an instance, and what has a model, or
 * something below that has one: functions, classes and namespaces.
 */
export function isOpen(m: Machine, obj: Obj): boolean {
  if (obj.kind !== "external" || !isShared(m, obj)) return false;
  const data = externalData(obj);
  return data.path.length > 0 && !(data.module === "global" && ALWAYS.test(data.path.join("."))) && !m.isModelled(data);
}

/** What the language and Node always have, beside what has a model. */
const ALWAYS = /^(globalThis|Symbol\.\w+|__dirname|__filename|import\.meta(\.(url|dirname|filename))?|process\.env)$/;

/** Where the program is: a text, though it is named as an object. */
export const isLocation = (obj: Obj): boolean => obj.kind === "external" && LOCATION.test(externalName(obj));

const LOCATION = /^(__dirname|__filename|import\.meta\.(url|dirname|filename))$/;

/** Is it nothing, or something outside the program of which nothing else is known? */
export const isOutside = (m: Machine, v: Value): boolean =>
  v.refs.length === 0
    ? !hasPrimitive(v)
    : v.consts.length === 0 && v.labels.length === 0 && objectsOf(m.heap, v).every((o) => o.kind === "external");

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
