/**
 * Mongoose's schemas: which fields a document has (Mongoose drops others), which of them are left out of reads, which refer to other models,
 * and what code goes with them. API: https://mongoosejs.com/docs/guide.html.
 */
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, exact, isBottom, join, K, ofRef, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs } from "../../machine/call.js";
import { typeIn, typeValue } from "../../machine/declared.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { entries, getNamed } from "../../machine/props.js";
import type { NativeTable } from "../../natives/index.js";
import { alike, argOf, at, callWith, instance, lastCallback, option, selves } from "../../natives/support.js";
import type { Names } from "../document-paths.js";

const LIB = "mongoose";

/** Slots of a schema. */
export const SCHEMA = {
  definition: "\0definition",
  options: "\0options",
  /** Options set later, by name. */
  option: "\0option:",
  /** Getter of a virtual property, by name. */
  virtual: "\0virtual:",
  /** Options of a virtual property that stands for documents of another model, by name. */
  refers: "\0refers:",
  /** What runs before and after an operation, by its name. */
  pre: "\0pre:",
  post: "\0post:",
  /** Classes whose members documents and models get. */
  members: "\0members",
} as const;

/** What a field refers to: a model by its name, once or in a list. */
interface Reference {
  readonly model: string;
  readonly many: boolean;
}

export interface Fields {
  /** Undefined where it may have any. */
  readonly names: Names | undefined;
  /** Left out of reads unless they are asked for: `select: false`. */
  readonly hidden: readonly string[];
  readonly references: ReadonlyMap<string, Reference>;
}

// ------------------------------------------------------------------------------------------------ what a schema says

interface Draft {
  names: Map<string, Names | "all">;
  open: boolean;
  hidden: string[];
  references: Map<string, Reference>;
  /** Schemas that are being read: one may be part of itself, and then it is as deep as anyone likes. */
  readonly around: Set<Obj>;
}

/** The fields of documents of any of these schemas; without a schema, any. */
export function fieldsOf(m: Machine, schemas: Value, site: Site): Fields {
  const all = objectsOf(m.heap, schemas);
  const draft: Draft = { names: new Map(), open: all.length === 0, hidden: [], references: new Map(), around: new Set() };
  for (const schema of all) addSchema(m, draft, schema, draft.names, "", site);
  if (!draft.open) for (const name of ["_id", "id", "__v", "createdAt", "updatedAt"]) draft.names.set(name, "all");
  return { names: draft.open ? undefined : draft.names, hidden: draft.hidden, references: draft.references };
}

function addSchema(m: Machine, draft: Draft, schema: Obj, names: Map<string, Names | "all">, prefix: string, site: Site): void {
  draft.around.add(schema);
  const definition = schema.props.get(SCHEMA.definition) ?? BOTTOM;
  const strict = optionOf(m, schema, "strict", site);
  if (objectsOf(m.heap, definition).length === 0 || (strict !== UNDEFINED && truthiness(strict).no)) draft.open = true;
  for (const obj of objectsOf(m.heap, definition)) addNames(m, draft, obj, names, prefix, site);
  const key = optionOf(m, schema, "discriminatorKey", site).consts[0];
  names.set(typeof key === "string" ? key : "__t", "all");
  for (const [slot, options] of schema.props)
    if (slot.startsWith(SCHEMA.refers)) refer(m, draft, prefix + slot.slice(SCHEMA.refers.length), options, true, site);
  draft.around.delete(schema);
}

function addNames(m: Machine, draft: Draft, obj: Obj, names: Map<string, Names | "all">, prefix: string, site: Site): void {
  if (isSchema(obj)) {
    addSchema(m, draft, obj, names, prefix, site);
    return;
  }
  draft.around.add(obj);
  const e = entries(m, obj, site);
  if (obj.kind !== "object" || e.rest !== null) draft.open = true;
  for (const { name, value } of e.known) addName(m, draft, names, prefix, name, value, site);
  draft.around.delete(obj);
}

