/** The fuzzing run for people: each failure with its program, then the numbers. */
import { sourceModule } from "./frame.js";
import type { Failure, FuzzReport } from "./run.js";

/** A failure, with how to make it again. */
export function printFailure({ seed, what, program }: Failure): string {
  const files = Object.entries(program.files).filter(([, text]) => /\S/u.test(text.replaceAll(/^(?:import|export)\b.*$/gmu, "")));
  const sources = program.opaque ? [`// source.ts, as analysed\n${sourceModule(true, true)}`] : [];
  return [`--- seed ${seed}: ${what}`, ...files.map(([name, text]) => `// ${name}\n${text}`), ...sources, ""].join("\n");
}

/** What was run, and what came of it. */
export function printSummary(report: FuzzReport, seconds: number, forms: boolean): string {
  const { programs, idle, thrown, arrived, reported, unseen, told, failures, slowest } = report;
  const share = (part: number, whole: number): string => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(2)} %`);
  const lines = [
    `${programs} programs in ${seconds.toFixed(0)} s (${(programs / seconds).toFixed(1)} a second), ${idle} without a flow, ${thrown} that threw`,
    `${arrived} (field, sink) pairs arrived; ${failures.length} programs failed; ${told} pairs were missed behind a bound, and said so`,
    `${reported} pairs reported at sinks that ran; ${unseen} of them (${share(unseen, reported)}) arrived in no run`,
    `slowest analysis: ${slowest.milliseconds.toFixed(0)} ms (seed ${slowest.seed})`,
  ];
  const counts = [...report.forms]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name, count]) => `${String(count).padStart(6)}  ${name}`);
  return [...lines, ...(forms ? counts : []), ""].join("\n");
}
