/** `if`, `switch` and `try`. */
import type * as tsc from "typescript";
import { type Context, type Place, span } from "./context.js";
import { lowerExpr } from "./expressions.js";
import type { Stmt } from "./ir.js";
import { bindingTarget } from "./patterns.js";
import { lowerBranch, lowerScoped, lowerStatements } from "./statements.js";
import { lowerType } from "./types.js";

/** An `else if` chain longer than this is a labelled block that each branch leaves: later stages need no deep stack. */
const FLATTEN_FROM = 64;

/** `if` with all its `else if`s. */
export function lowerIf(cx: Context, node: tsc.IfStatement, at: Place, out: Stmt[]): void {
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
export function lowerSwitch(cx: Context, node: tsc.SwitchStatement, at: Place): Stmt[] {
  const scope = cx.bound.scopes.get(node.caseBlock);
  const s = span(cx, node);
  return lowerScoped(scope, at, s, (inner) => {
    const e = lowerExpr(cx, node.expression, { ...inner, scope: at.scope });
    const cases = node.caseBlock.clauses.map((c) => ({
      ...(c.kind === cx.ts.SyntaxKind.CaseClause && { test: lowerExpr(cx, c.expression, inner) }),
      body: lowerStatements(cx, c.statements, inner),
    }));
    return [{ s: "switch", e, cases, ...s }];
  });
}

/** The `catch` parameter and block share a scope; when it has a record, that wraps the whole statement: each run catches once. */
export function lowerTry(cx: Context, node: tsc.TryStatement, at: Place): Stmt[] {
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
