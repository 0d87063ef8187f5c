/** Classes: members, the explicit constructor, heritage, and the declared types of properties. */
import type * as tsc from "typescript";
import { type Context, type Hint, type Place, constant, inScope, span, writeBinding } from "./context.js";
import { lowerExpr } from "./expressions.js";
import { addThunk, isParameterProperty, lowerDecorators, lowerMethod, returning } from "./functions.js";
import type { ClassFacts, ClassMember, Expr, PropType, TypeIR } from "./ir.js";
import { docImplements, docType, returnNodeOf, typeNodeOf, typeParamsOf } from "./jsdoc.js";
import { hintFor, lowerKey } from "./literals.js";
import type { Variable } from "./scope.js";
import { lowerStatements } from "./statements.js";
import { hasModifier, isDeclare, keyText } from "./syntax.js";
import { tagsOf } from "./tags.js";
import { functionType, lowerType, memberName } from "./types.js";

/** `class A {…}` as a value. A named one also binds its name, in the record where it is evaluated. */
export function lowerClassExpression(cx: Context, node: tsc.ClassExpression, at: Place, hint?: Hint): Expr {
  const s = span(cx, node);
  const scope = cx.bound.scopes.get(node);
  const own = scope === undefined || node.name === undefined ? undefined : scope.names.get(node.name.text);
  if (scope === undefined || own?.k !== "variable") return { e: "class", cls: addClass(cx, node, at, hint), ...s };
  const inner = { ...inScope(at, scope), record: at.record };
  const v: Expr = { e: "class", cls: addClass(cx, node, inner, hint, own), ...s };
  return { e: "assign", target: writeBinding(own, inner, s), v, ...s };
}

/** Lowers a class into the file's table; its index. `own` is the variable that holds its own name. */
export function addClass(cx: Context, node: tsc.ClassLikeDeclaration, at: Place, hint?: Hint, own?: Variable): number {
  const K = cx.ts.SyntaxKind;
  const index = cx.classes.push(undefined) - 1;
  const decorators = lowerDecorators(cx, node, at);
  const parents = node.heritageClauses?.find((h) => h.token === K.ExtendsKeyword)?.types[0];
  const superclass = parents === undefined ? undefined : lowerExpr(cx, parents.expression, at);
  const superTypeArgs = parents?.typeArguments?.map((t) => lowerType(cx, t));
  const implemented = node.heritageClauses?.find((h) => h.token === K.ImplementsKeyword)?.types ?? [];
  const tags = tagsOf(cx, node) ?? hint?.tags;

  const members: ClassMember[] = [];
  let ctor: number | undefined;
  for (const m of node.members) {
    if (m.kind === K.Constructor) {
      const constructor = m as tsc.ConstructorDeclaration;
      if (hasModifier(m, K.StaticKeyword)) {
        // `static constructor() {}` is a method like any other.
        const fn = lowerMethod(cx, constructor, at, "method", { name: "constructor" }, index);
        members.push({ key: constant("constructor", span(cx, m)), static: true, kind: "method", fn, ...span(cx, m) });
      } else if (constructor.body !== undefined) ctor = lowerMethod(cx, constructor, at, "constructor", { name: "constructor" }, index);
      continue;
    }
    const member = lowerMember(cx, m, at, index);
    if (member !== undefined) members.push(member);
  }
  const facts: ClassFacts = {
    name: node.name?.text ?? hint?.name ?? "",
    ...(own !== undefined && { selfSlot: own.slot }),
    ...(superclass !== undefined && { superclass }),
    members,
    ...(ctor !== undefined && { ctor }),
    implements: [...implemented.map((t) => lowerType(cx, t)), ...docImplements(cx, node)],
    ...(superTypeArgs !== undefined && { superTypeArgs }),
    ...typeParamsOf(cx, node),
    ...decorators,
    abstract: hasModifier(node, K.AbstractKeyword),
    ...(tags !== undefined && { tags }),
    types: propTypes(cx, node),
    ...span(cx, node),
  };
  cx.classes[index] = facts;
  return index;
}

