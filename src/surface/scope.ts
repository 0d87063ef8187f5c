/** Names in one file's syntax, across files: what a name was declared as, and which declared consent function it is. */
import type ts from "typescript";
import type { ImportTarget, LinkedFile, Modules } from "../link/modules.js";

export type Compiler = typeof ts;

export interface Parsed {
  readonly linked: LinkedFile;
  readonly source: ts.SourceFile;
}

export type Declaration =
  | { readonly k: "function"; readonly node: ts.SignatureDeclaration & { readonly body?: ts.Node | undefined } }
  /** `path` is what of the initializer it is: `const [on] = useState(true)` is `0`, `const { on } = form` is `on`. */
  | {
      readonly k: "variable";
      readonly init: ts.Expression | undefined;
      readonly path: readonly string[];
      readonly fallback?: ts.Expression;
    }
  | { readonly k: "parameter"; readonly fallback?: ts.Expression }
  | { readonly k: "import"; readonly target: ImportTarget };

/** Parsed once a file, with parents. */
export function parser(compiler: Compiler, textOf: (file: LinkedFile) => string): (file: LinkedFile) => Parsed {
  const known = new Map<LinkedFile, Parsed>();
  return (linked) => {
    let parsed = known.get(linked);
    if (parsed === undefined) {
      const source = compiler.createSourceFile(
        linked.path,
        textOf(linked),
        compiler.ScriptTarget.Latest,
        true,
        kindOf(compiler, linked.path),
      );
      known.set(linked, (parsed = { linked, source }));
    }
    return parsed;
  };
}

/** JavaScript may hold JSX under any name. */
const kindOf = (c: Compiler, path: string): ts.ScriptKind =>
  /\.[cm]?ts$/.test(path) ? c.ScriptKind.TS : path.endsWith(".tsx") ? c.ScriptKind.TSX : c.ScriptKind.JSX;

/** The root has none, whatever its type says. */
export const parentOf = (node: ts.Node): ts.Node | undefined => node.parent;

/** Where a name that stands in `node` is declared; undefined for globals. */
export function declarationOf(c: Compiler, modules: Modules, file: Parsed, node: ts.Node, name: string): Declaration | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined; at = parentOf(at)) {
    if (c.isFunctionLike(at))
      for (const { name: target, initializer } of at.parameters) {
        const found = bound(c, target, name, [], initializer);
        if (found !== undefined) return { k: "parameter", ...(found.fallback && { fallback: found.fallback }) };
      }
    if (!("statements" in at)) continue;
    for (const statement of at.statements as ts.NodeArray<ts.Statement>) {
      if (c.isFunctionDeclaration(statement) && statement.name?.text === name) return { k: "function", node: statement };
      if (!c.isVariableStatement(statement)) continue;
      for (const { name: target, initializer } of statement.declarationList.declarations) {
        const found = bound(c, target, name, []);
        if (found !== undefined) return { k: "variable", init: initializer, ...found };
      }
    }
  }
  const i = file.linked.facts.imports.findIndex(({ local }) => local === name);
  return i < 0 ? undefined : { k: "import", target: modules.importTarget(file.linked, i) };
}

interface Bound {
  readonly path: readonly string[];
  readonly fallback?: ts.Expression;
}

function bound(c: Compiler, target: ts.BindingName, name: string, path: readonly string[], fallback?: ts.Expression): Bound | undefined {
  if (c.isIdentifier(target)) return target.text === name ? { path, ...(fallback && { fallback }) } : undefined;
  for (const [i, element] of target.elements.entries()) {
    if (c.isOmittedExpression(element)) continue;
    const key = c.isArrayBindingPattern(target) ? String(i) : (element.propertyName ?? element.name).getText();
    const found = bound(c, element.name, name, [...path, key], element.initializer);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A function of the top level, by its slot. */
export function topLevel(c: Compiler, { source }: Parsed, slot: string): ts.Node | undefined {
  for (const statement of source.statements) {
    if (c.isFunctionDeclaration(statement) && (statement.name?.text ?? "default") === slot) return statement;
    if (c.isVariableStatement(statement))
      for (const { name, initializer } of statement.declarationList.declarations)
        if (c.isIdentifier(name) && name.text === slot) return initializer;
  }
  return undefined;
}

/** `a.b.c` as its root and the names behind it. */
export function chainOf(c: Compiler, e: ts.Expression): { readonly root: ts.Identifier; readonly path: readonly string[] } | undefined {
  if (c.isIdentifier(e)) return { root: e, path: [] };
  if (c.isNonNullExpression(e) || c.isParenthesizedExpression(e)) return chainOf(c, e.expression);
  if (!c.isPropertyAccessExpression(e)) return undefined;
  const before = chainOf(c, e.expression);
  return before && { root: before.root, path: [...before.path, e.name.text] };
}
