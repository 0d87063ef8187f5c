/** Ways to somewhere that is no sink: several of one field to one place are one thing to fix. */
import type { Passage } from "../trace/result.js";
import type { Draft } from "./finding.js";
import { closeness } from "./status.js";

/** Of each group of one key the passage that is closest to the person, then the shortest. */
export function worst<P extends Passage>(passages: readonly P[], keyOf: (passage: P) => string): readonly P[] {
  const groups = new Map<string, P>();
  for (const passage of passages) {
    const key = keyOf(passage);
    const known = groups.get(key);
    if (known === undefined || isWorse(passage, known)) groups.set(key, passage);
  }
  return [...groups.values()];
}

function isWorse(a: Passage, b: Passage): boolean {
  const nearer = closeness(a.status) - closeness(b.status);
  return nearer < 0 || (nearer === 0 && a.path.length < b.path.length);
}

/** What a finding has of a passage. */
export function told({
  field,
  status,
  at,
  source,
  path,
}: Passage): Pick<Draft, "field" | "status" | "location" | "source" | "path" | "sink" | "purpose"> {
  return { field, status, location: at, source, path, sink: null, purpose: null };
}
