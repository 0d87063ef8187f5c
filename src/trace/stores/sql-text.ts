/**
 * SQL text as far as it names tables and columns. No parser: statements in code are short and mostly literal, and what is not
 * understood counts as "any column of the tables named".
 */
export interface Statement {
  readonly op: "select" | "insert" | "update" | "delete" | "other";
  /** Tables in the order of their mention, with the aliases they go by. */
  readonly tables: readonly { readonly name: string; readonly alias: string }[];
  /** What a select (or `returning`) gives: output name and the columns its expression mentions; undefined when that is everything. */
  readonly columns: readonly Column[] | undefined;
  /** Columns that an insert or update writes, in the order of the values. */
  readonly written: readonly string[];
}

export interface Column {
  readonly output: string;
  readonly mentions: readonly { readonly alias: string | undefined; readonly column: string }[];
}

const NAME = String.raw`(?:"[^"]+"|\x60[^\x60]+\x60|\[[^\]]+\]|[A-Za-z_$][\w$]*)`;
const PATH = `${NAME}(?:\\.${NAME})*`;
const KEYWORDS = new Set(
  "select where on using set values left right inner outer cross full join group order limit offset having union returning as natural lateral for when then and or not null is in".split(
    " ",
  ),
);

/** Parameters stand as `?` in the text: `$1`, or what is between the parts of a tagged template. */
export function readStatement(sql: string): Statement {
  const text = sql
    .replace(/--[^\n]*/g, " ")
    .replace(/\/\*[\s\S]*?\*\//g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const body = text.replace(/^with\b.*?\)\s*(?=(select|insert|update|delete)\b)/i, "");
  const first = /^\(?\s*(\w+)/.exec(body)?.[1]?.toLowerCase() ?? "";
  const op =
    first === "select" || first === "insert" || first === "update" || first === "delete" ? first : first === "replace" ? "insert" : "other";
  const tables = tablesOf(text);
  const selected =
    op === "select"
      ? /^\(?\s*select\s+(?:distinct\s+(?:on\s*\([^)]*\)\s*)?)?(.*?)\s+from\b/i.exec(body)?.[1]
      : /\breturning\s+(.*)$/i.exec(body)?.[1];
  return {
    op,
    tables,
    columns: selected === undefined ? (op === "select" ? undefined : []) : columnsOf(selected),
    written: writtenColumns(op, body),
  };
}

function tablesOf(text: string): { name: string; alias: string }[] {
  const out: { name: string; alias: string }[] = [];
  const pattern = new RegExp(`\\b(?:from|join|into|update|table)\\s+(?:only\\s+)?(${PATH})(?:\\s+(?:as\\s+)?(${NAME}))?`, "gi");
  for (const match of text.matchAll(pattern)) {
    const name = unquoted(match[1]!);
    const alias = match[2] === undefined || KEYWORDS.has(match[2].toLowerCase()) ? name : unquoted(match[2]);
    if (!KEYWORDS.has(name.toLowerCase())) out.push({ name, alias });
  }
  return out;
}

const unquoted = (path: string): string => (/[^.]+$/.exec(path)?.[0] ?? path).replace(/["`[\]]/g, "");

/** Splits at commas outside of parentheses. */
function parts(list: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= list.length; i++) {
    const c = list[i];
    if (c === "(") depth++;
    else if (c === ")") depth--;
    else if ((c === "," || c === undefined) && depth <= 0) {
      out.push(list.slice(from, i).trim());
      from = i + 1;
    }
  }
  return out.filter((x) => x !== "");
}

/** Functions whose result says nothing of the content: how many, how long, which hash. */
const SILENT =
  /^(count|sum|avg|length|char_length|octet_length|md5|sha\d*|hashtext|digest|exists|now|row_number|rank|bool_and|bool_or)\s*\(/i;

/** Does an expression only count, measure or hash? */
export const isSilent = (expression: string): boolean => SILENT.test(expression.trim());

/** Columns that an expression mentions; none where it only counts. */
export function mentions(expression: string): Column["mentions"] {
  if (isSilent(expression)) return [];
  const plain = expression.replace(/'(?:[^']|'')*'/g, " ").replace(/::\s*[\w[\]]+/g, " ");
  const out: { alias: string | undefined; column: string }[] = [];
  for (const match of plain.matchAll(new RegExp(`(?:(${NAME})\\.)?(${NAME})(?!\\s*\\()(?!\\.)`, "g"))) {
    const column = match[2]!.replace(/["`[\]]/g, "");
    if (match[1] === undefined && KEYWORDS.has(column.toLowerCase())) continue;
    out.push({ alias: match[1]?.replace(/["`[\]]/g, ""), column });
  }
  return out;
}

function columnsOf(list: string): readonly Column[] | undefined {
  const out: Column[] = [];
  for (const item of parts(list)) {
    if (/(^|\.)\*$/.test(item)) return undefined;
    const named = new RegExp(`^(.*?)\\s+(?:as\\s+)?(${NAME})$`, "i").exec(item);
    const isAlias = named !== null && !/[=<>+\-*/|,(]$/.test(named[1]!);
    const expression = isAlias ? named[1]! : item;
    const found = mentions(expression);
    out.push({ output: isAlias ? named[2]!.replace(/["`[\]]/g, "") : (found.at(-1)?.column ?? "?"), mentions: found });
  }
  return out;
}

function writtenColumns(op: string, body: string): string[] {
  if (op === "insert") {
    const list = new RegExp(`\\binto\\s+${PATH}(?:\\s+(?:as\\s+)?${NAME})?\\s*\\(([^)]*)\\)`, "i").exec(body)?.[1];
    return list === undefined ? [] : parts(list).map((c) => c.replace(/["`[\]\s]/g, ""));
  }
  if (op === "update") {
    const list = /\bset\s+(.*?)(?:\s+(?:where|from|returning)\b|$)/i.exec(body)?.[1];
    // Only assignments of a parameter count: they take the values in order.
    return list === undefined
      ? []
      : parts(list).flatMap((c) => (c.includes("?") ? [c.slice(0, c.indexOf("=")).replace(/["`[\]\s]/g, "")] : []));
  }
  return [];
}
