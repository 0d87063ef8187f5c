/** Loops. Each takes a few turns at most. */
import { block, concurrent, declare, fresh, ofType, nests, type Context } from "../context.js";
import { expression } from "../expression.js";
import { form, type Form } from "../form.js";
import { lambda } from "../lambda.js";
import { someType } from "../some-type.js";
import { array, dict, fn, NUMBER, STRING, VOID, type Type } from "../types.js";
import { pattern } from "./patterns.js";
import { braces } from "./statement.js";

const TURNS = 3;

/** A loop: what stands before its body, what its body begins with, and what the head declares. */
function loop(g: Context, write: (inner: Context, body: (first?: string) => string) => string): string {
  const label = fresh(g, "l");
  const inner = block(g);
  const text = write(inner, (first) => braces({ ...inner, nest: g.nest }, 3, { loops: [...g.inside.loops, label] }, TURNS, () => first));
  return new RegExp(`(?:break|continue) ${label};`, "u").test(text) ? `${label}: ${text}` : text;
}

const over = (
  name: string,
  weight: number,
  write: (inner: Context, body: (first?: string) => string) => string,
  when: (g: Context) => boolean = () => true,
): Form<undefined> =>
  form(
    name,
    weight,
    (g) => loop(g, write),
    (g) => nests(g) && when(g),
  );

const data = (g: Context): Type => someType(g, undefined, 1);

export const LOOPS: readonly Form<undefined>[] = [
  over("for of list", 9, (g, body) => {
    const type = data(g);
    const list = expression(g, array(type));
    return `for (const ${g.choices.chance(40) ? pattern(g, type) : pattern(g, type, 0)} of ${list}) ${body()}`;
  }),
  over("for", 6, (g, body) => {
    const name = fresh(g, "i");
    declare(g, name, NUMBER);
    return `for (let ${name} = 0; ${name} < ${g.choices.one(["2", "3", "choose(3)"])}; ${name}++) ${body()}`;
  }),
  over("for by index", 4, (g, body) => {
    const type = data(g);
    const [list, i, name] = [fresh(g, "v"), fresh(g, "i"), fresh(g, "v")];
    const value = expression(g, array(type));
    declare(g, name, type);
    return `for (let ${i} = 0, ${list} = [...${value}]; ${i} < ${list}.length; ${i}++) ${body(`const ${name} = ${list}[${i}]!;`)}`;
  }),
  over("for in", 4, (g, body) => {
    const name = fresh(g, "v");
    const value = expression(g, dict(STRING));
    declare(g, name, STRING);
    return `for (const ${name} in ${value}) ${body()}`;
  }),
  over("for of entries", 5, (g, body) => {
    const [name, entry] = [fresh(g, "v"), fresh(g, "v")];
    const type = data(g);
    const value = g.choices.chance(50) ? `Object.entries(${expression(g, dict(type))})` : expression(g, { k: "map", of: type });
    declare(g, name, STRING);
    declare(g, entry, type);
    return `for (const [${name}, ${entry}] of ${value}) ${body()}`;
  }),
  over("for of iterable", 4, (g, body) => {
    const type = data(g);
    const value = expression(g, { k: "iterable", of: type });
    return `for (const ${pattern(g, type, 0)} of ${value}) ${body()}`;
  }),
  over(
    "for await",
    5,
    (g, body) => {
      const type = data(g);
      const value = expression(g, !concurrent(g) || g.choices.chance(70) ? { k: "stream", of: type } : array({ k: "promise", of: type }));
      return `for await (const ${pattern(g, type, 0)} of ${value}) ${body()}`;
    },
    (g) => g.inside.async,
  ),
  over("while", 4, (g, body) => {
    const name = fresh(g, "i");
    declare(g, name, NUMBER);
    return `for (let ${name} = 0; ${name} < 3 && input(); ) ${body(`${name}++;`)}`;
  }),
  form(
    "while, counted",
    4,
    (g) => {
      const name = fresh(g, "i");
      return `let ${name} = 0;\nwhile (${name}++ < ${g.choices.one(["2", "choose(4)"])}) ${braces(g, 3, { loops: [] }, TURNS)}`;
    },
    nests,
  ),
  form(
    "do while",
    3,
    (g) => {
      const name = fresh(g, "i");
      return `let ${name} = 0;\ndo ${braces(g, 2, { loops: [] }, TURNS)} while (++${name} < 3 && input());`;
    },
    nests,
  ),
  form(
    "while not empty",
    3,
    (g) => {
      const [list, name] = [fresh(g, "v"), fresh(g, "v")];
      const type = data(g);
      const value = expression(g, array(type));
      return `const ${list} = [...${value}];\nwhile (${list}.length > 0) ${braces(g, 2, { loops: [] }, TURNS, (inner) => {
        declare(inner, name, type);
        return `const ${name} = ${list}.${g.choices.one(["shift", "pop"])}()!;`;
      })}`;
    },
    nests,
  ),
  form(
    "forEach",
    5,
    (g) => {
      const type = data(g);
      return `${expression(g, array(type))}.forEach(${lambda(g, fn([type], VOID))});`;
    },
    nests,
  ),
  form(
    "Map.forEach",
    2,
    (g) => {
      const type = data(g);
      return `void ${expression(g, { k: "map", of: type })}.forEach(${lambda(g, fn([type, STRING], VOID))});`;
    },
    nests,
  ),
  form(
    "iterator by hand",
    2,
    (g) => {
      const [it, name] = [fresh(g, "v"), fresh(g, "v")];
      const value = expression(g, { k: "iterable", of: STRING });
      declare(g, name, STRING);
      return `const ${it} = (${value} as Iterable<string>)[Symbol.iterator]();\nconst ${name}: string = ${it}.next().value ?? "";`;
    },
    (g) => ofType(g, STRING).length > 0,
  ),
];