/** One field: a type, `{ type, ref, select }`, a list of either, a schema, or fields below it. */
function addName(m: Machine, draft: Draft, names: Map<string, Names | "all">, prefix: string, path: string, v: Value, site: Site): void {
  const [name = path, ...below] = path.split(".");
  const within = (): Map<string, Names | "all"> | undefined => {
    const old = names.get(name);
    if (old === "all") return undefined;
    const inner = (old ?? new Map()) as Map<string, Names | "all">;
    names.set(name, inner);
    return inner;
  };
  if (below.length > 0) {
    const inner = within();
    if (inner !== undefined) addName(m, draft, inner, `${prefix}${name}.`, below.join("."), v, site);
    return;
  }
  for (const given of objectsOf(m.heap, v)) {
    const isList = given.kind === "array";
    const [obj] = isList ? objectsOf(m.heap, anyItem(iterate(m, ofRef(given.id), site))) : [given];
    const type = obj?.kind === "object" && !isSchema(obj) ? (obj.props.get("type") ?? BOTTOM) : BOTTOM;
    const declared = objectsOf(m.heap, type);
    const isField = declared.length > 0 && !declared.some((o) => o.kind === "object" && o.props.has("type"));
    if (isField) {
      if (obj!.props.has("select") && !truthiness(getNamed(m, ofRef(obj!.id), "select", site)).yes) draft.hidden.push(prefix + name);
      refer(m, draft, prefix + name, ofRef(obj!.id), isList, site);
    }
    const what = isField ? declared[0]! : obj;
    const [inner] = what?.kind === "array" ? objectsOf(m.heap, anyItem(iterate(m, ofRef(what.id), site))) : [what];
    if (isField && what?.kind === "array" && inner?.kind === "object") refer(m, draft, prefix + name, ofRef(inner.id), true, site);
    const has =
      inner?.kind === "object" &&
      !draft.around.has(inner) &&
      (isSchema(inner) || (!inner.props.has("type") && entries(m, inner, site).known.length > 0));
    const tree = has ? within() : undefined;
    if (tree === undefined) names.set(name, "all");
    else addNames(m, draft, inner!, tree, `${prefix}${name}.`, site);
  }
  if (v.refs.length === 0) names.set(name, "all");
}

/** `ref: "User"`; of a virtual property many, unless it says `justOne`. */
function refer(m: Machine, draft: Draft, path: string, options: Value, many: boolean, site: Site): void {
  const ref = getNamed(m, options, "ref", site);
  const names = [...ref.consts, ...objectsOf(m.heap, ref).flatMap((model) => model.props.get("modelName")?.consts ?? [])];
  const justOne = truthiness(getNamed(m, options, "justOne", site)).yes;
  for (const model of names) if (typeof model === "string") draft.references.set(path, { model, many: many && !justOne });
}

const isSchema = (obj: Obj): boolean => obj.props.has(SCHEMA.definition);

/** An option of a schema: set last, or given at first. */
export function optionOf(m: Machine, schema: Obj, name: string, site: Site): Value {
  const set = schema.props.get(SCHEMA.option + name);
  const given = schema.props.get(SCHEMA.options) ?? BOTTOM;
  return set ?? (objectsOf(m.heap, given).length === 0 ? UNDEFINED : getNamed(m, given, name, site));
}

/** What a schema has under a prefix of slots, by name. */
export const slotsUnder = (schema: Obj, prefix: string): readonly (readonly [name: string, v: Value])[] =>
  [...schema.props].flatMap(([slot, v]) => (slot.startsWith(prefix) ? [[slot.slice(prefix.length), v] as const] : []));

// ------------------------------------------------------------------------------------------------ making one

/** Slot of schemas and models: what documents are declared to be. */
export const ROW_TYPE = "\0rowtype";

/** That type, where it is an argument of a call: `new Schema<User>(…)`. */
export const rowType = ({ m, types = [] }: NativeCall): Value =>
  types[0] === undefined ? BOTTOM : typeValue(m, typeIn(m, m.frame.code, types[0]));

/** A schema of these fields. */
export function schemaOf(call: NativeCall, definition: Value, options: Value): Value {
  const { m } = call;
  const schema = instance(m, LIB, "Schema", call.site);
  setSlot(m.heap, schema, SCHEMA.definition, { ...definition, kinds: definition.kinds & ~K.Undefined });
  setSlot(m.heap, schema, SCHEMA.options, options);
  if (!isBottom(rowType(call))) setSlot(m.heap, schema, ROW_TYPE, rowType(call));
  for (const table of ["methods", "statics", "query"]) {
    const given = option(call, options, table);
    setSlot(m.heap, schema, table, given.refs.length > 0 ? given : ofRef(make(m, "object", at(call, table)).id));
  }
  return ofRef(schema.id);
}

/** `schema.method("name", fn)`, `schema.method({ name: fn })`. */
const member =
  (table: string): Native =>
  (call) => {
    const { m, site } = call;
    for (const schema of selves(call))
      for (const to of objectsOf(m.heap, schema.props.get(table) ?? BOTTOM)) {
        for (const name of argOf(call, 0).consts) joinSlot(m.heap, to, String(name), argOf(call, 1));
        for (const obj of objectsOf(m.heap, argOf(call, 0)))
          for (const x of entries(m, obj, site).known) joinSlot(m.heap, to, x.name, x.value);
      }
    return call.self;
  };

