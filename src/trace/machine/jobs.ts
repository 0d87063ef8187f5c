/** Callbacks that run later: timers, listeners, handlers given to libraries. */
import { objectsOf } from "../domain/heap.js";
import { BOTTOM } from "../domain/value.js";
import { callValue } from "./call.js";
import { forkAll } from "./fork.js";
import type { FunctionData, Job, Machine } from "./machine.js";

/** Jobs of one function that are run; more of them tell nothing new as a rule, and each costs a run. */
const PER_FUNCTION = 24;

/** A job that waits for another job lets it run; deeper than this it goes on without. */
const NESTED = 3;

/** Runs everything that waits, in order, each perhaps; what they register in turn runs as well. */
export function runJobs(m: Machine, limit = 2000): void {
  if (m.runningJobs >= NESTED) return;
  m.runningJobs++;
  let done = 0;
  const runs = new Map<unknown, number>();
  while (m.jobs.length > 0 && done < limit) {
    for (const job of m.jobs.splice(0)) {
      const key = identity(m, job);
      const count = (runs.get(key) ?? 0) + 1;
      runs.set(key, count);
      if (count > (job.again === true ? 1 : PER_FUNCTION) || done++ >= limit) continue;
      m.alive = true;
      forkAll(m, [() => callValue(m, job.fn, job.self, job.args, job.site), () => BOTTOM]);
      m.alive = true;
    }
  }
  m.runningJobs--;
}

/** The code a job runs, whichever closure of it. */
function identity(m: Machine, job: Job): unknown {
  const obj = objectsOf(m.heap, job.fn)[0];
  return (obj?.data as Partial<FunctionData> | undefined)?.code?.fn ?? obj;
}
