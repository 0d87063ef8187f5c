/** JSX: elements, attributes and children. Children are the prop `children`: one as it is, several as an array. */
import type * as tsc from "typescript";
import { type Context, type Place, constant, readName, span } from "./context.js";
import { lowerExpr } from "./expressions.js";
import type { Arg, Expr, ObjectProp } from "./ir.js";
import { isIntrinsicTag } from "./syntax.js";

export function lowerJsx(cx: Context, node: tsc.JsxElement | tsc.JsxSelfClosingElement | tsc.JsxFragment, at: Place): Expr {
  const K = cx.ts.SyntaxKind;
  const s = span(cx, node);
  if (node.kind === K.JsxFragment) return { e: "jsx", props: childrenProp(cx, node.children, at), ...s };
  const opening = node.kind === K.JsxElement ? node.openingElement : node;
  const props = opening.attributes.properties.map((a) => lowerAttribute(cx, a, at));
  if (node.kind === K.JsxElement) props.push(...childrenProp(cx, node.children, at));
  return { e: "jsx", tag: lowerTag(cx, opening.tagName, at), props, ...s };
}

function lowerTag(cx: Context, name: tsc.JsxTagNameExpression, at: Place): Expr {
  const K = cx.ts.SyntaxKind;
  const s = span(cx, name);
  if (name.kind === K.JsxNamespacedName) return constant(namespacedText(name), s);
  if (name.kind === K.Identifier) {
    const text = name.text;
    return isIntrinsicTag(text) ? constant(text, s) : readName(text, at, s);
  }
  return lowerExpr(cx, name, at);
}

function namespacedText(name: tsc.JsxNamespacedName): string {
  return `${name.namespace.text}:${name.name.text}`;
}

function lowerAttribute(cx: Context, node: tsc.JsxAttributeLike, at: Place): ObjectProp {
  const K = cx.ts.SyntaxKind;
  const s = span(cx, node);
  if (node.kind === K.JsxSpreadAttribute) return { k: "spread", v: lowerExpr(cx, node.expression, at), ...s };
  const { name, initializer } = node;
  const text = name.kind === K.JsxNamespacedName ? namespacedText(name) : name.text;
  const key = constant(text, span(cx, name));
  if (initializer === undefined) return { k: "prop", key, v: constant(true, s), ...s };
  if (initializer.kind === K.StringLiteral) return { k: "prop", key, v: constant(initializer.text, span(cx, initializer)), ...s };
  if (initializer.kind === K.JsxExpression) {
    const { expression } = initializer;
    return { k: "prop", key, v: expression === undefined ? constant(true, s) : lowerExpr(cx, expression, at, { name: text }), ...s };
  }
  return { k: "prop", key, v: lowerExpr(cx, initializer, at), ...s };
}

function childrenProp(cx: Context, children: readonly tsc.JsxChild[], at: Place): ObjectProp[] {
  const lowered = children.flatMap((c) => lowerChild(cx, c, at));
  const first = lowered[0];
  const last = lowered[lowered.length - 1];
  if (first === undefined || last === undefined) return [];
  const s = { at: first.at, end: last.end };
  const v: Expr = lowered.length === 1 && first.e !== "spread" ? first : { e: "array", elems: lowered, ...s };
  return [{ k: "prop", key: constant("children", s), v, ...s }];
}

function lowerChild(cx: Context, node: tsc.JsxChild, at: Place): Arg[] {
  const K = cx.ts.SyntaxKind;
  switch (node.kind) {
    case K.JsxText: {
      const text = jsxText(node.text);
      return text === "" ? [] : [constant(text, span(cx, node))];
    }
    case K.JsxExpression: {
      const { expression, dotDotDotToken } = node;
      if (expression === undefined) return [];
      const v = lowerExpr(cx, expression, at);
      return [dotDotDotToken === undefined ? v : { e: "spread", v, ...span(cx, node) }];
    }
    default:
      return [lowerExpr(cx, node, at)];
  }
}

/** Text between elements, as React sees it: lines trimmed, blank ones dropped, the rest joined by a space. */
export function jsxText(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  const out: string[] = [];
  lines.forEach((line, i) => {
    let l = line.replace(/\t/g, " ");
    if (i > 0) l = l.replace(/^ +/, "");
    if (i < lines.length - 1) l = l.replace(/ +$/, "");
    if (l !== "") out.push(l);
  });
  return out.join(" ");
}
