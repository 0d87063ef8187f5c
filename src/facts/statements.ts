/** Statements. Loops, enums, namespaces and declarations without run-time effect have files of their own. */
import type * as tsc from "typescript";
import { DEFAULT_SLOT, EXPORT_EQUALS_SLOT } from "./binder.js";
import { lowerIf, lowerSwitch, lowerTry } from "./branches.js";
import { type Context, type Place, inScope, nested, span, writeName } from "./context.js";
import { declareAmbient, declareType } from "./declarations.js";
import { resourcesOf, untilDisposed } from "./disposal.js";
import { lowerEnum } from "./enums.js";
import { lowerExpr } from "./expressions.js";
import type { Span, Stmt } from "./ir.js";
import { typedByDoc } from "./jsdoc.js";
import { lowerFor, lowerForIn, lowerForOf, lowerLabeled, lowerWhile } from "./loops.js";
import { lowerNamespace } from "./namespaces.js";
import type { Scope } from "./scope.js";
import { isDeclare, isInstantiated } from "./syntax.js";
import { tagsOf } from "./tags.js";
import { lowerClassDeclaration, lowerFunctionDeclaration, lowerImportAlias, lowerVariables } from "./variables.js";

/** Lowers a list of statements; each may yield none (types, hoisted functions) or several (`const a = 1, b = 2`). */
export function lowerStatements(cx: Context, nodes: readonly tsc.Statement[], at: Place): Stmt[] {
  const out: Stmt[] = [];
  for (const [i, n] of nodes.entries()) {
    const resources = resourcesOf(cx, n);
    if (resources === undefined) {
      lowerStatement(cx, n, at, out);
      continue;
    }
    const declared = lowerOne(cx, n, at);
    return [...out, ...untilDisposed(cx, resources, declared, lowerStatements(cx, nodes.slice(i + 1), at), at)];
  }
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

function lowerOne(cx: Context, node: tsc.Statement, at: Place): Stmt[] {
  const out: Stmt[] = [];
  lowerStatement(cx, node, at, out);
  return out;
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
      const e = lowerExpr(cx, (node as tsc.ExpressionStatement).expression, at);
      out.push({ s: "expr", e: e.e === "assign" ? { ...e, v: typedByDoc(cx, node, e.v) } : e, ...span(cx, node) });
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
      out.push({ s: "opaque", reason: K[node.kind], ...span(cx, node) });
  }
}
