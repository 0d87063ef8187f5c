/**
 * Prisma: `prisma.<model>.<operation>(args)` on the client, an extended client, a transaction's client, or a class that extends it.
 * Rows are kept per model, column by column; `select`, `include` and `omit` limit what a read gives.
 */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_NUMBER, BOTTOM, exact, isBottom, join, NULL, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { iterate } from "../../machine/iterate.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { fulfil, newPromise, settle } from "../../machine/promise.js";
import { copyProps } from "../../machine/props.js";
import type { NativeModule } from "../../natives/index.js";
import { at, option, record, under } from "../../natives/support.js";
import { unknown } from "../../machine/unknown.js";
import { answer, rowList } from "../answers.js";
import { aggregated, grouped, selected } from "./prisma-select.js";
import { writeData } from "./prisma-write.js";
import { extend, extended, isExtension, itself, ofAllModels } from "./prisma-extensions.js";
import { given as givenTo } from "../sql-clients.js";
import { fixedBy, given, type Filtered } from "../conditions.js";
import { statementsOf } from "../sql/texts.js";
import { runSql } from "../sql/run.js";
import { isTemplate, newQuery, variantsOf, variantsOfList, variantsOfTemplate, type Variant } from "../sql/tagged.js";
import { readRow, relationTable } from "../table.js";

type Operation = (call: NativeCall, model: string, args: Value) => Value;

const counted = (call: NativeCall): Value => record(call.m, { count: ANY_NUMBER }, at(call, "count"));

/** The row that a write gives back: what was there, overwritten by what was written. */
function written(call: NativeCall, model: string, args: Value, data: readonly Value[], fresh: boolean): Value {
  const { m, site } = call;
  const row = make(m, "object", at(call, "written"));
  if (fresh) setSlot(m.heap, row, S.rest, unknown(m, at(call, "default")));
  else copyProps(m, row, readRow(m, model, site, undefined, "model"), site);
  const base = ofRef(row.id);
  let out: Value = BOTTOM;
  for (const columns of data) {
    if (isBottom(columns)) continue;
    const copy = make(m, "object", at(call, "written row"));
    copyProps(m, copy, base, site);
    copyProps(m, copy, columns, site);
    out = join(out, ofRef(copy.id));
  }
  return selected(m, model, args, site, isBottom(out) ? base : out);
}

const create: Operation = (call, model, args) =>
  written(call, model, args, [writeData(call.m, model, option(call, args, "data"), call.site)], true);
const update: Operation = (call, model, args) =>
  written(call, model, args, [writeData(call.m, model, option(call, args, "data"), call.site)], false);
const readOne: Operation = (call, model, args) => {
  const { m, site } = call;
  return given(m, selected(m, model, args, site), fixedBy(m, option(call, args, "where"), filtered(m, model), site));
};

/** The table of the one row that a row belongs to, `where: { user: { mayTrain: true } }`: of many, Prisma has `some` and `every` between. */
const filtered = (m: Machine, table: string): Filtered => ({
  table,
  related: (name) => filtered(m, relationTable(m, name, table).table),
});

const OPERATIONS: Readonly<Record<string, Operation>> = {
  create,
  update,
  upsert: (call, model, args) => {
    const made = writeData(call.m, model, option(call, args, "create"), call.site);
    const changed = writeData(call.m, model, option(call, args, "update"), call.site);
    return join(
      written(call, model, args, [made], true),
      written({ ...call, site: { ...call.site, end: call.site.end + 1 } }, model, args, [changed], false),
    );
  },
  createMany: (call, model, args) => {
    writeData(call.m, model, option(call, args, "data"), call.site);
    return counted(call);
  },
  updateMany: (call, model, args) => {
    writeData(call.m, model, option(call, args, "data"), call.site);
    return counted(call);
  },
  createManyAndReturn: (call, model, args) => rowList(call, create(call, model, args)),
  updateManyAndReturn: (call, model, args) => rowList(call, update(call, model, args)),
  findUnique: (call, model, args) => join(readOne(call, model, args), NULL),
  findFirst: (call, model, args) => join(readOne(call, model, args), NULL),
  findUniqueOrThrow: readOne,
  findFirstOrThrow: readOne,
  findMany: (call, model, args) => rowList(call, readOne(call, model, args)),
  delete: readOne,
  deleteMany: (call) => counted(call),
  count: (call, _model, args) =>
    isBottom(option(call, args, "select")) || option(call, args, "select").refs.length === 0 ? ANY_NUMBER : counted(call),
  aggregate: (call, model, args) => aggregated(call.m, model, args, call.site),
  groupBy: (call, model, args) => rowList(call, grouped(call.m, model, args, call.site)),
};

