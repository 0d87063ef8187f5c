/**
 * TanStack Query (`@tanstack/react-query`, `react-query`): functions make data of a query's key, mutations hand their variables on. The cache of
 * all clients is one, by the first part of a key.
 * API: https://tanstack.com/query/latest/docs/framework/react/reference/useQuery.
 */
import { objectsOf, S } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_STRING, BOTTOM, exact, isBottom, join, NULL, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { external } from "../../machine/external.js";
import { perhaps } from "../../machine/fork.js";
import { iterate } from "../../machine/iterate.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { awaitValue } from "../../machine/promise.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule } from "../index.js";
import { promised } from "../settle.js";
import { alike, argOf, arrayOf, at, callable, callWith, constant, listOf, methods, nativeValue, option, record } from "../support.js";
import { kept } from "./desk.js";
import { applied, cellOf, cellValue, watch, write } from "./state.js";

const MODULE = "@tanstack/react-query";

/** The cell of the cache in which a key's data is. */
function cacheOf({ m, site }: NativeCall, key: Value): string {
  const [first] = iterate(m, key, site).list;
  return `query ${String(exact(first ?? BOTTOM) ?? exact(key) ?? "")}`;
}

/** A query's options: one object, or (before version 5) key, function and options. */
function queryOf(call: NativeCall): { readonly key: Value; readonly fn: Value; readonly options: Value } {
  const first = argOf(call, 0);
  const isObject = objectsOf(call.m.heap, first).some((o) => o.kind !== "array");
  if (isObject) return { key: option(call, first, "queryKey"), fn: option(call, first, "queryFn"), options: first };
  const second = argOf(call, 1);
  const options = callable(call.m, second) ? argOf(call, 2) : second;
  return { key: first, fn: callable(call.m, second) ? second : option(call, options, "queryFn"), options };
}

/** What a query's function gives; it may not be run (`enabled`). */
function fetched(call: NativeCall, key: Value, fn: Value): Value {
  const { m, site } = call;
  if (!callable(call.m, fn)) return unknown(m, at(call, "data"));
  const context = record(
    m,
    { queryKey: key, pageParam: unknown(m, at(call, "page")), signal: unknown(m, at(call, "signal")) },
    at(call, "context"),
  );
  return perhaps(m, () => awaitValue(m, callWith(m, fn, [context], site), site));
}

/** Lets a callback of the options know. */
function tell(call: NativeCall, options: Value, name: string, ...told: Value[]): Value {
  const callback = option(call, options, name);
  return callable(call.m, callback)
    ? perhaps(call.m, () => awaitValue(call.m, callWith(call.m, callback, told, call.site), call.site))
    : BOTTOM;
}

const FLAGS = [
  "isLoading",
  "isPending",
  "isFetching",
  "isError",
  "isSuccess",
  "isFetched",
  "isIdle",
  "isPaused",
  "isStale",
  "isRefetching",
];

/** What a hook gives: data beside flags and the error. */
const shownBy = (call: NativeCall, data: Value, more: Readonly<Record<string, Value>>): Value =>
  record(
    call.m,
    {
      ...Object.fromEntries(FLAGS.map((name) => [name, ANY_BOOLEAN])),
      status: ANY_STRING,
      fetchStatus: ANY_STRING,
      error: join(unknown(call.m, at(call, "error")), NULL),
      data,
      ...more,
    },
    at(call, "hook"),
  );

const reads =
  (inPages: boolean, certain: boolean): Native =>
  (call) => {
    const { m } = call;
    const { key, fn, options } = queryOf(call);
    const cell = cacheOf(call, key);
    watch(m, cell);
    const one = fetched(call, key, fn);
    const all = inPages
      ? record(m, { pages: listOf(m, one, at(call, "pages")), pageParams: unknown(m, at(call, "params")) }, at(call, "infinite"))
      : one;
    const given = ["initialData", "placeholderData"].map((name) => option(call, options, name));
    const whole = [...given.map((v) => (callable(call.m, v) ? callWith(m, v, [UNDEFINED], call.site) : v)), all, cellValue(m, cell)].reduce(
      join,
    );
    const select = option(call, options, "select");
    const data = callable(call.m, select) ? callWith(m, select, [whole], call.site) : whole;
    tell(call, options, "onSuccess", data);
    const again = nativeValue(m, at(call, "refetch"), "refetch", (inner) => promised(inner, record(m, { data }, at(inner, "again"))), [
      data,
    ]);
    return shownBy(call, certain ? data : join(data, UNDEFINED), {
      ...Object.fromEntries(["refetch", "fetchNextPage", "fetchPreviousPage"].map((name) => [name, again])),
      hasNextPage: ANY_BOOLEAN,
      hasPreviousPage: ANY_BOOLEAN,
    });
  };

