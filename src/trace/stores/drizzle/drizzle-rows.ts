/** What Drizzle's selections give: cells and rows of tables, SQL expressions, subqueries. */
import { about, NO_FACTS } from "../../domain/about.js";
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import {
  ANY_STRING,
  BOTTOM,
  exact,
  hasPrimitive,
  isBottom,
  join,
  K,
  NULL,
  ofConst,
  ofRef,
  stringOf,
  FALSE,
  TRUE,
  UNDEFINED,
  withAbout,
  withKinds,
  type Value,
} from "../../domain/value.js";
import { allArgs, arg } from "../../machine/call.js";
import { allLabels } from "../../machine/deep.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { namesWhole } from "../../machine/people.js";
import { entries } from "../../machine/props.js";
import { named } from "../../machine/subjects.js";
import { unknown } from "../../machine/unknown.js";
import { at } from "../../natives/support.js";
import { columnsIn, D, drizzleObject, isColumn, isTable, tableName } from "./drizzle-schema.js";
import { scalarOf } from "../answers.js";
import { ask, asked, compared } from "../builder-conditions.js";
import { flagOf, given, saysConsent, type Fixed } from "../conditions.js";
import { isSilent, mentions } from "../sql-text.js";
import { templateText } from "../sql/run.js";
import { hasColumn, readColumn, readRow } from "../table.js";

/** Slots of queries and expressions. */
export const Q = {
  /** `select`, `insert`, `update`, `delete`. */
  op: "\0op",
  /** Tables and subqueries of a query, in the order of their mention: `\0from:0`. */
  from: "\0from:",
  /** The selection, an object; not there where everything is selected. */
  fields: "\0fields",
  /** Rows that were written, by the names of the database. */
  written: "\0written",
  /** There is something to give back: a selection, or `returning`. */
  gives: "\0gives",
  union: "\0union",
  /** An expression's text, its parameters as `?`. */
  text: "\0text",
  /** An expression's parameters and operands, as an object by number. */
  operands: "\0operands",
} as const;

const DEPTH = 6;

export const isQuery = (obj: Obj): boolean => obj.props.has(Q.op);
const isExpression = (obj: Obj): boolean => obj.props.has(Q.text);
/** Does this stand for something that the database makes a value of? */
export const isComputed = (obj: Obj): boolean => isColumn(obj) || isQuery(obj) || isExpression(obj);

/** Tables and subqueries that a query reads. */
export function* fromOf(call: NativeCall, query: Obj | null): Generator<Obj> {
  for (const [slot, v] of query?.props ?? []) if (slot.startsWith(Q.from)) yield* objectsOf(call.m.heap, v);
}

/** A cell: what the query has written, where it gives that back, else what any row of the table holds. */
function cell(call: NativeCall, query: Obj | null, table: string, name: string): Value {
  const { m, site } = call;
  const written = query?.props.get(Q.written);
  if (written === undefined || !(query?.props.get(Q.op)?.consts.includes("insert") ?? false)) return readColumn(m, table, name, site);
  let out: Value = BOTTOM;
  for (const row of objectsOf(m.heap, written))
    out = join(out, row.props.get(name) ?? row.props.get(S.rest) ?? unknown(m, at(call, `default ${name}`)));
  return withKinds(out, out.kinds & ~K.Absent);
}

/** A whole row of a table, by the names of the program. */
export function tableRow(call: NativeCall, query: Obj | null, table: Obj, except: ReadonlySet<string> = new Set()): Value {
  const { m } = call;
  const name = tableName(table);
  if (!isTable(table)) return readRow(m, name, call.site);
  const row = make(m, "object", at(call, `row ${name}`));
  for (const [property, columns] of columnsIn(call, table))
    if (!except.has(property)) setSlot(m.heap, row, property, valueOf(call, query, columns, 0));
  return ofRef(row.id);
}

/** One row of what a query gives. */
export function rowOf(call: NativeCall, query: Obj, depth = 0): Value {
  const { m } = call;
  if (depth > DEPTH) return unknown(m, at(call, "deep row"));
  const fields = query.props.get(Q.fields);
  const own = fields === undefined ? everything(call, query, depth) : fieldsOf(call, query, fields, depth);
  let out: Value = given(m, own, fixedIn(call, query));
  for (const other of objectsOf(m.heap, query.props.get(Q.union) ?? BOTTOM))
    if (isQuery(other)) out = join(out, rowOf(call, other, depth + 1));
  return out;
}

/** What conditions ask for: their columns are named by the table in the database. */
export const fixedIn = (call: NativeCall, conditions: Obj): readonly Fixed[] =>
  asked(call.m, conditions, call.site).flatMap(({ alias, name, is }) =>
    alias === undefined ? [] : [{ table: alias, column: name, value: is }],
  );

