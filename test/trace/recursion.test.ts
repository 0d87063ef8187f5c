/** Recursion through closures: each has a scope of its own, also where one activation stands for many. */
import { expect, test } from "vitest";
import { annotated } from "./program.js";

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
