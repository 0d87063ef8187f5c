/** What code says of its telemetry, as VS Code and its extensions write it: in `__GDPR__` comments, or in types given to the call. */
import type { LinkedFile } from "../../link/modules.js";

/** A word of a file, and where it stands. */
export interface Word {
  readonly file: LinkedFile;
  /** Offset. */
  readonly at: number;
  readonly text: string;
}

/** A property of an event: `{ "classification": "SystemMetaData", "purpose": "FeatureInsight" }`. */
export interface Classified {
  /** Its path in what is sent; a name may hold dots. */
  readonly path: readonly string[];
  readonly classification: Word;
  readonly purpose: Word;
  /** Every property whose name begins so: a wildcard. */
  readonly isPrefix?: true;
}

/** A call that sends an event. */
export interface Sending {
  readonly file: LinkedFile;
  /** Offsets of the call. */
  readonly at: number;
  readonly end: number;
  /** The arguments that may hold what is sent, by position. */
  readonly positions: readonly number[];
}

export interface AnnotatedEvent {
  readonly name: Word;
  readonly properties: readonly Classified[];
  readonly calls: readonly Sending[];
  /** Of a property that is added to every event: the argument itself is what is sent. */
  readonly isCommon?: true;
}

/** What a property of an event cannot be called: it says something about the event. */
export const METADATA: ReadonlySet<string> = new Set(["owner", "comment", "expiration"]);

/** Tells what is wrong, at an offset of a file. */
export type Tell = (file: LinkedFile, at: number, message: string, fix: string, severity?: "warning") => void;
