/** The property tree of a type. */
import type ts from "typescript";
import type { Ts } from "../problems.js";
import type { DeclarationRef, TypeShape } from "../project.js";
import { byText } from "../fs/paths.js";

/** A type with more nodes than this is cut: its deeper objects show no properties. Generated clients have tens of thousands. */
const MAX_NODES = 4_000;

const LISTS = new Set([
  "Set",
  "ReadonlySet",
  "WeakSet",
  "Iterable",
  "AsyncIterable",
  "Iterator",
  "AsyncIterator",
  "IterableIterator",
  "AsyncIterableIterator",
  "Generator",
  "AsyncGenerator",
  "ReadableStream",
  "IteratorObject",
  "AsyncIteratorObject",
  "SetIterator",
  "MapIterator",
  "ArrayIterator",
]);
const MAPS = new Set(["Map", "ReadonlyMap", "WeakMap"]);
/** Lists of bytes and numbers: values, not structures. */
const BUFFERS = /^(?:Buffer|ArrayBuffer|SharedArrayBuffer|DataView|(?:Uint|Int|BigInt|BigUint|Float)\d+(?:Clamped)?Array)$/;

export interface ShapeInput {
  readonly program: ts.Program;
  readonly ts: Ts;
  /** Where the type is looked at. */
  readonly node: ts.Node;
  readonly declared: (type: ts.Type) => DeclarationRef | undefined;
}

export function shapeOf(type: ts.Type, depth: number, { program, ts, node, declared }: ShapeInput): TypeShape {
  const checker = program.getTypeChecker();
  const { TypeFlags } = ts;
  let nodes = 0;

  const shape = (given: ts.Type, left: number, above: ReadonlySet<ts.Type>): TypeShape => {
    const awaited = checker.getAwaitedType(given) ?? given;
    const primitive = primitiveOf(awaited, ts);
    if (primitive !== undefined) return { primitive };
    if ((awaited.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.NonPrimitive)) !== 0) return { open: true };
    if ((awaited.flags & TypeFlags.Instantiable) !== 0) {
      const constraint = checker.getBaseConstraintOfType(awaited);
      return constraint === undefined || constraint === awaited || above.has(awaited)
        ? { open: true }
        : shape(constraint, left, new Set(above).add(awaited));
    }
    if (awaited.isUnion()) {
      const some = awaited.types.filter((t) => (t.flags & (TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Void)) === 0);
      const ref = awaited.aliasSymbol === undefined ? undefined : declared(awaited);
      const merged = (some.length > 0 ? some : awaited.types).map((t) => shape(t, left, above)).reduce(merge);
      return ref === undefined ? merged : { ...merged, declared: ref };
    }
    return object(awaited, left, above);
  };

  const object = (type: ts.Type, left: number, above: ReadonlySet<ts.Type>): TypeShape => {
    const ref = declared(type);
    const base: TypeShape = ref === undefined ? {} : { declared: ref };
    if (isFunction(type) || (type.flags & TypeFlags.Never) !== 0) return base;
    const name = type.getSymbol()?.name ?? "";
    if (BUFFERS.test(name)) return base;
    if (left <= 0 || above.has(type) || ++nodes > MAX_NODES) return base;
    const inner = new Set(above).add(type);
    const element = elementOf(type, name);
    const withElement: TypeShape = element === undefined ? base : { ...base, element: shape(element, left - 1, inner) };
    if (checker.isArrayType(type) || checker.isTupleType(type)) return withElement;
    // The library's own objects (Date, Map, Promise) have methods and counters, and what the project adds to them; errors carry a message.
    const isLibrary = isOfLibrary(type.getSymbol()) && !name.endsWith("Error");
    const all = checker.getPropertiesOfType(type).filter((property) => !isLibrary || !isOfLibrary(property));
    if (isLibrary && all.length === 0) return withElement;

    const props: Record<string, TypeShape> = {};
    const sorted = [...all].sort((a, b) => byText(a.name, b.name));
    for (const property of sorted) {
      // `__@iterator` is the compiler's name for a symbol; private names can't be read, copied or serialised from outside.
      if (/^(?:__@|__#|#|__proto__$)/.test(property.name)) continue;
      if ((property.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Prototype)) !== 0) continue;
      const value = checker.getTypeOfSymbolAtLocation(property, node);
      if (isFunction(checker.getNonNullableType(value))) continue;
      props[property.name] = shape(value, left - 1, inner);
    }
    return { ...withElement, props, ...(isPartlyUnknown(type) ? { open: true } : {}) };
  };

  /** `T & {…}`: more than what is written. */
  const isPartlyUnknown = (type: ts.Type): boolean => {
    if (!type.isIntersection()) return false;
    return type.types.some(
      (t) =>
        (t.flags & TypeFlags.Instantiable) !== 0 &&
        ((checker.getBaseConstraintOfType(t)?.flags ?? TypeFlags.Unknown) & TypeFlags.Unknown) !== 0,
    );
  };
  const isFunction = (type: ts.Type): boolean => {
    const all = type.isUnion() ? type.types : [type];
    return all.every((t) => t.getCallSignatures().length > 0 || t.getConstructSignatures().length > 0);
  };
  const isOfLibrary = (symbol: ts.Symbol | undefined): boolean => {
    const declaration = symbol?.declarations?.[0];
    // `Record<K, V>` and the like are declared by the library too, as mapped types.
    return (
      declaration !== undefined && !ts.isMappedTypeNode(declaration) && program.isSourceFileDefaultLibrary(declaration.getSourceFile())
    );
  };
  const elementOf = (type: ts.Type, name: string): ts.Type | undefined => {
    if (checker.isArrayType(type) || checker.isTupleType(type)) return checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    const args = (type.flags & TypeFlags.Object) !== 0 && "target" in type ? checker.getTypeArguments(type as ts.TypeReference) : [];
    if (LISTS.has(name)) return args[0];
    if (MAPS.has(name)) return args[1];
    return checker.getIndexTypeOfType(type, ts.IndexKind.String) ?? checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  };
  return shape(type, depth, new Set());
}

