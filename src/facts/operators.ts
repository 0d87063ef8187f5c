/** Operators: binary, logical, assignment, update, `delete`, `?:`. */
import type * as tsc from "typescript";
import { memberKey } from "./chains.js";
import { type Context, type Hint, type Place, constant, span } from "./context.js";
import { lowerExpr, opaque } from "./expressions.js";
import type { Expr, Span } from "./ir.js";
import { assignmentTarget } from "./patterns.js";
import { isAssignmentOperator, unwrapTarget } from "./syntax.js";

/** Chains of one associative operator longer than this become balanced trees, so that later stages need no deep stack. */
const BALANCE_FROM = 128;
const ASSOCIATIVE = new Set(["+", "&&", "||", "??", "|", "&", "*"]);

/** `l op r`, with the whole left spine (`a + b + c …`) lowered in a loop. */
export function lowerBinary(cx: Context, node: tsc.BinaryExpression, at: Place): Expr {
  if (isAssignmentOperator(cx.ts, node.operatorToken.kind)) return lowerAssignment(cx, node, at);
  const spine: tsc.BinaryExpression[] = [];
  let left: tsc.Expression = node;
  while (
    left.kind === cx.ts.SyntaxKind.BinaryExpression &&
    !isAssignmentOperator(cx.ts, (left as tsc.BinaryExpression).operatorToken.kind)
  ) {
    spine.push(left as tsc.BinaryExpression);
    left = (left as tsc.BinaryExpression).left;
  }
  const first = lowerExpr(cx, left, at);
  if (spine.length > BALANCE_FROM) {
    const op = operator(cx, node);
    // Strings, counts and conditions are all the same either way; only a sum that turns from numbers to text midway is not.
    if (ASSOCIATIVE.has(op) && spine.every((b) => b.operatorToken.kind === node.operatorToken.kind)) {
      const operands = [first];
      for (let i = spine.length - 1; i >= 0; i--) {
        const b = spine[i];
        if (b !== undefined) operands.push(lowerExpr(cx, b.right, at));
      }
      return balanced(op, operands, 0, operands.length);
    }
  }
  let value = first;
  for (let i = spine.length - 1; i >= 0; i--) {
    const b = spine[i];
    if (b === undefined) continue;
    const r = lowerExpr(cx, b.right, at);
    const s = span(cx, b);
    if (b.operatorToken.kind === cx.ts.SyntaxKind.CommaToken)
      value = { e: "seq", es: value.e === "seq" && i < spine.length - 1 ? [...value.es, r] : [value, r], ...s };
    else value = combine(operator(cx, b), value, r, s);
  }
  return value;
}

function operator(cx: Context, b: tsc.BinaryExpression): string {
  return cx.ts.tokenToString(b.operatorToken.kind) ?? "";
}

function combine(op: string, l: Expr, r: Expr, s: Span): Expr {
  if (op === "&&" || op === "||" || op === "??") return { e: "logical", op, l, r, at: s.at, end: s.end };
  return { e: "binary", op, l, r, at: s.at, end: s.end };
}

function balanced(op: string, operands: readonly Expr[], from: number, to: number): Expr {
  const first = operands[from] as Expr;
  if (to - from === 1) return first;
  const middle = (from + to) >> 1;
  const l = balanced(op, operands, from, middle);
  const r = balanced(op, operands, middle, to);
  return combine(op, l, r, { at: l.at, end: r.end });
}

function lowerAssignment(cx: Context, node: tsc.BinaryExpression, at: Place): Expr {
  const token = operator(cx, node);
  const target = assignmentTarget(cx, node.left, at);
  const v = lowerExpr(cx, node.right, at, token === "=" ? assignedName(cx, node.left) : undefined);
  if (token === "=") return { e: "assign", target, v, ...span(cx, node) };
  return { e: "assign", target, v, op: token.slice(0, -1), ...span(cx, node) };
}

/** A function that is assigned is known by the name of what it is assigned to. */
function assignedName(cx: Context, left: tsc.Expression): Hint | undefined {
  const n = unwrapTarget(cx.ts, left);
  if (n.kind === cx.ts.SyntaxKind.Identifier) return { name: (n as tsc.Identifier).text };
  if (n.kind === cx.ts.SyntaxKind.PropertyAccessExpression) return { name: (n as tsc.PropertyAccessExpression).name.text };
  return undefined;
}

export function lowerPrefix(cx: Context, node: tsc.PrefixUnaryExpression, at: Place): Expr {
  const K = cx.ts.SyntaxKind;
  const s = span(cx, node);
  switch (node.operator) {
    case K.PlusPlusToken:
    case K.MinusMinusToken:
      return {
        e: "update",
        target: assignmentTarget(cx, node.operand, at),
        op: node.operator === K.PlusPlusToken ? "++" : "--",
        prefix: true,
        ...s,
      };
    case K.ExclamationToken:
      return { e: "unary", op: "!", v: lowerExpr(cx, node.operand, at), ...s };
    case K.MinusToken:
      return { e: "unary", op: "-", v: lowerExpr(cx, node.operand, at), ...s };
    case K.PlusToken:
      return { e: "unary", op: "+", v: lowerExpr(cx, node.operand, at), ...s };
    case K.TildeToken:
      return { e: "unary", op: "~", v: lowerExpr(cx, node.operand, at), ...s };
    default:
      return opaque("unary operator", s);
  }
}

export function lowerPostfix(cx: Context, node: tsc.PostfixUnaryExpression, at: Place): Expr {
  const op = node.operator === cx.ts.SyntaxKind.PlusPlusToken ? "++" : "--";
  return { e: "update", target: assignmentTarget(cx, node.operand, at), op, prefix: false, ...span(cx, node) };
}

/** `delete o.k`. Deleting anything else has no effect beyond evaluating it. */
export function lowerDelete(cx: Context, node: tsc.DeleteExpression, at: Place): Expr {
  const K = cx.ts.SyntaxKind;
  const s = span(cx, node);
  const n = unwrapTarget(cx.ts, node.expression);
  if (n.kind === K.PropertyAccessExpression || n.kind === K.ElementAccessExpression) {
    const access = n as tsc.PropertyAccessExpression | tsc.ElementAccessExpression;
    return { e: "delete", o: lowerExpr(cx, access.expression, at), key: memberKey(cx, access, at), ...s };
  }
  return { e: "seq", es: [lowerExpr(cx, n, at), constant(true, s)], ...s };
}

/** `a ? b : c ? d : e`, lowered from the last alternative backwards. */
export function lowerConditional(cx: Context, node: tsc.ConditionalExpression, at: Place): Expr {
  const links: { readonly node: tsc.ConditionalExpression; readonly test: Expr; readonly then: Expr }[] = [];
  let n: tsc.Expression = node;
  while (n.kind === cx.ts.SyntaxKind.ConditionalExpression) {
    const c = n as tsc.ConditionalExpression;
    links.push({ node: c, test: lowerExpr(cx, c.condition, at), then: lowerExpr(cx, c.whenTrue, at) });
    n = c.whenFalse;
  }
  let value = lowerExpr(cx, n, at);
  for (let i = links.length - 1; i >= 0; i--) {
    const l = links[i];
    if (l !== undefined) value = { e: "cond", test: l.test, then: l.then, else: value, ...span(cx, l.node) };
  }
  return value;
}
