/** Statements. Loops, enums, namespaces and declarations without run-time effect have files of their own. */
import type * as tsc from "typescript";
import { DEFAULT_SLOT, EXPORT_EQUALS_SLOT } from "./bind-scopes.js";
import { addClass } from "./classes.js";
import { type Context, type Place, inScope, nested, readName, span, writeName } from "./context.js";
import { declareAmbient, declareType } from "./declarations.js";
import { lowerEnum } from "./enums.js";
import { lowerExpr } from "./expressions.js";
import { addFunction } from "./functions.js";
import type { Expr, Pattern, Span, Stmt } from "./ir.js";
import { lowerFor, lowerForIn, lowerForOf, lowerLabeled, lowerWhile } from "./loops.js";
import { lowerNamespace } from "./namespaces.js";
import { bindingTarget } from "./patterns.js";
import { type Scope, lookup } from "./scope.js";
import { hasModifier, isBlockScoped, isDeclare, isDefaultExport, isInstantiated } from "./syntax.js";
import { tagsOf } from "./tags.js";
import { lowerType } from "./types.js";

/** Lowers a list of statements; each may yield none (types, hoisted functions) or several (`const a = 1, b = 2`). */
export function lowerStatements(cx: Context, nodes: readonly tsc.Statement[], at: Place): Stmt[] {
  const out: Stmt[] = [];
  for (const n of nodes) lowerStatement(cx, n, at, out);
  return out;
}

/** The statements of a branch or loop body: a block is flattened unless it needs a record. */
export function lowerBranch(cx: Context, node: tsc.Statement, at: Place): Stmt[] {
  if (node.kind !== cx.ts.SyntaxKind.Block) return lowerStatements(cx, [node], at);
  const scope = cx.bound.scopes.get(node);
  return lowerScoped(scope, at, span(cx, node), (inner) => lowerStatements(cx, (node as tsc.Block).statements, inner));
}

/** Runs `lower` inside `scope`, wrapped in a `scope` statement when it has a record of its own. */
export function lowerScoped(scope: Scope | undefined, at: Place, s: Span, lower: (inner: Place) => Stmt[]): Stmt[] {
  if (scope === undefined) return [{ s: "opaque", reason: "nested too deeply", at: s.at, end: s.end }];
  const body = lower(scope.ownRecord ? inScope(at, scope) : { ...at, scope });
  return scope.ownRecord ? [{ s: "scope", hoisted: scope.record.hoisted, body, at: s.at, end: s.end }] : body;
}

function lowerStatement(cx: Context, node: tsc.Statement, at: Place, out: Stmt[]): void {
  nested(
    cx,
    () => lowerKind(cx, node, at, out),
    () => void out.push({ s: "opaque", reason: "nested too deeply", ...span(cx, node) }),
  );
}

function lowerKind(cx: Context, node: tsc.Statement, at: Place, out: Stmt[]): void {
  const K = cx.ts.SyntaxKind;
  switch (node.kind) {
    case K.ExpressionStatement: {
      out.push({ s: "expr", e: lowerExpr(cx, (node as tsc.ExpressionStatement).expression, at), ...span(cx, node) });
      return;
    }
    case K.VariableStatement: {
      const statement = node as tsc.VariableStatement;
      if (isDeclare(cx.ts, node)) declareAmbient(cx, node);
      else lowerVariables(cx, statement.declarationList, at, out, statement);
      return;
    }
    case K.ReturnStatement: {
      const { expression } = node as tsc.ReturnStatement;
      out.push({ s: "return", ...(expression !== undefined && { e: lowerExpr(cx, expression, at) }), ...span(cx, node) });
      return;
    }
    case K.IfStatement:
      lowerIf(cx, node as tsc.IfStatement, at, out);
      return;
    case K.Block: {
      const scope = cx.bound.scopes.get(node);
      const body = lowerBranch(cx, node, at);
      if (scope?.ownRecord === true) out.push(...body);
      else out.push({ s: "block", body, ...span(cx, node) });
      return;
    }
    case K.FunctionDeclaration:
      lowerFunctionDeclaration(cx, node as tsc.FunctionDeclaration, at, out);
      return;
    case K.ClassDeclaration:
      lowerClassDeclaration(cx, node as tsc.ClassDeclaration, at, out);
      return;
    case K.ThrowStatement:
      out.push({ s: "throw", e: lowerExpr(cx, (node as tsc.ThrowStatement).expression, at), ...span(cx, node) });
      return;
    case K.ForStatement:
      out.push(...lowerFor(cx, node as tsc.ForStatement, at));
      return;
    case K.ForOfStatement:
      out.push(lowerForOf(cx, node as tsc.ForOfStatement, at));
      return;
    case K.ForInStatement:
      out.push(lowerForIn(cx, node as tsc.ForInStatement, at));
      return;
    case K.WhileStatement:
    case K.DoStatement:
      out.push(lowerWhile(cx, node as tsc.WhileStatement | tsc.DoStatement, at));
      return;
    case K.LabeledStatement:
      out.push(...lowerLabeled(cx, node as tsc.LabeledStatement, at));
      return;
    case K.BreakStatement:
    case K.ContinueStatement: {
      const { label } = node as tsc.BreakOrContinueStatement;
      out.push({
        s: node.kind === K.BreakStatement ? "break" : "continue",
        ...(label !== undefined && { label: label.text }),
        ...span(cx, node),
      });
      return;
    }
    case K.SwitchStatement:
      out.push(...lowerSwitch(cx, node as tsc.SwitchStatement, at));
      return;
    case K.TryStatement:
      out.push(...lowerTry(cx, node as tsc.TryStatement, at));
      return;
    case K.WithStatement:
      out.push({ s: "opaque", reason: "with", ...span(cx, node) });
      return;
    case K.EnumDeclaration:
      out.push(...lowerEnum(cx, node as tsc.EnumDeclaration, at));
      return;
    case K.ModuleDeclaration:
      if (isInstantiated(cx.ts, node as tsc.ModuleDeclaration)) out.push(...lowerNamespace(cx, node as tsc.ModuleDeclaration, at));
      else declareAmbient(cx, node);
      return;
    case K.InterfaceDeclaration:
    case K.TypeAliasDeclaration:
      declareType(cx, node);
      return;
    case K.ExportAssignment: {
      const { isExportEquals, expression } = node as tsc.ExportAssignment;
      const s = span(cx, node);
      const tags = tagsOf(cx, node);
      const slot = isExportEquals === true ? EXPORT_EQUALS_SLOT : DEFAULT_SLOT;
      const hint = { name: isExportEquals === true ? "" : "default", ...(tags !== undefined && { tags }) };
      const target = writeName(slot, at, s);
      out.push({ s: "bind", target, init: lowerExpr(cx, expression, at, hint), kind: "const", ...(tags !== undefined && { tags }), ...s });
      return;
    }
    case K.ImportEqualsDeclaration:
      lowerImportAlias(cx, node as tsc.ImportEqualsDeclaration, at, out);
      return;
    case K.EmptyStatement:
    case K.DebuggerStatement:
    case K.ImportDeclaration:
    case K.ExportDeclaration:
    case K.NamespaceExportDeclaration:
    case K.MissingDeclaration:
      return;
    default:
      out.push({ s: "opaque", reason: K[node.kind] ?? "unknown syntax", ...span(cx, node) });
  }
}

