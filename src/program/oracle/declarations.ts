/** Declarations as plain keys (file and offset), so that they compare across programs; and where each belongs. */
import type ts from "typescript";
import type { Ts } from "../problems.js";
import type { DeclarationRef } from "../project.js";

/** `path#offset` of the declaration's name. */
export type DeclarationKey = string;

export const fileOfKey = (key: DeclarationKey): string => key.slice(0, key.lastIndexOf("#"));

export function keyOf(declaration: ts.Node, ts: Ts): DeclarationKey {
  const named = owning(declaration, ts);
  return `${named.getSourceFile().fileName}#${nameOf(named, ts).getStart()}`;
}

/** A function's own node → the declaration that names it: `const f = () => …`, `{ f: function () {} }`, `create: (x) => y`. */
export function owning(node: ts.Node, ts: Ts): ts.Node {
  let current = node;
  while (isAnonymous(current, ts)) {
    const { parent } = current;
    const holds =
      ts.isVariableDeclaration(parent) ||
      ts.isPropertyAssignment(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isExportAssignment(parent) ||
      ts.isParenthesizedExpression(parent) ||
      ts.isParenthesizedTypeNode(parent) ||
      ts.isAsExpression(parent) ||
      ts.isSatisfiesExpression(parent);
    if (!holds) return current;
    current = parent;
  }
  return current;
}

const isAnonymous = (node: ts.Node, ts: Ts): boolean =>
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node) ||
  ts.isClassExpression(node) ||
  ts.isFunctionTypeNode(node) ||
  ts.isParenthesizedExpression(node) ||
  ts.isParenthesizedTypeNode(node) ||
  ts.isAsExpression(node) ||
  ts.isSatisfiesExpression(node);

function nameOf(declaration: ts.Node, ts: Ts): ts.Node {
  return ts.getNameOfDeclaration(declaration as ts.Declaration) ?? declaration;
}

/** The symbol that an alias (import, re-export) stands for in the end. */
export function unaliased(symbol: ts.Symbol, checker: ts.TypeChecker, ts: Ts): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

export function keysOf(symbol: ts.Symbol, ts: Ts): readonly DeclarationKey[] {
  return (symbol.declarations ?? []).map((declaration) => keyOf(declaration, ts));
}

/** Names the first declaration of a symbol; undefined for symbols without one. */
export function refTo(symbol: ts.Symbol, program: ts.Program, own: ReadonlySet<string>, ts: Ts): DeclarationRef | undefined {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return undefined;
  const source = declaration.getSourceFile();
  const path: string[] = [];
  let ambient: string | undefined;
  for (let node: ts.Node = owning(declaration, ts); !ts.isSourceFile(node); node = node.parent) {
    if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) {
      ambient = node.name.text;
      break;
    }
    if (!isNaming(node, ts)) continue;
    const name = ts.getNameOfDeclaration(node as ts.Declaration);
    if (name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name))) path.unshift(name.text);
    else if (name === undefined) path.unshift("default");
  }
  const module = ambient ?? moduleOf(source, program, own, ts);
  return { module, path, file: source.fileName, at: nameOf(owning(declaration, ts), ts).getStart() };
}

const isNaming = (node: ts.Node, ts: Ts): boolean =>
  ts.isClassLike(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isEnumDeclaration(node) ||
  ts.isEnumMember(node) ||
  ts.isModuleDeclaration(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isVariableDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isMethodSignature(node) ||
  ts.isPropertyDeclaration(node) ||
  ts.isPropertySignature(node) ||
  ts.isPropertyAssignment(node) ||
  ts.isAccessor(node);

/** Package name, absolute path of an own file, or `global`. */
function moduleOf(source: ts.SourceFile, program: ts.Program, own: ReadonlySet<string>, ts: Ts): string {
  if (own.has(source.fileName)) return source.fileName;
  if (program.isSourceFileDefaultLibrary(source)) return "global";
  const name = packageOfPath(source.fileName);
  if (name === undefined) return source.fileName;
  return !ts.isExternalModule(source) && name.isTypes ? "global" : name.name;
}

/** `…/node_modules/@types/acme__ui/x.d.ts` → `@acme/ui`. */
export function packageOfPath(file: string): { readonly name: string; readonly isTypes: boolean } | undefined {
  const at = file.lastIndexOf("/node_modules/");
  if (at < 0) return undefined;
  const match = /^(@[^/]+\/)?([^/]+)/.exec(file.slice(at + "/node_modules/".length));
  if (match === null) return undefined;
  const [name, scope, rest = ""] = match;
  if (scope !== "@types/") return { name, isTypes: false };
  const [first = "", second] = rest.split("__");
  return { name: second === undefined ? first : `@${first}/${second}`, isTypes: true };
}
