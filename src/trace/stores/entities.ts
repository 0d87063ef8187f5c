/**
 * Entities of object mappers: classes, or what a library makes of a schema, with a table and columns of their own names. What decorators and
 * schemas say stands in inner slots of the class or the schema, and is inherited as members are.
 */
import type { TypeRef } from "../../link/types.js";
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, exact, FALSE, join, ofConst, ofRef, ofRefs, truthiness, UNDEFINED, type Value } from "../domain/value.js";
import { callValue, NO_ARGS } from "../machine/call.js";
import { classType, typeValue } from "../machine/declared.js";
import { external, externalData } from "../machine/external.js";
import { make, type FunctionData, type Machine, type NativeCall } from "../machine/machine.js";
import { classPrototype } from "../machine/classes.js";
import { at } from "../natives/support.js";
import { normalName } from "./names.js";

export interface Column {
  /** In the database. */
  readonly name: string;
  /** Not read unless it is asked for. */
  readonly hidden: boolean;
  /** `{ to, from }`: what changes its values on the way to the database and back. */
  readonly transformer: Value;
}

export interface Relation {
  /** An entity, its name, or a function that gives it. */
  readonly target: Value;
  readonly many: boolean;
  /** Are its rows written with the entity's? */
  readonly cascade: boolean;
  /** Is it read with the entity? */
  readonly eager: boolean;
  /** The column that holds the other row's key. */
  readonly key: string | undefined;
}

/** Columns of the entity that are an object of its own in the program. */
export interface Embedded {
  readonly target: Value;
  readonly prefix: string;
}

export interface Entity {
  readonly library: string;
  /** What the program calls it. */
  readonly name: string;
  readonly table: string;
  /** What its instances inherit. */
  readonly proto: Value;
  /** What its instances are said to be. */
  readonly type: TypeRef | undefined;
  /** Are all of its columns known? */
  readonly declared: boolean;
  readonly columns: ReadonlyMap<string, Column>;
  readonly relations: ReadonlyMap<string, Relation>;
  readonly embedded: ReadonlyMap<string, Embedded>;
}

const TABLE = "\0orm:table";
const NAME = "\0orm:name";
type Part = "column" | "relation" | "embedded";
const slotOf = (part: Part, property: string): string => `\0orm:${part}:${property}`;

/** The entities of one library by name. */
const registry = (m: Machine, library: string): Obj => external(m, library, ["entities"]);

/** Says that something is an entity: its name in the program, and its table's. */
export function describeEntity(m: Machine, library: string, of: Obj, name: string, table: string | undefined): void {
  setSlot(m.heap, of, TABLE, ofConst(table ?? name));
  setSlot(m.heap, of, NAME, ofConst(name));
  joinSlot(m.heap, registry(m, library), `\0entity:${name}`, ofRef(of.id));
}

/** Says what a property of an entity is. */
export function describe(call: NativeCall, of: Obj, part: Part, property: string, said: Readonly<Record<string, Value>>): void {
  const { m } = call;
  const obj = make(m, "object", at(call, `${part} ${property}`));
  for (const [name, v] of Object.entries(said)) setSlot(m.heap, obj, name, v);
  setSlot(m.heap, of, slotOf(part, property), ofRef(obj.id));
}

/** Says more of what has been described, or will be. */
export function describeMore(m: Machine, of: Obj, property: string, name: string, v: Value): void {
  setSlot(m.heap, of, `\0orm:more:${name}:${property}`, v);
}

/** The entities that a value stands for: classes, schemas, names, types. */
export function entitiesOf(m: Machine, library: string, v: Value): readonly Entity[] {
  const named = v.consts.flatMap((c) => objectsOf(m.heap, registry(m, library).props.get(`\0entity:${String(c)}`) ?? BOTTOM));
  const unknownNames = v.consts
    .filter((c) => !registry(m, library).props.has(`\0entity:${String(c)}`))
    .map((c) => ({ ...NOTHING, library, name: String(c), table: String(c) }));
  const found = [...objectsOf(m.heap, v), ...named].map((obj) => entityOf(m, library, obj));
  return [...unknownNames, ...found];
}

/** What has been described under a name; bottom where nothing has. */
export const namedEntity = (m: Machine, library: string, name: string): Value =>
  registry(m, library).props.get(`\0entity:${name}`) ?? BOTTOM;

const NOTHING = {
  name: "",
  table: "*",
  proto: BOTTOM,
  type: undefined,
  declared: false,
  columns: new Map<string, Column>(),
  relations: new Map<string, Relation>(),
  embedded: new Map<string, Embedded>(),
} as const;

