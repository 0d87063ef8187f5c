/**
 * TypeORM: repositories (`getRepository(User)`, injected ones by their type), entity managers and their transactions, active records, query
 * builders, SQL text. A row is kept under the names of the database.
 */
import { joinSlot, objectsOf, setSlot } from "../../domain/heap.js";
import { BOTTOM, join, ofRef, refPart, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue, hasArg, NO_ARGS } from "../../machine/call.js";
import { typeIn, typeValue } from "../../machine/declared.js";
import { external } from "../../machine/external.js";
import { make, type Instance, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { copyProps } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule } from "../../natives/index.js";
import { promised } from "../../natives/settle.js";
import { alike, at, lastCallback, selves, under } from "../../natives/support.js";
import { answer, rowList, unknownMethod } from "../answers.js";
import { isTarget, targetOf } from "../entities.js";
import { rowOfText } from "../sql-clients.js";
import { queryMethod } from "./typeorm-builder.js";
import { FIND_OPERATORS } from "./typeorm-operators.js";
import { OPERATIONS } from "./typeorm-find.js";
import { newBuilder } from "./typeorm-query.js";
import { newRepository, ofRepository, onManager, onRecord, onRepository, operationOf } from "./typeorm-repository.js";
import { DECORATORS, entitySchema, LIB } from "./typeorm-schema.js";

const outside = (call: NativeCall, name: string): Value => ofRef(external(call.m, LIB, [name]).id);

// ------------------------------------------------------------------------------------------------ managers and data sources

const getRepository: Native = (call) => newRepository(call.m, at(call, "repository"), given(call));

/** The entity that a call names, or its type argument. */
function given(call: NativeCall): Value {
  const [type] = call.types ?? [];
  if (hasArg(call.args, 0)) return arg(call.args, 0);
  return type === undefined ? BOTTOM : typeValue(call.m, typeIn(call.m, call.m.frame.code, type));
}

/** `transaction(async (manager) => …)`. */
const transaction: Native = (call) => {
  const work = lastCallback(call.m, call.args);
  const manager = outside(call, "EntityManager");
  return promised(call, work === undefined ? UNDEFINED : callValue(call.m, work, UNDEFINED, { list: [manager], rest: null }, call.site));
};

const query: Native = (call) => answer(call, rowList(call, rowOfText(call, arg(call.args, 0), call.args.list.slice(1, 2))));

const createQueryBuilder: Native = (call) =>
  newBuilder(
    call.m,
    at(call, "query"),
    hasArg(call.args, 0) && isTarget(call.m, arg(call.args, 0)) ? arg(call.args, 0) : BOTTOM,
    arg(call.args, 1),
  );

/** A class that is a repository itself, made for the manager. */
const customRepository: Native = (call) => callValue(call.m, arg(call.args, 0), UNDEFINED, { list: [], rest: null }, call.site, true);

const CLIENT: Readonly<Record<string, Native>> = {
  ...alike(["getRepository", "getTreeRepository", "getMongoRepository"], getRepository),
  withRepository: (call) => arg(call.args, 0),
  getCustomRepository: customRepository,
  transaction,
  query,
  createQueryBuilder,
  createQueryRunner: (call) => outside(call, "QueryRunner"),
  createEntityManager: (call) => outside(call, "EntityManager"),
  ...alike(["initialize"], (call) => promised(call, outside(call, "DataSource"))),
  ...alike(
    [
      "connect",
      "close",
      "destroy",
      "release",
      "startTransaction",
      "commitTransaction",
      "rollbackTransaction",
      "synchronize",
      "runMigrations",
    ],
    (call) => promised(call, UNDEFINED),
  ),
};

/** Functions of older versions, on the connection that there is. */
const GLOBAL: Readonly<Record<string, Native>> = {
  ...CLIENT,
  getManager: (call) => outside(call, "EntityManager"),
  ...alike(["getConnection"], (call) => outside(call, "DataSource")),
  createConnection: (call) => promised(call, outside(call, "DataSource")),
  DataSource: (call) => outside(call, "DataSource"),
  Connection: (call) => outside(call, "DataSource"),
  EntitySchema: entitySchema,
  ...FIND_OPERATORS,
  ...alike(["Repository", "TreeRepository", "MongoRepository", "AbstractRepository"], (call) =>
    newRepository(call.m, at(call, "repository"), given(call)),
  ),
};

// ------------------------------------------------------------------------------------------------ repositories and records

