/** What a check says: the vocabulary of findings, as plain data. */
import type { Status } from "../manifest/model.js";
import type { Hop, Place } from "../trace/result.js";

/** The checks, in the order in which they are listed everywhere. */
export const RULE_IDS = [
  "limitation",
  "minimization",
  "consent",
  "opt-out",
  "withdrawal",
  "consent-surface",
  "deidentification",
  "privacy-budget",
  "federated-boundary",
  "synthetic-provenance",
  "special-category",
  "retention",
  "notice",
  "manifest",
  "blind-spot",
] as const;

export type RuleId = (typeof RULE_IDS)[number];

/** `error` and `warning` fail a check of the project; a `note` does not. Most severe first. */
export const SEVERITIES = ["error", "warning", "note"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** The ways in which a finding can be made to go away lawfully. */
export const REMEDY_KINDS = ["collect", "assess", "gate", "drop", "de-identify", "need", "declare", "correct", "model"] as const;

export type RemedyKind = (typeof REMEDY_KINDS)[number];

/** One way to make it legal: names the manifest's key and line, the field and the place in the code. */
export interface Remedy {
  readonly kind: RemedyKind;
  readonly text: string;
}

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** 16 hex characters, with `-2`, `-3` … for identical findings; the same as long as the path's code is. */
  readonly fingerprint: string;
  readonly message: string;
  /** The article behind it: `GDPR Art. 5(1)(b), 6(4)`. */
  readonly article: string;
  readonly field: string | null;
  /** The sink's id. */
  readonly sink: string | null;
  /** The sink's purpose. */
  readonly purpose: string | null;
  /** What the field still is when it arrives. */
  readonly status: Status | null;
  /** Where to put the squiggle: the sink's call, or the manifest's entry. */
  readonly location: Place;
  /** Where the field was collected. */
  readonly source: Place | null;
  /** From the source to the sink; empty when the finding is not about a flow. */
  readonly path: readonly Hop[];
  readonly remedies: readonly Remedy[];
}

/** A finding before it is given its fingerprint and its article. */
export interface Draft extends Omit<Finding, "fingerprint" | "article"> {
  /** Where it is another than that of its rule. */
  readonly article?: string;
  /** What tells it from others of its rule, beside field, sink and path; never a line number. */
  readonly identity: readonly string[];
}

export type Verdict = "allowed" | "violation" | "assessed";

/** A finding that an exception of the manifest silences. */
export interface Suppressed {
  readonly rule: RuleId;
  readonly fingerprint: string;
  readonly field: string | null;
  readonly sink: string | null;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string;
  readonly expires: string;
}
