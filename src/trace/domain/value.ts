/**
 * Abstract values: a set of primitives (kinds, exact constants, or texts with exact parts), the labels that the primitive part bears, and the abstract
 * objects it may refer to. Immutable; joined, never widened except by {@link MAX_CONSTS}.
 */
import { about, meetOf, NO_CASES, NO_FACTS, sameAbout, side, union, widened, type About, type Case, type Facts } from "./about.js";
import { joinLabels, mapLabels, NO_LABELS, sameLabels, type Labels, type Step } from "./labels.js";
import {
  alternatives,
  covers,
  exactPattern,
  idsOf,
  joinPatterns,
  NO_IDS,
  NO_PATTERNS,
  samePatterns,
  spellingAlso,
  type Ids,
  type TextPattern,
  type TextPatterns,
} from "./text-pattern.js";

/** Kinds of primitives, as bits. `Absent`: the property may not exist (then its reader looks further, or gets undefined). */
export const K = {
  Absent: 1,
  Undefined: 2,
  Null: 4,
  True: 8,
  False: 16,
  /** Any number, any string …; exact ones stand in `consts` instead. */
  Number: 32,
  String: 64,
  Big: 128,
  Symbol: 256,
} as const;

export const ANY_PRIMITIVE = K.Undefined | K.Null | K.True | K.False | K.Number | K.String | K.Big | K.Symbol;
export const NULLISH = K.Undefined | K.Null | K.Absent;
const BOOLEAN = K.True | K.False;

export type Const = string | number;

export interface Value {
  readonly kinds: number;
  /** Exact strings and numbers it may be, besides what `kinds` allows; strings only while `K.String` is not set. */
  readonly consts: readonly Const[];
  /**
   * What the string of `kinds` is made of, where something of it is exact: one of these; none means any string. A label that none of
   * them names may be spelled out by every part.
   */
  readonly patterns: TextPatterns;
  readonly labels: Labels;
  /** Ids of abstract objects, ascending. */
  readonly refs: readonly number[];
  /** How the references came here, for paths. */
  readonly via: Step | null;
  /** What consents say of it, and which thing it is; null where no consent is concerned. */
  readonly about: About | null;
}

/** More exact constants than this become "any string" or "any number". */
export const MAX_CONSTS = 12;

const NO_CONSTS: readonly Const[] = [];
const NO_REFS: readonly number[] = [];

const make = (
  kinds: number,
  consts: readonly Const[],
  labels: Labels,
  refs: readonly number[],
  via: Step | null,
  patterns: TextPatterns = NO_PATTERNS,
  of: About | null = null,
): Value => ({ kinds, consts, patterns, labels, refs, via, about: of });

/** Patterns of a string that is one after `kinds` have changed, if it was one before. */
const kept = (v: Value, kinds: number): TextPatterns => ((kinds & v.kinds & K.String) === 0 ? NO_PATTERNS : v.patterns);

export const BOTTOM: Value = make(0, NO_CONSTS, NO_LABELS, NO_REFS, null);
export const UNDEFINED: Value = make(K.Undefined, NO_CONSTS, NO_LABELS, NO_REFS, null);
export const NULL: Value = make(K.Null, NO_CONSTS, NO_LABELS, NO_REFS, null);
export const ABSENT: Value = make(K.Absent, NO_CONSTS, NO_LABELS, NO_REFS, null);
export const TRUE: Value = make(K.True, NO_CONSTS, NO_LABELS, NO_REFS, null);
export const FALSE: Value = make(K.False, NO_CONSTS, NO_LABELS, NO_REFS, null);
export const ANY_BOOLEAN: Value = make(BOOLEAN, NO_CONSTS, NO_LABELS, NO_REFS, null);
export const ANY_NUMBER: Value = make(K.Number, NO_CONSTS, NO_LABELS, NO_REFS, null);
export const ANY_STRING: Value = make(K.String, NO_CONSTS, NO_LABELS, NO_REFS, null);
export const EMPTY_STRING: Value = make(0, [""], NO_LABELS, NO_REFS, null);

export const ofConst = (c: Const | boolean | null | undefined): Value =>
  c === undefined ? UNDEFINED : c === null ? NULL : c === true ? TRUE : c === false ? FALSE : make(0, [c], NO_LABELS, NO_REFS, null);

