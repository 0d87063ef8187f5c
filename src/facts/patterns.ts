/** What is bound or assigned to: binding patterns of declarations, and expressions on the left of `=`. */
import type * as tsc from "typescript";
import { memberKey, noteCommonJs } from "./chains.js";
import { type Context, type Place, constant, nested, span, writeName } from "./context.js";
import { lowerExpr } from "./expressions.js";
import type { Expr, Pattern, PatternElem, PatternProp, Span, TypeIR } from "./ir.js";
import { lowerKey } from "./literals.js";
import { unwrapTarget } from "./syntax.js";

/** The target of a declaration, parameter or `catch`. `type` is its annotation. */
export function bindingTarget(cx: Context, name: tsc.BindingName, at: Place, type?: TypeIR): Pattern {
  const K = cx.ts.SyntaxKind;
  const target = bindingShape(cx, name, at, K);
  return type === undefined || target.p === "member" || target.p === "global" ? target : { ...target, type };
}

function bindingShape(cx: Context, name: tsc.BindingName, at: Place, K: typeof tsc.SyntaxKind): Pattern {
  const s = span(cx, name);
  if (name.kind === K.Identifier) return writeName(name.text, at, s);
  if (name.kind === K.ArrayBindingPattern) return arrayBinding(cx, name, at, s);
  const props: PatternProp[] = [];
  let rest: Pattern | undefined;
  for (const e of name.elements) {
    if (e.dotDotDotToken !== undefined) {
      rest = bindingTarget(cx, e.name, at);
      continue;
    }
    const key = e.propertyName === undefined ? constant(nameText(cx, e.name), span(cx, e.name)) : lowerKey(cx, e.propertyName, at);
    props.push({ key, target: bindingTarget(cx, e.name, at), ...defaultOf(cx, e.initializer, at, e.name) });
  }
  return { p: "object", props, ...(rest !== undefined && { rest }), ...s };
}

function arrayBinding(cx: Context, name: tsc.ArrayBindingPattern, at: Place, s: Span): Pattern {
  const elems: (PatternElem | null)[] = [];
  let rest: Pattern | undefined;
  for (const e of name.elements) {
    if (e.kind === cx.ts.SyntaxKind.OmittedExpression) {
      elems.push(null);
      continue;
    }
    const target = bindingTarget(cx, e.name, at);
    if (e.dotDotDotToken !== undefined) rest = target;
    else elems.push({ target, ...defaultOf(cx, e.initializer, at, e.name) });
  }
  return { p: "array", elems, ...(rest !== undefined && { rest }), ...s };
}

function nameText(cx: Context, name: tsc.BindingName): string {
  return name.kind === cx.ts.SyntaxKind.Identifier ? name.text : "";
}

function defaultOf(cx: Context, node: tsc.Expression | undefined, at: Place, name?: tsc.BindingName): { readonly default?: Expr } {
  if (node === undefined) return {};
  return { default: lowerExpr(cx, node, at, name === undefined ? undefined : { name: nameText(cx, name) }) };
}

/** The target of an assignment. What cannot be assigned to becomes a pattern that takes nothing. */
export function assignmentTarget(cx: Context, node: tsc.Expression, at: Place): Pattern {
  return nested(
    cx,
    () => targetKind(cx, unwrapTarget(cx.ts, node), at),
    () => nothing(span(cx, node)),
  );
}

function nothing(s: Span): Pattern {
  return { p: "object", props: [], at: s.at, end: s.end };
}

function targetKind(cx: Context, node: tsc.Expression, at: Place): Pattern {
  const K = cx.ts.SyntaxKind;
  const s = span(cx, node);
  switch (node.kind) {
    case K.Identifier:
      return (node as tsc.Identifier).text === "" ? nothing(s) : writeName((node as tsc.Identifier).text, at, s);
    case K.PropertyAccessExpression:
    case K.ElementAccessExpression: {
      const access = node as tsc.PropertyAccessExpression | tsc.ElementAccessExpression;
      const o = lowerExpr(cx, access.expression, at);
      noteCommonJs(cx, access, o);
      return { p: "member", o, key: memberKey(cx, access, at), ...s };
    }
    case K.ObjectLiteralExpression:
      return objectTarget(cx, node as tsc.ObjectLiteralExpression, at, s);
    case K.ArrayLiteralExpression:
      return arrayTarget(cx, node as tsc.ArrayLiteralExpression, at, s);
    default:
      return nothing(s);
  }
}

function objectTarget(cx: Context, node: tsc.ObjectLiteralExpression, at: Place, s: Span): Pattern {
  const K = cx.ts.SyntaxKind;
  const props: PatternProp[] = [];
  let rest: Pattern | undefined;
  for (const p of node.properties) {
    switch (p.kind) {
      case K.ShorthandPropertyAssignment: {
        const { name, objectAssignmentInitializer } = p;
        const n = span(cx, name);
        props.push({
          key: constant(name.text, n),
          target: writeName(name.text, at, n),
          ...defaultOf(cx, objectAssignmentInitializer, at, name),
        });
        break;
      }
      case K.PropertyAssignment: {
        const { name, initializer } = p;
        props.push({ key: lowerKey(cx, name, at), ...withDefault(cx, initializer, at) });
        break;
      }
      case K.SpreadAssignment:
        rest = assignmentTarget(cx, p.expression, at);
        break;
      default:
        break;
    }
  }
  return { p: "object", props, ...(rest !== undefined && { rest }), ...s };
}

function arrayTarget(cx: Context, node: tsc.ArrayLiteralExpression, at: Place, s: Span): Pattern {
  const K = cx.ts.SyntaxKind;
  const elems: (PatternElem | null)[] = [];
  let rest: Pattern | undefined;
  for (const e of node.elements) {
    if (e.kind === K.OmittedExpression) elems.push(null);
    else if (e.kind === K.SpreadElement) rest = assignmentTarget(cx, (e as tsc.SpreadElement).expression, at);
    else elems.push(withDefault(cx, e, at));
  }
  return { p: "array", elems, ...(rest !== undefined && { rest }), ...s };
}

/** `target = default` inside an assignment pattern. */
function withDefault(cx: Context, node: tsc.Expression, at: Place): PatternElem {
  const K = cx.ts.SyntaxKind;
  if (node.kind === K.BinaryExpression && (node as tsc.BinaryExpression).operatorToken.kind === K.EqualsToken) {
    const { left, right } = node as tsc.BinaryExpression;
    return { target: assignmentTarget(cx, left, at), ...defaultOf(cx, right, at) };
  }
  return { target: assignmentTarget(cx, node, at) };
}
