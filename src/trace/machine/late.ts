/**
 * Late writes: what a call that nobody waits for at once does later, kept with the promise that it gives. Awaiting the promise carries them
 * out for sure. Where something else is awaited they may have been carried out, and when nothing runs any more they have been, in an order
 * that nobody knows. Where what the call came across has been written to meanwhile, it runs once more.
 */
import { current, deref, isCertainty, isPlain, joinSlot, missing, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { NO_LABELS, type Site } from "../domain/labels.js";
import { putBack, type Write } from "../domain/late.js";
import type { Slots } from "../domain/slots.js";
import { BOTTOM, isBottom, join, ofRef, same, UNDEFINED, type Value } from "../domain/value.js";
import { capture, type Diff, type Point } from "../domain/ways.js";
import { NO_ARGS } from "./call.js";
import { allLabels } from "./deep.js";
import { perhaps } from "./fork.js";
import { leave } from "./jobs.js";
import { LIMITS, make, type Machine } from "./machine.js";
import { cannotSummarise } from "./summaries/recording.js";

/** Slot of a promise: its late writes. */
export const LATE = "\0late";

/** Slot of late writes that have not been carried out for sure. */
const DUE = "\0due";

/** How often something runs again because of what was written meanwhile. */
const RUNS = 2;

/** Objects that are looked at for that. */
export const MANY = 600;

/** Late writes that are looked after at once; those before them have been carried out, perhaps. */
const KEPT = 64;

/** What comes later. */
interface Later {
  readonly site: Site;
  readonly writes: readonly Write[];
  /** What was come across, as it was. */
  readonly seen: Map<Obj, Slots>;
  /** Does it once more, beside the state that it has left. */
  readonly again: (m: Machine, promise: Obj) => void;
  promise: Obj | null;
  readonly holds: readonly Value[];
}

/** A part of what runs that comes later. */
interface Part extends Pick<Later, "site" | "again" | "holds"> {
  /** The state before it, by ways. */
  readonly early: readonly Diff[];
  /** Does it begin on all of them? */
  readonly suspended: boolean;
  /** What leaves it. */
  readonly leaving: Value;
  /** Objects that it has come across. */
  readonly met: ReadonlySet<number>;
}

/** Takes back what has happened since the point, apart from what `early` says. Gives what a promise keeps of it. */
export function putOff(m: Machine, from: Point, { early, suspended, leaving, site, met, again, holds }: Part): Value | null {
  const { heap } = m;
  const full = capture(heap, from, leaving);
  const isShared = m.repeating > 0 || m.cycle !== null;
  const ways = suspended && !isShared ? early : [...early, full];
  const way = m.gates?.way;
  const writes = putBack(heap, from, ways, full, (obj) => obj === way || LIVE.has(obj.kind));
  if (isShared) return null;
  const seen = new Map<Obj, Slots>();
  if (met.size <= MANY)
    for (const id of met) {
      const obj = heap.objects[id]!;
      if (obj !== way && (isPlain(obj) || obj.kind === "unknown")) seen.set(obj, obj.copy());
    }
  if (writes.length === 0 && seen.size === 0) return null;
  if (writes.length > 0) cannotSummarise(m);
  const held = writes.flatMap(({ obj, value, base }) => [ofRef(obj.id), value ?? BOTTOM, base ?? BOTTOM]);
  const later: Later = {
    site,
    writes,
    seen,
    again,
    promise: null,
    holds: [...holds, ...held, ...[...seen.keys()].map((obj) => ofRef(obj.id))],
  };
  const late = make(m, "native", `late ${site.file}:${site.at}`, later);
  setSlot(heap, late, DUE, UNDEFINED);
  if (m.late.due.length >= KEPT) for (const old of m.late.due.splice(0)) carryOut(m, old, false);
  m.late.due.push(late);
  return ofRef(late.id);
}

/** The promise comes with what is done before it does. */
export function comesWith(m: Machine, promise: Obj, late: Value): void {
  joinSlot(m.heap, promise, LATE, late);
  for (const one of objectsOf(m.heap, late)) (one.data as Later).promise ??= promise;
}

/** What promises have come to is never taken back: only who awaits them sees it. */
const LIVE: ReadonlySet<Obj["kind"]> = new Set(["promise", "generator", "iterator", "native"]);

/** The late writes that whoever awaits the value waits for. */
export function lateOf(m: Machine, v: Value): Value {
  return objectsOf(m.heap, v).reduce((late: Value, o) => (o.kind === "promise" ? join(late, o.props.get(LATE) ?? BOTTOM) : late), BOTTOM);
}

/** A promise comes to what others come to. */
export function waitsToo(m: Machine, promise: Obj, v: Value): void {
  const late = lateOf(m, v);
  if (!isBottom(late)) joinSlot(m.heap, promise, LATE, late);
}

/** Carries out what comes before what this value comes to. */
export function awaited(m: Machine, v: Value): void {
  const late = lateOf(m, v);
  if (isBottom(late)) return;
  const promises = objectsOf(m.heap, v);
  const certain = promises.length === 1 && !promises[0]!.summary;
  const all = [...objectsOf(m.heap, late)].sort((a, b) => a.id - b.id);
  for (const one of all) {
    if (!one.props.has(DUE)) continue;
    carryOut(m, one, certain);
    if (certain) setSlot(m.heap, one, DUE, undefined);
  }
}

/** Something is waited for: whatever has been put off may have been done. It runs again only where more is known: here it would for each. */
export function carryOutPerhaps(m: Machine): void {
  const { changes } = m.heap;
  for (const late of m.late.due) if (late.props.has(DUE)) write(m, late, false);
  if (m.heap.changes !== changes) cannotSummarise(m);
}

/** What is left over by what has ended. What runs again because of it does so for itself. */
export function carryOutRest(m: Machine): void {
  const { due, runs } = m.late;
  m.late.due = [];
  for (const late of due) {
    if (!late.props.has(DUE)) continue;
    if (hasNews(m, late)) leave(m, { fn: runsAgain(m, late), self: UNDEFINED, args: NO_ARGS, site: (late.data as Later).site });
    write(m, late, false);
  }
  runs.clear();
}

function carryOut(m: Machine, late: Obj, certain: boolean): void {
  const news = hasNews(m, late);
  const { changes } = m.heap;
  write(m, late, certain);
  if (news) perhaps(m, () => rerun(m, late));
  if (news || m.heap.changes !== changes) cannotSummarise(m);
}

/** Has something been written meanwhile that it would come across, and may it run again? */
function hasNews(m: Machine, late: Obj): boolean {
  const { seen, site } = late.data as Later;
  const isNews = (obj: Obj, slots: Slots): boolean => {
    const now = deref(m.heap, obj.id);
    if (now.sharesWith(slots)) return false;
    for (const [slot, v] of now.props) {
      const then = slots.get(slot);
      // A variable's first value is what the code that closes over it reads as a rule.
      if (v !== then && (then !== undefined || now.kind !== "env") && holdsMore(m, v, then)) return true;
    }
    return false;
  };
  if (![...seen].some(([obj, slots]) => isNews(obj, slots))) return false;
  if ((m.late.runs.get(late.key) ?? 0) < RUNS) return true;
  m.blind("budget-limit", site, `what this reads was still changing when it had run ${RUNS} times`, NO_LABELS);
  return false;
}

function holdsMore(m: Machine, v: Value, then: Value | undefined): boolean {
  const labels = allLabels(m, v);
  if (labels.length === 0) return false;
  const before = then === undefined ? NO_LABELS : allLabels(m, then);
  return labels.some(({ id }) => !before.some((label) => label.id === id));
}

function rerun(m: Machine, late: Obj): Value {
  const { seen, again, promise } = late.data as Later;
  m.late.runs.set(late.key, (m.late.runs.get(late.key) ?? 0) + 1);
  for (const obj of [...seen.keys()]) seen.set(obj, deref(m.heap, obj.id).copy());
  if (promise !== null && !m.exhausted && m.stack.length < LIMITS.callDepth) again(m, promise);
  return BOTTOM;
}

const runsAgain = (m: Machine, late: Obj): Value =>
  ofRef(make(m, "native", `again ${late.key}`, { run: (call: { m: Machine }) => rerun(call.m, late), holds: [ofRef(late.id)] }).id);

function write(m: Machine, late: Obj, certain: boolean): void {
  const { heap } = m;
  const { writes } = late.data as Later;
  const latest = (v: Value | undefined): Value | undefined => v && current(heap, v);
  const isChanged = ({ obj, slot, base, value }: Write): boolean => {
    const [now, then] = [latest(deref(heap, obj.id).props.get(slot)), latest(base)];
    if (isSame(now, then)) return false;
    // As this has left it where it may have been carried out before.
    return now === undefined || !isSame(now, latest(join(then ?? missing(obj, slot), value ?? missing(obj, slot))));
  };
  const changed = new Set(writes.filter(isChanged));
  const lists = new Set([...changed].map(({ obj }) => deref(heap, obj.id)).filter(isList));
  for (const write of writes) {
    const { slot } = write;
    const obj = deref(heap, write.obj.id);
    const value = latest(write.value);
    if (lists.has(obj)) joinItem(m, obj, slot, value);
    else if (certain && !obj.summary && !changed.has(write)) setSlot(heap, obj, slot, value);
    else if (isCertainty(slot)) setSlot(heap, obj, slot, undefined);
    else if (value !== undefined || obj.props.has(slot)) joinSlot(heap, obj, slot, value ?? missing(obj, slot));
  }
}

const isSame = (a: Value | undefined, b: Value | undefined): boolean => a === b || (a !== undefined && b !== undefined && same(a, b));

const isList = (obj: Obj): boolean => obj.kind === "array" || obj.kind === "set" || obj.kind === "map";

/** Two have appended to a list: nobody knows in which order. */
function joinItem(m: Machine, list: Obj, slot: string, value: Value | undefined): void {
  if (slot === S.length) setSlot(m.heap, list, S.length, undefined);
  else if (value !== undefined) joinSlot(m.heap, list, /^\d+$/.test(slot) ? S.rest : slot, value);
}
