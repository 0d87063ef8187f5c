/** JSON as the compiler's syntax, for the places of what is in it. */
import type ts from "typescript";
import type { Ts } from "../problems.js";

export function rootObject(json: ts.JsonSourceFile, ts: Ts): ts.ObjectLiteralExpression | undefined {
  const root = json.statements[0]?.expression;
  return root !== undefined && ts.isObjectLiteralExpression(root) ? root : undefined;
}

export function property(object: ts.Expression | undefined, name: string, ts: Ts): ts.Expression | undefined {
  return propertyOf(object, name, ts)?.initializer;
}

/** The property itself, with its name's place. */
export function propertyOf(object: ts.Expression | undefined, name: string, ts: Ts): ts.PropertyAssignment | undefined {
  if (object === undefined || !ts.isObjectLiteralExpression(object)) return undefined;
  return object.properties.find(
    (p): p is ts.PropertyAssignment =>
      ts.isPropertyAssignment(p) && (ts.isStringLiteral(p.name) || ts.isIdentifier(p.name)) && p.name.text === name,
  );
}
