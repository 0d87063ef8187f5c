/** privacy-budget over programs of several files, each case beside its near miss. */
import { describe, expect, it } from "vitest";
import { findings, mistakes } from "./program.js";

const HEAD = `version: 1
purposes: { train: { basis: legitimate-interest } }
fields: { user.age: { for: [train] } }
sources: [{ field: user.age, returns: "./src/source.ts:loadAges" }]
sinks: [{ id: train, purpose: train, call: "./src/sink.ts:train" }]
`;
const TRANSFORM = `  - { call: "./src/noise.ts:addNoise", yields: differentially-private, budget: life, mechanism: laplace, epsilon: 1.epsilon, delta: 1.delta }\n`;
const MANIFEST = (budget = "{ epsilon: 3, delta: 1e-6 }", transform = TRANSFORM): string =>
  `${HEAD}transforms:\n${transform}budgets:\n  life: ${budget}\n`;
const PURE = MANIFEST("{ epsilon: 3 }", TRANSFORM.replace(", delta: 1.delta", ""));

const FILES = {
  "src/source.ts": "export function loadAges(): number[] { return [1]; }\n",
  "src/sink.ts": "export function train(x: unknown): void { void x; }\n",
  "src/noise.ts": `import { randomBytes } from "node:crypto";
export function addNoise(values: number[], options: { epsilon: number; delta?: number }): number[] {
  return values.map((v) => v + randomBytes(4).readUInt32LE(0) / 2 ** 32 / options.epsilon);
}
`,
};
const IMPORTS = `import { loadAges } from "./source.js"; import { train } from "./sink.js"; import { addNoise } from "./noise.js";\n`;

/** `code` begins on line 2 of src/main.ts. */
const found = (code: string, manifest = PURE, files: Readonly<Record<string, string>> = {}): string[] =>
  findings("privacy-budget", manifest, { ...FILES, ...files, "src/main.ts": IMPORTS + code });

const ASK = `declare function ask(): boolean; declare function what(): string;\nconst noisy = (epsilon: number) => train(addNoise(loadAges(), { epsilon }));\n`;

