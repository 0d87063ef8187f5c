/** Ways to carry a value of any type through some mechanism of the language, unchanged. */
import { detached, fresh, type Context } from "../context.js";
import { expression, leaf } from "../expression.js";
import { form, type Form } from "../form.js";
import { isJson, show, type Type } from "../types.js";

/** A form that has names of its own: the value, another one, and two fresh names. */
const carrier = (
  name: string,
  weight: number,
  write: (x: string, t: string, a: string, g: Context, other: () => string) => string,
  when?: Form<Type>["when"],
) => form<Type>(name, weight, (g, type) => write(expression(g, type), show(type), fresh(g, "a"), g, () => expression(g, type)), when);

/** The value is written inside a function that is neither async nor a generator. */
const enclosed = (name: string, weight: number, write: (x: string, t: string, a: string, g: Context, other: () => string) => string) =>
  form<Type>(name, weight, (g, type) => {
    const inner = detached(g);
    return write(expression(inner, type), show(type), fresh(g, "a"), inner, () => expression(inner, type));
  });

const waits = (g: Context): boolean => g.inside.async;
const notVoid = (forms: readonly Form<Type>[]): Form<Type>[] =>
  forms.map((f) => ({ ...f, when: (g, type) => type.k !== "void" && f.when?.(g, type) !== false }));

