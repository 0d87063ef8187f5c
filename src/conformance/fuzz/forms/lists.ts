/** Arrays and tuples. */
import { concurrent, type Context } from "../context.js";
import { expression, leaf, literal } from "../expression.js";
import { form, type Form } from "../form.js";
import { lambda } from "../lambda.js";
import { someType } from "../some-type.js";
import { array, BOOLEAN, dict, fn, NUMBER, show, STRING, type Type } from "../types.js";

const itemOf = (type: Type): Type => (type.k === "array" ? type.of : STRING);
const isArray = (_: Context, type: Type): boolean => type.k === "array";
const item = (g: Context, type: Type): string => expression(g, itemOf(type));
/** A shallower type, so that lists are not made from ever deeper ones. */
const other = (g: Context): Type => someType(g, undefined, 0);

const list = (name: string, weight: number, write: (g: Context, type: Type) => string): Form<Type> => form(name, weight, write, isArray);

export const LISTS: readonly Form<Type>[] = [
  form("array literal", 8, (g, type) =>
    type.k === "tuple"
      ? `[${type.items.map((of) => expression(g, of)).join(", ")}]`
      : `[${Array.from({ length: 1 + g.choices.below(3) }, () => item(g, type)).join(", ")}]`,
  ),
  list("short array", 1, literal),
  list("array spread", 5, (g, type) => `[...${expression(g, type)}, ${item(g, type)}]`),
  list("array spread behind", 2, (g, type) => `[${item(g, type)}, ...${expression(g, type)}]`),
  list("map", 7, (g, type) => {
    const from = other(g);
    return `${expression(g, array(from))}.map(${lambda(g, fn([from], itemOf(type)))})`;
  }),
  list("map with index", 2, (g, type) => `${expression(g, array(STRING))}.map(${lambda(g, fn([STRING, NUMBER], itemOf(type)))})`),
  list("filter", 5, (g, type) => `${expression(g, type)}.filter(${lambda(g, fn([itemOf(type)], BOOLEAN))})`),
  list("flatMap", 3, (g, type) => {
    const from = other(g);
    return `${expression(g, array(from))}.flatMap(${lambda(g, fn([from], type))})`;
  }),
  list("array method", 6, (g, type) => {
    const method = g.choices.one([
      "slice(0, 1)",
      "slice(1)",
      "slice(-1)",
      "reverse()",
      "flat()",
      "splice(0, 1)",
      "splice(1)",
      "filter(Boolean)",
    ]);
    return method === "flat()" || method.startsWith("filter") ? `[${expression(g, type)}].flat()` : `${expression(g, type)}.${method}`;
  }),
  list(
    "concat",
    3,
    (g, type) =>
      `${expression(g, type)}.concat(${expression(g, g.choices.chance(50) ? (itemOf(type).k === "array" ? type : itemOf(type)) : type)})`,
  ),
  list("sort", 2, (g, type) => `[...${expression(g, type)}].sort(() => (${g.choices.one(["input()", "true"])} ? 1 : -1))`),
  list("Array.from", 3, (g, type) => `Array.from(${expression(g, { k: "iterable", of: itemOf(type) })})`),
  list("Array.from with map", 2, (g, type) => `Array.from({ length: 2 }, ${lambda(g, fn([], itemOf(type)))})`),
  list("fill", 1, (g, type) => `new Array<${show(itemOf(type))}>(2).fill(${item(g, type)})`),
  list("values of map", 2, (g, type) => `[...${expression(g, { k: "map", of: itemOf(type) })}.values()]`),
  list("values of set", 2, (g, type) => `[...${expression(g, { k: "set", of: itemOf(type) })}]`),
  list("Object.values", 3, (g, type) => `Object.values(${expression(g, dict(itemOf(type)))})`),
  list("reduce to list", 3, (g, type) => {
    const from = other(g);
    return `${expression(g, array(from))}.reduce(${lambda(g, fn([type, from], type))}, ${leaf(g, type)})`;
  }),
  form(
    "Promise.all",
    3,
    (g, type) => `(await Promise.all([${expression(g, { k: "promise", of: itemOf(type) })}, ${item(g, type)}]))`,
    (g, type) => isArray(g, type) && g.inside.async && concurrent(g),
  ),
  form(
    "split",
    3,
    (g) => `${expression(g, STRING)}.split("")`,
    (_, type) => type.k === "array" && type.of.k === "string",
  ),
  form(
    "keys",
    2,
    (g) => `Object.keys(${expression(g, dict(STRING))})`,
    (_, type) => type.k === "array" && type.of.k === "string",
  ),
];
