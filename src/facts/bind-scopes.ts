/**
 * First pass over a file: which scopes there are, what they declare, and which variables closures capture.
 *
 * Walks every value position once. Uses are resolved when a scope closes, since `var`, functions and classes may be declared after
 * their use; the temporal dead zone is ignored.
 */
import type * as tsc from "typescript";
import {
  type Compiler,
  boundNames,
  directivesOf,
  hasModifier,
  isAssignmentOperator,
  isBlockScoped,
  isDeclare,
  isDefaultExport,
  isExported,
  isInstantiated,
  isIntrinsicTag,
  isThisParameter,
  MAX_NESTING,
} from "./syntax.js";
import { type Binding, type Scope, type ScopeKind, allocate, newRecord, newVariable } from "./scope.js";

export interface BoundFile {
  readonly module: Scope;
  /** The scope that a node opens: functions, blocks, loops, catch clauses, case blocks, namespaces, enums, class expressions. */
  readonly scopes: ReadonlyMap<tsc.Node, Scope>;
  /** Function declarations in blocks of sloppy code, which also assign a `var` of the function around (Annex B.3.3). */
  readonly annexB: ReadonlySet<tsc.Node>;
}

/** The slot of an anonymous or expression default export, and of `export =`. */
export const DEFAULT_SLOT = "*default*";
export const EXPORT_EQUALS_SLOT = "*export=";

