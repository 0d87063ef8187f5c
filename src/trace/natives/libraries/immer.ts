/** `immer`: a recipe writes to a draft of its base; what it has made is a value of its own: https://immerjs.github.io/immer/produce. */
import { objectsOf } from "../../domain/heap.js";
import { isBottom, join, K, UNDEFINED, type Value } from "../../domain/value.js";
import { clone } from "../../machine/clone.js";
import { awaitValue, promiseOf } from "../../machine/promise.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import type { NativeModule } from "../index.js";
import { argItems } from "../items.js";
import { argOf, callable, callWith, constant, nativeValue, stepped } from "../support.js";

/** A draft of a value: its own, whatever is written to it. */
export const draftOf = (call: NativeCall, base: Value): Value => clone(call.m, base, call.site, "structured");

/** The draft that a recipe writes to, or what it gives in its place; a recipe that is waited for gives a promise. */
export function produced(call: NativeCall, draft: Value, recipe: Value, more: readonly Value[]): Value {
  const { m, site } = call;
  const given = callWith(m, recipe, [draft, ...more], site);
  const isLate = objectsOf(m.heap, given).some(({ kind }) => kind === "promise");
  const settled = isLate ? awaitValue(m, given, site) : given;
  const instead: Value = { ...settled, kinds: settled.kinds & ~K.Undefined };
  const out = isBottom(instead) ? draft : (settled.kinds & K.Undefined) === 0 ? instead : join(draft, instead);
  return stepped(call, isLate ? promiseOf(m, out, site) : out);
}

/** `produce(base, recipe)`, `produce(recipe)(base, …)`. */
const produce: Native = (call) => {
  const recipe = argOf(call, 0);
  if (!callable(call.m, recipe)) return produced(call, draftOf(call, recipe), argOf(call, 1), []);
  return nativeValue(call.m, call.site, "producer", (inner) =>
    produced(inner, draftOf(inner, argOf(inner, 0)), recipe, argItems(inner.args, 1).list),
  );
};

const copy: Native = (call) => draftOf(call, argOf(call, 0));
const same: Native = (call) => argOf(call, 0);

export const immer: NativeModule = {
  modules: ["immer"],
  natives: {
    produce,
    default: produce,
    createDraft: copy,
    current: copy,
    original: same,
    finishDraft: same,
    freeze: same,
    castDraft: same,
    castImmutable: same,
    ...Object.fromEntries(["enableMapSet", "enablePatches", "setAutoFreeze"].map((name) => [name, constant(UNDEFINED)])),
  },
};
