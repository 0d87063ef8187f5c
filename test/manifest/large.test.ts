import { describe, expect, it } from "vitest";
import { load, right } from "./make.js";

const COUNT = 5_000;
/** Generous: the machine may be slow and busy. A quadratic pass over this many takes minutes. */
const LIMIT = 60_000;

function timed<Value>(run: () => Value): Value {
  const start = performance.now();
  const value = run();
  expect(performance.now() - start).toBeLessThan(LIMIT);
  return value;
}

const lines = (make: (i: number) => string): string => Array.from({ length: COUNT }, (_, i) => make(i)).join("\n");

describe("a manifest of thousands of entries", () => {
  it("is read in seconds", () => {
    const text = `version: 1
purposes:
  deliver: { basis: contract }
${lines((i) => `  p${i}: { parent: ${i === 0 ? "deliver" : `p${i - 1}`} }`)}
fields:
${lines((i) => `  area${i % 50}.f${i}: { for: [deliver], retention: 30d }`)}
sources:
${lines((i) => `  - { field: area${i % 50}.*, returns: "./src/f${i}.ts:load" }`)}
sinks:
${lines((i) => `  - { id: s${i}, purpose: deliver, call: "./src/s${i}.ts:send", needs: [area${i % 50}.f${i}] }`)}
`;
    const manifest = timed(() => right(text));
    expect([manifest.purposes.length, manifest.fields.length, manifest.sources.length, manifest.sinks.length]).toEqual([
      COUNT + 1,
      COUNT,
      COUNT,
      COUNT,
    ]);
  });

  it("is refused in seconds, when all of it is wrong", () => {
    const text = `version: 1\npurposes: { deliver: {} }\nfields:\n${lines((i) => `  f${i}: { for: [delivery] }`)}\nsources:\n${lines((i) => `  - { field: g${i}, returns: "a:b${i}" }`)}\n`;
    expect(timed(() => load(text)).problems).toHaveLength(2 * COUNT);
  });
});
