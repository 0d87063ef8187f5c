/** Expressions. This file only tells the kinds apart; chains, operators, literals, functions, classes and JSX have files of their own. */
import type * as tsc from "typescript";
import { lowerCallChain } from "./chains.js";
import { lowerClassExpression } from "./classes.js";
import { type Context, type Hint, type Place, constant, nested, readName, span } from "./context.js";
import { lowerFunction } from "./functions.js";
import type { Arg, Expr, Span, TypeIR } from "./ir.js";
import { typedByDoc } from "./jsdoc.js";
import { lowerJsx } from "./jsx.js";
import { bigText, lowerArray, lowerNumber, lowerObject, lowerTagged, lowerTemplate } from "./literals.js";
import { lowerBinary, lowerConditional, lowerDelete, lowerPostfix, lowerPrefix } from "./operators.js";
import { lowerType } from "./types.js";
import { keyText } from "./syntax.js";

/** Lowers an expression evaluated at `at`. `hint` names a function or class that this expression is. */
export function lowerExpr(cx: Context, node: tsc.Expression, at: Place, hint?: Hint): Expr {
  return nested(
    cx,
    () => lowerKind(cx, node, at, hint),
    () => opaque("nested too deeply", span(cx, node)),
  );
}

export function opaque(reason: string, s: Span): Expr {
  return { e: "opaque", reason, at: s.at, end: s.end };
}

function lowerKind(cx: Context, node: tsc.Expression, at: Place, hint: Hint | undefined): Expr {
  const K = cx.ts.SyntaxKind;
  switch (node.kind) {
    case K.Identifier:
      return lowerIdentifier(cx, node as tsc.Identifier, at);
    case K.StringLiteral:
    case K.NoSubstitutionTemplateLiteral:
      return constant((node as tsc.StringLiteral).text, span(cx, node));
    case K.PropertyAccessExpression:
    case K.ElementAccessExpression:
    case K.CallExpression:
      return lowerCallChain(cx, node, at);
    case K.NonNullExpression:
      return lowerExpr(cx, (node as tsc.NonNullExpression).expression, at, hint);
    case K.ParenthesizedExpression:
      return typedByDoc(cx, node, lowerExpr(cx, (node as tsc.ParenthesizedExpression).expression, at, hint));
    case K.ObjectLiteralExpression:
      return lowerObject(cx, node as tsc.ObjectLiteralExpression, at);
    case K.BinaryExpression:
      return lowerBinary(cx, node as tsc.BinaryExpression, at);
    case K.ArrowFunction:
    case K.FunctionExpression: {
      const kind = node.kind === K.ArrowFunction ? "arrow" : "function";
      return lowerFunction(cx, node as tsc.ArrowFunction | tsc.FunctionExpression, at, { kind, ...(hint !== undefined && { hint }) });
    }
    case K.NumericLiteral:
      return lowerNumber((node as tsc.NumericLiteral).text, span(cx, node));
    case K.ThisKeyword:
      return { e: "this", ...span(cx, node) };
    case K.SuperKeyword:
      return { e: "super", ...span(cx, node) };
    case K.NullKeyword:
      return constant(null, span(cx, node));
    case K.TrueKeyword:
    case K.FalseKeyword:
      return constant(node.kind === K.TrueKeyword, span(cx, node));
    case K.BigIntLiteral:
      return { e: "const", v: bigText((node as tsc.BigIntLiteral).text), big: true, ...span(cx, node) };
    case K.RegularExpressionLiteral: {
      const text = (node as tsc.RegularExpressionLiteral).text;
      const slash = text.lastIndexOf("/");
      return { e: "regex", source: text.slice(1, slash), flags: text.slice(slash + 1), ...span(cx, node) };
    }
    case K.TemplateExpression:
      return lowerTemplate(cx, node as tsc.TemplateExpression, at);
    case K.TaggedTemplateExpression:
      return lowerTagged(cx, node as tsc.TaggedTemplateExpression, at);
    case K.ArrayLiteralExpression:
      return lowerArray(cx, node as tsc.ArrayLiteralExpression, at);
    case K.AwaitExpression:
      return { e: "await", v: lowerExpr(cx, (node as tsc.AwaitExpression).expression, at), ...span(cx, node) };
    case K.YieldExpression: {
      const { expression, asteriskToken } = node as tsc.YieldExpression;
      const delegate = asteriskToken !== undefined;
      return { e: "yield", ...(expression !== undefined && { v: lowerExpr(cx, expression, at) }), delegate, ...span(cx, node) };
    }
    case K.ConditionalExpression:
      return lowerConditional(cx, node as tsc.ConditionalExpression, at);
    case K.NewExpression: {
      const { expression, arguments: args, typeArguments } = node as tsc.NewExpression;
      const f = lowerExpr(cx, expression, at);
      return { e: "new", f, args: lowerArgs(cx, args ?? [], at), ...lowerTypeArgs(cx, typeArguments), ...span(cx, node) };
    }
    case K.PrefixUnaryExpression:
      return lowerPrefix(cx, node as tsc.PrefixUnaryExpression, at);
    case K.PostfixUnaryExpression:
      return lowerPostfix(cx, node as tsc.PostfixUnaryExpression, at);
    case K.TypeOfExpression:
      return { e: "unary", op: "typeof", v: lowerExpr(cx, (node as tsc.TypeOfExpression).expression, at), ...span(cx, node) };
    case K.VoidExpression:
      return { e: "unary", op: "void", v: lowerExpr(cx, (node as tsc.VoidExpression).expression, at), ...span(cx, node) };
    case K.DeleteExpression:
      return lowerDelete(cx, node as tsc.DeleteExpression, at);
    case K.AsExpression:
    case K.TypeAssertionExpression: {
      const { expression, type } = node as tsc.AsExpression | tsc.TypeAssertion;
      const v = lowerExpr(cx, expression, at, hint);
      return { e: "cast", v, ...(!isConstType(cx, type) && { type: lowerType(cx, type) }), ...span(cx, node) };
    }
    case K.SatisfiesExpression: {
      const { expression, type } = node as tsc.SatisfiesExpression;
      return { e: "cast", v: lowerExpr(cx, expression, at, hint), type: lowerType(cx, type), satisfies: true, ...span(cx, node) };
    }
    case K.ClassExpression:
      return lowerClassExpression(cx, node as tsc.ClassExpression, at, hint);
    case K.MetaProperty: {
      const meta = node as tsc.MetaProperty;
      if (meta.keywordToken === K.NewKeyword) return { e: "meta", name: "new.target", ...span(cx, node) };
      cx.esm = true;
      return { e: "meta", name: "import.meta", ...span(cx, node) };
    }
    case K.JsxElement:
    case K.JsxSelfClosingElement:
    case K.JsxFragment:
      return lowerJsx(cx, node as tsc.JsxElement | tsc.JsxSelfClosingElement | tsc.JsxFragment, at);
    case K.ExpressionWithTypeArguments:
      // `f<string>` without a call: the function itself.
      return lowerExpr(cx, (node as tsc.ExpressionWithTypeArguments).expression, at, hint);
    case K.PrivateIdentifier:
      return constant(keyText(cx.ts, node as unknown as tsc.PrivateIdentifier), span(cx, node));
    case K.ImportKeyword:
      return opaque("import", span(cx, node));
    default:
      return opaque(K[node.kind], span(cx, node));
  }
}

