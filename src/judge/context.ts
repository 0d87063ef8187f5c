/** What every check is given: the manifest, indexed, and how to name places. */
import type { Consent, Field, Manifest, ManifestPlace } from "../manifest/model.js";
import { purposeHierarchy, type PurposeHierarchy } from "../manifest/purposes.js";
import type { Place, TraceResult } from "../trace/result.js";
import type { JudgeOptions } from "./judge.js";
import { companyOf, type Company } from "./rejoined.js";
import { relativeTo } from "./relative.js";

export interface Context {
  readonly trace: TraceResult;
  readonly manifest: Manifest;
  /** `2026-05-31`: what has expired is decided by this and by nothing else. */
  readonly today: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** What flows are worth in the records that they arrive in. */
  readonly company: Company;
  readonly consents: ReadonlyMap<string, Consent>;
  readonly purposes: PurposeHierarchy;
  /** The manifest's file, relative to the root. */
  readonly file: string;
  /** A place of the manifest as a finding's location. */
  place(at: ManifestPlace): Place;
  /** `purpose.yaml:14`. */
  where(at: ManifestPlace): string;
  /** For a locator that matches nothing: the one that was probably meant. */
  near(locator: string): string | undefined;
  /** Is the entry the project's own, not that of a pack it extends? Only those are held against the project. */
  own(at: ManifestPlace): boolean;
}

export function makeContext(trace: TraceResult, manifest: Manifest, options: JudgeOptions): Context {
  const fields = new Map(manifest.fields.map((field) => [field.id, field]));
  return {
    trace,
    manifest,
    today: options.today,
    fields,
    company: companyOf(trace.flows, fields),
    consents: new Map(manifest.consents.map((consent) => [consent.id, consent])),
    purposes: purposeHierarchy(manifest.purposes),
    file: relativeTo(options.root, manifest.file),
    place: ({ file, line, column }) => ({ file: relativeTo(options.root, file), line, column, endLine: line, endColumn: column }),
    where: ({ file, line }) => `${relativeTo(options.root, file)}:${line}`,
    near: (locator) => options.near?.(locator),
    own: ({ file }) => file === manifest.file,
  };
}

/** `src/train.ts:42`. */
export function at(place: Place): string {
  return `${place.file}:${place.line}`;
}

/** `a`, `a and b`, `a, b and c`, or another word where each is enough; more than `most` are counted. */
export function list(items: readonly string[], most = 6, word = "and"): string {
  const shown = items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} ${word} ${shown.at(-1)}`;
}

/** Does `pattern` (a field, or `chat.*`) name `field`? */
export function namesField(pattern: string, field: string): boolean {
  return pattern === field || (pattern.endsWith(".*") && field.startsWith(pattern.slice(0, -1)));
}
