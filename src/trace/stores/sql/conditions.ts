/** Reads what a `where` asks of columns that are true or false, as far as all rows must meet it: `may_train and c.deleted = false`. */
import { HOLE } from "../../domain/text-pattern.js";
import type { Condition } from "./syntax.js";
import { isOpen, type Cursor, type Token, skipTo, tokensOf } from "./tokens.js";

/** Words behind a condition. */
const BEHIND_WHERE = new Set(
  "group having order limit offset union intersect except window returning on fetch for settings format qualify".split(" "),
);

/** Passes a condition; gives what it asks for. */
export function readWhere(c: Cursor): readonly Condition[] {
  const [from, params] = [c.at, c.params];
  skipTo(c, BEHIND_WHERE);
  return conditionsOf(c.tokens.slice(from, c.at), params);
}

/** What a condition that stands alone asks for. */
export const conditionsIn = (text: string): readonly Condition[] => conditionsOf(tokensOf(text), 0);

/** Operators and words beside which what is joined by `and` is no condition of its own. */
const LOOSE = new Set(["or", "xor", "case"]);

function conditionsOf(tokens: readonly Token[], params: number): readonly Condition[] {
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
  return parts.flatMap((part) => {
    if (isGroup(part.tokens)) return conditionsOf(part.tokens.slice(1, -1), part.params);
    const one = conditionOf(part.tokens, part.params);
    return one === undefined ? [] : [one];
  });
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

/** `c`, `not c`, `c = true`, `true = c`, `c is true`, `c <> false`, `c = ?`; undefined for everything else. */
function conditionOf(tokens: readonly Token[], params: number): Condition | undefined {
  const at = tokens.findIndex(({ kind, text, word }) => (kind === "op" && /^(=|<>|!=)$/.test(text)) || word === "is");
  if (at < 0) {
    const negated = tokens[0]?.word === "not";
    const column = columnOf(negated ? tokens.slice(1) : tokens);
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

function columnOf(tokens: readonly Token[]): { readonly alias: string | undefined; readonly name: string } | undefined {
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
