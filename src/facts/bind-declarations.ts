/** The binding pass over what has a name and an inside: functions, classes, enums, namespaces; and over imports. */
import type * as tsc from "typescript";
import { binding, propertyName, visit, visitAll } from "./bind-scopes.js";
import { type Binder, DEFAULT_SLOT, declare, functionScope, within } from "./binder.js";
import { newVariable } from "./scope.js";
import { boundNames, hasModifier, isDeclare, isDefaultExport, isExported, isInstantiated, isThisParameter } from "./syntax.js";

export function functionDeclaration(b: Binder, node: tsc.FunctionDeclaration): void {
  if (node.body === undefined || isDeclare(b.ts, node)) return;
  const name = node.name?.text ?? (isDefaultExport(b.ts, node) ? DEFAULT_SLOT : "");
  declare(b, name);
  const outer = functionScope(b);
  if (b.sloppy && outer !== b.scope && node.asteriskToken === undefined && !hasModifier(node, b.ts.SyntaxKind.AsyncKeyword)) {
    declare(b, name, undefined, outer);
    b.annexB.add(node);
  }
  functionLike(b, node);
}

export function functionLike(b: Binder, node: tsc.FunctionLikeDeclaration): void {
  const K = b.ts.SyntaxKind;
  if (node.body === undefined && node.kind !== K.Constructor) return;
  if (node.kind === K.MethodDeclaration || node.kind === K.GetAccessor || node.kind === K.SetAccessor)
    propertyName(b, (node as tsc.MethodDeclaration).name);
  within(
    b,
    node,
    "function",
    false,
    () => {
      for (const p of node.parameters) {
        if (!isThisParameter(b.ts, p)) binding(b, p.name, b.scope);
        visit(b, p.initializer);
      }
      const body = node.body;
      if (body === undefined) return;
      if (body.kind === K.Block) visitAll(b, (body as tsc.Block).statements);
      else visit(b, body);
      if (node.kind === K.FunctionExpression && node.name !== undefined)
        declare(b, node.name.text, { ...newVariable(node.name.text), self: true });
    },
    node.kind !== K.ArrowFunction,
  );
}

function decorators(b: Binder, node: tsc.Node): void {
  for (const m of (node as { modifiers?: readonly tsc.ModifierLike[] }).modifiers ?? [])
    if (m.kind === b.ts.SyntaxKind.Decorator) visit(b, m.expression);
}

export function classLike(b: Binder, node: tsc.ClassLikeDeclaration): void {
  if (isDeclare(b.ts, node)) return;
  if (node.kind === b.ts.SyntaxKind.ClassDeclaration) {
    declare(b, node.name?.text ?? (isDefaultExport(b.ts, node) ? DEFAULT_SLOT : ""));
    classBody(b, node);
  } else if (node.name !== undefined) {
    within(b, node, "inner", b.scope.inLoop, () => {
      declare(b, node.name?.text ?? "");
      classBody(b, node);
    });
  } else classBody(b, node);
}

function classBody(b: Binder, node: tsc.ClassLikeDeclaration): void {
  decorators(b, node);
  for (const h of node.heritageClauses ?? []) if (h.token === b.ts.SyntaxKind.ExtendsKeyword) visitAll(b, h.types);
  for (const m of node.members) {
    decorators(b, m);
    for (const p of (m as Partial<tsc.MethodDeclaration>).parameters ?? []) decorators(b, p);
    if (m.kind === b.ts.SyntaxKind.PropertyDeclaration) {
      const { name, initializer } = m as tsc.PropertyDeclaration;
      propertyName(b, name);
      if (initializer !== undefined) within(b, m, "function", false, () => visit(b, initializer));
    } else if (m.kind === b.ts.SyntaxKind.ClassStaticBlockDeclaration) {
      within(b, m, "function", false, () => visitAll(b, (m as tsc.ClassStaticBlockDeclaration).body.statements));
    } else visit(b, m);
  }
}

export function enumeration(b: Binder, node: tsc.EnumDeclaration): void {
  if (isDeclare(b.ts, node) && !hasModifier(node, b.ts.SyntaxKind.ConstKeyword)) return;
  declare(b, node.name.text);
  const own = b.scope.names.get(node.name.text);
  if (own?.k !== "variable") return;
  within(b, node, "inner", b.scope.inLoop, () => {
    for (const m of node.members) {
      const name = (m.name as { text?: string }).text;
      if (name !== undefined) declare(b, name, { k: "member", of: own, name });
    }
    for (const m of node.members) visit(b, m.initializer);
  });
}

export function namespace(b: Binder, node: tsc.ModuleDeclaration): void {
  const name = (node.name as tsc.Identifier).text;
  declare(b, name);
  let groups = b.namespaces.get(b.scope);
  if (groups === undefined) b.namespaces.set(b.scope, (groups = new Map<string, Set<string>>()));
  let exported = groups.get(name);
  if (exported === undefined) groups.set(name, (exported = new Set()));
  const exports = exported;
  within(b, node, "function", false, () => {
    const self = newVariable(name);
    b.scope.namespace = { self, exports };
    const body = node.body;
    if (body?.kind === b.ts.SyntaxKind.ModuleBlock) {
      for (const s of body.statements) {
        if (isExported(b.ts, s)) exportedNames(b, s, exports);
        if (s.kind === b.ts.SyntaxKind.VariableStatement && isExported(b.ts, s) && !isDeclare(b.ts, s)) {
          const list = (s as tsc.VariableStatement).declarationList;
          const constant = (list.flags & b.ts.NodeFlags.Const) !== 0;
          if (!constant) {
            for (const d of list.declarations)
              for (const id of boundNames(b.ts, d.name)) declare(b, id.text, { k: "member", of: self, name: id.text });
          }
        }
      }
      visitAll(b, body.statements);
    } else if (body?.kind === b.ts.SyntaxKind.ModuleDeclaration) {
      exports.add(body.name.text);
      namespace(b, body);
    }
    declare(b, name, self);
  });
}

function exportedNames(b: Binder, s: tsc.Statement, out: Set<string>): void {
  const K = b.ts.SyntaxKind;
  if (isDeclare(b.ts, s)) return;
  if (s.kind === K.VariableStatement) {
    for (const d of (s as tsc.VariableStatement).declarationList.declarations) for (const id of boundNames(b.ts, d.name)) out.add(id.text);
  } else if (
    s.kind === K.FunctionDeclaration ||
    s.kind === K.ClassDeclaration ||
    s.kind === K.EnumDeclaration ||
    s.kind === K.ImportEqualsDeclaration
  ) {
    const name = (s as tsc.FunctionDeclaration).name;
    if (name !== undefined) out.add(name.text);
  } else if (s.kind === K.ModuleDeclaration && isInstantiated(b.ts, s as tsc.ModuleDeclaration)) {
    out.add(((s as tsc.ModuleDeclaration).name as tsc.Identifier).text);
  }
}

export function imports(b: Binder, node: tsc.ImportDeclaration): void {
  const clause = node.importClause;
  if (clause === undefined) return;
  if (clause.name !== undefined) declare(b, clause.name.text, { k: "import", index: -1 });
  const named = clause.namedBindings;
  if (named === undefined) return;
  if (named.kind === b.ts.SyntaxKind.NamespaceImport) declare(b, named.name.text, { k: "import", index: -1 });
  else for (const e of named.elements) declare(b, e.name.text, { k: "import", index: -1 });
}
