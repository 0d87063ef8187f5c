/** The names under which a file says that something is kept: properties of types and classes, keys of schemas. From its facts alone. */
import type { Arg, Expr, FileFacts, ObjectProp, TypeIR } from "../facts/ir.js";

export interface DeclaredName {
  readonly name: string;
  /** The type, class, table or property that it is in; "" where that has no name. */
  readonly owner: string;
  /** Of a named type or class: the path that a locator has, `["User", "address", "city"]`. */
  readonly path?: readonly string[];
  /** Offset in the file. */
  readonly at: number;
}

export function declaredNames(facts: FileFacts): readonly DeclaredName[] {
  const out: DeclaredName[] = [];
  for (const { name, type, at } of facts.types) inType(type, name, [name], at, out);
  for (const { name, types, at } of facts.classes)
    for (const prop of types) if (!prop.method) inProp(prop, name, name === "" ? undefined : [name, prop.name], at, out);
  for (const fn of facts.functions) inCode(fn.body, "", { facts, out });
  return out.sort((a, b) => a.at - b.at);
}

/** What a flag or a function is called says what it is about, not what it holds. */
const holdsNothing = (type: TypeIR | undefined): boolean =>
  type !== undefined &&
  (type.t === "function" ||
    type.t === "const" ||
    (type.t === "primitive" && (type.name === "boolean" || type.name === "never")) ||
    ((type.t === "union" || type.t === "intersection") && type.of.every((one) => holdsNothing(one) || isEmpty(one))));

const isEmpty = (type: TypeIR): boolean => type.t === "primitive" && (type.name === "null" || type.name === "undefined");

function inType(type: TypeIR, owner: string, path: readonly string[] | undefined, at: number, out: DeclaredName[]): void {
  if (type.t === "literal") {
    for (const prop of type.props) if (!prop.method) inProp(prop, owner, path && [...path, prop.name], at, out);
    if (type.index !== undefined) inType(type.index, owner, undefined, at, out);
  }
  if (type.t === "array") inType(type.of, owner, undefined, at, out);
  if (type.t === "union" || type.t === "intersection") for (const one of type.of) inType(one, owner, path, at, out);
}

function inProp(
  { name, type, at }: { readonly name: string; readonly type?: TypeIR; readonly at?: number },
  owner: string,
  path: readonly string[] | undefined,
  around: number,
  out: DeclaredName[],
): void {
  if (!holdsNothing(type)) out.push({ name, owner, ...(path && { path }), at: at ?? around });
  if (type !== undefined) inType(type, name, path, at ?? around, out);
}

interface Found {
  readonly facts: FileFacts;
  readonly out: DeclaredName[];
}

/** Schemas are objects of which each property is what a call gives: `z.object({ email: z.string() })`, `pgTable("users", { … })`. */
function inCode(node: unknown, owner: string, to: Found): void {
  if (Array.isArray(node)) for (const one of node) inCode(one, owner, to);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return;
  const at = node as { readonly e?: string; readonly s?: string };
  if (at.e === "fn" || at.e === "class") return;
  if (at.e === "call") {
    inCall(node as Call, owner, to);
    return;
  }
  const name = at.s === "bind" ? boundName(node) : undefined;
  for (const one of Object.values(node)) inCode(one, name ?? owner, to);
}

const boundName = (node: object): string | undefined => {
  const { target } = node as { readonly target: { readonly p: string; readonly slot?: string } };
  return target.p === "var" ? target.slot : undefined;
};

function inCall({ f, args }: Call, owner: string, to: Found): void {
  const [first] = args;
  const called = first?.e === "const" && typeof first.v === "string" ? first.v : owner;
  inCode(f, owner, to);
  for (const arg of args) {
    if (arg.e === "object" && arg.props.length > 0 && arg.props.every(isSchemaKey)) for (const prop of arg.props) inKey(prop, called, to);
    else inCode(arg, owner, to);
  }
}

function inKey(prop: ObjectProp, owner: string, to: Found): void {
  if (prop.k !== "prop" || prop.key.e !== "const" || prop.v.e !== "call") return;
  const name = String(prop.key.v);
  const made = makers(prop.v, to.facts);
  if (!made.includes("boolean") && !made.includes("function") && !made.includes("literal")) to.out.push({ name, owner, at: prop.at });
  inCall(prop.v, name, to);
}

/** What makes a key of a schema is a chain of calls that begins at something imported, and is given nothing that varies. */
const isSchemaKey = (prop: ObjectProp): boolean =>
  prop.k === "spread" ||
  (prop.k === "prop" && prop.key.e === "const" && (isReference(prop.v) || (prop.v.e === "call" && isSchema(prop.v))));

const isReference = ({ e }: Expr): boolean => e === "var" || e === "import";

function isSchema({ f, args }: Call): boolean {
  if (args.some(varies)) return false;
  const root = rootOf(f);
  return root.e === "import" || root.e === "var";
}

const varies = (arg: Arg): boolean => arg.e === "member" || arg.e === "template" || arg.e === "await" || arg.e === "spread";

type Call = Expr & { readonly e: "call" };

function rootOf(f: Expr): Expr {
  if (f.e === "member") return rootOf(f.o);
  return f.e === "call" ? rootOf(f.f) : f;
}

/** The names of a chain's calls, the last first: `optional`, `string`. */
function makers({ f }: Call, facts: FileFacts): readonly string[] {
  if (f.e === "import") return [facts.imports[f.i]!.name];
  if (f.e === "var") return [f.slot];
  if (f.e !== "member") return [];
  return [...(f.key.e === "const" ? [String(f.key.v)] : []), ...(f.o.e === "call" ? makers(f.o, facts) : [])];
}
