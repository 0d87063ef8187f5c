/** Knex: builders from `knex("users")` or any method of the client or a transaction, raw SQL, transactions. */
import { joinSlot } from "../../domain/heap.js";
import { FALSE, join, ofConst, ofRef, TRUE, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue, hasArg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import type { NativeModule } from "../../natives/index.js";
import { promised } from "../../natives/settle.js";
import { alike, lastCallback, nativeValue, under } from "../../natives/support.js";
import { known, method, RAW, tables, write } from "./knex-methods.js";
import { newQuery, rawOf } from "./knex-run.js";

const LIB = "knex";

/** `knex("users")`, `trx({ u: "users" })`. */
const start: Native = (call) => {
  const self = ofRef(newQuery(call).id);
  return hasArg(call.args, 0) ? tables({ ...call, self }) : self;
};

/** A method of builders on the client itself: it begins a query. */
const starting =
  (native: Native): Native =>
  (call) =>
    native({ ...call, self: ofRef(newQuery(call).id) });

/** `ref("users.email")`: the column, as raw SQL. */
const ref: Native = (call) => rawOf({ ...call, args: { list: [ofConst("??"), arg(call.args, 0)], rest: null } }, ofConst("??"));

const client = (call: NativeCall, ...below: readonly string[]): Value => ofRef(external(call.m, LIB, ["Knex", ...below]).id);

/** `transaction(async (trx) => …)`, or `await transaction()`. */
const transaction: Native = (call) => {
  const work = lastCallback(call.m, call.args);
  const trx = client(call, "Transaction");
  return promised(call, work === undefined ? trx : callValue(call.m, work, UNDEFINED, { list: [trx], rest: null }, call.site));
};

const batchInsert: Native = (call) => {
  const self = ofRef(newQuery(call).id);
  tables({ ...call, self });
  return write("insert")({ ...call, self, args: { list: [arg(call.args, 1)], rest: null } });
};

const CLIENT: Readonly<Record<string, Native>> = {
  raw: (call) => rawOf(call, arg(call.args, 0)),
  ref,
  batchInsert,
  transaction,
  savepoint: transaction,
  transactionProvider: (call) => nativeValue(call.m, call.site, "provider", (inner) => promised(inner, client(inner, "Transaction"))),
  ...alike(["queryBuilder"], start),
  ...alike(["withUserParams"], (call) => call.self),
  ...alike(["commit", "rollback", "destroy", "initialize"], (call) => promised(call, UNDEFINED)),
  ...alike(["isCompleted", "isTransaction"], () => join(TRUE, FALSE)),
};

/** `Knex.QueryBuilder.extend("name", function () { … })`: a method of all builders. */
const extend: Native = (call) => {
  for (const name of arg(call.args, 0).consts) joinSlot(call.m.heap, external(call.m, LIB, ["Builder"]), String(name), arg(call.args, 1));
  return UNDEFINED;
};

/** `fn.now()`, `fn.uuid()`: nothing of any column. */
const fn: Native = (call) => rawOf({ ...call, args: { list: [], rest: null } }, ofConst("now()"));

function match(_module: string, full: readonly string[]): Native | undefined {
  // `import knex from "knex"` gives `knex.default` as well.
  let from = 0;
  while (full[from] === "default") from++;
  const path = full.slice(from);
  const [owner] = path;
  const name = path.at(-1);
  if (name === undefined || (path.length === 1 && owner === "knex")) return (call) => client(call);
  if (name === "extend" && path.at(-2) === "QueryBuilder") return extend;
  if (owner === "Builder") return path.length === 2 ? method(name) : undefined;
  if (owner === "Raw") return path.length === 2 ? under(RAW, name) : undefined;
  if (owner !== "Knex") return undefined;
  const below = path[1] === "Transaction" ? path.slice(2) : path.slice(1);
  if (below.length === 0) return start;
  if (below[0] === "fn") return fn;
  if (below[0] === "QueryBuilder" || below[0] === "Raw") return undefined;
  if (below.length > 1) return undefined;
  const started = known(name);
  return under(CLIENT, name) ?? (started && starting(started));
}

export const knex: NativeModule = { modules: [LIB], natives: {}, match };
