/** What TypeORM's repositories, entity managers and active records do with the entities that they are of. */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, BOTTOM, exact, join, NULL, ofRef, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { iterate } from "../../machine/iterate.js";
import { make, type NativeCall } from "../../machine/machine.js";
import { entries } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { arrayOf, at, option } from "../../natives/support.js";
import { rowList } from "../answers.js";
import { columnNamed, entitiesOf, type Entity } from "../entities.js";
import { whereRow } from "../entity-conditions.js";
import { ALL, assignAll, eachRow, entityRow, newEntity, writeEntity, type Wanted } from "../entity-rows.js";
import { readColumn } from "../table.js";
import { LIB } from "./typeorm-schema.js";

/** What an operation gives before it is promised; `of` is the entity, `args` what comes behind it. */
export type Operation = (call: NativeCall, of: Value, args: readonly Value[]) => Value;

export const entities = (call: NativeCall, of: Value): readonly Entity[] => entitiesOf(call.m, LIB, of);

export const overEntities = (call: NativeCall, of: Value, run: (e: Entity) => Value): Value =>
  entities(call, of).reduce((v: Value, e) => join(v, run(e)), BOTTOM);

// ------------------------------------------------------------------------------------------------ options

/** Texts of a list, names of an object's properties that are not switched off: with what is below each. */
function named(call: NativeCall, v: Value): readonly { readonly name: string; readonly below: Value }[] {
  const { m, site } = call;
  return objectsOf(m.heap, v).flatMap((obj) =>
    obj.kind === "array"
      ? iterate(m, ofRef(obj.id), site).list.flatMap((x) => x.consts.map((c) => ({ name: String(c), below: BOTTOM })))
      : entries(m, obj, site)
          .known.filter((x) => truthiness(x.value).yes)
          .map((x) => ({ name: x.name, below: x.value })),
  );
}

/** `{ select, relations }` of an entity, and of the relations that are loaded with it. */
export function wantedOf(call: NativeCall, select: Value, relations: Value): Wanted {
  const columns = named(call, select);
  const below = new Map<string, Value>(columns.map((x) => [x.name, x.below]));
  const inner = new Map<string, Wanted>();
  for (const { name, below: further } of named(call, relations)) {
    // `"posts.author"`.
    const [first = name, ...rest] = name.split(".");
    inner.set(first, merged(inner.get(first) ?? wantedOf(call, below.get(first) ?? BOTTOM, further), rest));
  }
  return { only: columns.length === 0 ? undefined : new Set(below.keys()), also: new Set(), relations: inner };
}

const merged = (wanted: Wanted, [first, ...rest]: readonly string[]): Wanted =>
  first === undefined
    ? wanted
    : { ...wanted, relations: new Map([...wanted.relations, [first, merged(wanted.relations.get(first) ?? ALL, rest)]]) };

const optionsOf = (call: NativeCall, options: Value): Wanted =>
  wantedOf(call, option(call, options, "select"), option(call, options, "relations"));

// ------------------------------------------------------------------------------------------------ reading

const one = (call: NativeCall, of: Value, options: Value | undefined): Value =>
  overEntities(call, of, (e) =>
    options === undefined
      ? entityRow(call, e)
      : whereRow(call, e, option(call, options, "where"), entityRow(call, e, optionsOf(call, options))),
  );

const list = (call: NativeCall, of: Value, options: Value | undefined): Value => rowList(call, one(call, of, options));

/** Of those that a filter alone asks for. */
const oneBy = (call: NativeCall, of: Value, [where]: readonly Value[]): Value =>
  overEntities(call, of, (e) => whereRow(call, e, where ?? UNDEFINED, entityRow(call, e)));

const listBy: Operation = (call, of, args) => rowList(call, oneBy(call, of, args));

const counted = (call: NativeCall, rows: Value): Value => arrayOf(call.m, [rows, ANY_NUMBER], at(call, "counted"));

const OPTIONS = ["select", "relations", "where"] as const;

/** `findOne(id, options)` of older versions, `findOne(options)`. */
const optionsAmong = (call: NativeCall, args: readonly Value[]): Value | undefined =>
  [...args].reverse().find((v) => objectsOf(call.m.heap, v).some((o) => o.kind === "object" && OPTIONS.some((name) => o.props.has(name))));

