/** Type annotations as written, lowered to {@link TypeIR}; nothing is resolved. */
import type * as tsc from "typescript";
import { type Context, span } from "./context.js";
import type { Const, PropType, TypeIR, TypeParam } from "./ir.js";
import { docOnlyType, docReference, returnNodeOf, typeNodeOf } from "./jsdoc.js";
import { importedHere } from "./modules.js";
import { isThisParameter, keyText } from "./syntax.js";
import { tagsOf } from "./tags.js";

type Primitive = Extract<TypeIR, { t: "primitive" }>["name"];

/** Lowers an annotation. Template and renaming mapped types are `complex`: only the checker can answer them. */
export function lowerType(cx: Context, node: tsc.TypeNode): TypeIR {
  const K = cx.ts.SyntaxKind;
  switch (node.kind) {
    case K.TypeReference: {
      const { typeName, typeArguments } = node as tsc.TypeReferenceNode;
      const name = entityName(cx, typeName);
      if (name.length === 1 && name[0] === "const") return { t: "ref", name };
      return ref(cx, name, typeArguments);
    }
    case K.ExpressionWithTypeArguments: {
      const { expression, typeArguments } = node as tsc.ExpressionWithTypeArguments;
      const name = expressionName(cx, expression);
      return name === undefined ? complex(cx, node) : ref(cx, name, typeArguments);
    }
    case K.StringKeyword:
      return primitive("string");
    case K.NumberKeyword:
      return primitive("number");
    case K.BooleanKeyword:
      return primitive("boolean");
    case K.BigIntKeyword:
      return primitive("bigint");
    case K.SymbolKeyword:
      return primitive("symbol");
    case K.UndefinedKeyword:
      return primitive("undefined");
    case K.VoidKeyword:
      return primitive("void");
    case K.AnyKeyword:
      return primitive("any");
    case K.UnknownKeyword:
      return primitive("unknown");
    case K.NeverKeyword:
      return primitive("never");
    case K.ObjectKeyword:
      return primitive("object");
    case K.ThisType:
      return { t: "ref", name: ["this"] };
    case K.LiteralType:
      return literalType(cx, (node as tsc.LiteralTypeNode).literal) ?? complex(cx, node);
    case K.ArrayType:
      return { t: "array", of: lowerType(cx, (node as tsc.ArrayTypeNode).elementType) };
    case K.TupleType:
      return tuple(cx, node as tsc.TupleTypeNode);
    case K.UnionType:
      return { t: "union", of: (node as tsc.UnionTypeNode).types.map((n) => lowerType(cx, n)) };
    case K.IntersectionType:
      return { t: "intersection", of: (node as tsc.IntersectionTypeNode).types.map((n) => lowerType(cx, n)) };
    case K.ParenthesizedType:
    case K.OptionalType:
    case K.NamedTupleMember:
    case K.RestType:
    case K.JSDocNullableType:
    case K.JSDocNonNullableType:
    case K.JSDocOptionalType: {
      const inner = (node as tsc.ParenthesizedTypeNode).type as tsc.TypeNode | undefined;
      return inner === undefined ? complex(cx, node) : lowerType(cx, inner);
    }
    case K.TypeLiteral:
      return literal(cx, (node as tsc.TypeLiteralNode).members);
    case K.FunctionType:
      return functionType(cx, node as tsc.FunctionTypeNode);
    case K.ConstructorType:
      return { t: "literal", props: [], made: lowerType(cx, (node as tsc.ConstructorTypeNode).type) };
    case K.TypeOperator: {
      const { operator, type } = node as tsc.TypeOperatorNode;
      if (operator === K.KeyOfKeyword) return { t: "keyof", of: lowerType(cx, type) };
      return lowerType(cx, type);
    }
    case K.IndexedAccessType: {
      const { objectType, indexType } = node as tsc.IndexedAccessTypeNode;
      return { t: "indexed", of: lowerType(cx, objectType), key: lowerType(cx, indexType) };
    }
    case K.TypeQuery: {
      const { exprName, typeArguments } = node as tsc.TypeQueryNode;
      if (exprName.kind === K.Identifier && exprName.text === "") return complex(cx, node);
      const args = typeArguments?.map((n) => lowerType(cx, n));
      return { t: "typeof", name: entityName(cx, exprName), ...(args !== undefined && { args }) };
    }
    case K.ImportType:
      return importType(cx, node as tsc.ImportTypeNode) ?? complex(cx, node);
    case K.MappedType:
      return mapped(cx, node as tsc.MappedTypeNode);
    case K.ConditionalType: {
      const { trueType, falseType } = node as tsc.ConditionalTypeNode;
      return { t: "conditional", then: lowerType(cx, trueType), else: lowerType(cx, falseType) };
    }
    case K.TypePredicate:
      return primitive((node as tsc.TypePredicateNode).assertsModifier === undefined ? "boolean" : "void");
    default:
      return (cx.docTypes ? docOnlyType(cx, node) : undefined) ?? complex(cx, node);
  }
}

