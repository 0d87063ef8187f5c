/** Small questions about syntax nodes that several lowerings ask. */
import type * as tsc from "typescript";
import type ts from "typescript";

/** The compiler's namespace, handed in by the caller: a linter's parser brings its own instance. */
export type Compiler = typeof ts;

/**
 * A property's name as a key. `#name` gets a key that no text is: `this["#name"]` is another property, and anybody may read that one.
 */
export function keyText(ts: Compiler, name: tsc.MemberName | tsc.PropertyName): string {
  const { text } = name as tsc.Identifier;
  return name.kind === ts.SyntaxKind.PrivateIdentifier ? `\0${text}` : text;
}

export function hasModifier(node: tsc.Node, kind: tsc.SyntaxKind): boolean {
  const modifiers = (node as { modifiers?: readonly tsc.ModifierLike[] }).modifiers;
  if (modifiers === undefined) return false;
  for (const m of modifiers) if (m.kind === kind) return true;
  return false;
}

export function isExported(ts: Compiler, node: tsc.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.ExportKeyword);
}

export function isDefaultExport(ts: Compiler, node: tsc.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.ExportKeyword) && hasModifier(node, ts.SyntaxKind.DefaultKeyword);
}

/** `declare …`. */
export function isDeclare(ts: Compiler, node: tsc.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.DeclareKeyword);
}

/** `let`, `const`, `using`: scoped to the block; otherwise `var`. */
export function isBlockScoped(ts: Compiler, list: tsc.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) !== 0;
}

/** Does a namespace have anything at run time (not only types and ambient declarations)? */
export function isInstantiated(ts: Compiler, node: tsc.ModuleDeclaration): boolean {
  const K = ts.SyntaxKind;
  if (node.name.kind !== K.Identifier || isDeclare(ts, node) || (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0) return false;
  const body = node.body;
  if (body === undefined) return false;
  if (body.kind === K.ModuleDeclaration) return isInstantiated(ts, body);
  if (body.kind !== K.ModuleBlock) return false;
  return body.statements.some((s) => {
    if (isDeclare(ts, s)) return false;
    if (s.kind === K.InterfaceDeclaration || s.kind === K.TypeAliasDeclaration || s.kind === K.EmptyStatement) return false;
    if (s.kind === K.ModuleDeclaration) return isInstantiated(ts, s as tsc.ModuleDeclaration);
    if (s.kind === K.FunctionDeclaration) return (s as tsc.FunctionDeclaration).body !== undefined;
    if (s.kind === K.ImportEqualsDeclaration) return isExported(ts, s);
    return true;
  });
}

/** The identifiers that a binding name declares, in source order. */
export function boundNames(ts: Compiler, name: tsc.BindingName, out: tsc.Identifier[] = []): tsc.Identifier[] {
  if (name.kind === ts.SyntaxKind.Identifier) out.push(name);
  else {
    for (const e of name.elements) {
      if (e.kind === ts.SyntaxKind.BindingElement) boundNames(ts, e.name, out);
    }
  }
  return out;
}

/** An intrinsic JSX element: `<div>`, `<my-element>`; not `<Component>`. */
export function isIntrinsicTag(name: string): boolean {
  const first = name.charCodeAt(0);
  return (first >= 97 && first <= 122) || name.includes("-");
}

/** `function f(this: T)`: a type, not a parameter. */
export function isThisParameter(ts: Compiler, p: tsc.ParameterDeclaration): boolean {
  return p.name.kind === ts.SyntaxKind.Identifier && p.name.text === "this";
}

/** Without parentheses, `!`, `as T`, `<T>` and `satisfies T`: what an assignment writes to. */
export function unwrapTarget(ts: Compiler, node: tsc.Expression): tsc.Expression {
  const K = ts.SyntaxKind;
  let n = node;
  for (;;) {
    switch (n.kind) {
      case K.ParenthesizedExpression:
      case K.NonNullExpression:
      case K.AsExpression:
      case K.TypeAssertionExpression:
      case K.SatisfiesExpression:
        n = (n as tsc.ParenthesizedExpression).expression;
        break;
      default:
        return n;
    }
  }
}

export function isAssignmentOperator(ts: Compiler, kind: tsc.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** The string literals that a body begins with. */
export function directivesOf(ts: Compiler, statements: readonly tsc.Statement[]): string[] {
  const out: string[] = [];
  for (const s of statements) {
    if (s.kind !== ts.SyntaxKind.ExpressionStatement) break;
    const e = (s as tsc.ExpressionStatement).expression;
    if (e.kind !== ts.SyntaxKind.StringLiteral) break;
    out.push((e as tsc.StringLiteral).text);
  }
  return out;
}

/** `import`, `export` or `export default` at the top level; the TypeScript forms `import x = require()` and `export =` are CommonJS. */
export function isModuleSyntax(ts: Compiler, s: tsc.Statement): boolean {
  const K = ts.SyntaxKind;
  if (s.kind === K.ImportDeclaration || s.kind === K.ExportDeclaration) return true;
  if (s.kind === K.ExportAssignment) return (s as tsc.ExportAssignment).isExportEquals !== true;
  return isExported(ts, s);
}

/** Nothing nests this deep in code that people write; beyond, lowering gives up rather than overflow the stack. */
export const MAX_NESTING = 400;
