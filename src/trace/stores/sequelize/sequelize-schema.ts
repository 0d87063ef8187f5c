/** Sequelize's models: `define`, classes with `init`, decorators of sequelize-typescript, associations between them. */
import { isFunction, joinSlot, objectsOf, type Obj } from "../../domain/heap.js";
import { FALSE, ofConst, ofRef, TRUE, UNDEFINED, type Value } from "../../domain/value.js";
import { arg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { entries } from "../../machine/props.js";
import { at, exactString, option } from "../../natives/support.js";
import { describe, describeEntity, entitiesOf } from "../entities.js";
import { className, ofClass, ofProperty, orBare } from "../entity-decorators.js";
import { pluralized } from "../plural.js";
import { newModel } from "./sequelize-model.js";
import { keepScopes } from "./sequelize-scopes.js";

export const LIB = "sequelize";

/** `User` → `Users`: the rules are those that Mongoose has, and letters stay as large as they are. */
function plural(name: string): string {
  const out = pluralized(name);
  let same = 0;
  while (same < name.length && out[same] === name[same]!.toLowerCase()) same++;
  return name.slice(0, same) + out.slice(same);
}

const isFalse = (v: Value): boolean => v.consts.length === 0 && v.refs.length === 0 && v.kinds === FALSE.kinds;
const isTrue = (v: Value): boolean => v.consts.length === 0 && v.refs.length === 0 && v.kinds === TRUE.kinds;

/** Names a model's table: what its options say, its own name, or the plural of that. */
function describeModel(call: NativeCall, model: Obj, name: string, options: Value): void {
  const own = exactString(option(call, options, "tableName"));
  const frozen = isTrue(option(call, options, "freezeTableName"));
  describeEntity(call.m, LIB, model, name, own ?? (frozen ? name : plural(name)));
  keepScopes(call, model, options);
  const columns = isFalse(option(call, options, "timestamps")) ? ["id"] : ["id", "createdAt", "updatedAt"];
  // `sequelize.models.User`.
  joinSlot(call.m.heap, external(call.m, LIB, ["Sequelize", "models"]), name, ofRef(model.id));
  for (const column of columns) describe(call, model, "column", column, { name: ofConst(column) });
}

/** `{ email: DataTypes.STRING, name: { type: …, field: "full_name", get() { … } } }`. */
function describeAttributes(call: NativeCall, model: Obj, attributes: Value): void {
  const { m, site } = call;
  for (const obj of objectsOf(m.heap, attributes))
    for (const { name, value } of entries(m, obj, site).known) describe(call, model, "column", name, attributeSaid(call, value, name));
}

const attributeSaid = (call: NativeCall, said: Value, property: string): Readonly<Record<string, Value>> => ({
  name: ofConst(exactString(plainOption(call, said, "field")) ?? property),
});

/** An option of a plain object; types of columns are objects of the library. */
const plainOption = (call: NativeCall, of: Value, name: string): Value =>
  objectsOf(call.m.heap, of).some((o) => o.kind === "object") ? option(call, of, name) : UNDEFINED;

/** `sequelize.define("User", attributes, options)`. */
export const define: Native = (call) => {
  const name = exactString(arg(call.args, 0)) ?? "*";
  const model = newModel(call, name);
  describeModel(call, model, name, arg(call.args, 2));
  describeAttributes(call, model, arg(call.args, 1));
  return ofRef(model.id);
};

/** `User.init(attributes, options)`. */
export const init: Native = (call) => {
  for (const cls of objectsOf(call.m.heap, call.self).filter((o) => o.kind === "class")) {
    describeModel(call, cls, exactString(option(call, arg(call.args, 1), "modelName")) ?? className(cls), arg(call.args, 1));
    describeAttributes(call, cls, arg(call.args, 0));
  }
  return call.self;
};

// ------------------------------------------------------------------------------------------------ associations

/** `User.hasMany(Post, { as: "posts", foreignKey: "author_id" })`. */
export const associate =
  (kind: "one" | "many" | "owner"): Native =>
  (call) => {
    const { m } = call;
    const [target, options] = [arg(call.args, 0), arg(call.args, 1)];
    const as = exactString(plainOption(call, options, "as"));
    const given = plainOption(call, options, "foreignKey");
    const key = exactString(given) ?? exactString(plainOption(call, given, "name"));
    for (const from of objectsOf(m.heap, call.self))
      for (const to of entitiesOf(m, LIB, target)) {
        describe(call, from, "relation", as ?? (kind === "many" ? plural(to.name) : to.name), relationSaid(target, kind === "many"));
        const held = key ?? (kind === "owner" ? `${as ?? lowered(to.name)}Id` : undefined);
        if (kind === "owner" && held !== undefined) describe(call, from, "column", held, { name: ofConst(held) });
      }
    return ofRef(make(m, "object", at(call, "association")).id);
  };

const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const relationSaid = (target: Value, many: boolean): Readonly<Record<string, Value>> => ({ target, many: ofConst(many) });

// ------------------------------------------------------------------------------------------------ decorators

/** `@Table`, `@Table({ tableName: "users" })`. */
const table = orBare(
  ofClass((decorated, cls, given) => {
    const options = arg(given.args, 0);
    describeModel(decorated, cls, exactString(option(given, options, "modelName")) ?? className(cls), options);
  }),
);

const column = orBare(
  ofProperty((decorated, cls, property, given) => {
    describe(decorated, cls, "column", property, attributeSaid(decorated, arg(given.args, 0), property));
  }),
);

/** `@HasMany(() => Post, "authorId")`: always with arguments. */
const relation = (many: boolean): Native =>
  ofProperty((decorated, cls, property, given) => {
    if (objectsOf(given.m.heap, arg(given.args, 0)).some(isFunction))
      describe(decorated, cls, "relation", property, relationSaid(arg(given.args, 0), many));
  });

export const DECORATORS: Readonly<Record<string, Native>> = {
  Table: table,
  ...Object.fromEntries("Column CreatedAt UpdatedAt DeletedAt ForeignKey".split(" ").map((name) => [name, column])),
  HasOne: relation(false),
  BelongsTo: relation(false),
  HasMany: relation(true),
  BelongsToMany: relation(true),
};
