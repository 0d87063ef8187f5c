/** Expressions of a type. */
import { access } from "./access.js";
import { concurrent, deeper, fresh, ofType, type Context } from "./context.js";
import { writeOne, type Form } from "./form.js";
import { CARRIERS } from "./forms/carriers.js";
import { CONDITIONS } from "./forms/conditions.js";
import { FUNCTIONS } from "./forms/functions.js";
import { INSTANCES } from "./forms/instances.js";
import { LISTS } from "./forms/lists.js";
import { COLLECTIONS } from "./forms/collections.js";
import { PROMISES } from "./forms/promises.js";
import { RECORDS } from "./forms/records.js";
import { STRINGS, NUMBERS } from "./forms/texts.js";
import { lambda } from "./lambda.js";
import { show, type ClassType, type Type } from "./types.js";

/** An expression of the type. It binds tighter than any operator. */
export function expression(g: Context, type: Type): string {
  if (g.depth <= 0) return leaf(g, type);
  const kind = g.choices.below(10);
  if (kind < 5) return access(deeper(g), type) ?? leaf(g, type);
  // Of two promises in one expression, one would be left to itself.
  if (kind < 7 && (type.k !== "promise" || concurrent(g))) return writeOne<Type>(deeper(g), CARRIERS, type);
  return writeOne<Type>(deeper(g), formsOf(type), type);
}

function formsOf(type: Type): readonly Form<Type>[] {
  switch (type.k) {
    case "string":
      return STRINGS;
    case "number":
      return NUMBERS;
    case "boolean":
      return CONDITIONS;
    case "record":
      return RECORDS;
    case "array":
    case "tuple":
      return LISTS;
    case "set":
    case "map":
    case "dict":
    case "iterable":
    case "stream":
      return COLLECTIONS;
    case "function":
      return FUNCTIONS;
    case "promise":
      return PROMISES;
    case "instance":
    case "class":
      return INSTANCES;
    case "void":
      return CARRIERS;
  }
}

/** Something short of the type: a variable, or new and nearly empty. */
export function leaf(g: Context, type: Type): string {
  const known = ofType(g, type);
  if (known.length > 0 && g.choices.chance(80)) return g.choices.one(known).name;
  if (type.k === "string" && g.choices.chance(50)) return access({ ...g, depth: 0 }, type) ?? literal(g, type);
  return literal(g, type);
}

const WORDS = ["k", "n1", "some words", ""];

/** Something new of the type. */
export function literal(g: Context, type: Type): string {
  const inner = { ...g, depth: 0 };
  switch (type.k) {
    case "string":
      return JSON.stringify(g.choices.one(WORDS));
    case "number":
      return String(g.choices.below(4));
    case "boolean":
      return g.choices.one(["input()", "true", "false"]);
    case "void":
      return "undefined";
    case "record":
      return `{ ${type.props
        .filter((prop) => prop.optional !== true)
        .map((prop) => `${prop.name}: ${leaf(inner, prop.type)}`)
        .join(", ")} }`;
    case "array":
      return g.choices.chance(50) ? `[${leaf(inner, type.of)}]` : "[]";
    case "tuple":
      return `[${type.items.map((item) => leaf(inner, item)).join(", ")}]`;
    case "dict":
      return `{ k: ${leaf(inner, type.of)} }`;
    case "map":
    case "set":
      return `new ${show(type)}()`;
    case "iterable":
      return `[${leaf(inner, type.of)}]`;
    case "stream": {
      const name = fresh(g, "s");
      return `(async function* ${name}() { yield ${leaf({ ...inner, inside: { ...g.inside, async: true } }, type.of)}; })()`;
    }
    case "promise":
      return `Promise.resolve(${leaf(inner, type.of)})`;
    case "function":
      return lambda({ ...inner, nest: 0 }, type);
    case "instance":
      return construct(inner, type.of);
    case "class":
      return type.of.name;
  }
}

/** `new C(…)`, of the class or of one that extends it. */
export function construct(g: Context, of: ClassType): string {
  const classes = g.vars.flatMap((v) => (v.type.k === "class" && extendsFrom(v.type.of, of) ? [v.type.of] : []));
  const chosen = classes.length === 0 ? of : g.choices.one(classes);
  return `new ${chosen.name}(${chosen.params.map((param) => expression({ ...g, depth: Math.min(g.depth, 1) }, param)).join(", ")})`;
}

function extendsFrom(type: ClassType, base: ClassType): boolean {
  for (let at: ClassType | undefined = type; at !== undefined; at = at.base) if (at.name === base.name) return true;
  return false;
}