describe("what is spent", () => {
  it("holds within the budget", () => {
    expect(found("train(addNoise(loadAges(), { epsilon: 1 }));\ntrain(addNoise(loadAges(), { epsilon: 2 }));\n")).toEqual([]);
  });

  it("is overdrawn by one more, with each event and its place", () => {
    expect(
      found(
        "train(addNoise(loadAges(), { epsilon: 1 }));\ntrain(addNoise(loadAges(), { epsilon: 2 }));\naddNoise([], { epsilon: 0.5 });\n",
      ),
    ).toEqual([
      "src/main.ts:3 error budget life is overdrawn: ε 3.5 of 3 is spent, by basic composition: ε 1 at src/main.ts:2, ε 2 at src/main.ts:3 and ε 0.5 at src/main.ts:4",
    ]);
  });

  it.each([
    ["the two of an if", "if (ask()) noisy(2); else noisy(1.5);\n"],
    ["what stands behind an early return", "function f() { if (ask()) { noisy(2); return; } noisy(1.5); }\nf();\n"],
    ["behind a return of the other way", "function f() { if (ask()) noisy(2); else return noisy(1); }\nf();\n"],
    ["a throw", 'function f() { if (ask()) { noisy(2); throw new Error("no"); } noisy(1.5); }\nf();\n'],
    ["turns that are left", "for (let i = 0; i < 2; i++) { if (ask()) { noisy(1.5); continue; } noisy(1); }\n"],
    ["the two of a conditional", "ask() ? noisy(2) : noisy(1.5);\n"],
    ["the cases of a switch", 'switch (what()) { case "a": noisy(2); break; case "b": noisy(1.5); break; default: noisy(3); }\n'],
    ["of one within another", "if (ask()) { if (what()) noisy(1); else noisy(2); noisy(1); } else noisy(2.5);\n"],
    ["the ways out of a block with a finally", "function f() { try { if (ask()) return what(); what(); } finally { noisy(2); } }\nf();\n"],
    ["also out of a loop in it", "function f() { try { for (;;) { if (ask()) return; what(); } } finally { noisy(2); } }\nf();\n"],
    ["and out of a catch", "try { what(); } catch { if (ask()) throw new Error(); } finally { noisy(2); }\n"],
    ["in functions that are called there", "const a = () => noisy(2), b = () => noisy(1.5);\nif (ask()) a(); else b();\n"],
  ])("counts the dearest of several ways: %s", (_, code) => {
    expect(found(ASK + code)).toEqual([]);
  });

  it.each([
    ["both of two that follow each other", "if (ask()) noisy(2); if (what()) noisy(1.5);\n", "3.5"],
    ["all of the dearest", "if (ask()) { noisy(2); noisy(1.5); } else noisy(1);\n", "3.5"],
    ["a case that runs on into the next", 'switch (what()) { case "a": noisy(2); case "b": noisy(1.5); }\n', "3.5"],
    ["what stands behind in any case", "if (ask()) noisy(2); else noisy(1);\nnoisy(1.5);\n", "3.5"],
    ["one of each of two calls", "function f() { if (ask()) noisy(2); else noisy(1); }\nf(); f();\n", "4"],
    ["one of each turn", "for (let i = 0; i < 2; i++) if (ask()) noisy(1.6); else noisy(2);\n", "4"],
    [
      "what a finally does as well",
      "function f() { try { if (ask()) { noisy(2); return; } noisy(1); } finally { noisy(1.5); } }\nf();\n",
      "3.5",
    ],
    ["what a catch does as well", "try { if (ask()) { noisy(2); throw new Error(); } noisy(1); } catch { noisy(1.5); }\n", "3.5"],
    ["each turn's finally", "for (let i = 0; i < 2; i++) { try { what(); } finally { noisy(2); } }\n", "4"],
    ["the finally of each of two blocks", "try { try { what(); } finally { noisy(1.6); } } finally { noisy(2); }\n", "3.6"],
    ["callbacks that wait", "if (ask()) setTimeout(() => noisy(2)); else setTimeout(() => noisy(1.5));\n", "3.5"],
  ])("counts together %s", (_, code, epsilon) => {
    expect(found(ASK + code)).toEqual([expect.stringContaining(`budget life is overdrawn: ε ${epsilon} of 3`)]);
  });

  it("counts ways together of which none is dearer in every respect", () => {
    const both = MANIFEST("{ epsilon: 3, delta: 1e-5 }");
    const ways = (a: string, b: string): string[] =>
      found(`declare const ask: boolean;\nif (ask) addNoise(loadAges(), ${a}); else addNoise(loadAges(), ${b});\n`, both);
    expect(ways("{ epsilon: 2, delta: 1e-6 }", "{ epsilon: 1.5, delta: 1e-6 }")).toEqual([]);
    expect(ways("{ epsilon: 2, delta: 0 }", "{ epsilon: 1.5, delta: 1e-6 }")).toEqual([expect.stringContaining("ε 3.5 of 3")]);
  });

  it("adds up over files and their programs", () => {
    const nightly = `${IMPORTS}train(addNoise(loadAges(), { epsilon: 2 }));\n`;
    expect(found("train(addNoise(loadAges(), { epsilon: 2 }));\n", PURE, { "src/nightly.ts": nightly })).toHaveLength(1);
    expect(found("train(addNoise(loadAges(), { epsilon: 1 }));\n", PURE, { "src/nightly.ts": nightly })).toEqual([]);
  });

  it("counts each call of a helper", () => {
    const helper = "function noisy() { return addNoise(loadAges(), { epsilon: 1 }); }\n";
    expect(found(`${helper}noisy(); noisy(); noisy();\n`)).toEqual([]);
    expect(found(`${helper}noisy(); noisy(); noisy(); noisy();\n`)).toEqual([
      "src/main.ts:2 error budget life is overdrawn: ε 4 of 3 is spent, by basic composition: 4 × ε 1 at src/main.ts:2",
    ]);
  });

  it("counts a helper by its calls alone, also where it stands before who calls it", () => {
    const module =
      "function noisy() { return addNoise(loadAges(), { epsilon: 1.5 }); }\nexport function nightly() { train(noisy()); train(noisy()); }\n";
    expect(found(module)).toEqual([]);
    expect(found(`${module}export function weekly() { train(noisy()); }\n`)).toEqual([
      expect.stringContaining("3 × ε 1.5 at src/main.ts:2"),
    ]);
  });

  it("is what the constants of a configuration say", () => {
    const config = { "src/config.ts": "const base = 0.5;\nexport const privacy = { epsilon: base * 4, runs: { evaluation: 1 } };\n" };
    const code = (more: string): string => `import { privacy } from "./config.js";\naddNoise(loadAges(), privacy);\n${more}`;
    expect(found(code("addNoise([], { epsilon: privacy.runs.evaluation });\n"), PURE, config)).toEqual([]);
    expect(found(code("addNoise([], { epsilon: privacy.runs.evaluation + 1 });\n"), PURE, config)).toHaveLength(1);
  });

  it("is the worst of what it may be", () => {
    const either = "declare const strict: boolean;\naddNoise([], { epsilon: strict ? 1 : 4 });\n";
    expect(found(either)).toEqual([expect.stringContaining("ε 4 of 3 is spent")]);
    expect(found(either.replace("4", "2"))).toEqual([]);
  });

  it("is once for what a mechanism calls of another", () => {
    const outer = `${TRANSFORM}  - { call: "./src/outer.ts:publish", yields: differentially-private, budget: life, mechanism: laplace, epsilon: 0 }\n`;
    const manifest = MANIFEST("{ epsilon: 3 }", outer.replace("epsilon: 0", "epsilon: 2.5").replace(", delta: 1.delta", ""));
    const files = {
      "src/outer.ts": `import { addNoise } from "./noise.js";\nexport const publish = (v: number[]) => addNoise(addNoise(v, { epsilon: 1.5 }), { epsilon: 1 });\n`,
    };
    expect(found(`import { publish } from "./outer.js";\npublish(loadAges());\n`, manifest, files)).toEqual([]);
    expect(found(`import { publish } from "./outer.js";\npublish(loadAges()); publish([]);\n`, manifest, files)).toHaveLength(1);
  });

  it("includes what earlier releases have used up", () => {
    const spent = "{ epsilon: 3, spent: [{ release: 2026-01, epsilon: 1.5 }] }";
    const transform = TRANSFORM.replace(", delta: 1.delta", "");
    expect(found("addNoise([], { epsilon: 1.5 });\n", MANIFEST(spent, transform))).toEqual([]);
    expect(found("addNoise([], { epsilon: 2 });\n", MANIFEST(spent, transform))).toEqual([
      "src/main.ts:2 error budget life is overdrawn: ε 3.5 of 3 is spent, by basic composition: ε 2 at src/main.ts:2 and ε 1.5 of release 2026-01",
    ]);
    expect(found("", MANIFEST(spent.replace("1.5", "4"), transform))).toEqual([
      expect.stringMatching(/^purpose.yaml:\d+ error budget life/),
    ]);
  });
});

