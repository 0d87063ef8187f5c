/** How near code is to what the manifest names: what decides who has his turn first in a large project. */
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { parseFacts } from "../../src/facts/extract.js";
import { linkModules } from "../../src/link/modules.js";
import { EVERYTHING_SOUGHT } from "../../src/link/sought.js";
import { linkTypes } from "../../src/link/types.js";
import { placeEntries } from "../../src/trace/hooks/placed.js";
import { usesOf } from "../../src/trace/hooks/uses.js";
import { nearnessTo } from "../../src/trace/nearness.js";
import { NOWHERE } from "../../src/link/mentions.js";
import { LIMITS } from "../../src/trace/machine/machine.js";
import { programOf, run, type ProgramOptions } from "./program.js";

/** The distance of each named function. */
function distances(code: string, options: ProgramOptions = {}): Record<string, number> {
  const { project, manifest } = programOf(code, options);
  const modules = linkModules(project, (path, text) => parseFacts(path, text, ts));
  const near = nearnessTo(manifest, modules, placeEntries(usesOf(manifest), modules, linkTypes(modules, EVERYTHING_SOUGHT), project));
  return Object.fromEntries(
    modules.files.flatMap((file) =>
      file.facts.functions.filter((fn) => fn.kind !== "module").map((fn) => [fn.name.split(".").at(-1)!, near.of(file, fn)] as const),
    ),
  );
}

describe("a function is as far from sources and sinks as the way along who mentions whom", () => {
  it("directly, over others, over a variable, and not at all", () => {
    const far = distances(`
      export function direct() { train("x"); }
      export function over() { direct(); }
      const renamed = over;
      export const further = () => { renamed(); };
      export function apart() { return 1; }
    `);
    expect(far["train"]).toBe(0);
    expect(far["direct"]).toBeGreaterThan(0);
    expect(far["over"]).toBeGreaterThan(far["direct"]!);
    expect(far["further"]).toBeGreaterThan(far["over"]!);
    expect(far["apart"]).toBe(NOWHERE);
  });

  it("what is mentioned leads, who mentions does not: a callee is no nearer for its callers", () => {
    const far = distances(`
      function helper() { return 2; }
      export function caller() { train(helper()); }
    `);
    expect(far["caller"]).toBeLessThan(LIMITS.near);
    expect(far["helper"]).toBe(NOWHERE);
  });

  it("across modules, by barrels and by `import * as`", () => {
    const far = distances(
      `
      import { send } from "./barrel.js";
      import * as jobs from "./jobs.js";
      export function one() { send(); }
      export function other() { jobs.start(); }
      export function neither() { jobs.stop(); }
      `,
      {
        files: {
          "barrel.ts": `export * from "./send.js";`,
          "send.ts": `import { train } from "./sink.js"; export function send() { train("x"); }`,
          "jobs.ts": `import { send } from "./send.js"; export function start() { send(); } export function stop() { return 0; }`,
        },
      },
    );
    expect(far["one"]).toBeLessThan(LIMITS.near);
    expect(far["other"]).toBeLessThan(LIMITS.near);
    expect(far["neither"]).toBe(NOWHERE);
  });

  it("by a property's name: one that few things bear is nearer than one that many bear", () => {
    const many = Array.from({ length: 40 }, (_, i) => `export const o${i} = { run() { return ${i}; } };`).join("\n");
    const far = distances(`
      export const router = { relabel: { handler: () => train("x") }, run() { train("y"); } };
      export const rare = (r) => r.relabel();
      export const common = (r) => r.run();
      ${many}
    `);
    expect(far["rare"]).toBeLessThan(far["common"]!);
    expect(far["common"]).toBeLessThan(NOWHERE);
  });

  it("methods of classes, fields that are functions, and getters", () => {
    const far = distances(`
      class Trainer { send() { train("x"); } later = () => { this.send(); }; get done() { return this.send(); } idle() { return 0; } }
      export function byMethod(t: Trainer) { t.send(); }
      export function byGetter(t: Trainer) { return t.done; }
      export function byField(t: Trainer) { t.later(); }
      export function byNone(t: Trainer) { t.idle(); }
    `);
    for (const name of ["byMethod", "byGetter", "byField"]) expect(far[name], name).toBeLessThan(LIMITS.near);
    expect(far["byNone"]).toBe(NOWHERE);
  });

  it("sinks of packages, by the last two names of their path, wherever the client comes from", () => {
    const far = distances(
      `
      import { generateText } from "ai";
      export async function called() { await generateText({ prompt: "x" }); }
      export const tuned = (client) => client.files.create({});
      export const unlike = (client) => client.users.create({});
      `,
      {
        sinks: `sinks:
  - { id: a, purpose: train, call: "ai:generateText", argument: 0.prompt }
  - { id: b, purpose: train, call: "openai:OpenAI.files.create", argument: 0.file }
`,
      },
    );
    expect(far["called"]).toBe(0);
    expect(far["tuned"]).toBe(0);
    expect(far["unlike"]).toBe(NOWHERE);
  });

  it("who handles a route, and not the helper that wraps every handler", () => {
    const far = distances(
      `
      function guard(handler) { return handler; }
      export function setUp(app) {
        app.post("/report/:id", guard((request) => request.body));
        app.post("/other", guard((request) => request.body));
        app.post("/third", guard((request) => request.body));
      }
      `,
      { sources: "  - { field: user.email, route: POST /api/report/:user, path: body.email }\n" },
    );
    expect(far["setUp"]).toBe(0);
    expect(far["guard"]).toBe(NOWHERE);
  });

  it("with `within` only from there", () => {
    const far = distances(
      `
      import { relabel } from "./judge.js";
      import { ask } from "./ask.js";
      export function outside() { ask("x"); }
      export function inside() { relabel(); }
      `,
      {
        files: {
          "ask.ts": "export function ask(x: string) { return x; }",
          "judge.ts": `import { ask } from "./ask.js"; export function relabel() { ask("x"); }`,
        },
        sinks: `sinks:\n  - { id: ask, purpose: train, call: "./ask.ts:ask", within: "./judge.ts:*" }\n`,
      },
    );
    expect(far["relabel"]).toBe(0);
    expect(far["inside"]).toBeLessThan(LIMITS.near);
    expect(far["outside"]).toBe(NOWHERE);
  });
});

describe("what is far has its turn when all else has had it", () => {
  it("and is found all the same", () => {
    const flows = run(`
      const registry = new Map<string, (u: unknown) => void>();
      export function start(name: string) { registry.get(name)?.(loadUser()); }
      registry.set("a", (u) => train(u));
    `).flows;
    expect(flows.length).toBeGreaterThan(0);
  });
});
