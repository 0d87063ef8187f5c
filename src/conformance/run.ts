/**
 * The conformance run: every case analysed on its own, in one process, and scored against its annotations.
 * Takes cases and an analyser, gives plain data; what it prints is `print.ts`, where cases come from is `discover.ts`.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { readAnnotations, type Annotation } from "./annotations.js";
import { ConformanceInputError, type Case } from "./discover.js";
import { add, scoreCase, scoreCrash, withRatios, type CaseScore, type Counts, type Failure, type FoundFlow, type Score } from "./score.js";

/** The whole result, exactly as `--json` prints it. */
export interface ConformanceReport extends Score {
  readonly cases: number;
  /** By category folder, sorted. */
  readonly categories: Readonly<Record<string, Score & { readonly cases: number }>>;
  readonly failures: readonly Failure[];
}

/** Analyses one case. What it throws is a failure of that case alone. */
export type AnalyseCase = (input: Case) => readonly FoundFlow[] | Promise<readonly FoundFlow[]>;

/** Runs all cases one after the other. Rejects with {@link ConformanceInputError} when not one has a manifest that can be used. */
export async function runConformance(cases: readonly Case[], analyse: AnalyseCase): Promise<ConformanceReport> {
  const scores: { readonly category: string; readonly score: CaseScore }[] = [];
  const unusable: ConformanceInputError[] = [];
  for (const input of cases) scores.push({ category: input.category, score: await runCase(input, analyse, unusable) });
  if (unusable[0] !== undefined && unusable.length === cases.length) throw unusable[0];
  const categories = [...new Set(scores.map((entry) => entry.category))].sort();
  return {
    cases: cases.length,
    ...withRatios(sum(scores.map((entry) => entry.score.counts))),
    categories: Object.fromEntries(
      categories.map((category) => {
        const own = scores.filter((entry) => entry.category === category);
        return [category, { cases: own.length, ...withRatios(sum(own.map((entry) => entry.score.counts))) }];
      }),
    ),
    failures: scores.flatMap((entry) => entry.score.failures),
  };
}

async function runCase(input: Case, analyse: AnalyseCase, unusable: ConformanceInputError[]): Promise<CaseScore> {
  const { annotations, failures } = caseAnnotations(input);
  let score: CaseScore;
  try {
    score = scoreCase(input.id, annotations, await analyse(input));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ConformanceInputError) unusable.push(error);
    score = scoreCrash(input.id, annotations, error instanceof ConformanceInputError ? message : `crashed: ${message}`);
  }
  return { counts: score.counts, failures: [...failures, ...score.failures] };
}

/** The annotations of a case by file, and those that cannot be read as failures. */
export function caseAnnotations(input: Case): { annotations: Map<string, readonly Annotation[]>; failures: Failure[] } {
  const annotations = new Map<string, readonly Annotation[]>();
  const failures: Failure[] = [];
  for (const file of input.files) {
    const read = readAnnotations(file, readFileSync(path.join(input.folder, file), "utf8"));
    if (read.annotations.length > 0) annotations.set(file, read.annotations);
    for (const { line, message } of read.problems) {
      failures.push({ case: input.id, file, line, missing: [], unexpected: [], reason: message });
    }
  }
  return { annotations, failures };
}

function sum(counts: readonly Counts[]): Counts {
  return counts.reduce(add, { expected: 0, found: 0, missed: 0, unexpected: 0 });
}
