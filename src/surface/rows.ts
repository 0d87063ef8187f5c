/** Elements that are made of a table: `BUTTONS.map((b) => <button onClick={b.run}>{b.label}</button>)`, row by row. */
import type ts from "typescript";
import { chainOf, parentOf, type Compiler } from "./scope.js";

/** What the names of a callback's parameters stand for in one row. */
export type Row = ReadonlyMap<string, ts.Expression>;

export const NO_ROW: Row = new Map();

/** Longer tables are no controls that somebody has written. */
const MOST = 24;

/** The rows over which a callback runs, where the code says them all: each with what its parameters are, and those of `row` around it. */
export function rowsOf(c: Compiler, call: ts.CallExpression, row: Row): readonly { readonly row: Row; readonly body: ts.ConciseBody }[] {
  const { expression: e } = call;
  const [callback] = call.arguments;
  if (!c.isPropertyAccessExpression(e) || !/^(?:map|flatMap)$/.test(e.name.text) || callback === undefined) return [];
  if (!c.isArrowFunction(callback) && !c.isFunctionExpression(callback)) return [];
  const [parameter] = callback.parameters;
  const list = elementsOf(c, resolved(c, e.expression, row));
  if (parameter === undefined || list.length === 0 || list.length > MOST) return [];
  return list.map((element) => ({ row: new Map([...row, ...boundTo(c, parameter.name, element)]), body: callback.body }));
}

/** An expression that stands for another: a part of a row, a constant of the file. */
export function resolved(c: Compiler, e: ts.Expression, row: Row, depth = 0): ts.Expression {
  if (depth > 6) return e;
  if (c.isParenthesizedExpression(e) || c.isAsExpression(e) || c.isSatisfiesExpression(e) || c.isNonNullExpression(e))
    return resolved(c, e.expression, row, depth + 1);
  const chain = chainOf(c, e);
  if (chain === undefined) return e;
  let at = row.get(chain.root.text);
  if (at === undefined && chain.path.length === 0) {
    const init = constantOf(c, chain.root);
    return init === undefined ? e : resolved(c, init, row, depth + 1);
  }
  for (const name of chain.path) at = at && property(c, resolved(c, at, row, depth + 1), name);
  return at === undefined ? e : resolved(c, at, row, depth + 1);
}

/** Only what stands for a part of a row: a state, a function keep their names. */
export function inRow(c: Compiler, e: ts.Expression, row: Row): ts.Expression {
  if (row.size === 0) return e;
  const chain = chainOf(c, e);
  let at = chain && row.get(chain.root.text);
  for (const name of chain?.path ?? []) at = at && property(c, at, name);
  return at === undefined ? e : inRow(c, at, new Map());
}

export function property(c: Compiler, of: ts.Expression, name: string): ts.Expression | undefined {
  if (!c.isObjectLiteralExpression(of)) return undefined;
  for (const one of of.properties) {
    if (one.name === undefined || one.name.getText().replace(/^["']|["']$/g, "") !== name) continue;
    if (c.isPropertyAssignment(one)) return one.initializer;
    if (c.isShorthandPropertyAssignment(one)) return one.name;
  }
  return undefined;
}

function elementsOf(c: Compiler, e: ts.Expression): readonly ts.Expression[] {
  if (c.isArrayLiteralExpression(e)) return e.elements.some((one) => c.isSpreadElement(one)) ? [] : e.elements;
  // `Object.entries(TABLE)` is pairs, which `boundTo` takes apart.
  if (c.isCallExpression(e) && e.expression.getText() === "Object.entries" && e.arguments[0] !== undefined) {
    const table = resolved(c, e.arguments[0], NO_ROW);
    return c.isObjectLiteralExpression(table) ? table.properties.flatMap((one) => (c.isPropertyAssignment(one) ? [one as never] : [])) : [];
  }
  // `useMemo(() => [ … ], [])`
  if (c.isCallExpression(e) && /(?:^|\.)useMemo$/.test(e.expression.getText())) {
    const [make] = e.arguments;
    if (make !== undefined && c.isArrowFunction(make) && !c.isBlock(make.body)) return elementsOf(c, resolved(c, make.body, NO_ROW));
  }
  return [];
}

function boundTo(c: Compiler, name: ts.BindingName, element: ts.Expression): readonly (readonly [string, ts.Expression])[] {
  if (c.isIdentifier(name)) return [[name.text, element]];
  const node: ts.Node = element;
  return name.elements.flatMap((one, i) => {
    if (c.isOmittedExpression(one)) return [];
    const part = c.isPropertyAssignment(node)
      ? i === 0
        ? (node.name as ts.Node as ts.Expression)
        : node.initializer
      : c.isArrayBindingPattern(name)
        ? c.isArrayLiteralExpression(element)
          ? element.elements[i]
          : undefined
        : property(c, element, (one.propertyName ?? one.name).getText());
    return part === undefined ? [] : boundTo(c, one.name, part);
  });
}

/** A `const` of the file that the name is of. */
function constantOf(c: Compiler, name: ts.Identifier): ts.Expression | undefined {
  for (let at: ts.Node | undefined = parentOf(name); at !== undefined; at = parentOf(at)) {
    if (c.isFunctionLike(at) && at.parameters.some((one) => one.name.getText() === name.text)) return undefined;
    if (!("statements" in at)) continue;
    for (const statement of at.statements as ts.NodeArray<ts.Statement>)
      if (c.isVariableStatement(statement))
        for (const one of statement.declarationList.declarations)
          if (c.isIdentifier(one.name) && one.name.text === name.text) return one.initializer;
  }
  return undefined;
}
