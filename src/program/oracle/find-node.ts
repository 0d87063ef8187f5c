/** From a span to the node. */
import type ts from "typescript";
import type { Ts } from "../problems.js";

/**
 * The expression that spans exactly [at, end), else the smallest node that does; casts, `!` and parentheses taken off. Undefined when
 * no node spans it.
 */
export function findNode(source: ts.SourceFile, at: number, end: number, ts: Ts): ts.Node | undefined {
  let found: ts.Node | undefined;
  const enter = (node: ts.Node): void => {
    if (node.pos > at || node.end < end) return;
    if (node.end === end && node.getStart(source) === at && (found === undefined || !ts.isExpression(found))) found = node;
    ts.forEachChild(node, enter);
  };
  ts.forEachChild(source, enter);
  return found && bare(found, ts);
}

/** `(a.b as T)!` → `a.b`. */
export function bare(node: ts.Node, ts: Ts): ts.Node {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  )
    inner = inner.expression;
  return inner;
}

/** The smallest node that begins at an offset: a name. */
export function nodeAt(source: ts.SourceFile, at: number, ts: Ts): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) === at) found = node;
    if (node.pos <= at && at < node.end) ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}
