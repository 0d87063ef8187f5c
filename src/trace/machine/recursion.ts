/**
 * Recursions that go too deep: one activation, the **head**, stands for all the others and is run until nothing changes. Functions that
 * call each other share the fixpoint of the outermost head: on every way through such a cycle each of them would otherwise be run again,
 * and the number of ways grows exponentially with the size of the cycle.
 */
import type { FunctionFacts } from "../../facts/ir.js";
import { joinLabels, NO_LABELS, sameLabels } from "../domain/labels.js";
import { absorb, fold, twinOf } from "../domain/fold.js";
import { current, deref, joinSlot, lastingly, objectsOf, S, type Obj } from "../domain/heap.js";
import { begin, end, rollback, weaken } from "../domain/ways.js";
import { BOTTOM, isBottom, join, ofRef, same, UNDEFINED, withRefs, type Value } from "../domain/value.js";
import { boundedWhole, cutOff } from "./bound.js";
import { spentBy } from "./budget.js";
import { activate } from "./call.js";
import { allLabels } from "./deep.js";
import { forkAll } from "./fork.js";
import { goesOn, LIMITS, make, type Call, type Cycle, type Machine, type Recursion } from "./machine.js";
import { dependsOnStack } from "./summaries/recording.js";
import { addDeep, deepLabels, typeOf } from "./unknown.js";

const newRecursion = (m: Machine, call: Call): Recursion => ({
  call,
  self: call.self,
  args: [...call.args.list],
  rest: call.args.rest,
  env: call.data.env,
  base: m.stack.length,
  scope: new Map(),
  result: BOTTOM,
  widened: null,
});

/**
 * The record that a call joins, when so many calls of the function have been followed in this pass over the cycle that it is in. The
 * activation of a record runs at the end of each pass.
 */
export function crowded(m: Machine, fn: FunctionFacts, call: Call): Recursion | undefined {
  const { cycle } = m;
  // What is constructed is another object each time, which its own activation has to fill.
  if (cycle === null || call.isNew || !cycle.members.has(fn)) return undefined;
  const calls = (cycle.calls.get(fn) ?? 0) + 1;
  cycle.calls.set(fn, calls);
  if (calls <= LIMITS.cycleCalls) return undefined;
  return recordOf(m, cycle, fn, call);
}

/** The record of a function in a cycle; made by the first call that joins it. */
export function recordOf(m: Machine, cycle: Cycle, fn: FunctionFacts, call: Call): Recursion {
  let record = cycle.records.get(fn);
  if (record === undefined) cycle.records.set(fn, (record = { ...newRecursion(m, call), base: cycle.base }));
  return record;
}

/**
 * Has the function been the head of so many recursions that their ways through each other multiply? Then it is the head wherever another
 * such function calls it, and in the end wherever it is called.
 */
export function isTangled(m: Machine, fn: FunctionFacts): boolean {
  const heads = (of: FunctionFacts): number => m.spent.get(of)?.heads ?? 0;
  if (heads(fn) < LIMITS.cycleHeads) return false;
  return heads(fn) >= LIMITS.cycleHeads ** 2 || m.stack.some((s) => heads(s.code.fn) >= LIMITS.cycleHeads);
}

/** A call below the head of a recursion, or beside its record: notes what it is called with, takes what is known of its result. */
export function belowHead(m: Machine, recursion: Recursion, { data, self, args, site }: Call): Value {
  dependsOnStack(m, recursion.base);
  for (let i = m.stack.length - 1; i >= recursion.base; i--) m.cycle?.members.add(m.stack[i]!.code.fn);
  const list = joinLists(recursion.args, args.list).map((a) => boundedWhole(m, widen(m, recursion, current(m.heap, a)), site));
  const nextSelf = join(recursion.self, self);
  const rest = args.rest === null ? recursion.rest : join(recursion.rest ?? BOTTOM, args.rest);
  shareScope(m, recursion, data.env);
  recursion.args = list;
  recursion.self = nextSelf;
  recursion.rest = rest;
  for (const given of [self, ...args.list]) fillAsBefore(m, given);
  if (isBottom(recursion.result)) m.alive = false;
  return recursion.result;
}

/** What the call would write to an object that this pass has made: what was written in the passes before to those made at the same place. */
function fillAsBefore(m: Machine, given: Value): void {
  const { cycle } = m;
  if (cycle === null) return;
  for (const obj of objectsOf(m.heap, given)) {
    if (obj.id < cycle.born) continue;
    const twin = twinOf(cycle.summaries, obj);
    if (twin !== undefined && twin !== obj) absorb(m.heap, obj, [twin]);
  }
}

