/** Callbacks that run later: timers, listeners, handlers given to libraries. */
import { asOne } from "./alike.js";
import { onNoArm } from "./arms.js";
import { NO_FACTS } from "../domain/about.js";
import { deref, isRunnable, objectsOf, S, type Obj } from "../domain/heap.js";
import { joinLabels, NO_LABELS, type Labels } from "../domain/labels.js";
import { BOTTOM, ofRef, type Value } from "../domain/value.js";
import { callValue } from "./call.js";
import { allLabels } from "./deep.js";
import { forkAll } from "./fork.js";
import { lapseBefore, factsOfWay, underFacts } from "./gates.js";
import type { Entry } from "./entries.js";
import { waiting } from "./floating.js";
import { carryOutRest } from "./late.js";
import type { FunctionData, Job, Left, Machine } from "./machine.js";
import { cannotSummarise } from "./summaries/recording.js";
import { wake } from "./tasks.js";
import { dropTasks, newRoot, runRoot, within, type Root } from "./roots.js";
import { farOf, hasTurn } from "./waves.js";

/**
 * Jobs of one function that are run in a row, and of what is left over so many of those that hold a declared field: the others tell nothing
 * new as a rule, and each costs a run.
 */
const PER_FUNCTION = 24;

/** So many of them are searched for fields; those behind them are told whatever they hold. */
const SEARCHED = 8 * PER_FUNCTION;

/** Jobs that are run in a row, those that jobs leave behind included. */
const IN_A_ROW = 2000;

/** A job that waits for another job lets it run; deeper than this it goes on without. */
const NESTED = 3;

/** Something waits: the timers, listeners and streams that may be what it waits for run now, in order, each perhaps. */
export function runJobs(m: Machine, which: (job: Job) => boolean = () => true): void {
  if (m.runningJobs >= NESTED) return;
  m.runningJobs++;
  runAll(
    m,
    () => {
      wake(m);
      return takeJobs(m.jobs.inside, which);
    },
    (root) => {
      within(m, root, root.run);
    },
  );
  m.runningJobs--;
}

/** Anything at all is waited for, be it a constant: microtasks have their turn. */
export function runMicrotasks(m: Machine): void {
  if (m.jobs.inside.some((job) => job.soon === true)) runJobs(m, (job) => job.soon === true);
}

/** Nothing runs: everything that waits has its turn, each callback a root of its own. */
export function runAllJobs(m: Machine): void {
  carryOutRest(m);
  const mayRun = (job: Job): boolean => hasTurn(m, job);
  m.runningJobs++;
  runAll(
    m,
    () => {
      wake(m);
      const outside = takeJobs(m.jobs.outside, mayRun);
      // Pages leave thousands, and each entry point asks again.
      for (const job of m.jobs.outside.splice(0)) m.jobs.later.add(job);
      // The nearest first, and then as they were left.
      const jobs = [...takeJobs(m.jobs.inside, mayRun), ...outside].sort((a, b) => a.far - b.far || a.order - b.order);
      return asOne(m, jobs);
    },
    (root) => {
      runRoot(m, root);
    },
  );
  m.runningJobs--;
}

/** A further wave has its turn, and with it some of what waits. */
export function haveTurn(m: Machine): void {
  m.jobs.outside.push(...m.jobs.later);
  m.jobs.later.clear();
}

function takeJobs(jobs: Job[], which: (job: Job) => boolean): Job[] {
  if (!jobs.some(which)) return [];
  const taken: Job[] = [];
  const left: Job[] = [];
  for (const job of jobs) (which(job) ? taken : left).push(job);
  jobs.splice(0, jobs.length, ...left);
  return taken;
}

function runAll(m: Machine, take: () => readonly Job[], run: (root: Root) => void): void {
  let done = 0;
  const runs = new Map<unknown, number>();
  const further = new Map<unknown, number>();
  const countIn = (counts: Map<unknown, number>, code: unknown): number => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count;
  };
  for (let jobs = take(); jobs.length > 0 && done < IN_A_ROW; jobs = take())
    for (const job of jobs) {
      const code = codeOf(m, job);
      const count = countIn(runs, code);
      if (job.again === true && count > 1) continue;
      if (count > PER_FUNCTION || done >= IN_A_ROW) {
        const isSearched = count <= SEARCHED;
        const labels = isSearched ? labelsHeldBy(m, job) : NO_LABELS;
        if (isSearched && labels.length === 0) continue;
        if (!isSearched || countIn(further, code) > PER_FUNCTION || done >= IN_A_ROW) {
          m.blind(
            "budget-limit",
            job.site,
            "so many callbacks of this function were left to run later that this one was not followed",
            labels,
          );
          continue;
        }
      }
      done++;
      cannotSummarise(m);
      run(rootOf(m, job, code, count));
    }
}

