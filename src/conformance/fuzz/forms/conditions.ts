/** Conditions. Half of them ask for input, of which the analysis knows nothing. */
import { key } from "../access.js";
import { ofKind, ofType, type Context } from "../context.js";
import { expression } from "../expression.js";
import { form, type Form } from "../form.js";
import { lambda } from "../lambda.js";
import { BOOLEAN, NUMBER, STRING, array, dict, fn, type Type } from "../types.js";

const optionals = (g: Context) =>
  ofKind(g, "record").flatMap((v) => v.type.props.flatMap((prop) => (prop.optional === true ? [{ v, prop }] : [])));

export const CONDITIONS: readonly Form<Type>[] = [
  form("input", 20, () => "input()"),
  form("not", 2, (g) => `(!${expression(g, BOOLEAN)})`),
  form("and", 2, (g) => `(${expression(g, BOOLEAN)} && ${expression(g, BOOLEAN)})`),
  form("or", 2, (g) => `(${expression(g, BOOLEAN)} || ${expression(g, BOOLEAN)})`),
  form("equal", 4, (g) => `(${expression(g, STRING)} === ${expression(g, STRING)})`),
  form("truthy", 4, (g) => `Boolean(${expression(g, STRING)})`),
  form("startsWith", 2, (g) => `${expression(g, STRING)}.${g.choices.one(["startsWith", "includes", "endsWith"])}("n")`),
  form("length compared", 3, (g) => `(${expression(g, STRING)}.length > ${expression({ ...g, depth: 0 }, NUMBER)})`),
  form("includes", 2, (g) => `${expression(g, array(STRING))}.includes(${expression(g, STRING)})`),
  form("some", 2, (g) => `${expression(g, array(STRING))}.${g.choices.one(["some", "every"])}(${lambda(g, fn([STRING], BOOLEAN))})`),
  form("in", 2, (g) => `(${key(g)} in ${expression(g, dict(STRING))})`),
  form("typeof", 1, (g) => `(typeof ${expression(g, STRING)} === "string")`),
  form(
    "optional property",
    5,
    (g) => {
      const { v, prop } = g.choices.one(optionals(g));
      return g.choices.one([`(${v.name}.${prop.name} !== undefined)`, `("${prop.name}" in ${v.name})`, `!${v.name}.${prop.name}`]);
    },
    (g) => optionals(g).length > 0,
  ),
  form(
    "has",
    3,
    (g) => `${g.choices.one(ofKind(g, "map", "set").filter((v) => v.type.k === "map" || v.type.of.k === "string")).name}.has(${key(g)})`,
    (g) => ofKind(g, "map", "set").some((v) => v.type.k === "map" || v.type.of.k === "string"),
  ),
  form(
    "boolean variable",
    5,
    (g) => g.choices.one(ofType(g, BOOLEAN)).name,
    (g) => ofType(g, BOOLEAN).length > 0,
  ),
];
