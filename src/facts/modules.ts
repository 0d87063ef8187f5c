/** Imports and exports, as written. Values that are exported are found in slots of the module's record. */
import type * as tsc from "typescript";
import { DEFAULT_SLOT, EXPORT_EQUALS_SLOT } from "./binder.js";
import { type Context, span } from "./context.js";
import type { Span } from "./ir.js";
import { boundNames, isDefaultExport, isExported, isInstantiated } from "./syntax.js";

/** Collects the imports and gives their bindings the index by which expressions refer to them. Before lowering. */
export function collectImports(cx: Context): void {
  const K = cx.ts.SyntaxKind;
  for (const s of cx.file.statements) {
    if (s.kind === K.ImportDeclaration) importDeclaration(cx, s as tsc.ImportDeclaration);
    else if (s.kind === K.ImportEqualsDeclaration) {
      const { name, moduleReference, isTypeOnly } = s as tsc.ImportEqualsDeclaration;
      if (moduleReference.kind !== K.ExternalModuleReference) continue;
      addImport(cx, specifier(moduleReference.expression), "=", name.text, isTypeOnly, span(cx, s));
    }
  }
}

function importDeclaration(cx: Context, node: tsc.ImportDeclaration): void {
  const clause = node.importClause;
  importClause(cx, node.moduleSpecifier, clause, clause !== undefined && isTypeOnlyClause(clause), span(cx, node));
}

/** What a clause brings in; `whole` is where a bare import stands. */
export function importClause(
  cx: Context,
  moduleSpecifier: tsc.Expression,
  clause: tsc.ImportClause | undefined,
  typeOnly: boolean,
  whole: Span,
): void {
  const from = specifier(moduleSpecifier);
  const named = clause?.namedBindings;
  const elements = named?.kind === cx.ts.SyntaxKind.NamedImports ? named.elements : [];
  if (clause === undefined || (clause.name === undefined && named?.kind !== cx.ts.SyntaxKind.NamespaceImport && elements.length === 0)) {
    addImport(cx, from, "*", "", typeOnly, whole, clause !== undefined && mayElide(cx));
    return;
  }
  if (clause.name !== undefined) addImport(cx, from, "default", clause.name.text, typeOnly, span(cx, clause.name));
  if (named?.kind === cx.ts.SyntaxKind.NamespaceImport) addImport(cx, from, "*", named.name.text, typeOnly, span(cx, named));
  for (const e of elements) addImport(cx, from, (e.propertyName ?? e.name).text, e.name.text, typeOnly || e.isTypeOnly, span(cx, e));
}

/** `const { User } = require("./user")`: `User` names the type there, too. */
export function requiredTypes(cx: Context): void {
  const { ts } = cx;
  for (const s of cx.file.statements) {
    if (!ts.isVariableStatement(s)) continue;
    for (const { name, initializer } of s.declarationList.declarations) {
      if (initializer === undefined || !ts.isCallExpression(initializer)) continue;
      const [of] = initializer.arguments;
      if (!ts.isIdentifier(initializer.expression) || initializer.expression.text !== "require" || of === undefined) continue;
      const from = specifier(of);
      if (from === "") continue;
      if (ts.isIdentifier(name)) cx.imports.push({ from, name: "=", local: name.text, typeOnly: true, ...span(cx, name) });
      else if (ts.isObjectBindingPattern(name))
        for (const e of name.elements)
          if (ts.isIdentifier(e.name))
            cx.imports.push({
              from,
              name: (e.propertyName as Partial<tsc.Identifier> | undefined)?.text ?? e.name.text,
              local: e.name.text,
              typeOnly: true,
              ...span(cx, e),
            });
    }
  }
}

/** The local name of a type that is imported where it stands, `import("./user").User`; one import each. */
export function importedHere(cx: Context, from: string, name: string, s: Span): string {
  const local = name === "*" ? `import("${from}")` : `import("${from}").${name}`;
  if (!cx.imports.some((i) => i.local === local)) cx.imports.push({ from, name, local, typeOnly: true, ...s });
  return local;
}

