/** Where a flow comes from: the value at a path, or each with its key where the path goes through a list key by key. */
import type { ModelStep } from "../../models/model.js";
import { objectsOf } from "../domain/heap.js";
import { BOTTOM, exact, isBottom, join, joinAll, K, ofConst, same, UNDEFINED, withRefs, type Value } from "../domain/value.js";
import { arg } from "../machine/call.js";
import type { NativeCall } from "../machine/machine.js";
import { getNamed, getProp } from "../machine/props.js";
import { entryOf } from "../natives/contents.js";
import { pathKeys } from "../natives/libraries/lodash-support.js";
import { allLabels } from "../machine/deep.js";
import { unknown } from "../machine/unknown.js";
import { itemsOf, spot } from "../natives/items.js";
import { elementsOf, recordOf, type Element } from "./elements.js";

type KeyStep = Extract<ModelStep, { readonly k: "same" }>;

/** What a path leads to. */
export type Found =
  | { readonly k: "one"; readonly value: Value }
  /** Each element that `[k]` or `[keys]` stands for. */
  | { readonly k: "each"; readonly list: readonly Element[] };

export const anyFound = (found: Found): Value => (found.k === "one" ? found.value : joinAll(found.list.map((x) => x.value)));

/** Follows the steps from a value. */
export function follow(call: NativeCall, start: Value, steps: readonly ModelStep[]): Found {
  let at: Found = { k: "one", value: start };
  for (const step of steps) {
    if (step.k === "same" || step.k === "keys") {
      const list: readonly Element[] =
        step.k === "same" && step.of ? among(call, anyFound(at), step.of) : elementsOf(call.m, anyFound(at), call.site);
      at = { k: "each", list: step.k === "same" ? list : list.map((x) => ({ ...x, value: x.key })) };
    } else if (at.k === "one") at = { k: "one", value: next(call, at.value, step) };
    else at = { k: "each", list: at.list.map((x) => ({ ...x, value: next(call, x.value, step) })) };
  }
  return at;
}

/** The elements whose keys are, or are not, in a list; all of them, as far as the list is not known. */
function among(call: NativeCall, v: Value, { argument, not }: NonNullable<KeyStep["of"]>): readonly Element[] {
  const { m, site } = call;
  const names = namesIn(call, arg(call.args, argument));
  if (not) return recordOf(m, v, site).filter(({ key }) => names?.has(String(exact(key))) !== true);
  if (names === undefined) return recordOf(m, v, site).map((x) => ({ ...x, sure: false }));
  const sole = v.refs.length === 1;
  return [...names].flatMap((name): Element[] => {
    const key = ofConst(name);
    const value = underKey(call, v, key);
    return same(value, UNDEFINED) ? [] : [{ key, value, sure: sole && (value.kinds & K.Undefined) === 0 }];
  });
}

/** The names that an argument is, or lists; undefined when some are not known. */
function namesIn({ m, site }: NativeCall, v: Value): ReadonlySet<string> | undefined {
  const one = exact(v);
  if (one !== undefined) return new Set([String(one)]);
  const items = itemsOf(m, v, site);
  const names = items.list.map(exact);
  return items.rest !== null || v.refs.length !== 1 || names.includes(undefined) ? undefined : new Set(names.map(String));
}

/** One step down a value. */
function next(call: NativeCall, v: Value, step: Exclude<ModelStep, { readonly k: "same" | "keys" }>): Value {
  const { m, site } = call;
  switch (step.k) {
    case "prop":
      return getNamed(m, v, step.name, site);
    case "index":
      return getNamed(m, v, String(step.i), site);
    case "any":
      return joinAll(elementsOf(m, v, site).map((x) => x.value));
    case "named":
      return step.path ? atNames(call, v, arg(call.args, step.argument)) : underKey(call, v, arg(call.args, step.argument));
  }
}

/** What is at a path of names, `a.b` or `["a", "b"]`; anything in it where the path is not known. */
function atNames(call: NativeCall, v: Value, path: Value): Value {
  const names = pathKeys(call, path);
  if (names !== undefined) return names.reduce((at: Value, name) => underKey(call, at, ofConst(name)), v);
  const first = joinAll(elementsOf(call.m, v, call.site).map((x) => x.value));
  return join(first, unknown(call.m, spot(call.site, "somewhere"), allLabels(call.m, first)));
}

/** What is under a key: of maps the entry, of everything else the property. */
export function underKey(call: NativeCall, v: Value, key: Value): Value {
  let out: Value = BOTTOM;
  const maps = objectsOf(call.m.heap, v).filter(({ kind }) => kind === "map");
  for (const map of maps) out = join(out, entryOf(call.m, map, key));
  const others = withRefs(
    v,
    v.refs.filter((r) => !maps.some(({ id }) => id === r)),
  );
  if (!isBottom(others)) out = join(out, getProp(call.m, others, key, call.site));
  return isBottom(out) ? UNDEFINED : out;
}
