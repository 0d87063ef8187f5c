/**
 * The intermediate representation: what one file says about the flow of values, from its syntax alone.
 *
 * Plain data (JSON-serialisable, no compiler objects, no absolute paths), a function of the file's text and kind only, so that it
 * can be cached by content hash. Names are resolved to scopes here; nothing is resolved across files (that is `link`).
 *
 * Positions: `at` is the character offset of the node's first token, `end` the offset behind its last.
 */

/** Bumped whenever the shape or meaning of the facts changes; part of the cache key. */
export const FACTS_VERSION = 9;

/** A stretch of the file's text. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

/** All facts of one file. */
export interface FileFacts {
  readonly version: number;
  /** Offsets at which lines begin; `lineStarts[0]` is 0. */
  readonly lineStarts: readonly number[];
  /** `functions[0]` is the module's own top level; a function's index is its identity within the file. */
  readonly functions: readonly FunctionFacts[];
  readonly classes: readonly ClassFacts[];
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  /** Modules that `import()` and `require` ask for by a constant, in order. */
  readonly requested: readonly string[];
  /** Interfaces, type aliases and enums by their name, of the module's top level and of function bodies (last one wins). */
  readonly types: readonly TypeDecl[];
  /** Is it a module (ESM syntax), a CommonJS module (`require`/`module.exports`/`exports.x`), or a global script? */
  readonly format: "esm" | "cjs" | "script";
  /** It has a `declare global`: what is in there is among `types` and `ambient`. */
  readonly augments?: true;
  readonly syntaxErrors: readonly SyntaxErrorFact[];
  /**
   * Names that the file only describes (`declare const user: User`, everything in a `.d.ts`). References to them are
   * `{e: "global"}`; here are their types and tags. Absent when there are none.
   */
  readonly ambient?: readonly AmbientFact[];
}

/** A value that is declared without being there: by `declare`, or in a declaration file. */
export interface AmbientFact extends Span {
  readonly name: string;
  /** A function's is `function`, a namespace's a `literal`, a class's `{t: "typeof", name: [class]}` with its instance side in `types`. */
  readonly type?: TypeIR;
  readonly tags?: readonly DocTag[];
}

export interface SyntaxErrorFact extends Span {
  readonly message: string;
}

/** A binding that an import statement brings into module scope. Also made for `import x = require("m")`. */
export interface ImportFact extends Span {
  /** Module specifier as written. */
  readonly from: string;
  /** Exported name there; `*` for the namespace, `default` for the default export, `=` for `import x = require()`. */
  readonly name: string;
  /** Local name; empty for a bare `import "m"` (side effects only), `import("m").T` for a type that is imported where it stands. */
  readonly local: string;
  readonly typeOnly: boolean;
  /** TypeScript leaves it out of what runs, unless told `verbatimModuleSyntax`: nothing in the file uses it as a value. */
  readonly elidable?: true;
}

export type ExportFact =
  /** `export { slot as name }`, `export const name`, `export default function …` (name `default`). */
  | ({
      readonly k: "local";
      readonly name: string;
      readonly slot: string;
      /** The slot is never bound: its name is in {@link FileFacts.ambient}. */ readonly ambient?: true;
    } & Span)
  /** `export { imported as name } from "m"`; imported is `*` for `export * as name from "m"`. */
  | ({ readonly k: "from"; readonly name: string; readonly from: string; readonly imported: string; readonly typeOnly: boolean } & Span)
  /** `export * from "m"`. */
  | ({ readonly k: "star"; readonly from: string; readonly typeOnly: boolean } & Span)
  /** An import that is exported again by its local name: `import {a} from "m"; export {a as b}`. `import` indexes `imports`. */
  | ({ readonly k: "import"; readonly name: string; readonly import: number } & Span)
  /** An exported type-level declaration (interface or alias) by its index in `types`. */
  | ({ readonly k: "type"; readonly name: string; readonly type: string } & Span);
// `export = x` and `export default <expr>` are lowered to an assignment to the slots `*export=` and `*default*`, with a
// `local` export fact named `=` or `default`.

// ------------------------------------------------------------------------------------------------ functions

export type FunctionKind = "module" | "function" | "arrow" | "method" | "getter" | "setter" | "constructor" | "field" | "static-block";

/**
 * One function-like. Each activation has one environment record for its parameters and variables; blocks get a record of their
 * own only where closures capture variables of a loop body or where a name is shadowed (see {@link Stmt} `scope`).
 */
