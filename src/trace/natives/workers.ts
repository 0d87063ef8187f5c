/**
 * `worker_threads`: a worker is the module that it was made of. What it is given as data, and what is posted to it and by it, are places named
 * by its file, without folder and extension: main and worker run as entry points of their own.
 */
import { posix } from "node:path";
import { setSlot } from "../domain/heap.js";
import { ANY_BOOLEAN, BOTTOM, exact, isBottom, joinAll, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { clone } from "../machine/clone.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import { VALUE } from "../machine/provided.js";
import { unknown } from "../machine/unknown.js";
import { placesUnder, readPlace, writePlace } from "../stores/places.js";
import { emitterMethods, registerJob } from "./events.js";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { pathText } from "./path.js";
import { promiseOf } from "./settle.js";
import { alike, argOf, callWith, constant, instance, methods, option, record, selves, slotOf } from "./support.js";

const NAME = "\0worker";
const UNKNOWN = "?";

const nameOf = (path: string): string => posix.basename(path).replace(/\.[^.]+$/, "");

type Way = "data" | "in" | "out";

const placeOf = (way: Way, name: string): string => `worker ${way}:${name}`;

/** What was put there for a worker; one whose file is not known may be any. */
function read(m: Machine, way: Way, name: string, site: NativeCall["site"]): Value {
  const places = name === UNKNOWN ? placesUnder(m, placeOf(way, "")) : [placeOf(way, name), placeOf(way, UNKNOWN)];
  return joinAll(places.map((place) => readPlace(m, place, site)));
}

const put = (call: NativeCall, way: Way, name: string, v: Value): void => {
  writePlace(call.m, placeOf(way, name), clone(call.m, v, call.site, "structured"), call.site);
};

/** `new Worker(file, { workerData })`. */
const construct: Native = (call) => {
  const { m, site } = call;
  const text = pathText(m, argOf(call, 0));
  const name = text === undefined ? UNKNOWN : nameOf(text);
  const worker = instance(m, "worker_threads", "Worker", site);
  setSlot(m.heap, worker, NAME, ofConst(name));
  const data = option(call, argOf(call, 1), "workerData");
  if (data.refs.length > 0 || data.labels.length > 0) put(call, "data", name, data);
  return ofRef(worker.id);
};

/** The worker that the receiver stands for in the program that made it. */
const workerOf = (call: NativeCall): string => {
  const name = exact(slotOf(selves(call), NAME));
  return typeof name === "string" ? name : UNKNOWN;
};

/** The worker that the file of the call is. */
const here = ({ m, site }: NativeCall): string => nameOf(m.modules.files[site.file]!.path);

const posting =
  (way: Way, name: (call: NativeCall) => string): Native =>
  (call) => {
    put(call, way, name(call), argOf(call, 0));
    return UNDEFINED;
  };

/** Listeners get what was posted; `wrapped` as the data of an event, as those of the web do. */
const hearing =
  (way: Way, name: (call: NativeCall) => string, wrapped: boolean): Native =>
  (call) => {
    const { m, site } = call;
    const posted = exact(argOf(call, 0)) === "message" ? read(m, way, name(call), site) : BOTTOM;
    if (isBottom(posted)) registerJob(call, argOf(call, 1));
    else callWith(m, argOf(call, 1), [wrapped ? record(m, { data: posted }, spot(site, "event")) : posted], site, call.self);
    return call.self;
  };

/** Both ends of the connection; the one reads what the other writes. */
const end = (reads: Way, writes: Way, name: (call: NativeCall) => string): NativeTable => ({
  ...alike(["on", "once", "addListener"], hearing(reads, name, false)),
  addEventListener: hearing(reads, name, true),
  postMessage: posting(writes, name),
  ...alike(["off", "removeListener", "removeEventListener", "close", "ref", "unref", "start"], constant(UNDEFINED)),
});

const worker: NativeTable = {
  ...end("out", "in", workerOf),
  emit: emitterMethods["emit"]!,
  terminate: (call) => promiseOf(call.m, UNDEFINED, call.site),
};

const ENVIRONMENT = "worker environment:";

/** `setEnvironmentData(key, value)`: there for all workers. */
const keyOf = (call: NativeCall): string => `${ENVIRONMENT}${String(exact(argOf(call, 0)) ?? UNKNOWN)}`;

const table: NativeTable = {
  Worker: construct,
  ...methods("Worker", worker),
  ...Object.fromEntries(Object.entries(end("in", "out", here)).map(([name, native]) => [`parentPort.${name}`, native])),
  [`workerData.${VALUE}`]: (call) => {
    const data = read(call.m, "data", here(call), call.site);
    return isBottom(data) ? unknown(call.m, spot(call.site, "workerData")) : data;
  },
  [`isMainThread.${VALUE}`]: constant(ANY_BOOLEAN),
  setEnvironmentData: (call) => {
    writePlace(call.m, keyOf(call), clone(call.m, argOf(call, 1), call.site, "structured"), call.site);
    return UNDEFINED;
  },
  getEnvironmentData: (call) => {
    const v = readPlace(call.m, keyOf(call), call.site);
    return isBottom(v) ? unknown(call.m, spot(call.site, "data")) : v;
  },
};

export const workers: NativeModule = { modules: ["worker_threads"], natives: table };