const REPOSITORY: Readonly<Record<string, Native>> = {
  query,
  createQueryBuilder: (call) =>
    newBuilder(
      call.m,
      at(call, "query"),
      selves(call).reduce((v: Value, obj) => join(v, ofRepository(call.m, obj)), BOTTOM),
      arg(call.args, 0),
    ),
  /** `extend({ byMail() { … } })`: the same with methods of the program. */
  extend: (call) => {
    const { m, site } = call;
    let out: Value = BOTTOM;
    for (const from of selves(call)) {
      const copy = make(m, "object", at(call, "extended"));
      for (const [slot, v] of from.props) setSlot(m.heap, copy, slot, v);
      copyProps(m, copy, arg(call.args, 0), site);
      out = join(out, ofRef(copy.id));
    }
    return out;
  },
};

const RECORD: Readonly<Record<string, Native>> = {
  query,
  getRepository: (call) => newRepository(call.m, at(call, "repository"), refPart(call.self)),
  createQueryBuilder: (call) => newBuilder(call.m, at(call, "query"), refPart(call.self), arg(call.args, 0)),
  useDataSource: () => UNDEFINED,
  /** The row that is there now, in the instance. */
  reload: (call) => {
    const { m, self } = call;
    const of = targetOf(m, self);
    const row = OPERATIONS["findOneByOrFail"]!(call, of, []);
    for (const obj of objectsOf(m.heap, self)) for (const [slot, v] of propsOf(m, row)) joinSlot(m.heap, obj, slot, v);
    return promised(call, UNDEFINED);
  },
};

const propsOf = (m: Machine, row: Value): readonly (readonly [string, Value])[] =>
  objectsOf(m.heap, row).flatMap((o) => [...o.props].filter(([slot]) => slot.charCodeAt(0) !== 0));

/** An operation that is not known: what it reads or writes nobody knows. */
const unknownOperation =
  (name: string): Native =>
  (call) => {
    const rows = onRepository("findBy", OPERATIONS["findBy"]!)({ ...call, args: NO_ARGS });
    unknownMethod("TypeORM", name, () => rows)(call);
    return unknown(call.m, at(call, name));
  };

/** What the last name before a method stands for. */
const OWNERS: Readonly<Record<string, (name: string) => Native | undefined>> = {
  ...alikeOwner(["Repository", "TreeRepository", "MongoRepository", "AbstractRepository"], (name) => {
    const operation = operationOf(name);
    return under(REPOSITORY, name) ?? (operation === undefined ? unknownOperation(name) : onRepository(name, operation));
  }),
  ...alikeOwner(
    ["EntityManager", "manager", "DataSource", "Connection", "dataSource", "connection", "QueryRunner", "queryRunner"],
    (name) => {
      const operation = operationOf(name);
      return under(CLIENT, name) ?? (operation && onManager(name, operation));
    },
  ),
  ...alikeOwner(["BaseEntity"], (name) => {
    const operation = operationOf(name);
    return under(RECORD, name) ?? (operation && onRecord(name, operation));
  }),
  ...alikeOwner(["QueryBuilder", "SelectQueryBuilder", "InsertQueryBuilder", "UpdateQueryBuilder", "DeleteQueryBuilder"], queryMethod),
};

function alikeOwner(names: readonly string[], of: (name: string) => Native | undefined): Readonly<Record<string, typeof of>> {
  return Object.fromEntries(names.map((name) => [name, of]));
}

function match(_module: string, full: readonly string[]): Native | undefined {
  const path = full.filter((name) => name !== "prototype" && name !== "default");
  const name = path.at(-1);
  if (name === undefined) return undefined;
  if (path.length === 1) return under(DECORATORS, name) ?? under(GLOBAL, name);
  return under(OWNERS, path.at(-2)!)?.(name);
}

// ------------------------------------------------------------------------------------------------ types

/** `Repository<User>`: injected, a parameter, a field. */
const repository: Instance = (m, origin, [of]) => newRepository(m, whereOf(origin), of === undefined ? BOTTOM : typeValue(m, of));

const whereOf = (origin: Parameters<Instance>[1]): string =>
  typeof origin === "string" ? origin : "name" in origin ? origin.name : `${origin.file}:${origin.at}`;

/** `SelectQueryBuilder<User>`. */
const builder: Instance = (m, origin, [of]) => newBuilder(m, whereOf(origin), of === undefined ? BOTTOM : typeValue(m, of), UNDEFINED);

export const typeorm: NativeModule = {
  modules: [LIB],
  natives: {},
  match,
  instances: { Repository: repository, TreeRepository: repository, SelectQueryBuilder: builder },
};