/** What a callback will run with, and what it closes over, itself or in functions that it closes over: whatever is not its module's. */
function labelsHeldBy(m: Machine, job: Job): Labels {
  let labels: Labels = NO_LABELS;
  const seen = new Set<Obj>();
  const left = [...heldBy(job)];
  for (let v = left.pop(); v !== undefined; v = left.pop()) {
    labels = joinLabels(labels, allLabels(m, v));
    for (const obj of objectsOf(m.heap, v)) {
      if (seen.has(obj) || !isRunnable(obj)) continue;
      seen.add(obj);
      for (const of of recordsOf(m, obj)) left.push(...of.values());
      if (obj.kind === "bound") left.push(...obj.values(), ofRef((obj.data as { target: number }).target));
    }
  }
  return labels;
}

/** The records of variables that a function was made in, innermost first, but for its module's. */
function* recordsOf(m: Machine, fn: Obj): Generator<Obj> {
  let env = (fn.data as Partial<FunctionData> | undefined)?.env ?? -1;
  while (env >= 0) {
    const record = deref(m.heap, env);
    env = record.props.get(S.proto)?.refs[0] ?? -1;
    if (env >= 0) yield record;
  }
}

function runPerhaps(m: Machine, job: Job): void {
  const { turns } = m;
  m.turns = job.turns;
  m.alive = true;
  if (job.lasting === true) lapseBefore(m, job.facts ?? NO_FACTS);
  underFacts(m, job.facts ?? NO_FACTS, () => {
    onNoArm(m, () => forkAll(m, [() => BOTTOM, () => waiting(m, "now", () => callValue(m, job.fn, job.self, job.args, job.site))]));
  });
  m.alive = true;
  m.turns = turns;
}

/** The root of a job; that of the same callback of an earlier run of who has left it becomes this one's. */
function rootOf(m: Machine, job: Job, code: unknown, count: number): Root {
  const { by } = job;
  const again = job.again === true;
  const often = job.often === true || (job.outside === true && !again) || by?.often === true;
  const run = (): void => {
    runPerhaps(m, job);
  };
  const root = newRoot(m, job.site, run, true, { far: job.far, often, again, lasting: job.lasting === true });
  root.by = by;
  if (by === undefined) return root;
  const all = by.callbacks.get(code) ?? [];
  by.callbacks.set(code, all);
  const before = all[count - 1];
  if (before !== undefined) {
    dropTasks(before);
    before.replaced = true;
    before.places.clear();
    if (before.objects !== null) before.objects.clear();
  }
  all[count - 1] = root;
  return root;
}

/** The code a job runs, whichever closure of it. */
function codeOf(m: Machine, job: Job): unknown {
  const obj = objectsOf(m.heap, job.fn)[0];
  return (obj?.data as Partial<FunctionData> | undefined)?.code?.fn ?? obj;
}

/** The values that a callback will run with. */
export const heldBy = ({ fn, self, args }: Left): readonly Value[] => [fn, self, ...args.list, args.rest ?? BOTTOM];

/** Leaves a callback to run later. */
export function leave(m: Machine, job: Left): Job {
  for (const v of heldBy(job)) m.heap.pinned.push(...v.refs);
  for (const r of m.recordings) r.left.push(job);
  const left = { facts: factsOfWay(m), ...job, by: m.roots.running.at(-1), far: farOf(m, job), order: m.jobs.count++, turns: m.turns };
  (job.entry === true ? m.jobs.entries : job.outside === true ? m.jobs.outside : m.jobs.inside).push(left);
  return left;
}

/** A job as an entry point: before the functions of its file, which it may call. */
export const asEntry = (m: Machine, job: Job): Entry => ({
  site: job.site,
  at: -1,
  of: job,
  isReplaced: false,
  far: job.far,
  name: "",
  done: () => false,
  run: () => {
    runPerhaps(m, job);
  },
});
