/**
 * First pass over a file: which scopes there are, what they declare, and which variables closures capture.
 *
 * Walks every value position once. Uses are resolved when a scope closes, since `var`, functions and classes may be declared after
 * their use; the temporal dead zone is ignored.
 */
import type * as tsc from "typescript";
import { classLike, enumeration, functionDeclaration, functionLike, imports, namespace } from "./bind-declarations.js";
import { type Binder, DEFAULT_SLOT, EXPORT_EQUALS_SLOT, close, declare, functionScope, newScope, use, within } from "./binder.js";
import { type Scope, allocate } from "./scope.js";
import {
  type Compiler,
  directivesOf,
  isAssignmentOperator,
  isBlockScoped,
  isDeclare,
  isInstantiated,
  isIntrinsicTag,
  isModuleSyntax,
  MAX_NESTING,
} from "./syntax.js";

export interface BoundFile {
  readonly module: Scope;
  /** The scope that a node opens: functions, blocks, loops, catch clauses, case blocks, namespaces, enums, class expressions. */
  readonly scopes: ReadonlyMap<tsc.Node, Scope>;
  /** Function declarations in blocks of sloppy code, which also assign a `var` of the function around (Annex B.3.3). */
  readonly annexB: ReadonlySet<tsc.Node>;
}

/** Resolves the scopes of a file. Never throws but for a stack overflow on code nested absurdly deep. */
export function bindScopes(ts: Compiler, file: tsc.SourceFile): BoundFile {
  const module = newScope("function", undefined, false, false);
  const sloppy = isSloppy(ts, file);
  const b: Binder = { ts, sloppy, module, scope: module, scopes: new Map(), annexB: new Set(), namespaces: new Map(), nesting: 0 };
  if (!file.isDeclarationFile) visitAll(b, file.statements);
  close(module);
  allocate(module);
  return { module, scopes: b.scopes, annexB: b.annexB };
}

/** Is the file sloppy-mode code, as far as its text says: a plain script or CommonJS JavaScript without `"use strict"`? */
function isSloppy(ts: Compiler, file: tsc.SourceFile): boolean {
  return (
    /\.(c?js|jsx)$/.test(file.fileName) &&
    !file.statements.some((s) => isModuleSyntax(ts, s)) &&
    !directivesOf(ts, file.statements).includes("use strict")
  );
}

export function visitAll(b: Binder, nodes: readonly tsc.Node[] | undefined): void {
  if (nodes !== undefined) for (const n of nodes) visit(b, n);
}

export function visit(b: Binder, first: tsc.Node | undefined): void {
  if (first === undefined || b.nesting > 2 * MAX_NESTING) return;
  b.nesting++;
  let node: tsc.Node | undefined = first;
  // The left spine of chains, and `else if`, are walked in this loop: they get thousands long in real code.
  while (node !== undefined) node = step(b, node);
  b.nesting--;
}