/** `import("./user").User`: as if it were imported by name. */
function importType(cx: Context, node: tsc.ImportTypeNode): TypeIR | undefined {
  const { argument, qualifier, typeArguments, isTypeOf } = node;
  const from = argument.kind === cx.ts.SyntaxKind.LiteralType ? (argument as tsc.LiteralTypeNode).literal : undefined;
  if (from?.kind !== cx.ts.SyntaxKind.StringLiteral) return undefined;
  const [first = "*", ...rest] = qualifier === undefined ? [] : entityName(cx, qualifier);
  const name = [importedHere(cx, (from as tsc.StringLiteral).text, first, span(cx, node)), ...rest];
  const args = typeArguments?.map((n) => lowerType(cx, n));
  return { t: isTypeOf ? "typeof" : "ref", name, ...(args !== undefined && { args }) };
}

/** For annotations that the grammar demands and broken code lacks. */
function optionalType(cx: Context, node: tsc.TypeNode | undefined): TypeIR | undefined {
  return node === undefined ? undefined : lowerType(cx, node);
}

/** The type of an optional annotation, as a property that is absent when there is none. */
export function typeProp(cx: Context, node: tsc.TypeNode | undefined): { readonly type?: TypeIR } {
  return node === undefined ? {} : { type: lowerType(cx, node) };
}

export function lowerTypeParams(
  cx: Context,
  params: readonly tsc.TypeParameterDeclaration[] | undefined,
): { readonly typeParams?: TypeParam[] } {
  if (params === undefined || params.length === 0) return {};
  const typeParams = params.map((p) => ({
    name: p.name.text,
    ...(p.constraint !== undefined && { constraint: lowerType(cx, p.constraint) }),
    ...(p.default !== undefined && { default: lowerType(cx, p.default) }),
  }));
  return { typeParams };
}

/** A signature as a function type. */
export function functionType(cx: Context, node: tsc.SignatureDeclaration): TypeIR {
  const returns = returnNodeOf(cx, node);
  const params = node.parameters
    .filter((p) => !isThisParameter(cx.ts, p))
    .map((p) => ({
      name: (p.name as Partial<tsc.Identifier> | undefined)?.text ?? "",
      ...typeProp(cx, typeNodeOf(cx, p)),
      ...(p.dotDotDotToken !== undefined && { rest: true as const }),
    }));
  const self = node.parameters.find((p) => isThisParameter(cx.ts, p))?.type;
  return {
    t: "function",
    params,
    ...(self !== undefined && { self: lowerType(cx, self) }),
    ...(returns !== undefined && { returns: lowerType(cx, returns) }),
    ...lowerTypeParams(cx, node.typeParameters),
  };
}

/** Adds a member; the signatures of an overloaded method are one member. */
export function addMember(props: PropType[], member: PropType): void {
  const at =
    member.method === true ? props.findIndex((p) => p.method === true && p.name === member.name && p.static === member.static) : -1;
  const before = props[at]?.type;
  if (before === undefined || member.type === undefined) props.push(member);
  else props[at] = { ...props[at]!, type: overloaded(before, member.type) };
}

/** One more signature. */
const overloaded = (before: TypeIR, signature: TypeIR): TypeIR => ({
  t: "intersection",
  of: [...(before.t === "intersection" ? before.of : [before]), signature],
});

/** The members of an interface or type literal. Setters are left out; of construct signatures the first counts. */
export function literal(cx: Context, members: readonly tsc.TypeElement[]): Extract<TypeIR, { t: "literal" }> {
  const K = cx.ts.SyntaxKind;
  const props: PropType[] = [];
  let index: TypeIR | undefined;
  let call: TypeIR | undefined;
  let made: TypeIR | undefined;
  for (const m of members) {
    switch (m.kind) {
      case K.PropertySignature:
      case K.MethodSignature:
      case K.GetAccessor: {
        const name = memberName(cx, m.name);
        if (name === undefined) break;
        const tags = tagsOf(cx, m);
        const signature = m as tsc.PropertySignature | tsc.MethodSignature | tsc.GetAccessorDeclaration;
        const type =
          m.kind === K.MethodSignature ? functionType(cx, m as tsc.MethodSignature) : signature.type && lowerType(cx, signature.type);
        addMember(props, {
          name,
          ...(type !== undefined && { type }),
          ...(m.questionToken !== undefined && { optional: true }),
          ...(m.kind === K.MethodSignature && { method: true }),
          ...(tags !== undefined && { tags }),
          at: m.getStart(cx.file),
        });
        break;
      }
      case K.IndexSignature:
        index ??= optionalType(cx, (m as tsc.IndexSignatureDeclaration).type);
        break;
      case K.CallSignature: {
        const signature = functionType(cx, m as tsc.CallSignatureDeclaration);
        call = call === undefined ? signature : overloaded(call, signature);
        break;
      }
      case K.ConstructSignature:
        made ??= optionalType(cx, (m as tsc.ConstructSignatureDeclaration).type);
        break;
      default:
        break;
    }
  }
  return {
    t: "literal",
    props,
    ...(index !== undefined && { index }),
    ...(call !== undefined && { call }),
    ...(made !== undefined && { made }),
  };
}

