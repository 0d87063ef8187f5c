/** The declarations that an expression refers to: by its symbol, by its type's signatures, and by what those override. */
import type ts from "typescript";
import type { Ts } from "../problems.js";
import { keyOf, owning, unaliased, type DeclarationKey } from "./declarations.js";
import { lineage, overridden } from "./heritage.js";

export interface Referred {
  readonly keys: ReadonlySet<DeclarationKey>;
  /** For a property access, the receiver's class or interface and all it inherits from; undefined for other expressions. */
  readonly receiver: ReadonlySet<DeclarationKey> | undefined;
  /** `fetch`, `globalThis.foo.bar` → [foo, bar], when the first name is declared nowhere. */
  readonly undeclared: readonly string[] | undefined;
}

export function referred(node: ts.Node, checker: ts.TypeChecker, ts: Ts): Referred {
  const expression =
    ts.isCallExpression(node) || ts.isNewExpression(node) ? node.expression : ts.isTaggedTemplateExpression(node) ? node.tag : node;
  const declarations = new Set<ts.Node>();
  const add = (symbol: ts.Symbol | undefined): void => {
    if (symbol === undefined) return;
    for (const declaration of unaliased(symbol, checker, ts).declarations ?? []) {
      if (declarations.has(declaration)) continue;
      declarations.add(declaration);
      if (ts.isBindingElement(declaration)) add(boundProperty(declaration, checker, ts));
      if (ts.isShorthandPropertyAssignment(declaration)) add(checker.getShorthandAssignmentValueSymbol(declaration));
    }
  };

  add(symbolAt(expression, checker, ts));
  // `const send = client.send; send(x)`: the variable's type still has the method's own signature.
  const type = checker.getTypeAtLocation(expression);
  for (const signature of type.getCallSignatures())
    if (signature.declaration !== undefined) declarations.add(owning(signature.declaration, ts));
  add(classOf(type, ts));

  const keys = new Set<DeclarationKey>();
  for (const declaration of declarations) {
    keys.add(keyOf(declaration, ts));
    overridden(declaration, checker, ts).forEach((key) => keys.add(key));
  }
  const isAccess = ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression);
  return {
    keys,
    receiver: isAccess ? lineage(checker.getNonNullableType(checker.getTypeAtLocation(expression.expression)), checker, ts) : undefined,
    undeclared: declarations.size === 0 ? undeclaredPath(expression, checker, ts) : undefined,
  };
}

function symbolAt(node: ts.Node, checker: ts.TypeChecker, ts: Ts): ts.Symbol | undefined {
  if (ts.isPropertyAccessExpression(node)) return checker.getSymbolAtLocation(node.name);
  if (ts.isElementAccessExpression(node)) {
    const key = node.argumentExpression;
    if (ts.isStringLiteralLike(key))
      return checker.getPropertyOfType(
        checker.getApparentType(checker.getNonNullableType(checker.getTypeAtLocation(node.expression))),
        key.text,
      );
  }
  if (ts.isBindingElement(node)) return checker.getSymbolAtLocation(node.name);
  return checker.getSymbolAtLocation(node);
}

/** `const { email: e } = user` → `email` of the user's type. */
function boundProperty(element: ts.BindingElement, checker: ts.TypeChecker, ts: Ts): ts.Symbol | undefined {
  const name = element.propertyName ?? element.name;
  if (
    element.dotDotDotToken !== undefined ||
    !(ts.isIdentifier(name) || ts.isStringLiteral(name)) ||
    !ts.isObjectBindingPattern(element.parent)
  )
    return undefined;
  return checker.getPropertyOfType(
    checker.getApparentType(checker.getNonNullableType(checker.getTypeAtLocation(element.parent))),
    name.text,
  );
}

/** The class itself, for `typeof Client` in a variable: `const C = Client; new C()`. */
function classOf(type: ts.Type, ts: Ts): ts.Symbol | undefined {
  const symbol = type.getSymbol();
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Class) !== 0 && type.getConstructSignatures().length > 0
    ? symbol
    : undefined;
}

function undeclaredPath(node: ts.Node, checker: ts.TypeChecker, ts: Ts): readonly string[] | undefined {
  if (ts.isIdentifier(node)) return checker.getSymbolAtLocation(node) === undefined ? [node.text] : undefined;
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  if (ts.isIdentifier(node.expression) && /^(?:globalThis|window|self|global)$/.test(node.expression.text)) return [node.name.text];
  const before = undeclaredPath(node.expression, checker, ts);
  return before && [...before, node.name.text];
}
