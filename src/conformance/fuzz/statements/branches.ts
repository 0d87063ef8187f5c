/** Branches and exceptions. */
import { block, declare, fresh, ofType, nests, type Context } from "../context.js";
import { expression } from "../expression.js";
import { form, type Form } from "../form.js";
import { BOOLEAN, STRING } from "../types.js";
import { braces } from "./statement.js";

/** What is thrown: an error with a message, with a cause, one of an own class, or a plain object. */
const thrown = (g: Context): string =>
  g.choices.one([
    () => `new Error(${expression(g, STRING)})`,
    () => `new Failure("n", ${expression(g, STRING)})`,
    () => `{ message: "n", detail: ${expression(g, STRING)} }`,
    () => `new Error("n", { cause: ${expression(g, STRING)} })`,
    () => `Object.assign(new TypeError("n"), { detail: ${expression(g, STRING)} })`,
  ])();

const READ_ERROR = [
  (e: string) => `String((${e} as Error).message)`,
  (e: string) => `String((${e} as { detail?: string }).detail ?? "")`,
  (e: string) => `(${e} instanceof Failure ? (${e} as Failure).detail : "")`,
  (e: string) => `(${e} instanceof Error ? ${e}.message : "n")`,
  (e: string) => `String(${e})`,
  (e: string) => `String((${e} as Error).cause)`,
];

function catchBlock(g: Context): string {
  const error = fresh(g, "e");
  return ` catch (${error}) ${braces(g, 2, {}, 1, (inner) => {
    const name = fresh(g, "v");
    declare(inner, name, STRING);
    return `const ${name} = ${g.choices.one(READ_ERROR)(error)};`;
  })}`;
}

export const BRANCHES: readonly Form<undefined>[] = [
  form(
    "if",
    12,
    (g) => {
      const test = g.choices.chance(40) ? "input()" : expression(g, BOOLEAN);
      const then = braces(g, 2);
      return `if (${test}) ${then}${g.choices.chance(50) ? ` else ${braces(g, 2)}` : ""}`;
    },
    nests,
  ),
  form(
    "switch on text",
    4,
    (g) => {
      const value = expression(g, STRING);
      const cases = [`case "n1":`, `case "k": case "j":`, "default:"].map(
        (head) => `${head} ${braces(g, 1)}${g.choices.chance(60) ? " break;" : ""}`,
      );
      return `switch (${value}) {\n${cases.join("\n")}\n}`;
    },
    (g) => nests(g) && g.inside.loops.length === 0,
  ),
  form(
    "switch on input",
    4,
    (g) => {
      const cases = ["case 0:", "case 1:", ...(g.choices.chance(50) ? ["default:"] : [])].map(
        (head) => `${head} ${braces(g, 1)}${g.choices.chance(60) ? " break;" : ""}`,
      );
      return `switch (choose(3)) {\n${cases.join("\n")}\n}`;
    },
    nests,
  ),
  form("throw maybe", 5, (g) => `if (${g.choices.chance(70) ? "input()" : expression(g, BOOLEAN)}) throw ${thrown(g)};`),
  form(
    "try",
    9,
    (g) => {
      const inner = block(g);
      const last = g.choices.chance(50) ? (end: string) => end.replace(/\}$/u, `throw ${thrown(inner)};\n}`) : (end: string) => end;
      const tried = last(braces(g, 2));
      const caught = g.choices.chance(85) ? catchBlock(g) : "";
      const after = caught === "" || g.choices.chance(30) ? ` finally ${braces(g, 1)}` : "";
      return `try ${tried}${caught}${after}`;
    },
    nests,
  ),
  form(
    "guard",
    3,
    (g) => {
      const v = g.choices.one(ofType(g, STRING));
      return `if (${g.choices.one([`!${v.name}`, `${v.name} === "k"`, `typeof ${v.name} !== "string"`])}) ${braces(g, 1)}`;
    },
    (g) => nests(g) && ofType(g, STRING).length > 0,
  ),
  form("block", 1, (g) => braces(g, 2), nests),
];
