/** Literals: numbers, templates, arrays and objects, and the names of properties. */
import type * as tsc from "typescript";
import { type Context, type Hint, type Place, constant, readName, span } from "./context.js";
import { lowerArg, lowerExpr } from "./expressions.js";
import { lowerMethod } from "./functions.js";
import type { Expr, ObjectProp, Span } from "./ir.js";
import { typedByDoc } from "./jsdoc.js";
import { tagsOf } from "./tags.js";
import { keyText } from "./syntax.js";

/** The compiler has already turned hexadecimal and separated digits into a plain decimal. */
export function lowerNumber(text: string, s: Span): Expr {
  const v = Number(text);
  // `1e999` is Infinity, which JSON cannot hold.
  return Number.isFinite(v) ? constant(v, s) : { e: "global", name: "Infinity", at: s.at, end: s.end };
}

/** A bigint's decimal digits: `0x10n` is "16". */
export function bigText(text: string): string {
  const digits = text.replace(/n$/, "").replace(/_/g, "");
  // A malformed literal (a syntax error) keeps its text.
  return /^(\d+|0x[\da-f]+|0o[0-7]+|0b[01]+)$/i.test(digits) ? BigInt(digits).toString() : digits;
}

export function lowerTemplate(cx: Context, node: tsc.TemplateExpression, at: Place): Expr {
  return { e: "template", ...templateParts(cx, node, at), ...span(cx, node) };
}

export function lowerTagged(cx: Context, node: tsc.TaggedTemplateExpression, at: Place): Expr {
  const tag = lowerExpr(cx, node.tag, at);
  const t = node.template;
  const parts = t.kind === cx.ts.SyntaxKind.TemplateExpression ? templateParts(cx, t, at) : { quasis: [t.text], exprs: [] };
  return { e: "tagged", tag, ...parts, ...span(cx, node) };
}

function templateParts(cx: Context, node: tsc.TemplateExpression, at: Place): { readonly quasis: string[]; readonly exprs: Expr[] } {
  const quasis = [node.head.text];
  const exprs: Expr[] = [];
  for (const t of node.templateSpans) {
    exprs.push(lowerExpr(cx, t.expression, at));
    quasis.push(t.literal.text);
  }
  return { quasis, exprs };
}

export function lowerArray(cx: Context, node: tsc.ArrayLiteralExpression, at: Place): Expr {
  const K = cx.ts.SyntaxKind;
  return { e: "array", elems: node.elements.map((e) => (e.kind === K.OmittedExpression ? null : lowerArg(cx, e, at))), ...span(cx, node) };
}

export function lowerObject(cx: Context, node: tsc.ObjectLiteralExpression, at: Place): Expr {
  return { e: "object", props: node.properties.map((p) => lowerProperty(cx, p, at)), ...span(cx, node) };
}

function lowerProperty(cx: Context, p: tsc.ObjectLiteralElementLike, at: Place): ObjectProp {
  const K = cx.ts.SyntaxKind;
  const s = span(cx, p);
  switch (p.kind) {
    case K.PropertyAssignment: {
      const { name, initializer } = p;
      return { k: "prop", key: lowerKey(cx, name, at), v: typedByDoc(cx, p, lowerExpr(cx, initializer, at, hintFor(cx, p, name))), ...s };
    }
    case K.ShorthandPropertyAssignment: {
      const name = p.name;
      const at_ = span(cx, name);
      return { k: "prop", key: constant(name.text, at_), v: readName(name.text, at, at_), ...s };
    }
    case K.SpreadAssignment:
      return { k: "spread", v: lowerExpr(cx, p.expression, at), ...s };
    case K.MethodDeclaration: {
      const key = lowerKey(cx, p.name, at);
      return { k: "prop", key, v: { e: "fn", fn: lowerMethod(cx, p, at, "method", hintFor(cx, p, p.name)), ...s }, ...s };
    }
    case K.GetAccessor:
    case K.SetAccessor: {
      const get = p.kind === K.GetAccessor;
      const key = lowerKey(cx, p.name, at);
      return {
        k: get ? "get" : "set",
        key,
        fn: lowerMethod(cx, p, at, get ? "getter" : "setter", hintFor(cx, p, p.name)),
        ...s,
      };
    }
  }
}

/** Name and tags for a function that is the value of a property. */
export function hintFor(cx: Context, node: tsc.Node, name: tsc.PropertyName): Hint {
  const tags = tagsOf(cx, node);
  const text = name.kind === cx.ts.SyntaxKind.ComputedPropertyName ? "" : (name as tsc.Identifier).text;
  return { name: text, ...(tags !== undefined && { tags }) };
}

/** A property's key: a constant unless computed. */
export function lowerKey(cx: Context, name: tsc.PropertyName, at: Place): Expr {
  const K = cx.ts.SyntaxKind;
  const s = span(cx, name);
  switch (name.kind) {
    case K.ComputedPropertyName:
      return lowerExpr(cx, name.expression, at);
    case K.NumericLiteral:
      return lowerNumber(name.text, s);
    case K.BigIntLiteral:
      return constant(bigText(name.text), s);
    default:
      return constant(keyText(cx.ts, name), s);
  }
}
