/** What of a selection's rows the conditions guard that it puts on the column of a consent. */
import { partOf } from "../../machine/gates.js";
import type { Machine } from "../../machine/machine.js";
import { BOTTOM } from "../../domain/value.js";
import { consentsBy, consentsOf, consented, saysConsent, wantedOf } from "../conditions.js";
import { normalName } from "../names.js";
import { belongsTo, type BelongsTo } from "./persons.js";
import type { Relation, Scope } from "./select.js";
import type { Select, Source } from "./syntax.js";

export interface Guarded {
  /** The relations, those apart on their own conditions that are not of the same person as all others. */
  readonly relations: readonly Relation[];
  /** The consents that are given for the row as a whole. */
  readonly row: ReadonlySet<string>;
}

export function guarded(scope: Scope, s: Select, relations: readonly Relation[]): Guarded {
  const asked = askedIn(scope, s, relations);
  const of = belongsOf(s);
  const isWhole = (f: Asked): boolean => s.from.every(({ alias }) => of(alias, f.alias));
  const partly = asked.filter((f) => !isWhole(f));
  const consents = (all: readonly Asked[]): ReadonlySet<string> => new Set(all.map(({ consent }) => consent));
  const apart = relations.map((r) => givenRelation(scope.m, r, consents(partly.filter((f) => of(r.alias, f.alias)))));
  return { relations: partly.length === 0 ? relations : apart, row: consents(asked.filter(isWhole)) };
}

/** A consent that the rows of an alias have given. */
interface Asked {
  readonly alias: string;
  readonly consent: string;
}

/** What is asked of the tables: by the conditions, and within the queries that some of them are. */
function askedIn(scope: Scope, s: Select, relations: readonly Relation[]): readonly Asked[] {
  const { m, params, ctes } = scope;
  if (!saysConsent(m)) return [];
  const from = [...s.from, ...(s.asked ?? [])];
  const isTable = ({ of }: Source): boolean => of.k === "table" && !ctes.has(normalName(of.name));
  const by = [...(s.where ?? []), ...from.flatMap(({ on }) => on?.where ?? [])].flatMap((c) => {
    const value = "is" in c ? c.is : wantedOf(m, params[c.param] ?? BOTTOM, scope.site);
    return from.flatMap((source): readonly Asked[] => {
      const { alias, of } = source;
      const isMeant = c.alias === undefined || normalName(c.alias) === normalName(alias);
      if (value === undefined || !isMeant || of.k !== "table" || !isTable(source)) return [];
      return consentsBy(m, { table: of.name, column: c.name, value }).map((consent) => ({ alias, consent }));
    });
  });
  const within = from.flatMap((source, i): readonly Asked[] => {
    if (isTable(source) || source.isOuter === true) return [];
    const row = source.of.k === "table" ? ctes.get(normalName(source.of.name)) : relations[i]?.all();
    return row === undefined ? [] : consentsOf(row).map((consent) => ({ alias: source.alias, consent }));
  });
  return [...by, ...within];
}

/** How the tables are linked; where nobody has read that, all are of the same person. */
function belongsOf({ from, links, asked = [] }: Select): BelongsTo {
  const all = [...from, ...asked];
  return links === undefined ? () => true : belongsTo(all, [...links, ...all.flatMap(({ on }) => on?.links ?? [])]);
}

/** The part of a joined row that one table gives, on its own conditions. */
function givenRelation(m: Machine, r: Relation, consents: ReadonlySet<string>): Relation {
  if (consents.size === 0) return r;
  const whole = consented(m, r.all(), consents);
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
