/** `npm run conformance -- DIR [--json]`. Exit 0 when every line is right, 1 when one is not, 2 on bad input. */
import { analyseCase } from "./analyse.js";
import { ConformanceInputError, discoverCases } from "./discover.js";
import { printReport } from "./print.js";
import { runConformance } from "./run.js";

async function main(args: readonly string[]): Promise<number> {
  const json = args.includes("--json");
  const [dir, ...rest] = args.filter((arg) => arg !== "--json");
  if (dir === undefined || rest.length > 0 || dir.startsWith("-"))
    throw new ConformanceInputError("usage: npm run conformance -- DIR [--json]");
  const report = await runConformance(discoverCases(dir), analyseCase);
  process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : printReport(report));
  return report.failures.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConformanceInputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
