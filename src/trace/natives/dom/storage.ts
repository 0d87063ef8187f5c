/**
 * What browsers keep for a page: `localStorage` and `sessionStorage` by key, the clipboard, responses in caches. Each is a place: what one
 * entry point puts there another reads.
 */
import type { Site } from "../../domain/labels.js";
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_STRING, BOTTOM, exact, isBottom, join, joinAll, NULL, ofRef, stringOf, UNDEFINED, type Value } from "../../domain/value.js";
import { allLabels } from "../../machine/deep.js";
import type { Machine, Native, NativeCall } from "../../machine/machine.js";
import { namesOf } from "../../machine/text-parts.js";
import { readPlace, writePlace } from "../../stores/places.js";
import type { NativeModule, NativeTable } from "../index.js";
import { spot } from "../items.js";
import { promiseOf } from "../settle.js";
import { alike, argOf, asText, constant, instance, listOf, methods, selves, slotOf } from "../support.js";
import { message } from "../web.js";

/** The places of a key, as far as its text is exact. */
const placesOf = (m: Machine, store: string, key: Value): readonly string[] => namesOf(m, key).map((name) => store + name);

const read = (m: Machine, store: string, key: Value, site: Site): Value =>
  joinAll(placesOf(m, store, key).map((place) => readPlace(m, place, site)));

const setItem =
  (store: string): Native =>
  (call) => {
    const { m, site } = call;
    const key = asText(m, argOf(call, 0), site);
    const value = asText(m, argOf(call, 1), site);
    for (const place of placesOf(m, store, key)) writePlace(m, place, value, site);
    const labels = allLabels(m, key);
    if (labels.length > 0) writePlace(m, `keys of ${store}`, stringOf(labels), site);
    return UNDEFINED;
  };

const getItem =
  (store: string): Native =>
  (call) => {
    const key = asText(call.m, argOf(call, 0), call.site);
    const kept = read(call.m, store, key, call.site);
    // `localStorage.key = …` is kept on the object itself.
    const name = exact(key);
    const own = typeof name === "string" ? slotOf(selves(call), name) : BOTTOM;
    const all = join(kept, own);
    return join(isBottom(all) ? ANY_STRING : all, NULL);
  };

const keyAt =
  (store: string): Native =>
  (call) => {
    const named = readPlace(call.m, `keys of ${store}`, call.site);
    return join(isBottom(named) ? ANY_STRING : named, NULL);
  };

const storage = (name: string): NativeTable => ({
  [`${name}.setItem`]: setItem(`storage:${name}:`),
  [`${name}.getItem`]: getItem(`storage:${name}:`),
  [`${name}.key`]: keyAt(`storage:${name}:`),
  ...alike([`${name}.removeItem`, `${name}.clear`], constant(UNDEFINED)),
});

const CLIPBOARD = "clipboard";

const clipboard: NativeTable = {
  ...alike(["navigator.clipboard.writeText", "navigator.clipboard.write"], (call) => {
    writePlace(call.m, CLIPBOARD, argOf(call, 0), call.site);
    return promiseOf(call.m, UNDEFINED, call.site);
  }),
  "navigator.clipboard.readText": (call) => {
    const v = readPlace(call.m, CLIPBOARD, call.site);
    return promiseOf(call.m, isBottom(v) ? ANY_STRING : v, call.site);
  },
};

const CACHE = "\0cache";

const openCache: Native = (call) => {
  const cache = instance(call.m, "global", "Cache", call.site);
  setSlot(call.m.heap, cache, CACHE, asText(call.m, argOf(call, 0), call.site));
  return promiseOf(call.m, ofRef(cache.id), call.site);
};

/** The places of what the receiver caches; all caches where it is `caches` itself. */
const cachesOf = (call: NativeCall): readonly string[] => namesOf(call.m, slotOf(selves(call), CACHE)).map((name) => `cache:${name}`);

/** A response keeps its body only: a request says where it is found, which is not followed. */
const putResponse: Native = (call) => {
  const { m, site } = call;
  for (const response of objectsOf(m.heap, argOf(call, 1)))
    for (const place of cachesOf(call)) writePlace(m, place, response.props.get(S.value) ?? BOTTOM, site);
  return promiseOf(m, UNDEFINED, site);
};

const cached = (call: NativeCall): Value => {
  const { m, site } = call;
  return message(m, "Response", joinAll(cachesOf(call).map((place) => readPlace(m, place, site))), BOTTOM, site);
};

const caches: NativeTable = {
  "caches.open": openCache,
  "caches.match": (call) => promiseOf(call.m, join(cached(call), UNDEFINED), call.site),
  ...methods("Cache", {
    put: putResponse,
    match: (call) => promiseOf(call.m, join(cached(call), UNDEFINED), call.site),
    matchAll: (call) => promiseOf(call.m, listOf(call.m, cached(call), spot(call.site, "responses")), call.site),
    ...alike(["add", "addAll", "delete"], (call) => promiseOf(call.m, UNDEFINED, call.site)),
  }),
};

export const browserStorage: NativeModule = {
  modules: ["global"],
  natives: { ...storage("localStorage"), ...storage("sessionStorage"), ...clipboard, ...caches },
};
