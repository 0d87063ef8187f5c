/**
 * The memory of an analysis. What Node gives a program by itself is 2 to 4 GB, and cannot be raised once it runs; an analysis of thousands of
 * files takes more. So `check` runs in a process of its own, which may take three quarters of what the machine (or the container) has.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { problemText } from "./messages.js";
import { EXIT } from "./exit-code.js";

/** Of a process, what decides about another: see `process`. */
export interface Host {
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Megabytes: what the machine has for it, and what its heap may come to. */
  readonly memory: number;
  readonly limit: number;
}

/** The young generation, in megabytes: most of what is made lives for a while, and copying it less often takes a tenth off the time. */
const YOUNG = 64;

/**
 * The interpreter's flags for the process that analyses, or undefined where this one does. `PURPOSE_LINT_HEAP` is the megabytes that it may
 * take; who gives Node flags of his own, on the command line or in `NODE_OPTIONS`, knows best.
 */
export function heapFlags({ argv, execArgv, env, memory, limit }: Host): readonly string[] | undefined {
  if (!["check", "export"].includes(argv[0] ?? "") || execArgv.length > 0 || env["NODE_OPTIONS"]?.includes("--max-old-space-size") === true)
    return undefined;
  const asked = Number(env["PURPOSE_LINT_HEAP"]);
  const heap = asked > 0 ? Math.floor(asked) : Math.floor((memory * 3) / 4);
  if (!(asked > 0) && heap <= limit) return undefined;
  return [`--max-old-space-size=${heap}`, `--max-semi-space-size=${YOUNG}`];
}

/** Runs the script again with these flags, on the same streams; gives what it exits with. */
export function runWith(flags: readonly string[], script: string, argv: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...flags, script, ...argv], { stdio: "inherit" });
    const pass = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, pass);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (signal === "SIGABRT" || code === 128 + constants.signals.SIGABRT) {
        process.stderr.write(outOfMemory(flags));
        resolve(EXIT.failure);
      } else resolve(code ?? (signal === null ? EXIT.failure : 128 + constants.signals[signal]));
    });
  });
}

const outOfMemory = ([heap = ""]: readonly string[]): string =>
  problemText(
    "error",
    `the analysis needs more memory than the ${heap.slice(heap.indexOf("=") + 1)} MB it may take`,
    "set PURPOSE_LINT_HEAP to the megabytes that it may take, or check parts of the project with --project",
  );
