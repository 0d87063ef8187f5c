/**
 * `ValidationPipe` and the classes it reads: with `whitelist`, what comes through has only the properties that a decorator of
 * `class-validator` stands at. Source: the `whitelist` of `ValidationExecutor` in class-validator.
 */
import { objectsOf, S, setSlot, type Obj } from "../../../domain/heap.js";
import type { ClassMember, Expr } from "../../../../facts/ir.js";
import { BOTTOM, exact, isBottom, join, ofConst, ofRef, truthiness, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue, NO_ARGS } from "../../../machine/call.js";
import { externalData } from "../../../machine/external.js";
import { anyItem, iterate } from "../../../machine/iterate.js";
import { make, type FunctionData, type Machine, type Native, type NativeCall } from "../../../machine/machine.js";
import { getNamed } from "../../../machine/props.js";
import type { NativeModule } from "../../index.js";
import { at, listOf, nativeValue, option } from "../../support.js";
import { evaluatedIn, factsOf } from "./markers.js";

/** Slot of a validation pipe: does it strip? */
const STRIPS = "\0strips";

/** `new ValidationPipe({ whitelist: true })`. */
export const validationPipe: Native = (call) => {
  const pipe = make(call.m, "object", at(call, "pipe"));
  setSlot(call.m.heap, pipe, STRIPS, ofConst(truthiness(option(call, arg(call.args, 0), "whitelist")).no ? "perhaps" : "strips"));
  return ofRef(pipe.id);
};

/** Is it a validation pipe, as it is made or as its class? */
export const isValidation = (pipe: Obj): boolean =>
  pipe.props.has(STRIPS) || (pipe.kind === "external" && externalData(pipe).path.at(-1) === "ValidationPipe");

/** What a validation pipe lets through of a value that is declared to be of a class. */
export function validated(call: NativeCall, pipe: Value, v: Value, cls: Obj | undefined): Value {
  const strips = objectsOf(call.m.heap, pipe).every((o) => exact(o.props.get(STRIPS) ?? UNDEFINED) === "strips");
  return cls?.kind === "class" && strips ? whitelisted(call, v, cls, 0) : v;
}

const DEEPEST = 6;

/** An object with the validated properties of a class alone; elements of lists one by one. */
function whitelisted(call: NativeCall, v: Value, cls: Obj, depth: number): Value {
  const { m, site } = call;
  const objects = objectsOf(m.heap, v);
  if (objects.length === 0 || depth > DEEPEST) return v;
  const lists = objects.filter((o) => o.kind === "array");
  const out = make(m, "object", `${at(call, "validated")} ${cls.key} ${depth}`);
  setSlot(m.heap, out, S.proto, cls.props.get("prototype") ?? BOTTOM);
  for (const [name, how] of validatedOf(m, cls)) {
    const own = getNamed(m, v, name, site);
    const nested = how.nested === undefined ? undefined : objectsOf(m.heap, callValue(m, how.nested, UNDEFINED, NO_ARGS, site))[0];
    const kept = nested?.kind === "class" ? whitelistedIn(call, own, nested, depth + 1) : own;
    const made = how.transform === undefined ? kept : transformed(call, how.transform, kept, name, v);
    if (!isBottom(made)) setSlot(m.heap, out, name, made);
  }
  const one = ofRef(out.id, v.via);
  return lists.length === objects.length ? listOf(m, one, at(call, "validated list")) : one;
}

/** Of a list its elements. */
function whitelistedIn(call: NativeCall, v: Value, cls: Obj, depth: number): Value {
  const { m, site } = call;
  const isList = objectsOf(m.heap, v).some((o) => o.kind === "array");
  return isList
    ? listOf(m, whitelisted(call, anyItem(iterate(m, v, site)), cls, depth), at(call, `nested ${depth}`))
    : whitelisted(call, v, cls, depth);
}

/** `@Transform(({ value, key, obj }) => …)`. */
function transformed(call: NativeCall, fn: Value, value: Value, name: string, of: Value): Value {
  const { m, site } = call;
  const given = make(m, "object", at(call, `transform ${name}`));
  setSlot(m.heap, given, "value", value);
  setSlot(m.heap, given, "obj", of);
  return callValue(m, fn, UNDEFINED, { list: [ofRef(given.id)], rest: null }, site);
}

/** How a property is validated: the class of what is in it, where that is as well; what is made of it. */
interface Validated {
  readonly nested: Value | undefined;
  readonly transform: Value | undefined;
}

