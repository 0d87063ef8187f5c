/** The web's streams: sources and transforms with controllers, readers and writers, pipes. */
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { ANY_BOOLEAN, BOTTOM, isBottom, join, joinAll, ofRef, refPart, UNDEFINED, type Value } from "../domain/value.js";
import type { Site } from "../domain/labels.js";
import { lookUp } from "../machine/props.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { repeat } from "../machine/repeat.js";
import { promiseOf, rejectAll } from "./settle.js";
import { chunksOf, deliver, errorOf, fail, feed, finish, newStream, optionSlot, pipe } from "./stream-core.js";
import { everything, streamMethods } from "./stream.js";
import { alike, argOf, arrayOf, callable, callWith, constant, instance, methods, nativeValue, record, selves, tables } from "./support.js";
import { decode } from "./text.js";

/** The stream that a controller, reader or writer belongs to. */
const STREAM = "\0stream";

function helper(m: Machine, owner: string, stream: Value, site: Site): Value {
  const obj = instance(m, "stream", owner, site);
  setSlot(m.heap, obj, STREAM, stream);
  return ofRef(obj.id);
}

const streamsOf = (call: NativeCall): readonly Obj[] => selves(call).flatMap((o) => objectsOf(call.m.heap, o.props.get(STREAM) ?? BOTTOM));

/** A method of what a constructor is given, with that as `this`. */
function underlying(m: Machine, given: Value, name: string, site: Site): ((list: readonly Value[]) => Value) | undefined {
  let fn: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, given)) fn = join(fn, lookUp(m, obj, name, ofRef(obj.id), site, 0) ?? BOTTOM);
  return callable(m, fn) ? (list) => callWith(m, refPart(fn), list, site, given) : undefined;
}

const readable: Native = (call) => {
  const { m, site } = call;
  const stream = ofRef(newStream(m, "ReadableStream", site).id);
  const controller = helper(m, "StreamController", stream, site);
  underlying(m, argOf(call, 0), "start", site)?.([controller]);
  const pull = underlying(m, argOf(call, 0), "pull", site);
  if (pull !== undefined) repeat(m, () => pull([controller]));
  return stream;
};

/** A pair of streams: what is written to the one is transformed and read from the other. */
function transformPair(call: NativeCall, given: Value, otherwise: (chunk: Value) => Value): Value {
  const { m, site } = call;
  const out = ofRef(newStream(m, "ReadableStream", site).id);
  const into = newStream(m, "WritableStream", site);
  const controller = helper(m, "StreamController", out, site);
  const on = (name: string, otherwiseDo: (c: NativeCall) => void): void => {
    const step = nativeValue(m, site, name, (c) => {
      const fn = underlying(c.m, given, name, c.site);
      if (fn === undefined) otherwiseDo(c);
      else fn(name === "flush" ? [controller] : [argOf(c, 0), controller]);
      return UNDEFINED;
    });
    setSlot(m.heap, into, optionSlot(name), step);
  };
  on("transform", (c) => {
    for (const o of objectsOf(c.m.heap, out)) deliver(c.m, o, otherwise(argOf(c, 0)), c.site);
  });
  on("flush", () => {
    /* nothing is held back */
  });
  underlying(m, given, "start", site)?.([controller]);
  return record(m, { readable: out, writable: ofRef(into.id) }, spot(site, "transform"));
}

const writable: Native = (call) => {
  const { m, site } = call;
  const stream = newStream(m, "WritableStream", site);
  const given = argOf(call, 0);
  const write = nativeValue(m, site, "write", (c) => underlying(c.m, given, "write", c.site)?.([argOf(c, 0)]) ?? UNDEFINED);
  const close = nativeValue(m, site, "close", (c) => underlying(c.m, given, "close", c.site)?.([]) ?? UNDEFINED);
  setSlot(m.heap, stream, optionSlot("write"), write);
  setSlot(m.heap, stream, optionSlot("final"), close);
  return ofRef(stream.id);
};

const pipeThrough: Native = (call) => {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const pair of objectsOf(m.heap, argOf(call, 0))) {
    const to = lookUp(m, pair, "writable", ofRef(pair.id), site, 0) ?? BOTTOM;
    for (const s of selves(call)) pipe(m, s, refPart(to), call.self.via, site);
    out = join(out, lookUp(m, pair, "readable", ofRef(pair.id), site, 0) ?? BOTTOM);
  }
  return out;
};

