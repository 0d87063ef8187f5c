/** Chains of property accesses and calls, `a.b(c)?.d[e]`, built up from the innermost so that long builder chains cost no stack. */
import type * as tsc from "typescript";
import { type Context, type Place, constant, span } from "./context.js";
import { isRequire } from "./create-require.js";
import { lowerArgs, lowerExpr, lowerTypeArgs, opaque } from "./expressions.js";
import type { Expr } from "./ir.js";
import { typedByDoc } from "./jsdoc.js";
import { keyText } from "./syntax.js";

type Link =
  tsc.PropertyAccessExpression | tsc.ElementAccessExpression | tsc.CallExpression | tsc.NonNullExpression | tsc.ParenthesizedExpression;

/** Lowers a property access or call with everything to its left. */
export function lowerCallChain(cx: Context, node: tsc.Expression, at: Place): Expr {
  const links: Link[] = [];
  let n = node;
  while (isLink(cx, n)) {
    links.push(n);
    n = n.expression;
  }
  // Parentheses right at the start belong to whatever is inside them.
  let value = n.kind === cx.ts.SyntaxKind.ImportKeyword ? undefined : lowerExpr(cx, n, at);
  for (let i = links.length - 1; i >= 0; i--) {
    const link = links[i];
    if (link !== undefined) value = lowerLink(cx, link, value, at);
  }
  return value ?? opaque("import", span(cx, node));
}

function isLink(cx: Context, n: tsc.Expression): n is Link {
  const K = cx.ts.SyntaxKind;
  switch (n.kind) {
    case K.PropertyAccessExpression:
    case K.ElementAccessExpression:
    case K.CallExpression:
    case K.NonNullExpression:
    case K.ParenthesizedExpression:
      return true;
    default:
      return false;
  }
}

/** `inner` is the lowered left side; undefined for the keyword `import` of `import(…)`. */
function lowerLink(cx: Context, node: Link, inner: Expr | undefined, at: Place): Expr | undefined {
  const K = cx.ts.SyntaxKind;
  if (node.kind === K.NonNullExpression) return inner;
  if (node.kind === K.ParenthesizedExpression) return inner && typedByDoc(cx, node, inner);
  if (node.kind === K.CallExpression) return lowerCall(cx, node, inner, at);
  const s = span(cx, node);
  if (inner === undefined) return opaque("import", s);
  noteCommonJs(cx, node, inner);
  const key = memberKey(cx, node, at);
  const opt = node.questionDotToken !== undefined;
  return opt ? { e: "member", o: inner, key, opt, ...s } : { e: "member", o: inner, key, ...s };
}

/** The key of a property access; a private name is the constant `#x`. */
export function memberKey(cx: Context, node: tsc.PropertyAccessExpression | tsc.ElementAccessExpression, at: Place): Expr {
  if (node.kind === cx.ts.SyntaxKind.ElementAccessExpression) return lowerExpr(cx, node.argumentExpression, at);
  const name = node.name;
  return constant(keyText(cx.ts, name), span(cx, name));
}

function lowerCall(cx: Context, node: tsc.CallExpression, f: Expr | undefined, at: Place): Expr {
  const s = span(cx, node);
  const spec = node.arguments[0];
  if (f === undefined) {
    if (spec === undefined) return opaque("import", s);
    return { e: "dynamic-import", spec: requested(cx, lowerExpr(cx, spec, at)), ...s };
  }
  if (spec !== undefined && spec.kind !== cx.ts.SyntaxKind.SpreadElement && isRequire(cx, node.expression, at)) {
    cx.commonjs ||= f.e === "global";
    return { e: "dynamic-import", spec: requested(cx, lowerExpr(cx, spec, at)), require: true, ...s };
  }
  const args = lowerArgs(cx, node.arguments, at);
  const opt = node.questionDotToken !== undefined;
  return { e: "call", f, args, ...(opt && { opt }), ...lowerTypeArgs(cx, node.typeArguments), ...s };
}

/** Notes what module is asked for, where that is a constant. */
function requested(cx: Context, spec: Expr): Expr {
  if (spec.e === "const" && typeof spec.v === "string") cx.requested.push(spec.v);
  return spec;
}

/** `module.exports` and `exports.x` of the CommonJS globals. */
export function noteCommonJs(cx: Context, node: tsc.PropertyAccessExpression | tsc.ElementAccessExpression, inner: Expr): void {
  if (inner.e !== "global") return;
  if (inner.name === "exports") cx.commonjs = true;
  else if (inner.name === "module" && node.kind === cx.ts.SyntaxKind.PropertyAccessExpression) {
    if (node.name.text === "exports") cx.commonjs = true;
  }
}