export interface FunctionFacts extends Span {
  readonly kind: FunctionKind;
  /** Name for people: declared name, variable or property it is assigned to, else "". */
  readonly name: string;
  readonly async: boolean;
  readonly generator: boolean;
  readonly params: readonly Param[];
  readonly body: readonly Stmt[];
  /** Function declarations hoisted to the function's own record: bound before the body runs. */
  readonly hoisted: readonly Hoisted[];
  readonly returnType?: TypeIR;
  /** Of a `this` parameter. */
  readonly thisType?: TypeIR;
  /** A type predicate or assertion signature: `x is T`, `asserts x`. */
  readonly predicate?: { readonly param: string; readonly asserts: boolean; readonly type?: TypeIR };
  /** Index of the enclosing function; -1 for the module's top level. */
  readonly parent: number;
  /** Index of the class this is a member of. */
  readonly owner?: number;
  /** A function expression's own name, bound in its record. */
  readonly selfName?: string;
  /** Does its body (or an arrow within) use `arguments`? Then it is bound as slot `arguments`. */
  readonly usesArguments?: boolean;
  readonly typeParams?: readonly TypeParam[];
  /** JSDoc tags that are ours: `@collects user.email` is `{tag: "collects", text: "user.email"}`. */
  readonly tags?: readonly DocTag[];
  /** `"use server"`, `"use client"`, `"use strict"`. */
  readonly directives?: readonly string[];
}

export interface DocTag extends Span {
  readonly tag: string;
  readonly text: string;
}

export interface TypeParam {
  readonly name: string;
  readonly constraint?: TypeIR;
  readonly default?: TypeIR;
}

export interface Hoisted {
  readonly slot: string;
  readonly fn: number;
}

export interface Param extends Span {
  readonly target: Pattern;
  readonly default?: Expr;
  readonly rest: boolean;
  readonly optional: boolean;
  readonly type?: TypeIR;
  readonly decorators?: readonly Expr[];
  readonly tags?: readonly DocTag[];
}

/** A class. Its members' functions run in the environment of the class expression. */
export interface ClassFacts extends Span {
  readonly name: string;
  /**
   * Slot of the class's own name in the record where the class is evaluated, for declarations and named class expressions: bound
   * before static fields and blocks run (`static one = new C()`). The `bind` or `assign` around the class binds it again.
   */
  readonly selfSlot?: string;
  readonly superclass?: Expr;
  readonly members: readonly ClassMember[];
  /** Index of the explicit constructor; parameter properties are already lowered to assignments in its body (after `super()`). */
  readonly ctor?: number;
  readonly implements: readonly TypeIR[];
  readonly superTypeArgs?: readonly TypeIR[];
  readonly typeParams?: readonly TypeParam[];
  readonly decorators?: readonly Expr[];
  readonly abstract: boolean;
  readonly tags?: readonly DocTag[];
  /** Declared type of each property (fields, parameter properties, accessors, methods as function types), by name. */
  readonly types: readonly PropType[];
}

export interface ClassMember extends Span {
  /** Property key; a private name is the constant `#x`. */
  readonly key: Expr;
  readonly static: boolean;
  /** `field`: `fn` is a thunk (kind `field`) that yields the initial value with `this` bound, absent when there is none. */
  readonly kind: "method" | "get" | "set" | "field" | "static-block";
  readonly fn?: number;
  /** A field behind a getter and a setter of its class: `accessor x = 1`. */
  readonly accessor?: boolean;
  readonly decorators?: readonly Expr[];
  readonly tags?: readonly DocTag[];
  /** `declare x: T` and abstract members have no run-time effect. */
  readonly ambient?: boolean;
}

// ------------------------------------------------------------------------------------------------ patterns

/** What is assigned to: in declarations, parameters, assignments, `for…of`, `catch`. Optional `at`/`end` as everywhere. */
export type Pattern = Span &
  (
    | { readonly p: "var"; readonly slot: string; readonly up: number; readonly type?: TypeIR }
    | { readonly p: "global"; readonly name: string }
    | { readonly p: "member"; readonly o: Expr; readonly key: Expr }
    | { readonly p: "object"; readonly props: readonly PatternProp[]; readonly rest?: Pattern; readonly type?: TypeIR }
    | { readonly p: "array"; readonly elems: readonly (PatternElem | null)[]; readonly rest?: Pattern; readonly type?: TypeIR }
  );

export interface PatternProp {
  readonly key: Expr;
  readonly target: Pattern;
  readonly default?: Expr;
}

export interface PatternElem {
  readonly target: Pattern;
  readonly default?: Expr;
}

// ------------------------------------------------------------------------------------------------ statements

