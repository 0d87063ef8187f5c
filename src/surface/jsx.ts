/** JSX as elements: what stands in braces as far as it is text or elements, whichever way a condition goes. */
import type ts from "typescript";
import { jsxText } from "../facts/jsx.js";
import { UNKNOWN, type Attribute, type Element } from "./element.js";
import { inRow, NO_ROW, rowsOf, type Row } from "./rows.js";
import { wordsOf } from "./words.js";

type Compiler = typeof ts;
export type JsxRoot = ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment;

export const isJsx = (c: Compiler, node: ts.Node): node is JsxRoot =>
  c.isJsxElement(node) || c.isJsxSelfClosingElement(node) || c.isJsxFragment(node);

/** `row`: what names stand for where the element is one of a table's. */
export function elementOf(c: Compiler, file: ts.SourceFile, node: JsxRoot, row: Row = NO_ROW): Element {
  const span = { at: node.getStart(file), end: node.end };
  if (c.isJsxFragment(node))
    return { tag: "", attributes: new Map(), spreads: [], children: childrenOf(c, file, node.children, row), ...span };
  const opening = c.isJsxElement(node) ? node.openingElement : node;
  const attributes = new Map<string, Attribute>();
  const spreads: ts.Expression[] = [];
  const inside: Element[] = [];
  for (const one of opening.attributes.properties) {
    if (c.isJsxSpreadAttribute(one)) {
      const spread = inRow(c, one.expression, row);
      spreads.push(spread);
      if (spread !== one.expression && c.isObjectLiteralExpression(spread))
        for (const part of spread.properties)
          if (c.isPropertyAssignment(part)) attributes.set(part.name.getText().toLowerCase(), attributeOfCode(c, part.initializer, row));
    } else {
      const attribute = attributeOf(c, one, row);
      attributes.set(one.name.getText(file).toLowerCase(), attribute);
      // `control={<Checkbox />}`
      if (attribute.k === "code" && isJsx(c, attribute.code)) inside.push(elementOf(c, file, attribute.code, row));
    }
  }
  const children = [...inside, ...(c.isJsxElement(node) ? childrenOf(c, file, node.children, row) : [])];
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

function attributeOf(c: Compiler, { initializer }: ts.JsxAttribute, row: Row): Attribute {
  if (initializer === undefined) return { k: "text", text: "" };
  if (c.isStringLiteral(initializer)) return { k: "text", text: initializer.text };
  const code = c.isJsxExpression(initializer) ? initializer.expression : initializer;
  if (code === undefined) return { k: "text", text: "" };
  return attributeOfCode(c, code, row);
}

function attributeOfCode(c: Compiler, e: ts.Expression, row: Row): Attribute {
  const code = inRow(c, e, row);
  if (c.isStringLiteralLike(code)) return { k: "text", text: code.text };
  return { k: "code", code, ...(row.size > 0 && { row }) };
}

function childrenOf(c: Compiler, file: ts.SourceFile, children: readonly ts.JsxChild[], row: Row): (Element | string)[] {
  return children.flatMap((child) => {
    if (c.isJsxText(child)) return [jsxText(child.text)].filter((text) => text !== "");
    if (c.isJsxExpression(child)) return child.expression === undefined ? [] : shownBy(c, file, child.expression, row);
    return [elementOf(c, file, child, row)];
  });
}

/** What an expression shows: texts, elements, the words of a translation's key, either side of a condition. */
function shownBy(c: Compiler, file: ts.SourceFile, written: ts.Expression, row: Row): (Element | string)[] {
  const e = inRow(c, written, row);
  if (isJsx(c, e)) return [elementOf(c, file, e, row)];
  if (c.isStringLiteralLike(e)) return [e.text];
  // The key of a table.
  if (e !== written && c.isIdentifier(e) && c.isPropertyAssignment(e.parent) && e.parent.name === e) return [e.text];
  if (c.isTemplateExpression(e)) return [[e.head.text, ...e.templateSpans.map((span) => UNKNOWN + span.literal.text)].join("")];
  if (c.isParenthesizedExpression(e)) return shownBy(c, file, e.expression, row);
  if (c.isConditionalExpression(e))
    return [
      when(file, e.condition, shownBy(c, file, e.whenTrue, row)),
      when(file, e.condition, shownBy(c, file, e.whenFalse, row), UNLESS),
    ];
  if (c.isBinaryExpression(e)) return [...elementsIn(c, file, e.left, row), when(file, e.left, shownBy(c, file, e.right, row))];
  if (c.isArrayLiteralExpression(e)) return e.elements.flatMap((one) => shownBy(c, file, one, row));
  if (c.isCallExpression(e)) {
    const [key] = e.arguments;
    const inside = elementsIn(c, file, e, row);
    if (inside.length > 0 || key === undefined) return inside;
    return c.isStringLiteralLike(key) ? [/\s/.test(key.text) ? key.text : wordsOf(key.text)] : [UNKNOWN];
  }
  return [...elementsIn(c, file, e, row), UNKNOWN];
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

/** The outermost elements anywhere below: what a callback of `map` gives, once for each row of a table that the code says. */
function elementsIn(c: Compiler, file: ts.SourceFile, node: ts.Node, row: Row): Element[] {
  if (isJsx(c, node)) return [elementOf(c, file, node, row)];
  const rows = c.isCallExpression(node) ? elementsOfRows(c, file, node, row) : [];
  if (rows.length > 0) return rows;
  const out: Element[] = [];
  node.forEachChild((child) => {
    out.push(...elementsIn(c, file, child, row));
  });
  return out;
}

/** What a callback gives for each row of a table. */
export const elementsOfRows = (c: Compiler, file: ts.SourceFile, call: ts.CallExpression, row: Row = NO_ROW): Element[] =>
  rowsOf(c, call, row).flatMap((one) => elementsIn(c, file, one.body, one.row));