export const ofRef = (id: number, via: Step | null = null): Value => make(0, NO_CONSTS, NO_LABELS, [id], via);
export const ofRefs = (refs: readonly number[], via: Step | null = null): Value => make(0, NO_CONSTS, NO_LABELS, refs, via);
export const ofKinds = (kinds: number, labels: Labels = NO_LABELS): Value => make(kinds, NO_CONSTS, labels, NO_REFS, null);
/** Any string that spells out `labels`. */
export const stringOf = (labels: Labels): Value => (labels.length === 0 ? ANY_STRING : make(K.String, NO_CONSTS, labels, NO_REFS, null));
export const numberOf = (labels: Labels): Value => (labels.length === 0 ? ANY_NUMBER : make(K.Number, NO_CONSTS, labels, NO_REFS, null));

export const withLabels = (v: Value, labels: Labels): Value =>
  labels === v.labels
    ? v
    : make(v.kinds, v.consts, labels, v.refs, v.via, v.patterns.length === 0 ? NO_PATTERNS : relabelled(v, labels), v.about);
export const addLabels = (v: Value, labels: Labels): Value => withLabels(v, joinLabels(v.labels, labels));
export const withVia = (v: Value, via: Step | null): Value =>
  v.refs.length === 0 || via === v.via ? v : make(v.kinds, v.consts, v.labels, v.refs, via, v.patterns, v.about);
export const withRefs = (v: Value, refs: readonly number[]): Value => make(v.kinds, v.consts, v.labels, refs, v.via, v.patterns, v.about);
export const withAbout = (v: Value, of: About | null): Value =>
  of === v.about ? v : make(v.kinds, v.consts, v.labels, v.refs, v.via, v.patterns, of);
export const withKinds = (v: Value, kinds: number): Value =>
  kinds === v.kinds
    ? v
    : make(kinds, v.consts, v.labels, v.refs, v.via, kept(v, kinds), (kinds & ~v.kinds) === 0 ? v.about : widened(v.about));
/** The constants are some of those that it has, or were of its kinds. */
export const withConsts = (v: Value, kinds: number, consts: readonly Const[]): Value =>
  make(kinds, consts, v.labels, v.refs, v.via, kept(v, kinds), (kinds & ~v.kinds) === 0 ? v.about : widened(v.about));
/** A string that is one of these, with the labels it has. */
export const withPatterns = (v: Value, patterns: TextPatterns): Value =>
  patterns === v.patterns ? v : make(v.kinds, v.consts, v.labels, v.refs, v.via, patterns, v.about);
/** Only the primitive part. */
export const primitivePart = (v: Value): Value =>
  v.refs.length === 0 ? v : make(v.kinds, v.consts, v.labels, NO_REFS, null, v.patterns, v.about);
export const refPart = (v: Value): Value =>
  v.kinds === 0 && v.consts.length === 0 ? v : make(0, NO_CONSTS, NO_LABELS, v.refs, v.via, NO_PATTERNS, v.about);

export const isBottom = (v: Value): boolean => v.kinds === 0 && v.consts.length === 0 && v.refs.length === 0;
export const hasPrimitive = (v: Value): boolean => (v.kinds & ~K.Absent) !== 0 || v.consts.length > 0;
export const mayBeNullish = (v: Value): boolean => (v.kinds & NULLISH) !== 0;

/** What is read of a property that may be absent: undefined instead. */
export const presentOrUndefined = (v: Value): Value =>
  (v.kinds & K.Absent) === 0 ? v : make((v.kinds & ~K.Absent) | K.Undefined, v.consts, v.labels, v.refs, v.via, v.patterns, v.about);
export const withoutAbsent = (v: Value): Value =>
  (v.kinds & K.Absent) === 0 ? v : make(v.kinds & ~K.Absent, v.consts, v.labels, v.refs, v.via, v.patterns, v.about);
/** What a default stands in for is gone. */
export const withoutUndefined = (v: Value): Value =>
  (v.kinds & (K.Absent | K.Undefined)) === 0
    ? v
    : make(v.kinds & ~(K.Absent | K.Undefined), v.consts, v.labels, v.refs, v.via, v.patterns, v.about);
export function nonNullish(v: Value): Value {
  return (v.kinds & NULLISH) === 0 ? v : make(v.kinds & ~NULLISH, v.consts, v.labels, v.refs, v.via, v.patterns, v.about);
}

