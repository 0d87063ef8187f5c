/**
 * The hierarchy of purposes. A child inherits: a field allowed for a purpose is allowed for every purpose below it, and what the child
 * does not say about its basis, consent and disclosure, the parent says.
 */
import type { Field, Purpose } from "./model.js";

export interface PurposeHierarchy {
  /** The purpose, its parent, its parent's parent …; an unknown purpose is alone. Ends before a purpose comes again. */
  lineage(id: string): readonly string[];
  /** What the purpose says under `key`, or else the nearest purpose above it that says something. */
  inherited(id: string, key: "basis" | "consent" | "disclosedSince" | "notice"): string | undefined;
  /** May the field be used for the purpose: is it one of the field's own, or below one of them? */
  isAllowed(field: Pick<Field, "purposes">, purpose: string): boolean;
}

export function purposeHierarchy(purposes: Iterable<Purpose>): PurposeHierarchy {
  const byId = new Map<string, Purpose>();
  for (const purpose of purposes) byId.set(purpose.id, purpose);

  function lineage(id: string): readonly string[] {
    const ids = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !ids.has(at); at = byId.get(at)?.parent) ids.add(at);
    return [...ids];
  }

  return {
    lineage,
    inherited(id, key) {
      for (const ancestor of lineage(id)) {
        const value = byId.get(ancestor)?.[key];
        if (value !== undefined) return value;
      }
      return undefined;
    },
    isAllowed: (field, purpose) => lineage(purpose).some((ancestor) => field.purposes.includes(ancestor)),
  };
}
