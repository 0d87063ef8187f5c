/** Enums: an object with their members, and numeric ones in reverse; and the type that they declare. */
import type * as tsc from "typescript";
import { type Context, type Place, constant, firstDeclaration, inScope, readName, span, writeName } from "./context.js";
import { declareEnum } from "./declarations.js";
import { enumMembers } from "./enum-values.js";
import { lowerExpr } from "./expressions.js";
import type { Expr, ObjectProp, Stmt } from "./ir.js";
import { hasModifier, isDeclare } from "./syntax.js";

/** `enum E {A, B = "b"}` is `const E = {A: 0, 0: "A", B: "b"}`; a second declaration of the same name adds to the first. */
export function lowerEnum(cx: Context, node: tsc.EnumDeclaration, at: Place): Stmt[] {
  const members = enumMembers(cx, node);
  declareEnum(cx, node, members);
  if (isDeclare(cx.ts, node) && !hasModifier(node, cx.ts.SyntaxKind.ConstKeyword)) return [];
  const scope = cx.bound.scopes.get(node);
  const inner = scope === undefined ? at : { ...inScope(at, scope), record: at.record };
  const props: ObjectProp[] = [];
  for (const m of members) {
    const s = span(cx, m.node);
    const key = constant(m.name, span(cx, m.node.name));
    const v: Expr =
      m.value !== undefined
        ? constant(m.value, s)
        : m.node.initializer === undefined
          ? { e: "opaque", reason: "enum member", ...s }
          : lowerExpr(cx, m.node.initializer, inner);
    props.push({ k: "prop", key, v, ...s });
    if (typeof m.value === "number") props.push({ k: "prop", key: constant(String(m.value), s), v: constant(m.name, s), ...s });
  }
  const s = span(cx, node);
  const name = node.name.text;
  if (!firstDeclaration(cx, at, name)) {
    const o = readName(name, at, s);
    return props.flatMap((p): Stmt[] => {
      if (p.k !== "prop") return [];
      const target = { p: "member" as const, o, key: p.key, at: p.at, end: p.end };
      return [{ s: "expr", e: { e: "assign", target, v: p.v, at: p.at, end: p.end }, at: p.at, end: p.end }];
    });
  }
  return [{ s: "bind", target: writeName(name, at, s), init: { e: "object", props, ...s }, kind: "const", ...s }];
}
