/** Deno's key-value store: values under lists of names (https://docs.deno.com/deploy/kv). */
import { ANY_BOOLEAN, ANY_STRING, exact, isBottom, join, NULL, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { iterate } from "../../machine/iterate.js";
import { hop, type NativeCall } from "../../machine/machine.js";
import { listening } from "../../stores/answers.js";
import { readPlace, writePlace } from "../../stores/places.js";
import { keptUnder, writeTree, type TreePath } from "../../stores/tree.js";
import type { NativeModule } from "../index.js";
import { newIterator } from "../items.js";
import { promised } from "../settle.js";
import { alike, argOf, arrayOf, at, callWith, instance, lastCallback, methods, option, record } from "../support.js";

const KIND = "deno-kv";
const QUEUE = "deno-queue:";

/** The names of a key; `*` for what is not known. */
function pathOf(call: NativeCall, key: Value): TreePath {
  const items = iterate(call.m, key, call.site);
  return [...items.list.map((v) => String(exact(v) ?? "*")), ...(items.rest === null ? [] : ["*"])];
}

function entry(call: NativeCall, key: Value, v: Value): Value {
  const value = isBottom(v) ? NULL : join(NULL, hop(call.m, v, "read", call.site));
  return record(call.m, { key, value, versionstamp: join(NULL, ANY_STRING) }, at(call, "entry"));
}

const found = (call: NativeCall, key: Value): Value => entry(call, key, keptUnder(call.m, KIND, pathOf(call, key), call.site, false));

const set = (call: NativeCall): void => writeTree(call.m, KIND, pathOf(call, argOf(call, 0)), argOf(call, 1), call.site);

const enqueue = (call: NativeCall): void => writePlace(call.m, QUEUE, argOf(call, 0), call.site);

const done = (call: NativeCall): Value => promised(call, record(call.m, { ok: ANY_BOOLEAN, versionstamp: ANY_STRING }, at(call, "done")));

const KV = methods("Kv", {
  set: (call) => {
    set(call);
    return done(call);
  },
  get: (call) => promised(call, found(call, argOf(call, 0))),
  getMany: (call) =>
    promised(
      call,
      arrayOf(
        call.m,
        iterate(call.m, argOf(call, 0), call.site).list.map((key) => found(call, key)),
        at(call, "entries"),
      ),
    ),
  list: (call) => {
    const prefix = option(call, argOf(call, 0), "prefix");
    const path = prefix.refs.length === 0 ? [] : pathOf(call, prefix);
    const value = keptUnder(call.m, KIND, path, call.site, true);
    return newIterator(call.m, call.site, { list: [], rest: entry(call, UNDEFINED, value) });
  },
  enqueue: (call) => {
    enqueue(call);
    return done(call);
  },
  listenQueue: (call) => {
    listening(call, (later) => {
      const fn = lastCallback(later.m, later.args);
      const message = readPlace(later.m, QUEUE, later.site);
      if (fn !== undefined && !isBottom(message)) callWith(later.m, fn, [message], later.site);
    });
    return promised(call, UNDEFINED);
  },
  atomic: (call) => ofRef(instance(call.m, "deno", "AtomicOperation", call.site).id),
  delete: (call) => promised(call, UNDEFINED),
  close: () => UNDEFINED,
});

const ATOMIC = methods("AtomicOperation", {
  set: (call) => {
    set(call);
    return call.self;
  },
  enqueue: (call) => {
    enqueue(call);
    return call.self;
  },
  ...alike(["check", "delete", "sum", "min", "max", "mutate"], (call) => call.self),
  commit: done,
});

/** `Deno.openKv()`, and the same of `@deno/kv`. */
const open = (call: NativeCall): Value => promised(call, ofRef(instance(call.m, "deno", "Kv", call.site).id));

export const denoKv: readonly NativeModule[] = [
  { modules: ["deno"], natives: { ...KV, ...ATOMIC } },
  { modules: ["global"], natives: { "Deno.openKv": open } },
  { modules: ["@deno/kv"], natives: { openKv: open } },
];
