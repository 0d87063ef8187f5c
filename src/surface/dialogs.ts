/** What has to be opened before a control is there: a dialog, or a part that a state shows which begins as closed. */
import type ts from "typescript";
import type { Modules } from "../link/modules.js";
import type { Acts } from "./acts.js";
import type { Element } from "./element.js";
import { UNLESS, WHEN } from "./jsx.js";
import { chainOf, declarationOf, type Compiler, type Parsed } from "./scope.js";

export interface Dialogs {
  /** How many stand around it; what a library makes one dialog of is one. */
  around(file: Parsed, around: readonly Element[]): number;
  /** What has to be done before a control can be used: `disabled={text !== "DELETE"}`. */
  before(file: Parsed, element: Element): 0 | 1;
}

const DIALOG = /(?:dialog|modal|drawer|sheet)$/i;
/** Parts of Radix and what is built on it, which are closed until their trigger is used. */
const CONTENT = /Dialog\.?Content$/;
const OPEN = ["open", "isopen", "opened", "visible", "show", "in"];
const STATE = /^(?:useState|createSignal|useToggle|useBoolean)$/;

export function dialogsOf(c: Compiler, modules: Modules, acts: Acts): Dialogs {
  /** What a state begins with, as it is written, that people change by a control which does nothing else about consent. */
  const beginning = (file: Parsed, e: ts.Expression): string | undefined => {
    const chain = chainOf(c, e);
    const to = chain === undefined ? undefined : declarationOf(c, modules, file, chain.root, chain.root.text);
    if (to?.k !== "variable" || to.init === undefined || !c.isCallExpression(to.init) || to.path[0] !== "0") return undefined;
    const hook = chainOf(c, to.init.expression);
    const [first] = to.init.arguments;
    if (!STATE.test(hook?.path.at(-1) ?? hook?.root.text ?? "") || !isOpenedByHand(file, to.init)) return undefined;
    return first === undefined ? "undefined" : constant(first);
  };

  const constant = (e: ts.Expression): string | undefined =>
    c.isStringLiteralLike(e) ? JSON.stringify(e.text) : /^(?:true|false|null|undefined|-?\d+)$/.exec(e.getText())?.[0];

  /** Whether a condition on such states holds before anybody has done anything; undefined where that is not known. */
  const atFirst = (file: Parsed, e: ts.Expression): boolean | undefined => {
    if (c.isParenthesizedExpression(e)) return atFirst(file, e.expression);
    if (c.isPrefixUnaryExpression(e) && e.operator === c.SyntaxKind.ExclamationToken) return not(atFirst(file, e.operand));
    if (!c.isBinaryExpression(e)) {
      const value = beginning(file, e);
      return value === undefined ? undefined : !/^(?:false|null|undefined|0|"")$/.test(value);
    }
    const operator = e.operatorToken.getText();
    if (operator === "&&" || operator === "||") {
      const sides = [atFirst(file, e.left), atFirst(file, e.right)];
      const decides = operator === "||";
      return sides.includes(decides) ? decides : sides.includes(undefined) ? undefined : !decides;
    }
    const [state, other] = [beginning(file, e.left), constant(e.right)];
    if (state === undefined || other === undefined) return undefined;
    if (/^===?$/.test(operator)) return state === other;
    if (/^!==?$/.test(operator)) return state !== other;
    return operator === ">" ? Number(state) > Number(other) : operator === ">=" ? Number(state) >= Number(other) : undefined;
  };

  const not = (known: boolean | undefined): boolean | undefined => (known === undefined ? undefined : !known);

  const isOpenedByHand = (file: Parsed, init: ts.Expression): boolean => {
    const { parent } = init;
    if (!c.isVariableDeclaration(parent) || !c.isArrayBindingPattern(parent.name)) return false;
    const setter = parent.name.elements[1];
    if (setter === undefined || c.isOmittedExpression(setter)) return false;
    const name = setter.name.getText();
    const sets = (handler: ts.Expression): boolean => {
      const to = c.isIdentifier(handler) ? declarationOf(c, modules, file, handler, handler.text) : undefined;
      const code = to?.k === "function" ? to.node : to?.k === "variable" && to.init !== undefined && to.init !== init ? to.init : handler;
      return mentions(code, name);
    };
    const visit = (node: ts.Node): boolean => {
      if (
        c.isJsxAttribute(node) &&
        /^on[A-Z]/.test(node.name.getText()) &&
        node.initializer !== undefined &&
        c.isJsxExpression(node.initializer)
      ) {
        const { expression } = node.initializer;
        if (expression !== undefined && sets(expression) && acts.of(file, expression).length === 0) return true;
      }
      return node.forEachChild((child) => visit(child) || undefined) === true;
    };
    return visit(file.source);
  };

  const mentions = (node: ts.Node, name: string): boolean =>
    (c.isIdentifier(node) && node.text === name) || node.forEachChild((child) => mentions(child, name) || undefined) === true;

  return {
    around: (file, around) => {
      const is = (element: Element, name: string, known: boolean): boolean => {
        const attribute = element.attributes.get(name);
        return attribute?.k === "code" && atFirst(file, attribute.code) === known;
      };
      const closed = (element: Element, names: readonly string[]): boolean => names.some((name) => is(element, name, false));
      const hidden = around.filter((element) => closed(element, [WHEN]) || is(element, UNLESS, true)).length;
      const inDialog = around.some((element) => (DIALOG.test(element.tag) && closed(element, OPEN)) || CONTENT.test(element.tag));
      return hidden + (inDialog && hidden === 0 ? 1 : 0);
    },
    before: (file, element) => {
      const disabled = element.attributes.get("disabled");
      return disabled?.k === "code" && atFirst(file, disabled.code) === true ? 1 : 0;
    },
  };
}
