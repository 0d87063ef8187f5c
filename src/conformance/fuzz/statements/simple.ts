/** Declarations, sinks, calls, early ends. */
import { args } from "../access.js";
import { afford, concurrent, declare, fresh, type Context } from "../context.js";
import { expression } from "../expression.js";
import { form, type Form } from "../form.js";
import { someType } from "../some-type.js";
import { isData, show, STRING, type Type } from "../types.js";

/** A variable with a value; promises are watched, so that a rejected one does not end the program. */
function declaration(g: Context, keyword: "const" | "let", type: Type): string {
  const value = expression(g, type);
  const name = fresh(g, "v");
  const typed = keyword === "let" || type.k === "string" || type.k === "function" || g.choices.chance(70) ? `: ${show(type)}` : "";
  declare(g, name, type, keyword === "let");
  return `${keyword} ${name}${typed} = ${value};`;
}

/** What goes to a sink: something in scope, mostly. */
export function sink(g: Context): string {
  const data = g.vars.filter((v) => isData(v.type));
  const type = data.length > 0 && g.choices.chance(75) ? g.choices.one(data).type : someType(g, isData);
  const id = fresh(g, "");
  return `train(${id}, ${expression({ ...g, depth: 2 }, type)});`;
}

/** What can be called: where nothing goes on by itself, not what nobody would wait for. */
const calls = (g: Context) => allCalls(g).filter(({ type }) => type.returns.k !== "promise" || g.inside.async || concurrent(g));

const allCalls = (g: Context) =>
  g.vars.flatMap((v): { text: string; type: Type & { k: "function" }; cost: number }[] => {
    if (v.type.k === "function") return [{ text: v.name, type: v.type, cost: v.cost }];
    if (v.type.k === "instance") return v.type.of.methods.map((m) => ({ text: `${v.name}.${m.name}`, type: m.type, cost: v.cost }));
    return [];
  });

export const SIMPLE: readonly Form<undefined>[] = [
  form("sink", 24, sink),
  form("const", 16, (g) => declaration(g, "const", someType(g))),
  form("let", 10, (g) => declaration(g, "let", someType(g))),
  form("let text", 6, (g) => declaration(g, "let", STRING)),
  form(
    "call",
    10,
    (g) => {
      const { text, type, cost } = g.choices.one(calls(g));
      if (!afford(g, cost)) return sink(g);
      const call = `${text}(${args(g, type)})`;
      if (type.returns.k !== "promise") return `${call};`;
      return g.inside.async && (!concurrent(g) || g.choices.chance(70)) ? `await ${call};` : `void ${call};`;
    },
    (g) => calls(g).length > 0,
  ),
  form(
    "early return",
    3,
    (g) =>
      `if (${g.choices.chance(70) ? "input()" : expression(g, { k: "boolean" })}) return${g.inside.returns?.k === "void" ? "" : ` ${expression(g, g.inside.returns!)}`};`,
    (g) => g.inside.returns !== undefined,
  ),
  form(
    "yield",
    8,
    (g) => (g.choices.chance(20) ? `yield* [${expression(g, g.inside.yields!)}];` : `yield ${expression(g, g.inside.yields!)};`),
    (g) => g.inside.yields !== undefined,
  ),
  form(
    "break or continue",
    5,
    (g) => {
      const label = g.choices.one(g.inside.loops);
      return `if (input()) ${g.choices.one(["break", "continue"])}${g.choices.chance(40) ? ` ${label}` : ""};`;
    },
    (g) => g.inside.loops.length > 0,
  ),
  form(
    "wait",
    3,
    (g) => (g.choices.chance(50) ? "await null;" : "await new Promise<void>((done) => setTimeout(done, 0));"),
    (g) => g.inside.async,
  ),
];
