/** Reads expressions of SQL: which columns they are made of, and how. */
import { accept, isOp, isOpen, isWord, next, peek, skipGroup, skipTo, type Cursor, type Token } from "./tokens.js";
import { HOLE } from "../../domain/text-pattern.js";
import { jsonPart, underKeys, underText } from "./json-paths.js";
import type { Expr, Query } from "./syntax.js";

/** Reads a query in parentheses; given, since queries are made of expressions. */
export type ReadQuery = (c: Cursor) => Query;

const SILENT: Expr = { k: "silent" };

/** Functions whose result says nothing of the content: how many, how long, which hash. */
const SILENT_FUNCTIONS =
  /^(count|sum|avg|length|char_length|character_length|octet_length|cardinality|array_length|jsonb?_array_length|jsonb?_typeof|pg_typeof|typeof|md5|sha\d*|hashtext|digest|exists|now|row_number|rank|dense_rank|ntile|bool_and|bool_or|every|bit_length|uuid_generate_v4|gen_random_uuid|nextval|random|stddev|variance|countif|sumif|avgif|uniq\w*|quantiles?\w*|empty|notempty|isnull|isnotnull|has|hasany|hasall|date_?diff|lengthutf8|cityhash64|siphash\w*|xxhash\w*|halfmd5|generateuuidv4|rand\d*|today|now64)$/;
/** Functions that give one of their arguments as it is. */
const EITHER =
  /^(coalesce|ifnull|nvl|nullif|greatest|least|max|min|any_value|first_value|last_value|nth_value|lag|lead|first|last|iif|arg_max|arg_min|argmax|argmin|any|anylast|distinct|assumenotnull|tonullable|materialize)$/;
/** Where ClickHouse has a condition behind the arguments of an aggregate (`anyIf(x, c)`), or before them (`if(c, x, y)`). */
const CONDITION_LAST = /^(\w{3,})if$/;
const CHOOSES = /^(if|multiif)$/;
const LISTS =
  /^(jsonb?_agg|jsonb?_agg_strict|array_agg|json_group_array|json_arrayagg|grouparray\w*|groupuniqarray|jsonb?_build_array|json_array|array|tuple)$/;
const OBJECTS = /^(jsonb?_build_object|json_object|jsonb?_object_agg|json_objectagg|json_group_object)$/;
const WHOLE = /^(to_jsonb?|row_to_json)$/;

/** Words at which an expression ends. */
const ENDS = new Set(
  "from where group having order limit offset union intersect except window returning on left right inner full cross join natural as using set values fetch for when then else end do lateral".split(
    " ",
  ),
);
const COMPARES = new Set("is in like ilike similar between and or not isnull notnull any all some overlaps contains".split(" "));

/** Reads one expression, to the comma, parenthesis or keyword behind it. */
export function readExpr(c: Cursor, query: ReadQuery): Expr {
  const operands: Expr[] = [];
  let compares = false;
  let mixes = false;
  // Comes an operand next? A name where none is due is an alias.
  let due = true;
  for (let token = peek(c); token !== undefined && !(ENDS.has(token.word) && !isOp(c, "(", 1)); token = peek(c)) {
    if (token.kind === "op" && token.text !== "(") {
      if (/^[,);\]]$/.test(token.text)) break;
      if (token.text === "[") skipIndex(c, operands, query);
      else if (token.text === "::") skipType(c);
      else if (/^(->>?|#>>?)$/.test(token.text)) readMember(c, operands);
      else {
        if (/^(=|<|>|<=|>=|<>|!=|@>|<@|\?\||\?&|~|@|&)$/.test(token.text)) compares = true;
        // A sign, or `*` in `count(*)`, joins nothing.
        else if (operands.length > 0) mixes = true;
        due = true;
        next(c);
      }
    } else if (COMPARES.has(token.word) && !(token.word === "any" && due && operands.length === 0)) {
      compares = due = true;
      next(c);
    } else if (token.word === "at" && !due) {
      // `at time zone 'x'`.
      for (const word of ["at", "time", "zone"]) accept(c, word);
      readOperand(c, query);
    } else if (!due && (token.kind === "name" || token.kind === "word")) break;
    else {
      operands.push(isOp(c, "(") ? readGroup(c, query) : readOperand(c, query));
      due = false;
    }
  }
  if (compares || operands.length === 0) return SILENT;
  return operands.length === 1 && !mixes ? operands[0]! : { k: "text", of: operands };
}

export function readList(c: Cursor, query: ReadQuery): readonly Expr[] {
  const out: Expr[] = [];
  while (peek(c) !== undefined && !isOp(c, ")") && !isOp(c, "]")) {
    const before = c.at;
    out.push(readExpr(c, query));
    // `json_agg(x order by y)`, `cast(x as text)`; `trim(both from x)`.
    if (isWord(c, "order", "as", "separator")) skipTo(c, new Set(), true);
    if (!accept(c, "from") && !accept(c, "for") && !accept(c, ",") && c.at === before) next(c);
  }
  return out;
}

