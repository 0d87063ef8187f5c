/**
 * Streams as objects: what can be read of one stands in `S.rest` (so that iterating it gives the chunks); listeners and destinations
 * get what is there when they come, and whatever comes later.
 */
import { isFunction, isIndex, joinSlot, type Obj, objectsOf, S, setSlot } from "../domain/heap.js";
import { BOTTOM, isBottom, join, joinAll, NULL, ofConst, ofRef, ofRefs, UNDEFINED, withKinds, K, type Value } from "../domain/value.js";
import type { Site } from "../domain/labels.js";
import { callValue } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import { hop, loaded, type Machine, type NativeCall } from "../machine/machine.js";
import { lookUp } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import { writePlace } from "../stores/places.js";
import { emit } from "./events.js";
import { repeat } from "../machine/repeat.js";
import { spot } from "./items.js";
import { argOf, callable, callWith, instance, listOf, nativeValue, record } from "./support.js";

export const PIPES = "\0pipes";
/** Names of the files that a stream writes to. */
export const PLACE = "\0place";
/** Functions given in the options of a constructor. */
export const optionSlot = (name: string): string => `\0option:${name}`;
const OPTIONS = ["read", "write", "writev", "transform", "flush", "final"];

/** A fresh stream. */
export function newStream(m: Machine, owner: string, site: Site, options: Value = UNDEFINED): Obj {
  const stream = instance(m, "stream", owner, site, "set");
  for (const obj of objectsOf(m.heap, options))
    for (const name of OPTIONS) {
      const fn = lookUp(m, obj, name, ofRef(obj.id), site, 0);
      if (fn !== undefined && callable(m, fn)) setSlot(m.heap, stream, optionSlot(name), fn);
    }
  return stream;
}

/** A stream's own function: of its options, or the method of its class. */
function own(m: Machine, stream: Obj, name: string, site: Site): Value {
  const given = stream.props.get(optionSlot(name));
  if (given !== undefined) return given;
  const method = lookUp(m, stream, `_${name}`, ofRef(stream.id), site, 0);
  if (method === undefined) return BOTTOM;
  return ofRefs(
    objectsOf(m.heap, method)
      .filter(isFunction)
      .map((o) => o.id),
  );
}

export const isStream = (m: Machine, obj: Obj, site: Site): boolean =>
  obj.kind === "set" && lookUp(m, obj, "pipe", ofRef(obj.id), site, 0) !== undefined;

/** Everything that can be read of a stream so far. */
export const chunksOf = (m: Machine, stream: Obj, via: Value["via"], site: Site): Value =>
  loaded(m, stream.props.get(S.rest) ?? BOTTOM, via, site);

/** A chunk arrives at the readable side. */
export function deliver(m: Machine, stream: Obj, chunk: Value, site: Site): void {
  const data = withKinds(chunk, chunk.kinds & ~(K.Null | K.Undefined));
  if (isBottom(data)) return;
  joinSlot(m.heap, stream, S.rest, data);
  emit(m, stream, ofConst("data"), { list: [data], rest: null }, site);
  emit(m, stream, ofConst("readable"), { list: [], rest: null }, site);
  for (const to of objectsOf(m.heap, stream.props.get(PIPES) ?? BOTTOM)) feed(m, to, data, site);
}

/** A chunk is written to something: a stream of ours, or an object with a `write` method. */
export function feed(m: Machine, to: Obj, chunk: Value, site: Site): void {
  if (!m.alive || isBottom(chunk)) return;
  const self = ofRef(to.id);
  const data = hop(m, chunk, "call", site);
  if (!isStream(m, to, site)) {
    if (to.kind === "object" || to.kind === "external" || to.kind === "unknown")
      callWith(m, lookUp(m, to, "write", self, site, 0) ?? BOTTOM, [data], site, self);
    return;
  }
  for (const c of to.props.get(PLACE)?.consts ?? []) writePlace(m, String(c), data, site);
  const transform = own(m, to, "transform", site);
  const write = own(m, to, "write", site);
  const writev = own(m, to, "writev", site);
  if (!isBottom(transform)) {
    const done = nativeValue(m, site, "transformed", (call) => {
      fail(call.m, objectsOf(call.m.heap, self), argOf(call, 0), call.site);
      for (const o of objectsOf(call.m.heap, self)) deliver(call.m, o, argOf(call, 1), call.site);
      return UNDEFINED;
    });
    repeat(m, () => callValue(m, transform, self, { list: [data, ofConst("utf8"), done], rest: null }, site));
  } else if (!isBottom(write)) {
    const done = written(m, self, site);
    repeat(m, () => callValue(m, write, self, { list: [data, ofConst("utf8"), done], rest: null }, site));
  } else if (!isBottom(writev)) {
    const held = record(m, { chunk: data, encoding: ofConst("utf8") }, spot(site, "held"));
    const chunks = listOf(m, held, spot(site, "chunks"));
    repeat(m, () => callValue(m, writev, self, { list: [chunks, written(m, self, site)], rest: null }, site));
  } else deliver(m, to, data, site);
}

