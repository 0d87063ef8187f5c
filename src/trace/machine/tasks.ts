/**
 * Tasks: activations that await what only other code settles, later (a queue's next item, a deferred value, a lock). An async function
 * runs to its end at its call, on what is known then. Once what it has awaited comes to something new, it runs again, perhaps, with that
 * at the same `await`, and with the state that the others have left.
 */
import type { Labels, Site } from "../domain/labels.js";
import { sameLabels } from "../domain/labels.js";
import { objectsOf, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, isBottom, join, ofRef, ofRefs, UNDEFINED, type Value } from "../domain/value.js";
import { NO_ARGS, runTask } from "./call.js";
import { allLabels } from "./deep.js";
import { leave } from "./jobs.js";
import { make, type Activation, type Args, type FunctionData, type Machine } from "./machine.js";
import { fulfil, settle, SUSPENDED } from "./promise.js";

/** How often one activation runs again. What it awaits in a loop comes to more each time. */
const RUNS = 4;

/** One `await`, in every turn: the promises that were waited for, and what they had come to when the activation last ran. */
interface Awaited extends Come {
  readonly value: Value;
}

/** What promises have come to. */
interface Come {
  readonly settled: boolean;
  readonly pending: boolean;
  readonly labels: Labels;
}

export interface Task {
  readonly func: Obj | null;
  readonly data: FunctionData;
  readonly self: Value;
  readonly args: Args;
  readonly site: Site;
  readonly awaited: Map<Site, Awaited>;
  /** What the call gave. */
  promise: Obj | null;
  /** It has been left to run again. */
  waking: boolean;
  runs: number;
}

/** The async activation that waits; a generator's `await` is its consumer's. A module's top level cannot run again. */
function waiting(m: Machine): Activation | undefined {
  if (m.stack.at(-1)?.code !== m.frame.code) return undefined;
  for (let i = m.stack.length - 1; i >= 0; i--) {
    const { fn } = m.stack[i]!.code;
    if (fn.async && !fn.generator) return m.stack[i];
    if (!fn.generator) return undefined;
  }
  return undefined;
}

/** What the same `await` waited for when the activation ran before, as far as it has come by now. */
export function awaitedBefore(m: Machine, site: Site): Value {
  return waiting(m)?.task?.awaited.get(site)?.value ?? BOTTOM;
}

/** `v` is awaited here, and nothing that could run now settles it. */
export function suspend(m: Machine, v: Value, site: Site): void {
  const activation = waiting(m);
  if (activation === undefined || m.recursions.has(activation.code.fn)) return;
  const { func, data, self, args } = activation;
  const promises = ofRefs(
    objectsOf(m.heap, v)
      .filter((o) => o.kind === "promise")
      .map((o) => o.id),
  );
  if (activation.task === null) {
    activation.task = { func, data, self, args, site: activation.site, awaited: new Map(), promise: null, waking: false, runs: 0 };
    m.tasks.push(activation.task);
    for (const held of [self, ...args.list, args.rest ?? BOTTOM]) m.heap.pinned.push(...held.refs);
    m.heap.pinned.push(data.env, ...(func === null ? [] : [func.id]));
  }
  const { awaited } = activation.task;
  const value = join(awaited.get(site)?.value ?? BOTTOM, promises);
  m.heap.pinned.push(...promises.refs);
  awaited.set(site, { value, ...state(m, value, site) });
}

function state(m: Machine, value: Value, site: Site): Come {
  const s = settle(m, value, site);
  const come = join(s.value, s.reason ?? BOTTOM);
  return { settled: !isBottom(come), pending: s.pending, labels: allLabels(m, come) };
}

/** The call that was suspended gives its promise. */
export function promised(m: Machine, task: Task, promise: Obj): void {
  if (task.promise !== null) return;
  task.promise = promise;
  m.heap.pinned.push(promise.id);
  setSlot(m.heap, promise, SUSPENDED, UNDEFINED);
}

/** Leaves those tasks to run again for which what they await has come to something new. */
export function wake(m: Machine): void {
  for (const task of m.tasks) {
    if (task.waking || task.promise === null || task.runs >= RUNS) continue;
    const news = [...task.awaited].filter(([site, before]) => {
      const now = state(m, before.value, site);
      return now.settled !== before.settled || now.pending !== before.pending || !sameLabels(now.labels, before.labels);
    });
    if (news.length === 0) continue;
    for (const [site, before] of news) task.awaited.set(site, { value: before.value, ...state(m, before.value, site) });
    task.waking = true;
    leave(m, { fn: ofRef(resumption(m, task).id), self: UNDEFINED, args: NO_ARGS, site: task.site });
  }
}

function resumption(m: Machine, task: Task): Obj {
  return make(m, "native", `resume ${task.site.file}:${task.site.at}`, {
    run: (call: { m: Machine }) => {
      task.waking = false;
      task.runs++;
      const gave = runTask(call.m, task);
      if (task.promise !== null && !isBottom(gave)) fulfil(call.m, task.promise, gave, task.site);
      return UNDEFINED;
    },
  });
}