/** The declarations of `const a = 1, b = 2`; `owner` is the statement whose comment may hold tags. */
export function lowerVariables(cx: Context, list: tsc.VariableDeclarationList, at: Place, out: Stmt[], owner?: tsc.Node): void {
  const N = cx.ts.NodeFlags;
  const block = isBlockScoped(cx.ts, list);
  const flags = list.flags & N.BlockScoped;
  const kind = !block ? "var" : flags === N.Const ? "const" : flags === N.Let ? "let" : "using";
  const tags = owner === undefined ? undefined : tagsOf(cx, owner);
  for (const d of list.declarations) {
    if (d.initializer === undefined && kind === "var") continue;
    const type = d.type === undefined ? undefined : lowerType(cx, d.type);
    const target: Pattern = bindingTarget(cx, d.name, at, type);
    const name = d.name.kind === cx.ts.SyntaxKind.Identifier ? (d.name as tsc.Identifier).text : "";
    const init = d.initializer === undefined ? undefined : lowerExpr(cx, d.initializer, at, { name, ...(tags !== undefined && { tags }) });
    out.push({
      s: "bind",
      target,
      ...(init !== undefined && { init }),
      kind,
      ...(type !== undefined && { type }),
      ...(tags !== undefined && { tags }),
      ...span(cx, d),
    });
  }
}

function lowerFunctionDeclaration(cx: Context, node: tsc.FunctionDeclaration, at: Place, out: Stmt[]): void {
  if (node.body === undefined || isDeclare(cx.ts, node)) {
    declareAmbient(cx, node);
    return;
  }
  const name = node.name?.text ?? (isDefaultExport(cx.ts, node) ? DEFAULT_SLOT : "");
  const fn = addFunction(cx, node, at, { kind: "function" });
  const own = at.scope.names.get(name);
  if (fn === undefined) {
    out.push({ s: "opaque", reason: "nested too deeply", ...span(cx, node) });
    return;
  }
  if (own?.k !== "variable" || own.record === undefined) return;
  own.record.hoisted.push({ slot: own.slot, fn });
  cx.begun.add(own);
  if (!cx.bound.annexB.has(node)) return;
  // In sloppy code the declaration, when reached, also assigns the function's variable of that name.
  const s = span(cx, node);
  let scope = at.scope;
  while (scope.kind !== "function" && scope.parent !== undefined) scope = scope.parent;
  const outer = scope.names.get(name);
  if (outer?.k !== "variable" || outer === own) return;
  out.push({ s: "expr", e: { e: "assign", target: writeName(name, { ...at, scope }, s), v: readName(name, at, s), ...s }, ...s });
}

