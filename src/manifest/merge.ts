/**
 * A manifest and its packs as one. What stands in a file that extends replaces what it extends: an entry of the same name, or one
 * about the same place in the code. Two such entries in one file are a mistake.
 */
import { printLocator } from "./locator.js";
import type { Locator, Notice, Sink, Source } from "./model.js";
import { printArgument, printPath } from "./property-path.js";
import type { Draft, Resolved, Sections } from "./resolve/draft.js";

export interface Merged extends Sections {
  readonly notice?: Resolved<Notice>;
  readonly warnBefore?: string;
  /** Every declared name, also of entries that are wrong in themselves. */
  readonly names: Readonly<Record<keyof Draft["names"], ReadonlySet<string>>>;
}

/** What entries of a section are told apart by. */
interface Identity<Value> {
  /** Two entries of one file that share one of these are duplicates. */
  keys(value: Value): readonly string[];
  what(value: Value): string;
  /** An entry of a pack that shares one of these as well is replaced. */
  replaces?(value: Value): readonly string[];
}

/** `drafts` as they were read: what is extended first. The manifest's own entries come first in the result. */
export function merge(drafts: readonly Draft[]): Merged {
  const byPriority = drafts.toReversed();
  const names = {
    purposes: namesOf(byPriority, "purposes"),
    fields: namesOf(byPriority, "fields"),
    consent: namesOf(byPriority, "consent"),
    budgets: namesOf(byPriority, "budgets"),
    stores: namesOf(byPriority, "stores"),
  };
  const own = byPriority[0];

  const all = <Value>(pick: (draft: Draft) => readonly Resolved<Value>[], identity: Identity<Value>): Resolved<Value>[] =>
    mergeLists(byPriority.map(pick), identity);
  const notice = byPriority.find((draft) => draft.notice !== undefined)?.notice;
  const warnBefore = byPriority.find((draft) => draft.warnBefore !== undefined)?.warnBefore;
  return {
    names,
    ...(notice && { notice }),
    ...(warnBefore !== undefined && { warnBefore }),
    purposes: all((draft) => draft.purposes, byId("purpose")),
    fields: all((draft) => draft.fields, byId("field")),
    sources: all((draft) => draft.sources, { keys: (source) => [sourceKey(source)], what: ({ field }) => `this source of \`${field}\`` }),
    // A pack knows libraries, not purposes: what it says about one that the manifest does not have is about nothing.
    sinks: all<Sink>((draft) => (draft === own ? draft.sinks : draft.sinks.filter(({ value }) => names.purposes.has(value.purpose))), {
      ...byId("sink"),
      replaces: replacedPlaces,
    }),
    stores: all((draft) => draft.stores, byId("store")),
    transforms: all((draft) => draft.transforms, {
      keys: ({ locator }) => [printLocator(locator)],
      what: ({ locator }) => `the transform \`${locator.text}\``,
    }),
    consent: all((draft) => draft.consent, byId("consent")),
    compatibility: all((draft) => draft.compatibility, {
      keys: ({ from, to, status, fields }) => fields.map((field) => [from, to, status, field].join("\0")),
      what: ({ from, to }) => `this assessment of \`${from}\` for \`${to}\``,
    }),
    budgets: all((draft) => draft.budgets, byId("budget")),
    zones: all((draft) => draft.zones, byId("zone")),
    exceptions: all((draft) => draft.exceptions, {
      keys: ({ finding }) => [finding],
      what: ({ finding }) => `the exception for \`${finding}\``,
    }),
  };
}

function byId<Value extends { readonly id: string }>(what: string): Identity<Value> {
  return { keys: ({ id }) => [id], what: ({ id }) => `the ${what} \`${id}\`` };
}

function mergeLists<Value>(lists: readonly (readonly Resolved<Value>[])[], identity: Identity<Value>): Resolved<Value>[] {
  const merged: Resolved<Value>[] = [];
  const replaced = new Set<string>();
  for (const list of lists) {
    const seen = new Map<string, Resolved<Value>>();
    const kept: Resolved<Value>[] = [];
    for (const one of list) {
      const keys = identity.keys(one.value);
      const first = keys.map((key) => seen.get(key)).find((known) => known !== undefined);
      for (const key of keys) if (!seen.has(key)) seen.set(key, one);
      if (first !== undefined) {
        const message = `${identity.what(one.value)} is declared twice; first in line ${first.entry.place.line}`;
        one.entry.fail("duplicate", one.entry.place, message, "remove one, or give it a name of its own");
      } else if (![...keys, ...(identity.replaces?.(one.value) ?? [])].some((key) => replaced.has(key))) kept.push(one);
    }
    for (const { value } of kept) for (const key of [...identity.keys(value), ...(identity.replaces?.(value) ?? [])]) replaced.add(key);
    merged.push(...kept);
  }
  return merged;
}

function namesOf(drafts: readonly Draft[], kind: keyof Draft["names"]): ReadonlySet<string> {
  return new Set(drafts.flatMap((draft) => draft.names[kind]));
}

/** The same field from the same place in the code. */
function sourceKey({ field, at }: Source): string {
  const where = ((): string[] => {
    switch (at.kind) {
      case "property":
        return [printLocator(at.locator)];
      case "returns":
        return [printLocator(at.locator), printPath(at.path)];
      case "parameter":
      case "call":
        return [printLocator(at.locator), printArgument(at.argument)];
      case "site":
        return [at.file, String(at.at), printArgument(at.argument)];
      case "route":
        return [at.method, at.url, printPath(at.path)];
    }
  })();
  return [field, at.kind, ...where].join("\0");
}

/** A sink limited to some code does not speak for the rest, so it replaces nothing. */
function replacedPlaces({ at, when, within }: Sink): readonly string[] {
  if (within !== undefined || at.kind !== "call") return [];
  const conditions = when.map(({ argument, value }) => `${printArgument(argument)}=${JSON.stringify(value)}`).sort();
  return [["call", calleeOf(at.locator), at.argument === undefined ? "" : printArgument(at.argument), ...conditions].join("\0")];
}

function calleeOf(locator: Locator): string {
  return locator.module.kind === "file" ? `${locator.module.glob}:${locator.path.join(".")}` : printLocator(locator);
}