function entityOf(m: Machine, library: string, obj: Obj): Entity {
  if (obj.kind === "native" && !obj.props.has(TABLE)) return typedEntity(m, library, obj.data as TypeRef);
  const chain = inheritance(m, obj);
  const own = chain.find((one) => one.props.has(TABLE));
  if (obj.kind !== "class" && own === undefined) return { ...NOTHING, library };
  const columns = partsOf(m, chain, "column", (said, more) => ({
    name: textOf(more("name")) ?? textOf(said("name")) ?? "",
    hidden: truthiness(said("hidden") ?? FALSE).yes,
    transformer: said("transformer") ?? BOTTOM,
  }));
  const { cls, file } = (obj.kind === "class" ? obj.data : {}) as Partial<FunctionData>;
  const isWhole = chain.every((one) => one.kind !== "external" || externalData(one).module.startsWith(library));
  return {
    library,
    name: textOf(own?.props.get(NAME)) ?? cls?.name ?? "",
    table: textOf(own?.props.get(TABLE)) ?? cls?.name ?? "*",
    proto: obj.props.get("prototype") ?? BOTTOM,
    type: cls === undefined || file === undefined || cls.name === "" ? undefined : m.types.instance(file, cls),
    declared: columns.size > 0 && isWhole,
    columns,
    relations: partsOf(m, chain, "relation", (said, more) => ({
      target: said("target") ?? BOTTOM,
      many: truthiness(said("many") ?? FALSE).yes,
      cascade: truthiness(said("cascade") ?? FALSE).yes,
      eager: truthiness(said("eager") ?? FALSE).yes,
      key: textOf(more("name")) ?? textOf(said("name")),
    })),
    embedded: partsOf(m, chain, "embedded", (said) => ({ target: said("target") ?? BOTTOM, prefix: textOf(said("prefix")) ?? "" })),
  };
}

/** What is only known by its type: a class of the program, or an interface that names a table. */
function typedEntity(m: Machine, library: string, type: TypeRef): Entity {
  const view = m.types.view(type);
  if (view.v === "class") {
    const [cls] = objectsOf(m.heap, classOf(m, type));
    if (cls !== undefined) return { ...entityOf(m, library, cls), type };
    return { ...NOTHING, library, name: view.cls.name, table: view.cls.name, type };
  }
  const name = view.v === "object" ? view.name?.owner : undefined;
  return { ...NOTHING, library, name: name ?? "", table: name ?? "*", type };
}

/** The class of the program that a type's instances are of; bottom where there is none, or its declaration has not run. */
export function classOf(m: Machine, type: TypeRef): Value {
  const view = m.types.view(type);
  const proto = view.v === "class" ? classPrototype(m, view.file, view.cls) : undefined;
  return proto?.props.get("constructor") ?? BOTTOM;
}

/** A class and those that it extends; a schema alone. */
function inheritance(m: Machine, of: Obj): readonly Obj[] {
  const out: Obj[] = [];
  for (let at: Obj | undefined = of; at !== undefined && !out.includes(at); at = objectsOf(m.heap, at.props.get(S.proto) ?? BOTTOM)[0]) {
    out.push(at);
    if (at.kind !== "class") break;
  }
  return out;
}

const textOf = (v: Value | undefined): string | undefined => {
  const c = v === undefined ? undefined : exact(v);
  return typeof c === "string" ? c : undefined;
};

type Said = (name: string) => Value | undefined;

/** What is said of the properties of one part, by property: the nearest class's word counts. */
function partsOf<T>(m: Machine, chain: readonly Obj[], part: Part, read: (said: Said, more: Said) => T): ReadonlyMap<string, T> {
  const prefix = slotOf(part, "");
  const out = new Map<string, T>();
  for (const of of chain)
    for (const [slot, v] of of.props) {
      const property = slot.slice(prefix.length);
      const [obj] = slot.startsWith(prefix) && !out.has(property) ? objectsOf(m.heap, v) : [];
      if (obj !== undefined)
        out.set(
          property,
          read(
            (name) => obj.props.get(name),
            (name) => of.props.get(`\0orm:more:${name}:${property}`),
          ),
        );
    }
  return out;
}

/** Is it a class, a schema, a type or a name, rather than a row? */
export const isTarget = (m: Machine, v: Value): boolean =>
  v.consts.length > 0 || objectsOf(m.heap, v).some((obj) => obj.kind === "class" || obj.kind === "native" || obj.props.has(TABLE));

/** The class behind each instance, as a value; of those that are only known by their type, that. */
export function targetOf(m: Machine, rows: Value): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, rows))
    for (const proto of objectsOf(m.heap, obj.props.get(S.proto) ?? BOTTOM)) {
      const ctor = proto.props.get("constructor") ?? BOTTOM;
      const type = ctor.refs.length === 0 ? classType(m, obj) : undefined;
      out = join(out, join(ofRefs(ctor.refs), type === undefined ? BOTTOM : typeValue(m, type)));
    }
  return out;
}

/** The entities at the other end of a relation, or of an embedded one: `() => Photo`, `Photo`, `"Photo"`. */
export function targetsOf(call: NativeCall, library: string, target: Value): readonly Entity[] {
  const { m, site } = call;
  let v: Value = { ...target, refs: [] };
  for (const obj of objectsOf(m.heap, target))
    v = join(v, obj.kind === "function" ? callValue(m, ofRef(obj.id), UNDEFINED, NO_ARGS, site) : ofRef(obj.id));
  return entitiesOf(m, library, v);
}

/** Names that stand for one column: the property's, or the database's. */
export function columnNamed(e: Entity, name: string): readonly [string, Column] | undefined {
  const own = e.columns.get(name);
  if (own !== undefined) return [name, own];
  return [...e.columns].find(([property, c]) => normalName(c.name) === normalName(name) || normalName(property) === normalName(name));
}
