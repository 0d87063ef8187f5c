/** Promises. */
import { concurrent, fresh, type Context } from "../context.js";
import { expression, leaf } from "../expression.js";
import { form, type Form } from "../form.js";
import { lambda } from "../lambda.js";
import { someType } from "../some-type.js";
import { fn, show, type Type } from "../types.js";

const of = (type: Type): Type => (type as Type & { k: "promise" }).of;
const value = (g: Context, type: Type): string => expression(g, of(type));

export const PROMISES: readonly Form<Type>[] = [
  form("Promise.resolve", 5, (g, type) => `Promise.resolve(${value(g, type)})`),
  form("async call", 5, (g, type) => `${lambda(g, fn([], type))}()`),
  form("then", 5, (g, type) => {
    const from = someType(g, undefined, 0);
    return `${expression(g, { k: "promise", of: from })}.then(${lambda(g, fn([from], g.choices.chance(50) ? of(type) : type))})`;
  }),
  form("catch", 3, (g, type) => `${expression(g, type)}.catch(${lambda(g, fn([], of(type)))})`),
  form("rejected and caught", 3, (g, type) => {
    const error = fresh(g, "a");
    return `Promise.reject<${show(of(type))}>(${value(g, type)}).catch((${error}: unknown) => ${error} as ${show(of(type))})`;
  }),
  form("finally", 2, (g, type) => `${expression(g, type)}.finally(${lambda(g, fn([], { k: "void" }))})`),
  form("new Promise", 4, (g, type) => {
    const [resolve, reject] = [fresh(g, "a"), fresh(g, "a")];
    const inner = { ...g, inside: { ...g.inside, async: false } };
    const settle = `${resolve}(${value(inner, type)})`;
    const how = g.choices.one([settle, `setTimeout(() => ${settle}, 0)`, `input() ? ${settle} : ${reject}(new Error("n"))`]);
    return `new Promise<${show(of(type))}>((${resolve}, ${reject}) => { void ${reject}; ${how}; })`;
  }),
  form("race", 2, (g, type) => `Promise.${g.choices.one(["race", "any"])}([${expression(g, type)}, ${expression(g, type)}])`, concurrent),
  form("allSettled", 2, (g, type) => {
    const [results, result] = [fresh(g, "a"), fresh(g, "a")];
    return `Promise.allSettled([${expression(g, type)}]).then((${results}) => ${results}.flatMap((${result}) => (${result}.status === "fulfilled" ? [${result}.value] : []))[0] ?? ${leaf({ ...g, inside: { ...g.inside, async: false } }, of(type))})`;
  }),
];
