/** `stream`: readable, writable and transforming streams, with callbacks, events and iteration; web streams. */
import { isFunction, joinSlot, objectsOf, S, setSlot } from "../domain/heap.js";
import {
  ANY_STRING,
  ANY_BOOLEAN,
  BOTTOM,
  exact,
  isBottom,
  join,
  joinAll,
  K,
  ofConst,
  ofRef,
  UNDEFINED,
  withKinds,
  type Value,
} from "../domain/value.js";
import { allArgs, hasArg } from "../machine/call.js";
import { anyItem, iterate } from "../machine/iterate.js";
import { awaitValue } from "../machine/promise.js";
import { leave } from "../machine/jobs.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import { emitterMethods, listen, registerJob } from "./events.js";
import type { NativeModule, NativeTable } from "./index.js";
import { newIterator, spot } from "./items.js";
import { repeat } from "../machine/repeat.js";
import { promiseOf, rejectAll } from "./settle.js";
import {
  chunksOf,
  deliver,
  errorOf,
  fail,
  feed,
  finish,
  isStream,
  newStream,
  optionSlot,
  pipe,
  pipeAll,
  PIPES,
  pull,
} from "./stream-core.js";
import {
  alike,
  argOf,
  arrayOf,
  callWith,
  callable,
  constant,
  lastCallback,
  listOf,
  methods,
  nativeValue,
  selves,
  stepped,
  tables,
} from "./support.js";

const CLASSES = ["Readable", "Writable", "Duplex", "Transform", "PassThrough", "Stream"];

/** `new Readable(options)` and its like. */
export const constructStream =
  (owner: string): Native =>
  (call) =>
    ofRef(newStream(call.m, owner, call.site, argOf(call, 0)).id);

/** All that a list, generator or stream gives. */
export function everything(m: Machine, v: Value, site: NativeCall["site"]): Value {
  for (const s of objectsOf(m.heap, v)) if (isStream(m, s, site)) pull(m, s, site);
  const items = anyItem(iterate(m, v, site, true));
  return isBottom(items) ? items : awaitValue(m, items, site);
}

const from: Native = (call) => {
  const { m, site } = call;
  const stream = newStream(m, "Readable", site);
  const given = argOf(call, 0);
  // Text is one chunk, not its letters.
  const whole = given.kinds !== 0 || given.consts.length > 0 || objectsOf(m.heap, given).some((o) => o.kind === "text");
  const chunks = whole ? given : everything(m, given, site);
  if (!isBottom(chunks)) setSlot(m.heap, stream, S.rest, chunks);
  return stepped(call, ofRef(stream.id));
};

const push: Native = (call) => {
  const chunk = argOf(call, 0);
  for (const s of selves(call)) {
    deliver(call.m, s, chunk, call.site);
    if (chunk.kinds === K.Null) finish(call.m, s, call.site);
  }
  return ANY_BOOLEAN;
};

const write: Native = (call) => {
  for (const s of selves(call)) feed(call.m, s, argOf(call, 0), call.site);
  const callback = lastCallback(call.m, call.args);
  if (callback !== undefined) callWith(call.m, callback, [], call.site);
  return ANY_BOOLEAN;
};

const end: Native = (call) => {
  const { m, site } = call;
  for (const s of selves(call)) {
    if (hasArg(call.args, 0) && !(callable(m, argOf(call, 0)) && argOf(call, 0).kinds === 0))
      feed(m, s, withKinds(argOf(call, 0), argOf(call, 0).kinds & ~(K.Undefined | K.Null)), site);
    finish(m, s, site);
  }
  const callback = lastCallback(m, call.args);
  if (callback !== undefined) callWith(m, callback, [], site);
  return call.self;
};

/** A listener to data hears what is there already; one to the end runs once everything was heard. */
const on: Native = (call) => {
  const { m, site } = call;
  const name = exact(argOf(call, 0));
  const fn = argOf(call, 1);
  const streams = selves(call);
  listen(m, streams, argOf(call, 0), fn);
  for (const s of streams) {
    if (name === "data" || name === "line") {
      pull(m, s, site);
      const chunks = chunksOf(m, s, call.self.via, site);
      if (!isBottom(chunks)) repeat(m, () => callWith(m, fn, [chunks], site, ofRef(s.id)));
    } else if (name === "error") {
      const error = errorOf([s]);
      if (!isBottom(error)) callWith(m, fn, [error], site, ofRef(s.id));
    } else if (name === "readable") callWith(m, fn, [], site, ofRef(s.id));
    else if (name === "end" || name === "finish" || name === "close")
      leave(m, { fn, self: ofRef(s.id), args: { list: [], rest: null }, site });
  }
  return call.self;
};

