/**
 * Makes the declarations that sinks name report to the harness. Only text on the same line is added, so that lines stay true:
 * the call that the harness then finds on the stack is where the annotation must be.
 */
import ts from "typescript";
import { scriptKind } from "../annotations.js";
import { HARNESS } from "./job.js";
import type { SinkSpec } from "./spec.js";

interface Edit {
  readonly at: number;
  readonly text: string;
}

/** The instrumented text, and the ids of the sinks that were found in this file. */
export interface Instrumented {
  readonly text: string;
  readonly instrumented: readonly string[];
}

/**
 * Instruments one file. `declared` are sinks whose locator names this file; `inherited` are member sinks of the whole case, whose
 * class or interface another class here may extend or implement.
 */
export function instrument(name: string, text: string, declared: readonly SinkSpec[], inherited: readonly SinkSpec[]): Instrumented {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, scriptKind(name));
  const edits: Edit[] = [];
  const found: string[] = [];
  for (const sink of declared) {
    const targets = declarations(source, sink.locator.path[0] ?? "").flatMap((node) => members(node, sink.locator.path.slice(1)));
    for (const target of targets) edits.push(...editsFor(source, target, sink));
    if (targets.length > 0) found.push(sink.id);
  }
  for (const sink of inherited) {
    const [owner, ...rest] = sink.locator.path;
    if (owner === undefined || rest.length === 0) continue;
    for (const node of classes(source).filter((candidate) => heritage(candidate).includes(owner))) {
      const targets = members(node, rest);
      for (const target of targets) edits.push(...editsFor(source, target, sink));
      if (targets.length > 0) found.push(sink.id);
    }
  }
  return { text: applyEdits(text, edits), instrumented: found };
}

/** What a top-level or exported name stands for. */
function declarations(source: ts.SourceFile, name: string): ts.Node[] {
  const local = exportedAs(source, name);
  const found: ts.Node[] = [];
  for (const statement of source.statements) {
    if (
      (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) &&
      (statement.name?.text === local || (name === "default" && isDefault(statement)))
    ) {
      found.push(statement);
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        if (ts.isIdentifier(declaration.name) && declaration.name.text === local && declaration.initializer !== undefined)
          found.push(declaration.initializer);
      }
    } else if (ts.isExportAssignment(statement) && name === "default") {
      found.push(...(ts.isIdentifier(statement.expression) ? declarations(source, statement.expression.text) : [statement.expression]));
    } else if (ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression)) {
      const { left, right } = statement.expression;
      if (/^(?:module\.)?exports\.\w+$/u.test(left.getText()) && left.getText().endsWith(`.${name}`)) found.push(right);
      if (left.getText() === "module.exports" && ts.isObjectLiteralExpression(right)) found.push(...members(right, [name]));
    }
  }
  return found;
}

/** The local name behind `export { local as name }`. */
function exportedAs(source: ts.SourceFile, name: string): string {
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier !== undefined || statement.exportClause === undefined) continue;
    if (!ts.isNamedExports(statement.exportClause)) continue;
    const element = statement.exportClause.elements.find((candidate) => candidate.name.text === name);
    if (element?.propertyName !== undefined) return element.propertyName.text;
  }
  return name;
}

/** The functions at a member path below a class, an object literal or a function. */
function members(node: ts.Node, path: readonly string[]): ts.Node[] {
  const at = unwrap(node);
  const [name, ...rest] = path;
  if (name === undefined) return isFunction(at) ? [at] : [];
  const inside = ts.isClassLike(at) ? at.members : ts.isObjectLiteralExpression(at) ? at.properties : [];
  return [...inside].flatMap((member: ts.ClassElement | ts.ObjectLiteralElementLike) => {
    if (member.name?.getText().replaceAll(/["']/gu, "") !== name) return [];
    if (ts.isPropertyAssignment(member)) return members(member.initializer, rest);
    if (ts.isPropertyDeclaration(member) && member.initializer !== undefined) return members(member.initializer, rest);
    return members(member, rest);
  });
}

type Callable = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration;

function isFunction(node: ts.Node): node is Callable {
  return ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isMethodDeclaration(node);
}

function unwrap(node: ts.Node): ts.Node {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return unwrap(node.expression);
  return node;
}

function editsFor(source: ts.SourceFile, target: ts.Node, sink: SinkSpec): Edit[] {
  if (!isFunction(target) || target.body === undefined) return [];
  return sink.kind === "returns" ? returnEdits(source, target, sink.id) : callEdits(target, sink.id);
}

function callEdits(target: Callable, id: string): Edit[] {
  if (ts.isArrowFunction(target)) return [...around(target, `${HARNESS}.wrap(${JSON.stringify(id)},(`, "))")];
  const body = target.body;
  return body === undefined ? [] : [{ at: body.getStart() + 1, text: `${HARNESS}.call(${JSON.stringify(id)},arguments);` }];
}

function returnEdits(source: ts.SourceFile, target: Callable, id: string): Edit[] {
  const edits: Edit[] = [];
  const wrap = (place: ts.Node, value: ts.Expression): void => {
    const line = source.getLineAndCharacterOfPosition(place.getStart()).line + 1;
    const endLine = source.getLineAndCharacterOfPosition(place.end).line + 1;
    edits.push(...around(value, `${HARNESS}.returned(${JSON.stringify(id)},${JSON.stringify(source.fileName)},${line},${endLine},(`, "))"));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) wrap(node, node.expression);
    ts.forEachChild(node, visit);
  };
  const body = target.body;
  if (body !== undefined && ts.isBlock(body)) ts.forEachChild(body, visit);
  else if (body !== undefined) wrap(body, body);
  return edits;
}

function around(node: ts.Node, before: string, after: string): Edit[] {
  return [
    { at: node.getStart(), text: before },
    { at: node.end, text: after },
  ];
}

function classes(source: ts.SourceFile): ts.ClassLikeDeclaration[] {
  const found: ts.ClassLikeDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function heritage(node: ts.ClassLikeDeclaration): string[] {
  return (node.heritageClauses ?? []).flatMap((clause) => clause.types.map((type) => type.expression.getText()));
}

function isDefault(node: ts.FunctionDeclaration | ts.ClassDeclaration): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword) ?? false;
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.at - a.at)
    .reduce((result, edit) => result.slice(0, edit.at) + edit.text + result.slice(edit.at), text);
}
