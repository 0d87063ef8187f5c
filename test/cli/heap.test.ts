import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { heapFlags, type Host } from "../../src/cli/heap.js";

const host = (more: Partial<Host>): Host => ({ argv: ["check", "."], execArgv: [], env: {}, memory: 16_000, limit: 4_000, ...more });

describe("the memory of an analysis", () => {
  it("is three quarters of the machine's, where Node by itself has less", () => {
    expect(heapFlags(host({}))).toEqual(["--max-old-space-size=12000", "--max-semi-space-size=64"]);
    expect(heapFlags(host({ memory: 4_000 }))).toBeUndefined();
  });

  it("is what it is told to be", () => {
    expect(heapFlags(host({ env: { PURPOSE_LINT_HEAP: "900" } }))?.[0]).toBe("--max-old-space-size=900");
    expect(heapFlags(host({ env: { PURPOSE_LINT_HEAP: "much" } }))?.[0]).toBe("--max-old-space-size=12000");
  });

  it("is Node's where Node was given flags, and where nothing is analysed", () => {
    expect(heapFlags(host({ execArgv: ["--inspect-brk"] }))).toBeUndefined();
    expect(heapFlags(host({ env: { NODE_OPTIONS: "--max-old-space-size=3000" } }))).toBeUndefined();
    expect(heapFlags(host({ argv: ["--help"] }))).toBeUndefined();
  });

  it("is told when it is not enough, with exit 2", () => {
    const bin = fileURLToPath(new URL("../../dist/src/cli/bin.js", import.meta.url));
    const app = fileURLToPath(new URL("../../fixtures/app", import.meta.url));
    const env = { ...process.env, NODE_OPTIONS: "", PURPOSE_LINT_HEAP: "30" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "check", app], { encoding: "utf8", env });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("error: the analysis needs more memory than the 30 MB it may take\n  fix: set PURPOSE_LINT_HEAP");
  });
});
