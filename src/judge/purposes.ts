/** The hierarchy of purposes: a child inherits its parent's basis and consent, and a field allowed for the parent is allowed for it. */
import type { Purpose } from "../manifest/model.js";

export interface PurposeTree {
  /** The purpose itself, its parent, its parent's parent … An unknown purpose is alone. */
  lineage(id: string): readonly string[];
  /** The lawful basis, inherited. */
  basis(id: string): string | undefined;
  /** The consent it rests on, inherited. */
  consent(id: string): string | undefined;
}

export function purposeTree(purposes: readonly Purpose[]): PurposeTree {
  const byId = new Map(purposes.map((purpose) => [purpose.id, purpose]));

  function lineage(id: string): readonly string[] {
    const ids: string[] = [];
    // The loader refuses cycles; the check costs nothing and a loop here would hang an editor.
    for (let at: string | undefined = id; at !== undefined && !ids.includes(at); at = byId.get(at)?.parent) ids.push(at);
    return ids;
  }

  function inherited(id: string, key: "basis" | "consent"): string | undefined {
    for (const ancestor of lineage(id)) {
      const value = byId.get(ancestor)?.[key];
      if (value !== undefined) return value;
    }
    return undefined;
  }

  return { lineage, basis: (id) => inherited(id, "basis"), consent: (id) => inherited(id, "consent") };
}
