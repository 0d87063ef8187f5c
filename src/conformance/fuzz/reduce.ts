/** Makes a failing program small: leaves out files, statements, members, elements, arguments; puts parts in the place of wholes. */
import ts from "typescript";
import type { Program } from "./program.js";

/** A change of a file's text: what stands from `from` to `to` becomes `text`. */
interface Cut {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The smallest program found that still fails, by taking every cut that keeps it failing until none does. */
export function reduce(program: Program, fails: (program: Program) => boolean): Program {
  let best = program;
  for (let changed = true; changed;) {
    changed = false;
    for (const name of Object.keys(best.files)) {
      // After a cut, those behind it are tried first: those before it have just been tried in vain.
      let start = 0;
      for (let again = true; again;) {
        again = false;
        const text = best.files[name]!;
        const cuts = cutsOf(name, text);
        for (let at = start; at < cuts.length; at++) {
          const { from, to, text: part } = cuts[at]!;
          const smaller = { ...best, files: { ...best.files, [name]: text.slice(0, from) + part + text.slice(to) } };
          if (!fails(smaller)) continue;
          best = smaller;
          changed = again = true;
          start = at;
          break;
        }
      }
    }
  }
  return best;
}

/** All cuts of a file, the largest first. */
function cutsOf(name: string, text: string): Cut[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const cuts: Cut[] = [];
  const without = (node: ts.Node): void => void cuts.push({ from: node.getFullStart(), to: node.end, text: "" });
  const instead = (node: ts.Node, part: ts.Node): void =>
    void cuts.push({ from: node.getStart(source), to: node.end, text: part.getText(source) });
  const visit = (node: ts.Node): void => {
    if (ts.isStatement(node) && !ts.isBlock(node)) without(node);
    if (ts.isClassElement(node) || ts.isCaseOrDefaultClause(node)) without(node);
    if (ts.isBlock(node) && ts.isStatement(node.parent))
      cuts.push({ from: node.parent.getStart(source), to: node.parent.end, text: node.getText(source).slice(1, -1) });
    if (ts.isExpression(node))
      ts.forEachChild(node, (part) => {
        if (ts.isExpression(part)) instead(node, part);
      });
    for (const list of listsOf(node)) {
      list.forEach((item, i) => {
        const next = list[i + 1];
        const before = list[i - 1];
        cuts.push({
          from: before?.end ?? item.getFullStart(),
          to: before === undefined ? (next?.getFullStart() ?? item.end) : item.end,
          text: "",
        });
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return cuts
    .filter((cut) => cut.to - cut.from > cut.text.length)
    .sort((a, b) => b.to - b.from - b.text.length - (a.to - a.from - a.text.length));
}

/** Lists whose items can be left out one by one. */
function listsOf(node: ts.Node): readonly (readonly ts.Node[])[] {
  if (ts.isArrayLiteralExpression(node) || ts.isArrayBindingPattern(node) || ts.isObjectBindingPattern(node)) return [node.elements];
  if (ts.isObjectLiteralExpression(node)) return [node.properties];
  if (ts.isCallExpression(node) || ts.isNewExpression(node))
    return [node.arguments?.slice(ts.isIdentifier(node.expression) && node.expression.text === "train" ? 2 : 0) ?? []];
  if (ts.isNamedImports(node)) return [node.elements];
  if (ts.isVariableDeclarationList(node)) return [node.declarations];
  if (ts.isFunctionLike(node)) return [node.parameters];
  return [];
}
