/** What has to be opened before a control is there: a dialog, or a part that a state shows which begins as closed. */
import type ts from "typescript";
import type { Modules } from "../link/modules.js";
import type { Acts } from "./acts.js";
import type { Element } from "./element.js";
import { WHEN } from "./jsx.js";
import { chainOf, declarationOf, type Compiler, type Parsed } from "./scope.js";

export interface Dialogs {
  /** How many stand around it; what a library makes one dialog of is one. */
  around(file: Parsed, around: readonly Element[]): number;
}

const DIALOG = /(?:dialog|modal|drawer|sheet)$/i;
/** Parts of Radix and what is built on it, which are closed until their trigger is used. */
const CONTENT = /Dialog\.?Content$/;
const OPEN = ["open", "isopen", "opened", "visible", "show", "in"];
const STATE = /^(?:useState|createSignal|useToggle|useBoolean)$/;

export function dialogsOf(c: Compiler, modules: Modules, acts: Acts): Dialogs {
  /** A state that begins as false or nothing, and that people change by a control which does nothing else about consent. */
  const isClosed = (file: Parsed, e: ts.Expression): boolean => {
    const chain = chainOf(c, e);
    const to = chain === undefined ? undefined : declarationOf(c, modules, file, chain.root, chain.root.text);
    if (to?.k !== "variable" || to.init === undefined || !c.isCallExpression(to.init) || to.path[0] !== "0") return false;
    const hook = chainOf(c, to.init.expression);
    const [first] = to.init.arguments;
    if (!STATE.test(hook?.path.at(-1) ?? hook?.root.text ?? "")) return false;
    return (first === undefined || /^(?:false|null|undefined)$/.test(first.getText())) && isOpenedByHand(file, to.init);
  };

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
      const closed = (element: Element, names: readonly string[]): boolean =>
        names.some((name) => {
          const attribute = element.attributes.get(name);
          return attribute?.k === "code" && isClosed(file, attribute.code);
        });
      const hidden = around.filter((element) => closed(element, [WHEN])).length;
      const inDialog = around.some((element) => (DIALOG.test(element.tag) && closed(element, OPEN)) || CONTENT.test(element.tag));
      return hidden + (inDialog && hidden === 0 ? 1 : 0);
    },
  };
}
