/**
 * Runs a generated program, in this process: in a context of its own, with a time limit, on input drawn from a seed. Such programs do no I/O and
 * have nothing of this process but what is given to them here.
 */
import { EventEmitter } from "node:events";
import { promiseHooks } from "node:v8";
import vm from "node:vm";
import ts from "typescript";
import { sourceModule } from "./frame.js";
import type { Program } from "./program.js";
import { collectFields } from "./reach.js";

/** Sinks by id with the fields that arrived there; every sink that was called has an entry. */
export type Arrivals = ReadonlyMap<number, ReadonlySet<string>>;

export interface Run {
  readonly arrivals: Arrivals;
  /** What ended the program early. */
  readonly error?: unknown;
  /** It did not end, a name was not there, or a constant was assigned to: nothing that the generator writes, but what cuts may leave. */
  readonly broken: boolean;
}

export type Compiled = ReadonlyMap<string, vm.Script>;

const TIME_LIMIT = 300;
const TIMER_ROUNDS = 20;
const STEP = new vm.Script("task()");
const MICROTASK = new vm.Script("(task) => { Promise.resolve().then(task); }");
const WATCH = new vm.Script("(p, onReason) => { p.then(() => {}, onReason); }");
const NOTHING = new vm.Script("");

/** The module that fields come from is the same for many programs. */
const sources = new Map<string, vm.Script>();

/** Strips the types; modules become functions, since modules proper are behind a flag of Node's. */
export function compile(program: Program): Compiled {
  const text = sourceModule(program.opaque, false);
  const source = sources.get(text) ?? compileModule("source.ts", text);
  sources.set(text, source);
  return new Map([
    ...Object.entries(program.files).map(([name, file]) => [name, compileModule(name, file)] as const),
    ["source.ts", source],
  ]);
}

function compileModule(name: string, text: string): vm.Script {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, useDefineForClassFields: true };
  const { outputText } = ts.transpileModule(text, { fileName: name, compilerOptions });
  return new vm.Script(`(function (exports, require) {${outputText}\n})`, { filename: name });
}

/** Runs the program once. What it does with promises and timers is done when this returns. */
export function execute(compiled: Compiled, input: () => number): Run {
  const arrivals = new Map<number, Set<string>>();
  const train = (id: number, ...examples: readonly unknown[]): void => {
    const found = arrivals.get(id) ?? new Set<string>();
    arrivals.set(id, found);
    for (const example of examples) collectFields(example, found);
  };
  const timers: (() => void)[] = [];
  const context = vm.createContext(
    { setTimeout: (task: () => void) => timers.push(task), structuredClone },
    { microtaskMode: "afterEvaluate" },
  );
  Object.assign(context, { queueMicrotask: MICROTASK.runInContext(context) as unknown });
  const given: Record<string, unknown> = {
    "./sink.js": { train },
    "./input.js": { input: () => input() < 0.5, choose: (n: number) => Math.floor(input() * n) },
    "node:events": { EventEmitter },
  };
  const modules = new Map<string, object>();
  const load = (specifier: string): unknown => {
    const name = specifier.replace("./", "").replace(/\.js$/u, ".ts");
    if (given[specifier] !== undefined) return given[specifier];
    const known = modules.get(name);
    if (known !== undefined) return known;
    const exports = {};
    modules.set(name, exports);
    const script = compiled.get(name);
    if (script === undefined) throw new Error(`no module ${specifier}`);
    (script.runInContext(context) as (...args: unknown[]) => void)(exports, load);
    return exports;
  };

  // A promise that is rejected with nobody listening would end this process.
  const promises: Promise<unknown>[] = [];
  const stop = promiseHooks.onInit((made: Promise<unknown>) => promises.push(made)) as () => void;
  let error: unknown;
  const step = (task: () => void): void => {
    try {
      Object.assign(context, { task });
      STEP.runInContext(context, { timeout: TIME_LIMIT });
    } catch (thrown) {
      error ??= thrown;
    }
  };
  step(() => load("./main.js"));
  // An exception that nobody catches ends the program, and timers are no more.
  for (let round = 0; round < TIMER_ROUNDS && error === undefined; round++) for (const task of timers.splice(0)) step(task);
  stop();
  const watch = WATCH.runInContext(context) as (promise: Promise<unknown>, onReason: (reason: unknown) => void) => void;
  let broken = isBroken(error);
  for (const promise of promises) watch(promise, (reason) => (broken ||= isBroken(reason)));
  NOTHING.runInContext(context);
  return { arrivals, broken, ...(error === undefined ? {} : { error }) };
}

const isBroken = (error: unknown): boolean => /^ReferenceError|constant variable|timed out/u.test(String(error));
