/**
 * The statements that a text may be. One that is put together at run time has holes: what in them spells out a field is data, and stands
 * as a parameter; the others are fragments (conditions, lists of columns, names).
 */
import { HOLE, type TextPattern } from "../../domain/text-pattern.js";
import { objectsOf, S } from "../../domain/heap.js";
import { BOTTOM, primitivePart, spelledBy, spelledPatterns, stringOf, type Value } from "../../domain/value.js";
import type { Machine } from "../../machine/machine.js";

/** A text whose parameters stand as `?`, and those, in order. */
export interface Statement {
  readonly text: string;
  readonly values: readonly Value[];
}

/** The value of a parameter by its name, or by its number; `sure`: of `?` behind a fragment, which may have some of its own, only the least number is known. */
export type Lookup = (key: { readonly name: string } | { readonly number: number; readonly sure: boolean }) => Value;

/** Quoted text, casts, `$1`, `:name` and its like, `{name: Type}` of ClickHouse, `?`, holes. */
const MARKS = /'(?:[^']|'')*'|::\w+|--[^\n]*|\$(\d+)|[:@$]([A-Za-z_]\w*)|\{\s*(\w+)\s*:[^{}]*\}|\?|\0/g;

/** Every statement that the text may be, its parameters looked up. */
export function statementsOf(m: Machine, text: Value, lookup: Lookup): readonly Statement[] {
  const plain = primitivePart(text);
  const exact = plain.consts.filter((c): c is string => typeof c === "string");
  const open = [plain, ...objectsOf(m.heap, text).map((o) => o.props.get(S.pattern) ?? BOTTOM)].filter((v) => v.patterns.length > 0);
  return [
    ...exact.map((c) => inOrder(c, lookup)),
    ...open.flatMap((v) => spelledPatterns(v).map((p) => inOrder(p.text, lookup, (first, count) => spelledIn(v, p, first, count)))),
  ];
}

/** What some of the holes of a pattern spell out; bottom when that is nothing. */
function spelledIn(text: Value, p: TextPattern, first: number, count: number): Value {
  const labels = spelledBy(text, { text: HOLE, holes: [p.holes.slice(first, first + count).flat()], whole: [] }).labels;
  return labels.length === 0 ? BOTTOM : stringOf(labels);
}

/** A statement whose parameters, of whatever kind, all stand as `?`. `spelled` tells what some of the holes of the text spell out. */
function inOrder(text: string, lookup: Lookup, spelled: (first: number, count: number) => Value = () => BOTTOM): Statement {
  const values: Value[] = [];
  let next = 0;
  let holes = 0;
  const put = (v: Value): string => {
    values.push(v);
    return "?";
  };
  const data = (all: string): string => {
    const count = all.split(HOLE).length - 1;
    const v = count === 0 ? BOTTOM : spelled(holes, count);
    holes += count;
    return v.labels.length === 0 ? all : put(v);
  };
  const plain = text.replace(MARKS, (all, number: string | undefined, name: string | undefined, typed: string | undefined) => {
    if (all === HOLE || all.startsWith("'") || all.startsWith("--")) return data(all);
    if (all.startsWith("::")) return all;
    if (number !== undefined) return put(lookup({ number: Number(number) - 1, sure: true }));
    if (name !== undefined || typed !== undefined) return put(lookup({ name: (name ?? typed)! }));
    return put(lookup({ number: next++, sure: holes === 0 }));
  });
  return { text: plain, values };
}
