/** What Sequelize's reads give: `attributes`, `include`, and the functions and SQL text among them. */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, join, K, NULL, ofConst, ofRef, ofRefs, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs, arg } from "../../machine/call.js";
import { iterate } from "../../machine/iterate.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { entries, getNamed, hide } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { at, exactString, option, record } from "../../natives/support.js";
import { rowList } from "../answers.js";
import { columnNamed, entitiesOf, isTarget, targetsOf, type Entity } from "../entities.js";
import { flagOf, given, type Fixed } from "../conditions.js";
import { askedOf } from "../entity-conditions.js";
import { ALL, entityRow, sqlRow } from "../entity-rows.js";
import { exprIn } from "../sql/parse.js";
import { selectFrom } from "../sql/run.js";
import { readColumn } from "../table.js";

const LIB = "sequelize";

/** Slot of `fn(…)`, `col(…)`, `literal(…)`: the SQL text that it stands for. */
const SQL = "\0sequelize:sql";

const DEPTH = 5;

const textOf = (call: NativeCall, v: Value): string => {
  const c = exact(v);
  const [obj] = objectsOf(call.m.heap, v);
  const own = obj === undefined ? undefined : exact(obj.props.get(SQL) ?? UNDEFINED);
  return typeof own === "string" ? own : typeof c === "string" ? `'${c}'` : typeof c === "number" ? String(c) : "null";
};

const expression =
  (text: (call: NativeCall) => string): Native =>
  (call) => {
    const obj = make(call.m, "object", at(call, "sql"));
    setSlot(call.m.heap, obj, SQL, ofConst(text(call)));
    return ofRef(obj.id);
  };

/** `fn("LOWER", col("email"))`, `literal("a || b")`. */
export const EXPRESSIONS: Readonly<Record<string, Native>> = {
  fn: expression(
    (call) =>
      `${exactString(arg(call.args, 0)) ?? "f"}(${allArgs(call.args)
        .slice(1)
        .map((v) => textOf(call, v))
        .join(", ")})`,
  ),
  col: expression((call) => exactString(arg(call.args, 0)) ?? "*"),
  literal: expression((call) => exactString(arg(call.args, 0)) ?? "*"),
  cast: expression((call) => textOf(call, arg(call.args, 0))),
  json: expression((call) => (exactString(arg(call.args, 0)) ?? "*").replace(/\.(\w+)/g, " ->> '$1'")),
};

/** The members of a list, one by one; an object that is no list alone. */
function members(call: NativeCall, v: Value): readonly Value[] {
  return objectsOf(call.m.heap, v).flatMap((obj) => {
    if (obj.kind !== "array") return [ofRef(obj.id)];
    const items = iterate(call.m, ofRef(obj.id), call.site);
    return items.rest === null ? items.list : [...items.list, items.rest];
  });
}

interface Attributes {
  /** Undefined: all. */
  readonly only: ReadonlySet<string> | undefined;
  readonly except: ReadonlySet<string>;
  /** Names, and what they stand for. */
  readonly named: readonly (readonly [string, Value])[];
}

function attributesOf(call: NativeCall, e: Entity, options: Value): Attributes {
  const { m } = call;
  const given = option(call, options, "attributes");
  const objects = objectsOf(m.heap, given);
  const texts = (v: Value): string[] => members(call, v).flatMap((x) => x.consts.map(String));
  const pairs = (v: Value): (readonly [string, Value])[] =>
    members(call, v).flatMap((x) =>
      objectsOf(m.heap, x).flatMap((pair) => {
        const name = exact(pair.props.get("1") ?? UNDEFINED);
        return pair.kind === "array" && name !== undefined ? [[String(name), pair.props.get("0") ?? BOTTOM] as const] : [];
      }),
    );
  const property = (name: string): string => columnNamed(e, name)?.[0] ?? name;
  if (objects.length > 0 && objects.every((o) => o.kind === "array"))
    return { only: new Set(texts(given).map(property)), except: new Set(), named: pairs(given) };
  const [include, exclude] = [option(call, given, "include"), option(call, given, "exclude")];
  return { only: undefined, except: new Set(texts(exclude).map(property)), named: pairs(include) };
}

/** One row of a model, as the options ask for it. */
export function modelRow(call: NativeCall, e: Entity, options: Value, path: readonly string[] = []): Value {
  const { m } = call;
  const { only, except, named } = attributesOf(call, e, options);
  const row = entityRow(call, e, { ...ALL, only }, path);
  const joined = path.length < DEPTH ? included(call, e, option(call, options, "include"), path) : [];
  for (const obj of objectsOf(m.heap, row)) {
    for (const name of except) setSlot(m.heap, obj, name, undefined);
    for (const [name, of] of named) setSlot(m.heap, obj, name, attributeValue(call, e, of));
    for (const { property, value } of joined) setSlot(m.heap, obj, property, value);
    setSlot(m.heap, obj, "dataValues", ofRef(obj.id));
    hide(m, obj, "dataValues");
  }
  const asked = [...askedOf(call, e, option(call, options, "where")), ...joined.flatMap(({ fixed }) => fixed)];
  return given(m, row, asked);
}

