/** What of a selection's rows the conditions guard that it puts on the column of a consent. */
import { partOf } from "../../machine/gates.js";
import type { Machine } from "../../machine/machine.js";
import { BOTTOM } from "../../domain/value.js";
import { flagOf, given, saysConsent, type Fixed } from "../conditions.js";
import { normalName } from "../names.js";
import { belongsTo, type BelongsTo } from "./persons.js";
import type { Relation, Scope } from "./select.js";
import type { Select } from "./syntax.js";

export interface Guarded {
  /** The relations, those apart on their own conditions that are not of the same person as all others. */
  readonly relations: readonly Relation[];
  /** What holds for the row as a whole. */
  readonly row: readonly Fixed[];
}

export function guarded(scope: Scope, s: Select, relations: readonly Relation[]): Guarded {
  const asked = fixedIn(scope, s);
  const of = belongsOf(s);
  const isWhole = (f: Asked): boolean => s.from.every(({ alias }) => of(alias, f.alias));
  const partly = asked.filter((f) => !isWhole(f));
  const apart = relations.map((r) =>
    givenRelation(
      scope.m,
      r,
      partly.filter((f) => of(r.alias, f.alias)),
    ),
  );
  return { relations: partly.length === 0 ? relations : apart, row: asked.filter(isWhole) };
}

/** What is asked for of a table, by its alias. */
type Asked = Fixed & { readonly alias: string };

/** What the conditions ask for of the tables that are read. */
function fixedIn({ m, params, ctes }: Scope, { from, where = [] }: Select): readonly Asked[] {
  if (!saysConsent(m)) return [];
  return [...where, ...from.flatMap(({ on }) => on?.where ?? [])].flatMap((c) => {
    const value = "is" in c ? c.is : flagOf(params[c.param] ?? BOTTOM);
    return from.flatMap(({ alias, of }) => {
      const isMeant = c.alias === undefined || normalName(c.alias) === normalName(alias);
      if (value === undefined || !isMeant || of.k !== "table" || ctes.has(normalName(of.name))) return [];
      return [{ alias, table: of.name, column: c.name, value }];
    });
  });
}

/** How the tables are linked; where nobody has read that, all are of the same person. */
const belongsOf = ({ from, links }: Select): BelongsTo =>
  links === undefined ? () => true : belongsTo(from, [...links, ...from.flatMap(({ on }) => on?.links ?? [])]);

/** The part of a joined row that one table gives, on its own conditions. */
function givenRelation(m: Machine, r: Relation, fixed: readonly Fixed[]): Relation {
  if (fixed.length === 0) return r;
  const whole = given(m, r.all(), fixed);
  return {
    ...r,
    all: () => whole,
    column: (name) => {
      const v = r.column(name);
      return v === undefined ? undefined : partOf(m, whole, v);
    },
    other: (name) => partOf(m, whole, r.other(name)),
  };
}