/** Visits one node; gives what is to be visited next in its place. */
function step(b: Binder, node: tsc.Node): tsc.Node | undefined {
  const K = b.ts.SyntaxKind;
  switch (node.kind) {
    case K.Identifier:
      use(b, (node as tsc.Identifier).text);
      return undefined;
    case K.PropertyAccessExpression:
    case K.NonNullExpression:
    case K.ParenthesizedExpression:
    case K.AsExpression:
    case K.SatisfiesExpression:
    case K.TypeAssertionExpression:
    case K.ExpressionWithTypeArguments:
      return (node as tsc.PropertyAccessExpression).expression;
    case K.ElementAccessExpression:
      visit(b, (node as tsc.ElementAccessExpression).argumentExpression);
      return (node as tsc.ElementAccessExpression).expression;
    case K.CallExpression:
    case K.NewExpression:
      visitAll(b, (node as tsc.CallExpression | tsc.NewExpression).arguments);
      return (node as tsc.CallExpression).expression;
    case K.BinaryExpression:
      return binary(b, node as tsc.BinaryExpression);
    case K.ConditionalExpression:
      visit(b, (node as tsc.ConditionalExpression).condition);
      visit(b, (node as tsc.ConditionalExpression).whenTrue);
      return (node as tsc.ConditionalExpression).whenFalse;
    case K.IfStatement:
      visit(b, (node as tsc.IfStatement).expression);
      visit(b, (node as tsc.IfStatement).thenStatement);
      return (node as tsc.IfStatement).elseStatement;
    case K.PropertyAssignment:
      propertyName(b, (node as tsc.PropertyAssignment).name);
      return (node as tsc.PropertyAssignment).initializer;
    case K.ShorthandPropertyAssignment:
      use(b, (node as tsc.ShorthandPropertyAssignment).name.text);
      return (node as tsc.ShorthandPropertyAssignment).objectAssignmentInitializer;
    case K.FunctionDeclaration:
      functionDeclaration(b, node as tsc.FunctionDeclaration);
      return undefined;
    case K.FunctionExpression:
    case K.ArrowFunction:
    case K.MethodDeclaration:
    case K.GetAccessor:
    case K.SetAccessor:
    case K.Constructor:
      functionLike(b, node as tsc.FunctionLikeDeclaration);
      return undefined;
    case K.ClassDeclaration:
    case K.ClassExpression:
      classLike(b, node as tsc.ClassLikeDeclaration);
      return undefined;
    case K.Block:
      within(b, node, "block", b.scope.inLoop, () => visitAll(b, (node as tsc.Block).statements));
      return undefined;
    case K.VariableStatement:
      if (!isDeclare(b.ts, node)) visit(b, (node as tsc.VariableStatement).declarationList);
      return undefined;
    case K.VariableDeclarationList:
      variables(b, node as tsc.VariableDeclarationList);
      return undefined;
    case K.ForStatement:
    case K.ForInStatement:
    case K.ForOfStatement:
    case K.WhileStatement:
    case K.DoStatement:
      loop(b, node as tsc.IterationStatement);
      return undefined;
    case K.TryStatement: {
      const { tryBlock, catchClause, finallyBlock } = node as tsc.TryStatement;
      visit(b, tryBlock);
      visit(b, catchClause);
      visit(b, finallyBlock);
      surround(
        b,
        catchClause,
        [tryBlock, finallyBlock].flatMap((block) => (block === undefined ? [] : (b.scopes.get(block) ?? []))),
      );
      return undefined;
    }
    case K.SwitchStatement: {
      const { expression, caseBlock } = node as tsc.SwitchStatement;
      const before = b.scope.children.length;
      visit(b, expression);
      const asked = b.scope.children.slice(before);
      within(b, caseBlock, "block", b.scope.inLoop, () => {
        for (const clause of caseBlock.clauses) {
          if (clause.kind === K.CaseClause) visit(b, clause.expression);
          visitAll(b, clause.statements);
        }
      });
      surround(b, caseBlock, asked);
      return undefined;
    }
    case K.CatchClause: {
      const { variableDeclaration, block } = node as tsc.CatchClause;
      within(b, node, "block", b.scope.inLoop, () => {
        if (variableDeclaration !== undefined) binding(b, variableDeclaration.name, b.scope);
        visitAll(b, block.statements);
      });
      return undefined;
    }
    case K.LabeledStatement:
      return (node as tsc.LabeledStatement).statement;
    case K.EnumDeclaration:
      enumeration(b, node as tsc.EnumDeclaration);
      return undefined;
    case K.ModuleDeclaration:
      if (isInstantiated(b.ts, node as tsc.ModuleDeclaration)) namespace(b, node as tsc.ModuleDeclaration);
      return undefined;
    case K.ImportDeclaration:
      imports(b, node as tsc.ImportDeclaration);
      return undefined;
    case K.ImportEqualsDeclaration: {
      const { name, moduleReference } = node as tsc.ImportEqualsDeclaration;
      if (moduleReference.kind === K.ExternalModuleReference) declare(b, name.text, { k: "import", index: -1 });
      else if (!(node as tsc.ImportEqualsDeclaration).isTypeOnly) declare(b, name.text);
      return undefined;
    }
    case K.ExportAssignment:
      declare(b, (node as tsc.ExportAssignment).isExportEquals === true ? EXPORT_EQUALS_SLOT : DEFAULT_SLOT, undefined, b.module);
      return (node as tsc.ExportAssignment).expression;
    case K.JsxElement: {
      const { openingElement, children } = node as tsc.JsxElement;
      visit(b, openingElement);
      visitAll(b, children);
      return undefined;
    }
    case K.JsxOpeningElement:
    case K.JsxSelfClosingElement: {
      const { tagName, attributes } = node as tsc.JsxOpeningLikeElement;
      if (tagName.kind !== K.Identifier || !isIntrinsicTag(tagName.text)) visit(b, tagName);
      visitAll(b, attributes.properties);
      return undefined;
    }
    case K.JsxAttribute:
      return (node as tsc.JsxAttribute).initializer;
    case K.JsxNamespacedName:
    case K.MetaProperty:
    case K.BreakStatement:
    case K.ContinueStatement:
    case K.ExportDeclaration:
    case K.InterfaceDeclaration:
    case K.TypeAliasDeclaration:
    case K.TypeParameter:
      return undefined;
    default:
      if (node.kind >= K.FirstTypeNode && node.kind <= K.LastTypeNode) return undefined;
      b.ts.forEachChild(node, (n) => visit(b, n));
      return undefined;
  }
}