function readGroup(c: Cursor, query: ReadQuery): Expr {
  next(c);
  if (isWord(c, "select", "with", "values")) {
    const inner = query(c);
    accept(c, ")");
    return { k: "query", query: inner };
  }
  const list = readList(c, query);
  accept(c, ")");
  return list.length === 1 ? list[0]! : { k: "text", of: list };
}

/** `x[1]` is one of the elements. */
function skipIndex(c: Cursor, operands: Expr[], query: ReadQuery): void {
  next(c);
  readList(c, query);
  accept(c, "]");
  const of = operands.pop();
  if (of !== undefined) operands.push({ k: "member", of, key: undefined });
}

/** `::timestamp with time zone`, `::numeric(10, 2)[]`. */
function skipType(c: Cursor): void {
  next(c);
  next(c);
  while (isWord(c, "with", "without", "time", "zone", "precision", "varying")) next(c);
  if (isOp(c, "(")) skipGroup(c);
  while (accept(c, "[")) {
    if (peek(c)?.kind === "number") next(c);
    accept(c, "]");
  }
}

function readMember(c: Cursor, operands: Expr[]): void {
  const path = next(c)!.text.startsWith("#");
  accept(c, "-");
  const token = next(c);
  const of: Expr = operands.pop() ?? SILENT;
  const text = token?.kind === "text" ? token.text : undefined;
  operands.push(path && text !== undefined ? underKeys(of, text.replace(/^\{|\}$/g, "").split(",")) : underText(of, text));
}

function readOperand(c: Cursor, query: ReadQuery): Expr {
  const i = c.params;
  const token = next(c)!;
  if (token.kind === "param") return { k: "param", i };
  if (token.kind === "text" || token.kind === "number") return { k: "silent", text: token.text };
  if (token.word === "case") return readCase(c, query);
  if (token.word === "interval" || token.word === "date" || token.word === "timestamp") {
    if (peek(c)?.kind === "text") {
      next(c);
      return SILENT;
    }
  }
  if (token.word === "array" && accept(c, "[")) {
    const of = readList(c, query);
    accept(c, "]");
    return { k: "list", of };
  }
  if (/^(null|true|false|current_\w+|localtime\w*|default)$/.test(token.word)) return SILENT;
  if (token.word === "distinct") return readOperand(c, query);
  if (isOp(c, "(")) return readCall(c, token.text.toLowerCase(), query);
  const path = [token.text];
  let last: Token | undefined = token;
  while (isOp(c, ".") && peek(c, 1) !== undefined) {
    next(c);
    if (isOp(c, "*")) {
      next(c);
      return { k: "row", alias: path.at(-1)! };
    }
    path.push((last = next(c)!).text);
  }
  // `schema.function(…)`.
  if (isOp(c, "(")) return readCall(c, path.at(-1)!.toLowerCase(), query);
  const alias = path.length > 1 && !path.at(-2)!.includes(HOLE) ? path.at(-2) : undefined;
  return isOpen(last) ? { k: "any", alias } : { k: "column", alias, name: path.at(-1)! };
}

function readCase(c: Cursor, query: ReadQuery): Expr {
  const of: Expr[] = [];
  if (!isWord(c, "when")) readExpr(c, query);
  while (peek(c) !== undefined && !accept(c, "end")) {
    const before = c.at;
    if (accept(c, "when")) readExpr(c, query);
    if (accept(c, "then") || accept(c, "else")) of.push(readExpr(c, query));
    if (c.at === before) next(c);
  }
  return { k: "either", of };
}

function readCall(c: Cursor, name: string, query: ReadQuery): Expr {
  next(c);
  let args: readonly Expr[];
  if (isWord(c, "select", "with")) args = [{ k: "query", query: query(c) }];
  else args = readList(c, query);
  accept(c, ")");
  if (accept(c, "within")) accept(c, "group");
  for (const word of ["filter", "over"])
    if (isWord(c, word)) {
      next(c);
      if (isOp(c, "(")) skipGroup(c);
      else next(c);
    }
  return called(name, args);
}

function called(name: string, args: readonly Expr[]): Expr {
  if (SILENT_FUNCTIONS.test(name)) return SILENT;
  // `multiIf(c, x, d, y, z)`: the last argument, and each behind a condition.
  if (CHOOSES.test(name)) return { k: "either", of: args.filter((_, i) => i % 2 === 1 || i === args.length - 1) };
  const conditional = CONDITION_LAST.exec(name)?.[1];
  if (conditional !== undefined && conditional !== "null" && args.length > 1) return called(conditional, args.slice(0, -1));
  if (EITHER.test(name)) return { k: "either", of: args };
  if (LISTS.test(name)) return { k: "list", of: args };
  const [first] = args;
  if (WHOLE.test(name) && first !== undefined)
    return first.k === "column" && first.alias === undefined ? { k: "row", alias: first.name } : first;
  const part = jsonPart(name, args);
  if (part !== undefined) return part;
  if (name === "cast" || name === "try_cast") return first ?? SILENT;
  if (!OBJECTS.test(name)) return args.length === 0 ? SILENT : { k: "text", of: args };
  return {
    k: "object",
    entries: args.flatMap((key, i) =>
      i % 2 === 0 ? [{ key: key.k === "silent" ? key.text : undefined, value: args[i + 1] ?? SILENT }] : [],
    ),
  };
}
