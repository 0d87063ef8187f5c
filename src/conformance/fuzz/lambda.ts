/** Functions as values. */
import { body, declare, detached, fresh, type Context } from "./context.js";
import { expression } from "./expression.js";
import { statements } from "./statements/statement.js";
import { show, type FunctionType, type Type } from "./types.js";

/** A function of the type: an arrow with an expression or a block, or a function expression. */
export function lambda(g: Context, type: FunctionType): string {
  const names = type.params.map(() => fresh(g, "a"));
  const parameters = names.map((name, i) => `${name}: ${show(type.params[i]!)}`).join(", ");
  return lambdaWith(g, type.returns, parameters, (inner) => {
    names.forEach((name, i) => declare(inner, name, type.params[i]!));
  });
}

/** A function with parameters as written; `bind` declares what they bind. */
export function lambdaWith(g: Context, returns: Type, parameters: string, bind: (inner: Context) => void): string {
  const async = returns.k === "promise" && g.choices.chance(70);
  const result = async ? returns.of : returns;
  const roll = g.nest > 0 && g.depth > 0 ? g.choices.below(10) : 0;
  const inner = body(roll === 9 ? detached(g) : g, { async, returns: result });
  bind(inner);
  const head = async ? "async " : "";
  if (roll < 6 && result.k !== "void") return `(${head}(${parameters}): ${show(returns)} => ${bracketed(expression(inner, result))})`;
  const lines = functionBody(inner, result, roll < 6 ? 1 : 2);
  return roll === 9
    ? `(${head}function (${parameters}): ${show(returns)} {\n${lines}\n})`
    : `(${head}(${parameters}): ${show(returns)} => {\n${lines}\n})`;
}

/** Statements of a function, with a last `return`. */
export function functionBody(inner: Context, result: Type, count: number): string {
  const lines = statements(inner, inner.choices.below(count + 1));
  if (result.k !== "void") lines.push(`return ${expression(inner, result)};`);
  return lines.join("\n");
}

/** An object literal behind an arrow wants brackets. */
export const bracketed = (text: string): string => (text.startsWith("{") ? `(${text})` : text);
