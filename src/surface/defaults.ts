/** Is a choice on before anybody has made it: `checked`, a state that begins as true, the default values of a form? */
import type ts from "typescript";
import type { Modules } from "../link/modules.js";
import { constantOf, type Element } from "./element.js";
import { chainOf, declarationOf, type Compiler, type Parsed } from "./scope.js";

const CHECKED = [
  "checked",
  "defaultchecked",
  "ischecked",
  "defaultischecked",
  "isselected",
  "defaultselected",
  "initialchecked",
  "aria-checked",
];
/** React Native's switch has it in `value`. */
const SWITCH = /(?:switch|toggle)$/i;
const DEFAULTS = /^(?:defaultValues|initialValues)$/;

export interface Defaults {
  /** The code that makes it so, undefined when it is off or nobody knows. */
  of(file: Parsed, element: Element, names: readonly string[], component: ts.Node): string | undefined;
}

export function defaultsOf(c: Compiler, modules: Modules): Defaults {
  /** Is an expression certainly true when nobody has chosen? `path` goes below it. */
  const isOn = (file: Parsed, e: ts.Expression, path: readonly string[] = [], depth = 0): boolean => {
    if (depth > 8) return false;
    const next = (inner: ts.Expression, below = path): boolean => isOn(file, inner, below, depth + 1);
    if (c.isParenthesizedExpression(e) || c.isAsExpression(e) || c.isSatisfiesExpression(e) || c.isNonNullExpression(e))
      return next(e.expression);
    if (e.kind === c.SyntaxKind.TrueKeyword) return path.length === 0;
    if (c.isPrefixUnaryExpression(e)) {
      const { operator, operand } = e;
      if (operator !== c.SyntaxKind.ExclamationToken) return false;
      if (operand.kind === c.SyntaxKind.FalseKeyword) return true;
      return c.isPrefixUnaryExpression(operand) && operand.operator === operator && next(operand.operand);
    }
    if (c.isBinaryExpression(e)) return isOnUnlessSaid(c, e, (inner) => next(inner));
    if (c.isObjectLiteralExpression(e)) {
      const [name, ...rest] = path;
      return e.properties.some(
        (one) =>
          c.isPropertyAssignment(one) && one.name.getText(file.source).replace(/^["']|["']$/g, "") === name && next(one.initializer, rest),
      );
    }
    // `useState(() => true)`; a signal is read by a call.
    if (c.isArrowFunction(e)) return !c.isBlock(e.body) && next(e.body);
    if (c.isCallExpression(e)) return e.arguments.length === 0 && next(e.expression);
    const chain = chainOf(c, e);
    if (chain === undefined) return false;
    const to = declarationOf(c, modules, file, chain.root, chain.root.text);
    if (to?.k === "parameter") return to.fallback !== undefined && next(to.fallback, chain.path);
    if (to?.k !== "variable") return false;
    if (to.fallback !== undefined && next(to.fallback, chain.path)) return true;
    return to.init !== undefined && isInitiallyOn(to.init, [...to.path, ...chain.path, ...path], next);
  };

  /** What a variable begins with: that of a hook is its (last plain) argument. */
  const isInitiallyOn = (
    init: ts.Expression,
    path: readonly string[],
    next: (e: ts.Expression, path: readonly string[]) => boolean,
  ): boolean => {
    if (!c.isCallExpression(init)) return next(init, path);
    const name = chainOf(c, init.expression)?.path.at(-1) ?? chainOf(c, init.expression)?.root.text ?? "";
    const [first, second] = init.arguments;
    switch (name) {
      case "useState":
      case "createSignal":
        return first !== undefined && path[0] === "0" && next(first, path.slice(1));
      case "useReducer":
        return second !== undefined && path[0] === "0" && next(second, path.slice(1));
      case "useSignal":
      case "signal":
      case "ref":
        return first !== undefined && (path[0] === "value" ? next(first, path.slice(1)) : next(first, path));
      case "useFormik":
        return first !== undefined && path[0] === "values" && next(first, ["initialValues", ...path.slice(1)]);
      default:
        return false;
    }
  };

  /** The default values of the forms that a component makes. */
  const inForm = (file: Parsed, component: ts.Node, name: string): string | undefined => {
    let found: string | undefined;
    const path = name.split(".");
    const visit = (node: ts.Node): void => {
      if (found !== undefined) return;
      const value =
        c.isPropertyAssignment(node) && DEFAULTS.test(node.name.getText(file.source))
          ? node.initializer
          : c.isJsxAttribute(node) &&
              DEFAULTS.test(node.name.getText(file.source)) &&
              node.initializer !== undefined &&
              c.isJsxExpression(node.initializer)
            ? node.initializer.expression
            : undefined;
      if (value !== undefined && isOn(file, value, path)) found = `${node.getText(file.source).split(/[\s:={]/)[0]}.${name}: true`;
      node.forEachChild(visit);
    };
    visit(component);
    return found;
  };

  return {
    of: (file, element, names, component) => {
      for (const name of [...CHECKED, ...(SWITCH.test(element.tag) ? ["value"] : [])]) {
        const attribute = element.attributes.get(name);
        if (attribute?.k === "text" && name !== "value" && attribute.text !== "false")
          return name === "defaultchecked" ? "defaultChecked" : name;
        if (attribute?.k === "code" && isOn(file, attribute.code)) return `${name}={${attribute.code.getText(file.source)}}`;
      }
      return names.map((name) => inForm(file, component, name)).find((found) => found !== undefined);
    },
  };
}

/** `x ?? true`, `x || true`, `x !== false`: on unless somebody has said no. */
function isOnUnlessSaid(c: Compiler, e: ts.BinaryExpression, isOn: (e: ts.Expression) => boolean): boolean {
  const K = c.SyntaxKind;
  switch (e.operatorToken.kind) {
    case K.QuestionQuestionToken:
    case K.BarBarToken:
      return isOn(e.right) || isOn(e.left);
    case K.AmpersandAmpersandToken:
      return isOn(e.left) && isOn(e.right);
    case K.ExclamationEqualsEqualsToken:
    case K.ExclamationEqualsToken:
      return e.right.kind === K.FalseKeyword;
    case K.EqualsEqualsEqualsToken:
      return e.right.kind === K.TrueKeyword && isOn(e.left);
    default:
      return false;
  }
}

/** The names that a control has in its form: its own, those of a registration that is spread into it, that of a field around it. */
export function namesOf(c: Compiler, element: Element, around: readonly Element[]): string[] {
  const own = ["name", "id", "formcontrolname"].flatMap((name) => constantOf(element, name) ?? []);
  const registered = element.spreads.flatMap((spread) => {
    const [first] = c.isCallExpression(spread) ? spread.arguments : [];
    return first !== undefined && c.isStringLiteralLike(first) ? [first.text] : [];
  });
  const field = around.findLast(({ tag }) => /(?:Field|Controller|FormItem|Form\.Item)$/.test(tag));
  return [...new Set([...own, ...registered, ...(field === undefined ? [] : [constantOf(field, "name") ?? []].flat())])];
}

/** The names of the state that a control shows, or by which it is read: `on` of `checked={on}`, `news` of `checked={form.news}`, `ref={box}`. */
export function statesOf(c: Compiler, element: Element): string[] {
  return [...CHECKED, "value", "ref"].flatMap((name) => {
    const attribute = element.attributes.get(name);
    const chain = attribute?.k === "code" ? chainOf(c, attribute.code) : undefined;
    return chain === undefined ? [] : [chain.path.findLast((one) => one !== "value" && one !== "current") ?? chain.root.text];
  });
}