function joinRefs(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  let i = 0;
  let j = 0;
  const out: number[] = [];
  while (i < a.length && j < b.length) {
    const x = a[i]!;
    const y = b[j]!;
    if (x === y) {
      out.push(x);
      i++;
      j++;
    } else if (x < y) {
      out.push(x);
      i++;
    } else {
      out.push(y);
      j++;
    }
  }
  while (i < a.length) out.push(a[i++]!);
  while (j < b.length) out.push(b[j++]!);
  return out.length === a.length ? a : out.length === b.length ? b : out;
}

const compareConsts = (a: Const, b: Const): number =>
  typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "string" ? -1 : 1;

/** Least upper bound. */
export function join(a: Value, b: Value): Value {
  if (a === b || isBottom(b)) return isBottom(a) && b !== a ? b : a;
  if (isBottom(a)) return b;
  let kinds = a.kinds | b.kinds;
  let consts = a.consts;
  if (b.consts !== a.consts && !b.consts.every((c) => a.consts.includes(c))) {
    consts = [...new Set([...a.consts, ...b.consts])].sort(compareConsts);
  }
  let patterns = NO_PATTERNS;
  if (consts.length > 0 && ((kinds & (K.String | K.Number)) !== 0 || consts.length > MAX_CONSTS)) {
    if (consts.length > MAX_CONSTS) for (const c of consts) kinds |= typeof c === "string" ? K.String : K.Number;
    consts = consts.filter((c) => (typeof c === "string" ? (kinds & K.String) === 0 : (kinds & K.Number) === 0));
  }
  if ((kinds & K.String) !== 0 && !isAnyString(a) && !isAnyString(b)) patterns = joinPatterns(spelledPatterns(a), spelledPatterns(b));
  const labels = joinLabels(a.labels, b.labels);
  const refs = joinRefs(a.refs, b.refs);
  const via = shorter(a.via, b.via);
  const of = a.about === null && b.about === null ? null : joinAbout(a, b);
  if (
    kinds === a.kinds &&
    consts === a.consts &&
    labels === a.labels &&
    refs === a.refs &&
    via === a.via &&
    patterns === a.patterns &&
    sameAbout(of, a.about)
  )
    return a;
  return make(kinds, consts, labels, refs, via, patterns, of);
}

/** What must be is what both say; of a side that one of them cannot be on, what the other says. */
function joinAbout(a: Value, b: Value): About | null {
  const [x, y] = [truthiness(a), truthiness(b)];
  const held = meetOf(a.about?.held ?? NO_FACTS, b.about?.held ?? NO_FACTS) ?? NO_FACTS;
  const yes = meetOf(side(a.about, "yes", x.yes), side(b.about, "yes", y.yes)) ?? NO_FACTS;
  const no = meetOf(side(a.about, "no", x.no), side(b.about, "no", y.no)) ?? NO_FACTS;
  const [k, l] = [a.about?.key ?? "", b.about?.key ?? ""];
  return about(k === l || isNullish(b) ? k : isNullish(a) ? l : "", held, yes, no, joinCases(a, b, held));
}

/** Of each constant and each object that either may be, what holds where it is that one, as far as it is more than holds anyhow. */
function joinCases(a: Value, b: Value, held: Facts): readonly Case[] {
  const [known, refs] = [(a.about?.cases ?? NO_CASES).length > 0, joinRefs(a.refs, b.refs)];
  if (!known && a.consts.length + b.consts.length < 2 && refs.length < 2) return NO_CASES;
  const of = (value: Const, isObject: boolean, both: Facts | null): readonly Case[] =>
    both !== null && both.length > held.length ? [{ value, isObject, held: both }] : [];
  const values = [...new Set([...a.consts, ...b.consts])].sort(compareConsts);
  const cases = [
    ...values.flatMap((value) => of(value, false, meetOf(caseOf(a, value), caseOf(b, value)))),
    ...(refs.length > MAX_CONSTS ? [] : refs.flatMap((id) => of(id, true, meetOf(caseOfRef(a, id), caseOfRef(b, id))))),
  ];
  return cases.length === 0 ? NO_CASES : cases;
}

/** What holds where a value is this constant; null where it cannot be. */
export function caseOf({ consts, kinds, refs, about: of }: Value, value: Const): Facts | null {
  const isOne = consts.includes(value);
  if (!isOne && refs.length === 0 && (kinds & (typeof value === "string" ? K.String : K.Number)) === 0) return null;
  if (of === null) return NO_FACTS;
  const own = isOne ? of.cases.find((one) => one.value === value && !one.isObject) : undefined;
  const isTruthy = value !== "" && value !== 0 && !Number.isNaN(value);
  return union(union(of.held, isTruthy ? of.yes : of.no), own?.held ?? NO_FACTS);
}

