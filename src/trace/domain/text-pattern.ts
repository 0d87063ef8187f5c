/**
 * Text patterns: exact parts and holes in order, as templates and concatenations make them (`user:${id}:profile`). A simple case of
 * the bricks domain (Costantini, Ferrara, Cortesi, ICFEM 2011): each hole is any text at all, and nothing repeats.
 *
 * Each part knows which labels it spells out, by their ids: what is cut out of a text later bears those of its own parts only.
 */

/** Stands for a hole in the text of a pattern. In exact text it is a hole as well: any text. */
export const HOLE = "\0";

/** In names of routes: any text without a slash, as a parameter of theirs is. */
export const NAME_HOLE = "\u0001";

/** Ids of labels, ascending. */
export type Ids = readonly number[];

export const NO_IDS: Ids = [];

export interface TextPattern {
  /** The exact parts, with {@link HOLE} for each hole; never two holes side by side. */
  readonly text: string;
  /** What each hole spells out, in order. */
  readonly holes: readonly Ids[];
  /** What any part of it may spell out, exact ones too. */
  readonly whole: Ids;
}

/** More holes than this are one. */
const MAX_HOLES = 8;
/** Exact text beyond this (prompts, pages) is forgotten but for its ends: it names nothing. */
const MAX_TEXT = 512;
const KEPT_END = 64;
/** Statements of SQL, and parts of them, name tables and columns all over: they are kept as far as people write them. */
const MAX_STATEMENT = { text: 16_384, holes: 64 } as const;
const STATEMENT =
  /^(?:\s|--[^\n]*\n|[(,])*(?:select|with|insert|update|delete|replace|from|where|prewhere|and|or|join|left|inner|group|having|order|limit|union)\b/i;

export function joinIds(a: Ids, b: Ids): Ids {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  const more = b.filter((id) => !a.includes(id));
  return more.length === 0 ? a : [...a, ...more].sort((x, y) => x - y);
}

const sameIds = (a: Ids, b: Ids): boolean => a === b || (a.length === b.length && a.every((id, i) => id === b[i]));

/** Any text that spells out these. */
export const holeOf = (ids: Ids): TextPattern => ({ text: HOLE, holes: [ids], whole: NO_IDS });

/** Exact text, every part of which spells out `whole`. */
export const exactPattern = (text: string, whole: Ids = NO_IDS): TextPattern =>
  merged({ text, holes: text.includes(HOLE) ? Array.from({ length: countHoles(text) }, () => NO_IDS) : [], whole });

/** Is it any text at all? */
export const isAnyText = (p: TextPattern): boolean => p.text === HOLE;

export const isExactText = (p: TextPattern): boolean => p.holes.length === 0;

/** Ids of all that it spells out. */
export const idsOf = (p: TextPattern): Ids => p.holes.reduce(joinIds, p.whole);

/** With more that any part of it may spell out. */
export const spellingAlso = (p: TextPattern, ids: Ids): TextPattern => {
  const whole = joinIds(p.whole, ids);
  return whole === p.whole ? p : { ...p, whole };
};

/** The part from one place in its text to another, with what that spells out. */
export function cut(p: TextPattern, from: number, to = p.text.length): TextPattern {
  const text = p.text.slice(from, to);
  const before = countHoles(p.text.slice(0, from));
  return { text, holes: p.holes.slice(before, before + countHoles(text)), whole: p.whole };
}

const countHoles = (text: string): number => text.split(HOLE).length - 1;

/** What it certainly begins with. */
export function prefixOf(text: string): string {
  const at = text.indexOf(HOLE);
  return at < 0 ? text : text.slice(0, at);
}

/** What it certainly ends with. */
export const suffixOf = (text: string): string => text.slice(text.lastIndexOf(HOLE) + 1);

/** One text behind the other. */
export function append(a: TextPattern, b: TextPattern): TextPattern {
  if (a.text === "" && !b.text.includes(HOLE + HOLE)) return spellingAlso(b, a.whole);
  if (b.text === "") return spellingAlso(a, b.whole);
  return bounded(merged({ text: a.text + b.text, holes: [...a.holes, ...b.holes], whole: joinIds(a.whole, b.whole) }));
}

/** Holes side by side are one. */
function merged(p: TextPattern): TextPattern {
  if (!p.text.includes(HOLE + HOLE)) return p;
  const holes: Ids[] = [];
  let next = 0;
  for (let i = 0; i < p.text.length; i++) {
    if (p.text[i] !== HOLE) continue;
    const ids = p.holes[next++]!;
    if (p.text[i - 1] === HOLE) holes.push(joinIds(holes.pop()!, ids));
    else holes.push(ids);
  }
  return { text: p.text.replace(/\0+/g, HOLE), holes, whole: p.whole };
}

/** Widening: text that goes on growing keeps its ends. */
function bounded(p: TextPattern): TextPattern {
  if (p.holes.length <= MAX_HOLES && p.text.length <= MAX_TEXT) return p;
  if (p.holes.length <= MAX_STATEMENT.holes && p.text.length <= MAX_STATEMENT.text && STATEMENT.test(p.text)) return p;
  const prefix = prefixOf(p.text).slice(0, KEPT_END);
  const suffix = p.holes.length === 0 ? p.text.slice(-KEPT_END) : suffixOf(p.text).slice(-KEPT_END);
  return { text: prefix + HOLE + suffix, holes: [p.holes.reduce(joinIds, NO_IDS)], whole: p.whole };
}

/** Does a text without holes fit? Also a text with holes, which then fits whatever is in them. */
export function covers(pattern: string, text: string): boolean {
  const first = pattern.indexOf(HOLE);
  if (first < 0) return pattern === text;
  const last = pattern.lastIndexOf(HOLE);
  const end = text.length - (pattern.length - last - 1);
  if (first > end || !text.startsWith(pattern.slice(0, first)) || !text.endsWith(pattern.slice(last + 1))) return false;
  let at = first;
  // The first place where each part fits leaves most to those behind it.
  for (const part of pattern.slice(first, last).split(HOLE)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return at <= end;
}

/**
 * Is there a text that both can be? Two that have holes meet unless their beginnings or their ends differ: whatever stands between the
 * first hole and the last of one fits into a hole of the other.
 */
export function meets(a: string, b: string): boolean {
  if (a.includes(NAME_HOLE) || b.includes(NAME_HOLE)) return meetsByName(a, b);
  if (!a.includes(HOLE)) return covers(b, a);
  if (!b.includes(HOLE)) return covers(a, b);
  const [p, q] = [prefixOf(a), prefixOf(b)];
  if (!p.startsWith(q) && !q.startsWith(p)) return false;
  const [s, t] = [suffixOf(a), suffixOf(b)];
  return s.endsWith(t) || t.endsWith(s);
}

const HOLES = /[\0\u0001]/;

/** The same where holes may be parameters of routes: each pair of positions is looked at once. */
function meetsByName(a: string, b: string): boolean {
  // Most differ before the first hole already.
  const [p, q] = [a, b].map((text) => text.split(HOLES, 1)[0]!) as [string, string];
  if (!p.startsWith(q) && !q.startsWith(p)) return false;
  const width = b.length + 1;
  const seen = new Uint8Array((a.length + 1) * width);
  const waiting = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen[at] === 1) continue;
    seen[at] = 1;
    const i = Math.floor(at / width);
    const j = at % width;
    const [x, y] = [a[i], b[j]];
    if (x === undefined && y === undefined) return true;
    // A hole ends, or takes in the next of the other side.
    if (x === HOLE || x === NAME_HOLE) {
      waiting.push(at + width);
      if (y !== undefined && (x === HOLE || y !== "/")) waiting.push(at + 1);
    }
    if (y === HOLE || y === NAME_HOLE) {
      waiting.push(at + 1);
      if (x !== undefined && (y === HOLE || x !== "/")) waiting.push(at + width);
    }
    if (x === y && x !== undefined) waiting.push(at + width + 1);
  }
  return false;
}