function lowerMember(cx: Context, m: tsc.ClassElement, at: Place, owner: number): ClassMember | undefined {
  const K = cx.ts.SyntaxKind;
  const s = span(cx, m);
  const isStatic = hasModifier(m, K.StaticKeyword);
  if (m.kind === K.ClassStaticBlockDeclaration) {
    const scope = cx.bound.scopes.get(m);
    const { statements } = (m as tsc.ClassStaticBlockDeclaration).body;
    const base = { key: constant("", s), static: true, kind: "static-block" as const, ...s };
    if (scope === undefined) return base;
    return {
      ...base,
      fn: addThunk(cx, scope, at, { kind: "static-block", name: "", span: s, owner }, (inner) => lowerStatements(cx, statements, inner)),
    };
  }
  if (m.name === undefined) return undefined;
  const tags = tagsOf(cx, m);
  const extra = { ...lowerDecorators(cx, m, at), ...(tags !== undefined && { tags }), ...s };
  switch (m.kind) {
    case K.MethodDeclaration:
    case K.GetAccessor:
    case K.SetAccessor: {
      const method = m as tsc.MethodDeclaration | tsc.AccessorDeclaration;
      const kind = m.kind === K.MethodDeclaration ? "method" : m.kind === K.GetAccessor ? "get" : "set";
      // Without a body: an overload's signature says nothing about run time; an abstract member is there for its subclasses.
      if (method.body === undefined) {
        if (!hasModifier(m, K.AbstractKeyword)) return undefined;
        return { key: lowerKey(cx, method.name, at), static: isStatic, kind, ambient: true, ...extra };
      }
      const key = lowerKey(cx, method.name, at);
      const fnKind = kind === "method" ? "method" : kind === "get" ? "getter" : "setter";
      return { key, static: isStatic, kind, fn: lowerMethod(cx, method, at, fnKind, hintFor(cx, m, method.name), owner), ...extra };
    }
    case K.PropertyDeclaration: {
      const property = m as tsc.PropertyDeclaration;
      const key = lowerKey(cx, property.name, at);
      const ambient = isDeclare(cx.ts, m) || hasModifier(m, K.AbstractKeyword);
      const scope = cx.bound.scopes.get(m);
      const accessor = hasModifier(m, K.AccessorKeyword);
      const base = { key, static: isStatic, kind: "field" as const, ...(ambient && { ambient: true }), ...(accessor && { accessor }) };
      if (property.initializer === undefined || scope === undefined) return { ...base, ...extra };
      const hint = hintFor(cx, m, property.name);
      const at_ = span(cx, property.initializer);
      const fn = addThunk(cx, scope, at, { kind: "field", name: hint.name, span: at_, owner }, (inner) =>
        returning(cx, property.initializer, inner, at_, hint),
      );
      return { ...base, fn, ...extra };
    }
    default:
      return undefined;
  }
}

/** What the annotations say about properties. An overloaded method keeps its first signature; a static name yields to an instance one. */
function propTypes(cx: Context, node: tsc.ClassLikeDeclaration): PropType[] {
  const K = cx.ts.SyntaxKind;
  const out: PropType[] = [];
  const seen = new Set<string>();
  const add = (m: tsc.Node, name: string | undefined, type: TypeIR | undefined, method: boolean, optional: boolean): void => {
    if (name === undefined || seen.has(name)) return;
    seen.add(name);
    const tags = tagsOf(cx, m);
    out.push({
      name,
      ...(type !== undefined && { type }),
      ...(optional && { optional }),
      ...(method && { method }),
      ...(hasModifier(m, K.StaticKeyword) && { static: true as const }),
      ...(tags !== undefined && { tags }),
      at: m.getStart(cx.file),
    });
  };
  const members = [...node.members].sort((a, b) => Number(hasModifier(a, K.StaticKeyword)) - Number(hasModifier(b, K.StaticKeyword)));
  for (const m of members) {
    if (m.kind === K.Constructor) {
      for (const p of (m as tsc.ConstructorDeclaration).parameters) {
        if (isParameterProperty(cx, p))
          add(p, (p.name as tsc.Identifier).text, p.type && lowerType(cx, p.type), false, p.questionToken !== undefined);
      }
      for (const { name, where } of assignedProperties(cx, m as tsc.ConstructorDeclaration)) {
        const said = docType(cx, where);
        add(where, name, said && lowerType(cx, said), false, false);
      }
    } else if (m.kind === K.PropertyDeclaration) {
      const { name, questionToken } = m as tsc.PropertyDeclaration;
      const type = typeNodeOf(cx, m as tsc.PropertyDeclaration);
      add(m, memberName(cx, name), type && lowerType(cx, type), false, questionToken !== undefined);
    } else if (m.kind === K.MethodDeclaration) {
      const method = m as tsc.MethodDeclaration;
      add(m, memberName(cx, method.name), functionType(cx, method), true, method.questionToken !== undefined);
    } else if (m.kind === K.GetAccessor) {
      const type = returnNodeOf(cx, m as tsc.GetAccessorDeclaration);
      add(m, memberName(cx, (m as tsc.GetAccessorDeclaration).name), type && lowerType(cx, type), false, false);
    } else if (m.kind === K.SetAccessor) {
      const accessor = m as tsc.SetAccessorDeclaration;
      const hasGetter = node.members.some((o) => o.kind === K.GetAccessor && memberName(cx, o.name) === memberName(cx, accessor.name));
      const type = accessor.parameters[0]?.type;
      if (!hasGetter) add(m, memberName(cx, accessor.name), type && lowerType(cx, type), false, false);
    }
  }
  return out;
}

/** The properties that a constructor of JavaScript gives its instances, `this.email = email`: it has no other way to declare them. */
function assignedProperties(cx: Context, node: tsc.ConstructorDeclaration): { readonly name: string; readonly where: tsc.Statement }[] {
  const { ts } = cx;
  if ((cx.file.flags & ts.NodeFlags.JavaScriptFile) === 0) return [];
  return (node.body?.statements ?? []).flatMap((s) => {
    const e = ts.isExpressionStatement(s) ? s.expression : undefined;
    if (e === undefined || !ts.isBinaryExpression(e) || e.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
    const { left } = e;
    if (!ts.isPropertyAccessExpression(left) || left.expression.kind !== ts.SyntaxKind.ThisKeyword) return [];
    return [{ name: keyText(ts, left.name), where: s }];
  });
}
