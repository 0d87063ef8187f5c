/**
 * Tasks: activations that await what only other code settles, later (a queue's next item, a deferred value, a lock). An async function
 * runs to its end at its call, on what is known then. Once what it has awaited comes to something new, it runs again, perhaps, with that
 * at the same `await`, and with the state that the others have left.
 */
import { NO_FACTS } from "../domain/about.js";
import type { Labels, Site } from "../domain/labels.js";
import { sameLabels } from "../domain/labels.js";
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, isBottom, join, ofRef, ofRefs, UNDEFINED, type Value } from "../domain/value.js";
import { NO_ARGS, runTask } from "./call.js";
import { allLabels } from "./deep.js";
import { leave } from "./jobs.js";
import { make, type Activation, type Args, type FunctionData, type Machine } from "./machine.js";
import { cannotSummarise } from "./summaries/recording.js";
import { fulfil, PENDING, settle, SUSPENDED } from "./promise.js";

/** How often an activation runs again. What it awaits in a loop comes to more each time. */
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
  /** What is in the promises that are waited for, as it was when this was last looked at. */
  seen: readonly (Value | undefined)[];
  /** What the call gave. */
  promise: Obj | null;
  /** It has been left to run again. */
  waking: boolean;
  /** What had called it runs again itself. */
  over: boolean;
  /** The call path it is entered by. */
  readonly from: number;
  /**
   * How often it has run again. One that runs again makes the calls again that it had made, and what they suspend is the same once more:
   * it goes on counting, by call path, or the number of runs would grow exponentially with the depth of calls that wait for each other.
   */
  readonly runs: Runs;
  readonly counts: Map<string, Runs>;
}

interface Runs {
  count: number;
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
  cannotSummarise(m);
  if (activation === undefined || m.recursions.has(activation.code.fn)) return;
  const { func, data, self, args } = activation;
  const promises = ofRefs(
    objectsOf(m.heap, v)
      .filter((o) => o.kind === "promise")
      .map((o) => o.id),
  );
  if (activation.task === null) {
    const { site: called, from, path } = activation;
    const counts = m.resuming?.counts ?? new Map<string, Runs>();
    const key = `${path}|${data.file.index}:${activation.code.index}`;
    const runs = counts.get(key) ?? { count: 0 };
    counts.set(key, runs);
    const begun = { seen: [], promise: null, waking: false, over: false };
    activation.task = { func, data, self, args, site: called, from, awaited: new Map(), runs, counts, ...begun };
    m.roots.running.at(-1)?.tasks.push(activation.task);
    for (const held of [self, ...args.list, args.rest ?? BOTTOM]) m.heap.pinned.push(...held.refs);
    m.heap.pinned.push(data.env, ...(func === null ? [] : [func.id]));
  }
  const { awaited } = activation.task;
  const value = join(awaited.get(site)?.value ?? BOTTOM, promises);
  m.heap.pinned.push(...promises.refs);
  awaited.set(site, { value, ...state(m, value, site) });
  activation.task.seen = holdings(m, activation.task);
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

/**
 * What a task's promises, and those that they wait for, hold: the values themselves, which are never changed, only replaced. From now
 * on the task is told when something is written there.
 */
function holdings(m: Machine, task: Task): readonly (Value | undefined)[] {
  const promises = new Set<Obj>();
  const out: (Value | undefined)[] = [];
  const visit = (v: Value): void => {
    for (const obj of objectsOf(m.heap, v)) if (obj.kind === "promise") promises.add(obj);
  };
  for (const { value } of task.awaited.values()) visit(value);
  // What is added meanwhile is gone through as well.
  for (const promise of promises) {
    (promise.awaiters ??= new Set()).add(task);
    const { props } = promise;
    const later = props.get(PENDING);
    if (later !== undefined) visit(later);
    out.push(props.get(S.value), props.get(S.reason), later, props.get(SUSPENDED));
  }
  return out;
}

const sameHoldings = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((x, i) => x === b[i]);

/** Leaves those tasks to run again for which what they await has come to something new. */
export function wake(m: Machine): void {
  const woken = [...m.heap.woken] as Task[];
  // What a branch has written that is undone wakes them once more when the branch is joined.
  m.heap.woken.clear();
  for (const task of woken) {
    if (task.waking || task.over || task.runs.count >= RUNS) continue;
    if (task.promise === null) {
      m.heap.woken.add(task);
      continue;
    }
    const seen = holdings(m, task);
    if (sameHoldings(seen, task.seen)) continue;
    task.seen = seen;
    const news = [...task.awaited].filter(([site, before]) => {
      const now = state(m, before.value, site);
      return now.settled !== before.settled || now.pending !== before.pending || !sameLabels(now.labels, before.labels);
    });
    if (news.length === 0) continue;
    for (const [site, before] of news) task.awaited.set(site, { value: before.value, ...state(m, before.value, site) });
    task.waking = true;
    // It makes its own way again, from its beginning.
    leave(m, { fn: ofRef(resumption(m, task).id), self: UNDEFINED, args: NO_ARGS, site: task.site, facts: NO_FACTS });
  }
}

function resumption(m: Machine, task: Task): Obj {
  return make(m, "native", `resume ${task.site.file}:${task.site.at}`, {
    run: (call: { m: Machine }) => {
      task.waking = false;
      task.runs.count++;
      const gave = runTask(call.m, task);
      if (task.promise !== null && !isBottom(gave)) fulfil(call.m, task.promise, gave, task.site);
      return UNDEFINED;
    },
  });
}
