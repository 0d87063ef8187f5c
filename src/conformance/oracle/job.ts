/** What passes between the oracle and the child process that runs one case. */
import type { CompiledFile } from "./compile.js";
import type { Marks } from "./marks.js";
import type { AmbientSource, SinkSpec } from "./spec.js";

/** The name under which instrumented code reaches the harness. */
export const HARNESS = "__purposeOracle";

export interface Job {
  /** The temporary copy of the case, absolute. */
  readonly root: string;
  /** The case's own folder, absolute: the corpus's packages are found from there. */
  readonly origin: string;
  readonly main: string;
  readonly files: Readonly<Record<string, Pick<CompiledFile, "code" | "format">>>;
  readonly packages: Readonly<Record<string, string>>;
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly marks: Marks;
  readonly sinks: readonly SinkSpec[];
  readonly ambient: readonly AmbientSource[];
  /** Where the child writes its {@link Run}. */
  readonly result: string;
}

/** One arrival at a sink. */
export interface Arrival {
  readonly sink: string;
  readonly fields: readonly string[];
  /** A call: a place in the compiled file (1-based). A return: a place in the source. Absent: called from outside the case. */
  readonly at?:
    | { readonly kind: "call"; readonly file: string; readonly line: number; readonly column: number }
    | { readonly kind: "return"; readonly file: string; readonly line: number; readonly endLine: number };
}

export interface Run {
  readonly arrivals: readonly Arrival[];
  /** What went wrong: an exception that escaped, a module that is not there. */
  readonly errors: readonly string[];
}