/** Without a selection: the only table's row, or with joins a row of each under its name. */
function everything(call: NativeCall, query: Obj, depth: number): Value {
  const { m } = call;
  const sources = [...fromOf(call, query)];
  const whole = (from: Obj): Value => (isQuery(from) ? rowOf(call, from, depth + 1) : tableRow(call, query, from));
  const joined = [...query.props.keys()].some((slot) => slot.startsWith(Q.from) && slot !== `${Q.from}0`);
  if (!joined) return sources.reduce((v: Value, from) => join(v, whole(from)), BOTTOM);
  const row = make(m, "object", at(call, `joined ${depth}`));
  for (const from of sources) {
    const name = String(exact(from.props.get(D.alias) ?? UNDEFINED) ?? tableName(from));
    setSlot(m.heap, row, name, join(join(row.props.get(name) ?? BOTTOM, whole(from)), NULL));
  }
  return ofRef(row.id);
}

/** A selection `{ id: users.id, author: { … }, user: users }`. */
function fieldsOf(call: NativeCall, query: Obj | null, fields: Value, depth: number): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, fields)) {
    const row = make(m, "object", at(call, `selected ${obj.key} ${depth}`));
    for (const x of entries(m, obj, site).known) {
      const v = valueOf(call, query, x.value, depth + 1);
      setSlot(m.heap, row, x.name, x.maybe ? withKinds(v, v.kinds | K.Absent) : v);
    }
    out = join(out, ofRef(row.id));
  }
  return out;
}

/** What a selected value comes to in a row. */
export function valueOf(call: NativeCall, query: Obj | null, v: Value, depth: number): Value {
  const { m } = call;
  let out: Value = { ...v, refs: [] };
  if (depth > DEPTH) return out;
  for (const obj of objectsOf(m.heap, v)) {
    if (isColumn(obj))
      for (const t of obj.props.get(D.of)?.consts ?? [])
        for (const c of obj.props.get(D.column)?.consts ?? []) out = join(out, cell(call, query, String(t), String(c)));
    else if (isTable(obj)) out = join(out, join(tableRow(call, query, obj), NULL));
    else if (isQuery(obj)) out = join(out, scalar(call, obj, depth));
    else if (isExpression(obj)) out = join(out, expressionValue(call, query, obj, depth));
    else out = join(out, fieldsOf(call, query, ofRef(obj.id), depth));
  }
  return out;
}

/** The columns of a subquery that stands for one value. */
const scalar = (call: NativeCall, query: Obj, depth: number): Value => scalarOf(call, rowOf(call, query, depth + 1));

function expressionValue(call: NativeCall, query: Obj | null, obj: Obj, depth: number): Value {
  const { m, site } = call;
  const text = String(exact(obj.props.get(Q.text) ?? UNDEFINED) ?? "");
  let v: Value = BOTTOM;
  if (!isSilent(text)) {
    for (const { alias, column } of mentions(text)) {
      const tables = alias === undefined ? [...fromOf(call, query)].map(tableName).filter((t) => hasColumn(m, t, column)) : [alias];
      for (const t of tables) v = join(v, readColumn(m, t, column, site));
    }
    for (const x of operandsOf(call, obj)) v = join(v, valueOf(call, query, x, depth + 1));
  }
  // One operand and nothing around it is that operand, with its structure.
  if (text === "?" && !isBottom(v)) return v;
  const labels = allLabels(m, v);
  return labels.length === 0 ? unknown(m, at(call, `expression ${obj.key}`)) : stringOf(labels);
}

export function operandsOf(call: NativeCall, obj: Obj): readonly Value[] {
  const out: Value[] = [];
  for (const list of objectsOf(call.m.heap, obj.props.get(Q.operands) ?? BOTTOM))
    for (let i = 0; list.props.has(String(i)); i++) out.push(list.props.get(String(i))!);
  return out;
}

/** An SQL expression of a text with `?` for its operands. */
export function expression(call: NativeCall, text: string, operands: readonly Value[]): Value {
  const { m } = call;
  const obj = drizzleObject(call, "Expression", "expression");
  const list = make(m, "object", at(call, "operands"));
  operands.forEach((v, i) => {
    setSlot(m.heap, list, String(i), v);
  });
  setSlot(m.heap, obj, Q.text, ofConst(text));
  setSlot(m.heap, obj, Q.operands, ofRef(list.id));
  return ofRef(obj.id);
}

