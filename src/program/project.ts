/**
 * program: which files there are, how imports resolve, and the few questions that only the compiler's types can answer.
 *
 * Takes a folder (or tsconfigs, or a ready `ts.Program` from a linter); gives a {@link Project}. Nobody else touches the checker.
 * A `ts.Program` is made at the first question to {@link Project.types}, never before.
 */
import type { ArgumentPath, Locator, PathStep } from "../manifest/model.js";

/**
 * One of the project's own source files: `.ts/.tsx/.mts/.cts/.js/.jsx/.mjs/.cjs`, nothing in node_modules; a declaration file
 * only where it is all there is of a module that they import.
 */
export interface ProjectFile {
  /** Absolute, forward slashes. */
  readonly path: string;
  /** Relative to the project root. */
  readonly name: string;
  text(): string;
}

/** Where an import specifier leads. */
export type ModuleTarget =
  /** One of the project's own files, after `paths`, workspaces, project references, and `dist/*.d.ts` back to its source. */
  | { readonly kind: "file"; readonly path: string }
  /** A package outside the project (installed or not); `subpath` is "" or "lib/x". `types` is its declaration file, when found. */
  | { readonly kind: "package"; readonly name: string; readonly subpath: string; readonly types?: string }
  /** A Node built-in, without the `node:` prefix. */
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "json"; readonly path: string }
  /** Relative or path-mapped, and not there. */
  | { readonly kind: "unresolved"; readonly specifier: string };

/** Something wrong with the input: a tsconfig, a file that cannot be read, missing node_modules. */
export interface InputProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix?: string;
  readonly severity: "error" | "warning";
}

/** One of the project's own files that is not analysed; absolute, forward slashes. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

/** A place in a package.json; the file absolute, forward slashes. */
export interface JsonPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Project {
  /** Absolute, forward slashes. */
  readonly root: string;
  /** Sorted by name. */
  readonly files: readonly ProjectFile[];
  readonly problems: readonly InputProblem[];
  /** Files that should be among them and cannot be: sorted. */
  readonly leftOut?: readonly LeftOut[];
  resolveModule(fromFile: string, specifier: string): ModuleTarget;
  /** Does what a file imports and does not use stay in what runs (`verbatimModuleSyntax`)? */
  keepsImports?(file: string): boolean;
  /** The text of a file that is no source (a JSON module); undefined when it cannot be read. */
  asset(path: string): string | undefined;
  /** The declaration file that a specifier leads to from a file, a declaration file itself perhaps; undefined where there is none. */
  declarations?(fromFile: string, specifier: string): string | undefined;
  /** The project's own declaration files, absolute: what they declare globally is there for all its files. */
  ambient?(): readonly string[];
  /** Files that are no source and whose name ends so (`.prisma`), absolute and sorted. */
  assets?(ending: string): readonly string[];
  /** Source files in the project's folder that no tsconfig of the analysis includes and no analysed file imports: absolute, sorted. */
  outside?(): readonly string[];
  /** Where the project declares a package that this file imports, when it is installed nowhere, null when nobody declares it; undefined when it is there. */
  notInstalled?(fromFile: string, name: string): JsonPlace | null | undefined;
  /** The compiler's types, made on the first question; undefined when no program can be made. */
  types(): TypeOracle | undefined;
}

/** A declaration in a package or file: `{module: "openai", path: ["Files", "create"]}`; for own files `module` is the absolute path. */
export interface DeclarationRef {
  readonly module: string;
  readonly path: readonly string[];
  /** Declaration file or source file, absolute, and the offset of the declaration's name there. */
  readonly file: string;
  readonly at: number;
}

/** The property tree of a type, to the depth asked for. `props` is absent for primitives, functions and where depth ran out. */
export interface TypeShape {
  readonly props?: Readonly<Record<string, TypeShape>>;
  /** Element type of arrays, sets, maps' values, (async) iterables, index signatures. */
  readonly element?: TypeShape;
  /** `any`, `unknown`, an unconstrained type parameter: nothing is known. */
  readonly open?: boolean;
  /** Where the type was declared: interface, class or alias. */
  readonly declared?: DeclarationRef;
  readonly primitive?: "string" | "number" | "boolean" | "bigint" | "symbol" | "null" | "undefined" | "literal";
}

/** A part of what a call is given, or gives. */
export type CallPart = { readonly argument: Pick<ArgumentPath, "position" | "path"> } | { readonly result: readonly PathStep[] };

/** Questions to the checker. Spans are those of an expression in one of the project's files. All answers are deterministic. */
export interface TypeOracle {
  /** Does the declaration that this expression (a callee, a property access) refers to equal the locator's declaration? */
  refersTo(file: string, at: number, end: number, locator: Locator): boolean;
  /** The declared symbol of the expression's type, through aliases and awaited promises: for a receiver, its class or interface. */
  typeDeclaration(file: string, at: number, end: number): DeclarationRef | undefined;
  /**
   * Does the function that a locator names have this argument, or its result anything at this path? `undefined` when its types do not
   * tell.
   */
  has(locator: Locator, part: CallPart): boolean | undefined;
  /** The shape of the expression's (awaited) type. */
  shape(file: string, at: number, end: number, depth: number): TypeShape | undefined;
  /** Are there declarations in which the locator could be found? Said without making a program. */
  knows(locator: Locator): boolean;
  /** Does the locator name a declaration that exists? `undefined` when its package has no types here. */
  exists(locator: Locator): boolean | undefined;
}
