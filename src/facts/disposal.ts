/**
 * `using` declarations: what they declare is disposed of on every way out of the block, last first. They are lowered to what they mean,
 * `const x = …; try { rest } finally { x?.[Symbol.dispose]?.() }`. That an error of the block is kept beside one of the disposal
 * (`SuppressedError`) is not followed.
 */
import type * as tsc from "typescript";
import { type Context, type Place, constant, readName, span } from "./context.js";
import type { Expr, Span, Stmt } from "./ir.js";

/** The list of a `using` or `await using` declaration. */
export function isResources(cx: Context, list: tsc.VariableDeclarationList): boolean {
  return (list.flags & cx.ts.NodeFlags.Using) !== 0;
}

/** What such a statement declares; undefined for any other statement. */
export function resourcesOf(cx: Context, node: tsc.Statement): tsc.VariableDeclarationList | undefined {
  if (node.kind !== cx.ts.SyntaxKind.VariableStatement) return undefined;
  const list = (node as tsc.VariableStatement).declarationList;
  return isResources(cx, list) ? list : undefined;
}

/** `declared` (one statement a declaration, in order), then `rest`, then their disposal. */
export function untilDisposed(
  cx: Context,
  list: tsc.VariableDeclarationList,
  declared: readonly Stmt[],
  rest: readonly Stmt[],
  at: Place,
): Stmt[] {
  // The compiler's flags: `using` is one, with that of `const` beside it it is `await using`.
  const isAsync = (list.flags & cx.ts.NodeFlags.Const) !== 0;
  return list.declarations.reduceRight<Stmt[]>(
    (block, { name }, i) => {
      const bound = declared.slice(i, i + 1);
      if (name.kind !== cx.ts.SyntaxKind.Identifier) return [...bound, ...block];
      const s = span(cx, name);
      const finalizer: Stmt = { s: "expr", e: disposal(readName(name.text, at, s), isAsync, s), ...s };
      return [...bound, { s: "try", block, finalizer: [finalizer], ...s }];
    },
    [...rest],
  );
}

/** `x?.[Symbol.dispose]?.()`; of an `await using` its own asynchronous method comes first. */
function disposal(resource: Expr, isAsync: boolean, s: Span): Expr {
  const method = (name: string): Expr => ({
    e: "member",
    o: resource,
    key: { e: "member", o: { e: "global", name: "Symbol", ...s }, key: constant(name, s), ...s },
    opt: true,
    ...s,
  });
  const call = (name: string): Expr => ({ e: "call", f: method(name), args: [], opt: true, ...s });
  if (!isAsync) return call("dispose");
  const either: Expr = { e: "cond", test: method("asyncDispose"), then: call("asyncDispose"), else: call("dispose"), ...s };
  return { e: "await", v: either, ...s };
}
