/** A JSON file as a module: its value is both `module.exports` and the default export. */
import type * as tsc from "typescript";
import { EXPORT_EQUALS_SLOT } from "./binder.js";
import { type Context, type Place, span } from "./context.js";
import { lowerExpr } from "./expressions.js";
import type { Stmt } from "./ir.js";

/** Lowers the file's value to a binding of the slot `*export=`, and exports that as `=` and `default`. */
export function lowerJson(cx: Context, at: Place): Stmt[] {
  const first = cx.file.statements[0];
  if (first === undefined || first.kind !== cx.ts.SyntaxKind.ExpressionStatement) return [];
  const s = span(cx, first);
  for (const name of ["=", "default"]) cx.exports.push({ k: "local", name, slot: EXPORT_EQUALS_SLOT, ...s });
  const init = lowerExpr(cx, (first as tsc.ExpressionStatement).expression, at);
  return [{ s: "bind", target: { p: "var", slot: EXPORT_EQUALS_SLOT, up: 0, ...s }, init, kind: "const", ...s }];
}