/** A member's name when the text tells it; symbols as `[Symbol.iterator]`. */
export function memberName(cx: Context, name: tsc.PropertyName | undefined): string | undefined {
  const K = cx.ts.SyntaxKind;
  if (name === undefined) return undefined;
  if (name.kind !== K.ComputedPropertyName) return keyText(cx.ts, name);
  const e = name.expression;
  if (e.kind === K.StringLiteral || e.kind === K.NumericLiteral || e.kind === K.NoSubstitutionTemplateLiteral)
    return (e as tsc.StringLiteral).text;
  const symbol = expressionName(cx, e);
  return symbol?.[0] === "Symbol" ? `[${symbol.join(".")}]` : undefined;
}

/** `A.B.C` in an expression; undefined when it is not a dotted name. */
function expressionName(cx: Context, node: tsc.Expression): string[] | undefined {
  const K = cx.ts.SyntaxKind;
  const out: string[] = [];
  let n: tsc.Expression = node;
  while (n.kind === K.PropertyAccessExpression) {
    out.unshift((n as tsc.PropertyAccessExpression).name.text);
    n = (n as tsc.PropertyAccessExpression).expression;
  }
  if (n.kind !== K.Identifier) return undefined;
  out.unshift((n as tsc.Identifier).text);
  return out;
}

export function entityName(cx: Context, node: tsc.EntityName): string[] {
  const out: string[] = [];
  let n = node;
  while (n.kind === cx.ts.SyntaxKind.QualifiedName) {
    out.unshift(n.right.text);
    n = n.left;
  }
  out.unshift(n.text);
  return out;
}

function ref(cx: Context, name: readonly string[], args: readonly tsc.TypeNode[] | undefined): TypeIR {
  const lowered = args?.map((n) => lowerType(cx, n));
  const doc = cx.docTypes && name.length === 1 ? docReference(name[0]!, lowered ?? []) : undefined;
  if (doc !== undefined) return doc;
  return { t: "ref", name: qualified(cx, name), ...(lowered !== undefined && { args: lowered }) };
}

/** A type that a namespace around declares gets that namespace's path: the types table names it so. */
function qualified(cx: Context, name: readonly string[]): readonly string[] {
  const first = name[0];
  for (let i = cx.typeScopes.length - 1; i >= 0; i--) {
    const s = cx.typeScopes[i];
    if (s !== undefined && first !== undefined && s.names.has(first)) return [...s.path, ...name];
  }
  return name;
}

function primitive(name: Primitive): TypeIR {
  return { t: "primitive", name };
}

function complex(cx: Context, node: tsc.Node): TypeIR {
  const s = span(cx, node);
  return { t: "complex", text: cx.text.slice(s.at, s.end), ...s };
}

function literalType(cx: Context, node: tsc.LiteralTypeNode["literal"]): TypeIR | undefined {
  const K = cx.ts.SyntaxKind;
  const of = (v: Const): TypeIR => ({ t: "const", v });
  // Infinity (`1e999`) does not survive JSON.
  const finite = (v: number): TypeIR => (Number.isFinite(v) ? of(v) : primitive("number"));
  switch (node.kind) {
    case K.NullKeyword:
      return primitive("null");
    case K.TrueKeyword:
      return of(true);
    case K.FalseKeyword:
      return of(false);
    case K.StringLiteral:
    case K.NoSubstitutionTemplateLiteral:
      return of((node as tsc.StringLiteral).text);
    case K.NumericLiteral:
      return finite(Number((node as tsc.NumericLiteral).text));
    case K.BigIntLiteral:
      return primitive("bigint");
    case K.PrefixUnaryExpression: {
      const { operand } = node as tsc.PrefixUnaryExpression;
      return operand.kind === K.NumericLiteral ? finite(0 - Number((operand as tsc.NumericLiteral).text)) : primitive("bigint");
    }
    default:
      return undefined;
  }
}

function mapped(cx: Context, node: tsc.MappedTypeNode): TypeIR {
  const { name, constraint } = node.typeParameter;
  if (constraint === undefined || node.nameType !== undefined) return complex(cx, node);
  const value = node.type === undefined ? {} : { value: lowerType(cx, node.type) };
  const isOptional = node.questionToken !== undefined && node.questionToken.kind !== cx.ts.SyntaxKind.MinusToken;
  return { t: "mapped", param: name.text, keys: lowerType(cx, constraint), ...value, ...(isOptional && { optional: true }) };
}

function tuple(cx: Context, node: tsc.TupleTypeNode): TypeIR {
  const K = cx.ts.SyntaxKind;
  const of: TypeIR[] = [];
  let rest: TypeIR | undefined;
  for (const e of node.elements) {
    const isRest = e.kind === K.RestType || (e.kind === K.NamedTupleMember && (e as tsc.NamedTupleMember).dotDotDotToken !== undefined);
    if (isRest) rest = lowerType(cx, e);
    else of.push(lowerType(cx, e));
  }
  return { t: "tuple", of, ...(rest !== undefined && { rest }) };
}