/** What holds where a value is the object of this id; null where it cannot be. */
export function caseOfRef({ refs, about: of }: Value, id: number): Facts | null {
  if (!refs.includes(id)) return null;
  const own = of?.cases.find((one) => one.value === id && one.isObject);
  return of === null ? NO_FACTS : union(union(of.held, of.yes), own?.held ?? NO_FACTS);
}

/** Is it nothing but null, undefined or absent? */
const isNullish = (v: Value): boolean => v.refs.length === 0 && v.consts.length === 0 && (v.kinds & ~NULLISH) === 0;

/** Is nothing known of the string that it may be? */
const isAnyString = (v: Value): boolean => (v.kinds & K.String) !== 0 && v.patterns.length === 0;

export const idsOfLabels = (labels: Labels): Ids => (labels.length === 0 ? NO_IDS : labels.map((l) => l.id));

/** Ids of its labels that no part of its patterns is known to have for itself. */
function looseIds(v: Value): Ids {
  if (v.labels.length === 0) return NO_IDS;
  return idsOfLabels(v.labels).filter((id) => !v.patterns.some((p) => p.whole.includes(id) || p.holes.some((ids) => ids.includes(id))));
}

/**
 * The texts it may be, each part with the ids of the labels that it spells out; none where it may be any string, or is no text.
 */
export function spelledPatterns(v: Value): TextPatterns {
  if ((v.kinds & K.String) === 0) {
    const texts = v.consts.filter((c) => typeof c === "string");
    const ids = texts.length === 0 ? NO_IDS : idsOfLabels(v.labels);
    return texts.length === 0 ? NO_PATTERNS : alternatives(texts.map((text) => exactPattern(text, ids)));
  }
  if (v.patterns.length === 0 || v.labels.length === 0) return v.patterns;
  const loose = looseIds(v);
  return loose.length === 0 ? v.patterns : v.patterns.map((p) => spellingAlso(p, loose));
}

/** A part of a text as a value: with those of the text's labels that the part spells out. */
export function spelledBy(text: Value, part: TextPattern): Value {
  const ids = idsOf(part);
  const labels = ids.length === 0 ? NO_LABELS : text.labels.filter((l) => ids.includes(l.id));
  if (part.holes.length === 0 && labels.length === 0) return ofConst(part.text);
  return make(K.String, NO_CONSTS, labels, NO_REFS, null, alternatives([part]));
}

/** Patterns of a value that gets other labels: where some are gone (each was changed to another), any part may have any of the new ones. */
function relabelled(v: Value, labels: Labels): TextPatterns {
  let i = 0;
  for (const l of labels) if (i < v.labels.length && v.labels[i]!.id === l.id) i++;
  return i === v.labels.length ? v.patterns : v.patterns.map(unspelled);
}

/** With other ids for labels, in what its parts spell out as well. */
export function mapValue(v: Value, by: (id: number) => number): Value {
  const labels = mapLabels(v.labels, by);
  if (labels === v.labels) return v;
  const ids = (all: Ids): Ids => (all.length === 0 ? all : [...new Set(all.map(by))].sort((a, b) => a - b));
  const patterns = v.patterns.map((p): TextPattern => ({ text: p.text, holes: p.holes.map(ids), whole: ids(p.whole) }));
  return make(v.kinds, v.consts, labels, v.refs, v.via, v.patterns.length === 0 ? NO_PATTERNS : patterns, v.about);
}

const unspelled = (p: TextPattern): TextPattern => ({ text: p.text, holes: p.holes.map(() => NO_IDS), whole: NO_IDS });

/** From this many values on references are joined all at once: one after the other costs the square of their number. */
const MANY = 4;

