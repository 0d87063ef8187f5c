import { describe, expect, it } from "vitest";
import { keyKinds } from "../../src/manifest/schema-keys.js";
import { checksOfKeys, unsupportedChecks } from "../../src/manifest/unsupported.js";
import { right } from "./make.js";

const BUILT = new Set(["limitation", "minimization", "manifest", "blind-spot"]);
const TEXT = `version: 1
purposes: { deliver: { basis: contract } }
fields:
  a: { for: [deliver] }
  b: { for: [deliver], retention: 30d }
  c: { for: [deliver], retention: 1y, special: explicit-consent }
budgets:
  life: { epsilon: 8 }
stores: [{ id: s, prisma: S, retention: 1y }]
`;

const told = (text: string, built: ReadonlySet<string> = BUILT): string[] =>
  unsupportedChecks(right(text), built).map(({ line, column, message }) => `${line}:${column} ${message}`);

describe("keys whose check is not built", () => {
  it("are told, each kind once, at its first place", () => {
    expect(told(TEXT)).toEqual([
      "5:24 `retention` in `fields` asks for the retention check, which this version does not have yet: nothing below it is enforced",
      "6:39 `special` in `fields` asks for the special-category check, which this version does not have yet: nothing below it is enforced",
      "7:1 `budgets` asks for the privacy-budget check, which this version does not have yet: nothing below it is enforced",
      "9:30 `retention` in `stores` asks for the retention check, which this version does not have yet: nothing below it is enforced",
    ]);
  });

  it("are warnings", () => {
    expect(unsupportedChecks(right(TEXT), BUILT).map(({ severity, code }) => `${severity} ${code}`)).toEqual(
      Array(4).fill("warning unsupported"),
    );
  });

  it("are silent when it is built", () => {
    expect(told(TEXT, new Set([...BUILT, "retention", "privacy-budget", "special-category"]))).toEqual([]);
    expect(told("version: 1\npurposes: { a: {} }\nfields: { f: { for: [a] } }\n")).toEqual([]);
  });

  it("are columns of stores whose reads are not followed", () => {
    const head = "version: 1\npurposes: { a: {} }\nfields: { f: { for: [a] } }\nstores:\n";
    expect(told(`${head}  - { id: jobs, storage: tune, columns: { text: f } }\n`)).toEqual([
      "5:5 `columns` of the store `jobs` asks for reads through `storage`, which this version does not follow: no field comes from them",
      "5:17 `storage` in `stores` asks for what is written and read through it, which this version does not follow: what goes in there does not come out",
    ]);
    for (const store of ["prisma: T", "sql: t", "read: './a.ts:load'"])
      expect(told(`${head}  - { id: t, ${store}, columns: { text: f } }\n`)).toEqual([]);
    expect(told(`${head}  - { id: out, file: out/*.json, columns: { text: f } }\n`)).toHaveLength(1);
  });

  it("are connectors that nothing follows, each kind once", () => {
    const head = "version: 1\nstores:\n";
    expect(told(`${head}  - { id: a, storage: a }\n  - { id: b, storage: b }\n  - { id: c, typeorm: c }\n`)).toEqual([
      expect.stringMatching(/^3:14 `storage` in `stores` asks for what is written and read through it, which this version does not follow/),
    ]);
    expect(told(`${head}  - { id: a, prisma: A }\n  - { id: b, file: out.json }\n  - { id: c, write: './a.ts:save' }\n`)).toEqual([]);
  });

  it("ask for several checks in one section", () => {
    const text =
      "version: 1\nconsent:\n  sale: { mode: opt-out, check: 'a:b', signals: [gpc], withdraw: 'a:c' }\nzones: { d: { files: ./m/** } }\n";
    expect(told(text).map((message) => /the (\S+) check/.exec(message)?.[1])).toEqual([
      "consent",
      "opt-out",
      "withdrawal",
      "federated-boundary",
    ]);
  });
});

describe("the table of checks", () => {
  it("knows every key of the schema, and no other", () => {
    expect(Object.keys(checksOfKeys).sort()).toEqual([...keyKinds()].sort());
  });
});
