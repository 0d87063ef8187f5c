/** What a rendering library keeps beside the program: cells of hooks, instances, roots that have to be drawn again. */
import { alloc, deref, lastingly, S, setSlot, type Obj, type ObjectKind } from "../../domain/heap.js";
import { isBottom, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { NO_ARGS } from "../../machine/call.js";
import { leave } from "../../machine/jobs.js";
import { underPath, type Job, type Machine, type Native } from "../../machine/machine.js";
import { cannotSummarise } from "../../machine/summaries/recording.js";
import type { Site } from "../../domain/labels.js";

/** Bookkeeping of the run, not state of the program: what a fork undoes stays noted here. */
interface Desk {
  /** Elements that may have to be drawn though no root holds them, by who looks at them. */
  readonly pending: Map<string, number[]>;
  /** How often a root was drawn again. */
  readonly turns: Map<string, number>;
  /** Jobs that were left last, by their keys. */
  readonly queued: Map<string, Job>;
}

const EXACT = "\0exact";

/** How often one root is drawn again because state in it has changed. */
const TURNS = 6;

/** An object of the run under a name: the same one whenever it is asked for. */
export function kept(m: Machine, key: string, kind: ObjectKind = "env", data?: unknown): Obj {
  const known = m.externals.get(`react ${key}`);
  if (known !== undefined) return deref(m.heap, known.id);
  const obj = lastingly(m.heap, () => alloc(m.heap, kind, `react ${key}`, data));
  m.externals.set(`react ${key}`, obj);
  return obj;
}

const desk = (m: Machine): Desk =>
  kept(m, "desk", "env", { pending: new Map(), turns: new Map(), queued: new Map() } satisfies Desk).data as Desk;

/** Notes an element that nothing has drawn yet. */
export function notePending(m: Machine, element: Obj, by: string): void {
  const { pending } = desk(m);
  const ids = pending.get(by) ?? [];
  cannotSummarise(m);
  pending.set(by, ids);
  ids.push(element.id);
  m.heap.pinned.push(element.id);
}

/** The elements noted since this was last asked, in the order of their making. */
export function takePending(m: Machine, by: string): readonly Obj[] {
  const { pending } = desk(m);
  const ids = [...new Set((pending.get(by) ?? []).map((id) => deref(m.heap, id).id))];
  pending.delete(by);
  return ids.sort((a, b) => a - b).map((id) => deref(m.heap, id));
}

/** A slot of the bookkeeping; joined ways leave "nothing" behind where each has put back that there was none. */
function noted(m: Machine, slot: string): Value | undefined {
  const v = kept(m, "current").props.get(slot);
  return v === undefined || isBottom(v) ? undefined : v;
}

/** The root that is being drawn, if any. */
export const currentRoot = (m: Machine): Value | undefined => noted(m, S.value);

/** Is what is drawn under a root of its own, so that all providers above it are known? */
export const underRoot = (m: Machine): boolean => noted(m, EXACT) !== undefined;

/** Runs something as part of a root. */
export function within(m: Machine, root: Value, exact: boolean, run: () => void): void {
  const current = kept(m, "current");
  const outer = current.props.get(S.value);
  const outerExact = current.props.get(EXACT);
  setSlot(m.heap, current, S.value, root);
  setSlot(m.heap, current, EXACT, exact ? UNDEFINED : undefined);
  run();
  setSlot(m.heap, current, S.value, outer);
  setSlot(m.heap, current, EXACT, outerExact);
}

/** A job of the library itself, queued once however often it is asked for. It draws, which nothing in the program waits for. */
export function queue(m: Machine, key: string, run: Native, site: Site, as: "outside" | "entry" = "outside"): void {
  const { queued } = desk(m);
  const before = queued.get(key);
  if (before !== undefined && (m.jobs.later.has(before) || m.jobs.outside.includes(before) || m.jobs.entries.includes(before))) return;
  cannotSummarise(m);
  const fn = ofRef(kept(m, `job ${key}`, "native", { run }).id);
  queued.set(key, leave(m, { fn, self: UNDEFINED, args: NO_ARGS, site, [as]: true }));
}

/** Queues another drawing of a root; bounded, since state that is made anew in each turn never settles. */
export function queueTurn(m: Machine, key: string, run: Native, site: Site): void {
  const { turns } = desk(m);
  const count = turns.get(key) ?? 0;
  if (count >= TURNS) return;
  turns.set(key, count + 1);
  queue(m, `turn ${key}`, run, site);
}

/** Runs something under the allocation path of a part of the page, so that a second drawing finds what the first one kept. */
export const at = <T>(m: Machine, key: string, run: () => T): T => underPath(m, `react ${key}`, run);