/** Resolves the scopes of a file. Never throws but for a stack overflow on code nested absurdly deep. */
export function bindScopes(ts: Compiler, file: tsc.SourceFile, sloppy: boolean): BoundFile {
  const K = ts.SyntaxKind;
  const scopes = new Map<tsc.Node, Scope>();
  const annexB = new Set<tsc.Node>();
  const namespaces = new Map<Scope, Map<string, Set<string>>>();
  const module = open(file, "function", undefined, false, false);
  let scope = module;
  let nesting = 0;

  if (!file.isDeclarationFile) for (const s of file.statements) visit(s);
  close(module);
  allocate(module);
  return { module, scopes, annexB };

  function open(node: tsc.Node, kind: ScopeKind, parent: Scope | undefined, inLoop: boolean, ownArguments: boolean): Scope {
    const opened: Scope = {
      kind,
      parent,
      names: new Map(),
      uses: new Map(),
      children: [],
      inLoop,
      ownArguments,
      captured: false,
      ownRecord: false,
      record: newRecord(0),
      usesArguments: false,
    };
    parent?.children.push(opened);
    scopes.set(node, opened);
    return opened;
  }

  /** Resolves the uses of a scope that is done; what it does not declare goes outwards. */
  function close(s: Scope): void {
    const crosses = s.kind === "function";
    for (const [name, inFunction] of s.uses) {
      if (s.names.has(name)) {
        if (inFunction) s.captured = true;
      } else if (s.ownArguments && name === "arguments") {
        s.usesArguments = true;
        s.names.set(name, newVariable(name));
      } else if (s.parent !== undefined) {
        s.parent.uses.set(name, inFunction || crosses || s.parent.uses.get(name) === true);
      }
    }
    s.uses.clear();
    if (s.kind === "inner" && s.captured && s.parent !== undefined) s.parent.captured = true;
  }

  function within(node: tsc.Node, kind: ScopeKind, inLoop: boolean, body: () => void, ownArguments = false): void {
    const outer = scope;
    scope = open(node, kind, outer, inLoop, ownArguments);
    body();
    close(scope);
    scope = outer;
  }

  function use(name: string): void {
    if (!scope.uses.has(name)) scope.uses.set(name, false);
  }

  function declare(name: string, binding: Binding = newVariable(name), target: Scope = scope): void {
    if (name !== "" && !target.names.has(name)) target.names.set(name, binding);
  }

  function functionScope(): Scope {
    let s = scope;
    while (s.kind !== "function" && s.parent !== undefined) s = s.parent;
    return s;
  }

  function visitAll(nodes: readonly tsc.Node[] | undefined): void {
    if (nodes !== undefined) for (const n of nodes) visit(n);
  }

  function visit(first: tsc.Node | undefined): void {
    if (first === undefined || nesting > 2 * MAX_NESTING) return;
    nesting++;
    let node: tsc.Node | undefined = first;
    // The left spine of chains, and `else if`, are walked in this loop: they get thousands long in real code.
    while (node !== undefined) node = step(node);
    nesting--;
  }

  /** Visits one node; gives what is to be visited next in its place. */
  function step(node: tsc.Node): tsc.Node | undefined {
    switch (node.kind) {
      case K.Identifier:
        use((node as tsc.Identifier).text);
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
        visit((node as tsc.ElementAccessExpression).argumentExpression);
        return (node as tsc.ElementAccessExpression).expression;
      case K.CallExpression:
      case K.NewExpression:
        visitAll((node as tsc.CallExpression | tsc.NewExpression).arguments);
        return (node as tsc.CallExpression).expression;
      case K.BinaryExpression:
        return binary(node as tsc.BinaryExpression);
      case K.ConditionalExpression:
        visit((node as tsc.ConditionalExpression).condition);
        visit((node as tsc.ConditionalExpression).whenTrue);
        return (node as tsc.ConditionalExpression).whenFalse;
      case K.IfStatement:
        visit((node as tsc.IfStatement).expression);
        visit((node as tsc.IfStatement).thenStatement);
        return (node as tsc.IfStatement).elseStatement;
      case K.PropertyAssignment:
        propertyName((node as tsc.PropertyAssignment).name);
        return (node as tsc.PropertyAssignment).initializer;
      case K.ShorthandPropertyAssignment:
        use((node as tsc.ShorthandPropertyAssignment).name.text);
        return (node as tsc.ShorthandPropertyAssignment).objectAssignmentInitializer;
      case K.FunctionDeclaration:
        functionDeclaration(node as tsc.FunctionDeclaration);
        return undefined;
      case K.FunctionExpression:
      case K.ArrowFunction:
      case K.MethodDeclaration:
      case K.GetAccessor:
      case K.SetAccessor:
      case K.Constructor:
        functionLike(node as tsc.FunctionLikeDeclaration);
        return undefined;
      case K.ClassDeclaration:
      case K.ClassExpression:
        classLike(node as tsc.ClassLikeDeclaration);
        return undefined;
      case K.Block:
        within(node, "block", scope.inLoop, () => visitAll((node as tsc.Block).statements));
        return undefined;
      case K.VariableStatement:
        if (!isDeclare(ts, node)) visit((node as tsc.VariableStatement).declarationList);
        return undefined;
      case K.VariableDeclarationList:
        variables(node as tsc.VariableDeclarationList);
        return undefined;
      case K.ForStatement:
      case K.ForInStatement:
      case K.ForOfStatement:
      case K.WhileStatement:
      case K.DoStatement:
        loop(node as tsc.IterationStatement);
        return undefined;
      case K.SwitchStatement: {
        const { expression, caseBlock } = node as tsc.SwitchStatement;
        visit(expression);
        within(caseBlock, "block", scope.inLoop, () => {
          for (const clause of caseBlock.clauses) {
            if (clause.kind === K.CaseClause) visit((clause as tsc.CaseClause).expression);
            visitAll(clause.statements);
          }
        });
        return undefined;
      }
      case K.CatchClause: {
        const { variableDeclaration, block } = node as tsc.CatchClause;
        within(node, "block", scope.inLoop, () => {
          if (variableDeclaration !== undefined) binding(variableDeclaration.name, scope);
          visitAll(block.statements);
        });
        return undefined;
      }
      case K.LabeledStatement:
        return (node as tsc.LabeledStatement).statement;
      case K.EnumDeclaration:
        enumeration(node as tsc.EnumDeclaration);
        return undefined;
      case K.ModuleDeclaration:
        if (isInstantiated(ts, node as tsc.ModuleDeclaration)) namespace(node as tsc.ModuleDeclaration);
        return undefined;
      case K.ImportDeclaration:
        imports(node as tsc.ImportDeclaration);
        return undefined;
      case K.ImportEqualsDeclaration: {
        const { name, moduleReference } = node as tsc.ImportEqualsDeclaration;
        if (moduleReference.kind === K.ExternalModuleReference) declare(name.text, { k: "import", index: -1 });
        else if (!(node as tsc.ImportEqualsDeclaration).isTypeOnly) declare(name.text);
        return undefined;
      }
      case K.ExportAssignment:
        declare((node as tsc.ExportAssignment).isExportEquals === true ? EXPORT_EQUALS_SLOT : DEFAULT_SLOT, undefined, module);
        return (node as tsc.ExportAssignment).expression;
      case K.JsxElement: {
        const { openingElement, children } = node as tsc.JsxElement;
        visit(openingElement);
        visitAll(children);
        return undefined;
      }
      case K.JsxOpeningElement:
      case K.JsxSelfClosingElement: {
        const { tagName, attributes } = node as tsc.JsxOpeningLikeElement;
        if (tagName.kind !== K.Identifier || !isIntrinsicTag((tagName as tsc.Identifier).text)) visit(tagName);
        visitAll(attributes.properties);
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
        ts.forEachChild(node, visit);
        return undefined;
    }
  }

  function binary(node: tsc.BinaryExpression): tsc.Node {
    if (!isAssignmentOperator(ts, node.operatorToken.kind)) {
      visit(node.right);
      return node.left;
    }
    visit(node.left);
    return node.right;
  }

  function propertyName(name: tsc.PropertyName | undefined): void {
    if (name !== undefined && name.kind === K.ComputedPropertyName) visit((name as tsc.ComputedPropertyName).expression);
  }

  /** Declares the names of a pattern in `target` and visits its keys and defaults. */
  function binding(name: tsc.BindingName, target: Scope): void {
    if (name.kind === K.Identifier) {
      declare((name as tsc.Identifier).text, undefined, target);
      return;
    }
    for (const e of (name as tsc.BindingPattern).elements) {
      if (e.kind !== K.BindingElement) continue;
      const element = e as tsc.BindingElement;
      propertyName(element.propertyName);
      visit(element.initializer);
      binding(element.name, target);
    }
  }

  function variables(list: tsc.VariableDeclarationList): void {
    const target = isBlockScoped(ts, list) ? scope : functionScope();
    for (const d of list.declarations) {
      binding(d.name, target);
      visit(d.initializer);
    }
  }

  function functionDeclaration(node: tsc.FunctionDeclaration): void {
    if (node.body === undefined || isDeclare(ts, node)) return;
    const name = node.name?.text ?? (isDefaultExport(ts, node) ? DEFAULT_SLOT : "");
    declare(name);
    const outer = functionScope();
    if (sloppy && outer !== scope && node.asteriskToken === undefined && !hasModifier(node, K.AsyncKeyword)) {
      declare(name, undefined, outer);
      annexB.add(node);
    }
    functionLike(node);
  }

  function functionLike(node: tsc.FunctionLikeDeclaration): void {
    if (node.body === undefined && node.kind !== K.Constructor) return;
    if (node.kind === K.MethodDeclaration || node.kind === K.GetAccessor || node.kind === K.SetAccessor)
      propertyName((node as tsc.MethodDeclaration).name);
    within(
      node,
      "function",
      false,
      () => {
        for (const p of node.parameters) {
          if (!isThisParameter(ts, p)) binding(p.name, scope);
          visit(p.initializer);
        }
        const body = node.body;
        if (body === undefined) return;
        if (body.kind === K.Block) visitAll((body as tsc.Block).statements);
        else visit(body);
        if (node.kind === K.FunctionExpression && node.name !== undefined)
          declare((node.name as tsc.Identifier).text, { ...newVariable((node.name as tsc.Identifier).text), self: true });
      },
      node.kind !== K.ArrowFunction,
    );
  }

  function decorators(node: tsc.Node): void {
    for (const m of (node as { modifiers?: readonly tsc.ModifierLike[] }).modifiers ?? [])
      if (m.kind === K.Decorator) visit((m as tsc.Decorator).expression);
  }

  function classLike(node: tsc.ClassLikeDeclaration): void {
    if (isDeclare(ts, node)) return;
    if (node.kind === K.ClassDeclaration) {
      declare(node.name?.text ?? (isDefaultExport(ts, node) ? DEFAULT_SLOT : ""));
      classBody(node);
    } else if (node.name !== undefined) {
      within(node, "inner", scope.inLoop, () => {
        declare(node.name?.text ?? "");
        classBody(node);
      });
    } else classBody(node);
  }

  function classBody(node: tsc.ClassLikeDeclaration): void {
    decorators(node);
    for (const h of node.heritageClauses ?? []) if (h.token === K.ExtendsKeyword) visitAll(h.types);
    for (const m of node.members) {
      decorators(m);
      for (const p of (m as Partial<tsc.MethodDeclaration>).parameters ?? []) decorators(p);
      if (m.kind === K.PropertyDeclaration) {
        const { name, initializer } = m as tsc.PropertyDeclaration;
        propertyName(name);
        if (initializer !== undefined) within(m, "function", false, () => visit(initializer));
      } else if (m.kind === K.ClassStaticBlockDeclaration) {
        within(m, "function", false, () => visitAll((m as tsc.ClassStaticBlockDeclaration).body.statements));
      } else visit(m);
    }
  }

  function loop(node: tsc.IterationStatement): void {
    if (node.kind === K.WhileStatement || node.kind === K.DoStatement) {
      within(node, "inner", true, () => {
        visit((node as tsc.WhileStatement).expression);
        visit(node.statement);
      });
    } else if (node.kind === K.ForStatement) {
      const { initializer, condition, incrementor, statement } = node as tsc.ForStatement;
      within(node, "head", true, () => {
        visit(initializer);
        visit(condition);
        visit(incrementor);
        visit(statement);
      });
    } else {
      const { initializer, expression, statement } = node as tsc.ForOfStatement | tsc.ForInStatement;
      visit(expression);
      within(node, "head", true, () => {
        visit(initializer);
        if (statement.kind === K.Block) within(statement, "inner", true, () => visitAll((statement as tsc.Block).statements));
        else visit(statement);
      });
    }
  }

  function enumeration(node: tsc.EnumDeclaration): void {
    if (isDeclare(ts, node) && !hasModifier(node, K.ConstKeyword)) return;
    declare(node.name.text);
    const own = scope.names.get(node.name.text);
    if (own?.k !== "variable") return;
    within(node, "inner", scope.inLoop, () => {
      for (const m of node.members) {
        const name = (m.name as { text?: string }).text;
        if (name !== undefined) declare(name, { k: "member", of: own, name });
      }
      for (const m of node.members) visit(m.initializer);
    });
  }

  function namespace(node: tsc.ModuleDeclaration): void {
    const name = (node.name as tsc.Identifier).text;
    declare(name);
    let groups = namespaces.get(scope);
    if (groups === undefined) namespaces.set(scope, (groups = new Map()));
    let exported = groups.get(name);
    if (exported === undefined) groups.set(name, (exported = new Set()));
    const exports = exported;
    within(node, "function", false, () => {
      const self = newVariable(name);
      scope.namespace = { self, exports };
      const body = node.body;
      if (body?.kind === K.ModuleBlock) {
        for (const s of (body as tsc.ModuleBlock).statements) {
          if (isExported(ts, s)) exportedNames(s, exports);
          if (s.kind === K.VariableStatement && isExported(ts, s) && !isDeclare(ts, s)) {
            const list = (s as tsc.VariableStatement).declarationList;
            const constant = (list.flags & ts.NodeFlags.Const) !== 0;
            if (!constant) {
              for (const d of list.declarations)
                for (const id of boundNames(ts, d.name)) declare(id.text, { k: "member", of: self, name: id.text });
            }
          }
        }
        visitAll((body as tsc.ModuleBlock).statements);
      } else if (body?.kind === K.ModuleDeclaration) {
        exports.add((body.name as tsc.Identifier).text);
        namespace(body as tsc.ModuleDeclaration);
      }
      declare(name, self);
    });
  }

  function exportedNames(s: tsc.Statement, out: Set<string>): void {
    if (isDeclare(ts, s)) return;
    if (s.kind === K.VariableStatement) {
      for (const d of (s as tsc.VariableStatement).declarationList.declarations) for (const id of boundNames(ts, d.name)) out.add(id.text);
    } else if (
      s.kind === K.FunctionDeclaration ||
      s.kind === K.ClassDeclaration ||
      s.kind === K.EnumDeclaration ||
      s.kind === K.ImportEqualsDeclaration
    ) {
      const name = (s as tsc.FunctionDeclaration).name;
      if (name !== undefined) out.add(name.text);
    } else if (s.kind === K.ModuleDeclaration && isInstantiated(ts, s as tsc.ModuleDeclaration)) {
      out.add(((s as tsc.ModuleDeclaration).name as tsc.Identifier).text);
    }
  }

  function imports(node: tsc.ImportDeclaration): void {
    const clause = node.importClause;
    if (clause === undefined) return;
    if (clause.name !== undefined) declare(clause.name.text, { k: "import", index: -1 });
    const named = clause.namedBindings;
    if (named === undefined) return;
    if (named.kind === K.NamespaceImport) declare((named as tsc.NamespaceImport).name.text, { k: "import", index: -1 });
    else for (const e of (named as tsc.NamedImports).elements) declare(e.name.text, { k: "import", index: -1 });
  }
}

/** Is the file sloppy-mode code, as far as its text says: a plain script or CommonJS JavaScript without `"use strict"`? */
export function isSloppy(ts: Compiler, file: tsc.SourceFile): boolean {
  return (
    /\.(c?js|jsx)$/.test(file.fileName) &&
    !file.statements.some((s) => isModuleSyntax(ts, s)) &&
    !directivesOf(ts, file.statements).includes("use strict")
  );
}

/** `import`, `export` or `export default` at the top level; the TypeScript forms `import x = require()` and `export =` are CommonJS. */
export function isModuleSyntax(ts: Compiler, s: tsc.Statement): boolean {
  const K = ts.SyntaxKind;
  if (s.kind === K.ImportDeclaration || s.kind === K.ExportDeclaration) return true;
  if (s.kind === K.ExportAssignment) return (s as tsc.ExportAssignment).isExportEquals !== true;
  return isExported(ts, s);
}
