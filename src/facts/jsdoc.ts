/**
 * Types that JavaScript says in JSDoc, as the compiler reads them: `@type`, `@param`, `@returns`, `@template`, `@this`, `@implements`,
 * `@typedef`, `@callback`, `@import`. In TypeScript they say nothing, there the annotation does.
 */
import type * as tsc from "typescript";
import { type Context, span } from "./context.js";
import type { Expr, TypeIR, TypeParam } from "./ir.js";
import { importClause, requiredTypes } from "./modules.js";
import type { Compiler } from "./syntax.js";
import { functionType, lowerType, lowerTypeParams } from "./types.js";

/** Must a file of this text be parsed with its comments? */
export const mayHaveDocTypes = (text: string): boolean =>
  /\/\*\*(?:[^*]|\*(?!\/))*?@(?:type|typedef|param|arg|argument|returns?|template|this|implements|callback|import|property|prop)\b/.test(
    text,
  );

/** Has the file been parsed with JSDoc, and does JSDoc say types in it? */
export const hasDocTypes = (ts: Compiler, file: tsc.SourceFile): boolean =>
  (file.flags & ts.NodeFlags.JavaScriptFile) !== 0 && file.statements[0]?.parent !== undefined && mayHaveDocTypes(file.text);

/** The annotation of a variable, parameter or property, else what its JSDoc says. */
export function typeNodeOf(
  cx: Context,
  node: tsc.VariableDeclaration | tsc.ParameterDeclaration | tsc.PropertyDeclaration | tsc.AccessorDeclaration,
): tsc.TypeNode | undefined {
  return node.type ?? docType(cx, node);
}

/** What `@type` (of a parameter also `@param`) says. */
export function docType(cx: Context, node: tsc.Node): tsc.TypeNode | undefined {
  return cx.docTypes ? cx.ts.getJSDocType(node) : undefined;
}

/** What a function gives: its annotation, else `@returns`, else the function type that `@type` says. */
export function returnNodeOf(cx: Context, node: tsc.SignatureDeclaration): tsc.TypeNode | undefined {
  return node.type ?? (cx.docTypes ? cx.ts.getJSDocReturnType(node) : undefined);
}

/** `@param {T} [x]`, `@param {T=} x`. */
export function isOptionalParam(cx: Context, p: tsc.ParameterDeclaration): boolean {
  if (p.questionToken !== undefined) return true;
  if (!cx.docTypes) return false;
  return cx.ts
    .getJSDocParameterTags(p)
    .some((tag) => tag.isBracketed || tag.typeExpression?.type.kind === cx.ts.SyntaxKind.JSDocOptionalType);
}

export function docThisType(cx: Context, node: tsc.Node): tsc.TypeNode | undefined {
  return cx.docTypes ? cx.ts.getJSDocThisTag(node)?.typeExpression.type : undefined;
}

/** Type parameters as written, else those of `@template`. */
export function typeParamsOf(cx: Context, node: tsc.DeclarationWithTypeParameters): { readonly typeParams?: TypeParam[] } {
  const params = cx.docTypes
    ? cx.ts.getEffectiveTypeParameterDeclarations(node)
    : (node as Partial<tsc.SignatureDeclaration>).typeParameters;
  return lowerTypeParams(cx, params);
}

/** What `@implements` says of a class. */
export function docImplements(cx: Context, node: tsc.ClassLikeDeclaration): TypeIR[] {
  return cx.docTypes ? cx.ts.getJSDocImplementsTags(node).map((tag) => lowerType(cx, tag.class)) : [];
}

/** A value under a comment that says its type: `/** @type {User} *\/ (value)`, `/** @type {User} *\/ this.user = value`. */
export function typedByDoc(cx: Context, node: tsc.Node, value: Expr): Expr {
  const type = docType(cx, node);
  if (type === undefined || isConst(cx, type)) return value;
  return { e: "cast", v: value, type: lowerType(cx, type), at: value.at, end: value.end };
}

const isConst = (cx: Context, type: tsc.TypeNode): boolean =>
  type.kind === cx.ts.SyntaxKind.TypeReference && ((type as tsc.TypeReferenceNode).typeName as Partial<tsc.Identifier>).text === "const";

/** Adds what comments declare to the file's types, all of it exported; and what they import. Before lowering. */
export function declareDocTypes(cx: Context): void {
  if (!cx.docTypes) return;
  requiredTypes(cx);
  const visit = (node: tsc.Node): void => {
    for (const doc of (node as { jsDoc?: readonly tsc.JSDoc[] }).jsDoc ?? []) for (const tag of doc.tags ?? []) declareTag(cx, tag);
    cx.ts.forEachChild(node, visit);
  };
  cx.ts.forEachChild(cx.file, visit);
}