/** Alternatives, least first; none is a case of another. Too many are one that keeps what all have in common. */
export type TextPatterns = readonly TextPattern[];

export const NO_PATTERNS: TextPatterns = [];

/** More alternatives than this are one. */
export const MAX_PATTERNS = 8;

/** Either of them. What is no text has none; any text at all has none either, and who joins it has to see to that. */
export function joinPatterns(a: TextPatterns, b: TextPatterns): TextPatterns {
  if (b.length === 0 || samePatterns(a, b)) return a;
  if (a.length === 0) return b;
  // Most of what is joined says nothing new, and statements are long.
  if (b.every((p) => isCaseOf(p, a))) return a;
  if (a.every((p) => isCaseOf(p, b))) return b;
  const out = alternatives([...a, ...b]);
  return samePatterns(out, a) ? a : out;
}

/** Do these have it already, with all that it spells out? */
function isCaseOf(p: TextPattern, list: TextPatterns): boolean {
  let is = false;
  for (const q of list) {
    if (q === p) return true;
    if (q.text === p.text) return samePattern(q, p);
    if (q.holes.length === 0 || !covers(q.text, p.text)) continue;
    if (including(q, p) !== q) return false;
    is = true;
  }
  return is;
}

/** In order, each once, without those that others cover, and few. */
export function alternatives(all: readonly TextPattern[]): TextPatterns {
  const byText = new Map<string, TextPattern>();
  for (const p of all) {
    const known = byText.get(p.text);
    byText.set(p.text, known === undefined || known === p ? p : both(known, p));
  }
  let list = [...byText.values()];
  if (list.length > 1) {
    const wide = list.filter((p) => p.holes.length > 0);
    const least = list.filter((p) => !wide.some((q) => q !== p && covers(q.text, p.text)));
    // What a wider one takes in it spells out as well.
    const gone = least.length === list.length ? [] : list.filter((p) => !least.includes(p));
    list = least;
    for (const g of gone) {
      const takes = (p: TextPattern): boolean => covers(p.text, g.text);
      if (!list.some((p) => takes(p) && including(p, g) === p)) list = list.map((p) => (takes(p) ? including(p, g) : p));
    }
    if (list.length > MAX_PATTERNS) list = [common(list)];
  }
  if (list.some(isAnyText)) return NO_PATTERNS;
  return list.length < 2 ? list : list.sort((p, q) => (p.text < q.text ? -1 : 1));
}

