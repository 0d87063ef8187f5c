/**
 * A purpose by the name that a taxonomy has for it: `for: [tcf:3]` is the purpose whose `same-as` is that. A purpose's own name comes
 * first; a key of fideslang needs no prefix.
 */
import { isTaxonomyName, namedTerm } from "../taxonomy/names.js";
import type { Purpose } from "./model.js";
import type { Draft, Resolved } from "./resolve/draft.js";

export type PurposeNames = (name: string) => readonly string[];

/** From a name to the purposes that are called so: itself when it is one's own, else all those that are the same as the term. */
export function purposeNames(purposes: Iterable<Pick<Purpose, "id" | "sameAs">>): PurposeNames {
  const own = new Set<string>();
  const same = new Map<string, Set<string>>();
  for (const { id, sameAs = [] } of purposes) {
    own.add(id);
    for (const name of sameAs) same.set(name, (same.get(name) ?? new Set()).add(id));
  }
  return (name) => {
    if (own.has(name)) return [name];
    const term = namedTerm(name, "purposes");
    return term.ok ? [...(same.get(term.value.name) ?? [])] : [];
  };
}

/** What is wrong with a name that is of no declared purpose, if a taxonomy is meant: with what to do about it. */
export function unknownPurpose(name: string): { readonly message: string; readonly fix: string } | undefined {
  const term = namedTerm(name, "purposes");
  if (!term.ok) return isTaxonomyName(name) ? term : undefined;
  return {
    message: `no purpose is the same as \`${name}\` (${term.value.term.label})`,
    fix: `add \`same-as: ${name}\` to the purpose that it is, under \`purposes\``,
  };
}

/** The files with every purpose under its own name, wherever they call one by that of a taxonomy. */
export function withOwnNames(drafts: readonly Draft[]): { readonly drafts: readonly Draft[]; readonly names: PurposeNames } {
  // What stands in a later file replaces its namesake.
  const declared = new Map(drafts.flatMap(({ purposes }) => purposes.map(({ value }) => [value.id, value] as const)));
  const wrong = drafts.flatMap((draft) => draft.names.purposes.filter((id) => !declared.has(id)).map((id) => ({ id })));
  const names = purposeNames([...declared.values(), ...wrong]);
  const own = (name: string): string => {
    const [only, second] = names(name);
    return only === undefined || second !== undefined ? name : only;
  };
  const each = <Value>(list: readonly Resolved<Value>[], rename: (value: Value) => Value): Resolved<Value>[] =>
    list.map((one) => ({ ...one, value: rename(one.value) }));
  return {
    names,
    drafts: drafts.map((draft) => ({
      ...draft,
      purposes: each(draft.purposes, (one) => (one.parent === undefined ? one : { ...one, parent: own(one.parent) })),
      fields: each(draft.fields, (one) => ({ ...one, purposes: one.purposes.map(own) })),
      sinks: each(draft.sinks, (one) => ({ ...one, purpose: own(one.purpose) })),
      compatibility: each(draft.compatibility, (one) => ({ ...one, from: own(one.from), to: own(one.to) })),
    })),
  };
}