function lowerClassDeclaration(cx: Context, node: tsc.ClassDeclaration, at: Place, out: Stmt[]): void {
  if (isDeclare(cx.ts, node)) {
    declareAmbient(cx, node);
    return;
  }
  const name = node.name?.text ?? (isDefaultExport(cx.ts, node) ? DEFAULT_SLOT : "");
  const s = span(cx, node);
  const own = lookup(at.scope, name);
  if (own !== undefined) cx.begun.add(own);
  const cls = addClass(cx, node, at, { name: "default" }, own?.k === "variable" && node.name !== undefined ? own : undefined);
  out.push({ s: "bind", target: writeName(name, at, s), init: { e: "class", cls, ...s }, kind: "const", ...s });
}

/** An `else if` chain longer than this is a labelled block that each branch leaves: later stages need no deep stack. */
const FLATTEN_FROM = 64;

function lowerIf(cx: Context, node: tsc.IfStatement, at: Place, out: Stmt[]): void {
  const K = cx.ts.SyntaxKind;
  const links: tsc.IfStatement[] = [];
  let n: tsc.Statement | undefined = node;
  while (n !== undefined && n.kind === K.IfStatement) {
    links.push(n as tsc.IfStatement);
    n = (n as tsc.IfStatement).elseStatement;
  }
  const lowered = links.map((l) => ({ test: lowerExpr(cx, l.expression, at), then: lowerBranch(cx, l.thenStatement, at), ...span(cx, l) }));
  let last = n === undefined ? undefined : lowerBranch(cx, n, at);
  if (links.length > FLATTEN_FROM) {
    const label = "*else*";
    const body: Stmt[] = lowered.map((l) => ({
      s: "if",
      test: l.test,
      then: [...l.then, { s: "break", label, at: l.end, end: l.end }],
      at: l.at,
      end: l.end,
    }));
    const s = span(cx, node);
    out.push({ s: "labeled", label, body: { s: "block", body: [...body, ...(last ?? [])], ...s }, ...s });
    return;
  }
  for (let i = lowered.length - 1; i >= 0; i--) {
    const l = lowered[i];
    if (l !== undefined) last = [{ s: "if", test: l.test, then: l.then, ...(last !== undefined && { else: last }), at: l.at, end: l.end }];
  }
  out.push(...(last ?? []));
}

/** The cases share one scope; when it has a record, that wraps the whole statement. */
function lowerSwitch(cx: Context, node: tsc.SwitchStatement, at: Place): Stmt[] {
  const scope = cx.bound.scopes.get(node.caseBlock);
  const s = span(cx, node);
  return lowerScoped(scope, at, s, (inner) => {
    const e = lowerExpr(cx, node.expression, { ...inner, scope: at.scope });
    const cases = node.caseBlock.clauses.map((c) => ({
      ...(c.kind === cx.ts.SyntaxKind.CaseClause && { test: lowerExpr(cx, (c as tsc.CaseClause).expression, inner) }),
      body: lowerStatements(cx, c.statements, inner),
    }));
    return [{ s: "switch", e, cases, ...s }];
  });
}

/** The `catch` parameter and block share a scope; when it has a record, that wraps the whole statement: each run catches once. */
function lowerTry(cx: Context, node: tsc.TryStatement, at: Place): Stmt[] {
  const s = span(cx, node);
  const clause = node.catchClause;
  const build = (inner: Place, outer: Place): Stmt[] => {
    const block = lowerBranch(cx, node.tryBlock, outer);
    const variable = clause?.variableDeclaration;
    const type = variable?.type === undefined ? undefined : lowerType(cx, variable.type);
    const param = variable === undefined ? undefined : bindingTarget(cx, variable.name, inner, type);
    const handler = clause === undefined ? undefined : lowerStatements(cx, clause.block.statements, inner);
    const finalizer = node.finallyBlock === undefined ? undefined : lowerBranch(cx, node.finallyBlock, outer);
    return [
      {
        s: "try",
        block,
        ...(param !== undefined && { param }),
        ...(handler !== undefined && { handler }),
        ...(finalizer !== undefined && { finalizer }),
        ...s,
      },
    ];
  };
  if (clause === undefined) return build(at, at);
  return lowerScoped(cx.bound.scopes.get(clause), at, s, (inner) => build(inner, { ...inner, scope: at.scope }));
}

/** `import A = N.B`. */
function lowerImportAlias(cx: Context, node: tsc.ImportEqualsDeclaration, at: Place, out: Stmt[]): void {
  const K = cx.ts.SyntaxKind;
  const reference = node.moduleReference;
  if (reference.kind === K.ExternalModuleReference) return;
  declareType(cx, node);
  if (node.isTypeOnly || hasModifier(node, K.DeclareKeyword)) return;
  const s = span(cx, node);
  out.push({
    s: "bind",
    target: writeName(node.name.text, at, s),
    init: entityValue(cx, reference as tsc.EntityName, at),
    kind: "const",
    ...s,
  });
}

function entityValue(cx: Context, name: tsc.EntityName, at: Place): Expr {
  const s = span(cx, name);
  if (name.kind === cx.ts.SyntaxKind.Identifier) return readName((name as tsc.Identifier).text, at, s);
  const { left, right } = name as tsc.QualifiedName;
  return { e: "member", o: entityValue(cx, left, at), key: { e: "const", v: right.text, ...span(cx, right) }, ...s };
}
