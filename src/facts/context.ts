/** What the lowerings of one file share: the syntax, its scopes, and the tables that are being filled. */
import type * as tsc from "typescript";
import type { BoundFile } from "./bind-scopes.js";
import type { AmbientFact, ClassFacts, DocTag, ExportFact, Expr, FunctionFacts, ImportFact, Pattern, Span, TypeDecl } from "./ir.js";
import { type Binding, type EnvRecord, type Scope, lookup } from "./scope.js";
import { type Compiler, MAX_NESTING } from "./syntax.js";

export interface Context {
  readonly ts: Compiler;
  readonly file: tsc.SourceFile;
  readonly text: string;
  readonly bound: BoundFile;
  readonly functions: (FunctionFacts | undefined)[];
  readonly classes: (ClassFacts | undefined)[];
  readonly imports: ImportFact[];
  readonly exports: ExportFact[];
  readonly requested: string[];
  readonly types: TypeDecl[];
  readonly ambient: AmbientFact[];
  /** Does the text hold any JSDoc tag? Otherwise no comment is looked at. */
  readonly hasTags: boolean;
  /** Is it JavaScript whose comments say types? */
  readonly docTypes: boolean;
  /** Namespaces around the place of work, outermost first, with the types that each declares. */
  readonly typeScopes: { readonly path: readonly string[]; readonly names: ReadonlySet<string> }[];
  /** Variables whose enum, class or namespace has begun: a further declaration of the name adds to it. */
  readonly begun: Set<Binding>;
  /** Variables that hold what `createRequire` gives. */
  requires: ReadonlySet<Binding>;
  /** Saw `require(…)`, `module.exports` or `exports.x` of the CommonJS globals. */
  commonjs: boolean;
  /** Saw `declare global`. */
  augments: boolean;
  /** Saw `import.meta`. */
  esm: boolean;
  nesting: number;
}

/** Where a node is evaluated: which names are visible, in which record it runs, in which function. */
export interface Place {
  readonly scope: Scope;
  /** Usually the scope's; another one where a record wraps more than the names' scope does (a switch's discriminant). */
  readonly record: EnvRecord;
  readonly fn: number;
}

/** What the surroundings tell about a function or class expression. */
export interface Hint {
  readonly name: string;
  readonly tags?: readonly DocTag[];
}

export function inScope(at: Place, scope: Scope): Place {
  return { scope, record: scope.record, fn: at.fn };
}

/** Start of the first token and end of the last. */
export function span(cx: Context, node: tsc.Node): Span {
  return { at: node.getStart(cx.file), end: node.end };
}

/** Runs `body` unless nesting got too deep, in which case `otherwise` gives the replacement. */
export function nested<T>(cx: Context, body: () => T, otherwise: () => T): T {
  if (cx.nesting >= MAX_NESTING) return otherwise();
  cx.nesting++;
  try {
    return body();
  } finally {
    cx.nesting--;
  }
}

export function constant(v: string | number | boolean | null, at: Span): Expr {
  return { e: "const", v, at: at.at, end: at.end };
}

export function undefinedAt(at: Span): Expr {
  return { e: "const", at: at.at, end: at.end };
}

/** A name's value. */
export function readName(name: string, at: Place, s: Span): Expr {
  const binding = lookup(at.scope, name);
  if (binding === undefined) {
    if (name === "undefined") return undefinedAt(s);
    return { e: "global", name, at: s.at, end: s.end };
  }
  return readBinding(binding, at, s);
}

export function readBinding(binding: Binding, at: Place, s: Span): Expr {
  switch (binding.k) {
    case "variable":
      return { e: "var", slot: binding.slot, up: levels(at, binding.record), at: s.at, end: s.end };
    case "import":
      binding.used = true;
      return { e: "import", i: binding.index, at: s.at, end: s.end };
    case "member":
      return { e: "member", o: readBinding(binding.of, at, s), key: constant(binding.name, s), at: s.at, end: s.end };
  }
}

/** A name as the target of an assignment or declaration. */
export function writeName(name: string, at: Place, s: Span): Pattern {
  const binding = lookup(at.scope, name);
  // Imports cannot be assigned to; such a program fails before anything flows.
  if (binding === undefined || binding.k === "import") return { p: "global", name, at: s.at, end: s.end };
  return writeBinding(binding, at, s);
}

export function writeBinding(binding: Exclude<Binding, { k: "import" }>, at: Place, s: Span): Pattern {
  if (binding.k === "variable") return { p: "var", slot: binding.slot, up: levels(at, binding.record), at: s.at, end: s.end };
  return { p: "member", o: readBinding(binding.of, at, s), key: constant(binding.name, s), at: s.at, end: s.end };
}

function levels(at: Place, record: EnvRecord | undefined): number {
  return record === undefined ? 0 : at.record.level - record.level;
}

/** Is this the first of the declarations that merge into one value? Remembers that it was seen. */
export function firstDeclaration(cx: Context, at: Place, name: string): boolean {
  const own = lookup(at.scope, name);
  if (own === undefined) return true;
  const first = !cx.begun.has(own);
  cx.begun.add(own);
  return first;
}
