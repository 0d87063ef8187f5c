/** Declarations without run-time effect: interfaces, aliases, enums' types, and what `declare` only describes. */
import type * as tsc from "typescript";
import { type Context, span } from "./context.js";
import { type EnumMemberValue, enumMembers } from "./enum-values.js";
import type { PropType, TypeDecl, TypeIR } from "./ir.js";
import { enterTypes } from "./namespaces.js";
import { boundNames, hasModifier } from "./syntax.js";
import { tagsOf } from "./tags.js";
import { addMember, entityName, functionType, literal, lowerType, lowerTypeParams, memberName } from "./types.js";

/** Adds an interface, type alias or `import A = N.B` to the file's types. In a namespace the name is dotted: `N.T`. */
export function declareType(cx: Context, node: tsc.Node): void {
  const K = cx.ts.SyntaxKind;
  const s = span(cx, node);
  switch (node.kind) {
    case K.InterfaceDeclaration: {
      const { name, heritageClauses, members, typeParameters } = node as tsc.InterfaceDeclaration;
      const bases = (heritageClauses ?? []).flatMap((h) => h.types.map((t) => lowerType(cx, t)));
      const type = literal(cx, members);
      const before = cx.types.findIndex((t) => t.k === "interface" && t.name === qualify(cx, name.text));
      const base = { k: "interface" as const, name: qualify(cx, name.text), ...lowerTypeParams(cx, typeParameters) };
      const merged = cx.types[before];
      if (merged !== undefined && merged.type.t === "literal") {
        const inherited = [...(merged.extends ?? []), ...bases];
        cx.types[before] = {
          ...merged,
          ...(inherited.length > 0 && { extends: inherited }),
          type: { ...merged.type, ...type, props: [...merged.type.props, ...type.props] },
        };
      } else cx.types.push({ ...base, ...(bases.length > 0 && { extends: bases }), type, ...s });
      return;
    }
    case K.TypeAliasDeclaration: {
      const { name, type, typeParameters } = node as tsc.TypeAliasDeclaration;
      cx.types.push({ k: "alias", name: qualify(cx, name.text), ...lowerTypeParams(cx, typeParameters), type: lowerType(cx, type), ...s });
      return;
    }
    case K.ImportEqualsDeclaration: {
      const { name, moduleReference } = node as tsc.ImportEqualsDeclaration;
      if (moduleReference.kind === K.ExternalModuleReference) return;
      cx.types.push({
        k: "alias",
        name: qualify(cx, name.text),
        type: { t: "ref", name: entityName(cx, moduleReference) },
        ...s,
      });
      return;
    }
    default:
      return;
  }
}

/** An enum as a type: the union of its members' values. */
export function declareEnum(cx: Context, node: tsc.EnumDeclaration, members: readonly EnumMemberValue[]): void {
  const of: TypeIR[] = members.map((m) => (m.value === undefined ? { t: "primitive", name: "number" } : { t: "const", v: m.value }));
  const decl: TypeDecl = { k: "enum", name: qualify(cx, node.name.text), type: { t: "union", of }, ...span(cx, node) };
  cx.types.push(decl);
}

function qualify(cx: Context, name: string): string {
  const path = cx.typeScopes[cx.typeScopes.length - 1]?.path ?? [];
  return path.length === 0 ? name : `${path.join(".")}.${name}`;
}

/**
 * Notes what an ambient statement describes: variables, functions, classes (as interfaces among the types), enums, namespaces.
 * The contents of `declare module "m"` belong to another module and are left out, `declare global` is taken as it stands.
 */
