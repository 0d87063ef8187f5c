/** What the trace gives to `judge` and `report`: plain data, sorted, without compiler objects. */
import type { Sink, Source, Status } from "../manifest/model.js";

/** A place in a source file. `file` is relative to the project root, forward slashes; line and column are 1-based. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** `spread` and `rest` are copies of an object's properties, whatever their names: `{ ...u }`, `Object.assign`; `{ id, ...others } = u`. */
export type HopKind =
  | "source"
  | "assign"
  | "store"
  | "spread"
  | "rest"
  | "load"
  | "argument"
  | "return"
  | "capture"
  | "call"
  | "library"
  | "write"
  | "read"
  | "transform"
  | "throw"
  | "sink";

/** One hop of a path: the place and the code that stands there (first line, at most 120 characters). */
export interface Hop extends Place {
  readonly kind: HopKind;
  readonly text: string;
  /** The function it is in, for fingerprints: `recordRequest`, `Trainer.run`, `` for top level. */
  readonly symbol: string;
}

/**
 * How a field came along: `named`, when the program read or wrote it by its name after it was collected (`{ email: u.email }`), or passed
 * on just it; else `whole`: only objects around it were moved, and `by` is what took it along. Without `by`, nothing but the objects did.
 */
export type Carried = { readonly how: "named" } | { readonly how: "whole"; readonly by?: Carrier };

/**
 * Code that takes a field along without its name. `copy` is what does as a spread does (`Object.assign`), `stringify` is
 * `JSON.stringify`, `call` is any other call that makes one value of all that an object holds.
 */
export interface Carrier extends Place {
  readonly kind: "spread" | "rest" | "copy" | "stringify" | "call";
}

/** A field that reaches a sink. One per (field, status, gates, sink, sink place, argument access path): the shortest path. */
export interface Flow {
  readonly field: string;
  readonly status: Status;
  /** Consents whose check holds on every path: consent ids, sorted. */
  readonly gates: readonly string[];
  readonly source: Place;
  readonly sink: Sink;
  /** Where the sink's call (or return) stands. */
  readonly at: Place;
  /** Where in the sink's argument it sits: `messages[*].content`; "" when it is the argument itself. */
  readonly accessPath: string;
  readonly carried: Carried;
  readonly path: readonly Hop[];
}

export type BlindSpotKind =
  | "unresolved-call"
  | "unmodelled-library"
  | "dynamic-code"
  | "unresolved-import"
  | "syntax-error"
  | "depth-limit"
  | "budget-limit"
  | "callee-limit"
  | "object-limit"
  | "unknown-store"
  | "unsupported-syntax";

/** Something on a declared field's way that the analysis could not follow. */
export interface BlindSpot extends Place {
  readonly kind: BlindSpotKind;
  readonly reason: string;
  /** Fields that enter it, sorted; empty when no field is known to (syntax errors, unresolved imports). */
  readonly fields: readonly string[];
}

/** An object of which a property without a declared field was collected (minimisation). */
export interface UndeclaredCollection extends Place {
  readonly source: Source;
  /** The property path that no field is declared for. */
  readonly property: string;
  readonly text: string;
}

/** A locator that matched nothing in the program. */
export interface UnmatchedLocator {
  /** As the manifest has it: `./src/chat.ts:loadChat`, `POST /v1/chat`. */
  readonly text: string;
  /** What it belongs to: `sources[0].returns`. */
  readonly entry: string;
  /** The program uses the package, but not this of it; whether the package has it cannot be told, since its types are not installed. */
  readonly unsure?: true;
}

export interface TraceStats {
  readonly files: number;
  readonly lines: number;
  readonly functions: number;
  readonly facts: number;
  /** Milliseconds by phase; not part of the deterministic output unless asked for. */
  readonly phases: Readonly<Record<string, number>>;
}

export interface TraceResult {
  readonly flows: readonly Flow[];
  readonly blindSpots: readonly BlindSpot[];
  readonly undeclared: readonly UndeclaredCollection[];
  readonly unmatched: readonly UnmatchedLocator[];
  /** Fields that entered the program (a source matched), and fields that reached any sink. */
  readonly collected: readonly string[];
  readonly stats: TraceStats;
}
