/** Consents that are given while nobody does anything: when a component is drawn, when a page has loaded, when somebody scrolls. */
import type ts from "typescript";
import type { Acts } from "./acts.js";
import { isJsx } from "./jsx.js";
import { chainOf, type Compiler, type Parsed } from "./scope.js";
import type { Act } from "./surface.js";
import { namesIn } from "./ways.js";

export interface Unasked {
  readonly node: ts.Node;
  readonly consent: string;
  /** The code that runs it. */
  readonly by: string;
}

/** Hooks that run what they are given when a component is there, or when something in it has changed. */
const EFFECTS =
  /^(?:use(?:Layout|Insertion|Isomorphic\w*|Async|Update)?Effect\w*|useMount\w*|useOnMount|onMounted|onMount|onBeforeMount|createEffect|watchEffect|useVisibleTask\$?)$/;
/** Events that are no answer to anything. */
const EVENTS = /^(?:load|DOMContentLoaded|pageshow|scroll|mousemove|mouseenter|mouseover|visibilitychange|beforeunload|pagehide|focus)$/;
const PROPERTIES = /^on(?:load|scroll|mousemove|pageshow|beforeunload)$/;
const ATTRIBUTES = /^on(?:Load|Scroll|MouseMove|MouseEnter|MouseOver|Focus|Mount|Layout)$/;
/** Only that there is somebody, or that all is there, is no answer either. */
const PRESENCE =
  /^(?:user|userId|user_id|uid|id|session|account|profile|me|customer|member|current|currentUser|mounted|is_?mounted|loaded|is_?loaded|loading|is_?loading|ready|is_?ready|is_?authenticated|logged_?in|is_?logged_?in|is_?signed_?in|signed_?in|data|status|authenticated|window|document|undefined|null)$/i;
/** What somebody was sent to answer by: the link of a mail. */
const ANSWER = /token|code|ticket|param|search|query|hash/i;
const MENTIONS = /[Ee]ffect|Mount|VisibleTask|addEventListener|on[A-Za-z]+|ready|\$\(/;

export function unaskedIn(c: Compiler, acts: Acts, file: Parsed): Unasked[] {
  const out: Unasked[] = [];
  if (!MENTIONS.test(file.source.text)) return out;
  const tell = (by: string, handler: ts.Expression | undefined): void => {
    if (handler === undefined) return;
    const [given] = acts.of(file, handler).filter(isUnasked);
    if (given !== undefined) out.push({ node: handler, consent: given.consent, by });
  };
  const visit = (node: ts.Node): void => {
    if (c.isCallExpression(node)) {
      const chain = chainOf(c, node.expression);
      const name = chain?.path.at(-1) ?? chain?.root.text ?? "";
      const [first, second] = node.arguments;
      if (EFFECTS.test(name)) tell(name, first);
      const event = name === "addEventListener" || name === "on" ? first : undefined;
      if (event !== undefined && c.isStringLiteralLike(event) && EVENTS.test(event.text)) tell(event.text, second);
      // jQuery's `$(fn)`, `$(document).ready(fn)`.
      const isReady = c.isPropertyAccessExpression(node.expression) && node.expression.name.text === "ready";
      if (isReady || /^(?:\$|jQuery)$/.test(node.expression.getText(file.source)))
        if (first !== undefined && c.isFunctionLike(first)) tell("ready", first);
    }
    if (c.isBinaryExpression(node) && c.isPropertyAccessExpression(node.left) && PROPERTIES.test(node.left.name.text))
      tell(node.left.name.text, node.right);
    if (
      c.isJsxAttribute(node) &&
      ATTRIBUTES.test(node.name.getText(file.source)) &&
      node.initializer !== undefined &&
      c.isJsxExpression(node.initializer)
    )
      tell(node.name.getText(file.source), node.initializer.expression);
    if (c.isMethodDeclaration(node) && /^component(?:Did|Will)Mount$/.test(node.name.getText(file.source)) && node.body !== undefined)
      for (const one of statementsOf(node.body)) tellStatement(node.name.getText(file.source), one);
    if (isComponent(c, node) && node.body !== undefined && c.isBlock(node.body))
      for (const one of node.body.statements) tellStatement("", one);
    node.forEachChild(visit);
  };
  /** A call that a statement makes at once. */
  const tellStatement = (by: string, statement: ts.Statement): void => {
    if (!c.isExpressionStatement(statement)) return;
    const e =
      c.isVoidExpression(statement.expression) || c.isAwaitExpression(statement.expression)
        ? statement.expression.expression
        : statement.expression;
    if (!c.isCallExpression(e) || EFFECTS.test(chainOf(c, e.expression)?.path.at(-1) ?? chainOf(c, e.expression)?.root.text ?? "")) return;
    const names = namesIn(c, e);
    const [given] = acts.called(file, e).filter((act) => isUnasked({ ...act, when: [...act.when], on: names }));
    if (given !== undefined) out.push({ node: e, consent: given.consent, by });
  };
  visit(file.source);
  return out;
}

/** No condition on what somebody has chosen, and nothing given by which somebody has answered. */
const isUnasked = ({ act, conditional, when, on, handed }: Act): boolean =>
  act === "grant" && !handed && (!conditional || when.every((name) => PRESENCE.test(name))) && !on.some((name) => ANSWER.test(name));

const statementsOf = (block: ts.Block): readonly ts.Statement[] => block.statements;

type WithBody = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction;

/** A function that gives elements, by a name that elements have. */
function isComponent(c: Compiler, node: ts.Node): node is WithBody {
  if (!c.isFunctionDeclaration(node) && !c.isFunctionExpression(node) && !c.isArrowFunction(node)) return false;
  const name = node.name?.text ?? (c.isVariableDeclaration(node.parent) ? node.parent.name.getText() : "");
  if (!/^[A-Z]/.test(name) || node.body === undefined || !c.isBlock(node.body)) return false;
  return node.body.statements.some((one) => c.isReturnStatement(one) && one.expression !== undefined && givesJsx(c, one.expression));
}

const givesJsx = (c: Compiler, e: ts.Expression): boolean => isJsx(c, e) || (c.isParenthesizedExpression(e) && givesJsx(c, e.expression));