/** What a stream's own function is given to say that a chunk is written, or why not. */
const written = (m: Machine, self: Value, site: Site): Value =>
  nativeValue(m, site, "written", (call) => {
    fail(call.m, objectsOf(call.m.heap, self), argOf(call, 0), call.site);
    return UNDEFINED;
  });

const ERROR = "\0error";

/** A stream breaks off: who listens for errors hears why. */
export function fail(m: Machine, streams: readonly Obj[], error: Value, site: Site): void {
  const reason = withKinds(error, error.kinds & ~(K.Null | K.Undefined));
  if (isBottom({ ...reason, consts: [] })) return;
  for (const stream of streams) {
    joinSlot(m.heap, stream, ERROR, reason);
    emit(m, stream, ofConst("error"), { list: [reason], rest: null }, site);
  }
}

/** Why a stream broke off, if it did; else bottom. */
export const errorOf = (streams: readonly Obj[]): Value => joinAll(streams.map((s) => s.props.get(ERROR) ?? BOTTOM));

/** Nothing more comes: what waits for that runs. */
export function finish(m: Machine, stream: Obj, site: Site): void {
  const self = ofRef(stream.id);
  for (const name of ["flush", "final"]) {
    const fn = own(m, stream, name, site);
    if (isBottom(fn)) continue;
    const done = nativeValue(m, site, "flushed", (call) => {
      for (const o of objectsOf(call.m.heap, self)) deliver(call.m, o, argOf(call, 1), call.site);
      return UNDEFINED;
    });
    callValue(m, fn, self, { list: [done], rest: null }, site);
  }
  for (const name of ["end", "finish", "close"]) emit(m, stream, ofConst(name), { list: [], rest: null }, site);
  for (const to of objectsOf(m.heap, stream.props.get(PIPES) ?? BOTTOM)) if (isStream(m, to, site) && to !== stream) finish(m, to, site);
}

/** Asks a stream that makes its chunks on demand for some. */
export function pull(m: Machine, stream: Obj, site: Site): void {
  const read = own(m, stream, "read", site);
  if (isBottom(read) || stream.props.has("\0pulled")) return;
  setSlot(m.heap, stream, "\0pulled", UNDEFINED);
  repeat(m, () => callValue(m, read, ofRef(stream.id), { list: [ofConst(16384)], rest: null }, site));
}

/** Connects a source with a destination; gives that, with what can be read of it. */
export function pipe(m: Machine, from: Obj, to: Value, via: Value["via"], site: Site): Value {
  pull(m, from, site);
  const all = join(to, outletOf(m, to, site));
  joinSlot(m.heap, from, PIPES, all);
  const chunks = chunksOf(m, from, via, site);
  for (const obj of objectsOf(m.heap, all)) {
    feed(m, obj, chunks, site);
    if (isStream(m, obj, site)) finish(m, obj, site);
  }
  return all;
}

/** The readable side of a stream of a library (a parser, a compressor): what it makes of what goes in still spells that out. */
function outletOf(m: Machine, to: Value, site: Site): Value {
  if (!objectsOf(m.heap, to).some((o) => o.kind === "external" && !isStream(m, o, site))) return BOTTOM;
  const outlet = newStream(m, "Transform", site);
  const transform = nativeValue(m, site, "made of it", (call) => {
    const made = unknown(call.m, spot(call.site, "made"), allLabels(call.m, argOf(call, 0)));
    return callWith(call.m, argOf(call, 2), [NULL, made], call.site);
  });
  setSlot(m.heap, outlet, optionSlot("transform"), transform);
  return ofRef(outlet.id);
}

/** Connects sources, transforms (streams or generator functions) and destinations one after the other; gives the last one. */
export function pipeAll(call: NativeCall, parts: readonly Value[]): Value {
  const { m, site } = call;
  let at: Value = parts[0] ?? BOTTOM;
  // `pipeline(async function* () { … }, …)`: the first one makes the chunks.
  if (objectsOf(m.heap, at).some((o) => o.kind === "function")) at = callWith(m, at, [], site);
  for (const next of parts.slice(1)) {
    const made: Value[] = [];
    for (const obj of objectsOf(m.heap, next)) {
      if (isFunction(obj)) {
        made.push(callWith(m, ofRef(obj.id), [at], site));
        continue;
      }
      const to = ofRef(obj.id);
      for (const from of objectsOf(m.heap, at)) {
        if (isStream(m, from, site)) made.push(pipe(m, from, to, at.via, site));
        else feedFrom(m, from, obj, at.via, site);
      }
      made.push(to);
    }
    if (made.length > 0) at = joinAll(made);
  }
  return at;
}

/** The items of any iterable go to a stream. */
function feedFrom(m: Machine, from: Obj, to: Obj, via: Value["via"], site: Site): void {
  let items: Value = BOTTOM;
  for (const [slot, v] of from.props) if (slot === S.rest || isIndex(slot)) items = join(items, v);
  const chunks = withKinds(loaded(m, items, via, site), items.kinds & ~(K.Absent | K.Undefined));
  feed(m, to, chunks, site);
  if (isStream(m, to, site)) finish(m, to, site);
}
