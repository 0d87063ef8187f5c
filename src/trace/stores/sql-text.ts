/** Which columns an expression of SQL mentions: for builders, whose raw parts are short. Whole statements are read by `sql/parse.ts`. */
export interface Mention {
  readonly alias: string | undefined;
  readonly column: string;
}

const NAME = String.raw`(?:"[^"]+"|\x60[^\x60]+\x60|\[[^\]]+\]|[A-Za-z_$][\w$]*)`;
const KEYWORDS = new Set(
  "select where on using set values left right inner outer cross full join group order limit offset having union returning as natural lateral for when then and or not null is in".split(
    " ",
  ),
);

/** Functions whose result says nothing of the content: how many, how long, which hash. */
const SILENT =
  /^(count|sum|avg|length|char_length|octet_length|md5|sha\d*|hashtext|digest|exists|now|row_number|rank|bool_and|bool_or)\s*\(/i;

/** Does an expression only count, measure or hash? */
export const isSilent = (expression: string): boolean => SILENT.test(expression.trim());

/** Columns that an expression mentions; none where it only counts. */
export function mentions(expression: string): readonly Mention[] {
  if (isSilent(expression)) return [];
  const plain = expression.replace(/'(?:[^']|'')*'/g, " ").replace(/::\s*[\w[\]]+/g, " ");
  const out: Mention[] = [];
  for (const match of plain.matchAll(new RegExp(`(?:(${NAME})\\.)?(${NAME})(?!\\s*\\()(?!\\.)`, "g"))) {
    const column = match[2]!.replace(/["`[\]]/g, "");
    if (match[1] === undefined && KEYWORDS.has(column.toLowerCase())) continue;
    out.push({ alias: match[1]?.replace(/["`[\]]/g, ""), column });
  }
  return out;
}