function isTypeOnlyClause(clause: tsc.ImportClause): boolean {
  return clause.isTypeOnly;
}

function specifier(node: tsc.Expression): string {
  return (node as Partial<tsc.StringLiteral>).text ?? "";
}

function addImport(cx: Context, from: string, name: string, local: string, typeOnly: boolean, s: Span, elidable = false): void {
  const index = cx.imports.push({ from, name, local, typeOnly, ...(elidable && { elidable }), at: s.at, end: s.end }) - 1;
  const binding = cx.bound.module.names.get(local);
  // The first of two imports of one name wins: the second is an error, or the first is only a type.
  if (binding?.k === "import" && (binding.index === -1 || cx.imports[binding.index]?.typeOnly === true)) {
    (binding as { index: number }).index = index;
  }
}

/** Does TypeScript leave out what the file imports and does not use? With decorators a parameter's type may be read as it runs. */
const mayElide = ({ file }: Context): boolean => /\.[cm]?tsx?$/.test(file.fileName) && !/^(?!\s*\*).*(?:^|[\s(,])@\w/m.test(file.text);

/** Notes the imports that nothing uses as a value. After lowering and after the exports. */
export function noteElidable(cx: Context): void {
  if (!mayElide(cx)) return;
  const used = new Set([...cx.bound.module.names.values()].flatMap((b) => (b.k === "import" && b.used === true ? [b.index] : [])));
  cx.imports.forEach((i, at) => {
    if (i.local !== "" && !i.typeOnly && !used.has(at)) cx.imports[at] = { ...i, elidable: true };
  });
}

/** Collects the exports. After lowering: it looks at the tables of types and ambient names. */
export function collectExports(cx: Context): void {
  const K = cx.ts.SyntaxKind;
  for (const node of cx.file.statements) {
    const s = span(cx, node);
    if (node.kind === K.ExportDeclaration) exportDeclaration(cx, node as tsc.ExportDeclaration, s);
    else if (node.kind === K.ExportAssignment) exportAssignment(cx, node as tsc.ExportAssignment, s);
    else if (isExported(cx.ts, node)) exportedStatement(cx, node, s);
  }
}

function exportDeclaration(cx: Context, node: tsc.ExportDeclaration, s: Span): void {
  const K = cx.ts.SyntaxKind;
  const clause = node.exportClause;
  const typeOnly = node.isTypeOnly;
  const from = node.moduleSpecifier === undefined ? undefined : specifier(node.moduleSpecifier);
  if (from !== undefined) {
    if (clause === undefined) cx.exports.push({ k: "star", from, typeOnly, ...s });
    else if (clause.kind === K.NamespaceExport) cx.exports.push({ k: "from", name: clause.name.text, from, imported: "*", typeOnly, ...s });
    else {
      for (const e of clause.elements) {
        const imported = (e.propertyName ?? e.name).text;
        cx.exports.push({ k: "from", name: e.name.text, from, imported, typeOnly: typeOnly || e.isTypeOnly, ...span(cx, e) });
      }
    }
    return;
  }
  if (clause?.kind !== K.NamedExports) return;
  for (const e of clause.elements) {
    exportName(cx, e.name.text, (e.propertyName ?? e.name).text, typeOnly || e.isTypeOnly, span(cx, e));
  }
}

/** `export { local as name }`: a name may be a value, a type, or both. */
function exportName(cx: Context, name: string, local: string, typeOnly: boolean, s: Span): void {
  const binding = cx.bound.module.names.get(local);
  if (binding?.k === "import") {
    if (!typeOnly) binding.used = true;
    cx.exports.push({ k: "import", name, import: binding.index, ...s });
    return;
  }
  const isType = cx.types.some((t) => t.name === local && t.k !== "enum");
  const value = binding?.k === "variable" && !typeOnly;
  if (value) cx.exports.push({ k: "local", name, slot: binding.slot, ...s });
  if (isType || typeOnly) cx.exports.push({ k: "type", name, type: local, ...s });
  else if (!value) cx.exports.push({ k: "local", name, slot: local, ambient: true, ...s });
  if (isType && !value && !typeOnly && isAmbient(cx, local)) cx.exports.push({ k: "local", name, slot: local, ambient: true, ...s });
}

function isAmbient(cx: Context, name: string): boolean {
  return cx.ambient.some((a) => a.name === name);
}

function exportAssignment(cx: Context, node: tsc.ExportAssignment, s: Span): void {
  const equals = node.isExportEquals === true;
  const name = equals ? "=" : "default";
  if (cx.file.isDeclarationFile) {
    if (node.expression.kind === cx.ts.SyntaxKind.Identifier) exportName(cx, name, (node.expression as tsc.Identifier).text, false, s);
    return;
  }
  cx.exports.push({ k: "local", name, slot: equals ? EXPORT_EQUALS_SLOT : DEFAULT_SLOT, ...s });
  // `interface X {}; export default X` exports a type.
  if (node.expression.kind === cx.ts.SyntaxKind.Identifier) {
    const type = (node.expression as tsc.Identifier).text;
    if (cx.types.some((t) => t.name === type)) cx.exports.push({ k: "type", name, type, ...s });
  }
}

function exportedStatement(cx: Context, node: tsc.Statement, s: Span): void {
  const K = cx.ts.SyntaxKind;
  const isDefault = isDefaultExport(cx.ts, node);
  switch (node.kind) {
    case K.VariableStatement:
      for (const d of (node as tsc.VariableStatement).declarationList.declarations) {
        for (const id of boundNames(cx.ts, d.name)) exportLocal(cx, id.text, id.text, span(cx, id));
      }
      return;
    case K.FunctionDeclaration:
    case K.ClassDeclaration: {
      const own = (node as tsc.FunctionDeclaration | tsc.ClassDeclaration).name?.text;
      const name = isDefault ? "default" : own;
      if (name === undefined) return;
      const slot = own ?? (cx.file.isDeclarationFile ? "default" : DEFAULT_SLOT);
      // The signatures of an overloaded function are one export.
      if (!cx.exports.some((e) => e.k === "local" && e.name === name && e.slot === slot)) exportLocal(cx, name, slot, s);
      if (node.kind === K.ClassDeclaration && cx.types.some((t) => t.name === slot)) cx.exports.push({ k: "type", name, type: slot, ...s });
      return;
    }
    case K.EnumDeclaration: {
      const { name } = node as tsc.EnumDeclaration;
      exportLocal(cx, name.text, name.text, s);
      cx.exports.push({ k: "type", name: name.text, type: name.text, ...s });
      return;
    }
    case K.InterfaceDeclaration:
    case K.TypeAliasDeclaration: {
      const { name } = node as tsc.InterfaceDeclaration | tsc.TypeAliasDeclaration;
      cx.exports.push({ k: "type", name: isDefault ? "default" : name.text, type: name.text, ...s });
      return;
    }
    case K.ModuleDeclaration: {
      const name = (node as tsc.ModuleDeclaration).name.text;
      if (isInstantiated(cx.ts, node as tsc.ModuleDeclaration) && cx.bound.module.names.has(name)) {
        if (!cx.exports.some((e) => e.k === "local" && e.name === name)) exportLocal(cx, name, name, s);
      } else cx.exports.push({ k: "type", name, type: name, ...s });
      return;
    }
    case K.ImportEqualsDeclaration:
      exportName(cx, (node as tsc.ImportEqualsDeclaration).name.text, (node as tsc.ImportEqualsDeclaration).name.text, false, s);
      return;
    default:
      return;
  }
}

function exportLocal(cx: Context, name: string, local: string, s: Span): void {
  const binding = cx.bound.module.names.get(local);
  if (binding?.k === "variable") cx.exports.push({ k: "local", name, slot: binding.slot, at: s.at, end: s.end });
  else cx.exports.push({ k: "local", name, slot: local, ambient: true, at: s.at, end: s.end });
}
