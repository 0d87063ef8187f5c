/** The state of the binding pass, and what opening, closing and declaring do to it. */
import type * as tsc from "typescript";
import { type Binding, type Scope, type ScopeKind, newRecord, newVariable } from "./scope.js";
import type { Compiler } from "./syntax.js";

export interface Binder {
  readonly ts: Compiler;
  /** May blocks' functions assign variables of the function around? */
  readonly sloppy: boolean;
  readonly module: Scope;
  /** The scope that the walk is in. */
  scope: Scope;
  readonly scopes: Map<tsc.Node, Scope>;
  readonly annexB: Set<tsc.Node>;
  /** Names that all declarations of a namespace export, by the scope it is in and its name. */
  readonly namespaces: Map<Scope, Map<string, Set<string>>>;
  nesting: number;
}

/** The slot of an anonymous or expression default export, and of `export =`. */
export const DEFAULT_SLOT = "*default*";
export const EXPORT_EQUALS_SLOT = "*export=";

export function newScope(kind: ScopeKind, parent: Scope | undefined, inLoop: boolean, ownArguments: boolean): Scope {
  const scope: Scope = {
    kind,
    parent,
    names: new Map(),
    uses: new Map(),
    children: [],
    inLoop,
    ownArguments,
    captured: false,
    ownRecord: false,
    record: newRecord(0),
    usesArguments: false,
  };
  parent?.children.push(scope);
  return scope;
}

/** Resolves the uses of a scope that is done; what it does not declare goes outwards. */
export function close(s: Scope): void {
  const crosses = s.kind === "function";
  for (const [name, inFunction] of s.uses) {
    if (s.names.has(name)) {
      if (inFunction) s.captured = true;
    } else if (s.ownArguments && name === "arguments") {
      s.usesArguments = true;
      s.names.set(name, newVariable(name));
    } else if (s.parent !== undefined) {
      s.parent.uses.set(name, inFunction || crosses || s.parent.uses.get(name) === true);
    }
  }
  s.uses.clear();
  if (s.kind === "inner" && s.captured && s.parent !== undefined) s.parent.captured = true;
}

/** Walks `body` inside a new scope that `node` opens. */
export function within(b: Binder, node: tsc.Node, kind: ScopeKind, inLoop: boolean, body: () => void, ownArguments = false): void {
  const outer = b.scope;
  b.scope = newScope(kind, outer, inLoop, ownArguments);
  b.scopes.set(node, b.scope);
  body();
  close(b.scope);
  b.scope = outer;
}

/** Notes that a name is read or written here. */
export function use(b: Binder, name: string): void {
  if (!b.scope.uses.has(name)) b.scope.uses.set(name, false);
}

export function declare(b: Binder, name: string, binding: Binding = newVariable(name), target: Scope = b.scope): void {
  if (name !== "" && !target.names.has(name)) target.names.set(name, binding);
}

export function functionScope(b: Binder): Scope {
  let s = b.scope;
  while (s.kind !== "function" && s.parent !== undefined) s = s.parent;
  return s;
}