export function declareAmbient(cx: Context, node: tsc.Node): void {
  const K = cx.ts.SyntaxKind;
  const s = span(cx, node);
  const tags = tagsOf(cx, node);
  const add = (name: string, type: TypeIR | undefined): void => {
    cx.ambient.push({ name: qualify(cx, name), ...(type !== undefined && { type }), ...(tags !== undefined && { tags }), ...s });
  };
  switch (node.kind) {
    case K.VariableStatement:
      for (const d of (node as tsc.VariableStatement).declarationList.declarations) {
        for (const id of boundNames(cx.ts, d.name)) add(id.text, d.type && lowerType(cx, d.type));
      }
      return;
    case K.FunctionDeclaration: {
      const f = node as tsc.FunctionDeclaration;
      // The signature of an overloaded function that has a body is no ambient declaration.
      if (
        !hasModifier(f, K.DeclareKeyword) &&
        !cx.file.isDeclarationFile &&
        cx.typeScopes.length === 0 &&
        cx.bound.module.names.has(f.name?.text ?? "")
      )
        return;
      add(f.name?.text ?? "default", functionType(cx, f));
      return;
    }
    case K.ClassDeclaration: {
      const c = node as tsc.ClassDeclaration;
      const name = c.name?.text ?? "default";
      add(name, { t: "typeof", name: [name] });
      cx.types.push(classInterface(cx, c, name));
      return;
    }
    case K.EnumDeclaration: {
      const e = node as tsc.EnumDeclaration;
      add(e.name.text, { t: "typeof", name: [e.name.text] });
      return;
    }
    case K.ModuleDeclaration:
      declareAmbientNamespace(cx, node as tsc.ModuleDeclaration);
      return;
    default:
      return;
  }
}

function declareAmbientNamespace(cx: Context, node: tsc.ModuleDeclaration): void {
  const K = cx.ts.SyntaxKind;
  const body = node.body;
  if (body === undefined || node.name.kind !== K.Identifier) return;
  const global = (node.flags & cx.ts.NodeFlags.GlobalAugmentation) !== 0;
  if (global) cx.augments = true;
  else enterTypes(cx, node);
  if (body.kind === K.ModuleDeclaration) declareAmbientNamespace(cx, body);
  else if (body.kind === K.ModuleBlock) for (const n of body.statements) declareInside(cx, n);
  if (!global) cx.typeScopes.pop();
}

/** Statements of an ambient place: a declaration file, `declare namespace`, `declare global`. */
export function declareInside(cx: Context, node: tsc.Statement): void {
  const K = cx.ts.SyntaxKind;
  if (node.kind === K.InterfaceDeclaration || node.kind === K.TypeAliasDeclaration || node.kind === K.ImportEqualsDeclaration)
    declareType(cx, node);
  else {
    if (node.kind === K.EnumDeclaration) declareEnum(cx, node as tsc.EnumDeclaration, enumMembers(cx, node as tsc.EnumDeclaration));
    declareAmbient(cx, node);
  }
}

/** The instance side of an ambient class. */
function classInterface(cx: Context, node: tsc.ClassDeclaration, name: string): TypeDecl {
  const K = cx.ts.SyntaxKind;
  const props: PropType[] = [];
  for (const m of node.members) {
    const member = memberName(cx, m.name);
    if (member === undefined || member.startsWith("\0")) continue;
    const tags = tagsOf(cx, m);
    const rest = {
      ...(hasModifier(m, K.StaticKeyword) && { static: true as const }),
      ...(tags !== undefined && { tags }),
      at: m.getStart(cx.file),
    };
    if (m.kind === K.MethodDeclaration)
      addMember(props, { name: member, type: functionType(cx, m as tsc.MethodDeclaration), method: true, ...rest });
    else if (m.kind === K.PropertyDeclaration || m.kind === K.GetAccessor) {
      const { type, questionToken } = m as tsc.PropertyDeclaration;
      props.push({
        name: member,
        ...(type !== undefined && { type: lowerType(cx, type) }),
        ...(questionToken !== undefined && { optional: true }),
        ...rest,
      });
    }
  }
  const bases = (node.heritageClauses ?? []).flatMap((h) => h.types.map((t) => lowerType(cx, t)));
  return {
    k: "interface",
    name: qualify(cx, name),
    ...lowerTypeParams(cx, node.typeParameters),
    ...(bases.length > 0 && { extends: bases }),
    type: { t: "literal", props },
    ...span(cx, node),
  };
}
