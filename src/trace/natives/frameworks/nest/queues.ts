/** `@nestjs/bullmq` and `@nestjs/bull`: queues that are injected by name, and classes that work on one, as the library's own queues and workers. */
import { objectsOf, type Obj } from "../../../domain/heap.js";
import { BOTTOM, join, ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { callObject, callValue } from "../../../machine/call.js";
import { external } from "../../../machine/external.js";
import type { Native, NativeCall } from "../../../machine/machine.js";
import { getNamed } from "../../../machine/props.js";
import type { NativeModule } from "../../index.js";
import { alike } from "../../support.js";
import { fieldGiven } from "./injection.js";
import { bound, listensTo, started, type Listening } from "./listeners.js";
import { MARK, marked, marker } from "./markers.js";

/** `new Queue(name)` of a library. */
function made(call: NativeCall, module: string, owner: string, list: readonly Value[]): Value {
  const cls = external(call.m, module, [owner]);
  return callObject(call.m, cls, UNDEFINED, { list, rest: null }, call.site, true);
}

/** `@InjectQueue("mail")`. */
const injecting =
  (module: string, owner: string): Native =>
  (call) =>
    marker(call, { [MARK.given]: made(call, module, owner, call.args.list.slice(0, 1)) }, fieldGiven);

/** The name in `@Processor("mail")`, `@Processor({ name: "mail" })`. */
function nameIn(call: NativeCall, told: Value): Value {
  const described = objectsOf(call.m.heap, told).filter((o) => o.kind === "object");
  return described.reduce((v, o) => join(v, getNamed(call.m, ofRef(o.id), "name", call.site)), described.length > 0 ? BOTTOM : told);
}

const PROCESS = "\0process";
const ON_WORKER = "\0on worker event";
const marks: Listening = { mark: PROCESS, listen: () => undefined };
const onWorker: Listening = { mark: ON_WORKER, listen: () => undefined };

/** A method by its name, that of the class itself or of one above it. */
function methodOf(call: NativeCall, cls: Obj, name: string): readonly Obj[] {
  const proto = cls.props.get("prototype") ?? BOTTOM;
  return objectsOf(call.m.heap, getNamed(call.m, proto, name, call.site)).filter((o) => o.kind === "function");
}

/** `@Processor(name) class … extends WorkerHost { process(job) }`. */
const worker: Native = started([], (call, cls, told) => {
  const { m, site } = call;
  for (const fn of methodOf(call, cls, "process")) {
    const own = made(call, "bullmq", "Worker", [nameIn(call, told), bound(call, cls, fn)]);
    for (const [listener, event] of marked(m, cls, ON_WORKER))
      callValue(m, getNamed(m, own, "on", site), own, { list: [event, bound(call, cls, listener)], rest: null }, site);
  }
});

/** Bull's: `@Process(name?)` at a method. */
const processor: Native = started([], (call, cls, told) => {
  const { m, site } = call;
  const queue = made(call, "bull", "default", [nameIn(call, told)]);
  for (const [fn] of marked(m, cls, PROCESS))
    callValue(m, getNamed(m, queue, "process", site), queue, { list: [bound(call, cls, fn)], rest: null }, site);
});

/** `@QueueEventsListener(name)`: what happens to the jobs of a queue. */
const queueEvents: Native = started([], (call, cls, told) => {
  const { m, site } = call;
  const own = made(call, "bullmq", "QueueEvents", [nameIn(call, told)]);
  for (const [fn, event] of marked(m, cls, ON_WORKER))
    callValue(m, getNamed(m, own, "on", site), own, { list: [event, bound(call, cls, fn)], rest: null }, site);
});

export const nestQueues: readonly NativeModule[] = [
  {
    modules: ["@nestjs/bullmq"],
    natives: {
      InjectQueue: injecting("bullmq", "Queue"),
      InjectFlowProducer: injecting("bullmq", "FlowProducer"),
      Processor: worker,
      QueueEventsListener: queueEvents,
      ...alike(["OnWorkerEvent", "OnQueueEvent"], listensTo(onWorker)),
    },
  },
  {
    modules: ["@nestjs/bull"],
    natives: { InjectQueue: injecting("bull", "default"), Processor: processor, Process: listensTo(marks) },
  },
];
