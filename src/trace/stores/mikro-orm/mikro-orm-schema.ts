/** MikroORM's entities: decorators of classes and their properties, and schemas. */
import { isFunction, objectsOf, S, setSlot } from "../../domain/heap.js";
import { FALSE, ofConst, ofRef, TRUE, UNDEFINED, type Value } from "../../domain/value.js";
import { arg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { entries } from "../../machine/props.js";
import { at, exactString, option } from "../../natives/support.js";
import { describe, describeEntity } from "../entities.js";
import { className, ofClass, ofProperty, optionsOf } from "../entity-decorators.js";

export const LIB = "@mikro-orm";

/** `@Entity()`, `@Entity({ tableName: "users" })`. */
const entity = ofClass(({ m }, cls, given) => {
  describeEntity(m, LIB, cls, className(cls), exactString(option(given, optionsOf(given), "tableName")));
});

const columnSaid = (call: NativeCall, options: Value, property: string): Readonly<Record<string, Value>> => {
  const own = ["fieldName", "name"].flatMap((name) => exactString(option(call, options, name)) ?? []);
  return { name: ofConst(own[0] ?? property), hidden: option(call, options, "lazy") === UNDEFINED ? FALSE : TRUE };
};

const column = ofProperty((decorated, cls, property, given) => {
  describe(decorated, cls, "column", property, columnSaid(given, optionsOf(given), property));
});

/** The other end: the first argument, or `entity` of the options. */
const targetIn = (call: NativeCall, options: Value): Value => {
  const [first] = call.args.list;
  const isTarget =
    first !== undefined && (first.consts.length > 0 || objectsOf(call.m.heap, first).some((o) => isFunction(o) || o.kind === "class"));
  return isTarget ? first : option(call, options, "entity");
};

/** What is persisted takes along what it refers to. */
const relationSaid = (call: NativeCall, target: Value, options: Value, many: boolean): Readonly<Record<string, Value>> => ({
  target,
  many: ofConst(many),
  cascade: TRUE,
  eager: option(call, options, "eager") === UNDEFINED ? FALSE : option(call, options, "eager"),
  ...Object.fromEntries(
    ["joinColumn", "fieldName"].flatMap((name) =>
      exactString(option(call, options, name)) === undefined ? [] : [["name", option(call, options, name)]],
    ),
  ),
});

const relation = (many: boolean): Native =>
  ofProperty((decorated, cls, property, given) => {
    const options = optionsOf(given);
    describe(decorated, cls, "relation", property, relationSaid(given, targetIn(given, options), options, many));
  });

const embedded = ofProperty((decorated, cls, property, given) => {
  const options = optionsOf(given);
  const prefix = exactString(option(given, options, "prefix")) ?? property;
  describe(decorated, cls, "embedded", property, { target: targetIn(given, options), prefix: ofConst(prefix) });
});

export const DECORATORS: Readonly<Record<string, Native>> = {
  Entity: entity,
  ...Object.fromEntries("Property PrimaryKey SerializedPrimaryKey Enum".split(" ").map((name) => [name, column])),
  OneToOne: relation(false),
  ManyToOne: relation(false),
  OneToMany: relation(true),
  ManyToMany: relation(true),
  Embedded: embedded,
};

/** `new EntitySchema({ class: User, tableName: "users", properties: { email: { type: "string", fieldName: "e_mail" } } })`. */
export const entitySchema: Native = (call) => {
  const { m, site } = call;
  const schema = make(m, "object", at(call, "schema"));
  setSlot(m.heap, schema, S.proto, ofRef(external(m, `${LIB}/core`, ["EntitySchema"]).id));
  const options = arg(call.args, 0);
  const classes = objectsOf(m.heap, option(call, options, "class")).filter((o) => o.kind === "class");
  for (const of of [schema, ...classes]) {
    const name = exactString(option(call, options, "name")) ?? className(of.kind === "class" ? of : (classes[0] ?? of));
    describeEntity(m, LIB, of, name || "*", exactString(option(call, options, "tableName")));
    for (const properties of objectsOf(m.heap, option(call, options, "properties")))
      for (const { name: property, value } of entries(m, properties, site).known) {
        const kind = exactString(option(call, value, "kind")) ?? exactString(option(call, value, "reference"));
        if (kind === undefined || kind === "scalar") describe(call, of, "column", property, columnSaid(call, value, property));
        else
          describe(
            call,
            of,
            "relation",
            property,
            relationSaid(call, option(call, value, "entity"), value, kind === "1:m" || kind === "m:n"),
          );
      }
  }
  return ofRef(schema.id);
};