describe("loops", () => {
  const loop = (head: string, body = "train(addNoise(loadAges(), { epsilon: 0.1 }));"): string => `${head} {\n${body}\n}\n`;

  it("of a number of turns that is known are counted, however many", () => {
    expect(found(loop("for (let i = 0; i < 30; i++)"))).toEqual([]);
    expect(found(loop("for (let i = 0; i < 31; i++)"))).toEqual([expect.stringContaining("31 × ε 0.1 at src/main.ts:3")]);
    expect(found(loop("for (let i = 0; i < 1000; i += 5)"))).toEqual([expect.stringContaining("ε 20 of 3 is spent")]);
    expect(found(loop("for (const name of ['a', 'b', 'c'])"))).toEqual([]);
    expect(found("const turns = 50;\n" + loop("for (let i = turns; i > 0; i--)"))).toEqual([expect.stringContaining("50 × ε 0.1")]);
    expect(found(loop("for (let e = 0; e < 100; e++) for (let b = 0; b < 100; b++)"))).toEqual([expect.stringContaining("10000 × ε 0.1")]);
  });

  it("of a number that nobody knows have no bound", () => {
    const message =
      "src/main.ts:3 error `./src/noise.ts:addNoise` draws noise in a loop of which nobody knows how often it turns: what it spends has no bound";
    expect(found(loop("for (const age of loadAges())", "train(addNoise([age], { epsilon: 0.1 }));"))).toEqual([]);
    expect(
      found("declare const batches: number[][];\n" + loop("for (const batch of batches)", "addNoise(batch, { epsilon: 0.1 });")),
    ).toEqual([message.replace(":3", ":4")]);
    expect(found("declare const more: () => boolean;\n" + loop("while (more())"))).toEqual([message.replace(":3", ":4")]);
    expect(found("export function each(rows: number[]) {\nrows.map((row) => addNoise([row], { epsilon: 0.1 })); }\n")).toEqual([message]);
    expect(found(loop("for (let i = 0; i < Number(process.env.STEPS); i++)"))).toEqual([message]);
  });

  it("whose body moves the counter are not taken to count", () => {
    expect(found(loop("for (let i = 0; i < 1000; i++)", "addNoise([], { epsilon: 0.1 }); if (Date.now() > 3) i--;"))).toEqual([
      expect.stringContaining("in a loop of which nobody knows"),
    ]);
  });

  it("noise that is drawn before, and read in the loop, is drawn once", () => {
    expect(
      found(
        "declare const ids: string[];\nconst noisy = addNoise(loadAges(), { epsilon: 1 });\nfor (const id of ids) train([id, noisy]);\n",
      ),
    ).toEqual([]);
  });

  it("requests and intervals are loops of the world; a timer and a function that others import are not", () => {
    const outside = expect.stringContaining("each time somebody outside asks for it") as string;
    const noisy = "train(addNoise(loadAges(), { epsilon: 0.5 }));";
    expect(found(`import express from "express";\nexpress().get("/stats", () => { ${noisy} });\n`)).toEqual([outside]);
    expect(found(`setInterval(() => { ${noisy} }, 1000);\n`)).toEqual([outside]);
    expect(found(`import cron from "node-cron";\ncron.schedule("0 3 * * *", () => { ${noisy} });\n`)).toEqual([outside]);
    expect(found(`import { CronJob } from "cron";\nnew CronJob("0 3 * * *", () => { ${noisy} });\n`)).toEqual([outside]);
    expect(found(`setTimeout(() => { ${noisy} }, 1000);\n`)).toEqual([]);
    expect(found(`export function nightly(): void { ${noisy} }\n`)).toEqual([]);
  });

  it("a recursion has no bound, unless it ends by itself", () => {
    const code = (call: string): string =>
      `function again(n: number): void { addNoise([], { epsilon: 0.5 }); if (n > 0) again(n - 1); }\n${call}\n`;
    expect(found(code("again(3);"))).toEqual([]);
    expect(found(code("again(Number(process.argv[2]));"))).toEqual([expect.stringContaining("in a recursion of which nobody knows")]);
  });
});

