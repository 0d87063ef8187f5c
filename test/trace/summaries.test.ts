/** Summaries of calls: a function that is called again with the same does the same, to other objects. */
import { describe, expect, it } from "vitest";
import { run } from "./program.js";

/** So often, and so costly, that its calls are summarised; `call` is the last of them. */
const fields = (fn: string, call: string, before = ""): readonly string[] =>
  run(`${fn}
${before}
declare const some: User;
${"warm(some);\n".repeat(4)}
const u = loadUser();
${call}
`)
    .flows.map((f) => f.field)
    .sort();

const COSTLY = `let n = 0; for (const t of [1, 2, 3, 4, 5, 6]) n = n + t * 2;`;

describe("a call that a summary stands for", () => {
  it("gives what goes in now, not what went in then", () => {
    const fn = `function pick(user: User): { mail: string } { ${COSTLY} return { mail: user.email }; }
function warm(user: User): void { pick({ ...user, email: "x", id: "y", name: "z", prompt: "p" }); }`;
    expect(fields(fn, `train(pick({ ...u, name: "z" }));`)).toEqual(["user.email"]);
    expect(fields(fn, `train(pick({ ...u, email: "x" }));`)).toEqual([]);
  });

  it("makes objects of its own", () => {
    const fn = `function box(user: User): { held: string } { ${COSTLY} return { held: "" }; }
function warm(user: User): void { box(user); }`;
    expect(fields(fn, `const a = box(u); const b = box(u); a.held = u.email; train(b);`)).toEqual([]);
    expect(fields(fn, `const a = box(u); const b = box(u); a.held = u.email; train(a);`)).toEqual(["user.email"]);
  });

  it("leaves callbacks that run with what is given now", () => {
    const fn = `const sent: unknown[] = [];
function later(text: string): void { ${COSTLY} setTimeout(() => { train(text); }, 10); }
function warm(user: User): void { later("x"); }`;
    expect(fields(fn, `later(u.email);`)).toEqual(["user.email"]);
    expect(fields(fn, `later("y");`)).toEqual([]);
    expect(fields(fn, `later(u.name); later(u.prompt);`)).toEqual(["user.name", "user.prompt"]);
  });

  it("writes to the objects that it is given now", () => {
    const fn = `function fill(into: { held?: string }, text: string): void { ${COSTLY} into.held = text; }
function warm(user: User): void { fill({}, user.email); }`;
    expect(fields(fn, `const a = {}; const b = {}; fill(a, u.email); train(b);`)).toEqual([]);
    expect(fields(fn, `const a = {}; const b = {}; fill(a, u.email); train(a);`)).toEqual(["user.email"]);
  });

  it("reads the state that there is now", () => {
    const fn = `let kept = ""; function last(): string { ${COSTLY} return kept; }
function warm(user: User): void { last(); }`;
    expect(fields(fn, `train(last()); kept = u.email;`)).toEqual([]);
    expect(fields(fn, `kept = u.email; train(last());`)).toEqual(["user.email"]);
  });

  it("reads what is stored now, by whoever writes it in the end", () => {
    const fn = `import { readFileSync, writeFileSync } from "node:fs";
function load(): string { ${COSTLY} return readFileSync("a.txt", "utf8"); }
function warm(user: User): void { load(); }`;
    expect(fields(fn, `writeFileSync("a.txt", u.email); train(load());`)).toEqual(["user.email"]);
    expect(fields(fn, `writeFileSync("b.txt", u.email); train(load());`)).toEqual([]);
  });

  it("knows two objects from one in two places", () => {
    const fn = `function swap(a: { held: string }, b: { held: string }, text: string): string { ${COSTLY} a.held = text; return b.held; }
function warm(user: User): void { swap({ held: "" }, { held: "" }, user.email); }`;
    expect(fields(fn, `train(swap({ held: "" }, { held: "" }, u.email));`)).toEqual([]);
    expect(fields(fn, `const same = { held: "" }; train(swap(same, same, u.email));`)).toEqual(["user.email"]);
  });

  it("throws what it threw, with what goes in now", () => {
    const fn = `function check(user: User): string { ${COSTLY} if (user.name !== "x") throw new Error(user.email); return "ok"; }
function warm(user: User): void { try { check(user); } catch { n2++; } } let n2 = 0;`;
    expect(fields(fn, `try { check(u); } catch (e) { train((e as Error).message); }`)).toEqual(["user.email"]);
    expect(fields(fn, `try { check({ ...u, email: "" }); } catch (e) { train((e as Error).message); }`)).toEqual([]);
  });

  it("comes across what the calls in it come across", () => {
    const fn = `class Host { parts: ((s: string) => string)[] = [];
  use(part: (s: string) => string): this { ${COSTLY} this.parts.push(part); return this; }
  run(text: string): string { ${COSTLY} return this.parts.reduce((t, part) => part(t), text); } }
const keep = (s: string): string => { ${COSTLY} return s; };
const drop = (s: string): string => { ${COSTLY} return ""; };
function warm(user: User): void { new Host().use(keep).run(user.email); new Host().use(drop).run(user.email); }`;
    expect(fields(fn, `train(new Host().use(keep).run(u.email));`)).toEqual(["user.email"]);
    expect(fields(fn, `train(new Host().use(drop).run(u.email));`)).toEqual([]);
  });

  it("tells one object from another as the call itself does", () => {
    const program = (gone: string): string => `let hs: ((t: string) => void)[] = [];
function off(h: (t: string) => void): void { ${COSTLY} hs = hs.filter((x) => x !== h); }
export function session(): void {
${"  off(() => {});\n".repeat(4)}  const h = (t: string): void => { train(t); };
  const other = (t: string): void => { void t; };
  const mine = [h, other].filter((x) => x !== ${gone});
  same(h, h); same(h, h); same(h, h);
  for (const x of left([h], ${gone})) x(loadUser().email);
  void mine;
}
function same(a: unknown, b: unknown): boolean { ${COSTLY} return a === b; }
function left<T>(list: T[], out: T): T[] { ${COSTLY} return list.filter((x) => x !== out); }
${"left([{}], {});\n".repeat(4)}`;
    expect(run(program("h")).flows).toEqual([]);
    expect(run(program("other")).flows.map((f) => f.field)).toEqual(["user.email"]);
  });

  it("is found at the same sink, inside as outside the code that counts", () => {
    const sinks = `sinks:\n  - { id: inside, purpose: train, call: ./sink.ts:train, within: "./main.ts:counts" }\n`;
    const code = (caller: string): string => `function send(user: User): void { ${COSTLY} train({ mail: user.email }); }
function counts(user: User): void { send(user); }
function other(user: User): void { send(user); }
const u = loadUser();
${"other(u);\n".repeat(4)}${caller}(u);
`;
    const ids = (caller: string): readonly string[] => run(code(caller), { sinks }).flows.map((f) => f.sink.id);
    expect(ids("counts")).toContain("inside");
    expect(ids("other")).not.toContain("inside");
  });

  it("shows the way of the value that goes in, not of the one that went in then", () => {
    const fn = `function send(text: string): void { ${COSTLY} train(text); }
function tidy(text: string): string { ${COSTLY} return text.trim(); }`;
    const { flows } = run(`${fn}
const u = loadUser();
${"tidy(u.id);\n".repeat(4)}const mail = u.email;
send(tidy(mail));
`);
    const texts = flows.filter((f) => f.field === "user.email").flatMap((f) => f.path.map((h) => h.text));
    expect(texts.some((t) => t.includes("u.email"))).toBe(true);
    expect(texts.some((t) => t.includes("u.id"))).toBe(false);
  });
});

it("layers of services that call each other cost what they are, not the number of ways through them", () => {
  const layer = (i: number): string => `class S${i} { all(ids: string[]): unknown[] { const out: unknown[] = [];
  for (const id of ids) out.push({ id });
  ${i === 0 ? "" : `out.push(...new S${i - 1}().all(ids), ...new S${Math.max(0, i - 2)}().all(ids), ...new S${Math.max(0, i - 3)}().all(ids));`}
  return out; } }`;
  const program = (layers: number): string => `${Array.from({ length: layers }, (_, i) => layer(i)).join("\n")}
train(new S${layers - 1}().all([loadUser().email]));
`;
  const few = run(program(6));
  const many = run(program(14));
  expect(many.flows.map((f) => f.field)).toEqual(["user.email"]);
  expect(many.stats.facts / few.stats.facts).toBeLessThan(60);
});
