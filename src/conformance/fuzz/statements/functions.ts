/** Declarations of functions, also async, generators and recursive ones. */
import { body, declare, detached, fresh, nests, withoutWaiting, type Context } from "../context.js";
import { expression } from "../expression.js";
import { form, type Form } from "../form.js";
import { functionBody } from "../lambda.js";
import { functionType, someType } from "../some-type.js";
import { array, fn, NUMBER, promise, show, STRING, VOID, type Type } from "../types.js";
import { pattern } from "./patterns.js";
import { statements } from "./statement.js";

/** Parameters as written: plain, with a default, taken apart. */
export function parameters(inner: Context, types: readonly Type[]): string {
  return types
    .map((type) => {
      const outer = { ...inner, inside: { ...inner.inside, async: false }, depth: 1 };
      const value = inner.choices.chance(20) ? ` = ${expression(outer, type)}` : "";
      if (type.k === "record" && inner.choices.chance(30)) return `${pattern(inner, type)}: ${show(type)}${value}`;
      const name = fresh(inner, "a");
      declare(inner, name, type);
      return `${name}: ${show(type)}${value}`;
    })
    .join(", ");
}

/** Declares a function with a body of its own kind. */
function declaration(
  g: Context,
  head: string,
  params: readonly Type[],
  returns: Type,
  write: (inner: Context) => string,
  async = false,
  yields?: Type,
): string {
  const name = fresh(g, "f");
  const result = async && returns.k === "promise" ? returns.of : returns;
  const own = detached(g);
  const inner = body(own, { async, ...(yields === undefined ? { returns: result } : { yields }) });
  const list = parameters(inner, params);
  const text = write(inner);
  declare(g, name, fn(params, returns), false, inner.meter.steps + 1);
  return `${head} ${name}(${list}): ${show(returns)} {\n${text}\n}`;
}

const generated = (inner: Context, type: Type): string =>
  [...statements(inner, inner.choices.below(3)), `yield ${expression(inner, type)};`, ...statements(inner, inner.choices.below(2))].join(
    "\n",
  );

export const FUNCTION_DECLARATIONS: readonly Form<undefined>[] = [
  form(
    "function",
    10,
    (g) => {
      const { params, returns } = functionType(g);
      return declaration(g, "function", params, returns, (inner) => functionBody(inner, returns, 3));
    },
    nests,
  ),
  form(
    "async function",
    5,
    (g) => {
      const { params, returns } = functionType(g, 1);
      const plain = returns.k === "promise" ? returns.of : returns;
      return declaration(g, "async function", params, promise(plain), (inner) => functionBody(inner, plain, 3), true);
    },
    nests,
  ),
  form(
    "generator function",
    3,
    (g) => {
      const { params } = functionType(g, 1);
      const yields = someType(g, undefined, 1);
      return declaration(g, "function*", params, { k: "iterable", of: yields }, (inner) => generated(inner, yields), false, yields);
    },
    nests,
  ),
  form(
    "async generator function",
    3,
    (g) => {
      const { params } = functionType(g, 1);
      const yields = someType(g, undefined, 1);
      return declaration(g, "async function*", params, { k: "stream", of: yields }, (inner) => generated(inner, yields), true, yields);
    },
    nests,
  ),
  form(
    "recursive function",
    4,
    (g) => {
      const of = someType(g, undefined, 1);
      const [name, left, carried] = [fresh(g, "f"), fresh(g, "i"), fresh(g, "a")];
      const inner = body(detached(g), { returns: of });
      declare(inner, carried, of);
      const lines = statements(inner, g.choices.below(3));
      const again = `${name}(${left} - 1, ${expression(inner, of)})`;
      const end = g.choices.one([`return ${again};`, `const last = ${again};\nreturn input() ? last : ${expression(inner, of)};`]);
      const wrapped = fresh(g, "f");
      declare(g, wrapped, fn([of], of), false, 4 * inner.meter.steps + 4);
      return `function ${name}(${left}: number, ${carried}: ${show(of)}): ${show(of)} {
if (${left} <= 0) return ${carried};
${[...lines, end].join("\n")}
}
const ${wrapped} = (v: ${show(of)}): ${show(of)} => ${name}(${g.choices.one(["2", "choose(4)", "3"])}, v);`;
    },
    nests,
  ),
  form("generic function", 3, (g) => {
    const of = someType(g, undefined, 1);
    const name = fresh(g, "f");
    const choice = g.choices.one([
      { params: [of], text: "<T>(a: T): T { return a; }" },
      { params: [array(of), of], text: "<T>(list: T[], other: T): T { return list.find(() => input()) ?? other; }" },
      { params: [of, of], text: '<T>(a: T, b: T): T { const both = { a, b }; return both[input() ? "a" : "b"]; }' },
      { params: [fn([], of)], text: "<T>(make: () => T): T { return make(); }" },
      {
        params: [{ k: "iterable", of } as const, of],
        text: "<T>(all: Iterable<T>, other: T): T { let last = other; for (const one of all) last = one; return last; }",
      },
    ]);
    declare(g, name, fn(choice.params, of), false, 5);
    return `function ${name}${choice.text}`;
  }),
  form("counter closure", 3, (g) => {
    const [make, get, set] = [fresh(g, "f"), fresh(g, "f"), fresh(g, "f")];
    const of = someType(g, undefined, 1);
    const start = expression(g, of);
    declare(g, get, fn([], of), false, 2);
    declare(g, set, fn([of], VOID), false, 2);
    return `function ${make}(start: ${show(of)}) { let held = start; return { get: () => held, set: (next: ${show(of)}) => { held = next; } }; }
const { get: ${get}, set: ${set} } = ${make}(${start});`;
  }),
  form("table of functions", 2, (g) => {
    const name = fresh(g, "f");
    const of = fn([STRING], STRING);
    const inner = withoutWaiting(g);
    const [a, b] = [expression(inner, of), expression(inner, of)];
    declare(g, name, of);
    return `const ${name} = (v: string): string => ({ k: ${a}, j: ${b} })[${g.choices.one(['"k"', '"j"', 'input() ? "k" : "j"'])} as "k" | "j"](v);`;
  }),
  form("sum of numbers", 1, (g) => {
    const name = fresh(g, "f");
    declare(g, name, fn([NUMBER, NUMBER], NUMBER), false, 2);
    return `function ${name}(...list: number[]): number { let sum = 0; for (const one of list) sum += one; return sum; }`;
  }),
];
