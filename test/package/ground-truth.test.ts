/** The comparison with flows read by hand, on a made-up checkout. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const MINUTES = 60_000;

const FILES: Readonly<Record<string, string>> = {
  "checkouts/shop/tsconfig.json": `{ "include": ["src"] }`,
  "checkouts/shop/src/source.ts": `export function order() {
  return { note: "n", mail: "m" };
}
`,
  "checkouts/shop/src/main.ts": `import { order } from "./source.js";
export function train(rows: unknown): void {
  void rows;
}
function rowOf(given: { note: string; mail: string }) {
  return { text: given.note };
}
train(rowOf(order()));
`,
  "manifests/shop.yaml": `version: 1
purposes: { deliver: { basis: contract, notice: to deliver }, train: { basis: legitimate-interest, notice: to train } }
fields: { order.note: { for: [deliver] }, order.mail: { for: [deliver] } }
sources: [{ field: order.*, returns: "./src/source.ts:order" }]
sinks: [{ id: train, purpose: train, call: "./src/main.ts:train" }]
`,
  "manifests/elsewhere.yaml": "version: 1\n",
  "truth.txt": `# project|flow|file|line|token
Shop|S1|src/main.ts|8|order()
Shop|S1|src/main.ts|6|given.note
Shop|S1|src/main.ts|8|train
Shop|S2|src/source.ts|2|mail
Shop|S2|src/other.ts|8|upload
Shop|Sn1|src/main.ts|6|given.mail
`,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ground-truth-test-"));
  for (const [name, text] of Object.entries(FILES)) put(name, text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function compare(...more: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const args = [
    path.join(root, "scripts/ground-truth.mjs"),
    path.join(folder, "checkouts"),
    "--manifests",
    path.join(folder, "manifests"),
    ...more,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}
const truth = (): string[] => ["--truth", path.join(folder, "truth.txt")];

describe("ground truth", { timeout: MINUTES }, () => {
  it("shows of each flow whether its ends are reported, and the hops on the way", () => {
    put("manifests/found.json", `{ "shop": ["S1"] }`);
    const { code, out } = compare(...truth());
    expect(out.split("\n").map((line) => line.split(/\s{2,}/))).toEqual([
      ["shop:"],
      ["flow", "source", "sink", "hops", "reported", "not on the way"],
      ["S1", "yes", "yes", "3/3", "order.note → train"],
      ["S2", "no", "no", "0/2", "–", "source.ts:2 other.ts:8"],
      ["1 found, 1 recorded"],
      [""],
      [""],
    ]);
    expect(code).toBe(0);
    expect(readdirSync(path.join(folder, "checkouts/shop"))).toEqual(["src", "tsconfig.json"]);
  });

  it("fails where a flow that was found is found no more", () => {
    put("manifests/found.json", `{ "shop": ["S1", "S2"] }`);
    const { code, out } = compare(...truth());
    expect(out).toContain("1 found, 2 recorded; lost: S2");
    expect(code).toBe(1);
  });

  it("tells what is missing", () => {
    expect(compare()).toMatchObject({ code: 2, err: expect.stringContaining("--truth FILE") as string });
    put("bad.txt", "Shop|S1|src/main.ts|eight|order()\n");
    expect(compare("--truth", path.join(folder, "bad.txt"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("bad.txt:1: not `project|flow|file|line|token`") as string,
    });
    put("none.txt", "Other|S1|src/main.ts|8|order()\n");
    expect(compare("--truth", path.join(folder, "none.txt"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("no checkout") as string,
    });
  });
});
