/**
 * Reads statements of SQL. No grammar of any one database: what is not understood is passed over, and what is asked for then counts as
 * "any column of the tables named".
 */
import { readWhere } from "./conditions.js";
import { readExpr, readList } from "./expressions.js";
import { NO_ALIAS, readAlias, readFrom, readNames, readPath } from "./from.js";
import type { Assignment, Expr, Item, Query, Select, Source, Write } from "./syntax.js";
import { HOLE } from "../../domain/text-pattern.js";
import { accept, cursorOn, isOp, isOpen, isWord, next, peek, skipGroup, skipTo, type Cursor } from "./tokens.js";

const known = new Map<string, Query>();

/** The statement of a text whose parameters stand as `?` or `$1`, in order. Each text is read once: a function runs again and again. */
export function readSql(sql: string): Query {
  let query = known.get(sql);
  if (query === undefined) known.set(sql, (query = readQuery(cursorOn(sql))));
  return query;
}

/** Parts of statements, as builders take them for raw SQL: `params` parameters stand before theirs. */
const part =
  <T>(read: (c: Cursor) => T) =>
  (sql: string, params: number): T =>
    read({ ...cursorOn(sql), params });
export const queryIn = part(readQuery);
export const itemsIn = part(readItems);
export const sourcesIn = part((c) => readFrom(c, readQuery));
export const exprIn = part((c) => readExpr(c, readQuery));

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const UNITES = words("union intersect except");
/** Words behind a query that belong to the insert around it. */
const BEHIND_QUERY = words("union intersect except on returning");

function readQuery(c: Cursor): Query {
  const ctes: { name: string; columns: readonly string[]; query: Query }[] = [];
  while (accept(c, "(")) continue;
  if (accept(c, "with")) {
    accept(c, "recursive");
    do {
      const name = next(c)?.text ?? "";
      const columns = isOp(c, "(") ? readNames(c) : [];
      skipTo(c, words("as"));
      accept(c, "as");
      for (const word of ["not", "materialized"]) accept(c, word);
      if (!accept(c, "(")) break;
      ctes.push({ name, columns, query: readQuery(c) });
      accept(c, ")");
    } while (accept(c, ","));
  }
  return { ctes, parts: readParts(c) };
}

function readParts(c: Cursor): (Select | Write)[] {
  const out: (Select | Write)[] = [];
  for (;;) {
    while (accept(c, "(")) continue;
    const part = readPart(c);
    if (part === undefined) return out;
    out.push(part);
    skipTo(c, BEHIND_QUERY);
    while (isOp(c, ")") && UNITES.has(peek(c, 1)?.word ?? "")) next(c);
    if (!isWord(c, ...UNITES)) return out;
    next(c);
    for (const word of ["all", "distinct"]) accept(c, word);
  }
}

function readPart(c: Cursor): Select | Write | undefined {
  if (accept(c, "select")) return readSelect(c);
  if (accept(c, "values"))
    return { k: "select", items: [], from: [{ alias: "", of: { k: "items", args: readTuples(c).flat() }, columns: [] }] };
  if (isWord(c, "insert", "replace")) return readInsert(c);
  if (accept(c, "update")) return readUpdate(c);
  if (accept(c, "delete")) return readDelete(c);
  return accept(c, "create") ? readCreate(c) : undefined;
}

const BEFORE_VIEW = ["or", "replace", "temp", "temporary", "materialized", "recursive", "unlogged", "global", "local"];

/** `create view recent as select …`, `create table copy as select …`: what is selected is in a table of that name. */
function readCreate(c: Cursor): Write | undefined {
  while (isWord(c, ...BEFORE_VIEW)) next(c);
  const isView = isWord(c, "view");
  if (!accept(c, "view") && !accept(c, "table")) return undefined;
  while (isWord(c, "if", "not", "exists")) next(c);
  const table = readPath(c);
  const columns = isView && isOp(c, "(") ? readNames(c) : [];
  skipTo(c, words("as"));
  return accept(c, "as") ? { ...NOTHING, k: "insert", table, alias: table, columns, query: readQuery(c) } : undefined;
}

function readSelect(c: Cursor): Select {
  if (accept(c, "distinct") && accept(c, "on") && isOp(c, "(")) skipGroup(c);
  accept(c, "all");
  if (accept(c, "top")) next(c);
  const items = readItems(c);
  const from = accept(c, "from") ? readFrom(c, readQuery) : [];
  return { k: "select", items, from, ...(accept(c, "where") ? readWhere(c, from, readQuery) : { where: [], links: [] }) };
}

function readItems(c: Cursor): Item[] {
  const out: Item[] = [];
  do {
    if (accept(c, "*")) {
      out.push({ star: undefined });
      continue;
    }
    if (passFragments(c, out) && (peek(c) === undefined || isWord(c, "from") || isOp(c, ",") || isOp(c, ")"))) continue;
    const of = readExpr(c, readQuery);
    const isNamed =
      accept(c, "as") ||
      peek(c)?.kind === "name" ||
      (peek(c)?.kind === "word" && !NO_ALIAS.has(peek(c)!.word) && peek(c)!.word !== "from" && !isOpen(peek(c)));
    const name = isNamed ? next(c) : undefined;
    if ((of.k === "row" || of.k === "any") && name === undefined) out.push({ star: of.alias });
    else if (isOpen(name)) out.push({ output: undefined, of });
    else out.push({ output: name?.text ?? nameOf(of), of });
    passFragments(c, out);
  } while (accept(c, ","));
  return out;
}

