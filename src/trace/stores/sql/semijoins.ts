/**
 * Conditions that ask for rows of other tables: `user_id in (select id from users where may_train)`, `exists (select 1 from users u where
 * u.id = n.user_id and u.may_train)`. They are joins of which nothing is read: their tables, links and conditions count as those of joins do.
 */
import type { ReadQuery } from "./expressions.js";
import type { Condition, Link, Named, Select, Source } from "./syntax.js";
import type { Token } from "./tokens.js";

/** Tokens of a condition that asks for rows of a query; `left` is among what that gives. */
interface Within {
  readonly left: Named | undefined;
  readonly select: Select;
}

/** A selection of several tables, with those that only its conditions ask for. */
export type Semijoined = Required<Pick<Select, "where" | "links" | "asked">>;

/** Undefined where the tokens are no such condition, or the query is not one plain selection. */
export function readWithin(
  tokens: readonly Token[],
  params: number,
  columnOf: (tokens: readonly Token[]) => Named | undefined,
  query: ReadQuery,
): Within | undefined {
  const any = tokens.findIndex(({ text }, i) => text === "=" && tokens[i + 1]?.word === "any");
  // `= any (…)` is `in (…)`.
  const list = any < 0 ? -1 : any + 1;
  const at = list >= 0 ? list : tokens.findIndex(({ word }) => word === "in" || word === "exists");
  const isGroup = tokens[at + 1]?.text === "(" && tokens[at + 2]?.word === "select" && tokens.at(-1)?.text === ")";
  const left = at > 0 ? columnOf(tokens.slice(0, list >= 0 ? any : at)) : undefined;
  if (!isGroup || (tokens[at]!.word === "exists" ? at > 0 : left === undefined)) return undefined;
  const before = tokens.slice(0, at + 2).filter(({ kind }) => kind === "param").length;
  const { ctes, parts } = query({ tokens: tokens.slice(at + 2, -1), at: 0, params: params + before });
  const [select, ...others] = parts;
  return select?.k === "select" && ctes.length === 0 && others.length === 0 ? { left, select } : undefined;
}

/** A selection from these tables on these conditions, some of which ask for rows of others. */
export function semijoined(
  from: readonly Source[],
  where: readonly Condition[],
  links: readonly Link[],
  within: readonly Within[],
): Semijoined {
  const out = { where: [...where], links: [...links], asked: [] as Source[] };
  within.forEach(({ left, select }, i) => {
    // Tables of the query are others than those around it, whatever they are called.
    const inner = [...select.from, ...(select.asked ?? [])];
    const called = (alias: string): string => `${alias} ${String(i)}`;
    const named = (of: Named): Named | undefined => {
      const own = inner.find(({ alias }) => alias.toLowerCase() === of.alias?.toLowerCase());
      if (own !== undefined) return { ...of, alias: called(own.alias) };
      if (of.alias !== undefined) return of;
      return inner.length === 1 ? { ...of, alias: called(inner[0]!.alias) } : undefined;
    };
    const link = (a: Named | undefined, b: Named | undefined): Link[] => (a === undefined || b === undefined ? [] : [[a, b]]);
    const condition = (c: Condition): Condition[] => {
      const of = named(c);
      return of === undefined ? [] : [{ ...c, ...of }];
    };
    const asked = inner.map(({ on, ...source }): Source => ({
      ...source,
      alias: called(source.alias),
      ...(on && { on: { where: on.where.flatMap(condition), links: on.links.flatMap(([a, b]) => link(named(a), named(b))) } }),
    }));
    const [item, ...others] = select.items;
    const given = item !== undefined && others.length === 0 && "of" in item && item.of.k === "column" ? named(item.of) : undefined;
    const own = left === undefined || left.alias !== undefined || from.length !== 1 ? left : { ...left, alias: from[0]!.alias };
    out.asked.push(...asked);
    out.where.push(...(select.where ?? []).flatMap(condition));
    out.links.push(...(select.links ?? []).flatMap(([a, b]) => link(named(a), named(b))), ...(left === undefined ? [] : link(own, given)));
  });
  return out;
}
