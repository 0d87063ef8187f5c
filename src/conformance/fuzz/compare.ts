/** One program, run and analysed: what arrived and was not reported, and how much was reported that did not arrive. */
import { analyse, type Analysis } from "./analyse.js";
import { compile, execute } from "./execute.js";
import type { Program } from "./program.js";

/** A field that arrived at a sink and was not reported there. */
export interface Miss {
  readonly field: string;
  readonly sink: number;
}

export interface Outcome {
  readonly misses: readonly Miss[];
  /** Misses of which the output says that a bound cut something off: told, and so no failure. */
  readonly told: number;
  /** Why the analysis itself failed: it threw, or took too long. */
  readonly failure?: string;
  /** Pairs that arrived, pairs reported at sinks that some run came by, and those of them that arrived in no run. */
  readonly arrived: number;
  readonly reported: number;
  readonly unseen: readonly Miss[];
  /** Runs that ended with an exception or were cut off. */
  readonly thrown: number;
  /** As a run says it. */
  readonly broken: boolean;
  readonly milliseconds: number;
}

const RUNS = 6;
const SECONDS = 5;
/** Kinds of blind spots that say that a bound was reached. */
const BOUNDS = new Set(["depth-limit", "budget-limit", "callee-limit", "object-limit"]);

/** Inputs: always one branch, always the other, then mixed ones; the same on every machine. */
function input(run: number): () => number {
  if (run < 2) return () => (run === 0 ? 0.25 : 0.75);
  let state = run * 0x9e3779b9;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** Of a program that could not be analysed. */
export const failed = (failure: string, ran: Pick<Outcome, "arrived" | "thrown" | "broken">): Outcome => ({
  ...ran,
  failure,
  misses: [],
  told: 0,
  reported: 0,
  unseen: [],
  milliseconds: 0,
});

/** Runs and analyses a program. Throws a `SyntaxError` when the generator wrote what is none. */
export function compare(program: Program): Outcome {
  const compiled = compile(program);
  const seen = new Map<number, Set<string>>();
  let thrown = 0;
  let broken = false;
  // One that does not end would not on other input, either, mostly.
  for (let run = 0; run < RUNS && !broken; run++) {
    const { arrivals, error, broken: isBroken } = execute(compiled, input(run));
    broken ||= isBroken;
    if (error !== undefined) thrown++;
    for (const [sink, fields] of arrivals) seen.set(sink, new Set([...(seen.get(sink) ?? []), ...fields]));
  }
  const arrived = pairs(seen);
  let analysis: Analysis;
  try {
    analysis = analyse(program);
  } catch (error) {
    const failure = `the analysis threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return failed(failure, { arrived: arrived.length, thrown, broken });
  }
  const { reported, blindSpots, milliseconds } = analysis;
  const missed = arrived.filter(({ sink, field }) => !(reported.get(sink)?.has(field) ?? false));
  const cutOff = new Set(blindSpots.filter((spot) => BOUNDS.has(spot.kind)).flatMap((spot) => spot.fields));
  const misses = missed.filter(({ field }) => !cutOff.has(field));
  const counted = pairs(reported).filter(({ sink }) => seen.has(sink));
  return {
    misses,
    told: missed.length - misses.length,
    ...(milliseconds > SECONDS * 1_000 ? { failure: `the analysis took ${(milliseconds / 1_000).toFixed(1)} s of CPU` } : {}),
    arrived: arrived.length,
    reported: counted.length,
    unseen: counted.filter(({ sink, field }) => !(seen.get(sink)?.has(field) ?? false)),
    thrown,
    broken,
    milliseconds,
  };
}

const pairs = (fields: ReadonlyMap<number, ReadonlySet<string>>): Miss[] =>
  [...fields].flatMap(([sink, all]) => [...all].map((field) => ({ field, sink })));
