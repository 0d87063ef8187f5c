/** What the trace gives to `judge` and `report`: plain data, sorted, without compiler objects. */
import type { InCode } from "../declared/in-code.js";
import type { Sink, Source, Status, Transform, Zone } from "../manifest/model.js";
import type { InputProblem } from "../program/project.js";
import type { Surface } from "../surface/surface.js";

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
  /** Of a write, and of a source that is a declared column: the entries of `stores` that it is about, sorted. Only where some field has a `retention`. */
  readonly stores?: readonly string[];
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

export const MISSING_WHY = [
  "never",
  "ignored",
  "promise",
  "denied",
  "other",
  "after",
  "cached",
  "default",
  "or",
  "catch",
  "undecided",
  "signal",
] as const;

/**
 * Why a consent does not hold where it is needed. `never`: nobody asks on the way. `ignored`: nothing depends on the answer.
 * `promise`: the answer is a promise, and nobody awaits it. `denied`: the answer was no (or, of an opt-out, yes). `other`: somebody else was asked about. `after`: only later. `cached`: an answer of another run,
 * kept beyond it. `default`, `or`: another value, or another condition, stands in for the answer. `catch`: what refuses is caught.
 * `signal`: the check has passed, and a signal that counts as an answer is not asked for.
 * `undecided`: asked, and the flow comes about whatever the answer is.
 */
export interface MissingGate {
  readonly consent: string;
  readonly why: (typeof MISSING_WHY)[number];
  /** The nearest call of the check, if there is one. */
  readonly at: Place | null;
}

