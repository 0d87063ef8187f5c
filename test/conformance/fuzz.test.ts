import { describe, expect, it } from "vitest";
import { analyse } from "../../src/conformance/fuzz/analyse.js";
import { compare } from "../../src/conformance/fuzz/compare.js";
import { compile, execute } from "../../src/conformance/fuzz/execute.js";
import type { Program } from "../../src/conformance/fuzz/program.js";
import { writeProgram } from "../../src/conformance/fuzz/program.js";
import { reduce } from "../../src/conformance/fuzz/reduce.js";
import { firstOf, fuzz } from "../../src/conformance/fuzz/run.js";

const IMPORTS = `import { loadUser } from "./source.js";\nimport { train } from "./sink.js";\nimport { input } from "./input.js";\nconst user = loadUser();\n`;
const program = (main: string, opaque = false): Program => ({ files: { "main.ts": IMPORTS + main }, opaque, used: new Set() });
const arrived = (main: string, input: number): Record<number, string[]> =>
  Object.fromEntries([...execute(compile(program(main)), () => input).arrivals].map(([id, fields]) => [id, [...fields].sort()]));

describe("the programs", () => {
  it("are the same for the same seed", () => {
    expect(writeProgram(firstOf(7, 12)).files).toEqual(writeProgram(firstOf(7, 12)).files);
    expect(writeProgram(firstOf(7, 12)).files).not.toEqual(writeProgram(firstOf(8, 12)).files);
  });

  it("of no choices at all are programs, too", () => {
    expect(compare(writeProgram({ shape: [], modules: [[[]]] })).misses).toEqual([]);
  });
});

describe("a run", () => {
  it("shows which fields arrive at which sink", () => {
    expect(arrived("train(1, { who: user.id, n: user.age }); train(2, 'none');", 0)).toEqual({ 1: ["user.age", "user.id"], 2: [] });
  });

  it("takes the way that its input says", () => {
    const code = "if (input()) train(1, user.id); else train(2, user.email);";
    expect([arrived(code, 0), arrived(code, 0.9)]).toEqual([{ 1: ["user.id"] }, { 2: ["user.email"] }]);
  });

  it("is done with promises and timers when it returns", () => {
    const code =
      "setTimeout(() => train(1, user.id), 0); void (async () => { await null; train(2, user.email); throw new Error('n'); })();";
    expect(arrived(code, 0)).toEqual({ 1: ["user.id"], 2: ["user.email"] });
  });

  it("that does not end is cut off, and what arrived before counts", () => {
    expect(arrived("train(1, user.id); for (;;);", 0)).toEqual({ 1: ["user.id"] });
  });
});

describe("the comparison", () => {
  it("misses nothing where the analysis is right", () => {
    const { misses, unseen, arrived } = compare(program("train(1, user.email);"));
    expect({ misses, unseen, arrived }).toEqual({ misses: [], unseen: [], arrived: 1 });
  });

  it("counts what is reported and arrives in no run, at sinks that run", () => {
    const { unseen } = compare(
      program("const f = (s: string): string => (s.length > 1e6 ? user.id : s);\ntrain(1, f(String(Math.random())));"),
    );
    expect(unseen).toEqual([{ field: "user.id", sink: 1 }]);
  });

  it("tells the sources' values by their types alone where it is asked to", () => {
    const { reported } = analyse(program("train(1, user.address);", true));
    expect([...(reported.get(1) ?? [])].sort()).toEqual(["user.address.city", "user.address.street"]);
  });
});

describe("the reduction", () => {
  it("leaves what makes a program fail", () => {
    const whole = program("const a = [user.id, 'n'];\nif (input()) { for (const one of a) { train(1, one); } }\ntrain(2, 'n');\n");
    const small = reduce(whole, ({ files }) => files["main.ts"]!.includes("train(1, one)"));
    expect(small.files["main.ts"]!.trim()).toBe("train(1, one);");
  });
});

describe("a fixed set of programs", () => {
  it("is analysed without a miss", () => {
    const { failures, arrived } = fuzz({ runs: 60, seed: 1_000, size: 12, concurrent: false, shrink: false });
    expect(failures.map(({ seed, what }) => `${seed}: ${what}`)).toEqual([]);
    expect(arrived).toBeGreaterThan(200);
  });
});