/** `schema.pre("save", fn)`, `schema.post(["find", "findOne"], fn)`. */
const hook =
  (prefix: string): Native =>
  (call) => {
    const { m, site } = call;
    const fn = lastCallback(m, call.args);
    const names = [
      ...argOf(call, 0).consts,
      ...iterate(m, { ...argOf(call, 0), consts: [], kinds: 0 }, site).list.flatMap((x) => x.consts),
    ];
    if (fn !== undefined) for (const schema of selves(call)) for (const name of names) joinSlot(m.heap, schema, prefix + String(name), fn);
    return call.self;
  };

const virtual: Native = (call) => {
  const { m, site } = call;
  const type = instance(m, LIB, "VirtualType", call.site);
  const name = exact(argOf(call, 0));
  setSlot(m.heap, type, "\0of", call.self);
  setSlot(m.heap, type, "\0name", argOf(call, 0));
  const options = argOf(call, 1);
  if (typeof name === "string" && options.refs.length > 0 && !isBottom(getNamed(m, options, "ref", site)))
    for (const schema of selves(call)) setSlot(m.heap, schema, SCHEMA.refers + name, options);
  return ofRef(type.id);
};

const virtualGet: Native = (call) => {
  const { m } = call;
  for (const type of selves(call))
    for (const schema of objectsOf(m.heap, type.props.get("\0of") ?? BOTTOM))
      for (const name of type.props.get("\0name")?.consts ?? []) setSlot(m.heap, schema, SCHEMA.virtual + String(name), argOf(call, 0));
  return call.self;
};

const added: Native = (call) => {
  for (const schema of selves(call)) joinSlot(call.m.heap, schema, SCHEMA.definition, argOf(call, 0));
  return call.self;
};

/** A schema's methods. */
export const SCHEMA_METHODS: NativeTable = {
  add: added,
  method: member("methods"),
  static: member("statics"),
  virtual,
  pre: hook(SCHEMA.pre),
  post: hook(SCHEMA.post),
  set: (call) => {
    for (const schema of selves(call))
      for (const name of argOf(call, 0).consts) setSlot(call.m.heap, schema, SCHEMA.option + String(name), argOf(call, 1));
    return call.self;
  },
  plugin: (call) => {
    const [plugin = UNDEFINED, options = UNDEFINED] = allArgs(call.args);
    // A package's own sees to itself: it would only be given the schema.
    if (objectsOf(call.m.heap, plugin).some((o) => o.kind === "function")) callWith(call.m, plugin, [call.self, options], call.site);
    return call.self;
  },
  loadClass: (call) => {
    for (const schema of selves(call)) joinSlot(call.m.heap, schema, SCHEMA.members, argOf(call, 0));
    return call.self;
  },
  ...alike(["index", "searchIndex", "path", "remove", "alias", "clone", "clearIndexes"], (call) => call.self),
};

export const VIRTUAL_METHODS: NativeTable = {
  get: virtualGet,
  ...alike(["set", "applyGetters", "applySetters"], (call) => call.self),
};

/** Names and values of the members that a class gives: its methods and accessors, by the slots of its prototype. */
export function membersOf(m: Machine, schema: Obj): readonly (readonly [slot: string, v: Value])[] {
  const classes = objectsOf(m.heap, schema.props.get(SCHEMA.members) ?? BOTTOM);
  const protos = classes.flatMap((cls) => objectsOf(m.heap, cls.props.get("prototype") ?? BOTTOM));
  return protos.flatMap((proto) =>
    [...proto.props].filter(([slot]) => slot !== "constructor" && (slot.charCodeAt(0) !== 0 || slot.startsWith(S.getter))),
  );
}

/** Statics that a class gives to the model. */
export const staticsOf = (m: Machine, schema: Obj): readonly (readonly [name: string, v: Value])[] =>
  objectsOf(m.heap, schema.props.get(SCHEMA.members) ?? BOTTOM).flatMap((cls) =>
    [...cls.props].filter(([slot]) => slot.charCodeAt(0) !== 0 && slot !== "prototype"),
  );

/** Runs what a schema's hooks have to do for an operation, with `this`. */
export function runHooks(call: NativeCall, schemas: Value, prefix: string, operation: string, self: Value, given: readonly Value[]): void {
  const { m, site } = call;
  let hooks: Value = BOTTOM;
  for (const schema of objectsOf(m.heap, schemas)) hooks = join(hooks, schema.props.get(prefix + operation) ?? BOTTOM);
  for (const fn of objectsOf(m.heap, hooks)) callWith(m, ofRef(fn.id), given, site, self);
}
