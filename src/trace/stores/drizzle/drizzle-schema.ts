/**
 * Drizzle's schema as heap objects: a table is an object whose properties are its columns, a column knows the names that table and
 * column have in the database. So `users.email` says by itself what it stands for, wherever it is handed.
 */
import { joinSlot, objectsOf, S, setSlot, type Obj, isFunction } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue } from "../../machine/call.js";
import { external, externalData } from "../../machine/external.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { entries } from "../../machine/props.js";
import { at } from "../../natives/support.js";

/** Slots of tables, columns and relations. */
export const D = {
  /** A column's name in the database; empty while only the property's name is known. */
  column: "\0column",
  /** The name of a column's table in the database. */
  of: "\0of",
  /** A table's name in the database. */
  table: "\0table",
  /** The name that a table goes by in a query. */
  alias: "\0alias",
  /** A relation's other table. */
  related: "\0related",
  many: "\0many",
} as const;

/** The object under this name that Drizzle's own values inherit their methods from. */
const proto = (m: Machine, owner: string): Value => ofRef(external(m, "drizzle-orm", [owner]).id);

/** An object with the methods of one of Drizzle's kinds: `Column`, `Query`, `Expression` … */
export function drizzleObject(call: NativeCall, owner: string, what: string): Obj {
  const obj = make(call.m, "object", at(call, what));
  setSlot(call.m.heap, obj, S.proto, proto(call.m, owner));
  return obj;
}

export const isTable = (obj: Obj): boolean => obj.props.has(D.table);
export const isColumn = (obj: Obj): boolean => obj.props.has(D.column);

/** What all schemas and relations of the program are kept in, by name. */
const registry = (m: Machine): Obj => external(m, "drizzle-orm", ["Registry"]);

/** A column builder: `text("db_name")`, `t.integer()`. */
export const column: Native = (call) => {
  const obj = drizzleObject(call, "Column", "column");
  const name = exact(arg(call.args, 0));
  setSlot(call.m.heap, obj, D.column, ofConst(typeof name === "string" ? name : ""));
  return ofRef(obj.id);
};

/** A function that makes columns: an enumeration's, a custom type's. */
export const columnMaker: Native = (call) => ofRef(make(call.m, "native", at(call, "type"), { run: column }).id);

/** `pgTable("users", { … })`, the columns as an object or as a function of the column types. */
export const table: Native = (call) => makeTable(call, arg(call.args, 0), arg(call.args, 1));

/** `pgTableCreator((name) => `app_${name}`)`. */
export const tableCreator: Native = (call) => {
  const naming = arg(call.args, 0);
  return ofRef(
    make(call.m, "native", at(call, "creator"), {
      run: ((inner) =>
        makeTable(
          inner,
          callValue(inner.m, naming, UNDEFINED, { list: [arg(inner.args, 0)], rest: null }, inner.site),
          arg(inner.args, 1),
        )) satisfies Native,
    }).id,
  );
};

function makeTable(call: NativeCall, name: Value, columns: Value): Value {
  const { m, site } = call;
  const text = String(exact(name) ?? "*");
  const obj = drizzleObject(call, "Table", `table ${text}`);
  setSlot(m.heap, obj, D.table, ofConst(text));
  for (const given of objectsOf(m.heap, columnsOf(call, columns)))
    for (const x of entries(m, given, site).known) {
      let own: Value = BOTTOM;
      for (const c of objectsOf(m.heap, x.value)) if (isColumn(c)) own = join(own, ofRef(boundColumn(call, c, text, x.name).id));
      if (!isBottom(own)) joinSlot(m.heap, obj, x.name, own);
    }
  joinSlot(m.heap, registry(m), `\0table:${text}`, ofRef(obj.id));
  return ofRef(obj.id);
}

const columnsOf = (call: NativeCall, columns: Value): Value => {
  const made = objectsOf(call.m.heap, columns).some(isFunction);
  return made
    ? callValue(call.m, columns, UNDEFINED, { list: [ofRef(external(call.m, "drizzle-orm", ["types"]).id)], rest: null }, call.site)
    : columns;
};

/** Builders are shared between tables (`...timestamps`): each table has its own. */
function boundColumn(call: NativeCall, builder: Obj, tableName: string, property: string): Obj {
  const obj = drizzleObject(call, "Column", `column ${tableName}.${property}`);
  const name = exact(builder.props.get(D.column) ?? UNDEFINED);
  setSlot(call.m.heap, obj, D.column, ofConst(typeof name === "string" && name !== "" ? name : property));
  setSlot(call.m.heap, obj, D.of, ofConst(tableName));
  return obj;
}

/** `alias(users, "u")`: the same table under another name. */
export const alias: Native = (call) => {
  const { m } = call;
  let out: Value = BOTTOM;
  for (const from of objectsOf(m.heap, arg(call.args, 0))) {
    const obj = make(m, "object", at(call, `alias ${from.key}`));
    for (const [slot, v] of from.props) setSlot(m.heap, obj, slot, v);
    setSlot(m.heap, obj, D.alias, arg(call.args, 1));
    out = join(out, ofRef(obj.id));
  }
  return out;
};