describe("numbers", () => {
  it("that only a run tells are unknown, whatever their default", () => {
    expect(found("addNoise([], { epsilon: Number(process.env.EPSILON ?? 1) });\n")).toEqual([
      "src/main.ts:2 warning ε of `./src/noise.ts:addNoise` cannot be read from the code: it is known only when the program runs (the environment, a file, an argument from outside)",
    ]);
    expect(found("addNoise([], { epsilon: Number('1') });\n")).toEqual([]);
  });

  it("that are not given are the parameter's own", () => {
    const noise = (params: string): Record<string, string> => ({
      "src/noise.ts": `const EPSILON = 4;\nexport function addNoise(values: number[], ${params}): number[] {\n  return [...values, Number(JSON.stringify(EPSILON))];\n}\n`,
    });
    const call = (params: string, given = ""): string[] => found(`addNoise(loadAges()${given});\n`, PURE, noise(params));
    for (const params of ["{ epsilon = EPSILON } = {}", "{ epsilon = 4 }: { epsilon?: number } = {}", "options = { epsilon: EPSILON }"])
      expect(call(params)).toEqual([expect.stringContaining("ε 4 of 3 is spent")]);
    expect(call("{ epsilon = 4 }: { epsilon?: number } = {}", ", { epsilon: 1 }")).toEqual([]);
    expect(call("{ epsilon = 2 }: { epsilon?: number } = {}", ", {}")).toEqual([]);
    expect(call("options?: { epsilon?: number }")).toEqual([expect.stringContaining("it may not be given here")]);
    expect(call("{ epsilon = Number(process.env.E) } = {}")).toEqual([expect.stringContaining("cannot be read from the code")]);
  });

  it("that are not given are told", () => {
    expect(found("addNoise([], {} as { epsilon: number });\n")).toEqual([expect.stringContaining("it may not be given here")]);
    expect(found("addNoise([], { epsilon: '1' as unknown as number });\n")).toEqual([expect.stringContaining("may be no number")]);
    expect(found("addNoise([], { epsilon: -1 });\n")).toEqual([
      "src/main.ts:2 error ε of `./src/noise.ts:addNoise` is -1 here, which is none",
    ]);
  });

  it("are sensible from 0.1 to 10", () => {
    expect(found("addNoise([], { epsilon: 0.1 });\n")).toEqual([]);
    expect(found("addNoise([], { epsilon: 0.01 });\n")).toEqual([
      "src/main.ts:2 warning `./src/noise.ts:addNoise` is called with ε 0.01, below 0.1: results become unreliable, what comes out is mostly noise",
    ]);
    const wide = MANIFEST("{ epsilon: 40 }", TRANSFORM.replace(", delta: 1.delta", ""));
    expect(found("addNoise([], { epsilon: 12 });\n", wide)).toEqual([
      expect.stringMatching(/^purpose.yaml:9 warning budget life has ε 40, above 10/),
      expect.stringMatching(/^src\/main.ts:2 warning .* is called with ε 12, above 10: that protects little/),
    ]);
  });

  it("have a δ that singles out nobody", () => {
    const one = (delta: string): string[] =>
      found(`addNoise([], { epsilon: 1, delta: ${delta} });\n`, MANIFEST("{ epsilon: 3, delta: 1e-3 }"));
    expect(one("0.001")).toEqual([]);
    expect(one("0.0005")).toEqual([]);
    expect(one("0.5")).toContain(
      "src/main.ts:2 warning `./src/noise.ts:addNoise` is called with δ 0.5, above 0.001: that allows to give away all of one in 2 people",
    );
    expect(found("addNoise([], { epsilon: 1, delta: 1e-6 });\n", MANIFEST("{ epsilon: 3, delta: 0.5 }"))).toEqual([
      "purpose.yaml:9 warning budget life has δ 0.5, above 0.001: that allows to give away all of one in 2 people",
    ]);
  });

  it("are told apart from a budget that is all but reached", () => {
    const spent = MANIFEST("{ epsilon: 3, delta: 1e-6, spent: [{ release: a, epsilon: 1, delta: 1e-13 }] }");
    expect(found("addNoise([], { epsilon: 1, delta: 1e-6 });\n", spent)).toEqual([
      expect.stringContaining("δ 0.0000010000001 of 0.000001 is spent"),
    ]);
  });

  it("are no privacy where a status promises none", () => {
    const yields = (text: string): string[] =>
      mistakes(MANIFEST("{ epsilon: 3 }", `  - { call: "./src/noise.ts:addNoise", yields: "differentially-private(${text})" }\n`));
    expect(yields("1, 1e-6")).toEqual([]);
    expect(yields("1, 2")).toEqual([expect.stringContaining("`differentially-private(1, 2)` is no privacy")]);
    expect(yields("0, 1e-6")).toHaveLength(1);
  });

  it("of a release are counted once", () => {
    const spent = (names: string): string[] =>
      mistakes(
        MANIFEST(
          `{ epsilon: 3, spent: [${names
            .split(" ")
            .map((name) => `{ release: ${name}, epsilon: 1 }`)
            .join(", ")}] }`,
        ),
      );
    expect(spent("2026-01 2026-02")).toEqual([]);
    expect(spent("2026-01 2026-01")).toEqual([expect.stringContaining("release `2026-01` occurs twice in `spent`")]);
  });

  it("a mechanism that names none, or no budget, is told where it is called", () => {
    const none = TRANSFORM.replace(", epsilon: 1.epsilon, delta: 1.delta", "");
    expect(found("addNoise([], { epsilon: 1 });\n", MANIFEST("{ epsilon: 3 }", none))).toEqual([
      "src/main.ts:2 warning what `./src/noise.ts:addNoise` spends is not declared: neither its ε nor the scale of its noise",
    ]);
    expect(found("addNoise([], { epsilon: 1 });\n", MANIFEST("{ epsilon: 3 }", none.replace(" budget: life,", "")))).toEqual([
      "src/main.ts:2 warning `./src/noise.ts:addNoise` spends from no budget: what it costs is not counted",
    ]);
  });
});