/** A field that reaches a sink. One per (field, status, gates, sink, sink place, argument access path): the shortest path. */
export interface Flow {
  readonly field: string;
  readonly status: Status;
  /** Of what is differentially private: by which noise. */
  readonly noise?: Noise;
  /** Consents whose check holds on every path: consent ids, sorted. */
  readonly gates: readonly string[];
  /** The consent that its sink's purpose rests on, where that does not hold. */
  readonly missing?: MissingGate;
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
  | "unread-file"
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

/** A field that is written to a store. One per (field, status, gates, store, place of the write): the shortest path. */
export interface Kept {
  readonly field: string;
  readonly status: Status;
  readonly store:
    | { readonly k: "declared"; readonly id: string }
    /** A table that no entry of `stores` names. */
    | { readonly k: "table"; readonly name: string };
  readonly source: Place;
  readonly at: Place;
  /** From the source to the write. */
  readonly path: readonly Hop[];
}

/** The declared code that gives a consent, or takes it back, as the program calls it. */
export interface ConsentCode {
  readonly consent: string;
  readonly act: "grant" | "withdraw";
  /** The first place where something calls it; absent where nothing does. */
  readonly at?: Place;
  /** The first place where only something calls it that nothing calls, and that the program does not begin with: what others could call. */
  readonly offered?: Place;
  /** Confirmations (`confirm("Sure?")`) on the way with the fewest from where the program is entered; of what is called. */
  readonly confirmations?: number;
  /** Of a withdrawal whose code is known: does it come to what must happen then (`on-withdraw`)? */
  readonly reaches?: boolean;
}

/** An object of which a property without a declared field was collected (minimisation). */
export interface UndeclaredCollection extends Place {
  readonly source: Source;
  /** The property path that no field is declared for. */
  readonly property: string;
  readonly text: string;
}

/** A named part of what arrives at a sink that varies and bears no declared field. */
export interface UnclaimedArrival extends Place {
  readonly sink: Sink;
  /** Where in the sink's argument it sits: `rows[*].email`. */
  readonly accessPath: string;
  /** The sink's call, and the function it is in. */
  readonly text: string;
  readonly symbol: string;
}

/** Something in an entry of the manifest that matched nothing in the program: its locator, or what it says beside. */
export interface UnmatchedLocator {
  /** As the manifest has it: `./src/chat.ts:loadChat`, `POST /v1/chat`, `0.messages`. */
  readonly text: string;
  /** What it belongs to: `sources[0].returns`, `sinks[1].argument`, `sinks[1].when.0.purpose`, `stores[0].columns.input`. */
  readonly entry: string;
  /**
   * It may be there all the same. Of a locator: the program uses the package, but not this of it, and its types are not installed.
   * Of a part: no call of the program has it, and no type tells whether one could.
   */
  readonly unsure?: true;
  /** What is known of why. */
  readonly why?: Mismatch;
}

/** Why something matched nothing; `of` is the locator, or the table, that it was looked for in. */
export type Mismatch =
  /** What the locator names is there, and cannot be meant: a class gives no result. */
  | { readonly k: "kind"; readonly is: "class" | "type" | "function" | "member" | "below"; readonly wants: "call" | "result" | "property" }
  /** The file is there, and nothing that is analysed includes or imports it. */
  | { readonly k: "outside"; readonly file: string }
  | { readonly k: "parameter"; readonly of: string; readonly count: number }
  /** `known` is what there is instead. */
  | { readonly k: "property"; readonly of: string; readonly name: string; readonly known: readonly string[] }
  /** A name where a list is: its elements have it. */
  | { readonly k: "list"; readonly of: string }
  | { readonly k: "element"; readonly of: string }
  /** A value that the argument cannot have; `known` are those that it can. */
  | { readonly k: "value"; readonly of: string; readonly value: string; readonly known: readonly string[] }
  /** No call was seen to have it; `known` are the values that calls have instead. */
  | { readonly k: "unseen"; readonly of: string; readonly value?: string; readonly known: readonly string[] }
  /** No call is in the code that `within` names. */
  | { readonly k: "elsewhere"; readonly of: string }
  /** A schema of the project has no such model, or the model no such column. */
  | { readonly k: "model" | "column"; readonly of: string; readonly known: readonly string[] }
  /** A table that the program is not seen to read or write. */
  | { readonly k: "unused-table"; readonly known: readonly string[] }
  /** No analysed file is at the glob, or in the package, of a zone; those are the packages that there are. */
  | { readonly k: "no-code"; readonly known: readonly string[] };

/** A number that a call is given, as far as the program says. */
export interface Amount {
  /** Those that it may be, ascending. */
  readonly values: readonly number[];
  /** It may be something else as well: nothing, because it is not given; no number; or a number that only a run tells. */
  readonly open?: "absent" | "no-number" | "unknown";
}

/** The numbers of a mechanism of differential privacy: those that the manifest says where to find. */
export const AMOUNTS = ["epsilon", "delta", "scale", "sensitivity"] as const;

/** The noise of a mechanism of differential privacy: which, and with which numbers. */
export interface Noise {
  readonly transform: Transform;
  readonly amounts: Readonly<Partial<Record<(typeof AMOUNTS)[number], Amount>>>;
}

/** Calls of a mechanism of differential privacy at one place with the same numbers. */
export interface MechanismCall extends Place, Noise {
  /** The call as it stands, and the function it is in. */
  readonly text: string;
  readonly symbol: string;
  /** How often it is made, at most, each time the program runs; or why that is open. */
  readonly times: number | "loop" | "handler" | "recursion";
  /** Where `times` is a number: its parts, by the ways that they are on. */
  readonly parts: readonly { readonly arms: readonly Arm[]; readonly times: number }[];
}

/** One of several ways of which the program takes one each time that it comes to the choice: `if` and `else`, the cases of a `switch`. */
export interface Arm {
  readonly choice: string;
  readonly way: number;
}

/** Noise of a mechanism that is drawn from `Math.random`. */
export interface UnsafeNoise extends Place {
  readonly transform: Transform;
  readonly text: string;
  readonly symbol: string;
}

/** What the mechanisms of differential privacy that the manifest declares do. */
export interface PrivacyUse {
  readonly calls: readonly MechanismCall[];
  readonly unsafeNoise: readonly UnsafeNoise[];
}

/**
 * A function that is said to anonymise, by its name or by the manifest, and the statuses with which fields come out of it before what
 * the manifest says of it is believed.
 */
export interface Anonymiser extends Place {
  readonly name: string;
  readonly text: string;
  /** The manifest's entry that says `anonymised`; without, only its name does. */
  readonly transform?: Transform;
  /** Sorted by field and status. */
  readonly gives: readonly { readonly field: string; readonly status: Status }[];
}

/** A field on its way to somewhere that is no sink, and that a check wants to know of. */
export interface Passage {
  readonly field: string;
  readonly status: Status;
  readonly source: Place;
  /** The call that takes it there. */
  readonly at: Place;
  /** Where in what the call is given it sits. */
  readonly accessPath: string;
  readonly path: readonly Hop[];
}

/** A field that leaves a device zone: into the network, into code outside its packages, or into that of another zone. */
export interface Crossing extends Passage {
  readonly zone: Zone;
  readonly by: "network" | "code" | "zone";
}

/**
 * A field at a generator of synthetic data: `given` to it; put into the `prompt` of a language model by it; or given `back` by it, though
 * no model or library has had it between.
 */
export interface Generation extends Passage {
  readonly transform: Transform;
  readonly how: "given" | "prompt" | "back";
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
  /** Absent where no field has a `retention`. */
  readonly kept?: readonly Kept[];
  /** Of consents that say what gives them or takes them back; absent where none does. */
  readonly consentCode?: readonly ConsentCode[];
  /** What people are asked. Absent where the manifest has no consent, and no words for automated decisions. */
  readonly surface?: Surface;
  readonly blindSpots: readonly BlindSpot[];
  readonly undeclared: readonly UndeclaredCollection[];
  /** Absent where there are none. */
  readonly unclaimed?: readonly UnclaimedArrival[];
  readonly unmatched: readonly UnmatchedLocator[];
  /** Fields that entered the program (a source matched), and fields that reached any sink. */
  readonly collected: readonly string[];
  /** Fields that a declared transform was given: what it makes of them may no longer be theirs (a count, generated records). */
  readonly transformed?: readonly string[];
  /** Entries of the manifest's own library models that are about nothing. */
  readonly models?: readonly InputProblem[];
  /** Only those out of which declared fields come. */
  readonly anonymisers?: readonly Anonymiser[];
  /** Only where the manifest has zones. */
  readonly crossings?: readonly Crossing[];
  /** Only where a transform of the manifest yields synthetic data. */
  readonly generations?: readonly Generation[];
  /** Only where the manifest declares mechanisms of differential privacy. */
  readonly privacy?: PrivacyUse;
  /** What the code's own tags declare, beside the manifest. */
  readonly inCode?: InCode;
  readonly stats: TraceStats;
}
