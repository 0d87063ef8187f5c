/** What a manifest can hardly mean: told, and no error. */
import { describe, expect, it } from "vitest";
import { doubts } from "../../src/manifest/doubts.js";
import { FILE, right } from "./make.js";

const told = (text: string, files: Readonly<Record<string, string>> = {}): string[] =>
  doubts(right(text, files)).map(({ line, column, severity, message }) => `${line}:${column} ${severity}: ${message}`);

describe("a lawful basis", () => {
  it("is missing", () => {
    expect(told("version: 1\npurposes:\n  deliver: {}\n  train: { basis: contract }\n")).toEqual([
      "3:3 warning: `deliver` has no lawful basis, its own or a parent's (Art. 6(1))",
    ]);
  });

  it("is missed once, where children would inherit it", () => {
    expect(told("version: 1\npurposes:\n  train: {}\n  rank: { parent: train }\n")).toHaveLength(1);
    expect(told("version: 1\npurposes:\n  train: { basis: contract }\n  rank: { parent: train }\n")).toEqual([]);
    expect(told("version: 1\npurposes:\n  train: {}\n  rank: { parent: train, basis: contract }\n")).toHaveLength(1);
  });

  it("is not missed in a pack", () => {
    const pack = { "/repo/pack.yaml": "version: 1\npurposes:\n  train: {}\n" };
    expect(told("version: 1\nextends: ./pack.yaml\n", pack)).toEqual([]);
    expect(FILE).toBe("/repo/purpose.yaml");
  });
});

describe("consent as the basis", () => {
  const consents = 'consent:\n  yes: { mode: opt-in, check: "./a.ts:b" }\n  no: { mode: opt-out, check: "./a.ts:c" }\n';
  const purposes = (...lines: string[]): string => `version: 1\npurposes:\n${lines.map((line) => `  ${line}\n`).join("")}${consents}`;

  it("is none of who was never asked", () => {
    expect(told(purposes("sell: { basis: consent, consent: no }"))).toEqual([
      "3:3 warning: `sell` rests on consent, and `no` is an opt-out: who was never asked has agreed to nothing (Art. 4(11), recital 32)",
    ]);
    expect(told(purposes("sell: { basis: consent, consent: yes }"))).toEqual([]);
  });

  it("is another matter than an objection", () => {
    expect(told(purposes("sell: { basis: legitimate-interest, consent: no }"))).toEqual([]);
  });

  it("is told where it is said, not of each child", () => {
    expect(told(purposes("sell: { basis: consent, consent: no }", "ads: { parent: sell }"))).toHaveLength(1);
    expect(told(purposes("sell: { basis: consent, consent: yes }", "ads: { parent: sell, consent: no }"))).toEqual([
      expect.stringMatching(/^4:3 warning: `ads` rests on consent, and `no` is an opt-out/),
    ]);
  });
});