describe("Gaussian noise", () => {
  const gaussian = TRANSFORM.replace("laplace", "gaussian").replace("epsilon: 1.epsilon, delta: 1.delta", "scale: 1.sigma, sensitivity: 1");
  const files = {
    "src/noise.ts":
      "export const addNoise = (v: number[], o: { sigma?: number; epsilon?: number; delta?: number }) => v.map(() => o.sigma);\n",
  };
  const steps = "for (let i = 0; i < 100; i++) addNoise(loadAges(), { sigma: 10 });\n";

  it("adds up as zCDP, and the least theorem that holds is named", () => {
    expect(found(steps, MANIFEST("{ epsilon: 5.3, delta: 1e-6 }", gaussian), files)).toEqual([]);
    expect(found(steps, MANIFEST("{ epsilon: 5.2, delta: 1e-6 }", gaussian), files)).toEqual([
      "src/main.ts:2 error budget life is overdrawn: ε 5.22153 of 5.2 is spent, by zCDP (tight conversion) at δ 1e-6: 100 × ρ 0.005 at src/main.ts:2",
    ]);
  });

  it("has no ε without a δ", () => {
    expect(found(steps, MANIFEST("{ epsilon: 8 }", gaussian), files)).toEqual([
      expect.stringContaining("has no ε: Gaussian noise needs a δ, and the budget has none"),
    ]);
    const byEpsilon = TRANSFORM.replace("laplace", "gaussian");
    expect(found("addNoise([], { epsilon: 1, delta: 0 });\n", MANIFEST(undefined, byEpsilon), files)).toEqual([
      "src/main.ts:2 error `./src/noise.ts:addNoise` draws Gaussian noise, which has no ε without a δ",
    ]);
    expect(found("addNoise([], { epsilon: 1, delta: 1e-7 });\n", MANIFEST(undefined, byEpsilon), files)).toEqual([]);
  });

  it("is held to the theorem that the manifest names", () => {
    const small = "for (let i = 0; i < 100; i++) addNoise([], { epsilon: 0.1, delta: 1e-8 });\n";
    expect(found(small, MANIFEST("{ epsilon: 6.31, delta: 2e-6, accounting: advanced }"), files)).toEqual([]);
    expect(found(small, MANIFEST("{ epsilon: 6.31, delta: 2e-6, accounting: basic }"), files)).toEqual([
      expect.stringContaining("ε 10 of 6.31 is spent, by basic composition"),
    ]);
    expect(found(small, MANIFEST("{ epsilon: 6, delta: 2e-6, accounting: advanced }"), files)).toEqual([
      expect.stringContaining("ε 6.30823 of 6 is spent, by advanced composition at δ 2e-6"),
    ]);
  });
});

