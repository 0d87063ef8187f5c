/** The types of the values that generated programs handle. */
export type Type =
  | { readonly k: "string" }
  | { readonly k: "number" }
  | { readonly k: "boolean" }
  | { readonly k: "void" }
  | RecordType
  | Holder<"array">
  | Holder<"set">
  | Holder<"map">
  | Holder<"dict">
  | Holder<"promise">
  | Holder<"iterable">
  | Holder<"stream">
  | { readonly k: "tuple"; readonly items: readonly Type[] }
  | FunctionType
  | { readonly k: "instance"; readonly of: ClassType }
  | { readonly k: "class"; readonly of: ClassType };

/** Something that holds values of one type: a list, a map with texts for keys, a promise … */
export interface Holder<K extends string> {
  readonly k: K;
  readonly of: Type;
}

/** A named interface. */
export interface RecordType {
  readonly k: "record";
  readonly name: string;
  readonly props: readonly Prop[];
}

export interface Prop {
  readonly name: string;
  readonly type: Type;
  readonly optional?: boolean;
}

export interface FunctionType {
  readonly k: "function";
  readonly params: readonly Type[];
  readonly returns: Type;
}

/** What a class shows to those who use it. */
export interface ClassType {
  readonly name: string;
  /** Of the constructor. */
  readonly params: readonly Type[];
  /** Public fields and accessors; those that can be written. */
  readonly fields: readonly Prop[];
  readonly writable: readonly Prop[];
  readonly methods: readonly { readonly name: string; readonly type: FunctionType }[];
  readonly statics: readonly Prop[];
  readonly base?: ClassType;
}

export const STRING: Type = { k: "string" };
export const NUMBER: Type = { k: "number" };
export const BOOLEAN: Type = { k: "boolean" };
export const VOID: Type = { k: "void" };

export const array = (of: Type): Holder<"array"> => ({ k: "array", of });
export const promise = (of: Type): Holder<"promise"> => ({ k: "promise", of });
export const dict = (of: Type): Holder<"dict"> => ({ k: "dict", of });
export const fn = (params: readonly Type[], returns: Type): FunctionType => ({ k: "function", params, returns });

const GENERIC = { array: "Array", set: "Set", promise: "Promise", iterable: "Iterable", stream: "AsyncIterable" } as const;

/** The type as TypeScript writes it. Two types are the same when they are written the same. */
export function show(type: Type): string {
  switch (type.k) {
    case "record":
      return type.name;
    case "map":
    case "dict":
      return `${type.k === "map" ? "Map" : "Record"}<string, ${show(type.of)}>`;
    case "array":
    case "set":
    case "promise":
    case "iterable":
    case "stream":
      return `${GENERIC[type.k]}<${show(type.of)}>`;
    case "tuple":
      return `[${type.items.map(show).join(", ")}]`;
    case "function":
      return `((${type.params.map((param, i) => `p${i}: ${show(param)}`).join(", ")}) => ${show(type.returns)})`;
    case "instance":
      return type.of.name;
    case "class":
      return `typeof ${type.of.name}`;
    default:
      return type.k;
  }
}

export const same = (a: Type, b: Type): boolean => a === b || (a.k === b.k && show(a) === show(b));

/** Is it made of texts, numbers, records and lists alone, so that it survives JSON? */
export function isJson(type: Type): boolean {
  switch (type.k) {
    case "string":
    case "number":
    case "boolean":
      return true;
    case "record":
      return type.props.every((prop) => isJson(prop.type));
    case "array":
    case "dict":
      return isJson(type.of);
    case "tuple":
      return type.items.every(isJson);
    default:
      return false;
  }
}

/** Is it data, which a sink can look through? */
export function isData(type: Type): boolean {
  return type.k === "set" || type.k === "map" ? isData(type.of) : isJson(type);
}