/** Least upper bound of any number of values. */
export function joinAll(all: readonly Value[]): Value {
  const values = all.length < MANY ? all : [...new Set(all)];
  if (values.length < MANY || values.some((v) => v.about !== null)) return values.reduce(join, BOTTOM);
  const lists = new Set<readonly number[]>();
  let primitive: Value = BOTTOM;
  let via: Step | null = null;
  for (const v of values) {
    if (v.refs.length > 0) {
      lists.add(v.refs);
      via = shorter(via, v.via);
    }
    if (v.kinds !== 0 || v.consts.length > 0) primitive = join(primitive, primitivePart(v));
  }
  const [first, ...others] = lists;
  if (first === undefined) return primitive;
  const together = new Set(first);
  for (const list of others) for (const id of list) together.add(id);
  const refs = together.size === first.length ? first : Array.from(together).sort((a, b) => a - b);
  return make(primitive.kinds, primitive.consts, primitive.labels, refs, via, primitive.patterns);
}

/** Of two ways the shorter, else the first. */
const shorter = (a: Step | null, b: Step | null): Step | null => (a === null ? b : b === null ? a : b.length < a.length ? b : a);

/** Equality of meaning: the evidence (steps) does not count. */
export function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kinds !== b.kinds || a.consts.length !== b.consts.length || a.refs.length !== b.refs.length || !sameLabels(a.labels, b.labels))
    return false;
  if (!samePatterns(a.patterns, b.patterns) || !sameAbout(a.about, b.about)) return false;
  for (let i = 0; i < a.consts.length; i++) if (a.consts[i] !== b.consts[i]) return false;
  for (let i = 0; i < a.refs.length; i++) if (a.refs[i] !== b.refs[i]) return false;
  return true;
}

/** The one constant it is, if it is exactly one and nothing else. Labelled values are never exact. */
export function exact(v: Value): Const | undefined {
  return v.kinds === 0 && v.refs.length === 0 && v.consts.length === 1 ? v.consts[0] : undefined;
}

/** Exact constants become "any of their kind": at a source, where the text of a stand-in says nothing of the real value. */
export function blurred(v: Value): Value {
  let kinds = v.kinds;
  for (const c of v.consts) kinds |= typeof c === "string" ? K.String : K.Number;
  if ((kinds & BOOLEAN) !== 0) kinds |= BOOLEAN;
  return make(kinds, NO_CONSTS, v.labels, v.refs, v.via, NO_PATTERNS, widened(v.about));
}

const isEmptyText = (p: TextPattern): boolean => p.text === "";

const isFalsyConst = (c: Const): boolean => c === "" || c === 0 || Number.isNaN(c);

/** Can the string of its kinds be this text? */
export const mayBeText = (v: Value, text: string): boolean =>
  (v.kinds & K.String) !== 0 && (v.patterns.length === 0 || v.patterns.some((p) => covers(p.text, text)));

/** Can it be truthy, can it be falsy? */
export function truthiness(v: Value): { readonly yes: boolean; readonly no: boolean } {
  const open = (v.kinds & (K.Number | K.String | K.Big)) !== 0;
  const empty = (v.kinds & (K.Number | K.Big)) !== 0 || mayBeText(v, "");
  return {
    yes: v.refs.length > 0 || open || (v.kinds & (K.True | K.Symbol)) !== 0 || v.consts.some((c) => !isFalsyConst(c)),
    no: empty || (v.kinds & (K.False | NULLISH)) !== 0 || v.consts.some(isFalsyConst),
  };
}

/** Its truthy part: what `v` still can be behind `if (v)`. */
export function truthyPart(v: Value): Value {
  const consts = v.consts.some(isFalsyConst) ? v.consts.filter((c) => !isFalsyConst(c)) : v.consts;
  const patterns = v.patterns.some(isEmptyText) ? v.patterns.filter((p) => !isEmptyText(p)) : v.patterns;
  // None left is no string at all: no patterns would be any.
  const gone = K.False | NULLISH | (patterns !== v.patterns && patterns.length === 0 ? K.String : 0);
  const kinds = v.kinds & ~gone;
  return kinds === v.kinds && consts === v.consts && patterns === v.patterns
    ? v
    : make(kinds, consts, v.labels, v.refs, v.via, patterns, v.about);
}

/** Its falsy part: `""`, `0`, `null` … spell nothing out, so no labels are left. */
export function falsyPart(v: Value): Value {
  const consts: Const[] = v.consts.filter(isFalsyConst);
  if (mayBeText(v, "") && !consts.includes("")) consts.push("");
  if ((v.kinds & (K.Number | K.Big)) !== 0 && !consts.includes(0)) consts.push(0);
  return make(v.kinds & (K.False | NULLISH), consts.sort(compareConsts), NO_LABELS, NO_REFS, null, NO_PATTERNS, v.about);
}
