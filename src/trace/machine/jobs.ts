/** Callbacks that run later: timers, listeners, handlers given to libraries. */
import { BOTTOM } from "../domain/value.js";
import { callValue } from "./call.js";
import { forkAll } from "./fork.js";
import type { Machine } from "./machine.js";

/** Runs everything that waits, in order, each perhaps; what they register in turn runs as well. */
export function runJobs(m: Machine, limit = 400): void {
  let done = 0;
  for (let round = 0; m.jobs.length > 0 && done < limit; round++) {
    const batch = m.jobs.splice(0);
    for (const job of batch) {
      if (done++ >= limit) break;
      m.alive = true;
      forkAll(m, [() => callValue(m, job.fn, job.self, job.args, job.site), () => BOTTOM]);
      m.alive = true;
    }
  }
}
