/** Statements that declare a variable, function or class, or rename a namespace's member. */
import type * as tsc from "typescript";
import { DEFAULT_SLOT } from "./binder.js";
import { addClass } from "./classes.js";
import { type Context, type Place, readName, span, writeName } from "./context.js";
import { declareAmbient, declareType } from "./declarations.js";
import { lowerExpr } from "./expressions.js";
import { addFunction } from "./functions.js";
import type { Expr, Pattern, Stmt } from "./ir.js";
import { typeNodeOf } from "./jsdoc.js";
import { bindingTarget } from "./patterns.js";
import { lookup } from "./scope.js";
import { hasModifier, isBlockScoped, isDeclare, isDefaultExport } from "./syntax.js";
import { tagsOf } from "./tags.js";
import { lowerType } from "./types.js";

/** The declarations of `const a = 1, b = 2`; `owner` is the statement whose comment may hold tags. */
export function lowerVariables(cx: Context, list: tsc.VariableDeclarationList, at: Place, out: Stmt[], owner?: tsc.Node): void {
  const N = cx.ts.NodeFlags;
  const block = isBlockScoped(cx.ts, list);
  const flags: tsc.NodeFlags = list.flags & N.BlockScoped;
  const kind = !block ? "var" : flags === N.Const ? "const" : flags === N.Let ? "let" : "using";
  const tags = owner === undefined ? undefined : tagsOf(cx, owner);
  for (const d of list.declarations) {
    if (d.initializer === undefined && kind === "var") continue;
    const said = typeNodeOf(cx, d);
    const type = said === undefined ? undefined : lowerType(cx, said);
    const target: Pattern = bindingTarget(cx, d.name, at, type);
    const name = d.name.kind === cx.ts.SyntaxKind.Identifier ? d.name.text : "";
    const init = d.initializer === undefined ? undefined : lowerExpr(cx, d.initializer, at, { name, ...(tags !== undefined && { tags }) });
    out.push({
      s: "bind",
      target,
      ...(init !== undefined && { init }),
      kind,
      ...(type !== undefined && { type }),
      ...(tags !== undefined && { tags }),
      ...span(cx, d),
    });
  }
}

/** Hoists the function into the record of its scope; one without a body is ambient, or an overload's signature. */
export function lowerFunctionDeclaration(cx: Context, node: tsc.FunctionDeclaration, at: Place, out: Stmt[]): void {
  if (node.body === undefined || isDeclare(cx.ts, node)) {
    declareAmbient(cx, node);
    return;
  }
  const name = node.name?.text ?? (isDefaultExport(cx.ts, node) ? DEFAULT_SLOT : "");
  const fn = addFunction(cx, node, at, { kind: "function" });
  const own = at.scope.names.get(name);
  if (fn === undefined) {
    out.push({ s: "opaque", reason: "nested too deeply", ...span(cx, node) });
    return;
  }
  if (own?.k !== "variable" || own.record === undefined) return;
  own.record.hoisted.push({ slot: own.slot, fn });
  cx.begun.add(own);
  if (!cx.bound.annexB.has(node)) return;
  // In sloppy code the declaration, when reached, also assigns the function's variable of that name.
  const s = span(cx, node);
  let scope = at.scope;
  while (scope.kind !== "function" && scope.parent !== undefined) scope = scope.parent;
  const outer = scope.names.get(name);
  if (outer?.k !== "variable" || outer === own) return;
  out.push({ s: "expr", e: { e: "assign", target: writeName(name, { ...at, scope }, s), v: readName(name, at, s), ...s }, ...s });
}

/** Binds the class to its name where the statement stands. */
export function lowerClassDeclaration(cx: Context, node: tsc.ClassDeclaration, at: Place, out: Stmt[]): void {
  if (isDeclare(cx.ts, node)) {
    declareAmbient(cx, node);
    return;
  }
  const name = node.name?.text ?? (isDefaultExport(cx.ts, node) ? DEFAULT_SLOT : "");
  const s = span(cx, node);
  const own = lookup(at.scope, name);
  if (own !== undefined) cx.begun.add(own);
  const cls = addClass(cx, node, at, { name: "default" }, own?.k === "variable" && node.name !== undefined ? own : undefined);
  out.push({ s: "bind", target: writeName(name, at, s), init: { e: "class", cls, ...s }, kind: "const", ...s });
}

/** `import A = N.B`. */
export function lowerImportAlias(cx: Context, node: tsc.ImportEqualsDeclaration, at: Place, out: Stmt[]): void {
  const K = cx.ts.SyntaxKind;
  const reference = node.moduleReference;
  if (reference.kind === K.ExternalModuleReference) return;
  declareType(cx, node);
  if (node.isTypeOnly || hasModifier(node, K.DeclareKeyword)) return;
  const s = span(cx, node);
  out.push({
    s: "bind",
    target: writeName(node.name.text, at, s),
    init: entityValue(cx, reference, at),
    kind: "const",
    ...s,
  });
}

function entityValue(cx: Context, name: tsc.EntityName, at: Place): Expr {
  const s = span(cx, name);
  if (name.kind === cx.ts.SyntaxKind.Identifier) return readName(name.text, at, s);
  const { left, right } = name;
  return { e: "member", o: entityValue(cx, left, at), key: { e: "const", v: right.text, ...span(cx, right) }, ...s };
}