function declareTag(cx: Context, tag: tsc.JSDocTag): void {
  const { ts } = cx;
  if (ts.isJSDocTypedefTag(tag) || ts.isJSDocCallbackTag(tag)) {
    const said = tag.typeExpression;
    if (tag.name === undefined || said === undefined) return;
    const name = docName(cx, tag.fullName) ?? tag.name.text;
    const type = ts.isJSDocSignature(said) ? signature(cx, said) : lowerType(cx, ts.isJSDocTypeExpression(said) ? said.type : said);
    const kind = type.t === "literal" ? "interface" : "alias";
    cx.types.push({ k: kind, name, ...typeParamsOf(cx, tag), type, ...span(cx, tag) });
    cx.exports.push({ k: "type", name, type: name, ...span(cx, tag) });
  }
  // Known to compilers since 5.5.
  const imported = tag as Partial<tsc.JSDocImportTag>;
  if (imported.importClause !== undefined && imported.moduleSpecifier !== undefined)
    importClause(cx, imported.moduleSpecifier, imported.importClause, true, span(cx, tag));
}

/** `N.User`, as `@typedef {…} N.User` names it. */
function docName(cx: Context, name: tsc.JSDocTypedefTag["fullName"]): string | undefined {
  if (name === undefined || cx.ts.isIdentifier(name)) return name?.text;
  const inner = docName(cx, name.body);
  return inner === undefined ? name.name.text : `${name.name.text}.${inner}`;
}

/** `@callback Handler` with its `@param` and `@returns`. */
function signature(cx: Context, node: tsc.JSDocSignature): TypeIR {
  const returns = node.type?.typeExpression?.type;
  return {
    t: "function",
    params: node.parameters.map((p) => ({
      name: (p.name as Partial<tsc.Identifier>).text ?? "",
      ...(p.typeExpression !== undefined && { type: lowerType(cx, p.typeExpression.type) }),
      ...(p.typeExpression?.type.kind === cx.ts.SyntaxKind.JSDocVariadicType && { rest: true as const }),
    })),
    ...(returns !== undefined && { returns: lowerType(cx, returns) }),
  };
}

/** A type that only JSDoc can write; undefined for others. */
export function docOnlyType(cx: Context, node: tsc.TypeNode): TypeIR | undefined {
  const { ts } = cx;
  const any: TypeIR = { t: "primitive", name: "any" };
  switch (node.kind) {
    case ts.SyntaxKind.JSDocTypeExpression:
      return lowerType(cx, (node as tsc.JSDocTypeExpression).type);
    case ts.SyntaxKind.JSDocAllType:
    case ts.SyntaxKind.JSDocUnknownType:
      return any;
    case ts.SyntaxKind.JSDocVariadicType:
      return { t: "array", of: lowerType(cx, (node as tsc.JSDocVariadicType).type) };
    case ts.SyntaxKind.JSDocFunctionType:
      return functionType(cx, node as tsc.JSDocFunctionType);
    case ts.SyntaxKind.JSDocTypeLiteral: {
      const { jsDocPropertyTags = [], isArrayType } = node as tsc.JSDocTypeLiteral;
      const props = jsDocPropertyTags.map((p) => ({
        name: ts.isIdentifier(p.name) ? p.name.text : p.name.right.text,
        ...(p.typeExpression !== undefined && { type: lowerType(cx, p.typeExpression.type) }),
        ...(p.isBracketed && { optional: true }),
        at: p.getStart(cx.file),
      }));
      const literal: TypeIR = { t: "literal", props };
      return isArrayType ? { t: "array", of: literal } : literal;
    }
    default:
      return undefined;
  }
}

const BOXED: Readonly<Record<string, "string" | "number" | "boolean" | "bigint" | "symbol" | "any" | "void" | "undefined" | "null">> = {
  String: "string",
  Number: "number",
  Boolean: "boolean",
  BigInt: "bigint",
  Symbol: "symbol",
  Void: "void",
  Undefined: "undefined",
  Null: "null",
  Object: "any",
  object: "any",
  Function: "any",
  function: "any",
};

/** What JSDoc's own names stand for: `String`, `Object`, `Object<string, User>`, `array`, `promise`. */
export function docReference(name: string, args: readonly TypeIR[]): TypeIR | undefined {
  const boxed = Object.hasOwn(BOXED, name) ? BOXED[name] : undefined;
  if (name === "Object" && args.length === 2) return { t: "literal", props: [], index: args[1]! };
  if (boxed !== undefined && args.length === 0) return { t: "primitive", name: boxed };
  if (name === "array" || name === "promise") return { t: "ref", name: [name === "array" ? "Array" : "Promise"], args };
  return undefined;
}
