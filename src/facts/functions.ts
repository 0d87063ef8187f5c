/** Functions of every kind: parameters, body, what is hoisted, and the signature as written. */
import type * as tsc from "typescript";
import { type Context, type Hint, type Place, constant, readName, span, undefinedAt } from "./context.js";
import { lowerExpr, opaque } from "./expressions.js";
import type { DocTag, Expr, FunctionFacts, FunctionKind, Param, Span, Stmt } from "./ir.js";
import { docThisType, isOptionalParam, returnNodeOf, typeNodeOf, typeParamsOf } from "./jsdoc.js";
import { bindingTarget } from "./patterns.js";
import type { Scope } from "./scope.js";
import { lowerStatements } from "./statements.js";
import { directivesOf, hasModifier, isThisParameter } from "./syntax.js";
import { tagsOf } from "./tags.js";
import { lowerType, typeProp } from "./types.js";

export interface FunctionOptions {
  readonly kind: FunctionKind;
  readonly hint?: Hint;
  /** Class it is a member of. */
  readonly owner?: number;
}

/** Lowers a function as a value: the expression that makes a closure. */
export function lowerFunction(cx: Context, node: tsc.FunctionLikeDeclaration, at: Place, options: FunctionOptions): Expr {
  const s = span(cx, node);
  const fn = addFunction(cx, node, at, options);
  return fn === undefined ? opaque("nested too deeply", s) : { e: "fn", fn, at: s.at, end: s.end };
}

/** A method or accessor of an object literal or class; its index. An unreadable one (nested too deeply) is an empty function. */
export function lowerMethod(
  cx: Context,
  node: tsc.FunctionLikeDeclaration,
  at: Place,
  kind: FunctionKind,
  hint: Hint,
  owner?: number,
): number {
  return addFunction(cx, node, at, { kind, hint, ...(owner !== undefined && { owner }) }) ?? emptyFunction(cx, span(cx, node), at, kind);
}

/** Lowers a function-like into the file's table; undefined when its scope was not analysed because it is nested too deeply. */
export function addFunction(cx: Context, node: tsc.FunctionLikeDeclaration, at: Place, options: FunctionOptions): number | undefined {
  const K = cx.ts.SyntaxKind;
  const scope = cx.bound.scopes.get(node);
  if (scope === undefined) return undefined;
  const index = reserve(cx);
  const inner: Place = { scope, record: scope.record, fn: index };
  const ownName = node.kind === K.FunctionExpression ? node.name?.text : undefined;
  const declared = node.kind === K.FunctionDeclaration ? (node.name?.text ?? "default") : undefined;
  const tags = tagsOf(cx, node) ?? options.hint?.tags;
  const params = lowerParams(cx, node, inner, at);
  const before = node.kind === K.Constructor ? parameterProperties(cx, node, inner) : [];
  const { body, directives } = lowerBody(cx, node, inner, before);
  cx.functions[index] = {
    kind: options.kind,
    name: declared ?? ownName ?? options.hint?.name ?? "",
    async: hasModifier(node, K.AsyncKeyword),
    generator: (node as tsc.FunctionExpression).asteriskToken !== undefined,
    params,
    body,
    hoisted: scope.record.hoisted,
    ...returnType(cx, returnNodeOf(cx, node)),
    ...thisType(cx, node),
    parent: at.fn,
    ...(options.owner !== undefined && { owner: options.owner }),
    ...selfName(scope, ownName),
    ...(scope.usesArguments && { usesArguments: true }),
    ...typeParamsOf(cx, node),
    ...(tags !== undefined && { tags }),
    ...(directives.length > 0 && { directives }),
    ...span(cx, node),
  };
  return index;
}

/** Takes the next index, so that functions are numbered in the order of their first tokens. */
export function reserve(cx: Context): number {
  return cx.functions.push(undefined) - 1;
}

/** A parameterless function that the file does not spell out: a field's thunk, a static block, a namespace's body. */
export function addThunk(cx: Context, scope: Scope, at: Place, parts: ThunkParts, lower: (inner: Place) => Stmt[]): number {
  const index = reserve(cx);
  const body = lower({ scope, record: scope.record, fn: index });
  cx.functions[index] = {
    kind: parts.kind,
    name: parts.name,
    async: false,
    generator: false,
    params: parts.params ?? [],
    body,
    hoisted: scope.record.hoisted,
    parent: at.fn,
    ...(parts.owner !== undefined && { owner: parts.owner }),
    ...(parts.tags !== undefined && { tags: parts.tags }),
    at: parts.span.at,
    end: parts.span.end,
  };
  return index;
}

export interface ThunkParts {
  readonly kind: FunctionKind;
  readonly name: string;
  readonly span: Span;
  readonly owner?: number;
  readonly tags?: readonly DocTag[];
  readonly params?: readonly Param[];
}

function emptyFunction(cx: Context, s: Span, at: Place, kind: FunctionKind): number {
  const body: Stmt[] = [{ s: "opaque", reason: "nested too deeply", at: s.at, end: s.end }];
  const facts = { kind, name: "", async: false, generator: false, params: [], body, hoisted: [], parent: at.fn, at: s.at, end: s.end };
  return cx.functions.push(facts) - 1;
}

