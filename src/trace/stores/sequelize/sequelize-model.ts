/** What Sequelize's models and their instances do. */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, BOTTOM, exact, isBottom, join, NULL, ofRef, refPart, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, hasArg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { getNamed, hide } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { alike, arrayOf, at, option, record, under } from "../../natives/support.js";
import { answer, rowList } from "../answers.js";
import { columnNamed, entitiesOf, targetOf, targetsOf, type Entity } from "../entities.js";
import { ALL, assignAll, eachRow, newEntity, relatedRows, writeEntity } from "../entity-rows.js";
import { normalName } from "../names.js";
import { modelRow, plainRow } from "./sequelize-options.js";
import { addScope, scoped, throughScopes, unscoped } from "./sequelize-scopes.js";
import { readColumn } from "../table.js";

const LIB = "sequelize";

/** The model that `define` makes: called with `new`, it makes an instance. */
export function newModel(call: NativeCall, name: string): Obj {
  const { m } = call;
  const model = make(m, "native", at(call, `model ${name}`), { run: build });
  const proto = make(m, "object", at(call, `prototype ${name}`));
  const base = ofRef(external(m, LIB, ["Model"]).id);
  setSlot(m.heap, model, S.proto, base);
  setSlot(m.heap, model, "prototype", ofRef(proto.id));
  setSlot(m.heap, proto, S.proto, base);
  setSlot(m.heap, proto, "constructor", ofRef(model.id));
  hide(m, proto, "constructor");
  return model;
}

const models = (call: NativeCall, of: Value = call.self): readonly Entity[] => entitiesOf(call.m, LIB, refPart(of));

const over = (call: NativeCall, run: (e: Entity) => Value): Value => models(call).reduce((v: Value, e) => join(v, run(e)), BOTTOM);

/** `new User(values)`, `User.build(values)`. */
function build(call: NativeCall): Value {
  const of = call.isNew ? ofRef(call.callee.id) : call.self;
  return models(call, of).reduce((v: Value, e) => join(v, made(call, e, arg(call.args, 0))), BOTTOM);
}

function made(call: NativeCall, e: Entity, values: Value, what = "built"): Value {
  const v = newEntity(call, e, values, what);
  for (const obj of objectsOf(call.m.heap, v)) {
    setSlot(call.m.heap, obj, "dataValues", ofRef(obj.id));
    hide(call.m, obj, "dataValues");
  }
  return v;
}

/** With `include`, rows of relations are written, too. */
const writable = (call: NativeCall, e: Entity, options: Value): Entity =>
  isBottom(option(call, options, "include")) || option(call, options, "include") === UNDEFINED
    ? e
    : { ...e, relations: new Map([...e.relations].map(([name, r]) => [name, { ...r, cascade: true }])) };

const create = (call: NativeCall, values: Value, options: Value, what = "created"): Value =>
  over(call, (e) => {
    writeEntity(call, writable(call, e, options), values);
    return eachRow(call, values).reduce((v: Value, row, i) => join(v, made(call, e, row, `${what} ${i}`)), BOTTOM);
  });

const one = (call: NativeCall, own: Value): Value => {
  const options = throughScopes(call, own);
  return over(call, (e) => modelRow(call, e, options));
};
const list = (call: NativeCall, options: Value): Value => rowList(call, one(call, options));
const pair = (call: NativeCall, a: Value, b: Value): Value => arrayOf(call.m, [a, b], at(call, "pair"));

const found =
  (result: (call: NativeCall) => Value): Native =>
  (call) =>
    answer(call, result(call));

/** `max("score")`: one of the column's values. */
const extreme = found((call) => {
  const name = String(exact(arg(call.args, 0)));
  return join(
    over(call, (e) => readColumn(call.m, e.table, columnNamed(e, name)?.[1].name ?? name, call.site)),
    NULL,
  );
});

/** `findOrCreate({ where, defaults })`: both are in the row that it may write. */
const findOrCreate = found((call) => {
  const options = arg(call.args, 0);
  const values = make(call.m, "object", at(call, "values"));
  assignAll(call, values, [option(call, options, "where"), option(call, options, "defaults")]);
  return pair(call, join(create(call, ofRef(values.id), UNDEFINED), one(call, options)), ANY_BOOLEAN);
});