export type Stmt = Span &
  (
    | { readonly s: "expr"; readonly e: Expr }
    /** Declaration with or without initialiser (`let x;` binds undefined; a bare `var x;` yields no statement). */
    | {
        readonly s: "bind";
        readonly target: Pattern;
        readonly init?: Expr;
        readonly kind: "var" | "let" | "const" | "using";
        readonly type?: TypeIR;
        readonly tags?: readonly DocTag[];
      }
    | { readonly s: "return"; readonly e?: Expr }
    | { readonly s: "throw"; readonly e: Expr }
    | { readonly s: "if"; readonly test: Expr; readonly then: readonly Stmt[]; readonly else?: readonly Stmt[] }
    /**
     * `while`, `do` and `for`. `init` runs once before. `perIteration`: slots of a `for (let …)` head that closures capture: the
     * loop's record (see `scope`, which then wraps this statement) is copied for each iteration.
     */
    | {
        readonly s: "loop";
        readonly kind: "while" | "do" | "for";
        readonly init: readonly Stmt[];
        readonly test?: Expr;
        readonly update?: Expr;
        readonly body: readonly Stmt[];
        readonly scoped: boolean;
      }
    /** `for (target of iter)`; `scoped`: each iteration runs in a fresh record (levels of `up` count it) because closures capture. */
    | {
        readonly s: "for-of";
        readonly target: Pattern;
        readonly iter: Expr;
        readonly body: readonly Stmt[];
        readonly await: boolean;
        readonly scoped: boolean;
        readonly hoisted: readonly Hoisted[];
      }
    | {
        readonly s: "for-in";
        readonly target: Pattern;
        readonly o: Expr;
        readonly body: readonly Stmt[];
        readonly scoped: boolean;
        readonly hoisted: readonly Hoisted[];
      }
    | { readonly s: "switch"; readonly e: Expr; readonly cases: readonly { readonly test?: Expr; readonly body: readonly Stmt[] }[] }
    | {
        readonly s: "try";
        readonly block: readonly Stmt[];
        readonly param?: Pattern;
        readonly handler?: readonly Stmt[];
        readonly finalizer?: readonly Stmt[];
      }
    | { readonly s: "break"; readonly label?: string }
    | { readonly s: "continue"; readonly label?: string }
    | { readonly s: "labeled"; readonly label: string; readonly body: Stmt }
    /** A plain block without a record of its own (its names were made unique in the enclosing record). */
    | { readonly s: "block"; readonly body: readonly Stmt[] }
    /** A block with a fresh environment record; one more level of `up` inside. */
    | { readonly s: "scope"; readonly hoisted: readonly Hoisted[]; readonly body: readonly Stmt[] }
    /** Something that cannot be followed (`with`); a blind spot. */
    | { readonly s: "opaque"; readonly reason: string }
  );

// ------------------------------------------------------------------------------------------------ expressions

export type Const = string | number | boolean | null | undefined;

export type Expr = Span &
  /** A literal. `undefined` is `{e:"const"}` with no `v`; a bigint is `{e:"const", v:"12", big:true}`. */
  (
    | { readonly e: "const"; readonly v?: Const; readonly big?: true }
    | { readonly e: "regex"; readonly source: string; readonly flags: string }
    /** Template literal: `quasis.length === exprs.length + 1` (cooked text). */
    | { readonly e: "template"; readonly quasis: readonly string[]; readonly exprs: readonly Expr[] }
    | { readonly e: "tagged"; readonly tag: Expr; readonly quasis: readonly string[]; readonly exprs: readonly Expr[] }
    /** A variable in the record `up` levels out. */
    | { readonly e: "var"; readonly slot: string; readonly up: number }
    /** An imported binding, by index into {@link FileFacts.imports}. */
    | { readonly e: "import"; readonly i: number }
    /** A name that this file does not declare. */
    | { readonly e: "global"; readonly name: string }
    | { readonly e: "this" }
    /** `super` as receiver of a member access or callee. */
    | { readonly e: "super" }
    | { readonly e: "meta"; readonly name: "new.target" | "import.meta" }
    /** Property access; `key` is a constant for `o.x`; `#x` is the constant "#x". `opt` for `o?.x`. */
    | { readonly e: "member"; readonly o: Expr; readonly key: Expr; readonly opt?: true }
    | { readonly e: "call"; readonly f: Expr; readonly args: readonly Arg[]; readonly opt?: true; readonly types?: readonly TypeIR[] }
    | { readonly e: "new"; readonly f: Expr; readonly args: readonly Arg[]; readonly types?: readonly TypeIR[] }
    | { readonly e: "object"; readonly props: readonly ObjectProp[] }
    | { readonly e: "array"; readonly elems: readonly (Arg | null)[] }
    | { readonly e: "fn"; readonly fn: number }
    | { readonly e: "class"; readonly cls: number }
    /** Assignment. Without `op` it is plain; `op` is the binary operator (`+` for `+=`) or `&&`, `||`, `??`. */
    | { readonly e: "assign"; readonly target: Pattern; readonly v: Expr; readonly op?: string }
    | { readonly e: "update"; readonly target: Pattern; readonly op: "++" | "--"; readonly prefix: boolean }
    | { readonly e: "unary"; readonly op: "!" | "-" | "+" | "~" | "typeof" | "void"; readonly v: Expr }
    | { readonly e: "delete"; readonly o: Expr; readonly key: Expr }
    | { readonly e: "binary"; readonly op: string; readonly l: Expr; readonly r: Expr }
    | { readonly e: "logical"; readonly op: "&&" | "||" | "??"; readonly l: Expr; readonly r: Expr }
    | { readonly e: "cond"; readonly test: Expr; readonly then: Expr; readonly else: Expr }
    | { readonly e: "seq"; readonly es: readonly Expr[] }
    | { readonly e: "await"; readonly v: Expr }
    | { readonly e: "yield"; readonly v?: Expr; readonly delegate: boolean }
    /** `v as T`, `<T>v`, `v satisfies T` (`satisfies` says nothing about the type of the result, `as const` has no type). */
    | { readonly e: "cast"; readonly v: Expr; readonly type?: TypeIR; readonly satisfies?: true }
    /** JSX element; `tag` is a constant for intrinsic elements, absent for fragments; children are the prop `children`. */
    | { readonly e: "jsx"; readonly tag?: Expr; readonly props: readonly ObjectProp[] }
    /** `import(spec)`. `require("m")` with the global `require` is lowered to this with `require: true`. */
    | { readonly e: "dynamic-import"; readonly spec: Expr; readonly require?: true }
    /** Syntax that cannot be followed. */
    | { readonly e: "opaque"; readonly reason: string }
  );