/** Runs a recursion to its fixpoint: one activation stands for all. */
export function summarise(m: Machine, fn: FunctionFacts, call: Call): Value {
  const state = newRecursion(m, call);
  const outer = m.cycle;
  const cycle: Cycle = (m.cycle ??= {
    base: state.base,
    members: new Set([fn]),
    calls: new Map(),
    records: new Map(),
    summaries: new Map(),
    born: 0,
  });
  const records = outer === null ? cycle.records : NO_RECORDS;
  const all = (): readonly Recursion[] => [state, ...records.values()];
  if (outer === null) spentBy(m, fn).heads++;
  m.recursions.set(fn, state);
  let result: Value = BOTTOM;
  const summaries = outer === null ? cycle.summaries : new Map<string, Obj>();
  for (let pass = 1, again = true; again; pass++) {
    const from = begin(m.heap);
    m.alive = true;
    for (const r of all()) for (const { into, slot, value } of r.scope.values()) joinSlot(m.heap, into, slot, value);
    if (outer === null) {
      cycle.calls.clear();
      cycle.born = from.born;
    }
    const before = new Map(all().map((r) => [r, { ...r, scope: new Map(r.scope) }]));
    const given = run(m, state);
    for (const [of, record] of records) standIn(m, of, record);
    // The activation stands for all: so do the objects it makes. What the next pass makes anew is the same again.
    fold(m.heap, from.born, summaries);
    const value = current(m.heap, given);
    for (const r of all()) {
      r.result = current(m.heap, r.result);
      r.args = r.args.map((a) => boundedWhole(m, widen(m, r, current(m.heap, a)), call.site));
    }
    if (goesOn(m) || !isBottom(value)) result = state.result = join(state.result, value);
    again = all().some((r) => hasGrown(m, before.get(r), r));
    if (again && pass >= LIMITS.passes) {
      cutOff(m, from);
      again = false;
    }
    // What the pass wrote may or may not have happened before the next one.
    if (!goesOn(m)) rollback(m.heap, from);
    else if (weaken(m.heap, from) && pass < LIMITS.passes) again = true;
    end(m.heap, from);
  }
  m.recursions.delete(fn);
  m.cycle = outer;
  m.alive = !isBottom(result);
  return result;
}

const NO_RECORDS: Cycle["records"] = new Map();

const run = (m: Machine, { call, self, args, rest }: Recursion): Value =>
  activate(m, call.func, call.data, self, { list: args, rest }, call.site, call.isNew, "summary");

/** Runs the one activation that stands for all calls that have joined a record: they may have been there or not. */
function standIn(m: Machine, fn: FunctionFacts, record: Recursion): void {
  const { alive } = m;
  m.alive = true;
  m.recursions.set(fn, record);
  const value = forkAll(m, [() => BOTTOM, () => run(m, record)]);
  m.recursions.delete(fn);
  record.result = join(record.result, value);
  m.alive = alive;
}

/** Has a pass over a recursion called it with anything new, or given anything new? */
function hasGrown(m: Machine, before: Recursion | undefined, now: Recursion): boolean {
  const alike = (a: Value | null, b: Value | null): boolean => same(current(m.heap, a ?? BOTTOM), current(m.heap, b ?? BOTTOM));
  return !(
    before !== undefined &&
    now.args.length === before.args.length &&
    now.args.every((a, i) => alike(a, before.args[i]!)) &&
    alike(now.self, before.self) &&
    alike(now.rest, before.rest) &&
    alike(now.result, before.result) &&
    [...now.scope].every(([key, { value }]) => alike(value, before.scope.get(key)?.value ?? null))
  );
}

/**
 * Closures of one function in a summarised recursion share the scope of its head: what theirs holds is noted, and written there before
 * the next pass (a way that ends undoes what it wrote).
 */
function shareScope(m: Machine, recursion: Recursion, other: number): void {
  for (let a = recursion.env, b = other; a >= 0 && b >= 0 && deref(m.heap, a) !== deref(m.heap, b);) {
    const into = deref(m.heap, a);
    const from = deref(m.heap, b);
    for (const [slot, v] of from.props) {
      if (slot === S.proto) continue;
      const key = `${into.id}|${slot}`;
      const old = recursion.scope.get(key)?.value ?? into.props.get(slot) ?? BOTTOM;
      recursion.scope.set(key, { into, slot, value: join(current(m.heap, old), current(m.heap, v)) });
    }
    a = into.props.get(S.proto)?.refs[0] ?? -1;
    b = from.props.get(S.proto)?.refs[0] ?? -1;
  }
}

const joinLists = (a: readonly Value[], b: readonly Value[]): Value[] => {
  const out: Value[] = [];
  for (let i = 0; i < Math.max(a.length, b.length); i++) out.push(join(a[i] ?? UNDEFINED, b[i] ?? UNDEFINED));
  return out;
};

/**
 * A recursion that goes down something unknown would meet ever new parts of it: beyond a few they become one unknown object that
 * holds what all of them hold, and itself.
 */
function widen(m: Machine, recursion: Recursion, given: Value): Value {
  const v = withoutParts(m, given);
  if (v.refs.length < 4) return v;
  const unknowns = objectsOf(m.heap, v).filter((o) => o.kind === "unknown" && o !== recursion.widened);
  if (unknowns.length < 4) return v;
  const all = (recursion.widened ??= lastingly(m.heap, () => newWidened(m)));
  addDeep(
    m,
    all,
    unknowns.reduce((l, o) => joinLabels(l, allLabels(m, ofRef(o.id))), NO_LABELS),
  );
  const refs = new Set([...v.refs.filter((r) => !unknowns.some((u) => u.id === r)), all.id]);
  return { ...v, refs: [...refs].sort((a, b) => a - b) };
}

const newWidened = (m: Machine): Obj => make(m, "unknown", "widened", { type: undefined, depth: LIMITS.unknownDepth, name: "" });

/** Without parts of unknown objects that stand beside those objects and of which no more is known: what is asked of either is the same. */
function withoutParts(m: Machine, v: Value): Value {
  if (v.refs.length < 2) return v;
  const unknowns = objectsOf(m.heap, v).filter((o) => o.kind === "unknown");
  const parts = unknowns.filter(
    (part) =>
      typeOf(m, part) === undefined &&
      unknowns.some((whole) => part.key.includes(`|${whole.key}.`) && sameLabels(allLabels(m, ofRef(part.id)), deepLabels(whole))),
  );
  return parts.length === 0
    ? v
    : withRefs(
        v,
        v.refs.filter((r) => !parts.includes(deref(m.heap, r))),
      );
}
