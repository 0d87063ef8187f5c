/** From where the stack says that a sink was called to the lines of the call in the source. */
import { SourceMap } from "node:module";
import ts from "typescript";
import { scriptKind } from "../annotations.js";
import type { Compiled } from "./compile.js";
import type { Arrival } from "./job.js";

export interface PlacedArrival {
  readonly sink: string;
  readonly fields: readonly string[];
  /** "" when the call came from outside the case. */
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
}

/** Places all arrivals of a run. */
export function placeArrivals(compiled: Compiled, arrivals: readonly Arrival[]): PlacedArrival[] {
  const maps = new Map<string, SourceMap>();
  const trees = new Map<string, ts.SourceFile>();
  return arrivals.map(({ sink, fields, at }) => {
    if (at === undefined) return { sink, fields, file: "", line: 0, endLine: 0 };
    if (at.kind === "return") return { sink, fields, file: at.file, line: at.line, endLine: at.endLine };
    const file = compiled.files[at.file];
    if (file === undefined) return { sink, fields, file: at.file, line: at.line, endLine: at.line };
    const map = maps.get(at.file) ?? new SourceMap(JSON.parse(file.map) as ConstructorParameters<typeof SourceMap>[0]);
    maps.set(at.file, map);
    const tree = trees.get(at.file) ?? ts.createSourceFile(at.file, file.source, ts.ScriptTarget.Latest, true, scriptKind(at.file));
    trees.set(at.file, tree);
    const entry = map.findEntry(at.line - 1, at.column - 1);
    if (!("originalLine" in entry)) return { sink, fields, file: at.file, line: at.line, endLine: at.line };
    return { sink, fields, file: at.file, ...callSpan(tree, entry.originalLine, entry.originalColumn) };
  });
}

/** The innermost call whose callee, rather than an argument, holds the position. V8 points at a called member's name, or at `new`. */
function callSpan(tree: ts.SourceFile, line: number, column: number): { line: number; endLine: number } {
  const offset = tree.getPositionOfLineAndCharacter(line, column);
  let best: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > offset || node.end < offset) return;
    const callee =
      ts.isCallExpression(node) || ts.isNewExpression(node) ? node.expression : ts.isTaggedTemplateExpression(node) ? node.tag : undefined;
    if (callee !== undefined && node.getStart(tree) <= offset && offset <= callee.end) best = node;
    ts.forEachChild(node, visit);
  };
  visit(tree);
  if (best === undefined) return { line: line + 1, endLine: line + 1 };
  const lineAt = (position: number): number => tree.getLineAndCharacterOfPosition(position).line + 1;
  return { line: lineAt(best.getStart(tree)), endLine: lineAt(best.end) };
}