function selfName(scope: Scope, name: string | undefined): { readonly selfName?: string } {
  if (name === undefined || name === "") return {};
  const binding = scope.names.get(name);
  // A parameter or variable of the same name hides it.
  if (binding?.k !== "variable" || binding.self !== true) return {};
  return { selfName: binding.slot };
}

/** Decorators of parameters are evaluated with the class (`outer`), defaults with the call (`inner`). */
function lowerParams(cx: Context, node: tsc.FunctionLikeDeclaration, inner: Place, outer: Place): Param[] {
  return node.parameters
    .filter((p) => !isThisParameter(cx.ts, p))
    .map((p) => {
      const said = typeNodeOf(cx, p);
      const type = said === undefined ? undefined : lowerType(cx, said);
      const decorators = lowerDecorators(cx, p, outer);
      const tags = tagsOf(cx, p);
      return {
        target: bindingTarget(cx, p.name, inner, type),
        ...(p.initializer !== undefined && { default: lowerExpr(cx, p.initializer, inner) }),
        rest: p.dotDotDotToken !== undefined,
        optional: isOptionalParam(cx, p),
        ...(type !== undefined && { type }),
        ...decorators,
        ...(tags !== undefined && { tags }),
        ...span(cx, p),
      };
    });
}

export function lowerDecorators(cx: Context, node: tsc.Node, at: Place): { readonly decorators?: Expr[] } {
  const out: Expr[] = [];
  for (const m of (node as { modifiers?: readonly tsc.ModifierLike[] }).modifiers ?? []) {
    if (m.kind === cx.ts.SyntaxKind.Decorator) out.push(lowerExpr(cx, m.expression, at));
  }
  return out.length === 0 ? {} : { decorators: out };
}

function returnType(cx: Context, type: tsc.TypeNode | undefined): Pick<FunctionFacts, "returnType" | "predicate"> {
  if (type === undefined) return {};
  if (type.kind !== cx.ts.SyntaxKind.TypePredicate) return { returnType: lowerType(cx, type) };
  const { parameterName, assertsModifier, type: narrowed } = type as tsc.TypePredicateNode;
  const param = parameterName.kind === cx.ts.SyntaxKind.Identifier ? parameterName.text : "this";
  return { returnType: lowerType(cx, type), predicate: { param, asserts: assertsModifier !== undefined, ...typeProp(cx, narrowed) } };
}

function thisType(cx: Context, node: tsc.FunctionLikeDeclaration): Pick<FunctionFacts, "thisType"> {
  const [first] = node.parameters;
  const type = first !== undefined && isThisParameter(cx.ts, first) ? first.type : docThisType(cx, node);
  return type === undefined ? {} : { thisType: lowerType(cx, type) };
}

function lowerBody(
  cx: Context,
  node: tsc.FunctionLikeDeclaration,
  inner: Place,
  before: readonly Stmt[],
): { body: Stmt[]; directives: string[] } {
  const body = node.body;
  if (body === undefined) return { body: [...before], directives: [] };
  if (body.kind !== cx.ts.SyntaxKind.Block) {
    const e = lowerExpr(cx, body, inner);
    return { body: [{ s: "return", e, ...span(cx, body) }], directives: [] };
  }
  const statements = (body as tsc.Block).statements;
  const directives = directivesOf(cx.ts, statements);
  const rest = statements.slice(directives.length);
  if (before.length === 0) return { body: lowerStatements(cx, rest, inner), directives };
  const superAt = rest.findIndex((s) => isSuperCall(cx, s)) + 1;
  const lowered = [...lowerStatements(cx, rest.slice(0, superAt), inner), ...before, ...lowerStatements(cx, rest.slice(superAt), inner)];
  return { body: lowered, directives };
}

function isSuperCall(cx: Context, s: tsc.Statement): boolean {
  const K = cx.ts.SyntaxKind;
  if (s.kind !== K.ExpressionStatement) return false;
  const e = (s as tsc.ExpressionStatement).expression;
  return e.kind === K.CallExpression && (e as tsc.CallExpression).expression.kind === K.SuperKeyword;
}

/** `constructor(private x: T)` assigns `this.x = x`. */
function parameterProperties(cx: Context, node: tsc.ConstructorDeclaration, inner: Place): Stmt[] {
  const out: Stmt[] = [];
  for (const p of node.parameters) {
    if (!isParameterProperty(cx, p)) continue;
    const name = (p.name as tsc.Identifier).text;
    const s = span(cx, p.name);
    const target = { p: "member" as const, o: { e: "this" as const, ...s }, key: constant(name, s), ...s };
    out.push({ s: "expr", e: { e: "assign", target, v: readName(name, inner, s), ...s }, ...s });
  }
  return out;
}

export function isParameterProperty(cx: Context, p: tsc.ParameterDeclaration): boolean {
  const K = cx.ts.SyntaxKind;
  if (p.name.kind !== K.Identifier || p.modifiers === undefined) return false;
  return p.modifiers.some((m) => m.kind !== K.Decorator);
}

/** A thunk's body: `return value`. */
export function returning(cx: Context, value: tsc.Expression | undefined, at: Place, s: Span, hint?: Hint): Stmt[] {
  const e = value === undefined ? undefinedAt(s) : lowerExpr(cx, value, at, hint);
  return [{ s: "return", e, at: s.at, end: s.end }];
}