export type Arg = Expr | Spread;
export type Spread = Span & { readonly e: "spread"; readonly v: Expr };

export type ObjectProp = Span &
  (
    | { readonly k: "prop"; readonly key: Expr; readonly v: Expr }
    | { readonly k: "spread"; readonly v: Expr }
    | { readonly k: "get" | "set"; readonly key: Expr; readonly fn: number }
  );

// ------------------------------------------------------------------------------------------------ types, as written

/** A type annotation as written; names are not resolved beyond the file. */
export type TypeIR =
  /** `A.B<C>`: `name` is ["A","B"]; resolve the first part among type parameters, `types`, `classes`, `imports`, then globals. */
  | { readonly t: "ref"; readonly name: readonly string[]; readonly args?: readonly TypeIR[] }
  /** `made`: what `new` makes of it. */
  | { readonly t: "literal"; readonly props: readonly PropType[]; readonly index?: TypeIR; readonly call?: TypeIR; readonly made?: TypeIR }
  | { readonly t: "array"; readonly of: TypeIR }
  | { readonly t: "tuple"; readonly of: readonly TypeIR[]; readonly rest?: TypeIR }
  | { readonly t: "union" | "intersection"; readonly of: readonly TypeIR[] }
  | {
      readonly t: "function";
      readonly params: readonly { readonly name: string; readonly type?: TypeIR; readonly rest?: true }[];
      readonly returns?: TypeIR;
      readonly typeParams?: readonly TypeParam[];
      /** Its parameter `this`. */
      readonly self?: TypeIR;
    }
  | {
      readonly t: "primitive";
      readonly name:
        "string" | "number" | "boolean" | "bigint" | "symbol" | "null" | "undefined" | "void" | "any" | "unknown" | "never" | "object";
    }
  | { readonly t: "const"; readonly v: Const }
  /** `typeof a.b`. */
  | { readonly t: "typeof"; readonly name: readonly string[]; readonly args?: readonly TypeIR[] }
  | { readonly t: "keyof"; readonly of: TypeIR }
  /** `T["k"]`. */
  | { readonly t: "indexed"; readonly of: TypeIR; readonly key: TypeIR }
  /** `{[K in keys]: value}`; `optional` for `]?:`. */
  | { readonly t: "mapped"; readonly param: string; readonly keys: TypeIR; readonly value?: TypeIR; readonly optional?: true }
  /** `C extends T ? then : else`; which of the two it is, only the checker knows. */
  | { readonly t: "conditional"; readonly then: TypeIR; readonly else: TypeIR }
  /** `infer`, renaming mapped types, template literal types: only the checker can answer. */
  | ({ readonly t: "complex"; readonly text: string } & Span);

export interface PropType {
  readonly name: string;
  /** A method with overloads has the intersection of their function types. */
  readonly type?: TypeIR;
  readonly optional?: boolean;
  readonly method?: boolean;
  /** A class's static member. */
  readonly static?: true;
  readonly tags?: readonly DocTag[];
  readonly at?: number;
}

export type TypeDecl = Span & {
  readonly k: "interface" | "alias" | "enum";
  readonly name: string;
  readonly typeParams?: readonly TypeParam[];
  /** Interface: what it extends. */
  readonly extends?: readonly TypeIR[];
  /** Interface: a `literal`; alias: its type; enum: a union of constants. */
  readonly type: TypeIR;
};
