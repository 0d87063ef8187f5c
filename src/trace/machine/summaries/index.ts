/**
 * When calls are summarised. A summary costs about what following a cheap call costs, so it is made of functions that have been called
 * before and have cost something, and no more where it is never used again.
 */
import type { FunctionFacts } from "../../../facts/ir.js";
import { begin, end } from "../../domain/ways.js";
import { BOTTOM, isBottom, join, type Value } from "../../domain/value.js";
import { joinThrows } from "../call.js";
import { goesOn, LIMITS, type Call, type Machine } from "../machine.js";
import { maybeThrow } from "../promise.js";
import { heldAt } from "../roots.js";
import { thrownBy, throwValue } from "../throw.js";
import { matching } from "./matching.js";
import { newRecording, recording } from "./recording.js";
import { replay } from "./replay.js";
import { summaryOf, type Outcome, type Summary } from "./summary.js";

/** What is known of calls of one function. */
export interface Profile {
  calls: number;
  /** Steps of the calls that were followed. */
  steps: number;
  followed: number;
  hits: number;
  misses: number;
  /** The last ones, in the order in which they were made or last used. */
  readonly summaries: Summary[];
}

/** Summaries that are kept for one function. */
const KEPT = 8;

/** When this many calls had no summary that held, for each that had, none are made any more. */
const IN_VAIN = 24;

function isWorthIt(p: Profile): boolean {
  return p.calls > LIMITS.summaryCalls && p.steps >= LIMITS.summarySteps * p.followed && p.misses < IN_VAIN * (1 + p.hits);
}

/** A call, by a summary if one holds, else by following it (`follow`). */
export function summarised(m: Machine, fn: FunctionFacts, call: Call, follow: () => Value): Value {
  let profile = m.profiles.get(fn);
  if (profile === undefined) m.profiles.set(fn, (profile = { calls: 0, steps: 0, followed: 0, hits: 0, misses: 0, summaries: [] }));
  profile.calls++;
  if (fn.generator || !isWorthIt(profile)) return counted(m, profile, follow);
  const scopes = m.hooks.scopes(m);
  const found = use(m, profile, call, scopes);
  if (found !== null) {
    profile.hits++;
    return come(m, found);
  }
  profile.misses++;
  return counted(m, profile, () => record(m, profile, call, scopes, follow));
}

function counted(m: Machine, profile: Profile, follow: () => Value): Value {
  const { steps } = m;
  const gave = follow();
  profile.steps += m.steps - steps;
  profile.followed++;
  return gave;
}

function use(m: Machine, profile: Profile, call: Call, scopes: string): Outcome | null {
  const { summaries } = profile;
  for (let i = summaries.length - 1; i >= 0; i--) {
    const s = summaries[i]!;
    if (s.scopes !== scopes || s.call.isNew !== call.isNew || (s.rewrites && m.heap.watched)) continue;
    if (s.waits !== null && s.waits !== m.waits) continue;
    if (!placesHold(m, s)) continue;
    const match = matching(m, s, call);
    if (match === null) continue;
    summaries.push(...summaries.splice(i, 1));
    return replay(m, s, match, call);
  }
  return null;
}

function placesHold(m: Machine, s: Summary): boolean {
  for (const [place, held] of s.placesRead) {
    const now = heldAt(m, place);
    if (now.length !== held.length || now.some((f, i) => f !== held[i])) return false;
  }
  return true;
}

function record(m: Machine, profile: Profile, call: Call, scopes: string, follow: () => Value): Value {
  const r = newRecording(m);
  const before = beside(m);
  const start = { path: m.path, began: m.time, scopes };
  const from = begin(m.heap);
  let gave: Value = BOTTOM;
  const throws = thrownBy(m, from, () => {
    gave = recording(m, r, follow);
  });
  const returns = goesOn(m);
  let thrown: Value = BOTTOM;
  if (returns) thrown = throws.reduce((v, t) => join(v, t.value), BOTTOM);
  else {
    gave = BOTTOM;
    if (throws.length > 0) thrown = joinThrows(m, from, throws);
  }
  const out = { gave, returns, thrown };
  if (!m.exhausted && beside(m) === before) {
    const summary = summaryOf(m, call, from, r, start, out);
    if (summary !== null) {
      profile.summaries.push(summary);
      if (profile.summaries.length > KEPT) profile.summaries.shift();
    }
  }
  end(m.heap, from);
  return come(m, out);
}

/** What happens beside the heap and is not noted: modules begun, roots made, calls not followed. */
const beside = (m: Machine): string => [m.moduleState.size, m.roots.all.length, m.cut].join();

/** Goes on with what a call has come to. */
function come(m: Machine, out: Outcome): Value {
  m.alive = true;
  if (isBottom(out.thrown)) m.alive = out.returns;
  else if (out.returns) maybeThrow(m, out.thrown);
  else throwValue(m, out.thrown);
  return out.gave;
}