/** Fragments among the items may be any items. Were there some? */
function passFragments(c: Cursor, items: Item[]): boolean {
  let found = false;
  while (peek(c)?.text === HOLE && !isOp(c, ".", 1) && !["as"].includes(peek(c, 1)?.word ?? "")) {
    next(c);
    found = true;
  }
  if (found) items.push({ star: undefined });
  return found;
}

/** What a column is called that is given no name: after what it is made of. */
function nameOf(e: Expr): string {
  switch (e.k) {
    case "column":
      return e.name;
    case "row":
      return e.alias;
    case "member":
      return e.key ?? nameOf(e.of);
    case "either":
    case "text":
    case "list":
      return e.of.length === 0 ? "?" : nameOf(e.of.at(-1)!);
    default:
      return "?";
  }
}

/** `(1, ?), (2, ?)`; a parameter in place of a tuple stands for whole rows. */
function readTuples(c: Cursor): (readonly Expr[])[] {
  const out: (readonly Expr[])[] = [];
  do {
    if (accept(c, "row") || isOp(c, "(")) {
      accept(c, "(");
      out.push(readList(c, readQuery));
      accept(c, ")");
    } else if (peek(c)?.kind === "param") out.push([readExpr(c, readQuery)]);
    else return out;
  } while (accept(c, ","));
  return out;
}

const NOTHING: Omit<Write, "k" | "table" | "alias"> = {
  columns: [],
  rows: [],
  query: undefined,
  whole: [],
  set: [],
  from: [],
  returning: undefined,
};

function readInsert(c: Cursor): Write {
  skipTo(c, words("into"));
  accept(c, "into");
  accept(c, "table");
  const table = readPath(c);
  const alias = accept(c, "as") ? (next(c)?.text ?? table) : table;
  const whole: number[] = [];
  let query: Query | undefined;
  let rows: (readonly Expr[])[] = [];
  let set: Assignment[] = [];
  const isQuery = isOp(c, "(") && isWord({ ...c, at: c.at + 1 }, "select", "with");
  const columns = isOp(c, "(") && !isQuery ? readNames(c) : [];
  for (const word of ["overriding", "system", "user", "value"]) accept(c, word);
  if (accept(c, "default")) accept(c, "values");
  else if (accept(c, "values") || accept(c, "value")) rows = readTuples(c);
  else if (peek(c)?.kind === "param") {
    whole.push(c.params);
    next(c);
  } else if (accept(c, "set")) set = readAssignments(c, whole);
  else if (isWord(c, "select", "with") || isQuery) query = readQuery(c);
  skipTo(c, words("do duplicate returning"));
  if (accept(c, "do") || accept(c, "duplicate")) {
    accept(c, "key");
    accept(c, "update");
    accept(c, "set");
    if (!isWord(c, "nothing")) set = [...set, ...readAssignments(c, whole)];
    skipTo(c, words("returning"));
  }
  return { ...NOTHING, k: "insert", table, alias, columns, rows, query, whole, set, returning: readReturning(c) };
}

function readUpdate(c: Cursor): Write {
  accept(c, "only");
  const table = readPath(c);
  const alias = isWord(c, "set") ? table : (readAlias(c) ?? table);
  const whole: number[] = [];
  // `update a join b on … set …`.
  const joined = isWord(c, "set") ? [] : readJoined(c);
  const set = accept(c, "set") ? readAssignments(c, whole) : [];
  const from = [...joined, ...(accept(c, "from") ? readFrom(c, readQuery) : [])];
  skipTo(c, words("returning"));
  return { ...NOTHING, k: "update", table, alias, whole, set, from, returning: readReturning(c) };
}

function readJoined(c: Cursor): Source[] {
  const end = c.tokens.findIndex((t, i) => i >= c.at && t.word === "set");
  if (end < 0) return [];
  const inner: Cursor = { tokens: c.tokens.slice(0, end), at: c.at, params: c.params };
  const out = readFrom(inner, readQuery);
  while (c.at < end) next(c);
  return out;
}

function readDelete(c: Cursor): Write {
  accept(c, "from");
  const table = readPath(c);
  skipTo(c, words("returning"));
  return { ...NOTHING, k: "delete", table, alias: table, returning: readReturning(c) };
}

const readReturning = (c: Cursor): readonly Item[] | undefined => (accept(c, "returning") ? readItems(c) : undefined);

/** `a = 1, b = ?, (c, d) = (?, ?)`; a parameter alone stands for whole rows. */
function readAssignments(c: Cursor, whole: number[]): Assignment[] {
  const out: Assignment[] = [];
  do {
    if (peek(c)?.kind === "param") {
      whole.push(c.params);
      next(c);
      continue;
    }
    const columns = isOp(c, "(") ? readNames(c) : [readPath(c)];
    if (!accept(c, "=")) break;
    if (columns.length > 1 && isOp(c, "(") && !["select", "with"].includes(peek(c, 1)?.word ?? "")) {
      next(c);
      const values = readList(c, readQuery);
      accept(c, ")");
      columns.forEach((column, i) => out.push({ column, of: values[i] ?? { k: "silent" } }));
    } else {
      const of = readExpr(c, readQuery);
      for (const column of columns) out.push({ column, of });
    }
  } while (accept(c, ","));
  return out;
}
