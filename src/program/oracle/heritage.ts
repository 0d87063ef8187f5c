/** What a class or interface stands in for: the classes it extends, the interfaces it implements, and the members it overrides. */
import type ts from "typescript";
import type { Ts } from "../problems.js";
import { keyOf, keysOf, type DeclarationKey } from "./declarations.js";
import { propertiesNamed } from "./members.js";

/** Keys of the located declaration's bases: for a class, its ancestors; for a member, the members it overrides or implements. */
export function overridden(declaration: ts.Node, checker: ts.TypeChecker, ts: Ts): ReadonlySet<DeclarationKey> {
  const found = new Set<DeclarationKey>();
  if (ts.isClassLike(declaration) || ts.isInterfaceDeclaration(declaration)) {
    for (const { type } of ancestors(declaration, checker, ts)) {
      const symbol = type.getSymbol();
      if (symbol !== undefined) keysOf(symbol, ts).forEach((key) => found.add(key));
    }
    return found;
  }
  const owner = ownerOf(declaration, ts);
  const name = owner && ts.getNameOfDeclaration(declaration as ts.Declaration);
  if (owner === undefined || name === undefined || !(ts.isIdentifier(name) || ts.isStringLiteral(name))) return found;
  const isStatic =
    ts.canHaveModifiers(declaration) && (ts.getModifiers(declaration) ?? []).some((m) => m.kind === ts.SyntaxKind.StaticKeyword);
  for (const { type, isImplemented } of ancestors(owner, checker, ts)) {
    const symbol = type.getSymbol();
    if (isStatic && isImplemented) continue;
    const holder = isStatic && symbol !== undefined ? checker.getTypeOfSymbol(symbol) : type;
    for (const member of propertiesNamed(holder, name.text, checker)) keysOf(member, ts).forEach((key) => found.add(key));
  }
  return found;
}

/** Keys of a type's own declarations and of all it inherits from. */
export function lineage(type: ts.Type, checker: ts.TypeChecker, ts: Ts): ReadonlySet<DeclarationKey> {
  const found = new Set<DeclarationKey>();
  for (const part of type.isUnionOrIntersection() ? type.types : [type])
    for (const declaration of part.getSymbol()?.declarations ?? []) {
      found.add(keyOf(declaration, ts));
      overridden(declaration, checker, ts).forEach((key) => found.add(key));
    }
  return found;
}

/** The class or interface (or object literal's annotation: none) that a member is declared in; parameter properties too. */
export function ownerOf(member: ts.Node, ts: Ts): ts.ClassLikeDeclaration | ts.InterfaceDeclaration | undefined {
  // A source file has no parent, whatever the compiler's types say.
  let parent = member.parent as ts.Node | undefined;
  if (parent !== undefined && ts.isParameter(member) && ts.isConstructorDeclaration(parent)) ({ parent } = parent);
  return parent !== undefined && (ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent)) ? parent : undefined;
}

interface Ancestor {
  readonly type: ts.Type;
  readonly isImplemented: boolean;
}

function ancestors(from: ts.ClassLikeDeclaration | ts.InterfaceDeclaration, checker: ts.TypeChecker, ts: Ts): readonly Ancestor[] {
  const found: Ancestor[] = [];
  const seen = new Set<ts.Node>();
  const enter = (declaration: ts.Node, isImplemented: boolean): void => {
    if (seen.has(declaration) || !(ts.isClassLike(declaration) || ts.isInterfaceDeclaration(declaration))) return;
    seen.add(declaration);
    for (const clause of declaration.heritageClauses ?? [])
      for (const base of clause.types) {
        const type = checker.getTypeAtLocation(base);
        const isInterface = isImplemented || clause.token === ts.SyntaxKind.ImplementsKeyword;
        found.push({ type, isImplemented: isInterface });
        // A mixin's type is an intersection of the classes it joins.
        for (const part of type.isIntersection() ? type.types : [type])
          for (const d of part.getSymbol()?.declarations ?? []) enter(d, isInterface);
      }
  };
  enter(from, false);
  return found;
}
