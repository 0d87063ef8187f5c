/** TypeORM's entities: decorators of classes and their properties, and schemas. */
import { isFunction, joinSlot, objectsOf, S, setSlot } from "../../domain/heap.js";
import { BOTTOM, exact, FALSE, join, ofConst, ofRef, TRUE, UNDEFINED, type Value } from "../../domain/value.js";
import { arg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { entries, getNamed } from "../../machine/props.js";
import { at, exactString, option } from "../../natives/support.js";
import { describe, describeEntity, describeMore } from "../entities.js";
import { className, ofClass, ofProperty, optionsOf } from "../entity-decorators.js";

export const LIB = "typeorm";

/** Slot of what reads and writes an entity: a repository, a class that is one. */
export const OF = "\0typeorm:of";

/** `@Entity("users")`, `@Entity({ name: "users" })`, `@Entity("users", { schema: "app" })`. */
const entity = ofClass(({ m }, cls, given) => {
  const named = exactString(option(given, optionsOf(given), "name"));
  describeEntity(m, LIB, cls, className(cls), exactString(arg(given.args, 0)) ?? named);
});

/** `@ChildEntity()`: its rows are in the table of the class it extends. */
const childEntity = ofClass(({ m }, cls) => {
  joinSlot(m.heap, external(m, LIB, ["entities"]), `\0entity:${className(cls)}`, ofRef(cls.id));
});

/** `@EntityRepository(User)` of older versions: the class is the repository of an entity. */
const entityRepository = ofClass(({ m }, cls, given) => {
  setSlot(m.heap, cls, OF, arg(given.args, 0));
});

/** A flag, as far as it may be set. */
const flag = (v: Value): Value => (v === UNDEFINED ? FALSE : v);

const column = ofProperty((decorated, cls, property, given) => {
  const options = optionsOf(given);
  const target = arg(given.args, 0);
  // `@Column(() => Name)`: the columns of another class, in this table.
  if (objectsOf(given.m.heap, target).some(isFunction)) {
    const prefix = option(given, options, "prefix");
    const isNone = exact(prefix) === "" || (prefix.consts.length === 0 && prefix.kinds === FALSE.kinds);
    describe(decorated, cls, "embedded", property, { target, prefix: isNone ? ofConst("") : ofConst(exactString(prefix) ?? property) });
    return;
  }
  describe(decorated, cls, "column", property, columnSaid(given, options, property));
});

const columnSaid = (call: NativeCall, options: Value, property: string): Readonly<Record<string, Value>> => {
  const select = option(call, options, "select");
  return {
    name: ofConst(exactString(option(call, options, "name")) ?? property),
    hidden: select.kinds === FALSE.kinds && select.consts.length === 0 ? TRUE : FALSE,
    transformer: option(call, options, "transformer"),
  };
};

const relationSaid = (call: NativeCall, target: Value, options: Value, many: boolean): Readonly<Record<string, Value>> => ({
  target,
  many: ofConst(many),
  cascade: flag(option(call, options, "cascade")),
  eager: flag(option(call, options, "eager")),
});

/** `@ManyToOne(() => User, (user) => user.posts, { eager: true })`. */
const relation = (many: boolean): Native =>
  ofProperty((decorated, cls, property, given) => {
    describe(decorated, cls, "relation", property, relationSaid(given, arg(given.args, 0), optionsOf(given), many));
  });

/** `@JoinColumn({ name: "author_id" })` beside a relation. */
const joinColumn = ofProperty((decorated, cls, property, given) => {
  const name = option(given, optionsOf(given), "name");
  if (exactString(name) !== undefined) describeMore(decorated.m, cls, property, "name", name);
});

export const DECORATORS: Readonly<Record<string, Native>> = {
  Entity: entity,
  ViewEntity: entity,
  ChildEntity: childEntity,
  EntityRepository: entityRepository,
  ...Object.fromEntries(
    [
      "Column PrimaryColumn PrimaryGeneratedColumn CreateDateColumn UpdateDateColumn DeleteDateColumn VersionColumn ViewColumn ObjectIdColumn",
    ]
      .flatMap((names) => names.split(" "))
      .map((name) => [name, column]),
  ),
  OneToOne: relation(false),
  ManyToOne: relation(false),
  OneToMany: relation(true),
  ManyToMany: relation(true),
  JoinColumn: joinColumn,
};

/** `new EntitySchema({ name: "User", tableName: "users", columns: { … }, relations: { … } })`. */
export const entitySchema: Native = (call) => {
  const { m, site } = call;
  const schema = make(m, "object", at(call, "schema"));
  setSlot(m.heap, schema, S.proto, ofRef(external(m, LIB, ["EntitySchema"]).id));
  const options = arg(call.args, 0);
  const name = exactString(option(call, options, "name")) ?? "*";
  const table = exactString(option(call, options, "tableName"));
  const classes = objectsOf(m.heap, option(call, options, "target")).filter((o) => o.kind === "class");
  for (const of of [schema, ...classes]) {
    describeEntity(m, LIB, of, name, table);
    for (const { name: property, value } of partsOf(call, options, "columns"))
      describe(call, of, "column", property, columnSaid(call, value, property));
    for (const { name: property, value } of partsOf(call, options, "relations")) {
      const many = String(exactString(option(call, value, "type"))).endsWith("-to-many");
      describe(call, of, "relation", property, relationSaid(call, getNamed(m, value, "target", site), value, many));
      const key = option(call, option(call, value, "joinColumn"), "name");
      if (exactString(key) !== undefined) describeMore(m, of, property, "name", key);
    }
  }
  if (classes.length > 0)
    setSlot(
      m.heap,
      schema,
      "prototype",
      classes.reduce((v, c) => join(v, c.props.get("prototype") ?? BOTTOM), BOTTOM),
    );
  return ofRef(schema.id);
};

const partsOf = (call: NativeCall, options: Value, name: string): ReturnType<typeof entries>["known"] =>
  objectsOf(call.m.heap, option(call, options, name)).flatMap((o) => entries(call.m, o, call.site).known);