/** `useQueries({ queries: […] })`. */
const readsMany: Native = (call) => {
  const items = iterate(call.m, option(call, argOf(call, 0), "queries"), call.site);
  const one = (query: Value): Value => reads(false, false)({ ...call, args: { list: [query], rest: null } });
  return items.rest === null
    ? arrayOf(call.m, items.list.map(one), at(call, "queries"))
    : listOf(call.m, one(items.rest), at(call, "queries"));
};

/** `useMutation({ mutationFn, onSuccess … })`, or (before version 5) with the function first. */
const mutates: Native = (call) => {
  const { m } = call;
  const first = argOf(call, 0);
  const options = callable(call.m, first) ? argOf(call, 1) : first;
  const fn = callable(call.m, first) ? first : option(call, options, "mutationFn");
  const done = cellOf(call, "mutation");
  const variables = cellOf(call, "mutation variables");
  const mutate = (inner: NativeCall): Value => {
    const given = argOf(inner, 0);
    write(m, variables, given);
    const all = [options, argOf(inner, 1)];
    const context = all.map((o) => tell(inner, o, "onMutate", given)).reduce(join);
    const data = callable(call.m, fn)
      ? perhaps(m, () => awaitValue(m, callWith(m, fn, [given], inner.site), inner.site))
      : unknown(m, at(inner, "data"));
    write(m, done, data);
    const error = unknown(m, at(inner, "error"));
    for (const o of all) {
      tell(inner, o, "onSuccess", data, given, context);
      tell(inner, o, "onError", error, given, context);
      tell(inner, o, "onSettled", join(data, UNDEFINED), join(error, NULL), given, context);
    }
    return data;
  };
  const holds = [options, fn];
  return shownBy(call, join(cellValue(m, done), UNDEFINED), {
    mutate: nativeValue(m, at(call, "mutate"), "mutate", (inner) => (mutate(inner), UNDEFINED), holds),
    mutateAsync: nativeValue(m, at(call, "mutateAsync"), "mutateAsync", (inner) => promised(inner, mutate(inner)), holds),
    variables: join(cellValue(m, variables), UNDEFINED),
    reset: nativeValue(m, at(call, "reset"), "reset", constant(UNDEFINED)),
  });
};

const client: Native = (call) => ofRef(external(call.m, MODULE, ["QueryClient", "prototype"]).id);

/** The cache as code asks for it. */
const CLIENT: Readonly<Record<string, Native>> = {
  setQueryData: (call) => {
    const cell = cacheOf(call, argOf(call, 0));
    const data = applied(call, argOf(call, 1), cellValue(call.m, cell));
    write(call.m, cell, data);
    return data;
  },
  getQueryData: (call) => join(kept(call.m, cacheOf(call, argOf(call, 0))).props.get(S.value) ?? BOTTOM, UNDEFINED),
  ...alike(["fetchQuery", "ensureQueryData", "prefetchQuery"], (call) => {
    const { key, fn } = queryOf(call);
    const data = fetched(call, key, fn);
    if (!isBottom(data)) write(call.m, cacheOf(call, key), data);
    return promised(call, data);
  }),
  ...alike(["invalidateQueries", "refetchQueries", "cancelQueries"], (call) => promised(call, UNDEFINED)),
  ...alike(["removeQueries", "clear", "resetQueries", "setDefaultOptions"], constant(UNDEFINED)),
};

/** What is exported as it is given. */
const asGiven: Native = (call) => argOf(call, 0);

/** Queries and mutations of components. */
export const reactQuery: NativeModule = {
  modules: [MODULE, "react-query"],
  natives: {
    useQuery: reads(false, false),
    useSuspenseQuery: reads(false, true),
    useInfiniteQuery: reads(true, false),
    useSuspenseInfiniteQuery: reads(true, true),
    ...alike(["useQueries", "useSuspenseQueries"], readsMany),
    useMutation: mutates,
    useQueryClient: client,
    QueryClient: client,
    ...alike(["queryOptions", "infiniteQueryOptions", "mutationOptions"], asGiven),
    ...methods("QueryClient", CLIENT),
  },
};