/** The record of a node's scope is around the whole statement, and so around these, which do not see its names. */
function surround(b: Binder, node: tsc.Node | undefined, scopes: readonly Scope[]): void {
  const around = node === undefined ? undefined : b.scopes.get(node);
  if (around !== undefined) for (const scope of scopes) scope.around = around;
}

function binary(b: Binder, node: tsc.BinaryExpression): tsc.Node {
  if (!isAssignmentOperator(b.ts, node.operatorToken.kind)) {
    visit(b, node.right);
    return node.left;
  }
  visit(b, node.left);
  return node.right;
}

export function propertyName(b: Binder, name: tsc.PropertyName | undefined): void {
  if (name !== undefined && name.kind === b.ts.SyntaxKind.ComputedPropertyName) visit(b, name.expression);
}

/** Declares the names of a pattern in `target` and visits its keys and defaults. */
export function binding(b: Binder, name: tsc.BindingName, target: Scope): void {
  if (name.kind === b.ts.SyntaxKind.Identifier) {
    declare(b, name.text, undefined, target);
    return;
  }
  for (const e of name.elements) {
    if (e.kind !== b.ts.SyntaxKind.BindingElement) continue;
    propertyName(b, e.propertyName);
    visit(b, e.initializer);
    binding(b, e.name, target);
  }
}

function variables(b: Binder, list: tsc.VariableDeclarationList): void {
  const target = isBlockScoped(b.ts, list) ? b.scope : functionScope(b);
  for (const d of list.declarations) {
    binding(b, d.name, target);
    visit(b, d.initializer);
  }
}

function loop(b: Binder, node: tsc.IterationStatement): void {
  const K = b.ts.SyntaxKind;
  if (node.kind === K.WhileStatement || node.kind === K.DoStatement) {
    within(b, node, "inner", true, () => {
      visit(b, (node as tsc.WhileStatement).expression);
      visit(b, node.statement);
    });
  } else if (node.kind === K.ForStatement) {
    const { initializer, condition, incrementor, statement } = node as tsc.ForStatement;
    within(b, node, "head", true, () => {
      visit(b, initializer);
      visit(b, condition);
      visit(b, incrementor);
      visit(b, statement);
    });
  } else {
    const { initializer, expression, statement } = node as tsc.ForOfStatement | tsc.ForInStatement;
    visit(b, expression);
    within(b, node, "head", true, () => {
      visit(b, initializer);
      if (statement.kind === K.Block) within(b, statement, "inner", true, () => visitAll(b, (statement as tsc.Block).statements));
      else visit(b, statement);
    });
  }
}
