/**
 * MikroORM: entity managers and repositories. What they load, make and are told to persist is managed: it is written, as it is then, when
 * the manager is flushed.
 */
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { ANY_NUMBER, BOTTOM, join, NULL, ofRef, ofRefs, refPart, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs, arg, callValue } from "../../machine/call.js";
import { typeValue } from "../../machine/declared.js";
import { external } from "../../machine/external.js";
import { iterate } from "../../machine/iterate.js";
import { make, type Instance, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { awaitValue } from "../../machine/promise.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule } from "../../natives/index.js";
import { promised } from "../../natives/settle.js";
import { addSlot, alike, arrayOf, at, lastCallback, option, selves, slotOf, under } from "../../natives/support.js";
import { answer, rowList } from "../answers.js";
import { entitiesOf, isTarget, targetOf, type Entity } from "../entities.js";
import { whereRow } from "../entity-conditions.js";
import { assignAll, eachRow, entityRow, newEntity, writeEntity } from "../entity-rows.js";
import { DECORATORS, entitySchema, LIB } from "./mikro-orm-schema.js";
import { rowOfText } from "../sql-clients.js";
import { wantedOf } from "../typeorm/typeorm-find.js";

const CORE = `${LIB}/core`;
const OF = "\0mikro:of";
const MANAGED = "\0managed";

const outside = (call: NativeCall, name: string): Value => ofRef(external(call.m, CORE, [name]).id);
const entities = (call: NativeCall, of: Value): readonly Entity[] => entitiesOf(call.m, LIB, of);

/** All managers are one: forks share their tables, and what one flushes another has or has not. */
const manager = (m: Machine): Obj => external(m, CORE, ["managed"]);

const manage = (call: NativeCall, rows: Value): Value => {
  for (const row of eachRow(call, rows)) joinSlot(call.m.heap, manager(call.m), MANAGED, refPart(row));
  return rows;
};

/** Writes all that is managed, as it is now. */
function flush(call: NativeCall): Value {
  for (const row of objectsOf(call.m.heap, manager(call.m).props.get(MANAGED) ?? BOTTOM))
    for (const e of entities(call, targetOf(call.m, ofRef(row.id)))) writeEntity(call, e, ofRef(row.id));
  return UNDEFINED;
}

// ------------------------------------------------------------------------------------------------ operations

type Operation = (call: NativeCall, of: Value, args: readonly Value[]) => Value;

/** One row, with what `fields` and `populate` ask for. */
function one(call: NativeCall, of: Value, where: Value = UNDEFINED, options: Value = UNDEFINED): Value {
  const wanted = wantedOf(call, option(call, options, "fields"), option(call, options, "populate"));
  const names = [...(wanted.only ?? [])].filter((name) => !name.includes("."));
  const only = wanted.only === undefined ? undefined : new Set(names);
  const row = entities(call, of).reduce(
    (v: Value, e) => join(v, whereRow(call, e, where, entityRow(call, e, { ...wanted, only }))),
    BOTTOM,
  );
  return manage(call, row);
}

const list = (call: NativeCall, of: Value, where?: Value, options?: Value): Value => rowList(call, one(call, of, where, options));

const writes =
  (i: number, gives: (call: NativeCall, of: Value, v: Value) => Value): Operation =>
  (call, of, args) => {
    const v = args[i] ?? UNDEFINED;
    for (const e of entities(call, of)) writeEntity(call, e, v);
    return gives(call, of, v);
  };
const outcome = (call: NativeCall): Value => unknown(call.m, at(call, "outcome"));
const made = (call: NativeCall, of: Value, v: Value, what: string): Value =>
  entities(call, of).reduce(
    (out: Value, e) => eachRow(call, v).reduce((all: Value, row, i) => join(all, newEntity(call, e, row, `${what} ${i}`)), out),
    BOTTOM,
  );

const OPERATIONS: Readonly<Record<string, Operation>> = {
  find: (call, of, args) => list(call, of, args[0], args[1]),
  findAll: (call, of, [options = UNDEFINED]) => list(call, of, option(call, options, "where"), options),
  findOne: (call, of, args) => join(one(call, of, args[0], args[1]), NULL),
  findOneOrFail: (call, of, args) => one(call, of, args[0], args[1]),
  findAndCount: (call, of, args) => arrayOf(call.m, [list(call, of, args[0], args[1]), ANY_NUMBER], at(call, "counted")),
  count: () => ANY_NUMBER,
  insert: writes(0, outcome),
  insertMany: writes(0, outcome),
  nativeInsert: writes(0, outcome),
  nativeUpdate: writes(1, outcome),
  upsert: writes(0, (call, of, v) => manage(call, made(call, of, v, "upserted"))),
  upsertMany: writes(0, (call, of, v) => rowList(call, manage(call, made(call, of, v, "upserted")))),
  nativeDelete: outcome,
};

/** These are no promises. */
const LOCAL: Readonly<Record<string, Operation>> = {
  create: (call, of, [data]) => manage(call, made(call, of, data ?? BOTTOM, "created")),
  map: (call, of, [data]) => made(call, of, data ?? BOTTOM, "mapped"),
  getReference: (call, of) => made(call, of, ofRef(make(call.m, "object", at(call, "reference")).id), "reference"),
};

const run = (call: NativeCall, name: string, of: Value, args: readonly Value[]): Value => {
  const local = under(LOCAL, name);
  return local === undefined ? answer(call, OPERATIONS[name]!(call, of, args)) : local(call, of, args);
};

const isOperation = (name: string): boolean => Object.hasOwn(OPERATIONS, name) || Object.hasOwn(LOCAL, name);

/** `em.find(User, …)`; `em.upsert(user)` is of the class of what is given. */
const onManager =
  (name: string): Native =>
  (call) => {
    const first = arg(call.args, 0);
    const isNamed = isTarget(call.m, first);
    return run(call, name, isNamed ? first : targetOf(call.m, first), isNamed ? call.args.list.slice(1) : call.args.list);
  };

const onRepository =
  (name: string): Native =>
  (call) =>
    run(call, name, slotOf(selves(call), OF), call.args.list);

function newRepository(m: Machine, where: string, of: Value): Value {
  const obj = make(m, "object", where);
  setSlot(m.heap, obj, S.proto, ofRef(external(m, CORE, ["EntityRepository"]).id));
  setSlot(m.heap, obj, OF, of);
  return ofRef(obj.id);
}

const persist: Native = (call) => {
  manage(call, arg(call.args, 0));
  return call.self;
};

/** `transactional(async (em) => …)`: flushed at its end. */
const transactional: Native = (call) => {
  const work = lastCallback(call.m, call.args);
  const em = outside(call, "EntityManager");
  const given = work === undefined ? UNDEFINED : callValue(call.m, work, UNDEFINED, { list: [em], rest: null }, call.site);
  const v = awaitValue(call.m, given, call.site);
  flush(call);
  return promised(call, v);
};

/** `execute(sql, params)`. */
const execute: Native = (call) => {
  const params = arg(call.args, 1);
  const values = params.refs.length === 0 ? [] : iterate(call.m, params, call.site).list;
  return answer(call, rowList(call, rowOfText(call, arg(call.args, 0), values)));
};

const CLIENT: Readonly<Record<string, Native>> = {
  persist,
  ...alike(["remove", "clear", "merge"], (call) => call.self),
  persistAndFlush: (call) => {
    persist(call);
    return promised(call, flush(call));
  },
  ...alike(["flush", "commit"], (call) => promised(call, flush(call))),
  ...alike(["begin", "rollback", "removeAndFlush", "connect", "close"], (call) => promised(call, UNDEFINED)),
  transactional,
  fork: (call) => outside(call, "EntityManager"),
  getRepository: (call) => newRepository(call.m, at(call, "repository"), arg(call.args, 0)),
  getEntityManager: (call) => outside(call, "EntityManager"),
  getConnection: (call) => outside(call, "Connection"),
  ...alike(["getKnex"], (call) => ofRef(external(call.m, "knex", ["Knex"]).id)),
  execute,
  assign: (call) => {
    for (const obj of objectsOf(call.m.heap, arg(call.args, 0))) assignAll(call, obj, call.args.list.slice(1, 2));
    return arg(call.args, 0);
  },
  refresh: (call) => promised(call, arg(call.args, 0)),
  /** `populate(users, ["notes"])`: the relations are in the instances then. */
  populate: (call) => {
    const { m } = call;
    for (const row of eachRow(call, arg(call.args, 0)))
      for (const e of entities(call, targetOf(m, row))) {
        const loaded = entityRow(call, e, { ...wantedOf(call, BOTTOM, arg(call.args, 1)), only: new Set() });
        for (const obj of objectsOf(m.heap, row)) assignAll(call, obj, [loaded]);
      }
    return answer(call, arg(call.args, 0));
  },
};

/** `new Collection<Note>(this)`: a list of what is added. */
const collection: Native = (call) => {
  const list = make(call.m, "array", at(call, "collection"));
  setSlot(call.m.heap, list, S.proto, outside(call, "Collection"));
  return ofRef(list.id);
};

const COLLECTION: Readonly<Record<string, Native>> = {
  ...alike(["add", "set", "hydrate"], (call) => {
    for (const v of allArgs(call.args))
      addSlot(
        call.m,
        selves(call),
        S.rest,
        ofRefs(
          eachRow(call, v).flatMap((row) => row.refs),
          v.via,
        ),
      );
    return UNDEFINED;
  }),
  ...alike(["getItems", "toArray", "getSnapshot"], (call) => call.self),
  ...alike(["loadItems", "init", "load"], (call) => promised(call, call.self)),
  loadCount: (call) => promised(call, ANY_NUMBER),
};

const init: Native = (call) => promised(call, outside(call, "MikroORM"));

function match(_module: string, full: readonly string[]): Native | undefined {
  const path = full.filter((name) => name !== "prototype" && name !== "default");
  const name = path.at(-1);
  if (name === undefined) return undefined;
  if (path.length === 1)
    return name === "EntitySchema"
      ? entitySchema
      : name === "Collection"
        ? collection
        : name === "MikroORM"
          ? (call) => outside(call, name)
          : under(DECORATORS, name);
  const owner = path.at(-2)!;
  if (owner === "Collection") return under(COLLECTION, name);
  if (owner === "MikroORM") return name === "init" || name === "initSync" ? init : undefined;
  if (/Repository$/.test(owner)) return isOperation(name) ? onRepository(name) : under(CLIENT, name);
  if (/(EntityManager|^em|Connection)$/.test(owner)) return isOperation(name) ? onManager(name) : under(CLIENT, name);
  return undefined;
}

const repository: Instance = (m, origin, [of]) =>
  newRepository(
    m,
    typeof origin === "string" ? origin : "name" in origin ? origin.name : `${origin.file}:${origin.at}`,
    of === undefined ? BOTTOM : typeValue(m, of),
  );

const DRIVERS =
  "core postgresql mysql mariadb sqlite better-sqlite libsql mssql knex sql nestjs decorators decorators/legacy decorators/es".split(" ");

export const mikroOrm: NativeModule = {
  modules: DRIVERS.map((name) => `${LIB}/${name}`),
  natives: {},
  match,
  instances: { EntityRepository: repository, SqlEntityRepository: repository },
};