const READS: Readonly<Record<string, Operation>> = {
  find: (call, of, args) => list(call, of, args[0]),
  findBy: listBy,
  findByIds: (call, of, args) => list(call, of, args[1]),
  findAndCount: (call, of, args) => counted(call, list(call, of, args[0])),
  findAndCountBy: (call, of, args) => counted(call, listBy(call, of, args)),
  findOne: (call, of, args) => join(one(call, of, optionsAmong(call, args)), NULL),
  findOneBy: (call, of, args) => join(oneBy(call, of, args), NULL),
  findOneById: (call, of) => join(one(call, of, undefined), NULL),
  findOneOrFail: (call, of, args) => one(call, of, optionsAmong(call, args)),
  findOneByOrFail: oneBy,
  findTrees: (call, of, args) => list(call, of, args[0]),
  findRoots: (call, of, args) => list(call, of, args[0]),
  findDescendants: (call, of, args) => list(call, of, args[1]),
  findAncestors: (call, of, args) => list(call, of, args[1]),
  findDescendantsTree: (call, of, args) => one(call, of, args[1]),
  findAncestorsTree: (call, of, args) => one(call, of, args[1]),
  ...Object.fromEntries(["count", "countBy", "countDescendants", "countAncestors"].map((name) => [name, () => ANY_NUMBER])),
  ...Object.fromEntries(["exist", "exists", "existsBy"].map((name) => [name, () => ANY_BOOLEAN])),
  ...Object.fromEntries(["sum", "average"].map((name) => [name, () => join(ANY_NUMBER, NULL)])),
  ...Object.fromEntries(["minimum", "maximum"].map((name) => [name, extreme])),
};

/** The least or greatest value of a column is one of them. */
function extreme(call: NativeCall, of: Value, [property]: readonly Value[]): Value {
  const name = String(exact(property ?? UNDEFINED));
  return join(
    overEntities(call, of, (e) => readColumn(call.m, e.table, columnNamed(e, name)?.[1].name ?? name, call.site)),
    NULL,
  );
}

// ------------------------------------------------------------------------------------------------ writing

/** `{ identifiers, raw }`, `{ affected }`: keys, and what the driver says. */
const outcome = (call: NativeCall): Value => unknown(call.m, at(call, "outcome"));

const writes =
  (i: number, gives: (call: NativeCall, v: Value) => Value): Operation =>
  (call, of, args) => {
    const v = args[i] ?? UNDEFINED;
    for (const e of entities(call, of)) writeEntity(call, e, v);
    return gives(call, v);
  };

const WRITES: Readonly<Record<string, Operation>> = {
  save: writes(0, (_call, v) => v),
  insert: writes(0, outcome),
  upsert: writes(0, outcome),
  update: writes(1, outcome),
  updateAll: writes(0, outcome),
  ...Object.fromEntries(
    ["remove", "softRemove", "recover"].map((name) => [name, (_call, _of, args) => args[0] ?? UNDEFINED] satisfies [string, Operation]),
  ),
  ...Object.fromEntries(["delete", "deleteAll", "softDelete", "restore", "clear", "decrement"].map((name) => [name, outcome])),
  /** `increment(where, "score", by)`. */
  increment: (call, of, [, property, by]) => {
    const row = make(call.m, "object", at(call, "increment"));
    for (const name of property?.consts ?? []) setSlot(call.m.heap, row, String(name), by ?? UNDEFINED);
    return writes(0, outcome)(call, of, [ofRef(row.id)]);
  },
  /** The row that is there, with what is given over it. */
  preload: (call, of, args) => {
    const row = one(call, of, undefined);
    for (const obj of objectsOf(call.m.heap, row)) assignAll(call, obj, args.slice(0, 1));
    return join(row, UNDEFINED);
  },
};

/** What needs no database: these are no promises. */
export const LOCAL: Readonly<Record<string, Operation>> = {
  create: (call, of, [like]) => {
    const isList = like !== undefined && objectsOf(call.m.heap, like).some((o) => o.kind === "array");
    const made = (v: Value, i: number): Value => overEntities(call, of, (e) => newEntity(call, e, v, `new ${i}`));
    if (!isList) return made(like ?? BOTTOM, 0);
    const rows = eachRow(call, like);
    return rowList(
      call,
      rows.reduce((v: Value, row, i) => join(v, made(row, i)), BOTTOM),
      "made",
    );
  },
  merge: (call, _of, [into, ...likes]) => {
    for (const obj of objectsOf(call.m.heap, into ?? BOTTOM)) assignAll(call, obj, likes);
    return into ?? UNDEFINED;
  },
  hasId: () => ANY_BOOLEAN,
  getId: (call) => unknown(call.m, at(call, "id")),
};

export const OPERATIONS: Readonly<Record<string, Operation>> = { ...READS, ...WRITES };