function primitiveOf(type: ts.Type, ts: Ts): TypeShape["primitive"] | undefined {
  const { TypeFlags: F } = ts;
  const is = (flags: ts.TypeFlags): boolean => (type.flags & flags) !== 0;
  if (is(F.Boolean)) return "boolean";
  if (is(F.StringLiteral | F.NumberLiteral | F.BooleanLiteral | F.BigIntLiteral | F.Enum | F.EnumLiteral)) return "literal";
  if (is(F.StringLike)) return "string";
  if (is(F.NumberLike)) return "number";
  if (is(F.BigIntLike)) return "bigint";
  if (is(F.ESSymbolLike)) return "symbol";
  if (is(F.Null)) return "null";
  return is(F.Undefined | F.Void) ? "undefined" : undefined;
}

/** Of a union with several, the one that can hold the most. */
const PRIMITIVES = ["string", "number", "bigint", "boolean", "symbol", "literal", "undefined", "null"] as const;

function merge(a: TypeShape, b: TypeShape): TypeShape {
  const primitive = PRIMITIVES.find((p) => p === a.primitive || p === b.primitive);
  const element = a.element === undefined ? b.element : b.element === undefined ? a.element : merge(a.element, b.element);
  const declared = a.declared ?? b.declared;
  return {
    ...(a.props === undefined && b.props === undefined ? {} : { props: mergeProps(a.props ?? {}, b.props ?? {}) }),
    ...(element === undefined ? {} : { element }),
    ...(a.open === true || b.open === true ? { open: true } : {}),
    ...(declared === undefined ? {} : { declared }),
    ...(primitive === undefined ? {} : { primitive }),
  };
}

function mergeProps(a: Readonly<Record<string, TypeShape>>, b: Readonly<Record<string, TypeShape>>): Record<string, TypeShape> {
  const merged: Record<string, TypeShape> = {};
  for (const name of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(byText)) {
    const [x, y] = [Object.hasOwn(a, name) ? a[name] : undefined, Object.hasOwn(b, name) ? b[name] : undefined];
    if (x !== undefined || y !== undefined) merged[name] = x === undefined ? (y ?? {}) : y === undefined ? x : merge(x, y);
  }
  return merged;
}