describe("where noise comes from", () => {
  const noise = (draw: string): Record<string, string> => ({
    "src/noise.ts": `import { sample } from "./sample.js";
export function addNoise(values: number[], options: { epsilon: number }): number[] {
  return values.map((v) => v + sample(1 / options.epsilon));
}
`,
    "src/sample.ts": `export function sample(scale: number): number {\n  const u = ${draw} - 0.5;\n  return -scale * Math.sign(u) * Math.log(1 - 2 * Math.abs(u));\n}\n`,
  });
  const secure = "crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32";

  it("`Math.random` can be predicted, a cryptographic source cannot", () => {
    expect(found("addNoise(loadAges(), { epsilon: 1 });\n", PURE, noise("Math.random()"))).toEqual([
      "src/sample.ts:2 error noise of `./src/noise.ts:addNoise` comes from `Math.random`, which can be predicted: it protects nobody",
    ]);
    expect(found("addNoise(loadAges(), { epsilon: 1 });\n", PURE, noise(secure))).toEqual([]);
  });

  it("outside a mechanism it may be used, by the same helper, too", () => {
    expect(found("train(Math.random()); addNoise(loadAges(), { epsilon: 1 });\n", PURE, noise(secure))).toEqual([]);
    const files = noise("Math.random()");
    expect(
      found(`import { sample } from "./sample.js";\nsample(1); sample(2); sample(3); sample(4);\n`, PURE, {
        ...files,
        ...{ "src/noise.ts": FILES["src/noise.ts"] },
      }),
    ).toEqual([]);
  });
});

