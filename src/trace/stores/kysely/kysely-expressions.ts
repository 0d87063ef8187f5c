/** Kysely's expressions: references, values, functions, JSON helpers, `sql` templates. Conditions carry nothing into rows. */
import { objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, BOTTOM, exact, join, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs, arg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { hop, make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import { promised } from "../../natives/settle.js";
import { arrayOf, at } from "../../natives/support.js";
import { rowList } from "../answers.js";
import { isQuery, listed, Q } from "./kysely-query.js";
import { E, expression, isExpression } from "./kysely-run.js";
import { runSql, templateText } from "../sql/run.js";
import { mentions } from "../sql-text.js";

const proto = (m: Machine): Value => ofRef(external(m, "kysely", ["Expression", "prototype"]).id);

const make1 = (call: NativeCall, kind: string, of: Value, suffix = ""): Obj =>
  expression(call.m, at(call, kind + suffix), proto(call.m), kind, of);
const expr = (call: NativeCall, kind: string, of: Value): Value => ofRef(make1(call, kind, of).id);

const array = (call: NativeCall, items: readonly Value[], what: string): Value => arrayOf(call.m, items, at(call, what));

/** A column by name, or an expression as it is. */
function operand(call: NativeCall, v: Value, i: number): Value {
  let out: Value = BOTTOM;
  if (v.consts.length > 0) out = ofRef(make1(call, "column", { ...v, refs: [] }, String(i)).id);
  for (const obj of objectsOf(call.m.heap, v)) out = join(out, ofRef(obj.id));
  return out;
}

/** Any of some operands: `coalesce`, `max`, `lower` … all spell out what they are given. */
const anyOf = (call: NativeCall, operands: readonly Value[]): Value =>
  expr(
    call,
    "either",
    array(
      call,
      operands.flatMap((v) => listed(call, v)).map((v, i) => operand(call, v, i)),
      "operands",
    ),
  );

const condition: Native = (call) => {
  // `eb("a", "=", 1)` is a condition; arithmetic and concatenation of columns are rare in selections and end here too.
  const operator = exact(arg(call.args, 1));
  return operator === "||" || operator === "->" || operator === "->>" ? anyOf(call, [arg(call.args, 0)]) : expr(call, "none", BOTTOM);
};

const SILENT_FUNCTIONS = new Set([
  "count",
  "sum",
  "avg",
  "md5",
  "sha256",
  "length",
  "now",
  "char_length",
  "exists",
  "row_number",
  "rank",
  "digest",
]);

const named: Native = (call) => {
  const name = String(arg(call.args, 0).consts[0] ?? "");
  return SILENT_FUNCTIONS.has(name.toLowerCase()) ? expr(call, "none", BOTTOM) : anyOf(call, call.args.list.slice(1));
};

const silent: Native = (call) => expr(call, "none", BOTTOM);

/** By name, whatever the way there (`eb.fn.max`, a destructured `ref`, an imported `jsonArrayFrom`). */
export const EXPRESSIONS: Readonly<Record<string, Native>> = {
  eb: condition,
  ref: (call) => expr(call, "column", arg(call.args, 0)),
  column: (call) => expr(call, "column", arg(call.args, 0)),
  val: (call) => expr(call, "value", arg(call.args, 0)),
  lit: (call) => expr(call, "value", arg(call.args, 0)),
  cast: (call) => anyOf(call, [arg(call.args, 0)]),
  parens: (call) => anyOf(call, [arg(call.args, 0)]),
  table: (call) => expr(call, "row", arg(call.args, 0)),
  fn: named,
  agg: named,
  coalesce: (call) => anyOf(call, allArgs(call.args)),
  max: (call) => anyOf(call, [arg(call.args, 0)]),
  min: (call) => anyOf(call, [arg(call.args, 0)]),
  any: (call) => anyOf(call, [arg(call.args, 0)]),
  toJson: (call) => expr(call, "row", arg(call.args, 0)),
  jsonAgg: (call) => expr(call, "rows", arg(call.args, 0)),
  jsonArrayFrom: (call) => expr(call, "rows", arg(call.args, 0)),
  jsonObjectFrom: (call) => expr(call, "row", arg(call.args, 0)),
  jsonBuildObject: (call) => expr(call, "fields", arg(call.args, 0)),
  case: (call) => expr(call, "either", BOTTOM),
  ...Object.fromEntries(
    "and or not exists between betweenSymmetric unary neg tuple refTuple count countAll sum avg on onRef"
      .split(" ")
      .map((n) => [n, silent]),
  ),
};

/** Methods of expressions: a name, another type, a branch of a `case`. */
export function expressionMethod(name: string): Native {
  switch (name) {
    case "as":
      return (call) =>
        copyWith(call, (copy) => {
          setSlot(call.m.heap, copy, Q.alias, arg(call.args, 0));
        });
    case "then":
    case "else":
      return (call) =>
        copyWith(call, (copy) => {
          const branches = listed(call, copy.props.get(E.of) ?? BOTTOM);
          const given = arg(call.args, 0);
          const value = objectsOf(call.m.heap, given).some(isExpression) ? given : ofRef(make1(call, "value", given, "branch").id);
          setSlot(call.m.heap, copy, E.of, array(call, [...branches, value], "branches"));
        });
    case "elseRef":
    case "thenRef":
      return (call) =>
        copyWith(call, (copy) => {
          setSlot(
            call.m.heap,
            copy,
            E.of,
            array(call, [...listed(call, copy.props.get(E.of) ?? BOTTOM), operand(call, arg(call.args, 0), 0)], "branches"),
          );
        });
    case "execute":
      return runTag;
    default:
      // `$castTo`, `when`, `end`, `distinct`, `filterWhere`, `over`, `and` …
      return (call) => call.self;
  }
}

function copyWith(call: NativeCall, change: (copy: Obj) => void): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(call.m.heap, call.self)) {
    const copy = make(call.m, "object", at(call, `<${obj.key.slice(-60)}`));
    for (const [slot, v] of obj.props) setSlot(call.m.heap, copy, slot, v);
    change(copy);
    out = join(out, ofRef(copy.id));
  }
  return out;
}

