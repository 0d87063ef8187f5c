/** The harness inside the child: instrumented declarations and stubs report here. */
import type { Arrival, Job } from "./job.js";
import { collectFields } from "./reach.js";
import type { SinkSpec } from "./spec.js";

/** What instrumented code calls; see `instrument.ts`. */
export interface Harness {
  /** At the start of a sink's body: its caller is the second frame of the case. */
  call(id: string, args: ArrayLike<unknown>): void;
  wrap<Fn extends (...args: never[]) => unknown>(id: string, fn: Fn): Fn;
  returned<T>(id: string, file: string, line: number, endLine: number, value: T): T;
  /** From outside the case's code (a stub, a global): its caller is the first frame of the case. */
  outside(id: string, args: readonly unknown[]): void;
}

export interface Recorder {
  readonly harness: Harness;
  /** Resolves once everything recorded so far has been looked through. */
  settle(): Promise<readonly Arrival[]>;
}

/** A recorder for one run. Values are looked through at once where that is possible, since programs go on to change them. */
export function makeRecorder(job: Job, fileOf: (url: string) => string | undefined): Recorder {
  const arrivals: Promise<Arrival>[] = [];
  const sinks = new Map(job.sinks.map((sink) => [sink.id, sink]));

  const record = (id: string, values: readonly unknown[], at: Arrival["at"]): void => {
    const found = new Set<string>();
    const looked = Promise.all(values.map((value) => collectFields(job.marks, value, found)));
    arrivals.push(looked.then(() => ({ sink: id, fields: [...found].sort(), ...(at === undefined ? {} : { at }) })));
  };
  const called = (id: string, args: ArrayLike<unknown>, skip: number): void => {
    const sink = sinks.get(id);
    const all = Array.from(args);
    if (sink !== undefined && holds(sink, all)) record(id, selected(sink.argument, all), callSite(skip));
  };
  const callSite = (skip: number): Arrival["at"] => {
    const frames = stack().flatMap((frame) => {
      const file = fileOf(frame.getFileName() ?? "");
      return file === undefined ? [] : [{ file, line: frame.getLineNumber() ?? 0, column: frame.getColumnNumber() ?? 0 }];
    });
    const frame = frames[skip];
    return frame === undefined ? undefined : { kind: "call", ...frame };
  };

  return {
    harness: {
      call: (id, args) => called(id, args, 1),
      outside: (id, args) => called(id, args, 0),
      wrap: (id, fn) =>
        function wrapped(this: unknown, ...args: never[]): unknown {
          called(id, args, 0);
          return fn.apply(this, args);
        } as typeof fn,
      returned: (id, file, line, endLine, value) => {
        record(id, [value], { kind: "return", file, line, endLine });
        return value;
      },
    },
    settle: () => Promise.all(arrivals),
  };
}

/** Do the literal arguments hold that the sink asks for? */
function holds(sink: SinkSpec, args: readonly unknown[]): boolean {
  return Object.entries(sink.when).every(([at, value]) => selected(at, args)[0] === value);
}

/** The values at `0.messages[*].content`. */
function selected(argument: string | undefined, args: readonly unknown[]): unknown[] {
  if (argument === undefined) return [...args];
  const [position = "*", ...steps] = argument.replaceAll("[", ".[").split(".");
  const start: unknown[] = position === "*" ? [...args] : [args[Number(position)]];
  return steps.reduce<unknown[]>((values, step) => values.flatMap((value) => stepInto(value, step)), start);
}

function stepInto(value: unknown, step: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if (step === "[*]") return Symbol.iterator in value ? [...(value as Iterable<unknown>)] : Object.values(value);
  return [Reflect.get(value, step.replaceAll(/[[\]]/gu, ""))];
}

/** The stack as call sites rather than text. */
function stack(): NodeJS.CallSite[] {
  const before = { prepareStackTrace: Reflect.get(Error, "prepareStackTrace") as unknown, stackTraceLimit: Error.stackTraceLimit };
  Error.stackTraceLimit = 60;
  Error.prepareStackTrace = (_, frames) => frames;
  const frames = new Error("where").stack as unknown as NodeJS.CallSite[];
  Object.assign(Error, before);
  return frames;
}
