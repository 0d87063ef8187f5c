/** `npm run fuzz -- --runs N --seed S [--size K] [--concurrent] [--no-shrink] [--forms]`. Exit 0 when nothing was missed, 1 when something was, 2 on bad arguments. */
import { parseArgs } from "node:util";
import { printFailure, printSummary } from "./print.js";
import { fuzz } from "./run.js";

const USAGE = "usage: npm run fuzz -- --runs N --seed S [--size K] [--concurrent] [--no-shrink] [--forms]";

function main(): number {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
      size: { type: "string", default: "12" },
      concurrent: { type: "boolean", default: false },
      "no-shrink": { type: "boolean", default: false },
      forms: { type: "boolean", default: false },
    },
  });
  const [runs, seed, size] = [Number(values.runs), Number(values.seed), Number(values.size)];
  if (![runs, seed, size].every((value) => Number.isSafeInteger(value) && value >= 0) || size < 1)
    throw new TypeError("numbers are whole and not negative");
  const start = performance.now();
  const report = fuzz({ runs, seed, size, concurrent: values.concurrent, shrink: !values["no-shrink"] }, (failure) =>
    process.stdout.write(printFailure(failure)),
  );
  process.stdout.write(printSummary(report, (performance.now() - start) / 1_000, values.forms));
  return report.failures.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n${USAGE}\n`);
  process.exitCode = 2;
}
