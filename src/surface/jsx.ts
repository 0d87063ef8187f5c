/** JSX as elements: what stands in braces as far as it is text or elements, whichever way a condition goes. */
import type ts from "typescript";
import { jsxText } from "../facts/jsx.js";
import { UNKNOWN, type Attribute, type Element } from "./element.js";
import { wordsOf } from "./words.js";

type Compiler = typeof ts;
export type JsxRoot = ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment;

export const isJsx = (c: Compiler, node: ts.Node): node is JsxRoot =>
  c.isJsxElement(node) || c.isJsxSelfClosingElement(node) || c.isJsxFragment(node);

export function elementOf(c: Compiler, file: ts.SourceFile, node: JsxRoot): Element {
  const span = { at: node.getStart(file), end: node.end };
  if (c.isJsxFragment(node)) return { tag: "", attributes: new Map(), spreads: [], children: childrenOf(c, file, node.children), ...span };
  const opening = c.isJsxElement(node) ? node.openingElement : node;
  const attributes = new Map<string, Attribute>();
  const spreads: ts.Expression[] = [];
  const inside: Element[] = [];
  for (const one of opening.attributes.properties) {
    if (c.isJsxSpreadAttribute(one)) spreads.push(one.expression);
    else {
      const attribute = attributeOf(c, one);
      attributes.set(one.name.getText(file).toLowerCase(), attribute);
      // `control={<Checkbox />}`
      if (attribute.k === "code" && isJsx(c, attribute.code)) inside.push(elementOf(c, file, attribute.code));
    }
  }
  const children = [...inside, ...(c.isJsxElement(node) ? childrenOf(c, file, node.children) : [])];
  return { tag: opening.tagName.getText(file), attributes, spreads, children, ...span };
}

/** What a function gives in a `return`, under the conditions that lead there: an `if` around it, and those before it that return something else. */
export function returnedElement(c: Compiler, file: ts.SourceFile, node: JsxRoot): Element {
  let element = elementOf(c, file, node);
  for (let at: ts.Node = node; !c.isFunctionLike(at.parent) && !c.isSourceFile(at.parent); at = at.parent) {
    const { parent } = at;
    if (c.isIfStatement(parent) && at !== parent.expression)
      element = when(file, parent.expression, [element], at === parent.thenStatement ? WHEN : UNLESS);
    if (c.isBlock(parent))
      for (const before of parent.statements.slice(0, parent.statements.indexOf(at as ts.Statement)))
        if (c.isIfStatement(before) && returns(c, before.thenStatement)) element = when(file, before.expression, [element], UNLESS);
  }
  return element;
}

const returns = (c: Compiler, s: ts.Statement): boolean =>
  c.isReturnStatement(s) || (c.isBlock(s) && s.statements.some((one) => returns(c, one)));

function attributeOf(c: Compiler, { initializer }: ts.JsxAttribute): Attribute {
  if (initializer === undefined) return { k: "text", text: "" };
  if (c.isStringLiteral(initializer)) return { k: "text", text: initializer.text };
  const code = c.isJsxExpression(initializer) ? initializer.expression : initializer;
  if (code === undefined) return { k: "text", text: "" };
  return c.isStringLiteralLike(code) ? { k: "text", text: code.text } : { k: "code", code };
}

function childrenOf(c: Compiler, file: ts.SourceFile, children: readonly ts.JsxChild[]): (Element | string)[] {
  return children.flatMap((child) => {
    if (c.isJsxText(child)) return [jsxText(child.text)].filter((text) => text !== "");
    if (c.isJsxExpression(child)) return child.expression === undefined ? [] : shownBy(c, file, child.expression);
    return [elementOf(c, file, child)];
  });
}

/** What an expression shows: texts, elements, the words of a translation's key, either side of a condition. */
function shownBy(c: Compiler, file: ts.SourceFile, e: ts.Expression): (Element | string)[] {
  if (isJsx(c, e)) return [elementOf(c, file, e)];
  if (c.isStringLiteralLike(e)) return [e.text];
  if (c.isTemplateExpression(e)) return [[e.head.text, ...e.templateSpans.map((span) => UNKNOWN + span.literal.text)].join("")];
  if (c.isParenthesizedExpression(e)) return shownBy(c, file, e.expression);
  if (c.isConditionalExpression(e))
    return [when(file, e.condition, shownBy(c, file, e.whenTrue)), when(file, e.condition, shownBy(c, file, e.whenFalse), UNLESS)];
  if (c.isBinaryExpression(e)) return [...elementsIn(c, file, e.left), when(file, e.left, shownBy(c, file, e.right))];
  if (c.isArrayLiteralExpression(e)) return e.elements.flatMap((one) => shownBy(c, file, one));
  if (c.isCallExpression(e)) {
    const [key] = e.arguments;
    const inside = elementsIn(c, file, e);
    if (inside.length > 0 || key === undefined) return inside;
    return c.isStringLiteralLike(key) ? [/\s/.test(key.text) ? key.text : wordsOf(key.text)] : [UNKNOWN];
  }
  return [...elementsIn(c, file, e), UNKNOWN];
}

/** The attributes of what is there only under a condition, and only where one does not hold. */
export const WHEN = "when";
export const UNLESS = "unless";

const when = (file: ts.SourceFile, condition: ts.Expression, children: (Element | string)[], key = WHEN): Element => ({
  tag: "",
  attributes: new Map([[key, { k: "code", code: condition }]]),
  spreads: [],
  children,
  at: condition.getStart(file),
  end: condition.end,
});

/** The outermost elements anywhere below: what a callback of `map` gives. */
function elementsIn(c: Compiler, file: ts.SourceFile, node: ts.Node): Element[] {
  if (isJsx(c, node)) return [elementOf(c, file, node)];
  const out: Element[] = [];
  node.forEachChild((child) => {
    out.push(...elementsIn(c, file, child));
  });
  return out;
}
