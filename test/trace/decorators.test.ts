/** Decorators of the standard kind: what they leave to run, and what they put in an accessor's place. */
import { expect, test } from "vitest";
import { annotated } from "./program.js";

const check = (name: string, code: string): void =>
  test(name, () => {
    const { found, expected } = annotated(code);
    expect(found).toEqual(expected);
  });

check(
  "addInitializer",
  `
const u = loadUser();
function bound(_t: any, ctx: any) { ctx.addInitializer(function (this: any) { this[ctx.name] = this[ctx.name].bind(this); }); }
class A { plain = u.name; @bound who() { return this.plain; } loose() { return this?.plain; } }
const { who } = new A();
train(who()); //! user.name
class B { own = u.id; @bound who() { return this.own; } }
train(new B().who()); //! user.id
const seen: unknown[] = [];
const registered = (_c: any, ctx: any) => { ctx.addInitializer(function (this: any) { seen.push(this.table); }); };
@registered class Row { static table = u.email; static other = u.prompt; }
train(seen, Row.name); //! user.email
const counted: unknown[] = [];
const onClass = (_t: any, ctx: any) => { ctx.addInitializer(function (this: any) { counted.push(this.kept); }); };
class C { static kept = u.age; @onClass static make() { return 1; } }
train(counted, C.make()); //! user.age
`,
);

check(
  "accessors",
  `
const u = loadUser();
const log: unknown[] = [];
function observed(t: any, _c: any) {
  return { get(this: any) { return t.get.call(this); }, set(this: any, v: string) { log.push(v); t.set.call(this, v.trim()); }, init: () => "init" };
}
function passing(_t: any, _c: any) {}
class A { @observed accessor mail = u.email; accessor name = u.name; @passing accessor id = u.id; static accessor s = u.age; }
const a = new A();
train(a.mail); //! none
a.mail = u.prompt;
train(a.mail); //! user.prompt
train(log); //! user.prompt
train(a.name); //! user.name
train(a.id); //! user.id
train(A.s); //! user.age
train(new A().mail); //! none
`,
);

test("a decorator of a package that gives what it was given is none of the program's", () => {
  const code = `import { Returns } from "unknown-decorators";
const user = loadUser();
class Service { @Returns(() => Boolean) @Returns(() => user) send() { train(user.id); } } //! user.id
new Service().send();`;
  const { found, expected } = annotated(code);
  expect(found).toEqual(expected);
});
