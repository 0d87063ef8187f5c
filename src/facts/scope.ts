/**
 * Scopes and environment records: what a name means at a place.
 *
 * A lexical scope says which names are visible; a record is what exists at run time. Function scopes have a record each; block
 * scopes share the enclosing one under unique slots, unless closures capture their variables inside a loop (then every iteration
 * needs its own).
 */
import type { Hoisted } from "./ir.js";

/** An environment record, as known statically. */
export interface EnvRecord {
  /** Number of records around it; the module's is 0. `up` is a difference of levels. */
  readonly level: number;
  readonly taken: Set<string>;
  /** Function declarations that live in it, in source order. Filled while lowering. */
  readonly hoisted: Hoisted[];
}

/** What a declared name stands for. */
export type Binding =
  | {
      readonly k: "variable";
      slot: string;
      record: EnvRecord | undefined;
      /** It is a function expression's own name. */ readonly self?: true;
    }
  /** Index into the file's imports, set when these are collected. */
  | { readonly k: "import"; index: number; /** Something reads it as a value. */ used?: true }
  /** A property of an object in a slot: a mutable export of a namespace, a member of an enum. */
  | { readonly k: "member"; readonly of: Variable; readonly name: string };

export type Variable = Extract<Binding, { k: "variable" }>;

/**
 * - `function`: a function, the module, a namespace's body: has a record of its own.
 * - `head`: the head of a `for`, `for…of`, `for…in`: gets a record when captured.
 * - `block`: gets a record when captured inside a loop.
 * - `inner`: names that live with the scope around it (the body of a `for…of`, a class expression's name, an enum's members).
 */
export type ScopeKind = "function" | "head" | "block" | "inner";

export interface Scope {
  readonly kind: ScopeKind;
  readonly parent: Scope | undefined;
  readonly names: Map<string, Binding>;
  /** Names used here or below and not yet resolved; true when the use is in a function inside. */
  readonly uses: Map<string, boolean>;
  readonly children: Scope[];
  /** Inside a loop of the same function. */
  readonly inLoop: boolean;
  /** Arrow functions (and field initialisers) have no `arguments` of their own. */
  readonly ownArguments: boolean;
  captured: boolean;
  /** Does this block scope have its own record? Set by {@link allocate}. */
  ownRecord: boolean;
  record: EnvRecord;
  usesArguments: boolean;
  /** A scope beside it whose record, if it has one, is around it as well: what `catch` is to the blocks of its `try`. */
  around?: Scope;
  /** A namespace's body: the variable that holds the namespace object, and the exports of all its declarations. */
  namespace?: { readonly self: Variable; readonly exports: ReadonlySet<string> };
}

export function newRecord(level: number): EnvRecord {
  return { level, taken: new Set(), hoisted: [] };
}

export function newVariable(name: string): Variable {
  return { k: "variable", slot: name, record: undefined };
}

/** Gives every scope its record and every variable its slot, outer scopes first so that they keep their plain names. */
export function allocate(scope: Scope): void {
  const beside = scope.around !== undefined && needsRecord(scope.around) ? scope.around : scope.parent;
  const outer = beside?.record;
  scope.ownRecord = needsRecord(scope);
  if (outer === undefined) scope.record = newRecord(0);
  else scope.record = scope.kind === "function" || scope.ownRecord ? newRecord(outer.level + 1) : outer;
  for (const [name, binding] of scope.names) if (binding.k === "variable") place(binding, name, scope.record);
  if (scope.namespace !== undefined) place(scope.namespace.self, scope.namespace.self.slot, scope.record);
  // The record around a scope comes first.
  const within = (child: Scope): boolean => child.around !== undefined && needsRecord(child.around);
  for (const child of scope.children) if (!within(child)) allocate(child);
  for (const child of scope.children) if (within(child)) allocate(child);
}

const needsRecord = (scope: Scope): boolean =>
  scope.kind === "head" ? scope.captured : scope.kind === "block" && scope.captured && scope.inLoop;

function place(variable: Variable, name: string, record: EnvRecord): void {
  if (variable.record !== undefined) return;
  let slot = name;
  for (let i = 1; record.taken.has(slot); i++) slot = `${name}$${i}`;
  record.taken.add(slot);
  variable.slot = slot;
  variable.record = record;
}

/** What `name` means in `scope`; undefined when the file does not declare it. */
export function lookup(scope: Scope | undefined, name: string): Binding | undefined {
  for (let s = scope; s !== undefined; s = s.parent) {
    const found = s.names.get(name);
    if (found !== undefined) return found;
    // Another declaration of the same namespace exports it.
    if (s.namespace?.exports.has(name)) return { k: "member", of: s.namespace.self, name };
  }
  return undefined;
}
