/**
 * Namespaces with values, lowered as the compiler emits them: a function that is called at once with the namespace object and
 * assigns the exported members to it.
 *
 * Inside, exported constants, functions and classes are ordinary variables; exported `let`s and the exports of another declaration
 * of the same namespace are properties of the object. The object's parameter has the namespace's name.
 */
import type * as tsc from "typescript";
import { type Context, type Place, constant, firstDeclaration, readBinding, readName, span, writeBinding, writeName } from "./context.js";
import { addThunk } from "./functions.js";
import type { Expr, Param, Span, Stmt } from "./ir.js";
import type { Scope } from "./scope.js";
import { lowerStatements } from "./statements.js";
import { boundNames, isExported, isInstantiated } from "./syntax.js";
import { tagsOf } from "./tags.js";

/** `namespace N {…}` is `const N = {}; ((N) => {…})(N)`: what it calls meanwhile finds it. Where it adds to one, that is there already. */
export function lowerNamespace(cx: Context, node: tsc.ModuleDeclaration, at: Place): Stmt[] {
  const s = span(cx, node);
  const name = (node.name as tsc.Identifier).text;
  const scope = cx.bound.scopes.get(node);
  const self = scope?.namespace?.self;
  if (scope === undefined || self === undefined) return [{ s: "opaque", reason: "nested too deeply", ...s }];
  const first = firstDeclaration(cx, at, name);
  const tags = tagsOf(cx, node);
  const inner: Place = { scope, record: scope.record, fn: at.fn };
  const params: Param[] = [{ target: writeBinding(self, inner, s), rest: false, optional: false, ...s }];
  const fn = addThunk(cx, scope, at, { kind: "arrow", name, span: s, params, ...(tags !== undefined && { tags }) }, (place) => {
    return namespaceBody(cx, node, scope, place, s);
  });
  const call = (arg: Expr): Expr => ({ e: "call", f: { e: "fn", fn, ...s }, args: [arg], ...s });
  const filled: Stmt = { s: "expr", e: call(readName(name, at, s)), ...s };
  if (!first) return [filled];
  return [{ s: "bind", target: writeName(name, at, s), init: { e: "object", props: [], ...s }, kind: "const", ...s }, filled];
}

function namespaceBody(cx: Context, node: tsc.ModuleDeclaration, scope: Scope, at: Place, s: Span): Stmt[] {
  const K = cx.ts.SyntaxKind;
  const body = node.body;
  const out: Stmt[] = [];
  enterTypes(cx, node);
  if (body?.kind === K.ModuleDeclaration) {
    out.push(...lowerNamespace(cx, body, at), exportMember(body.name.text, scope, at, s));
  } else if (body?.kind === K.ModuleBlock) {
    const { statements } = body;
    // Functions are hoisted, so they are there from the start.
    for (const n of statements) {
      if (n.kind === K.FunctionDeclaration && isExported(cx.ts, n))
        out.push(...exportedBy(cx, n).map((name) => exportMember(name, scope, at, span(cx, n))));
    }
    for (const n of statements) {
      out.push(...lowerStatements(cx, [n], at));
      if (n.kind !== K.FunctionDeclaration && isExported(cx.ts, n))
        out.push(...exportedBy(cx, n).map((name) => exportMember(name, scope, at, span(cx, n))));
    }
  }
  cx.typeScopes.pop();
  return out;
}

/** `N.name = name`; nothing to do for those that live in the object already. */
function exportMember(name: string, scope: Scope, at: Place, s: Span): Stmt {
  const own = scope.namespace?.self;
  const value = readName(name, at, s);
  if (own === undefined) return { s: "expr", e: value, ...s };
  return {
    s: "expr",
    e: { e: "assign", target: { p: "member", o: readBinding(own, at, s), key: constant(name, s), ...s }, v: value, ...s },
    ...s,
  };
}

/** Names that an exported statement of a namespace adds to its object as values of local variables. */
function exportedBy(cx: Context, n: tsc.Statement): string[] {
  const K = cx.ts.SyntaxKind;
  switch (n.kind) {
    case K.VariableStatement: {
      const list = (n as tsc.VariableStatement).declarationList;
      if ((list.flags & cx.ts.NodeFlags.Const) === 0) return [];
      return list.declarations.flatMap((d) => boundNames(cx.ts, d.name).map((id) => id.text));
    }
    case K.FunctionDeclaration: {
      const f = n as tsc.FunctionDeclaration;
      return f.body !== undefined && f.name !== undefined ? [f.name.text] : [];
    }
    case K.ClassDeclaration:
    case K.EnumDeclaration: {
      const declared = (n as tsc.ClassDeclaration | tsc.EnumDeclaration).name;
      return declared === undefined ? [] : [declared.text];
    }
    case K.ImportEqualsDeclaration:
      return (n as tsc.ImportEqualsDeclaration).isTypeOnly ? [] : [(n as tsc.ImportEqualsDeclaration).name.text];
    case K.ModuleDeclaration:
      return isInstantiated(cx.ts, n as tsc.ModuleDeclaration) ? [((n as tsc.ModuleDeclaration).name as tsc.Identifier).text] : [];
    default:
      return [];
  }
}

/** Makes the types of a namespace findable from inside: there they are named without its path. Undone by the caller. */
export function enterTypes(cx: Context, node: tsc.ModuleDeclaration): void {
  const K = cx.ts.SyntaxKind;
  const outer = cx.typeScopes[cx.typeScopes.length - 1]?.path ?? [];
  const names = new Set<string>();
  const body = node.body;
  if (body?.kind === K.ModuleDeclaration) names.add(body.name.text);
  if (body?.kind === K.ModuleBlock) {
    for (const s of body.statements) {
      if (
        s.kind === K.InterfaceDeclaration ||
        s.kind === K.TypeAliasDeclaration ||
        s.kind === K.EnumDeclaration ||
        s.kind === K.ModuleDeclaration
      ) {
        names.add((s as tsc.InterfaceDeclaration).name.text);
      }
    }
  }
  cx.typeScopes.push({ path: [...outer, (node.name as tsc.Identifier).text], names });
}
