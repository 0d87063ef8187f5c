/**
 * manifest: YAML files to the {@link Manifest} that the rest of the program uses.
 *
 * Takes a file's name and a function that reads; gives the manifest, or everything that is wrong with it, each with its place and
 * what to do. Reads nothing but through that function, and asks no clock: what is yet to come, and which evidence has expired, is decided by `today`.
 * Whether a locator names anything is not known here.
 */
import { createHash } from "node:crypto";
import type { LibraryModel } from "../models/model.js";
import { checkConsentNotRescued, checkDays, checkEvidence } from "./checks/assessments.js";
import { checkConsentGates } from "./checks/consent-gates.js";
import { checkDisclosure, checkNoticeWording } from "./checks/notice.js";
import { checkPurposeCycles } from "./checks/purpose-cycles.js";
import { checkReferences } from "./checks/references.js";
import type { ReadFile } from "./extends.js";
import { fieldIndex } from "./field-pattern.js";
import { merge, type Merged } from "./merge.js";
import type { Manifest, ManifestKey, ManifestProblem, ProblemCode, Sink, Transform } from "./model.js";
import { collectProblems, sortProblems } from "./problems.js";
import { withOwnNames, type PurposeNames } from "./purpose-names.js";
import { purposeHierarchy } from "./purposes.js";
import { readFiles } from "./read-files.js";
import type { Draft, Resolved } from "./resolve/draft.js";

/** The checks that can be left out: they find fault with what a manifest says, not with how it says it. */
export type ManifestCheck = Extract<ProblemCode, "assessment-consent" | "consent-gate" | "evidence" | "notice-wording" | "undisclosed">;

export interface LoadOptions {
  /** `2026-05-31`: nothing has happened after it, and evidence that expired before it supports nothing. Without it neither is looked at. */
  readonly today?: string;
  /** Checks to leave out, for corpora and tools that look at something else. */
  readonly disabledChecks?: Iterable<ManifestCheck>;
}

export interface LoadedManifest {
  /** Absent when one of the problems is an error. */
  readonly manifest?: Manifest;
  /** Sorted: the manifest's own first, by place. */
  readonly problems: readonly ManifestProblem[];
}

/** Loads the manifest at `file` (absolute, forward slashes). Never throws for what a file says. */
export function loadManifest(file: string, readFile: ReadFile, options: LoadOptions = {}): LoadedManifest {
  const problems = collectProblems(new Set(options.disabledChecks));
  const text = readFile(file);
  if (text === undefined) {
    problems.in(file)(
      "unreadable",
      { line: 1, column: 1 },
      "the manifest cannot be read: it is no file, or not yours to read",
      "correct its path, or write one",
    );
    return { problems: problems.all };
  }
  const { drafts: read, models, texts } = readFiles(file, text, readFile, problems);
  const { drafts, names } = withOwnNames(read);
  const merged = merge(drafts);
  checkAll(merged, names, readFile, options.today);
  const sorted = sortProblems(problems.all, file);
  if (sorted.some(({ severity }) => severity === "error")) return { problems: sorted };
  return { manifest: build(file, texts, drafts, models, merged, options.today), problems: sorted };
}

function checkAll(merged: Merged, names: PurposeNames, readFile: ReadFile, today: string | undefined): void {
  const hierarchy = purposeHierarchy(merged.purposes.map(({ value }) => value));
  checkReferences(merged, entriesOf(merged), names);
  checkPurposeCycles(merged);
  checkConsentGates(merged, hierarchy);
  checkNoticeWording(merged, readFile);
  checkDisclosure(merged, hierarchy);
  checkConsentNotRescued(merged, hierarchy);
  checkEvidence(merged, readFile);
  if (today !== undefined) checkDays(merged, today);
}

function entriesOf(merged: Merged): readonly Resolved<unknown>[] {
  return [
    ...merged.purposes,
    ...merged.fields,
    ...merged.sources,
    ...merged.sinks,
    ...merged.stores,
    ...merged.transforms,
    ...merged.compatibility,
  ];
}

function build(
  file: string,
  texts: readonly string[],
  drafts: readonly Draft[],
  models: readonly LibraryModel[],
  merged: Merged,
  today: string | undefined,
): Manifest {
  const fields = fieldIndex(merged.names.fields);
  return {
    file,
    hash: hashOf(texts),
    purposes: valuesOf(merged.purposes),
    fields: valuesOf(merged.fields),
    sources: valuesOf(merged.sources),
    sinks: valuesOf(merged.sinks).map((sink) => withNeededFields(sink, fields.match)),
    stores: valuesOf(merged.stores),
    transforms: valuesOf(merged.transforms).map((one) => withEvidence(one, today)),
    consents: valuesOf(merged.consent),
    assessments: valuesOf(merged.compatibility),
    budgets: valuesOf(merged.budgets),
    exceptions: valuesOf(merged.exceptions),
    ...(merged.warnBefore !== undefined && { warnBefore: merged.warnBefore }),
    ...(merged.notice && { notice: merged.notice.value }),
    zones: valuesOf(merged.zones),
    ...(models.length > 0 && { models }),
    keys: keysOf(drafts),
  };
}

function valuesOf<Value>(resolved: readonly Resolved<Value>[]): Value[] {
  return resolved.map(({ value }) => value);
}

/** `needs: [chat.*]` is all that is below `chat`, so that what uses the model need not know patterns. */
function withNeededFields(sink: Sink, match: (pattern: string) => readonly string[]): Sink {
  return sink.needs === undefined ? sink : { ...sink, needs: [...new Set(sink.needs.flatMap(match))] };
}

/** Evidence that has expired supports nothing: what was anonymous by it counts as pseudonymised, as it would without. */
function withEvidence(transform: Transform, today: string | undefined): Transform {
  const hasExpired = transform.expires !== undefined && today !== undefined && transform.expires < today;
  return transform.yields === "anonymised" && hasExpired ? { ...transform, yields: "pseudonymised" } : transform;
}

/** Each kind once, at its place in the manifest itself rather than in a pack. */
function keysOf(drafts: readonly Draft[]): ManifestKey[] {
  const keys = new Map(drafts.flatMap((draft) => draft.keys).map((key) => [key.key, key]));
  return [...keys.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A text cannot hold the zero byte between two (YAML forbids it), so no two lists of texts are taken for one. */
function hashOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const [index, text] of texts.entries()) hash.update(index === 0 ? text : `\0${text}`);
  return hash.digest("hex");
}
