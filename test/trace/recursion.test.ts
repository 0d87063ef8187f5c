/** Recursion through closures: each has a scope of its own, also where one activation stands for many. */
import { expect, test } from "vitest";
import { annotated, run } from "./program.js";

const check = (code: string): void => {
  const { found, expected } = annotated(code);
  expect(found).toEqual(expected);
};

const CHAIN = `
  type Step = (into: string[], next: () => void) => void;
  const chain = (steps: Step[]) => (into: string[]) => {
    const dispatch = (i: number): void => {
      const step = steps[i];
      if (step) step(into, () => dispatch(i + 1));
    };
    dispatch(0);
  };
  const pass: Step = (_, next) => next();
`;

test("each step of a chain gets what the steps before it left, and the last one runs", () => {
  check(`${CHAIN}
    const seen: string[] = [];
    chain([pass, (into, next) => { into.push(loadUser().name); next(); }, (into) => { seen.push(...into); }])([]);
    train(seen); //! user.name
    const before: string[] = [];
    chain([pass, (into, next) => { before.push(...into); next(); }, (into) => { into.push(loadUser().name); }])([]);
    train(before); //! none
  `);
});

test("a step that does not call the next one ends the chain", () => {
  check(`${CHAIN}
    const never: string[] = [];
    chain([pass, () => undefined, () => { never.push(loadUser().email); }])([]);
    train(never); //! none
  `);
});

test("more steps than are run one by one", () => {
  check(`${CHAIN}
    const late: string[] = [];
    chain([pass, pass, pass, pass, pass, pass, pass, pass, pass, pass, pass, (into) => { late.push(loadUser().email); }])([]);
    train(late); //! user.email
    const down = (n: number, then: () => string): string => (n === 0 ? then() : down(n - 1, () => then() + "x"));
    train(down(20, () => loadUser().id)); //! user.id
    train(down(20, () => "a")); //! none
  `);
});

test("asynchronous middleware, bound rather than closed over", () => {
  check(`
    type Context = { v: string[] };
    const compose = (fns: ((c: Context, next: () => Promise<void>) => Promise<void>)[]) => (c: Context) => {
      const go = (i: number): Promise<void> => {
        const fn = fns[i];
        return fn === undefined ? Promise.resolve() : Promise.resolve(fn(c, go.bind(null, i + 1)));
      };
      return go(0);
    };
    await compose([
      async (c, next) => {
        await next();
        train(c.v); //! user.id
      },
      async (c, next) => {
        train(c.v); //! none
        c.v.push(loadUser().id);
        await next();
      },
    ])({ v: [] });
  `);
});

test("a deep copy under other names keeps the fields of what nobody knows apart, again and again", () => {
  const code = `
const camel = (item: any): any => {
  if (Array.isArray(item)) return item.map((x: unknown) => camel(x));
  if (item !== Object(item)) return item;
  return Object.fromEntries(
    Object.entries(item as Record<string, unknown>).map(([key, value]) => [
      key.replace(/([-_][a-z])/gi, (c) => c.toUpperCase().replace(/[-_]/g, "")),
      camel(value),
    ]),
  );
};
export function handle(body: any): void {
  for (let event of body.events) {
    if (Array.isArray(event) && event.length === 1) event = event[0];
    const { id, ...rest } = camel(event);
    const clean = { ...rest, id };
    train(clean.input); //! user.email
    train(clean.output); //! user.name
    train(clean.other); //! none
    train(id); //! none
  }
}
`;
  const sources = ["input", "output"].map(
    (name, i) => `  - { field: user.${["email", "name"][i]!}, parameter: "./main.ts:handle", argument: "0.events[*].${name}" }\n`,
  );
  const { found, expected } = annotated(code, { sources: sources.join("") });
  expect(found).toEqual(expected);
});

test("a recursion that makes an object for each call comes to an end, and is not cut off", () => {
  const { flows, blindSpots } = run(`
    const names = (at: any, depth: number): string[] =>
      depth > 40 ? [at.name] : [at.label, ...names({ ...at.child, name: at.name }, depth + 1)];
    const tree = JSON.parse(load()) as any;
    train(names({ ...tree, name: loadUser().name }, 0));
    train(names({ ...tree, name: "root" }, 0));
  `);
  expect(flows.map((f) => f.field)).toEqual(["user.name"]);
  expect(blindSpots).toEqual([]);
});

test("what a recursion leaves in older objects is seen by its next calls", () => {
  check(`
    const walk = (at: { kids: any[]; name: string }, state: { last: string; seen: string }): void => {
      state.seen = state.last;
      state.last = at.name;
      for (const kid of at.kids) walk(kid, state);
    };
    const state = { last: "", seen: "" };
    walk({ name: loadUser().name, kids: JSON.parse(load()) as any[] }, state);
    train(state.seen); //! user.name
  `);
});

test("what a call fills that is not followed any more is filled as before", () => {
  check(`
    const u = loadUser();
    const root = JSON.parse(load()) as any;
    function fill(n: any, out: string[]): void {
      for (const k of n.kids) { const x: string[] = []; visit(k, x); other(k, x); out.push(...x); }
      out.push(u.email);
    }
    function other(n: any, out: string[]): void {
      const x: string[] = [];
      fill(n, x);
      train(x); //! user.email
      const y: string[] = [];
      visit(n, y);
      train(y); //! user.email
      const z: number[] = [];
      count(n, z);
      train(z); //! none
      out.push(...y);
    }
    function visit(n: any, out: string[]): void { if (n.leaf) other(n, out); else fill(n, out); }
    function count(n: any, out: number[]): void { out.push(n.kids.length); for (const k of n.kids) count(k, out); }
    visit(root, []);
  `);
});

test("what copies its copies beside the original comes to an end within its budget", () => {
  const code = `
    type Draft = { name: string; email: string; address: { city: string; zip: string } };
    declare const times: number;
    const settle = (left: number, draft: Draft): Draft =>
      left <= 0 ? draft : settle(left - 1, { ...draft, ...(JSON.parse(JSON.stringify({ ...draft, email: "" })) as Draft) });
    const { name, email } = loadUser();
    for (let i = 0; i < times; i++) {
      const settled = settle(times, { name, email: "", address: { city: email, zip: "" } });
      train(settled.address.city); //! user.email
      train(settled.address.zip); //! none
      train(settled.email); //! none
      train(settled.name); //! user.name
    }
  `;
  check(code);
  expect(run(code).blindSpots).toEqual([]);
});
