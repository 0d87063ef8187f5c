/** Maps, sets, dictionaries, and what can be iterated. */
import { key } from "../access.js";
import { body, detached, fresh, type Context } from "../context.js";
import { expression, literal } from "../expression.js";
import { form, type Form } from "../form.js";
import { lambda } from "../lambda.js";
import { statements } from "../statements/statement.js";
import { array, fn, show, STRING, type Type } from "../types.js";

const of = (type: Type): Type => (type as Type & { k: "map" }).of;
const item = (g: Context, type: Type): string => expression(g, of(type));
const kind =
  (...kinds: readonly Type["k"][]) =>
  (_: Context, type: Type): boolean =>
    kinds.includes(type.k);

export const COLLECTIONS: readonly Form<Type>[] = [
  form("short collection", 1, literal),
  form(
    "new Map",
    6,
    (g, type) => `new Map<string, ${show(of(type))}>([[${key(g)}, ${item(g, type)}], [${key(g)}, ${item(g, type)}]])`,
    kind("map"),
  ),
  form("Map.set", 3, (g, type) => `${expression(g, type)}.set(${key(g)}, ${item(g, type)})`, kind("map")),
  form("Map of Map", 2, (g, type) => `new Map(${expression(g, type)})`, kind("map")),
  form("Map of entries", 2, (g, type) => `new Map(Object.entries(${expression(g, { k: "dict", of: of(type) })}))`, kind("map")),
  form("new Set", 5, (g, type) => `new Set<${show(of(type))}>([${item(g, type)}, ${item(g, type)}])`, kind("set")),
  form("Set of list", 3, (g, type) => `new Set(${expression(g, array(of(type)))})`, kind("set")),
  form("Set.add", 2, (g, type) => `${expression(g, type)}.add(${item(g, type)})`, kind("set")),
  form("dictionary", 6, (g, type) => `{ k: ${item(g, type)}, ${g.choices.one(["j", "m"])}: ${item(g, type)} }`, kind("dict")),
  form(
    "dictionary, computed key",
    4,
    (g, type) => `{ [${g.choices.chance(60) ? key(g) : expression(g, STRING)}]: ${item(g, type)} }`,
    kind("dict"),
  ),
  form("dictionary, spread", 4, (g, type) => `{ ...${expression(g, type)}, k: ${item(g, type)} }`, kind("dict")),
  form("fromEntries", 4, (g, type) => `Object.fromEntries([[${key(g)}, ${item(g, type)}], [${key(g)}, ${item(g, type)}]])`, kind("dict")),
  form("fromEntries of Map", 2, (g, type) => `Object.fromEntries(${expression(g, { k: "map", of: of(type) })})`, kind("dict")),
  form(
    "fromEntries of entries",
    3,
    (g, type) => {
      const [k, v] = [fresh(g, "a"), fresh(g, "a")];
      const step = g.choices.one(["", `.filter(([${k}]) => ${k} !== "k")`, `.map(([${k}, ${v}]) => [${k} + "x", ${v}] as const)`]);
      return `Object.fromEntries(Object.entries(${expression(g, type)})${step})`;
    },
    kind("dict"),
  ),
  form("list as iterable", 3, (g, type) => expression(g, array(of(type))), kind("iterable")),
  form("set as iterable", 2, (g, type) => expression(g, { k: "set", of: of(type) }), kind("iterable")),
  form("map's values as iterable", 2, (g, type) => `${expression(g, { k: "map", of: of(type) })}.values()`, kind("iterable")),
  form("generator", 6, (g, type) => generator(g, of(type), ""), kind("iterable")),
  form(
    "object with Symbol.iterator",
    2,
    (g, type) => {
      const inner = detached(g);
      return `{ *[Symbol.iterator](): Iterator<${show(of(type))}> { yield ${item(inner, type)}; yield ${item(inner, type)}; } }`;
    },
    kind("iterable"),
  ),
  form(
    "lazy map",
    1,
    (g, type) => `[...${expression(g, { k: "iterable", of: STRING })}].map(${lambda(g, fn([STRING], of(type)))}).values()`,
    kind("iterable"),
  ),
  form("async generator", 6, (g, type) => generator(g, of(type), "async "), kind("stream")),
];

/** A generator that runs at once: statements, then some `yield`s. */
function generator(g: Context, yields: Type, async: string): string {
  const inner = body(detached(g), { async: async !== "", yields });
  const lines = statements(inner, g.choices.below(2));
  lines.push(`yield ${expression(inner, yields)};`);
  if (g.choices.chance(30)) lines.push(`yield* [${expression(inner, yields)}];`);
  return `(${async}function* () {\n${lines.join("\n")}\n})()`;
}
