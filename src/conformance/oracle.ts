/**
 * `npm run conformance:oracle -- DIR`: verifies a corpus's annotations by running its programs. Sources hand out marks, sinks
 * record which arrive and on which line; an annotation is right when that is what it states. Exit 0 when all are, 1 when one is
 * not, 2 on bad input. Case code runs in child processes only, each under a time limit.
 */
import { realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { ConformanceInputError, discoverCases, type Case } from "./discover.js";
import { verifyCase, type Verdict } from "./oracle/verify.js";

/** Verifies all cases, a few at a time; verdicts in the order of the cases. */
export async function verifyAll(cases: readonly Case[], parallel = Math.min(4, availableParallelism())): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const queue = [...cases.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) verdicts[next[0]] = await verifyCase(next[1]);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return verdicts;
}

/** Told once, when a run shows less than is stated. */
const HINT =
  "hint: a mark shows in every part of a text, but not in what is made of its letters one by one (charCodeAt, only its vowels, a count of words): state such a field as static-only\n";

async function main(args: readonly string[]): Promise<number> {
  const [dir, ...rest] = args;
  if (dir === undefined || rest.length > 0 || dir.startsWith("-"))
    throw new ConformanceInputError("usage: npm run conformance:oracle -- DIR");
  const verdicts = await verifyAll(discoverCases(dir));
  const problems = verdicts.flatMap((verdict) =>
    verdict.problems.map((problem) => `${verdict.case}/${problem.file}:${problem.line}  ${problem.message}`),
  );
  const sum = (count: (verdict: Verdict) => number): number => verdicts.reduce((total, verdict) => total + count(verdict), 0);
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  if (verdicts.some((verdict) => verdict.problems.some(({ misses }) => misses === true))) process.stdout.write(HINT);
  process.stdout.write(
    `${verdicts.length} cases, ${sum((v) => v.lines)} annotated lines, ${sum((v) => v.pairs)} expected flows, ${sum((v) => v.unreached)} lines that no run reaches, ${problems.length} problems\n`,
  );
  return problems.length === 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof ConformanceInputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
