/**
 * Prisma: `prisma.<model>.<operation>(args)` on the client, an extended client, a transaction's client, or a class that extends it.
 * Rows are kept per model, column by column; `select`, `include` and `omit` limit what a read gives.
 */
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_NUMBER, BOTTOM, exact, isBottom, join, NULL, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { arg, callValue } from "../machine/call.js";
import { iterate } from "../machine/iterate.js";
import { make, type Native, type NativeCall } from "../machine/machine.js";
import { fulfil, newPromise, settle } from "../machine/promise.js";
import { copyProps } from "../machine/props.js";
import type { NativeModule } from "../natives/index.js";
import { arrayOf, at, option, record } from "../natives/support.js";
import { unknown } from "../machine/unknown.js";
import { answer, rowList } from "./answers.js";
import { aggregated, grouped, selected } from "./prisma-select.js";
import { writeData } from "./prisma-write.js";
import { runSql, templateText } from "./sql/run.js";
import { readRow } from "./table.js";

type Operation = (call: NativeCall, model: string, args: Value) => Value;

const counted = (call: NativeCall): Value => record(call.m, { count: ANY_NUMBER }, at(call, "count"));

/** The row that a write gives back: what was there, overwritten by what was written. */
function written(call: NativeCall, model: string, args: Value, data: readonly Value[], fresh: boolean): Value {
  const { m, site } = call;
  const row = make(m, "object", at(call, "written"));
  if (fresh) setSlot(m.heap, row, S.rest, unknown(m, at(call, "default")));
  else copyProps(m, row, readRow(m, model, site), site);
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
const readOne: Operation = (call, model, args) => selected(call.m, model, args, call.site);

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
    const first = arg(call.args, 0);
    const { text, params } = sqlOf(call, first, call.args.list.slice(1));
    const row = text === undefined ? unknown(m, site) : runSql(m, text, params, site);
    return answer(call, rows ? rowList(call, isBottom(row) ? unknown(m, site) : row) : ANY_NUMBER);
  };

function sqlOf(
  call: NativeCall,
  first: Value,
  rest: readonly Value[],
): { readonly text: string | undefined; readonly params: readonly Value[] } {
  const c = exact(first);
  if (typeof c === "string") return { text: c.replace(/\$\d+/g, "?"), params: rest };
  for (const obj of objectsOf(call.m.heap, first)) {
    const text = obj.props.get("\0sql");
    if (text !== undefined)
      return { text: String(exact(text) ?? ""), params: iterate(call.m, obj.props.get("\0params") ?? BOTTOM, call.site).list };
  }
  return { text: templateText(call.m, first), params: rest };
}

/** `Prisma.sql` keeps its text and parameters until it is run. */
const sql: Native = (call) => {
  const { m } = call;
  const obj = make(m, "object", at(call, "sql"));
  setSlot(m.heap, obj, "\0sql", ofConst(templateText(m, arg(call.args, 0)) ?? ""));
  setSlot(m.heap, obj, "\0params", arrayOf(m, call.args.list.slice(1), at(call, "params")));
  return ofRef(obj.id);
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
};

/** The path below the client: extensions and the steps of a class's prototype are the client still. */
function belowClient(path: readonly string[]): readonly string[] | undefined {
  const from = path[0] === "Prisma" ? (path[1] === "TransactionClient" ? 2 : -1) : path.indexOf("PrismaClient") + 1;
  if (from <= 0) return undefined;
  const out: string[] = [];
  for (const name of path.slice(from)) {
    if (name === "prototype" || name === "()" || name === "$extends") continue;
    out.push(name);
  }
  return out;
}

function match(module: string, path: readonly string[]): Native | undefined {
  if (module === "global") return undefined;
  if (path[0] === "Prisma" && path.length === 2 && (path[1] === "sql" || path[1] === "raw")) return path[1] === "sql" ? sql : undefined;
  const below = belowClient(path);
  if (below === undefined || below.length === 0) return undefined;
  if (below.length === 1) return CLIENT[below[0]!];
  const operation = OPERATIONS[below[1]!];
  if (operation === undefined || below.length !== 2) return undefined;
  return (call) => answer(call, operation(call, below[0]!, arg(call.args, 0)));
}

/** Any module: generated clients live where the project says. */
export const prisma: NativeModule = { modules: ["*"], natives: {}, match };