/** `getTableColumns(users)`: the columns alone. */
export const tableColumns: Native = (call) => {
  const obj = make(call.m, "object", at(call, "columns"));
  for (const t of objectsOf(call.m.heap, arg(call.args, 0)))
    for (const [name, c] of columnsIn(call, t)) joinSlot(call.m.heap, obj, name, c);
  return ofRef(obj.id);
};

/** A table's columns by property. */
export function columnsIn(call: NativeCall, obj: Obj): readonly (readonly [string, Value])[] {
  const out: (readonly [string, Value])[] = [];
  for (const [slot, v] of obj.props) if (slot.charCodeAt(0) !== 0 && objectsOf(call.m.heap, v).some(isColumn)) out.push([slot, v]);
  return out;
}

/** A table's name in the database; a table whose declaration is not here goes by the name it is exported under. */
export function tableName(obj: Obj): string {
  const name = exact(obj.props.get(D.table) ?? UNDEFINED);
  if (typeof name === "string") return name;
  return obj.kind === "external" ? (externalData(obj).path.at(-1) ?? "*") : "*";
}

// ------------------------------------------------------------------------------------------------ relations

/** `drizzle(client, { schema })`: names of `db.query.<name>`. */
export function registerSchema(call: NativeCall, schema: Value): void {
  const { m } = call;
  for (const obj of objectsOf(m.heap, schema)) {
    for (const x of entries(m, obj, call.site).known)
      for (const t of objectsOf(m.heap, x.value)) if (isTable(t)) joinSlot(m.heap, registry(m), `\0schema:${x.name}`, ofRef(t.id));
  }
}

/** The tables behind `db.query.<name>`. */
export function schemaTables(m: Machine, name: string): readonly Obj[] {
  const { props } = registry(m);
  return objectsOf(m.heap, props.get(`\0schema:${name}`) ?? props.get(`\0table:${name}`) ?? BOTTOM).filter(isTable);
}

const relation = (call: NativeCall, many: boolean, tables: readonly Obj[]): Value => {
  const obj = make(call.m, "object", at(call, "relation"));
  for (const t of tables) joinSlot(call.m.heap, obj, D.related, ofRef(t.id));
  setSlot(call.m.heap, obj, D.many, ofConst(many));
  return ofRef(obj.id);
};

/** `one(users, { … })`, `many(posts)`. */
const related =
  (many: boolean): Native =>
  (call) =>
    relation(call, many, objectsOf(call.m.heap, arg(call.args, 0)).filter(isTable));

/** `relations(users, ({ one, many }) => ({ posts: many(posts) }))`. */
export const relations: Native = (call) => {
  const { m } = call;
  const helpers = make(m, "object", at(call, "helpers"));
  for (const [name, many] of [
    ["one", false],
    ["many", true],
  ] as const)
    setSlot(m.heap, helpers, name, ofRef(make(m, "native", at(call, name), { run: related(many) }).id));
  const made = callValue(m, arg(call.args, 1), UNDEFINED, { list: [ofRef(helpers.id)], rest: null }, call.site);
  for (const t of objectsOf(m.heap, arg(call.args, 0))) register(call, tableName(t), made);
  return ofRef(make(m, "object", at(call, "relations")).id);
};

/** `defineRelations(schema, (r) => ({ users: { posts: r.many.posts({ … }) } }))`. */
export const defineRelations: Native = (call) => {
  const { m } = call;
  registerSchema(call, arg(call.args, 0));
  const made = callValue(
    m,
    arg(call.args, 1),
    UNDEFINED,
    { list: [ofRef(external(m, "drizzle-orm", ["relate"]).id)], rest: null },
    call.site,
  );
  for (const obj of objectsOf(m.heap, made))
    for (const x of entries(m, obj, call.site).known) for (const t of schemaTables(m, x.name)) register(call, tableName(t), x.value);
  return made;
};

/** `r.one.users(…)`, `r.many.posts(…)` by the path of their names. */
export const relate =
  (many: boolean, name: string): Native =>
  (call) =>
    relation(call, many, schemaTables(call.m, name));

function register(call: NativeCall, table: string, relations: Value): void {
  for (const obj of objectsOf(call.m.heap, relations))
    for (const x of entries(call.m, obj, call.site).known)
      joinSlot(call.m.heap, registry(call.m), `\0relation:${table}:${x.name}`, x.value);
}

/** What a table's relation leads to, when the program declares it. */
export function relationOf(
  m: Machine,
  table: string,
  name: string,
): { readonly tables: readonly Obj[]; readonly many: boolean } | undefined {
  const found = objectsOf(m.heap, registry(m).props.get(`\0relation:${table}:${name}`) ?? BOTTOM);
  const tables = found.flatMap((r) => objectsOf(m.heap, r.props.get(D.related) ?? BOTTOM)).filter(isTable);
  return tables.length === 0 ? undefined : { tables, many: found.some((r) => (r.props.get(D.many)?.kinds ?? 0) === ofConst(true).kinds) };
}