const PICK = "\0pick";
const OMIT = "\0omit";
const BASE = "\0base";

/** The properties of a class that have a validator. */
function validatedOf(m: Machine, cls: Obj, depth = 0): ReadonlyMap<string, Validated> {
  const out = new Map<string, Validated>();
  if (depth > DEEPEST) return out;
  const base = objectsOf(m.heap, cls.props.get(BASE) ?? cls.props.get(S.proto) ?? BOTTOM).filter((o) => o.kind === "class");
  const [pick, omit] = [namesIn(m, cls.props.get(PICK)), namesIn(m, cls.props.get(OMIT))];
  for (const one of base)
    for (const [name, how] of validatedOf(m, one, depth + 1)) if (pick?.has(name) !== false && omit?.has(name) !== true) out.set(name, how);
  if (cls.props.has(BASE)) return out;
  for (const member of factsOf(cls)?.members ?? []) {
    const how = member.key.e === "const" && !member.static ? validationOf(m, cls, member) : undefined;
    if (how !== undefined && member.key.e === "const") out.set(String(member.key.v), how);
  }
  return out;
}

/** How a member is validated; undefined where no decorator says so. Of one that the program has made, it may. */
function validationOf(m: Machine, cls: Obj, member: ClassMember): Validated | undefined {
  const { file, env } = cls.data as FunctionData;
  const made = (member.decorators ?? []).flatMap((d: Expr) => objectsOf(m.heap, evaluatedIn(m, file, env, d)));
  const from = (o: Obj, module: string): boolean => o.kind === "external" && externalData(o).module === module;
  const slot = (name: string): Value | undefined => made.find((o) => o.props.has(name))?.props.get(name);
  const isNested = made.some((o) => o.props.has(NESTED));
  if (!made.some((o) => from(o, "class-validator") || o.props.has(NESTED) || o.kind === "function" || o.kind === "unknown"))
    return undefined;
  return { nested: isNested ? slot(TYPE) : undefined, transform: slot(TRANSFORM) };
}

const NESTED = "\0nested";
const TYPE = "\0type of";
const TRANSFORM = "\0transform";

function namesIn(m: Machine, v: Value | undefined): ReadonlySet<string> | undefined {
  if (v === undefined) return undefined;
  const lists = objectsOf(m.heap, v).filter((o) => o.kind === "array");
  return new Set(lists.flatMap((o) => [...o.props.values()].flatMap((x) => x.consts.map(String))));
}

/** A decorator that only says something to whoever reads it. */
const saying =
  (slot: string): Native =>
  (call) => {
    const made = nativeValue(call.m, call.site, slot.slice(1), () => UNDEFINED);
    for (const obj of objectsOf(call.m.heap, made)) setSlot(call.m.heap, obj, slot, arg(call.args, 0));
    return made;
  };

/** A class with some of another's properties. */
const derived =
  (slot: string | undefined): Native =>
  (call) => {
    const { m } = call;
    const bases = call.args.list.flatMap((v) => objectsOf(m.heap, v)).filter((o) => o.kind === "class");
    const [base] = bases;
    if (base === undefined) return arg(call.args, 0);
    const cls = make(m, "class", at(call, "derived"), base.data);
    setSlot(
      m.heap,
      cls,
      BASE,
      bases.reduce((v, o) => join(v, ofRef(o.id)), BOTTOM),
    );
    if (slot !== undefined) setSlot(m.heap, cls, slot, arg(call.args, 1));
    const proto = make(m, "object", at(call, "derived prototype"));
    setSlot(m.heap, proto, "constructor", ofRef(cls.id));
    setSlot(m.heap, cls, "prototype", ofRef(proto.id));
    return ofRef(cls.id);
  };

/** Classes made of classes: `PickType(User, ["name"])`. */
export const mappedTypes: NativeModule = {
  modules: ["@nestjs/mapped-types", "@nestjs/swagger", "@nestjs/graphql"],
  natives: {
    PartialType: (call) => arg(call.args, 0),
    PickType: derived(PICK),
    OmitType: derived(OMIT),
    IntersectionType: derived(undefined),
  },
};

/** What decorators of class-validator and class-transformer say of nested objects. */
export const classValidator: readonly NativeModule[] = [
  { modules: ["class-validator"], natives: { ValidateNested: saying(NESTED) } },
  { modules: ["class-transformer"], natives: { Type: saying(TYPE), Transform: saying(TRANSFORM) } },
];