const pipeTo: Native = (call) => {
  return selves(call).reduce((to, s) => join(to, pipe(call.m, s, argOf(call, 0), call.self.via, call.site)), argOf(call, 0));
};

/** Chunks through a callback, as a new stream. */
const through =
  (result: (chunk: Value, given: Value) => Value): Native =>
  (call) => {
    const { m, site } = call;
    const out = newStream(m, "Readable", site);
    for (const s of selves(call)) {
      const chunks = chunksOf(m, s, call.self.via, site);
      if (isBottom(chunks)) continue;
      const given = repeat(m, () => awaitValue(m, callWith(m, argOf(call, 0), [chunks], site), site));
      const kept = result(chunks, given);
      if (!isBottom(kept)) joinSlot(m.heap, out, S.rest, kept);
    }
    return ofRef(out.id);
  };

const read: Native = (call) => {
  for (const s of selves(call)) pull(call.m, s, call.site);
  return join(joinAll(selves(call).map((s) => chunksOf(call.m, s, call.self.via, call.site))), ofConst(null));
};

const same: Native = (call) => call.self;

/** `destroy(error)`. */
const destroy: Native = (call) => {
  fail(call.m, selves(call), argOf(call, 0), call.site);
  return call.self;
};

/** `await reduce(fn, initial)`. */
const reduce: Native = (call) => {
  const { m, site } = call;
  const chunks = everything(m, call.self, site);
  const start = hasArg(call.args, 1) ? argOf(call, 1) : chunks;
  const turn = (so: Value): Value => (isBottom(chunks) ? so : awaitValue(m, callWith(m, argOf(call, 0), [so, chunks], site), site));
  return promiseOf(m, repeat(m, turn, start), site);
};

/** A test of the chunks: what it gives is no chunk. */
const tested: Native = (call) => {
  through(() => BOTTOM)(call);
  return promiseOf(call.m, ANY_BOOLEAN, call.site);
};

/** Methods of all streams. */
export const streamMethods: NativeTable = {
  ...emitterMethods,
  // "[object Object]": what has gone through is read, not spelled out.
  ...alike(["toString", "toLocaleString", "@@toPrimitive"], constant(ANY_STRING)),
  on,
  addListener: on,
  once: on,
  push,
  unshift: push,
  write,
  end,
  pipe: pipeTo,
  read,
  ...alike(["resume", "pause", "setEncoding", "cork", "uncork", "unpipe", "setDefaultEncoding", "take", "drop"], same),
  destroy,
  isPaused: constant(ANY_BOOLEAN),
  reduce,
  ...alike(["some", "every"], tested),
  find: (call) => {
    const kept = through((chunk) => chunk)(call);
    return promiseOf(call.m, join(everything(call.m, kept, call.site), UNDEFINED), call.site);
  },
  compose: (call) => pipeAll(call, [call.self, argOf(call, 0)]),
  map: through((_, given) => given),
  filter: through((chunk) => chunk),
  flatMap: through((_, given) => given),
  forEach: (call) => {
    through(() => BOTTOM)(call);
    return promiseOf(call.m, UNDEFINED, call.site);
  },
  toArray: (call) =>
    promiseOf(
      call.m,
      listOf(call.m, joinAll(selves(call).map((s) => chunksOf(call.m, s, call.self.via, call.site))), call.site),
      call.site,
    ),
  ...alike(["@@asyncIterator", "iterator"], (call) => {
    const { m, site } = call;
    for (const s of selves(call)) pull(m, s, site);
    return newIterator(m, site, { list: [], rest: joinAll(selves(call).map((s) => chunksOf(m, s, call.self.via, site))) });
  }),
};

/** `pipeline(a, b, …)`. */
const pipeline =
  (promised: boolean): Native =>
  (call) => {
    const { m, site } = call;
    const all = allArgs(call.args);
    const callback = !promised && callable(m, all.at(-1) ?? BOTTOM) ? all.at(-1) : undefined;
    const streams = all.filter(
      (v, i) => v !== callback && v.refs.length > 0 && !(i === all.length - 1 && objectsOf(m.heap, v).some((o) => o.props.has("signal"))),
    );
    const last = pipeAll(call, streams.length === 1 ? iterate(m, streams[0]!, site).list : streams);
    const error = errorOf(streams.flatMap((v) => objectsOf(m.heap, v)));
    if (callback !== undefined) callWith(m, callback, [join(UNDEFINED, error)], site);
    return promised ? failingWith(m, promiseOf(m, last, site), error) : last;
  };

