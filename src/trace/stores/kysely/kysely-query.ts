/**
 * Kysely's query builders as heap objects. A builder is never changed: each step copies it. Its parts stand in inner slots, named by
 * alias or output column, so that builders of several branches or turns of a loop join like all else: a column that one of them
 * selects is a column that may be there.
 */
import { joinSlot, objectsOf, S, setSlot, type Obj, isFunction } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { iterate } from "../../machine/iterate.js";
import { make, type Machine, type NativeCall } from "../../machine/machine.js";
import { at } from "../../natives/support.js";
import { isCondition } from "../builder-conditions.js";

/** Slots of a builder. */
export const Q = {
  /** `select`, `insert`, `update`, `delete`. */
  op: "\0op",
  /** Table by alias: the table's name. */
  table: "\0table:",
  /** Subquery or CTE by alias: another builder. */
  sub: "\0sub:",
  /** CTE by name. */
  cte: "\0cte:",
  /** Selected column by output name: `alias.column`. */
  column: "\0column:",
  /** Selected expression by output name. */
  expression: "\0expression:",
  /** `selectAll()` of an alias, or of everything: `*`. */
  all: "\0all:",
  /** Selected columns whose names are not known. */
  open: "\0open",
  /** Rows to be inserted or set. */
  values: "\0values",
  /** Other side of a union. */
  union: "\0union",
  /** Types of the tables that a database is declared to have. */
  declared: "\0declared",
  /** Name that a subquery or an expression goes by. */
  alias: "\0alias",
} as const;

/** The expression builder that callbacks get. */
const expressionBuilder = (m: Machine): Value => ofRef(external(m, "kysely", ["ExpressionBuilder"]).id);

export const isQuery = (obj: Obj): boolean => obj.props.has(Q.op);

/** A fresh builder; the CTEs of the object it is made from go along. */
export function newQuery(call: NativeCall, op: string): Obj {
  const obj = make(call.m, "object", at(call, op));
  setSlot(call.m.heap, obj, S.proto, ofRef(external(call.m, "kysely", ["Query", "prototype"]).id));
  setSlot(call.m.heap, obj, Q.op, ofConst(op));
  for (const from of objectsOf(call.m.heap, call.self))
    for (const [slot, v] of from.props) if (slot.startsWith(Q.cte)) joinSlot(call.m.heap, obj, slot, v);
  return obj;
}

/** A copy of each builder that `self` may be, changed. */
export function revisedQuery(call: NativeCall, change: (copy: Obj) => void): Value {
  let out: Value = BOTTOM;
  const queries = objectsOf(call.m.heap, call.self).filter(isQuery);
  // Many builders at one place come from loops: one copy stands for all of them.
  if (queries.length > 4) {
    const copy = make(call.m, "object", at(call, "query"));
    for (const q of queries) for (const [slot, v] of q.props) if (!isCondition(slot)) joinSlot(call.m.heap, copy, slot, v);
    change(copy);
    return ofRef(copy.id);
  }
  for (const [i, q] of queries.entries()) {
    const copy = make(call.m, "object", at(call, `query${i}`));
    for (const [slot, v] of q.props) setSlot(call.m.heap, copy, slot, v);
    change(copy);
    out = join(out, ofRef(copy.id));
  }
  return isBottom(out) ? call.self : out;
}

/** A list argument or a single one; a callback is called with the expression builder. */
export function listed(call: NativeCall, v: Value, given: Value = expressionBuilder(call.m)): readonly Value[] {
  const { m, site } = call;
  const out: Value[] = [];
  for (const c of v.consts) out.push(ofConst(c));
  if ((v.kinds & ~(3 | 4)) !== 0) out.push({ ...v, consts: [], refs: [] });
  for (const obj of objectsOf(m.heap, v)) {
    if (isFunction(obj)) out.push(...listed(call, callValue(m, ofRef(obj.id), UNDEFINED, { list: [given], rest: null }, site), given));
    else if (obj.kind === "array") {
      const items = iterate(m, ofRef(obj.id, v.via), site);
      for (const x of items.rest === null ? items.list : [...items.list, items.rest]) out.push(...listed(call, x, given));
    } else out.push(ofRef(obj.id, v.via));
  }
  return out;
}

/** `"User as u"` → table and alias. */
function tableAlias(text: string): { readonly name: string; readonly alias: string } {
  const [name = text, alias] = text.split(/\s+as\s+/i);
  const plain = (s: string): string => s.trim().replace(/^.*\./, "").replace(/"/g, "");
  return { name: plain(name), alias: alias === undefined ? plain(name) : plain(alias) };
}

/** Adds a table, a subquery or a CTE to a builder. */
export function addTable(call: NativeCall, query: Obj, table: Value): void {
  const { m } = call;
  for (const one of listed(call, table)) {
    const text = exact(one);
    if (typeof text === "string") {
      const { name, alias } = tableAlias(text);
      const cte = query.props.get(Q.cte + name);
      if (cte !== undefined) joinSlot(m.heap, query, Q.sub + alias, cte);
      else joinSlot(m.heap, query, Q.table + alias, ofConst(name));
      continue;
    }
    const queries = objectsOf(m.heap, one).filter(isQuery);
    for (const q of queries) joinSlot(m.heap, query, Q.sub + String(exact(q.props.get(Q.alias) ?? UNDEFINED) ?? "*"), ofRef(q.id));
    // A table of a name that is not known: `${table} as x` still has an alias, but nobody can say which.
    if (queries.length === 0) joinSlot(m.heap, query, `${Q.table}*`, ofConst("*"));
  }
}

/** Adds selected columns and expressions. */
export function addColumns(call: NativeCall, query: Obj, columns: Value): void {
  const { m } = call;
  for (const one of listed(call, columns)) {
    const text = exact(one);
    if (typeof text === "string") {
      const [column = text, output] = text.split(/\s+as\s+/i);
      const name = column.trim();
      joinSlot(m.heap, query, Q.column + (output?.trim() ?? name.replace(/^.*\./, "")), ofConst(name));
      continue;
    }
    const objects = objectsOf(m.heap, one);
    for (const obj of objects) {
      const alias = obj.props.get(Q.alias);
      for (const name of alias?.consts ?? []) joinSlot(m.heap, query, Q.expression + String(name), ofRef(obj.id));
    }
    if (objects.length === 0 || objects.some((o) => !o.props.has(Q.alias))) joinSlot(m.heap, query, Q.open, UNDEFINED);
  }
}

/** Slots of one prefix, with the name behind it. */
export function* named(query: Obj, prefix: string): Generator<readonly [string, Value]> {
  for (const [slot, v] of query.props) if (slot.startsWith(prefix)) yield [slot.slice(prefix.length), v];
}
