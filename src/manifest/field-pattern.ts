/** Field ids are dotted. `user.*` covers everything below `user`, at any depth: `user.email`, `user.address.city`; not `user` itself. */

export interface FieldIndex {
  readonly has: (id: string) => boolean;
  /** The fields that an id or a pattern names, in the order of declaration; empty when there is none. */
  readonly match: (pattern: string) => readonly string[];
  readonly ids: readonly string[];
}

export function isPattern(text: string): boolean {
  return text.endsWith(".*");
}

/** Built once per manifest: every question is one look-up, however many fields there are. */
export function fieldIndex(fields: Iterable<string>): FieldIndex {
  const ids = new Set(fields);
  const below = new Map<string, string[]>();
  for (const id of ids) {
    for (let dot = id.indexOf("."); dot >= 0; dot = id.indexOf(".", dot + 1)) {
      const prefix = id.slice(0, dot);
      const known = below.get(prefix);
      if (known === undefined) below.set(prefix, [id]);
      else known.push(id);
    }
  }
  return {
    ids: [...ids],
    has: (id) => ids.has(id),
    match: (pattern) => (isPattern(pattern) ? (below.get(pattern.slice(0, -2)) ?? []) : ids.has(pattern) ? [pattern] : []),
  };
}
