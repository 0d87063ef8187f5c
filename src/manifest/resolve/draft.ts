/** One file of a manifest, resolved on its own: what it says, what it refers to, and where. */
import type {
  Assessment,
  Budget,
  Consent,
  Exception,
  Field,
  ManifestKey,
  Notice,
  Purpose,
  Sink,
  Source,
  Store,
  Transform,
  Zone,
} from "../model.js";
import { nearest } from "../nearest.js";
import { keysAt } from "../schema-keys.js";
import type { EntryInput, Section } from "../schema.js";
import type { Shaped } from "../shape.js";
import { resolveField, resolvePurpose } from "./declarations.js";
import { makeEntry, type Entry, type FileContext } from "./entry.js";
import { resolveAssessment, resolveBudget, resolveConsent, resolveException, resolveNotice, resolveZone } from "./governance.js";
import { keysInUse } from "./keys-in-use.js";
import { resolveSink } from "./sink.js";
import { resolveSource } from "./source.js";
import { resolveStore } from "./store.js";
import { resolveTransform } from "./transform.js";

/** What an entry became, with the entry for its places and references. */
export interface Resolved<Value> {
  readonly value: Value;
  readonly entry: Entry<unknown>;
}

/** What a manifest says, section by section. */
export interface Sections {
  readonly purposes: readonly Resolved<Purpose>[];
  readonly fields: readonly Resolved<Field>[];
  readonly sources: readonly Resolved<Source>[];
  readonly sinks: readonly Resolved<Sink>[];
  readonly stores: readonly Resolved<Store>[];
  readonly transforms: readonly Resolved<Transform>[];
  readonly consent: readonly Resolved<Consent>[];
  readonly compatibility: readonly Resolved<Assessment>[];
  readonly budgets: readonly Resolved<Budget>[];
  readonly zones: readonly Resolved<Zone>[];
  readonly exceptions: readonly Resolved<Exception>[];
}

export interface Draft extends Sections {
  readonly file: string;
  readonly notice?: Resolved<Notice>;
  readonly warnBefore?: string;
  readonly keys: readonly ManifestKey[];
  /** Names that the file declares, those of wrong entries too: a mistake in an entry is not a mistake in all that name it. */
  readonly names: Readonly<Record<"purposes" | "fields" | "consent" | "budgets" | "stores", readonly string[]>>;
}

export function resolveFile(context: FileContext, { input, isWrong }: Shaped): Draft {
  function each<Name extends Section, Value>(
    section: Name,
    resolve: (entry: Entry<EntryInput<Name>>) => Value | undefined,
  ): Resolved<Value>[] {
    if (isWrong([section])) return [];
    const list: object = input[section] ?? {};
    return Object.entries(list).flatMap(([key, value]: [string, EntryInput<Name>]) => {
      const path = [section, Array.isArray(list) ? Number(key) : key];
      if (isWrong(path)) return [];
      const entry = makeEntry(context, path, value);
      const resolved = resolve(entry);
      return resolved === undefined ? [] : [{ value: resolved, entry }];
    });
  }

  const { file } = context;
  const notice = input.notice === undefined || isWrong(["notice"]) ? undefined : makeEntry(context, ["notice"], input.notice);
  return {
    file,
    ...(input["warn-before"] !== undefined && !isWrong(["warn-before"]) && { warnBefore: input["warn-before"] }),
    ...(notice && { notice: { value: resolveNotice(notice), entry: notice } }),
    purposes: each("purposes", resolvePurpose),
    fields: each("fields", resolveField),
    sources: each("sources", resolveSource),
    sinks: each("sinks", resolveSink),
    stores: each("stores", resolveStore),
    transforms: each("transforms", resolveTransform),
    consent: each("consent", resolveConsent),
    compatibility: each("compatibility", resolveAssessment),
    budgets: each("budgets", resolveBudget),
    zones: each("zones", resolveZone),
    exceptions: each("exceptions", resolveException),
    keys: keysInUse(context),
    names: {
      purposes: namesOf(input, "purposes"),
      fields: namesOf(input, "fields"),
      consent: namesOf(input, "consent"),
      budgets: namesOf(input, "budgets"),
      stores: namesOf(input, "stores"),
    },
  };
}

/** Of wrong input as well, so nothing is taken for granted; and below a key that was probably meant to be the section's. */
function namesOf(input: object, section: keyof Draft["names"]): string[] {
  const known = keysAt([]);
  return Object.entries(input).flatMap(([key, value]: [string, unknown]) => {
    if (key !== section && (known.includes(key) || nearest(key, known) !== section)) return [];
    if (Array.isArray(value)) return (value as unknown[]).flatMap((entry) => idOf(entry) ?? []);
    return typeof value === "object" && value !== null ? Object.keys(value) : [];
  });
}

function idOf(entry: unknown): string | undefined {
  const id: unknown = typeof entry === "object" && entry !== null ? (entry as { id?: unknown }).id : undefined;
  return typeof id === "string" ? id : undefined;
}
