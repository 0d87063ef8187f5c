/** The fuzzing run: program after program, each from a seed of its own, and the smallest program for each failure. */
import fc from "fast-check";
import { seeds } from "./arbitrary.js";
import { compare, failed, type Miss, type Outcome } from "./compare.js";
import { writeProgram, type Program, type Seed } from "./program.js";
import { reduce } from "./reduce.js";
import { typeErrors } from "./well-typed.js";

export interface FuzzOptions {
  readonly runs: number;
  /** Program number i is that of `seed + i`, so that one is made again by `--runs 1 --seed <seed + i>`. */
  readonly seed: number;
  /** Statements of a module at most. */
  readonly size: number;
  /** Programs that do several things at a time, too? */
  readonly concurrent: boolean;
  /** Make failing programs small? */
  readonly shrink: boolean;
}

export interface Failure {
  readonly seed: number;
  /** What is wrong, in a line. */
  readonly what: string;
  readonly program: Program;
}

export interface FuzzReport {
  readonly programs: number;
  /** Programs in which nothing arrived anywhere: they test little. */
  readonly idle: number;
  /** Pairs of a field and a sink: arrived; reported at sinks that ran; reported there and seen in no run; missed, and said so. */
  readonly arrived: number;
  readonly reported: number;
  readonly unseen: number;
  readonly told: number;
  readonly thrown: number;
  /** Slowest analysis. */
  readonly slowest: { readonly seed: number; readonly milliseconds: number };
  readonly failures: readonly Failure[];
  /** Forms of the generator by how many programs have them. */
  readonly forms: ReadonlyMap<string, number>;
}

/** Programs that are tried while fast-check shrinks; the rest is done on the text. */
const SHRINKS = 100;

/** Generates, runs and analyses programs. `onFailure` hears of each failure at once. */
export function fuzz(options: FuzzOptions, onFailure: (failure: Failure) => void = () => undefined): FuzzReport {
  const failures: Failure[] = [];
  const forms = new Map<string, number>();
  const total = { programs: 0, idle: 0, arrived: 0, reported: 0, unseen: 0, told: 0, thrown: 0 };
  let slowest = { seed: options.seed, milliseconds: 0 };
  for (let i = 0; i < options.runs; i++) {
    const seed = options.seed + i;
    const program = writeProgram(firstOf(seed, options.size), options.concurrent);
    const outcome = outcomeOf(program);
    for (const used of program.used) forms.set(used, (forms.get(used) ?? 0) + 1);
    total.programs++;
    if (outcome.arrived === 0) total.idle++;
    for (const key of ["arrived", "reported", "told"] as const) total[key] += outcome[key];
    total.unseen += outcome.unseen.length;
    if (outcome.thrown > 0) total.thrown++;
    if (outcome.milliseconds > slowest.milliseconds) slowest = { seed, milliseconds: outcome.milliseconds };
    const what = wrong(outcome);
    if (what === undefined) continue;
    const failure: Failure = { seed, what, program: options.shrink ? smallest(seed, options, outcome) : program };
    failures.push(failure);
    onFailure(failure);
  }
  return { ...total, slowest, failures, forms };
}

/** A program that is none is the generator's failure; the run goes on. */
function outcomeOf(program: Program): Outcome {
  try {
    return compare(program);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failed(`the generator wrote what is no program: ${error.message}`, { arrived: 0, thrown: 0, broken: true });
  }
}

/** The program that fast-check makes first from a seed. */
export function firstOf(seed: number, size: number): Seed {
  return fc.sample(seeds(size), { seed, numRuns: 1 })[0]!;
}

function wrong(outcome: Outcome): string | undefined {
  if (outcome.failure !== undefined) return outcome.failure;
  return outcome.misses.length === 0 ? undefined : `missed: ${outcome.misses.map(show).join(", ")}`;
}

const show = ({ field, sink }: Miss): string => `${field} at train(${sink})`;

/** The failing program made small: by fast-check, which leaves out statements and choices; then by leaving out parts of its text. */
function smallest(seed: number, { size, concurrent }: FuzzOptions, outcome: Outcome): Program {
  const crash = outcome.failure?.startsWith("the analysis threw") ?? false;
  // Slow ones, and those that are no programs, are shown as they are.
  if (outcome.failure !== undefined && !crash) return writeProgram(firstOf(seed, size), concurrent);
  // Another miss may be another defect, or none: a cut can make a program spell out a function's own text.
  const missed = new Set(outcome.misses.map(show));
  let budget = SHRINKS;
  let best = writeProgram(firstOf(seed, size), concurrent);
  const fails = (program: Program): boolean => {
    try {
      const now = compare(program);
      if (now.broken) return false;
      return crash ? now.failure?.startsWith("the analysis threw") === true : now.misses.some((miss) => missed.has(show(miss)));
    } catch {
      return false;
    }
  };
  fc.check(
    fc.property(seeds(size), (numbers) => {
      if (budget-- <= 0) return;
      const program = writeProgram(numbers, concurrent);
      if (!fails(program)) return;
      best = program;
      throw new Error("fails");
    }),
    { seed, numRuns: 1 },
  );
  const known = new Set(typeErrors(best));
  return reduce(best, (program) => fails(program) && typeErrors(program).every((error) => known.has(error)));
}
