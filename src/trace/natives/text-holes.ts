/**
 * The language's own functions on texts with holes: what comes of the exact parts where that is certain whatever is in the holes;
 * undefined where it is not.
 */
import { append, cut, exactPattern, HOLE, holeOf, idsOf, prefixOf, suffixOf, type TextPattern } from "../domain/text-pattern.js";
import type { Plain } from "./fold.js";

type Cut = (p: TextPattern, args: readonly Plain[]) => TextPattern | undefined;

/** Space around a text. Behind a hole at its end, what is exact may be at the end itself: its space goes, too. */
function trimmed(p: TextPattern, start: boolean, end: boolean): TextPattern {
  const from = start ? /^[\s\0]*/.exec(p.text)![0].length : 0;
  const rest = p.text.length - (end ? /[\s\0]*$/.exec(p.text)![0].length : 0);
  if (from > rest) return p.holes.length === 0 ? exactPattern("", p.whole) : holeOf(idsOf(p));
  const around = (text: TextPattern): TextPattern => (text.holes.length === 0 ? exactPattern("") : holeOf(idsOf(text)));
  return append(append(around(cut(p, 0, from)), cut(p, from, rest)), around(cut(p, rest)));
}

/** `text.slice(from, to)`, as far as both stand in exact ends that do not overlap. */
function sliced(p: TextPattern, args: readonly Plain[]): TextPattern | undefined {
  const [before, behind] = [prefixOf(p.text).length, suffixOf(p.text).length];
  const place = (n: Plain, otherwise: number): number | undefined => {
    if (n === undefined) return otherwise;
    if (typeof n !== "number" || !Number.isInteger(n)) return undefined;
    if (n >= 0) return n <= before ? n : undefined;
    return -n <= behind ? p.text.length + n : undefined;
  };
  const [from, to] = [place(args[0], 0), place(args[1], p.text.length)];
  return from === undefined || to === undefined || from > to ? undefined : cut(p, from, to);
}

const inCase =
  (respell: (text: string) => string): Cut =>
  (p) => {
    const text = respell(p.text);
    return text.split(HOLE).length === p.text.split(HOLE).length ? { ...p, text } : undefined;
  };

/** Methods that give a part of a text, or the text spelled otherwise. */
const CUTS: Readonly<Record<string, Cut>> = {
  trim: (p) => trimmed(p, true, true),
  ...Object.fromEntries(["trimStart", "trimLeft"].map((name) => [name, (p: TextPattern) => trimmed(p, true, false)])),
  ...Object.fromEntries(["trimEnd", "trimRight"].map((name) => [name, (p: TextPattern) => trimmed(p, false, true)])),
  slice: sliced,
  substring: (p, args) => (args.every((n) => n === undefined || Number(n) >= 0) ? sliced(p, args) : undefined),
  substr: (p, args) => (args.length < 2 ? sliced(p, args) : undefined),
  toLowerCase: inCase((text) => text.toLowerCase()),
  toUpperCase: inCase((text) => text.toUpperCase()),
};

/** What a method of strings makes of a text with holes. */
export const cutOf = (name: string, p: TextPattern, args: readonly Plain[]): TextPattern | undefined =>
  Object.hasOwn(CUTS, name) ? CUTS[name]!(p, args) : undefined;

/** Does a text with holes begin with, end with, contain another, or equal it? */
export function tellOf(name: string, p: TextPattern, [what, ...more]: readonly Plain[]): boolean | undefined {
  if (typeof what !== "string" || more.length > 0) return undefined;
  const [prefix, suffix] = [prefixOf(p.text), suffixOf(p.text)];
  switch (name) {
    case "startsWith":
      return prefix.startsWith(what) ? true : p.holes.length > 0 && what.startsWith(prefix) ? undefined : false;
    case "endsWith":
      return suffix.endsWith(what) ? true : p.holes.length > 0 && what.endsWith(suffix) ? undefined : false;
    case "includes":
      return p.text.split(HOLE).some((part) => part.includes(what)) ? true : p.holes.length > 0 ? undefined : false;
    default:
      return undefined;
  }
}

/** An expression that is exact text, at the beginning, at the end or anywhere: the test that it stands for. */
export function literalOf(re: RegExp): { readonly name: string; readonly text: string } | undefined {
  const found = /^(\^?)((?:[\w\s\-/:,;@#!"'<>=~`%&]|\\[^\w\s]|\\\/)*)(\$?)$/.exec(re.source);
  if (found === null || /[imsy]/.test(re.flags)) return undefined;
  const [, start, literal = "", end] = found;
  if (start !== "" && end !== "") return undefined;
  const name = start !== "" ? "startsWith" : end !== "" ? "endsWith" : "includes";
  return { name, text: literal.replace(/\\(.)/g, "$1") };
}

/**
 * `text.split(separator)`: the parts that are there whatever is in the holes, and what spells out any of the others. Up to the first hole
 * the parts are exact; that with the hole ends in it, or behind it.
 */
export function splitAt(p: TextPattern, separator: string): { readonly parts: readonly TextPattern[]; readonly rest: TextPattern | null } {
  const parts: TextPattern[] = [];
  let from = 0;
  for (const part of p.text.split(separator)) {
    const to = from + part.length;
    const own = cut(p, from, to);
    if (own.holes.length > 0) {
      const exact = cut(p, from, from + part.indexOf(HOLE));
      return { parts: [...parts, append(exact, holeOf(own.holes.flat().sort((a, b) => a - b)))], rest: holeOf(idsOf(cut(p, from))) };
    }
    parts.push(own);
    from = to + separator.length;
  }
  return { parts, rest: null };
}