/** A case of it: what stood in the holes of the one stands in those of the other. */
function including(p: TextPattern, part: TextPattern): TextPattern {
  const inside = part.holes.reduce(joinIds, NO_IDS);
  const holes = p.holes.map((ids) => joinIds(ids, inside));
  const whole = joinIds(p.whole, part.whole);
  return whole === p.whole && holes.every((ids, i) => ids === p.holes[i]) ? p : { text: p.text, holes, whole };
}

const both = (p: TextPattern, q: TextPattern): TextPattern => ({
  text: p.text,
  holes: p.holes.map((ids, i) => joinIds(ids, q.holes[i]!)),
  whole: joinIds(p.whole, q.whole),
});

/** What all of them begin and end with. */
function common(list: readonly TextPattern[]): TextPattern {
  let prefix = prefixOf(list[0]!.text);
  let suffix = suffixOf(list[0]!.text);
  let shortest = Infinity;
  for (const { text } of list) {
    while (!prefixOf(text).startsWith(prefix)) prefix = prefix.slice(0, -1);
    while (!suffixOf(text).endsWith(suffix)) suffix = suffix.slice(1);
    if (!text.includes(HOLE)) shortest = Math.min(shortest, text.length);
  }
  // In the shortest the two must not overlap.
  if (prefix.length + suffix.length > shortest) suffix = suffix.slice(prefix.length + suffix.length - shortest);
  const whole = list.reduce((ids, p) => joinIds(ids, p.whole), NO_IDS);
  const hole = list.reduce((ids, p) => joinIds(ids, idsOf(p)), NO_IDS);
  return { text: prefix + HOLE + suffix, holes: [hole], whole };
}

export function samePatterns(a: TextPatterns, b: TextPatterns): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  return a.every((p, i) => samePattern(p, b[i]!));
}

const samePattern = (p: TextPattern, q: TextPattern): boolean =>
  p === q || (p.text === q.text && sameIds(p.whole, q.whole) && p.holes.every((ids, k) => sameIds(ids, q.holes[k]!)));

/** Each of the one followed by each of the other. Where these are too many, what comes behind is one, and so is all if it has to be. */
export function appended(a: readonly TextPattern[], b: readonly TextPattern[]): TextPatterns {
  const y = b.length > 1 && a.length * b.length > MAX_PATTERNS ? [common(b)] : b;
  const x = a.length * y.length > MAX_PATTERNS ? [common(a)] : a;
  return alternatives(x.flatMap((p) => y.map((q) => append(p, q))));
}
