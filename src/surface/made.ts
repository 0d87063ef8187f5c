/** What a name of the interface's code holds that its file alone does not tell: an instance of a class, what a hook gives. */
import type ts from "typescript";
import type { LinkedFile, Modules } from "../link/modules.js";
import { declarationOf, topLevel, type Compiler, type Declaration, type Parsed } from "./scope.js";

/** An instance of a class of the program. */
export interface Instance {
  readonly file: Parsed;
  readonly name: string;
  readonly node: ts.ClassDeclaration;
}

/** An expression, and the file in which it stands. */
export interface Given {
  readonly file: Parsed;
  readonly e: ts.Expression;
}

export interface Made {
  instanceOf(file: Parsed, to: Declaration): Instance | undefined;
  given(file: Parsed, call: ts.CallExpression, name: string): Given | undefined;
}

export function madeBy(c: Compiler, modules: Modules, parse: (file: LinkedFile) => Parsed): Made {
  /** The class that a variable holds an instance of: `const consents = new Consents()`, here or where it is imported from. */
  const instanceOf = (file: Parsed, to: Declaration): Instance | undefined => {
    const there = to.k === "import" && to.target.k === "slot" ? parse(to.target.file) : file;
    const init =
      to.k === "variable" && to.path.length === 0
        ? to.init
        : to.k === "import" && to.target.k === "slot"
          ? topLevel(c, there, to.target.slot)
          : undefined;
    if (init === undefined || !c.isNewExpression(init) || !c.isIdentifier(init.expression)) return undefined;
    const name = init.expression.text;
    const from = declarationOf(c, modules, there, init, name);
    const [home, slot] = from?.k === "import" && from.target.k === "slot" ? [parse(from.target.file), from.target.slot] : [there, name];
    const node = home.source.statements.find((s) => c.isClassDeclaration(s) && (s.name?.text ?? "default") === slot);
    return node !== undefined && c.isClassDeclaration(node) ? { file: home, name: slot, node } : undefined;
  };

  /** The function of the program that an expression calls, `useConsent(id)`. */
  const calleeOf = (file: Parsed, { expression: e }: ts.CallExpression): { readonly file: Parsed; readonly node: ts.Node } | undefined => {
    if (!c.isIdentifier(e)) return undefined;
    const to = declarationOf(c, modules, file, e, e.text);
    if (to?.k === "function") return { file, node: to.node };
    if (to?.k === "variable" && to.path.length === 0 && to.init !== undefined) return { file, node: to.init };
    if (to?.k !== "import" || to.target.k !== "slot") return undefined;
    const there = parse(to.target.file);
    const node = topLevel(c, there, to.target.slot);
    return node && { file: there, node };
  };

  /** What a function of the program gives under a name, as a hook does: `const { accept } = useConsent(id)`. */
  const given = (file: Parsed, call: ts.CallExpression, name: string): Given | undefined => {
    const callee = calleeOf(file, call);
    if (
      callee === undefined ||
      !(c.isFunctionDeclaration(callee.node) || c.isArrowFunction(callee.node) || c.isFunctionExpression(callee.node))
    )
      return undefined;
    const { body: inside } = callee.node;
    const results =
      inside === undefined
        ? []
        : c.isBlock(inside)
          ? inside.statements.flatMap((s) => (c.isReturnStatement(s) && s.expression !== undefined ? [s.expression] : []))
          : [inside];
    for (const result of results.map((e) => (c.isParenthesizedExpression(e) ? e.expression : e)))
      if (c.isObjectLiteralExpression(result))
        for (const one of result.properties) {
          if (c.isShorthandPropertyAssignment(one) && one.name.text === name) return { file: callee.file, e: one.name };
          if (c.isPropertyAssignment(one) && one.name.getText(callee.file.source) === name)
            return { file: callee.file, e: one.initializer };
        }
    return undefined;
  };

  return { instanceOf, given };
}