export const CARRIERS: readonly Form<Type>[] = [
  form<Type>(
    "void",
    1,
    () => "undefined",
    (_, type) => type.k === "void",
  ),
  ...notVoid([
    carrier("conditional", 6, (x, t, _, __, other) => `((input() ? ${x} : ${other()}) as ${t})`),
    carrier("property of literal", 3, (x) => `{ k: ${x} }.k`.replace(/^(.*)\.k$/su, "($1).k")),
    carrier("element of literal", 3, (x, _, __, ___, other) => `[${other()}, ${x}][1]!`),
    carrier("chosen element", 2, (x, _, __, ___, other) => `[${x}, ${other()}][choose(2)]!`),
    carrier("chosen property", 2, (x, t, _, __, other) => `({ k: ${x}, j: ${other()} } as Record<string, ${t}>)[["k", "j"][choose(2)]!]!`),
    carrier("identity", 4, (x, t, a) => `((${a}: ${t}): ${t} => ${a})(${x})`),
    carrier("generic identity", 3, (x, t, a) => `(<T>(${a}: T): T => ${a})<${t}>(${x})`),
    enclosed("thunk", 3, (x, t) => `((): ${t} => (${x}))()`),
    carrier("closure", 3, (x, t, a) => `((${a}: ${t}) => () => ${a})(${x})()`),
    carrier("logical", 3, (x, _, __, g, other) => `(${x} ${g.choices.one(["??", "||"])} ${other()})`),
    carrier("comma", 1, (x, _, __, ___, other) => `(void ${other()}, ${x})`),
    carrier("rest parameter", 2, (x, t, a, _, other) => `((...${a}: ${t}[]): ${t} => ${a}[0]!)(${x}, ${other()})`),
    carrier(
      "default parameter",
      2,
      (x, t, a) => `((${a}: ${t} = ${x}): ${t} => ${a})()`,
      (g) => !waits(g),
    ),
    carrier("destructured parameter", 2, (x, t, a) => `(({ k: ${a} }: { k: ${t} }): ${t} => ${a})({ k: ${x} })`),
    carrier(
      "default in pattern",
      2,
      (x, t, a, _, other) => `(({ k: ${a} = ${x} }: { k?: ${t} }): ${t} => ${a})(input() ? {} : { k: ${other()} })`,
      (g) => !waits(g),
    ),
    carrier("call", 2, (x, t, a) => `(function (${a}: ${t}): ${t} { return ${a}; }).call(null, ${x})`),
    carrier("apply", 2, (x, t, a) => `((${a}: ${t}): ${t} => ${a}).apply(null, [${x}])`),
    carrier("bind", 2, (x, t, a) => `((${a}: ${t}): ${t} => ${a}).bind(null, ${x})()`),
    carrier("arguments", 1, (x, t) => `(function (..._: ${t}[]): ${t} { return arguments[0] as ${t}; })(${x})`),
    carrier("this", 2, (x, t) => `(function (this: { k: ${t} }): ${t} { return this.k; }).call({ k: ${x} })`),
    carrier(
      "list method",
      3,
      (x, _, a, g) =>
        `[${x}].${g.choices.one([`map((${a}) => ${a})[0]!`, "find(() => true)!", "slice()[0]!", "at(0)!", "pop()!", "concat()[0]!", `filter(() => true)[0]!`, `flatMap((${a}) => [${a}])[0]!`])}`,
    ),
    carrier("list reduced", 2, (x, _, a, __, other) => `[${other()}, ${x}].reduce((_, ${a}) => ${a})`),
    carrier("Map", 2, (x, t) => `new Map<string, ${t}>([["k", ${x}]]).get("k")!`),
    carrier("Set", 2, (x, t) => `[...new Set<${t}>([${x}])][0]!`),
    carrier(
      "WeakMap",
      1,
      (x, t, a) => `((${a}: object) => new WeakMap<object, ${t}>([[${a}, ${x}]]).get(${a})!)({})`,
      (g) => !waits(g),
    ),
    carrier("Object.values", 2, (x) => `Object.values({ k: ${x} })[0]!`),
    carrier("Object.entries", 2, (x) => `Object.entries({ k: ${x} })[0]![1]`),
    carrier("fromEntries", 2, (x) => `Object.fromEntries([["k", ${x}]])["k"]!`),
    carrier("Object.assign", 2, (x, _, __, ___, other) => `Object.assign({ k: ${other()} }, { k: ${x} }).k`),
    carrier("Reflect.get", 1, (x, t) => `(Reflect.get({ k: ${x} }, "k") as ${t})`),
    enclosed("getter", 2, (x, t) => `({ get k(): ${t} { return ${x}; } }).k`),
    carrier(
      "setter",
      1,
      (x, t, a) =>
        `((${a}: { v?: ${t}; k: ${t} }): ${t} => { ${a}.k = ${x}; return ${a}.v!; })({ set k(v: ${t}) { this.v = v; } } as { v?: ${t}; k: ${t} })`,
      (g) => !waits(g),
    ),
    enclosed("defineProperty", 1, (x, t) => `(Object.defineProperty({}, "k", { get: () => (${x}) }) as { k: ${t} }).k`),
    carrier("symbol key", 1, (x, t) => `({ [Symbol.for("k")]: ${x} } as Record<symbol, ${t}>)[Symbol.for("k")]!`),
    carrier("optional chaining", 2, (x, t, _, __, other) => `((({ k: ${x} }) as { k?: ${t} } | undefined)?.k ?? ${other()})`),
    enclosed(
      "thrown and caught",
      3,
      (x, t, a) => `((): ${t} => { try { throw { k: ${x} }; } catch (${a}) { return (${a} as { k: ${t} }).k; } })()`,
    ),
    enclosed("finally", 1, (x, t, _, __, other) => `((): ${t} => { try { return ${other()}; } finally { if (input()) return ${x}; } })()`),
    enclosed(
      "switch",
      2,
      (x, t, _, __, other) => `((): ${t} => { switch (choose(3)) { case 0: return ${x}; case 1: default: return ${other()}; } })()`,
    ),
    enclosed("generator", 2, (x, t) =>
      `(function* (): Generator<${t}> { yield ${x}; })().next().value as ${t}`.replace(/^(.*)$/su, "($1)"),
    ),
    carrier("class field", 2, (x, t) => `new (class { constructor(readonly k: ${t}) {} })(${x}).k`),
    carrier(
      "private field",
      2,
      (x, t, a) => `new (class { #k: ${t}; constructor(${a}: ${t}) { this.#k = ${a}; } get k(): ${t} { return this.#k; } })(${x}).k`,
    ),
    carrier("destructured", 2, (x, t, a) => `((${a}: [${t}]): ${t} => { const [{ k }] = [{ k: ${a}[0] }]; return k; })([${x}])`),
    carrier("await", 4, (x) => `(await Promise.resolve(${x}))`, waits),
    carrier("await all", 3, (x, _, __, ___, other) => `(await Promise.all([${other()}, Promise.resolve(${x})]))[1]`, waits),
    carrier("await async", 2, (x, t, a) => `(await (async (${a}: ${t}): Promise<${t}> => { await null; return ${a}; })(${x}))`, waits),
    form<Type>(
      "JSON",
      2,
      (g, type) => `(JSON.parse(JSON.stringify({ k: ${expression(g, type)} })) as { k: ${show(type)} }).k`,
      (_, type) => isJson(type),
    ),
    form<Type>("leaf", 1, leaf),
  ]),
];
