/** Reads what a `where` asks of columns that are true or false, as far as all rows must meet it: `may_train and c.deleted = false`. */
import { HOLE } from "../../domain/text-pattern.js";
import type { ReadQuery } from "./expressions.js";
import { readWithin, semijoined, type Semijoined } from "./semijoins.js";
import type { Condition, Joining, Link, Named, Source } from "./syntax.js";
import { isOpen, type Cursor, type Token, skipTo, tokensOf } from "./tokens.js";

/** Words behind a condition. */
const BEHIND_WHERE = new Set(
  "group having order limit offset union intersect except window returning on fetch for settings format qualify".split(" "),
);

/** Passes the condition of a selection from these tables; gives what it asks for. */
export function readWhere(c: Cursor, from: readonly Source[], query: ReadQuery): Semijoined {
  const parts = passed(c, () => skipTo(c, BEHIND_WHERE));
  const { where, links } = asked(parts);
  const within = parts.flatMap(({ tokens, params }) => readWithin(tokens, params, columnOf, query) ?? []);
  return semijoined(from, where, links, within);
}

/** The same of a join's, which ends where another begins. */
export const readOn = (c: Cursor, behind: ReadonlySet<string>): Joining => asked(passed(c, () => skipTo(c, behind, true)));

function passed(c: Cursor, pass: () => void): readonly Conjunct[] {
  const [from, params] = [c.at, c.params];
  pass();
  return conjuncts(c.tokens.slice(from, c.at), params);
}

/** What a condition that stands alone asks for. */
export const conditionsIn = (text: string): readonly Condition[] => asked(conjuncts(tokensOf(text), 0)).where;

/** One of several conditions that all have to be met, and the parameters before it. */
interface Conjunct {
  readonly tokens: readonly Token[];
  readonly params: number;
}

const asked = (parts: readonly Conjunct[]): Joining => ({
  where: parts.flatMap(({ tokens, params }) => conditionOf(tokens, params) ?? []),
  links: parts.flatMap(({ tokens }): readonly Link[] => {
    const link = linkOf(tokens);
    return link === undefined ? [] : [link];
  }),
});

/** Operators and words beside which what is joined by `and` is no condition of its own. */
const LOOSE = new Set(["or", "xor", "case"]);

/** The conditions that are joined by `and`; none where one of them may be enough. */
function conjuncts(tokens: readonly Token[], params: number): readonly Conjunct[] {
  const parts: { tokens: Token[]; params: number }[] = [];
  let depth = 0;
  let begins = true;
  let between = false;
  for (const token of tokens) {
    if (depth === 0 && (LOOSE.has(token.word) || isOpen(token) || token.text === HOLE || token.text === "||")) return [];
    if (depth === 0 && token.word === "between") between = true;
    if (depth === 0 && token.word === "and" && !between) begins = true;
    else {
      if (depth === 0 && token.word === "and") between = false;
      if (begins) parts.push({ tokens: [], params });
      begins = false;
      parts.at(-1)!.tokens.push(token);
    }
    if (token.kind === "op" && token.text === "(") depth++;
    if (token.kind === "op" && token.text === ")") depth--;
    if (token.kind === "param") params++;
  }
  return parts.flatMap((part) => (isGroup(part.tokens) ? conjuncts(part.tokens.slice(1, -1), part.params) : [part]));
}

/** Is all of it in one pair of parentheses? */
function isGroup(tokens: readonly Token[]): boolean {
  let depth = 0;
  return tokens.every(({ kind, text }, i) => {
    if (kind === "op" && text === "(") depth++;
    if (kind === "op" && text === ")") depth--;
    return depth > 0 || (i > 0 && i === tokens.length - 1);
  });
}

/** `c`, `not c`, `c = true`, `true = c`, `c is true`, `c <> false`, `c = ?`, `c in (?)`; undefined for everything else. */
function conditionOf(tokens: readonly Token[], params: number): Condition | undefined {
  const list = tokens.findIndex(({ text, word }, i) => word === "in" || (text === "=" && tokens[i + 1]?.word === "any"));
  if (list >= 0) {
    const [open, param, ...rest] = tokens.slice(list + (tokens[list]!.word === "in" ? 1 : 2));
    const named = columnOf(tokens.slice(0, list));
    // `any($1::uuid[])`: a cast changes nothing of the list.
    const isList = open?.text === "(" && param?.kind === "param" && rest.at(-1)?.text === ")";
    const isOne = isList && rest.slice(0, -1).every(({ kind, text }) => kind === "word" || /^[:[\]]+$/.test(text));
    return named !== undefined && isOne ? { ...named, param: params } : undefined;
  }
  const at = tokens.findIndex(({ kind, text, word }) => (kind === "op" && /^(=|<>|!=)$/.test(text)) || word === "is");
  if (at < 0) {
    const negated = tokens[0]?.word === "not";
    const rest = negated ? tokens.slice(1) : tokens;
    const column = columnOf(rest) ?? defaulted(rest, negated);
    return column && { ...column, is: !negated };
  }
  const [left, right] = [tokens.slice(0, at), tokens.slice(at + 1)];
  const column = columnOf(left) ?? columnOf(right);
  const other = columnOf(left) !== undefined ? right : left;
  const [token] = other;
  if (column === undefined || token === undefined || other.length > 1) return undefined;
  const equal = !/^(<>|!=)$/.test(tokens[at]!.text);
  if (token.kind === "param") return equal ? { ...column, param: params } : undefined;
  const flag = flagOf(token);
  return flag === undefined ? undefined : { ...column, is: flag === equal };
}

/** The column of `coalesce(c, false)`, which is true only where `c` is; where `wanted` is the default itself, it is true of no row's own. */
function defaulted(tokens: readonly Token[], wanted: boolean): Named | undefined {
  const [name, open, ...rest] = tokens;
  const [comma, value, close] = rest.slice(-3);
  const isCall = /^(coalesce|ifnull|nvl)$/.test(name?.word ?? "") && open?.text === "(" && comma?.text === "," && close?.text === ")";
  return isCall && value !== undefined && flagOf(value) === wanted ? columnOf(rest.slice(0, -3)) : undefined;
}

/** `a.id = b.a_id`. */
function linkOf(tokens: readonly Token[]): Link | undefined {
  const at = tokens.findIndex(({ kind, text }) => kind === "op" && text === "=");
  const [left, right] = at < 0 ? [] : [columnOf(tokens.slice(0, at)), columnOf(tokens.slice(at + 1))];
  return left === undefined || right === undefined ? undefined : [left, right];
}

function columnOf(tokens: readonly Token[]): Named | undefined {
  const isPath = tokens.every(({ kind, text }, i) => (i % 2 === 0 ? kind === "word" || kind === "name" : text === "."));
  if (!isPath || tokens.length % 2 === 0 || (tokens.length === 1 && flagOf(tokens[0]!) !== undefined)) return undefined;
  return { alias: tokens.at(-3)?.text, name: tokens.at(-1)!.text };
}

/** True or false as databases write it. */
function flagOf({ kind, text }: Token): boolean | undefined {
  if (kind === "name") return undefined;
  return /^(true|t|1|yes)$/i.test(text) && (kind !== "word" || /^true$/i.test(text))
    ? true
    : /^(false|f|0|no)$/i.test(text) && (kind !== "word" || /^false$/i.test(text))
      ? false
      : undefined;
}
