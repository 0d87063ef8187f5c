/**
 * What is known about a value beside what it may be: which thing of the program it names, and which consents hold where it came by, where it
 * is truthy, where it is falsy. Labels say what may be; this is what must be: a join keeps what both sides have.
 */

/** A consent has answered for somebody: in favour, or (`denied`) against. Interned: one object a meaning. */
export interface Fact {
  readonly id: number;
  readonly consent: string;
  readonly denied: boolean;
  /** Who was asked about, as names of things (`machine/subjects.ts`), sorted; empty: nobody in particular. */
  readonly of: readonly string[];
  /** Consent, answer and subject: what of a fact does not depend on when it was found out. */
  readonly base: string;
  /** The turn of the loops that the subject is an element of, and the run of the root: see `isValid`. */
  readonly turn: number;
  readonly life: string;
}

/** Sorted by id; never two of one id. */
export type Facts = readonly Fact[];

export const NO_FACTS: Facts = [];

/** What holds where a value is this one of several: `"granted"` of `"granted"` and `"denied"`, or an object, `yes` of `ok ? yes : no`. */
export interface Case {
  /** The constant, or the id of the object. */
  readonly value: string | number;
  readonly isObject: boolean;
  readonly held: Facts;
}

export const NO_CASES: readonly Case[] = [];

export interface About {
  /** The thing it is, for primitives: a property of an object, a parameter; "" for none. Objects have a key of their own. */
  readonly key: string;
  /** Whoever has the value has come by these. */
  readonly held: Facts;
  /** What holds besides where it is truthy, and where it is falsy. */
  readonly yes: Facts;
  readonly no: Facts;
  /** What holds besides where it is one of the constants, or of the objects, that it may be. */
  readonly cases: readonly Case[];
}

/** Nothing known is null: most values are of no concern to consents. */
export function about(key: string, held: Facts, yes: Facts = NO_FACTS, no: Facts = NO_FACTS, cases = NO_CASES): About | null {
  return key === "" && held.length === 0 && yes.length === 0 && no.length === 0 && cases.length === 0
    ? null
    : { key, held, yes, no, cases };
}

export function union(a: Facts, b: Facts): Facts {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const ids = new Set(a.map((f) => f.id));
  const more = b.filter((f) => !ids.has(f.id));
  return more.length === 0 ? a : [...a, ...more].sort((x, y) => x.id - y.id);
}

/** Null stands for all there are: what holds on a side that cannot be. */
export function meetOf(a: Facts | null, b: Facts | null): Facts | null {
  if (a === null || a === b) return b;
  if (b === null) return a;
  const both = a.filter((f) => b.some((g) => g.id === f.id));
  return both.length === a.length ? a : both.length === 0 ? NO_FACTS : both;
}

/** What holds on one side, all told: null where that side cannot be. */
export function side(of: About | null, which: "yes" | "no", possible: boolean): Facts | null {
  if (!possible) return null;
  return of === null ? NO_FACTS : union(of.held, of[which]);
}

const sameFacts = (a: Facts, b: Facts): boolean => a === b || (a.length === b.length && a.every((f, i) => f.id === b[i]!.id));

export function sameAbout(a: About | null, b: About | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return a.key === b.key && sameFacts(a.held, b.held) && sameFacts(a.yes, b.yes) && sameFacts(a.no, b.no) && sameCases(a.cases, b.cases);
}

const sameCases = (a: readonly Case[], b: readonly Case[]): boolean =>
  a === b ||
  (a.length === b.length && a.every((x, i) => x.value === b[i]!.value && x.isObject === b[i]!.isObject && sameFacts(x.held, b[i]!.held)));

/** The other way round: of `!v`. */
export const flipped = (of: About | null): About | null => (of === null ? null : about("", of.held, of.no, of.yes));

/** What still holds of it when it may be what it could not be before. */
export const widened = (of: About | null): About | null =>
  of === null || (of.yes.length === 0 && of.no.length === 0 && of.cases.length === 0) ? of : about(of.key, of.held);

/** Without what it says of each object that it may be. */
export const withoutCases = (of: About | null): About | null =>
  of === null || !of.cases.some((one) => one.isObject)
    ? of
    : about(
        of.key,
        of.held,
        of.yes,
        of.no,
        of.cases.filter((one) => !one.isObject),
      );
