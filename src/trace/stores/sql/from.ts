/** Reads what stands behind `from`: tables, joins, subqueries, functions that give rows, with the names they go by. */
import { readList, type ReadQuery } from "./expressions.js";
import type { Source } from "./syntax.js";
import { accept, isOp, isWord, next, peek, skipTo, type Cursor } from "./tokens.js";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Words at which the tables of a query end. */
const BEHIND_FROM = words("where group having order limit offset union intersect except window returning fetch for settings format");
/** Words at which the condition of a join ends. */
const BEHIND_ON = words(
  "join left right inner full cross natural lateral where group having order limit offset union intersect except window returning fetch for array",
);
/** Words that are no alias. */
export const NO_ALIAS = words(
  "on using where group having order limit offset union intersect except window returning fetch for left right inner full cross join natural lateral set values select as default with final sample prewhere array tablesample",
);

/** Tables, joins and subqueries, up to what comes behind them. */
export function readFrom(c: Cursor, query: ReadQuery): Source[] {
  const out: Source[] = [];
  for (let token = peek(c); token !== undefined && !BEHIND_FROM.has(token.word); token = peek(c)) {
    if (isOp(c, ")") || isOp(c, ";")) break;
    if (accept(c, ",")) continue;
    if (isWord(c, "on", "using")) {
      next(c);
      skipTo(c, BEHIND_ON, true);
    } else if (
      isWord(
        c,
        "left",
        "right",
        "inner",
        "full",
        "cross",
        "natural",
        "outer",
        "join",
        "lateral",
        "only",
        "array",
        "straight_join",
        "asof",
        "any",
        "all",
        "final",
      )
    )
      next(c);
    else {
      const source = readSource(c, query);
      if (source === undefined) next(c);
      else out.push(source);
    }
  }
  return out;
}

function readSource(c: Cursor, query: ReadQuery): Source | undefined {
  let of: Source["of"];
  let name = "";
  if (isOp(c, "(")) {
    const from = c.at;
    next(c);
    if (isWord(c, "select", "with", "values") || (isOp(c, "(") && peek(c, 1)?.word === "select")) {
      of = { k: "query", query: query(c) };
      accept(c, ")");
    } else {
      // Joins in parentheses are joins.
      return c.at === from ? undefined : readSource(c, query);
    }
  } else {
    name = readPath(c);
    if (name === "") return undefined;
    if (isOp(c, "(")) {
      next(c);
      of = { k: "items", args: readList(c, query) };
      accept(c, ")");
      if (accept(c, "with")) accept(c, "ordinality");
    } else of = { k: "table", name };
  }
  const alias = readAlias(c);
  return { alias: alias ?? name, of, columns: alias !== undefined && isOp(c, "(") ? readNames(c) : [] };
}

export function readAlias(c: Cursor): string | undefined {
  const token = peek(c);
  const named = accept(c, "as") || token?.kind === "name" || (token?.kind === "word" && !NO_ALIAS.has(token.word));
  return named ? next(c)?.text : undefined;
}

/** `schema.table`: the last name of the path. */
export function readPath(c: Cursor): string {
  let name = "";
  if (peek(c)?.kind !== "name" && peek(c)?.kind !== "word") return name;
  do name = next(c)?.text ?? "";
  while (accept(c, "."));
  return name;
}

/** `(a, b)`, also `(a text, b int)`: the first name of each. */
export function readNames(c: Cursor): string[] {
  const out: string[] = [];
  next(c);
  while (peek(c) !== undefined && !accept(c, ")")) {
    const token = next(c);
    if (token?.kind === "name" || token?.kind === "word") out.push(token.text);
    skipTo(c, new Set(), true);
    accept(c, ",");
  }
  return out;
}