/** `["e_mail", "mail"]`, `[fn("COUNT", col("id")), "n"]`. */
function attributeValue(call: NativeCall, e: Entity, of: Value): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const c of of.consts) out = join(out, readColumn(m, e.table, columnNamed(e, String(c))?.[1].name ?? String(c), site));
  for (const obj of objectsOf(m.heap, of)) {
    const items = [{ output: "value", of: exprIn(textOf(call, ofRef(obj.id)), 0) }];
    out = join(out, getNamed(m, selectFrom(m, new Map([[e.name, sqlRow(call, e)]]), items, site), "value", site));
  }
  return out;
}

interface Included {
  readonly property: string;
  readonly value: Value;
  /** What the rows that include it have for that. */
  readonly fixed: readonly Fixed[];
}

/** `include: [Post, { model: User, as: "author", include: … }, "tags", { all: true }]`. */
function included(call: NativeCall, e: Entity, include: Value, path: readonly string[]): readonly Included[] {
  const { m } = call;
  const all = [...include.consts.map((c) => ofConst(c)), ...members(call, include)];
  return all.flatMap((one): readonly Included[] => {
    const text = exactString(one);
    const isModel = text !== undefined || isTarget(m, one);
    const options = isModel ? UNDEFINED : one;
    if (!isModel && truthiness(option(call, one, "all")).yes && option(call, one, "all") !== UNDEFINED)
      return [...e.relations.keys()].map((property) => related(call, e, property, BOTTOM, UNDEFINED, path));
    const model = isModel ? (text === undefined ? one : BOTTOM) : option(call, one, "model");
    const as =
      text ??
      exactString(isModel ? UNDEFINED : option(call, one, "as")) ??
      exactString(isModel ? UNDEFINED : option(call, one, "association"));
    const property = as ?? propertyOf(call, e, model);
    return property === undefined ? [] : [related(call, e, property, model, options, path)];
  });
}

/** The relation that leads to a model; else the model's own name. */
function propertyOf(call: NativeCall, e: Entity, model: Value): string | undefined {
  const wanted = entitiesOf(call.m, LIB, model).map((x) => x.table);
  for (const [property, relation] of e.relations)
    if (targetsOf(call, LIB, relation.target).some((x) => wanted.includes(x.table))) return property;
  return entitiesOf(call.m, LIB, model)[0]?.name;
}

function related(call: NativeCall, e: Entity, property: string, model: Value, options: Value, path: readonly string[]): Included {
  const { m } = call;
  const relation = e.relations.get(property);
  const told = relation === undefined ? [] : targetsOf(call, LIB, relation.target);
  const targets = told.length > 0 ? told : entitiesOf(m, LIB, ofRefs(model.refs));
  const inner = [...path, property];
  const row = targets.reduce((v: Value, target) => join(v, modelRow(call, target, options, inner)), BOTTOM);
  const known = targets.length === 0 ? unknown(m, at(call, `related ${property}`)) : row;
  if (relation?.many === true) return { property, value: rowList(call, known, `rows ${inner.join(".")}`), fixed: [] };
  const single = join(known, NULL);
  // Where nobody says which it is, it is either.
  const fixed =
    relation === undefined || !isRequired(call, options)
      ? []
      : askedOf(call, e, record(m, { [property]: option(call, options, "where") }, at(call, `where ${inner.join(".")}`)));
  return { property, fixed, value: relation === undefined ? join(single, rowList(call, known, `rows ${inner.join(".")}`)) : single };
}

/** A row that is included is there for certain where a condition is put on it, unless it need not be. */
function isRequired(call: NativeCall, options: Value): boolean {
  const required = option(call, options, "required");
  return (required.kinds === K.Undefined && required.refs.length === 0 && required.consts.length === 0) || flagOf(required) === true;
}

/** What a row is without its methods: `toJSON()`, `get({ plain: true })`. */
export function plainRow(call: NativeCall, rows: Value): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, rows)) {
    const copy: Obj = make(m, "object", at(call, `plain ${obj.key.slice(-40)}`));
    for (const x of entries(m, obj, site).known) setSlot(m.heap, copy, x.name, x.value);
    const rest = obj.props.get(S.rest);
    if (rest !== undefined) setSlot(m.heap, copy, S.rest, rest);
    out = join(out, ofRef(copy.id, rows.via));
  }
  return out;
}
