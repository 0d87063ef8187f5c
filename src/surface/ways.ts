/** Goes through code in the order in which it runs, with what it has been waited for on the way: where ways meet, the shortest counts. */
import type ts from "typescript";
import type { Compiler, Parsed } from "./scope.js";
import type { Act } from "./surface.js";

/** What is run under: a condition, and the names that stand in it. */
export type Under = Pick<Act, "conditional" | "when" | "handed">;

/** Requests that have been waited for, one after the other. */
export type Way = readonly string[];

export interface Passing {
  way: Way;
  /** The ways with which the function that runs is left. */
  exits: Way[];
}

export const shorter = (a: Way, b: Way): Way => (b.length < a.length ? b : a);

/** What runs what it is given without anybody's doing. */
const RUNS =
  /^(?:then|catch|finally|setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|requestAnimationFrame|requestIdleCallback|startTransition|batch|untrack|forEach|map|flatMap|filter|reduce|some|every)$/;

/** Promises that are waited for at once. */
const TOGETHER = /^(?:all|allSettled|any|race)$/;

export type Visit<S> = (state: S, file: Parsed, node: ts.Node, under: Under) => void;

/** `calls`: what a call does, when its arguments but for callbacks have been gone through. */
export function inOrder<S extends Passing>(
  c: Compiler,
  calls: (state: S, file: Parsed, call: ts.CallExpression, under: Under) => void,
): Visit<S> {
  const isFunction = (node: ts.Node): boolean => c.isArrowFunction(node) || c.isFunctionExpression(node);

  /** Is an argument there before the call does anything: no callback, and no object with some? */
  const isBefore = (given: ts.Expression): boolean => !isFunction(given) && (!c.isObjectLiteralExpression(given) || awaits(c, given));

  const when = (under: Under, condition: ts.Expression): Under => ({
    ...under,
    conditional: true,
    when: [...under.when, ...namesIn(c, condition)],
  });

  /** Each from where the way is now; gives where they end. */
  const apart = (state: S, parts: readonly (() => void)[]): Way[] => {
    const before = state.way;
    return parts.map((run) => {
      state.way = before;
      run();
      return state.way;
    });
  };

  /** Defined here, or run by others: what is in it is on nobody's way who goes on. */
  const aside = (state: S, run: () => void): void => {
    const { way, exits } = state;
    state.exits = [];
    run();
    state.way = way;
    state.exits = exits;
  };

  const visit: Visit<S> = (state, file, node, under) => {
    const children = (of: ts.Node = node, how = under): void =>
      of.forEachChild((child) => {
        visit(state, file, child, how);
      });
    const go = (of: ts.Node | undefined, how = under): void => {
      if (of !== undefined) visit(state, file, of, how);
    };
    if (c.isBlock(node)) {
      let after = under;
      for (const statement of node.statements) {
        go(statement, after);
        // `if (!agreed) return;`
        if (c.isIfStatement(statement) && leaves(c, statement.thenStatement)) after = when(after, statement.expression);
      }
    } else if (c.isExpressionStatement(node) || c.isVoidExpression(node)) {
      const before = state.way;
      children();
      // Nobody waits for it.
      if (!awaits(c, node)) state.way = before;
    } else if (c.isReturnStatement(node)) {
      children();
      state.exits.push(state.way);
    } else if (c.isIfStatement(node) || c.isConditionalExpression(node)) {
      const [condition, yes, no] = c.isIfStatement(node)
        ? [node.expression, node.thenStatement, node.elseStatement]
        : [node.condition, node.whenTrue, node.whenFalse];
      go(condition);
      const ends = apart(
        state,
        [yes, no].map((side) => () => {
          go(side, when(under, condition));
        }),
      );
      const [a, b] = [ends[0]!, ends[1]!];
      state.way = c.isStatement(yes) && leaves(c, yes) ? b : no !== undefined && c.isStatement(no) && leaves(c, no) ? a : shorter(a, b);
    } else if (c.isBinaryExpression(node) && /^(?:&&|\|\||\?\?)$/.test(node.operatorToken.getText(file.source))) {
      go(node.left);
      const before = state.way;
      go(node.right, when(under, node.left));
      state.way = before;
    } else if (c.isSwitchStatement(node)) {
      go(node.expression);
      const before = state.way;
      apart(
        state,
        node.caseBlock.clauses.map((clause) => () => {
          children(clause, when(under, node.expression));
        }),
      );
      state.way = before;
    } else if (c.isTryStatement(node)) {
      const before = state.way;
      go(node.tryBlock);
      const after = state.way;
      state.way = before;
      go(node.catchClause);
      state.way = node.catchClause === undefined || leaves(c, node.catchClause.block) ? after : shorter(after, state.way);
      go(node.finallyBlock);
    } else if (c.isIterationStatement(node, false)) {
      const before = state.way;
      children();
      // It may have no turn at all; what surely has one is an attempt that is made again.
      if (!hasTurn(c, node)) state.way = before;
    } else if (c.isCallExpression(node)) {
      // Somebody's promise: `load().then(…)`.
      if (!c.isIdentifier(node.expression) && !isFunction(unwrapped(c, node.expression))) go(node.expression);
      const isTogether = c.isPropertyAccessExpression(node.expression) && TOGETHER.test(node.expression.name.text);
      for (const given of node.arguments.filter(isBefore))
        if (isTogether && c.isArrayLiteralExpression(given)) {
          const ends = apart(
            state,
            given.elements.map((one) => () => {
              go(one);
            }),
          );
          state.way = ends.reduce((a, b) => (b.length > a.length ? b : a), state.way);
        } else go(given);
      calls(state, file, node, under);
      const name = nameOf(c, node.expression);
      for (const given of node.arguments)
        if (isFunction(given) && /^(?:then|finally)$/.test(name)) inside(state, file, given, under);
        else if (isFunction(given) && RUNS.test(name))
          aside(state, () => {
            children(given);
          });
        else if (!isBefore(given)) go(given);
    } else if (c.isFunctionLike(node))
      aside(state, () => {
        children(node, { ...under, handed: true });
      });
    else children();
  };

  /** A callback that runs before what comes after. */
  const inside: Visit<S> = (state, file, node, under) => {
    const { exits } = state;
    state.exits = [];
    node.forEachChild((child) => {
      visit(state, file, child, under);
    });
    state.way = state.exits.reduce(shorter, state.way);
    state.exits = exits;
  };

  return visit;
}