/** Conditions and aggregates: nothing of them is in a row. */
export const silent: Native = (call) => expression(call, "count()", []);
/** `eq(users.mayTrain, true)`, which `where` and joins take up. */
export const equal: Native = (call) => {
  const v = silent(call);
  const column = columnAsked(call, arg(call.args, 0));
  if (column !== undefined) for (const obj of objectsOf(call.m.heap, v)) ask(call.m, obj, column, arg(call.args, 1));
  return v;
};

/** `inArray(chats.userId, ids)`, or what another query selects: the keys of its rows. */
export const among: Native = (call) => {
  const { m } = call;
  const [query, ...others] = saysConsent(m) ? objectsOf(m.heap, arg(call.args, 1)) : [];
  if (query === undefined || others.length > 0 || !isQuery(query)) return equal(call);
  const row = rowOf(call, query);
  const [of, ...more] = objectsOf(m.heap, row);
  const [name = "", ...names] = [...(of?.props.keys() ?? [])].filter((slot) => slot.charCodeAt(0) !== 0);
  const isKey = of !== undefined && more.length === 0 && names.length === 0 && namesWhole(name);
  const key = isKey ? withAbout(ANY_STRING, about(`${named(m, of)}.${name}`, row.about?.held ?? NO_FACTS)) : UNDEFINED;
  return equal({ ...call, args: { list: [arg(call.args, 0), key], rest: null } });
};

/** `ne(users.mayTrain, false)`: of a column that is true or false the other one; SQL gives no row where it is null. */
export const unequal: Native = (call) => {
  const flag = flagOf(arg(call.args, 1));
  const other = flag === undefined ? UNDEFINED : flag ? FALSE : TRUE;
  return equal({ ...call, args: { list: [arg(call.args, 0), other], rest: null } });
};

/** The column that a condition is about, `users.may_train`. */
function columnAsked({ m }: NativeCall, v: Value): string | undefined {
  // Beside its columns, a table has whatever the library gives it.
  const [column, ...others] = objectsOf(m.heap, v).filter(({ kind }) => kind !== "external");
  if (!saysConsent(m) || column === undefined || others.length > 0 || !isColumn(column)) return undefined;
  const [table, name] = [exact(column.props.get(D.of) ?? UNDEFINED), exact(column.props.get(D.column) ?? UNDEFINED)];
  return `${String(table)}.${String(name)}`;
}

/** What a condition asks for, also one that is just a column: handed to `put`, column by column. */
export function conditioned(call: NativeCall, condition: Value, put: (column: string, v: Value) => void): void {
  const column = columnAsked(call, condition);
  if (column !== undefined) put(column, TRUE);
  else if (condition.refs.length === 1 && !hasPrimitive(condition))
    for (const { alias, name, v } of compared(objectsOf(call.m.heap, condition)[0]!)) put(`${String(alias)}.${name}`, v);
}

/** `and(a, b)` asks for what each does. */
export const all: Native = (call) => {
  const v = silent(call);
  for (const part of call.args.list)
    for (const obj of objectsOf(call.m.heap, v))
      conditioned(call, part, (column, is) => {
        ask(call.m, obj, column, is);
      });
  return v;
};

/** `max(users.email)` is one of the column's values. */
export const either: Native = (call) => expression(call, "?", allArgs(call.args));

/** `sql`…``: tables and columns stand in the text under their names, expressions with their own text. */
export const sqlTag: Native = (call) => {
  const parts = (templateText(call.m, arg(call.args, 0)) ?? "").split("?");
  const operands: Value[] = [];
  let text = parts[0] ?? "";
  parts.slice(1).forEach((part, i) => {
    const v = arg(call.args, i + 1);
    const [obj, ...others] = objectsOf(call.m.heap, v);
    if (obj !== undefined && others.length === 0 && isTable(obj)) text += `"${tableName(obj)}"`;
    else if (obj !== undefined && others.length === 0 && isColumn(obj))
      text += `"${String(exact(obj.props.get(D.of) ?? UNDEFINED) ?? "*")}"."${String(exact(obj.props.get(D.column) ?? UNDEFINED) ?? "*")}"`;
    else if (obj !== undefined && others.length === 0 && isExpression(obj)) {
      text += String(exact(obj.props.get(Q.text) ?? UNDEFINED) ?? "");
      operands.push(...operandsOf(call, obj));
    } else {
      text += "?";
      operands.push(v);
    }
    text += part;
  });
  return expression(call, text, operands);
};

/** `sql.raw(text)`, `sql.join([…])`, `sql.param(v)`, `sql.placeholder(name)` … */
export const sqlHelper =
  (name: string): Native =>
  (call) => {
    if (name === "raw") return expression(call, String(exact(arg(call.args, 0)) ?? ""), []);
    if (name === "param" || name === "join") return expression(call, "?", [arg(call.args, 0)]);
    return silent(call);
  };
