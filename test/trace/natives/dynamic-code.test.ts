/** Code made of text is not followed: what it can get at is named where it runs, and taken to come out. */
import { describe, expect, it } from "vitest";
import { run } from "../program.js";

const ALL = "user.age user.email user.id user.name user.prompt user.tags";

/** The fields of the blind spot at each line that has a comment, held against that comment. */
function expectLines(code: string): void {
  const { blindSpots } = run(code);
  const lines = code.split("\n");
  const at = (i: number): string[] =>
    blindSpots.filter((b) => b.file === "main.ts" && b.line === i + 3).map((b) => `${b.kind}: ${b.fields.join(" ")}`);
  const commented = lines.flatMap((text, i) => (text.includes("//!") ? [i] : []));
  expect(commented.map((i) => [lines[i], ...at(i)])).toEqual(
    commented.map((i) => [
      lines[i],
      ...lines[i]!.split("//! ")[1]!
        .replace("ALL", ALL)
        .split("; ")
        .filter((x) => x !== "none"),
    ]),
  );
}

describe("eval", () => {
  it("gets at what its text names, where it stands", () => {
    expectLines(`const u = loadUser();
const email = u.email;
const other = "x";
eval("email"); //! dynamic-code: user.email
eval("other"); //! dynamic-code:${" "}
eval("1 + 1"); //! dynamic-code:${" "}
eval("u.email"); //! dynamic-code: ALL
window.eval("email"); //! dynamic-code: user.email
setTimeout("send(email)", 10); //! dynamic-code: user.email
setTimeout(() => email, 10); //! none
export function inner(code: string, name = loadUser().name) {
  eval("name"); //! dynamic-code: user.name
  eval("name + email"); //! dynamic-code: user.email user.name
  { const name = "x"; eval("name"); } //! dynamic-code: user.name
  return eval(code); //! dynamic-code: ALL
}
class Box { mail = loadUser().email; see() { return eval("this.mail"); } } //! dynamic-code: ALL
new Box().see();
`);
  });

  it("gives what it got at; what is no text stays what it is", () => {
    const code = `const u = loadUser();
const name = u.name;
train(eval("name")); //! user.name
train(eval("'x'")); //! none
train(eval({ a: u.email } as never)); //! user.email
`;
    const { flows, blindSpots } = run(code);
    expect(flows.map((f) => [f.at.line - 2, f.field])).toEqual([
      [3, "user.name"],
      [5, "user.email"],
    ]);
    expect(blindSpots.filter((b) => b.line === 7)).toEqual([]);
  });
});

describe("new Function", () => {
  it("has what it is called with, and what is global", () => {
    expectLines(`const u = loadUser();
const f = new Function("v", "return v"); //! dynamic-code:${" "}
f(u.email); //! dynamic-code: user.email
f("x"); //! none
(globalThis as any).shared = u.name;
new Function("return shared"); //! dynamic-code: user.name
`);
  });
});

describe("vm", () => {
  it("has its context", () => {
    expectLines(`import vm, { Script } from "node:vm";
const u = loadUser();
const email = u.email;
vm.runInNewContext("v", { v: u.email, w: u.name }); //! dynamic-code: user.email
const context = vm.createContext({ v: u.email, w: u.name });
vm.runInContext("w", context); //! dynamic-code: user.name
new Script("w").runInContext(context); //! dynamic-code: user.name
vm.runInThisContext("email"); //! dynamic-code:${" "}
`);
  });

  it("whose functions it calls, and which it fills", () => {
    const { flows } = run(`import vm from "node:vm";
const box: any = { v: loadUser().email, say: (x: unknown) => { train(x); } };
vm.runInNewContext("say(v); out = v", box);
train(box.out);
const clean: any = { v: "x", hidden: loadUser().email, say: (x: unknown) => { train(x); } };
vm.runInNewContext("say(v)", clean);
`);
    expect([...new Set(flows.map((f) => `${f.at.line - 2} ${f.field}`))].sort()).toEqual(["2 user.email", "4 user.email"]);
  });
});