/** `$transaction([...])` awaits all; `$transaction(async (tx) => …)` hands the client on. */
const transaction: Native = (call) => {
  const { m, site } = call;
  const work = arg(call.args, 0);
  const promise = newPromise(m, site);
  for (const obj of objectsOf(m.heap, work)) {
    if (obj.kind !== "array") {
      const v = callValue(m, ofRef(obj.id), UNDEFINED, { list: [call.self], rest: null }, site);
      if (m.alive) fulfil(m, promise, v, site);
      continue;
    }
    const items = iterate(m, ofRef(obj.id), site);
    const results = make(m, "array", at(call, "results"));
    items.list.forEach((x, i) => {
      setSlot(m.heap, results, String(i), settle(m, x, site).value);
    });
    if (items.rest === null) setSlot(m.heap, results, S.length, ofConst(items.list.length));
    else setSlot(m.heap, results, S.rest, settle(m, items.rest, site).value);
    fulfil(m, promise, ofRef(results.id), site);
  }
  return ofRef(promise.id);
};

/** Raw SQL: a tagged template, `Prisma.sql`, or text with its parameters. */
const raw =
  (rows: boolean): Native =>
  (call) => {
    const { m, site } = call;
    const row = rawVariants(call).reduce((v: Value, { text, params }) => join(v, runSql(m, text, params, site)), BOTTOM);
    return answer(call, rows ? rowList(call, isBottom(row) ? unknown(m, site) : row) : ANY_NUMBER);
  };

function rawVariants(call: NativeCall): readonly Variant[] {
  const first = arg(call.args, 0);
  if (isTemplate(call)) return variantsOfTemplate(call);
  const statements = statementsOf(call.m, first, givenTo(call, call.args.list.slice(1)));
  return [...variantsOf(call.m, first), ...statements.map(({ text, values }) => ({ text, params: values }))];
}

const fragment = (call: NativeCall, variants: readonly Variant[]): Value =>
  newQuery(call, variants, ofRef(external(call.m, "@prisma/client", ["Prisma", "Sql"]).id));

/** What `Prisma` has for raw SQL: parts that are put into others. */
const SQL: Readonly<Record<string, Native>> = {
  sql: (call) => fragment(call, variantsOfTemplate(call)),
  raw: (call) => fragment(call, [{ text: String(exact(arg(call.args, 0)) ?? ""), params: [] }]),
  join: (call) => {
    const separator = exact(arg(call.args, 1));
    return fragment(call, variantsOfList(call, arg(call.args, 0), typeof separator === "string" ? separator : ", "));
  },
};

const CLIENT: Readonly<Record<string, Native>> = {
  $transaction: transaction,
  $queryRaw: raw(true),
  $queryRawUnsafe: raw(true),
  $queryRawTyped: raw(true),
  $executeRaw: raw(false),
  $executeRawUnsafe: raw(false),
  $connect: (call) => answer(call, UNDEFINED),
  $disconnect: (call) => answer(call, UNDEFINED),
  $on: () => UNDEFINED,
  $extends: extend,
};

/** The path below the client: extensions and the steps of a class's prototype are the client still. */
function belowClient(path: readonly string[]): readonly string[] | undefined {
  const from = path[0] === "Prisma" ? (path[1] === "TransactionClient" ? 2 : -1) : path.indexOf("PrismaClient") + 1;
  if (from <= 0) return undefined;
  const out: string[] = [];
  path.forEach((name, i) => {
    // What is only known by its type has been extended by nobody knows what.
    const isStep = isExtension(name) || (name === "$extends" && path[i + 1] === "()");
    if (i >= from && name !== "prototype" && name !== "()" && !isStep) out.push(name);
  });
  return out;
}

function match(module: string, path: readonly string[]): Native | undefined {
  if (module === "global") return undefined;
  if (path[0] === "Prisma" && path.length === 2) {
    if (Object.hasOwn(SQL, path[1]!)) return SQL[path[1]!];
    if (path[1] === "defineExtension" || path[1] === "getExtensionContext") return itself;
  }
  const below = belowClient(path);
  if (below === undefined || below.length === 0) return undefined;
  if (below.length === 1) return CLIENT[below[0]!];
  const [model = "", name = ""] = below;
  if (below.length !== 2) return undefined;
  const operation = under(OPERATIONS, name);
  if (!path.some(isExtension)) return operation && ((call) => answer(call, operation(call, model, arg(call.args, 0))));
  if (operation === undefined) return ofAllModels(name);
  return (call) =>
    answer(
      call,
      extended(call, model, name, (args) => operation(call, model, args)),
    );
}

/** Any module: generated clients live where the project says. */
export const prisma: NativeModule = { modules: ["*"], natives: {}, match };
