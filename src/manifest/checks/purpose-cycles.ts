/** No purpose may be above itself. */
import type { Merged } from "../merge.js";

/** Purposes of a cycle that are named: enough to find it. */
const MOST_SHOWN = 8;

export function checkPurposeCycles({ purposes }: Merged): void {
  const parents = new Map(purposes.map(({ value }) => [value.id, value.parent]));
  const settled = new Set<string>();
  for (const { value, entry } of purposes) {
    const line: string[] = [];
    const onLine = new Set<string>();
    let at: string | undefined = value.id;
    for (; at !== undefined && !settled.has(at) && !onLine.has(at); at = parents.get(at)) {
      line.push(at);
      onLine.add(at);
    }
    // Told once, at the first purpose from which the cycle is reached.
    if (at !== undefined && onLine.has(at)) {
      const around = line.slice(line.indexOf(at));
      const shown = around.length > MOST_SHOWN ? [...around.slice(0, MOST_SHOWN), `… ${around.length - MOST_SHOWN} more`] : around;
      const cycle = [...shown, at].join(" → ");
      entry.fail("cycle", entry.at("parent"), `a purpose is above itself: ${cycle}`, "remove one of these `parent`s");
    }
    for (const id of line) settled.add(id);
  }
}