function lowerIdentifier(cx: Context, node: tsc.Identifier, at: Place): Expr {
  const s = span(cx, node);
  // The parser makes up a nameless identifier where code is missing.
  if (node.text === "") return opaque("missing", s);
  return readName(node.text, at, s);
}

/** Arguments of a call, elements of an array literal without holes. */
export function lowerArgs(cx: Context, args: readonly tsc.Expression[], at: Place): Arg[] {
  return args.map((a) => lowerArg(cx, a, at));
}

export function lowerArg(cx: Context, node: tsc.Expression, at: Place): Arg {
  if (node.kind === cx.ts.SyntaxKind.SpreadElement)
    return { e: "spread", v: lowerExpr(cx, (node as tsc.SpreadElement).expression, at), ...span(cx, node) };
  return lowerExpr(cx, node, at);
}

export function lowerTypeArgs(cx: Context, types: readonly tsc.TypeNode[] | undefined): { readonly types?: TypeIR[] } {
  return types === undefined || types.length === 0 ? {} : { types: types.map((t) => lowerType(cx, t)) };
}

function isConstType(cx: Context, type: tsc.TypeNode): boolean {
  if (type.kind !== cx.ts.SyntaxKind.TypeReference) return false;
  const name = (type as tsc.TypeReferenceNode).typeName;
  return name.kind === cx.ts.SyntaxKind.Identifier && name.text === "const";
}