/** Names of variables, properties and (as texts) of fields of a form: `agreed`, `values.agreed`, `data.get("agreed")`, `$("#agreed")`. */
export function namesIn(c: Compiler, e: ts.Node): string[] {
  if (c.isIdentifier(e)) return [e.text];
  if (c.isStringLiteralLike(e)) return [e.text.replace(/^#/, "")];
  const out: string[] = [];
  e.forEachChild((child) => void out.push(...namesIn(c, child)));
  return out;
}

/** Does the function go no further behind it? */
export const leaves = (c: Compiler, statement: ts.Statement): boolean =>
  c.isReturnStatement(statement) ||
  c.isThrowStatement(statement) ||
  (c.isBlock(statement) && statement.statements.some((one) => c.isReturnStatement(one) || c.isThrowStatement(one)));

const unwrapped = (c: Compiler, e: ts.Expression): ts.Expression => (c.isParenthesizedExpression(e) ? unwrapped(c, e.expression) : e);

const nameOf = (c: Compiler, e: ts.Expression): string => (c.isPropertyAccessExpression(e) ? e.name.text : c.isIdentifier(e) ? e.text : "");

const awaits = (c: Compiler, node: ts.Node): boolean =>
  c.isAwaitExpression(node) || (!c.isFunctionLike(node) && node.forEachChild((child) => awaits(c, child) || undefined) === true);

/** `for (let attempt = 0; attempt < 3; attempt++)`, `while (true)`, `do`. */
function hasTurn(c: Compiler, node: ts.IterationStatement): boolean {
  if (c.isDoStatement(node)) return true;
  if (c.isWhileStatement(node)) return node.expression.kind === c.SyntaxKind.TrueKeyword;
  if (!c.isForStatement(node)) return false;
  const { condition, initializer } = node;
  if (condition === undefined) return true;
  const from = initializer !== undefined && c.isVariableDeclarationList(initializer) ? initializer.declarations[0]?.initializer : undefined;
  const isNumber = (e: ts.Node | undefined): e is ts.NumericLiteral => e !== undefined && c.isNumericLiteral(e);
  return c.isBinaryExpression(condition) && isNumber(from) && isNumber(condition.right) && Number(from.text) < Number(condition.right.text);
}