// ------------------------------------------------------------------------------------------------ sql``

/** `sql` as a tag, and its helpers: `sql.ref`, `sql.raw`, `sql.join` … */
export function sqlTag(path: readonly string[]): Native | undefined {
  if (path.length === 1) return template;
  switch (path[1]) {
    case "ref":
    case "column":
      return (call) => expr(call, "column", arg(call.args, 0));
    case "val":
    case "value":
    case "lit":
    case "literal":
      return (call) => expr(call, "value", arg(call.args, 0));
    case "raw":
      return (call) => text(call, String(exact(arg(call.args, 0)) ?? ""), []);
    case "join":
      return (call) => anyOf(call, [arg(call.args, 0)]);
    case "table":
    case "id":
      return silent;
    default:
      return undefined;
  }
}

const template: Native = (call) => text(call, templateText(call.m, arg(call.args, 0)) ?? "", call.args.list.slice(1));

/** Raw SQL with its parameters; as a selected expression it spells out the columns that it mentions. */
function text(call: NativeCall, sql: string, params: readonly Value[]): Value {
  const { m } = call;
  const found = /^\s*(select|insert|update|delete|with)\b/i.test(sql) ? [] : mentions(sql);
  const silentText = found.length === 0;
  const of = silentText ? BOTTOM : params.reduce((v: Value, p) => join(v, p), BOTTOM);
  const obj = make1(call, "text", of);
  setSlot(
    m.heap,
    obj,
    E.mentions,
    array(
      call,
      found.map((f) => ofConst(f.alias === undefined ? f.column : `${f.alias}.${f.column}`)),
      "mentions",
    ),
  );
  setSlot(m.heap, obj, "\0sql", ofConst(sql));
  setSlot(m.heap, obj, "\0params", array(call, params, "params"));
  return ofRef(obj.id);
}

/** `sql`…`.execute(db)` */
const runTag: Native = (call) => {
  const { m, site } = call;
  let row: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, call.self)) {
    const sql = exact(obj.props.get("\0sql") ?? UNDEFINED);
    const params = listedParams(call, obj);
    if (typeof sql === "string") row = join(row, runSql(m, sql, params, site));
  }
  const rows = rowList(call, row.refs.length === 0 ? unknown(m, at(call, "row")) : hop(m, row, "read", site));
  const result = make(m, "object", at(call, "result"));
  setSlot(m.heap, result, "rows", rows);
  setSlot(m.heap, result, "numAffectedRows", ANY_NUMBER);
  return promised(call, ofRef(result.id));
};

/** Parameters in order; an expression among them stands for its value. */
function listedParams(call: NativeCall, obj: Obj): readonly Value[] {
  const out: Value[] = [];
  for (const list of objectsOf(call.m.heap, obj.props.get("\0params") ?? BOTTOM))
    for (let i = 0; list.props.has(String(i)); i++) {
      const v = list.props.get(String(i))!;
      let value: Value = { ...v, refs: [] };
      for (const o of objectsOf(call.m.heap, v))
        value = join(value, isQuery(o) ? ANY_BOOLEAN : o.props.has(E.kind) ? (o.props.get(E.of) ?? BOTTOM) : ofRef(o.id));
      out.push(value);
    }
  return out;
}
