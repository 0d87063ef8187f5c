/**
 * `swr`: a fetcher turns a hook's key into data; who mutates hands an argument to another fetcher. What is put into the cache under a key by
 * hand (`useSWRConfig().mutate`) is not followed.
 * API: https://swr.vercel.app/docs/api.
 */
import { isRunnable, objectsOf } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, isBottom, join, ofRef, truthyPart, UNDEFINED, type Value } from "../../domain/value.js";
import { external } from "../../machine/external.js";
import type { Machine, Native, NativeCall } from "../../machine/machine.js";
import { awaitValue } from "../../machine/promise.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule } from "../index.js";
import { promised } from "../settle.js";
import { perhaps } from "../../machine/fork.js";
import { argOf, at, callWith, listOf, nativeValue, option, record } from "../support.js";
import { givenTo } from "./context.js";
import { applied, cellOf, cellValue, write } from "./state.js";

const isFunction = (m: Machine, v: Value): boolean => objectsOf(m.heap, v).some(isRunnable);

/** `useSWR(key, fetcher, options)` or `useSWR(key, options)`. */
function optionsOf(call: NativeCall): Value {
  const last = argOf(call, 2);
  return last.refs.length > 0 || isFunction(call.m, argOf(call, 1)) ? last : argOf(call, 1);
}

/** What the nearest `<SWRConfig value={…}>` says. */
function configOf(call: NativeCall): Value {
  const said = givenTo(call.m, ofRef(external(call.m, "swr", ["SWRConfig"]).id));
  return isFunction(call.m, said) ? callWith(call.m, said, [UNDEFINED], call.site) : said;
}

/** A hook's own fetcher, that of its options, or everybody's. */
function fetcherOf(call: NativeCall): Value {
  for (const fetcher of [argOf(call, 1), option(call, optionsOf(call), "fetcher"), option(call, configOf(call), "fetcher")])
    if (isFunction(call.m, fetcher)) return fetcher;
  return UNDEFINED;
}

/** The key, or what a function of it gives; nothing is fetched where it is falsy. */
function keyOf(call: NativeCall, ...given: Value[]): Value {
  const key = argOf(call, 0);
  return truthyPart(isFunction(call.m, key) ? perhaps(call.m, () => callWith(call.m, key, given, call.site)) : key);
}

/** What a fetcher's promise comes to; unknown data where no fetcher is seen. */
function fetched(call: NativeCall, fetcher: Value, key: Value, ...more: Value[]): Value {
  const { m, site } = call;
  if (isBottom(key)) return UNDEFINED;
  if (!isFunction(m, fetcher)) return unknown(m, at(call, "data"));
  return perhaps(m, () => awaitValue(m, callWith(m, fetcher, [key, ...more], site), site));
}

/** Lets the callback of an option know. */
function tell(call: NativeCall, options: Value, name: string, ...told: Value[]): void {
  const callback = option(call, options, name);
  if (isFunction(call.m, callback)) perhaps(call.m, () => callWith(call.m, callback, told, call.site));
}

/** `mutate(data)`, `mutate(promise)`, `mutate((old) => data)`: from then on this is the hook's data. */
const mutator = (call: NativeCall, cell: string): Value =>
  nativeValue(
    call.m,
    at(call, "mutate"),
    "mutate",
    (inner) => {
      const { m, site } = inner;
      const data = awaitValue(m, applied(inner, argOf(inner, 0), cellValue(m, cell)), site);
      write(m, cell, data);
      return promised(inner, join(data, UNDEFINED));
    },
    [],
  );

const shownBy = (call: NativeCall, data: Value, more: Readonly<Record<string, Value>>): Value =>
  record(call.m, { data, error: join(unknown(call.m, at(call, "error")), UNDEFINED), ...more }, at(call, "hook"));

/** A hook's data: what it falls back on, what is fetched page by page or at once, and what it was mutated to. */
const reads =
  (inPages: boolean): Native =>
  (call) => {
    const { m } = call;
    const options = optionsOf(call);
    const cell = cellOf(call, "swr");
    const key = inPages ? keyOf(call, ANY_NUMBER, join(unknown(m, at(call, "page")), UNDEFINED)) : keyOf(call);
    const one = fetched(call, fetcherOf(call), key);
    const all = inPages ? listOf(m, one, at(call, "pages")) : one;
    const data = [option(call, options, "fallbackData"), all, cellValue(m, cell)].reduce(join);
    tell(call, options, "onSuccess", data, key, options);
    return shownBy(call, data, {
      isLoading: ANY_BOOLEAN,
      isValidating: ANY_BOOLEAN,
      mutate: mutator(call, cell),
      ...(inPages
        ? { size: ANY_NUMBER, setSize: nativeValue(m, at(call, "size"), "setSize", (inner) => promised(inner, cellValue(m, cell))) }
        : {}),
    });
  };

/** `useSWRMutation(key, fetcher, options)`: `trigger(arg)` calls `fetcher(key, { arg })`. */
const mutates: Native = (call) => {
  const cell = cellOf(call, "swr mutation");
  const trigger = nativeValue(call.m, at(call, "trigger"), "trigger", (inner) => {
    const { m } = inner;
    const key = keyOf(call);
    const data = fetched(inner, argOf(call, 1), key, record(m, { arg: argOf(inner, 0) }, at(inner, "arg")));
    write(m, cell, data);
    for (const options of [argOf(call, 2), argOf(inner, 1)]) tell(inner, options, "onSuccess", data, key, options);
    return promised(inner, data);
  });
  return shownBy(call, join(cellValue(call.m, cell), UNDEFINED), { trigger, isMutating: ANY_BOOLEAN });
};

const useSWR = reads(false);

/** Data of hooks that fetch. */
export const swr: readonly NativeModule[] = [
  {
    modules: ["swr"],
    natives: { default: useSWR, useSWR, preload: (call) => promised(call, fetched(call, argOf(call, 1), keyOf(call))) },
  },
  { modules: ["swr/immutable"], natives: { default: useSWR } },
  { modules: ["swr/infinite"], natives: { default: reads(true) } },
  { modules: ["swr/mutation"], natives: { default: mutates } },
];
