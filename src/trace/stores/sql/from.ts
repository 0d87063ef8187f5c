/** Reads what stands behind `from`: tables, joins, subqueries, functions that give rows, with the names they go by. */
import { readList, type ReadQuery } from "./expressions.js";
import { readOn } from "./conditions.js";
import type { Joining, Link, Source } from "./syntax.js";
import { HOLE } from "../../domain/text-pattern.js";
import { accept, isOp, isOpen, isWord, next, peek, skipTo, type Cursor } from "./tokens.js";

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Words at which the tables of a query end. */
const BEHIND_FROM = setOf(
  "where prewhere group having order limit offset union intersect except window returning fetch for settings format qualify",
);
/** Words at which the condition of a join ends. */
const BEHIND_ON = setOf(
  "join left right inner full cross natural lateral where prewhere group having order limit offset union intersect except window returning fetch for array settings format",
);
/** Words that are no alias. */
export const NO_ALIAS = setOf(
  "on using where group having order limit offset union intersect except window returning fetch for left right inner full cross join natural lateral set values select as default with final sample prewhere array tablesample settings format qualify",
);

/** Tables, joins and subqueries, up to what comes behind them. */
export function readFrom(c: Cursor, query: ReadQuery): Source[] {
  const out: Source[] = [];
  // The words before a table say how it is joined: those of the last one, and those of the next.
  let how: readonly string[] = [];
  let words: string[] = [];
  for (let token = peek(c); token !== undefined && !BEHIND_FROM.has(token.word); token = peek(c)) {
    if (isOp(c, ")") || isOp(c, ";")) break;
    if (accept(c, ",")) continue;
    // A fragment behind a table only narrows what is read, as far as anybody can tell.
    if (token.text === HOLE && out.length > 0 && !isOp(c, ",", -1) && peek(c, -1)?.word !== "join") next(c);
    else if (isWord(c, "on", "using")) {
      const last = out.pop();
      const on = accept(c, "on") ? readOn(c, BEHIND_ON) : readUsing(c, last?.alias);
      if (last === undefined) continue;
      const isMissing = isOuter(how);
      if (how.includes("right") || how.includes("full")) out.splice(0, Infinity, ...out.map((source) => ({ ...source, isOuter: true })));
      out.push({ ...last, on: joined(last.on, isMissing ? { ...on, where: [] } : on), ...(isMissing && { isOuter: true }) });
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
      words.push(next(c)!.word);
    else {
      const source = readSource(c, query);
      if (source === undefined) {
        next(c);
        continue;
      }
      out.push(words.includes("natural") ? { ...source, on: { where: [], links: [anyColumn(source.alias)] } } : source);
      [how, words] = [words, []];
    }
  }
  return out;
}

/** Does it give rows without a partner? */
const isOuter = (how: readonly string[]): boolean => how.some((word) => /^(left|right|full|asof)$/.test(word));

/** Conditions of several joins whose tables come before all of them: `a join b join c on … on …`. */
const joined = (a: Joining | undefined, b: Joining): Joining =>
  a === undefined ? b : { where: [...a.where, ...b.where], links: [...a.links, ...b.links] };

/** `using (account_id)`. */
function readUsing(c: Cursor, alias: string | undefined): Joining {
  accept(c, "using");
  const names = isOp(c, "(") ? readNames(c) : [];
  skipTo(c, BEHIND_ON, true);
  return {
    where: [],
    links: names.map((name): Link => [
      { alias, name },
      { alias: undefined, name },
    ]),
  };
}

/** A natural join: by whichever columns have the same name. */
const anyColumn = (alias: string): Link => [
  { alias, name: ANY_NAME },
  { alias: undefined, name: ANY_NAME },
];

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
  const named = accept(c, "as") || token?.kind === "name" || (token?.kind === "word" && !NO_ALIAS.has(token.word) && !isOpen(token));
  return named ? next(c)?.text : undefined;
}

/** A name that is not known: any table, any column. */
export const ANY_NAME = "*";

/** `schema.table`: the last name of the path. */
export function readPath(c: Cursor): string {
  let name = "";
  if (peek(c)?.kind !== "name" && peek(c)?.kind !== "word") return name;
  do {
    const token = next(c);
    name = isOpen(token) ? ANY_NAME : (token?.text ?? "");
  } while (accept(c, "."));
  return name;
}

/** `(a, b)`, also `(a text, b int)`: the first name of each; none where some are not known. */
export function readNames(c: Cursor): string[] {
  const out: string[] = [];
  let open = false;
  next(c);
  while (peek(c) !== undefined && !accept(c, ")")) {
    const token = next(c);
    open ||= isOpen(token);
    if (token?.kind === "name" || token?.kind === "word") out.push(token.text);
    skipTo(c, new Set(), true);
    accept(c, ",");
  }
  return open ? [] : out;
}