function failingWith(m: Machine, promise: Value, error: Value): Value {
  if (!isBottom(error)) rejectAll(m, promise, error);
  return promise;
}

const finished =
  (promised: boolean): Native =>
  (call) => {
    const { m, site } = call;
    const streams = objectsOf(m.heap, argOf(call, 0));
    if (promised) return failingWith(m, promiseOf(m, UNDEFINED, site), errorOf(streams));
    const callback = lastCallback(m, call.args);
    if (callback === undefined) return UNDEFINED;
    registerJob(call, callback);
    listen(m, streams, ofConst("error"), callback);
    const error = errorOf(streams);
    if (!isBottom(error)) callWith(m, callback, [error], site);
    return UNDEFINED;
  };

/** `Duplex.from(async function* (source) { … })`: what is written goes through it; of two streams the ends are joined. */
const duplexFrom: Native = (call) => {
  const { m, site } = call;
  const given = argOf(call, 0);
  const out = newStream(m, "Duplex", site);
  const self = ofRef(out.id);
  const whole: Value[] = [];
  for (const obj of objectsOf(m.heap, given)) {
    if (isFunction(obj)) {
      const fn = ofRef(obj.id);
      const step = nativeValue(m, site, "through", (c) => {
        const made = callWith(c.m, fn, [listOf(c.m, argOf(c, 0), spot(c.site, "chunk"))], c.site);
        const chunks = everything(c.m, made, c.site);
        for (const o of objectsOf(c.m.heap, self)) deliver(c.m, o, chunks, c.site);
        return UNDEFINED;
      });
      setSlot(m.heap, out, optionSlot("transform"), step);
    } else if (obj.kind === "object" && obj.props.has("readable")) {
      joinSlot(m.heap, out, PIPES, obj.props.get("writable") ?? BOTTOM);
      for (const s of objectsOf(m.heap, obj.props.get("readable") ?? BOTTOM)) pipe(m, s, self, null, site);
    } else whole.push(ofRef(obj.id));
  }
  return whole.length === 0 ? self : join(joinAll(whole.map((v) => from({ ...call, args: { list: [v], rest: null } }))), self);
};

/** Two streams, each of which gives what is written to the other. */
const duplexPair: Native = (call) => {
  const { m, site } = call;
  const [a, b] = [newStream(m, "Duplex", site), newStream(m, "Duplex", { ...site, at: site.at + 1 })];
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const self = ofRef(other.id);
    const step = nativeValue(m, { ...site, at: site.at + (one === a ? 2 : 3) }, "across", (c) => {
      for (const o of objectsOf(c.m.heap, self)) deliver(c.m, o, argOf(c, 0), c.site);
      return UNDEFINED;
    });
    setSlot(m.heap, one, optionSlot("write"), step);
  }
  return arrayOf(m, [ofRef(a.id), ofRef(b.id)], spot(site, "pair"));
};

const first: Native = (call) => argOf(call, 0);

const classes: NativeTable = {
  ...Object.fromEntries(CLASSES.map((name) => [name, constructStream(name)])),
  ...tables(CLASSES, (name) => methods(name, streamMethods)),
  "Readable.from": from,
  // The same stream: it has the methods of both kinds.
  ...Object.fromEntries(CLASSES.flatMap((name) => ["fromWeb", "toWeb"].map((f) => [`${name}.${f}`, first]))),
  "Duplex.from": duplexFrom,
  duplexPair,
  addAbortSignal: (call) => argOf(call, 1),
  ...alike(["isReadable", "isErrored", "isDisturbed", "isWritable"], constant(ANY_BOOLEAN)),
};

export const streams: NativeModule = {
  modules: ["stream"],
  natives: {
    ...classes,
    pipeline: pipeline(false),
    compose: (call) => pipeAll(call, allArgs(call.args)),
    finished: finished(false),
    "promises.pipeline": pipeline(true),
    "promises.finished": finished(true),
  },
};

export const promisedStreams: NativeModule = {
  modules: ["stream/promises"],
  natives: { pipeline: pipeline(true), finished: finished(true) },
};
