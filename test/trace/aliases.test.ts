/** One thing under several names: the globals, and what modules of Node have of each other. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { canonical, GLOBAL_MODULES, GLOBALS_WITHIN, MODULES_WITHIN } from "../../src/trace/machine/aliases.js";
import { run } from "./program.js";

const sinks = (...locators: string[]): string => `sinks:\n${locators.map((l, i) => `  - { id: s${i}, purpose: train, ${l} }\n`).join("")}`;

/** The lines of the code at which the field arrives. */
function reached(code: string, ...locators: string[]): string[] {
  const lines = code.split("\n");
  const found = new Set(run(code, { sinks: sinks(...locators) }).flows.map((f) => f.at.line - 3));
  return lines.filter((_, i) => found.has(i));
}

/** Every line that ends with `// here`, and no other, is reached. */
function expectHere(code: string, ...locators: string[]): void {
  expect(reached(code, ...locators)).toEqual(code.split("\n").filter((l) => l.endsWith("// here")));
}

describe("the lists", () => {
  it("are true of Node", () => {
    const pairs = [
      ...Object.entries(MODULES_WITHIN).flatMap(([module, exports]) =>
        Object.entries(exports).map(([name, whole]) => [`require("${module}").${name}`, `require("${whole}")`]),
      ),
      ...Object.entries(GLOBAL_MODULES).map(([module, name]) => [`require("${module}")`, `globalThis.${name}`]),
      ...Object.entries(GLOBALS_WITHIN).flatMap(([module, names]) =>
        [...names].map((name) => [`require("${module}").${name}`, `globalThis.${name}`]),
      ),
    ];
    const wrong = `JSON.stringify([${pairs.map(([a, b]) => `[${JSON.stringify(a)}, ${a} === ${b}]`).join()}].filter((x) => !x[1]))`;
    expect(execFileSync(process.execPath, ["-p", wrong], { encoding: "utf8" }).trim()).toBe("[]");
  });

  it("hold no other names", () => {
    expect(canonical({ module: "fs", path: ["appendFile"] })).toEqual({ module: "fs", path: ["appendFile"] });
    expect(canonical({ module: "openai", path: ["default", "files"] })).toEqual({ module: "openai", path: ["default", "files"] });
    expect(canonical({ module: "toString", path: ["valueOf"] })).toEqual({ module: "toString", path: ["valueOf"] });
  });
});

describe("a global", () => {
  const code = `const u = loadUser();
fetch("x", { body: u.email }); // here
globalThis.fetch("x", { body: u.email }); // here
window.fetch("x", { body: u.email }); // here
window.window["fetch"]("x", { body: u.email }); // here
const { fetch: send } = globalThis;
send("x", { body: u.email }); // here
const w = self; w.fetch("x", { body: u.email }); // here
window.prefetch("x", { body: u.email });
const own = { fetch(...args: unknown[]) { void args; } };
own.fetch("x", { body: u.email });
export function other(fetch: (x: string, y: unknown) => void) { fetch("x", { body: u.email }); }
`;
  it("is itself on the global object", () => {
    expectHere(code, "call: global:fetch");
    expectHere(code, "call: global:window.fetch");
  });

  it("as a source, too", () => {
    const given = `train(navigator.userAgent); //
train(window.navigator.userAgent);
train(globalThis.navigator.language);
`;
    const result = run(given, { sources: "  - { field: user.name, property: global:navigator.userAgent }\n" });
    expect(result.flows.map((f) => f.at.line - 2)).toEqual([1, 2]);
  });

  it("is the export of Node's modules", () => {
    const ways = `import { Buffer as Bytes } from "node:buffer";
import timers from "node:timers";
const u = loadUser();
Bytes.from(u.email); // here
Buffer.from(u.email); // here
Buffer.concat([u.email as never]);
timers.setTimeout(() => undefined, 1, u.email); // here
`;
    expectHere(ways, "call: global:Buffer.from", "call: global:setTimeout");
    expectHere(ways, "call: node:buffer:Buffer.from", "call: timers:setTimeout");
  });
});

describe("a module of Node", () => {
  const code = `import fs, { promises, appendFile } from "node:fs";
import * as all from "node:fs/promises";
import whole, { appendFile as append } from "node:fs/promises";
const u = loadUser();
fs.promises.appendFile("a", u.email); // here
promises.appendFile("a", u.email); // here
all.appendFile("a", u.email); // here
whole.appendFile("a", u.email); // here
append("a", u.email); // here
require("node:fs").promises.appendFile("a", u.email); // here
const { promises: { appendFile: taken } } = require("node:fs");
taken("a", u.email); // here
(await import("node:fs")).promises.appendFile("a", u.email); // here
fs.appendFile("a", u.email, () => undefined);
fs.appendFileSync("a", u.email);
appendFile("a", u.email, () => undefined);
fs.promises.writeFile("a", u.email);
`;
  it("may be an export of another", () => {
    expectHere(code, 'call: "node:fs/promises:appendFile"');
    expectHere(code, 'call: "fs:promises.appendFile"');
  });

  it("has its name with and without `node:`", () => {
    expectHere(code.replaceAll('"node:', '"'), 'call: "node:fs/promises:appendFile"');
    expectHere(code, 'call: "fs/promises:appendFile"');
  });
});

describe("a condition on an address", () => {
  const when = 'call: global:fetch, argument: 1.body, when: { "0": "https://api.example/train", 1.method: POST }';

  it("is decided wherever its text is known", () => {
    expectHere(
      `const u = loadUser();
const BASE = "https://api.example";
const init = { method: "POST", body: u.email };
fetch(new URL("https://api.example/train"), init); // here
fetch(new URL("/train", BASE), init); // here
fetch(new URL("/train", BASE).href, init); // here
fetch(\`\${BASE}/train\`, init); // here
fetch(new URL("/other", BASE), init);
fetch(\`\${BASE}/other\`, init);
export const dynamic = (path: string) => fetch(new URL(path, BASE), init); // here
`,
      when,
    );
  });

  it("of a request that is made first", () => {
    expectHere(
      `const u = loadUser();
const post = new Request("https://api.example/train", { method: "POST", body: u.email });
fetch(post); // here
fetch(new Request(post)); // here
fetch(new Request(post, { body: "none" }));
fetch(post, { body: "none" });
fetch(new Request("https://api.example/other", { method: "POST", body: u.email }));
fetch(new Request("https://api.example/train", { method: "PUT", body: u.email }));
`,
      when,
    );
  });

  it("whose path may be left out", () => {
    expectHere(
      `const u = loadUser();
fetch(new URL("https://api.example"), { body: u.email }); // here
fetch(new URL("https://api.example/v1"), { body: u.email });
`,
      'call: global:fetch, argument: 1.body, when: { "0": "https://api.example" }',
    );
  });

  it("and of an object that has its own text, without asking what has none", () => {
    const code = `const u = loadUser();
class Path { constructor(private p: string) {} toString() { return "/" + this.p; } }
fetch(new Path("train") as never, { body: u.email }); // here
fetch(new Path("other") as never, { body: u.email });
fetch({ url: u.email } as never, { body: u.email });
`;
    expectHere(code, 'call: global:fetch, argument: 1.body, when: { "0": /train }');
    expect(run(code, { sinks: sinks('call: global:fetch, argument: 1.body, when: { "0": /train }') }).blindSpots).toEqual([]);
  });
});
