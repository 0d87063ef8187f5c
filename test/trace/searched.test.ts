/** What a structure holds is remembered between calls of unknown functions, until something in it changes. */
import { expect, test } from "vitest";
import { annotated } from "./program.js";

const check = (code: string): void => {
  const { found, expected } = annotated(code);
  expect(found).toEqual(expected);
};

test("what is put somewhere inside after the first call is there at the next, and gone when it is overwritten", () => {
  check(`
    declare const a: any, b: any, c: any, d: any;
    const inner = { v: "" };
    const box = { list: [inner], other: { inner } };
    train(a(box)); //! none
    inner.v = loadUser().email;
    train(b(box)); //! user.email
    inner.v = "";
    train(c(box)); //! none
    box.list.push({ v: loadUser().name });
    train(d(box)); //! user.name
  `);
});

test("what one branch puts there the other does not find, and who comes after both may", () => {
  check(`
    declare const a: any, b: any, c: any, d: any, e: any;
    export function run(flag: boolean): void {
      const inner: { v?: string } = {};
      const box = { inner };
      train(a(box)); //! none
      if (flag) {
        inner.v = loadUser().email;
        train(b(box)); //! user.email
      } else {
        train(c(box)); //! none
      }
      train(d(box)); //! user.email
      delete inner.v;
      train(e(box)); //! none
    }
  `);
});

test("turns of a loop add to what a list holds", () => {
  check(`
    declare const a: any, b: any, c: any;
    export function run(ids: string[]): void {
      const rows: { v: string }[] = [];
      const box = { rows };
      train(a(box)); //! none
      for (const id of ids) {
        train(b(box)); //! user.email
        rows.push({ v: loadUser().email + id });
      }
      train(c(box)); //! user.email
    }
  `);
});

test("a library's instance that takes something in later", () => {
  check(`
    import { Writer } from "acme-writer";
    declare const a: any, b: any;
    const writer = new Writer();
    const box = { writer };
    train(a(box)); //! none
    writer.write(loadUser().email);
    train(b(box)); //! user.email
  `);
});

test("records that hold each other are found to be of their type once, not on every way through them", () => {
  const names = Array.from({ length: 14 }, (_, i) => `n${i}`);
  check(`
    type Visitor = (u: ReturnType<typeof loadUser>) => void;
    type Leaf = { kind: "leaf"; all: Any[]; visit?: Visitor };
    type Branch = { kind: "branch"; all: Any[]; first: Any; visit?: Visitor };
    type Any = Leaf | Branch;
    ${names.map((n) => `const ${n} = { kind: "branch", all: [] as unknown[], first: null as unknown, visit: (u: any) => { train(u.id); } };`).join("\n    ")}
    const all = [${names.join(", ")}];
    for (const n of all) { n.all.push(...all); n.first = n0; }
    const tree = n0 as unknown as Any;
    train(tree.kind); //! none
  `);
});