describe("the manifest", () => {
  it("tells bad numbers and units with their places", () => {
    expect(
      mistakes(`version: 1
budgets:
  a: { epsilon: -1 }
  b: { epsilon: 1, delta: 1 }
  c: { epsilon: 1, unit: users }
  d: { epsilon: 1, spent: [{ release: one }] }
  e: { epsilon: 1, spent: [{ release: 1, epsilon: 1, rho: 1 }] }
  f: { epsilon: 1, spent: [{ release: two, rho: -1 }] }
transforms:
  - { call: "x:a", yields: differentially-private, budget: a, mechanism: laplace, scale: 0 }
  - { call: "x:b", yields: differentially-private, budget: a, scale: 1 }
  - { call: "x:c", yields: differentially-private, budget: a, mechanism: exponential, scale: 1 }
  - { call: "x:d", yields: differentially-private, budget: a, mechanism: laplace, scale: 1, epsilon: 1 }
  - { call: "x:e", yields: differentially-private, budget: a, mechanism: laplace, epsilon: 1, sensitivity: 2 }
`),
    ).toEqual([
      "3:17 ε cannot be -1",
      "4:27 δ cannot be 1",
      expect.stringMatching(/^5:26 .*users/),
      "6:28 `spent` does not say what one used up",
      "7:28 `rho` and `epsilon` exclude each other",
      "8:49 ρ cannot be -1",
      "10:90 the scale cannot be 0",
      "11:63 `scale` needs a `mechanism`",
      "12:87 `scale` means nothing beside `mechanism: exponential`",
      "13:83 `epsilon` and `scale` exclude each other",
      "14:95 `sensitivity` means nothing without `scale`",
    ]);
  });
});

describe("a loop that ends after a number of turns that the code says", () => {
  const HEADER = "const noisy = (epsilon: number) => train(addNoise(loadAges(), { epsilon }));\n";
  const turns = (loop: string): string => found(`${HEADER}export const run = (rows: number[][], n: number) => { ${loop} };\n`).join();

  it.each([
    ["a list that is made", "for (const i of Array.from({ length: COUNT }, (_, k) => k)) noisy(0.1);"],
    ["a part of a list", "for (const r of rows.slice(0, COUNT)) { noisy(0.1); void r; }"],
    [
      "a part of a part",
      "for (const r of rows.map((r) => r.length).slice(5, COUNT + 5).filter((x) => x > 1)) { noisy(0.1); void r; }".replace(
        "COUNT + 5",
        "COUNT5",
      ),
    ],
    ["a callback for each of a part of a list", "rows.slice(0, COUNT).forEach(() => { noisy(0.1); });"],
    [
      "a callback that gives something for each",
      "const all = rows.filter((r) => r.length > 1).slice(0, COUNT).map(() => noisy(0.1)); void all;",
    ],
    ["a sum over a part of a list", "void rows.slice(0, COUNT).reduce((sum, r) => { noisy(0.1); return sum + r.length; }, 0);"],
    ["the least of two numbers", "for (let i = 0; i < Math.min(rows.length, COUNT); i++) noisy(0.1);"],
  ])("%s", (_, loop) => {
    const at = (count: number): string => turns(loop.replace("COUNT5", String(count + 5)).replace("COUNT", String(count)));
    expect(at(25)).toBe("");
    for (const count of [35, 100]) expect(at(count)).toMatch(/^src\/main\.ts:2 error budget life is overdrawn/);
  });

  it.each([
    ["a list that somebody gives", "for (const r of rows) { noisy(0.1); void r; }"],
    ["a callback for each of a list that somebody gives", "rows.forEach(() => { noisy(0.1); });"],
    ["a callback for each of the rest of a list", "rows.slice(3).forEach(() => { noisy(0.1); });"],
    [
      "a callback for each of a list that others add to",
      "const some = rows.slice(0, 3); for (const r of rows) some.push(r); some.forEach(() => { noisy(0.1); });",
    ],
    ["a callback within a callback for each of a part", "rows.slice(0, 3).forEach(() => { rows.forEach(() => { noisy(0.1); }); });"],
    ["the rest of a list", "for (const r of rows.slice(3)) { noisy(0.1); void r; }"],
    ["all but the last", "for (const r of rows.slice(0, -1)) { noisy(0.1); void r; }"],
    ["the greater of two numbers", "for (let i = 0; i < Math.max(rows.length, 5); i++) noisy(0.1);"],
    ["the least of two that nobody knows", "for (let i = 0; i < Math.min(rows.length, n); i++) noisy(0.1);"],
  ])("and not %s", (_, loop) => {
    expect(turns(loop)).toContain("nobody knows how often it turns");
  });
});