const pipeTo: Native = (call) => {
  for (const s of selves(call)) pipe(call.m, s, refPart(argOf(call, 0)), call.self.via, call.site);
  return promiseOf(call.m, UNDEFINED, call.site);
};

const enqueue: Native = (call) => {
  for (const s of streamsOf(call)) deliver(call.m, s, argOf(call, 0), call.site);
  return UNDEFINED;
};

const closing: Native = (call) => {
  for (const s of streamsOf(call)) finish(call.m, s, call.site);
  return promiseOf(call.m, UNDEFINED, call.site);
};

/** `controller.error(reason)`. */
const broken: Native = (call) => {
  fail(call.m, streamsOf(call), argOf(call, 0), call.site);
  return UNDEFINED;
};

const readOne: Native = (call) => {
  const { m, site } = call;
  const value = join(joinAll(streamsOf(call).map((s) => chunksOf(m, s, call.self.via, site))), UNDEFINED);
  const promise = promiseOf(m, record(m, { value, done: ANY_BOOLEAN }, spot(site, "read")), site);
  const error = errorOf(streamsOf(call));
  if (!isBottom(error)) rejectAll(m, promise, error);
  return promise;
};

const writeOne: Native = (call) => {
  for (const s of streamsOf(call)) feed(call.m, s, argOf(call, 0), call.site);
  return promiseOf(call.m, UNDEFINED, call.site);
};

/** Pairs that pass their chunks on, as text or bytes. */
const passing =
  (map: (call: NativeCall, chunk: Value) => Value): Native =>
  (call) =>
    transformPair(call, BOTTOM, (chunk) => map(call, chunk));

const constructors: NativeTable = {
  ReadableStream: readable,
  WritableStream: writable,
  TransformStream: (call) => transformPair(call, argOf(call, 0), (chunk) => chunk),
  TextDecoderStream: passing((call, chunk) => decode(call.m, chunk, call.site)),
  ...alike(
    ["TextEncoderStream", "CompressionStream", "DecompressionStream"],
    passing((_, chunk) => chunk),
  ),
  "ReadableStream.from": (call) => {
    const stream = newStream(call.m, "ReadableStream", call.site);
    const chunks = everything(call.m, argOf(call, 0), call.site);
    if (!isBottom(chunks)) setSlot(call.m.heap, stream, S.rest, chunks);
    return ofRef(stream.id);
  },
};

/** Methods that readable streams of the web have, those of responses among them. */
export const webReadable: NativeTable = {
  getReader: (call) => helper(call.m, "StreamReader", call.self, call.site),
  pipeThrough,
  pipeTo,
  tee: (call) => arrayOf(call.m, [call.self, call.self], spot(call.site, "tee")),
  cancel: (call) => promiseOf(call.m, UNDEFINED, call.site),
};

export const webStreams: NativeModule = { modules: ["global", "stream/web"], natives: constructors };

const getWriter: Native = (call) => helper(call.m, "StreamWriter", call.self, call.site);

/** What the objects behind them can do. */
export const webStreamMethods: NativeModule = {
  modules: ["stream"],
  natives: {
    ...methods("ReadableStream", { ...streamMethods, ...webReadable, values: streamMethods["@@asyncIterator"]! }),
    // Streams of Node that were made ones of the web.
    ...tables(["Readable", "Writable", "Duplex", "Transform", "PassThrough"], (name) => methods(name, { ...webReadable, getWriter })),
    ...methods("WritableStream", {
      ...streamMethods,
      getWriter,
      close: (call) => {
        for (const s of selves(call)) finish(call.m, s, call.site);
        return promiseOf(call.m, UNDEFINED, call.site);
      },
    }),
    ...methods("StreamController", { enqueue, ...alike(["close", "terminate"], closing), error: broken }),
    ...methods("StreamReader", {
      read: readOne,
      releaseLock: constant(UNDEFINED),
      cancel: (call) => promiseOf(call.m, UNDEFINED, call.site),
    }),
    ...methods("StreamWriter", { write: writeOne, close: closing, releaseLock: constant(UNDEFINED), abort: constant(UNDEFINED) }),
  },
};
