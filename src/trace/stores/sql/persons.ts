/**
 * Whose the parts of a joined row are. A row of one table is of the person whom a row of another is about where it names that one by its key:
 * `chats c join users u on u.id = c.user_id`. It is not where nothing links them, or where both only name the same third: `u.team_id = c.team_id`.
 * Which of several keys of a row is its person's (`owner_id`, `manager_id`) no statement tells: each is taken to be.
 */
import { namesWhole } from "../../machine/people.js";
import { normalName } from "../names.js";
import type { Link, Named, Source } from "./syntax.js";

/** Is what comes from the one alias about whom the other is about? */
export type BelongsTo = (alias: string, person: string) => boolean;

const same = (a: string, b: string): boolean => normalName(a) === normalName(b);

/**
 * Names that a key of the table's own has: `id`, `user_id` of `users`, `email`. So has the key of the person whom a row is about: rows that have
 * one `user_id` are his, both. One that names something else, `team_id`, is none.
 */
function isKeyOf({ alias, of }: Source, column: string): boolean {
  const [, stem] = /^(.*)(?:id|uuid)$/.exec(normalName(column)) ?? [];
  if (stem === undefined || stem === "" || namesWhole(column) || namesWhole(`${stem}Id`)) return true;
  const names = [alias, ...(of.k === "table" ? [of.name] : [])].map(normalName);
  return names.some((name) => [stem, `${stem}s`, `${stem}es`, stem.replace(/y$/, "ies")].includes(name));
}

export function belongsTo(from: readonly Source[], links: readonly Link[]): BelongsTo {
  const sourcesOf = (of: Named, other: Named): readonly Source[] =>
    from.filter(({ alias }) => (of.alias === undefined ? other.alias === undefined || !same(alias, other.alias) : same(alias, of.alias)));
  /** Aliases, and those that they name by their keys. */
  const named = new Map<string, Set<string>>();
  const names = (by: Named, of: Named): void => {
    for (const target of sourcesOf(of, by))
      if (isKeyOf(target, of.name))
        for (const { alias } of sourcesOf(by, of)) named.set(alias, (named.get(alias) ?? new Set()).add(target.alias));
  };
  for (const [left, right] of links) {
    names(left, right);
    names(right, left);
  }
  return (alias, person) => {
    const reached = new Set([alias]);
    for (const one of reached) for (const next of named.get(one) ?? []) reached.add(next);
    return [...reached].some((one) => same(one, person));
  };
}
