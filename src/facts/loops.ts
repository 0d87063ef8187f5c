/** Loops and labels, with fresh records per iteration where closures capture. */
import type * as tsc from "typescript";
import { type Context, type Place, inScope, span } from "./context.js";
import { isResources, untilDisposed } from "./disposal.js";
import { lowerExpr } from "./expressions.js";
import type { Pattern, Stmt } from "./ir.js";
import { assignmentTarget, bindingTarget } from "./patterns.js";
import { lowerBranch, lowerScoped, lowerStatements } from "./statements.js";
import type { Scope } from "./scope.js";
import { lowerVariables } from "./variables.js";

export function lowerWhile(cx: Context, node: tsc.WhileStatement | tsc.DoStatement, at: Place): Stmt {
  const test = lowerExpr(cx, node.expression, at);
  const kind = node.kind === cx.ts.SyntaxKind.DoStatement ? "do" : "while";
  return { s: "loop", kind, init: [], test, body: lowerBranch(cx, node.statement, at), scoped: false, ...span(cx, node) };
}

/** `wrap` is put around the loop itself, inside its record (a label). */
export function lowerFor(cx: Context, node: tsc.ForStatement, at: Place, wrap: (loop: Stmt) => Stmt = (loop) => loop): Stmt[] {
  const s = span(cx, node);
  const scope = cx.bound.scopes.get(node);
  return lowerScoped(scope, at, s, (inner) => {
    const init: Stmt[] = [];
    if (node.initializer !== undefined) {
      if (node.initializer.kind === cx.ts.SyntaxKind.VariableDeclarationList)
        lowerVariables(cx, node.initializer as tsc.VariableDeclarationList, inner, init);
      else init.push({ s: "expr", e: lowerExpr(cx, node.initializer, inner), ...span(cx, node.initializer) });
    }
    const test = node.condition === undefined ? undefined : lowerExpr(cx, node.condition, inner);
    const update = node.incrementor === undefined ? undefined : lowerExpr(cx, node.incrementor, inner);
    const body = lowerBranch(cx, node.statement, inner);
    const rest = {
      ...(test !== undefined && { test }),
      ...(update !== undefined && { update }),
      body,
      scoped: scope?.ownRecord === true,
      ...s,
    };
    const resources = resourcesIn(cx, node.initializer);
    if (resources === undefined) return [wrap({ s: "loop", kind: "for", init, ...rest })];
    return untilDisposed(cx, resources, init, [wrap({ s: "loop", kind: "for", init: [], ...rest })], inner);
  });
}

export function lowerForOf(cx: Context, node: tsc.ForOfStatement, at: Place): Stmt {
  const iter = lowerExpr(cx, node.expression, at);
  const parts = each(cx, node, at);
  return {
    s: "for-of",
    target: parts.target,
    iter,
    body: parts.body,
    await: node.awaitModifier !== undefined,
    scoped: parts.scoped,
    hoisted: parts.hoisted,
    ...span(cx, node),
  };
}

export function lowerForIn(cx: Context, node: tsc.ForInStatement, at: Place): Stmt {
  const o = lowerExpr(cx, node.expression, at);
  const parts = each(cx, node, at);
  return { s: "for-in", target: parts.target, o, body: parts.body, scoped: parts.scoped, hoisted: parts.hoisted, ...span(cx, node) };
}

function each(cx: Context, node: tsc.ForInOrOfStatement, at: Place): Parts {
  const K = cx.ts.SyntaxKind;
  const scope = cx.bound.scopes.get(node);
  if (scope === undefined) {
    const s = span(cx, node);
    return {
      target: { p: "object", props: [], ...s },
      body: [{ s: "opaque", reason: "nested too deeply", ...s }],
      scoped: false,
      hoisted: [],
    };
  }
  const inner = enter(at, scope);
  const target = eachTarget(cx, node.initializer, inner);
  const resources = resourcesIn(cx, node.initializer);
  const bodyScope = node.statement.kind === K.Block ? cx.bound.scopes.get(node.statement) : undefined;
  const lowered =
    bodyScope === undefined
      ? lowerBranch(cx, node.statement, inner)
      : lowerStatements(cx, (node.statement as tsc.Block).statements, { ...inner, scope: bodyScope });
  const body = resources === undefined ? lowered : untilDisposed(cx, resources, [], lowered, inner);
  return { target, body, scoped: scope.ownRecord, hoisted: scope.ownRecord ? scope.record.hoisted : [] };
}

interface Parts {
  readonly target: Pattern;
  readonly body: Stmt[];
  readonly scoped: boolean;
  readonly hoisted: Extract<Stmt, { s: "for-of" }>["hoisted"];
}

function enter(at: Place, scope: Scope): Place {
  return scope.ownRecord ? inScope(at, scope) : { ...at, scope };
}

function resourcesIn(cx: Context, node: tsc.ForInitializer | undefined): tsc.VariableDeclarationList | undefined {
  if (node?.kind !== cx.ts.SyntaxKind.VariableDeclarationList) return undefined;
  const list = node as tsc.VariableDeclarationList;
  return isResources(cx, list) ? list : undefined;
}

function eachTarget(cx: Context, node: tsc.ForInitializer, at: Place): Pattern {
  const s = span(cx, node);
  if (node.kind !== cx.ts.SyntaxKind.VariableDeclarationList) return assignmentTarget(cx, node, at);
  const declaration = (node as tsc.VariableDeclarationList).declarations[0];
  return declaration === undefined ? { p: "object", props: [], ...s } : bindingTarget(cx, declaration.name, at);
}

/** A label goes directly around its loop, inside the record that a `for` head may need: `continue label` finds the loop at once. */
export function lowerLabeled(cx: Context, node: tsc.LabeledStatement, at: Place): Stmt[] {
  const K = cx.ts.SyntaxKind;
  const labels: tsc.LabeledStatement[] = [];
  let inner: tsc.Statement = node;
  while (inner.kind === K.LabeledStatement) {
    labels.push(inner as tsc.LabeledStatement);
    inner = (inner as tsc.LabeledStatement).statement;
  }
  const wrap = (body: Stmt): Stmt =>
    labels.reduceRight<Stmt>((b, l) => ({ s: "labeled", label: l.label.text, body: b, ...span(cx, l) }), body);
  if (inner.kind === K.ForStatement) return lowerFor(cx, inner as tsc.ForStatement, at, wrap);
  const body = lowerStatements(cx, [inner], at);
  const only = body[0];
  return [wrap(body.length === 1 && only !== undefined ? only : { s: "block", body, ...span(cx, inner) })];
}
