/**
 * `const require = createRequire(import.meta.url)`: how a module asks for CommonJS and JSON. Found at a file's top level; what it asks for
 * is taken to be relative to the file.
 */
import type * as tsc from "typescript";
import { type Context, type Place } from "./context.js";
import { type Binding, lookup } from "./scope.js";

/** The variables that hold such a function. Imports are collected by then. */
export function createdRequires(cx: Context): ReadonlySet<Binding> {
  const { ts } = cx;
  const created = new Set<Binding>();
  for (const s of cx.file.statements) {
    if (!ts.isVariableStatement(s)) continue;
    for (const { name, initializer } of s.declarationList.declarations) {
      if (initializer === undefined || !ts.isCallExpression(initializer) || !isCreateRequire(cx, initializer.expression)) continue;
      const own = ts.isIdentifier(name) ? cx.bound.module.names.get(name.text) : undefined;
      if (own !== undefined) created.add(own);
    }
  }
  return created;
}

/** Is it the global `require`, or one that the file has made? */
export function isRequire(cx: Context, callee: tsc.Expression, at: Place): boolean {
  if (!cx.ts.isIdentifier(callee)) return false;
  const binding = lookup(at.scope, callee.text);
  return binding === undefined ? callee.text === "require" : cx.requires.has(binding);
}

/** `createRequire`, `module.createRequire`, as imported. */
function isCreateRequire(cx: Context, callee: tsc.Expression): boolean {
  const { ts } = cx;
  const imported = (local: tsc.Expression, ...names: string[]): boolean =>
    ts.isIdentifier(local) && cx.imports.some((i) => i.local === local.text && names.includes(i.name) && /^(?:node:)?module$/.test(i.from));
  if (ts.isPropertyAccessExpression(callee))
    return callee.name.text === "createRequire" && imported(callee.expression, "default", "*", "Module");
  return imported(callee, "createRequire");
}
