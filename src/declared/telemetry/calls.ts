/** Calls that may send an event: by types that they are given, or by a text that is its name; assignments that may set a property of all events. */
import type ts from "typescript";
import type { LinkedFile } from "../../link/modules.js";
import type { Sending, Word } from "./annotation.js";

export interface Call {
  readonly sending: Sending;
  /** Texts among the arguments, constants of the file counted in, by position. */
  readonly texts: readonly (Word | undefined)[];
  /** Of `publicLog2<Event, Classification>`, the last of several. */
  readonly classification?: ts.TypeNode;
}

/** The calls of a file that have several types, or a text among their arguments, in its order. */
export function callsIn(compiler: typeof ts, file: LinkedFile, source: ts.SourceFile): Call[] {
  const calls: Call[] = [];
  const constants = new Map<string, string>();
  const expressions: ts.CallExpression[] = [];
  const waiting: ts.Node[] = [source];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (compiler.isCallExpression(node)) expressions.push(node);
    if (
      compiler.isVariableDeclaration(node) &&
      compiler.isIdentifier(node.name) &&
      node.initializer &&
      (node.parent.flags & compiler.NodeFlags.Const) !== 0
    )
      if (compiler.isStringLiteralLike(node.initializer)) constants.set(node.name.text, node.initializer.text);
    compiler.forEachChild(node, (child) => void waiting.push(child));
  }
  for (const node of expressions.sort((a, b) => a.getStart(source) - b.getStart(source) || a.end - b.end)) {
    const texts = node.arguments.map((argument): Word | undefined => {
      const text = compiler.isStringLiteralLike(argument)
        ? argument.text
        : compiler.isIdentifier(argument)
          ? constants.get(argument.text)
          : undefined;
      return text === undefined ? undefined : { file, at: argument.getStart(source), text };
    });
    const classification = (node.typeArguments?.length ?? 0) > 1 ? node.typeArguments!.at(-1) : undefined;
    const first = texts.findIndex((text) => text !== undefined);
    if (classification === undefined && first < 0) continue;
    const positions = node.arguments.flatMap((_, i) => (i > Math.max(first, 0) ? [i] : []));
    calls.push({
      sending: { file, at: node.getStart(source), end: node.end, positions },
      texts,
      ...(classification && { classification }),
    });
  }
  return calls;
}

/** An assignment to a property, `properties["common.machineId"] = id`, taken for a call with one argument. */
export interface Assignment {
  readonly sending: Sending;
  readonly name: string;
}

/** The assignments of a file to properties whose names are in the text, in its order. */
export function assignmentsIn(compiler: typeof ts, file: LinkedFile, source: ts.SourceFile): Assignment[] {
  const found: Assignment[] = [];
  const nameOf = (target: ts.Expression): string | undefined => {
    if (compiler.isPropertyAccessExpression(target)) return target.name.text;
    const key = compiler.isElementAccessExpression(target) ? target.argumentExpression : undefined;
    return key !== undefined && compiler.isStringLiteralLike(key) ? key.text : undefined;
  };
  const visit = (node: ts.Node): void => {
    if (compiler.isBinaryExpression(node) && node.operatorToken.kind === compiler.SyntaxKind.EqualsToken) {
      const name = nameOf(node.left);
      if (name !== undefined) found.push({ name, sending: { file, at: node.getStart(source), end: node.end, positions: [0] } });
    }
    compiler.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
