/** Sequelize: models from `define`, `init` and decorators, SQL text, transactions. */
import { objectsOf } from "../../domain/heap.js";
import { BOTTOM, join, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { iterate } from "../../machine/iterate.js";
import type { Instance, Native, NativeCall } from "../../machine/machine.js";
import { VALUE } from "../../machine/provided.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule } from "../../natives/index.js";
import { promised } from "../../natives/settle.js";
import { alike, arrayOf, at, lastCallback, option, record, under } from "../../natives/support.js";
import { answer, rowList } from "../answers.js";
import { classOf, namedEntity } from "../entities.js";
import { construct, modelMethod } from "./sequelize-model.js";
import { EXPRESSIONS } from "./sequelize-options.js";
import { associate, DECORATORS, define, init, LIB } from "./sequelize-schema.js";
import { rowOfText } from "../sql-clients.js";

const client = (call: NativeCall): Value => ofRef(external(call.m, LIB, ["Sequelize"]).id);

/** `query(sql, { replacements, bind, type })`: rows of a selection, else `[rows, metadata]`. */
const query: Native = (call) => {
  const options = arg(call.args, 1);
  const values = ["replacements", "bind"].flatMap((name) => {
    const v = option(call, options, name);
    const isList = objectsOf(call.m.heap, v).some((o) => o.kind === "array");
    return v === UNDEFINED ? [] : isList ? iterate(call.m, v, call.site).list : [v];
  });
  const rows = rowList(call, rowOfText(call, arg(call.args, 0), values));
  const both = arrayOf(call.m, [rows, unknown(call.m, at(call, "metadata"))], at(call, "both"));
  return answer(call, option(call, options, "type") === UNDEFINED ? both : rows);
};

/** `transaction(async (t) => …)`, `await transaction()`. */
const transaction: Native = (call) => {
  const work = lastCallback(call.m, call.args);
  const t = ofRef(external(call.m, LIB, ["Transaction"]).id);
  return promised(call, work === undefined ? t : callValue(call.m, work, UNDEFINED, { list: [t], rest: null }, call.site));
};

const CLIENT: Readonly<Record<string, Native>> = {
  define,
  query,
  transaction,
  ...EXPRESSIONS,
  model: (call) => arg(call.args, 0).consts.reduce((v: Value, c) => join(v, namedEntity(call.m, LIB, String(c))), UNDEFINED),
  ...alike(["authenticate", "sync", "close", "drop"], (call) => promised(call, UNDEFINED)),
  addModels: () => UNDEFINED,
};

/** Operators are symbols, which have been texts once: here they are still called so, `$eq`. */
const OPERATORS =
  "eq ne is not or and any all gt gte lt lte between notBetween in notIn like notLike iLike notILike startsWith endsWith substring regexp notRegexp contains contained overlap col values".split(
    " ",
  );

const operators: Native = ({ m }) =>
  record(m, Object.fromEntries(OPERATORS.map((name) => [name, ofConst(`$${name}`)])), `${LIB} operators`);

const MODEL: Readonly<Record<string, Native>> = {
  init,
  hasMany: associate("many"),
  belongsToMany: associate("many"),
  hasOne: associate("one"),
  belongsTo: associate("owner"),
};

/** `new Sequelize(…)`; the module itself is the class in CommonJS. */
const connect: Native = (call) => client(call);

function match(_module: string, full: readonly string[]): Native | undefined {
  const path = full.filter((name) => name !== "prototype" && name !== "default");
  const [owner] = path;
  const name = path.at(-1);
  if (name === undefined || (path.length === 1 && owner === "Sequelize")) return connect;
  if (path.length === 1) return owner === "Model" ? construct : (under(DECORATORS, name) ?? under(EXPRESSIONS, name));
  if (path.length !== 2) return undefined;
  if (owner === "Model") return under(MODEL, name) ?? modelMethod(name);
  return owner === "Sequelize" ? under(CLIENT, name) : undefined;
}

/** `ModelStatic<User>`: the model itself. */
const model: Instance = (m, _origin, [of]) => (of === undefined ? BOTTOM : classOf(m, of));

export const sequelize: NativeModule = {
  modules: [LIB, "sequelize-typescript"],
  natives: { [`Op.${VALUE}`]: operators },
  match,
  instances: { ModelStatic: model, ModelCtor: model },
};
