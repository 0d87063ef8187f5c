/** What runs later: stored callbacks, listeners, timers, promises that nobody waits for. */
import { body, concurrent, declare, fresh, ofKind, ofType, nests, type Context } from "../context.js";
import { expression } from "../expression.js";
import { form, type Form } from "../form.js";
import { lambda } from "../lambda.js";
import { someType } from "../some-type.js";
import { array, fn, promise, show, STRING, VOID } from "../types.js";
import { statements } from "./statement.js";

const CALLBACK = fn([STRING], VOID);
const registries = (g: Context) => ofType(g, array(CALLBACK));
/** What goes on by itself, and several things at a time. */
const tasks = (g: Context): boolean => nests(g) && concurrent(g);
const waitsForMany = (g: Context): boolean => g.inside.async && concurrent(g);
const task = (g: Context): string => lambda({ ...g, depth: 2 }, fn([], VOID));

export const LATER: readonly Form<undefined>[] = [
  form("registry", 4, (g) => {
    const name = fresh(g, "v");
    declare(g, name, array(CALLBACK));
    return `const ${name}: ${show(array(CALLBACK))} = [];`;
  }),
  form(
    "register",
    8,
    (g) => `${g.choices.one(registries(g)).name}.push(${lambda(g, CALLBACK)});`,
    (g) => registries(g).length > 0,
  ),
  form(
    "call registered",
    6,
    (g) => {
      const { name } = g.choices.one(registries(g));
      const value = expression(g, STRING);
      return g.choices.one([
        `for (const one of ${name}) one(${value});`,
        // A callback of its own has nothing to wait with.
        ...(/\bawait\b/u.test(value) ? [] : [`${name}.forEach((one) => one(${value}));`]),
        `${name}[0]?.(${value});`,
      ]);
    },
    (g) => registries(g).length > 0 && g.repeat < 9,
  ),
  form(
    "emitter",
    3,
    (g) => {
      const name = fresh(g, "events");
      const [event, other] = [g.choices.one(["k", "j"]), g.choices.one(["k", "j"])];
      const listener = lambda(g, CALLBACK);
      return `const ${name} = new EventEmitter();\n${name}.on("${event}", ${listener});\n${name}.emit("${other}", ${expression(g, STRING)});`;
    },
    nests,
  ),
  form(
    "timer",
    4,
    (g) => `${g.choices.one(["setTimeout", "queueMicrotask"])}(${task(g)});`.replace(/^setTimeout\((.*)\);$/su, "setTimeout($1, 0);"),
    tasks,
  ),
  form(
    "then, not waited for",
    4,
    (g) => {
      const of = someType(g, undefined, 1);
      return `void ${expression(g, promise(of))}.then(${lambda(g, fn([of], VOID))});`;
    },
    tasks,
  ),
  form(
    "async, not waited for",
    5,
    (g) => {
      const inner = body(g, { async: true, returns: VOID });
      const lines = statements(inner, 1 + g.choices.below(3));
      return `void (async (): Promise<void> => {\n${lines.join("\n")}\n})();`;
    },
    tasks,
  ),
  form(
    "await",
    6,
    (g) => {
      const of = someType(g, undefined, 1);
      const value = expression(g, promise(of));
      const name = fresh(g, "v");
      declare(g, name, of);
      return `const ${name} = await ${value};`;
    },
    (g) => g.inside.async,
  ),
  form(
    "Promise.all taken apart",
    4,
    (g) => {
      const [a, b] = [someType(g, undefined, 1), someType(g, undefined, 1)];
      const value = `Promise.all([${expression(g, promise(a))}, ${expression(g, promise(b))}])`;
      const [x, y] = [fresh(g, "v"), fresh(g, "v")];
      declare(g, x, a);
      declare(g, y, b);
      return `const [${x}, ${y}] = await ${value};`;
    },
    waitsForMany,
  ),
  form(
    "concurrent map",
    3,
    (g) => {
      const of = someType(g, undefined, 0);
      const to = someType(g, undefined, 0);
      const name = fresh(g, "v");
      const value = `Promise.all(${expression(g, array(of))}.map(${lambda(g, fn([of], promise(to)))}))`;
      declare(g, name, array(to));
      return `const ${name} = await ${value};`;
    },
    waitsForMany,
  ),
  form(
    "store function",
    4,
    (g) => {
      const v = g.choices.one(ofKind(g, "function").filter((one) => one.mutable));
      return `${v.name} = ${lambda(g, v.type)};`;
    },
    (g) => ofKind(g, "function").some((one) => one.mutable),
  ),
];