const STATICS: Readonly<Record<string, Native>> = {
  findAll: found((call) => list(call, arg(call.args, 0))),
  findOne: found((call) => join(one(call, arg(call.args, 0)), NULL)),
  ...alike(
    ["findByPk", "findById"],
    found((call) => join(one(call, arg(call.args, 1)), NULL)),
  ),
  ...alike(
    ["findAndCountAll", "findAndCount"],
    found((call) => record(call.m, { rows: list(call, arg(call.args, 0)), count: ANY_NUMBER }, at(call, "counted"))),
  ),
  ...alike(["findOrCreate", "findCreateFind", "findOrBuild"], findOrCreate),
  ...alike(
    ["count", "sum"],
    found(() => ANY_NUMBER),
  ),
  ...alike(["max", "min"], extreme),
  aggregate: (call) => (/^(max|min)$/i.test(String(exact(arg(call.args, 1)))) ? extreme(call) : answer(call, ANY_NUMBER)),
  create: found((call) => create(call, arg(call.args, 0), arg(call.args, 1))),
  bulkCreate: found((call) => rowList(call, create(call, arg(call.args, 0), arg(call.args, 1)), "created rows")),
  upsert: found((call) => pair(call, create(call, arg(call.args, 0), UNDEFINED), ANY_BOOLEAN)),
  build,
  bulkBuild: (call) =>
    rowList(
      call,
      eachRow(call, arg(call.args, 0)).reduce(
        (v: Value, row, i) =>
          join(
            v,
            over(call, (e) => made(call, e, row, `built ${i}`)),
          ),
        BOTTOM,
      ),
      "built rows",
    ),
  /** `[affected]`, with `returning` also the rows. */
  update: found((call) => {
    for (const e of models(call)) writeEntity(call, e, arg(call.args, 0));
    const returns = option(call, arg(call.args, 1), "returning");
    return pair(call, ANY_NUMBER, returns === UNDEFINED ? unknown(call.m, at(call, "none")) : list(call, UNDEFINED));
  }),
  ...alike(
    ["destroy", "restore", "truncate", "increment", "decrement", "sync", "drop"],
    found((call) => unknown(call.m, at(call, "outcome"))),
  ),
  ...alike(["scope", "withScope"], scoped),
  addScope,
  unscoped,
  schema: (call) => call.self,
};

// ------------------------------------------------------------------------------------------------ instances

const ofInstance = (call: NativeCall): readonly Entity[] => models(call, targetOf(call.m, call.self));

const set = (call: NativeCall): void => {
  const { m } = call;
  const name = exact(arg(call.args, 0));
  for (const obj of objectsOf(m.heap, call.self))
    if (typeof name === "string") setSlot(m.heap, obj, name, arg(call.args, 1));
    else assignAll(call, obj, [arg(call.args, 0)]);
};

const save = (call: NativeCall): Value => {
  for (const e of ofInstance(call)) writeEntity(call, e, call.self);
  return call.self;
};

const get: Native = (call) => {
  const name = exact(arg(call.args, 0));
  return typeof name === "string" ? getNamed(call.m, call.self, name, call.site) : plainRow(call, call.self);
};

const INSTANCE: Readonly<Record<string, Native>> = {
  save: found(save),
  update: found((call) => {
    set(call);
    return save(call);
  }),
  ...alike(["set", "setDataValue", "setAttributes"], (call) => {
    set(call);
    return call.self;
  }),
  ...alike(["get", "getDataValue"], get),
  toJSON: (call) => plainRow(call, call.self),
  reload: found((call) => {
    for (const e of ofInstance(call))
      for (const obj of objectsOf(call.m.heap, call.self)) assignAll(call, obj, [modelRow(call, e, arg(call.args, 0))]);
    return call.self;
  }),
  ...alike(
    ["destroy", "restore", "increment", "decrement", "validate"],
    found((call) => unknown(call.m, at(call, "outcome"))),
  ),
};

/** `user.getPosts()`, `user.createPost({ … })`, `user.countPosts()`: methods that associations give to instances. */
const MIXIN = /^(get|create|count|has|set|add|remove)([A-Z]\w*)$/;

const mixin =
  (how: string, name: string): Native =>
  (call) => {
    const { m } = call;
    const wanted = normalName(name);
    let out: Value = BOTTOM;
    for (const e of ofInstance(call))
      for (const [property, relation] of e.relations) {
        const own = normalName(property);
        if (own !== wanted && own !== `${wanted}s` && !(own.endsWith("ies") && `${own.slice(0, -3)}y` === wanted)) continue;
        if (how === "get") out = join(out, relatedRows(call, e, relation, ALL, [property]));
        if (how !== "create") continue;
        for (const target of targetsOf(call, LIB, relation.target)) {
          writeEntity(call, target, arg(call.args, 0));
          out = join(out, made(call, target, arg(call.args, 0)));
        }
      }
    return answer(call, how === "count" ? ANY_NUMBER : how === "has" ? ANY_BOOLEAN : isBottom(out) ? unknown(m, at(call, name)) : out);
  };

/** A method of models or of their instances: some names are of both. */
export function modelMethod(name: string): Native | undefined {
  const [statics, instance] = [under(STATICS, name), under(INSTANCE, name)];
  const [, how, of] = MIXIN.exec(name) ?? [];
  const own = instance ?? (how === undefined || of === undefined || statics !== undefined ? undefined : mixin(how, of));
  if (statics === undefined || own === undefined) return statics ?? own;
  return (call) => (objectsOf(call.m.heap, call.self).some((o) => o.kind === "class" || o.kind === "native") ? statics : own)(call);
}

/** `new User(values)` of a class that extends `Model`: its own part of the instance is what it is given. */
export const construct: Native = (call) => {
  const obj = make(call.m, "object", at(call, "instance"));
  if (hasArg(call.args, 0)) assignAll(call, obj, [arg(call.args, 0)]);
  return ofRef(obj.id);
};
