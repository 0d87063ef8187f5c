import { existsSync, mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Analyze } from "../../src/cli/check.js";
import { run } from "../../src/cli/run.js";
import { InputError } from "../../src/report/input-error.js";
import type { Report } from "../../src/report/schema.js";
import { build } from "../report/make.js";

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), "purpose-lint-cli-"));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const violations = build();
const clean: Report = { ...violations, findings: violations.findings.filter(({ rule }) => rule === "blind-spot"), flows: [] };
const drift: Report = {
  ...clean,
  findings: [
    {
      ...violations.findings[0]!,
      rule: "manifest",
      message: "`app:gone` matches nothing",
      location: { file: "purpose.yaml", line: 7, column: 5, endLine: 7, endColumn: 5 },
      remedies: [{ kind: "correct", text: "Correct it." }],
    },
  ],
};

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function cli(
  argv: string[],
  result: Report | Error | Analyze = clean,
  more: { env?: Record<string, string>; isTTY?: boolean } = {},
): Promise<Ran> {
  let out = "";
  let err = "";
  const analyze: Analyze = (options) => {
    if (typeof result === "function") return result(options);
    if (result instanceof Error) throw result;
    return result;
  };
  const code = await run(
    argv,
    {
      cwd,
      env: more.env ?? {},
      stdout: { write: (text) => (out += text), isTTY: more.isTTY ?? false, columns: 100 },
      stderr: { write: (text) => (err += text) },
    },
    () => Promise.resolve(analyze),
  );
  return { code, out, err };
}

describe("exit codes", () => {
  it.each([
    ["0 for nothing but notes and blind spots", clean, 0],
    ["1 for errors", violations, 1],
    ["1 for warnings", { ...clean, findings: [{ ...violations.findings[0]!, severity: "warning" as const }] }, 1],
    ["2 for a locator that matches nothing", drift, 2],
    [
      "2 for a project that could be read only in part",
      {
        ...violations,
        problems: [
          { kind: "input" as const, file: "tsconfig.json", line: 2, column: 14, severity: "error" as const, message: "m", fix: null },
        ],
      },
      2,
    ],
    [
      "0 for warnings about the input",
      {
        ...clean,
        problems: [
          { kind: "input" as const, file: "tsconfig.json", line: 2, column: 14, severity: "warning" as const, message: "m", fix: null },
        ],
      },
      0,
    ],
  ])("%s", async (_, report, code) => {
    expect((await cli(["check"], report)).code).toBe(code);
  });
});

describe("check", () => {
  it("hands over the folder, the manifest, the tsconfigs and nothing that was not given", async () => {
    const calls: unknown[] = [];
    const record: Analyze = (options) => {
      calls.push(options);
      return clean;
    };
    await cli(["check"], record);
    await cli(
      ["check", "app", "--manifest", "legal/purpose.yaml", "--project", "a/tsconfig.json", "--project", "b.json", "--timings"],
      record,
    );
    expect(calls).toEqual([
      { root: cwd, timings: false },
      {
        root: path.join(cwd, "app"),
        manifest: path.join(cwd, "legal/purpose.yaml"),
        project: [path.join(cwd, "a/tsconfig.json"), path.join(cwd, "b.json")],
        timings: true,
      },
    ]);
  });

  it("prints the report, and nothing on stderr", async () => {
    const { out, err } = await cli(["check"], violations);
    expect(out).toMatch(/^error limitation  [0-9a-f]{16}\n/);
    expect(out).toContain("✖ 2 errors, 2 blind spots");
    expect(err).toBe("");
  });

  it("shows the code from the project's files", async () => {
    mkdirSync(path.join(cwd, "app/src"), { recursive: true });
    writeFileSync(path.join(cwd, "app/src/train.ts"), "\n\nawait openai.files.create(x)\n");
    expect((await cli(["check", "app"], violations)).out).toContain("▸ 3 │ await openai.files.create(x)");
  });

  it.each(["json", "sarif"])("--format %s is whole JSON on stdout", async (format) => {
    const { out, err, code } = await cli(["check", "--format", format], violations);
    expect(Object.keys(JSON.parse(out) as object)[0]).toBe(format === "json" ? "schemaVersion" : "$schema");
    expect([err, code]).toEqual(["", 1]);
  });

  it("tells a manifest that is not true of the code on stderr, with its place and the fix, once", async () => {
    const { out, err } = await cli(["check"], drift);
    expect(err).toBe("purpose.yaml:7:5: error: `app:gone` matches nothing\n  fix: Correct it.\n");
    expect(out).not.toContain("matches nothing");
  });
});

describe("bad input", () => {
  it("is told on stderr with places relative to the working directory, and exits 2", async () => {
    const problems = [
      {
        file: `${cwd}/purpose.yaml`,
        line: 3,
        column: 5,
        severity: "error" as const,
        message: "unknown key `feilds`",
        fix: "did you mean `fields`?",
      },
      { file: `${cwd}/app/tsconfig.json`, line: 1, column: 1, severity: "warning" as const, message: "no \u001b[31mbase" },
    ];
    expect(await cli(["check", "app"], new InputError(problems))).toEqual({
      code: 2,
      out: "",
      err: "purpose.yaml:3:5: error: unknown key `feilds`\n  fix: did you mean `fields`?\napp/tsconfig.json: warning: no \\u{1b}[31mbase\n",
    });
  });

  it("is not confused with a bug, which is one line, with the stack only on request", async () => {
    const bug = new TypeError("x is not a function");
    expect(await cli(["check"], bug)).toEqual({
      code: 2,
      out: "",
      err: "internal error: x is not a function; this is a bug, please report it (with PURPOSE_LINT_DEBUG=1 it shows where)\n",
    });
    expect((await cli(["check"], bug, { env: { PURPOSE_LINT_DEBUG: "1" } })).err).toMatch(
      /please report it\nTypeError: x is not a function\n +at /,
    );
  });
});

describe("loading the analysis", () => {
  it.each([
    ["TypeScript is not installed", "Cannot find package 'typescript' imported from /x/dist/src/index.js"],
    ["internal error: ", "Cannot find package 'yaml' imported from /x/node_modules/typescript/y.js"],
  ])("says %s when it is told: %s", async (says, message) => {
    const error = Object.assign(new Error(message), { code: "ERR_MODULE_NOT_FOUND" });
    const { code, err } = await cli(["check"], error);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});

describe("--output", () => {
  it("writes the report into the file, making its folder, and sums up on stderr", async () => {
    const { code, out, err } = await cli(["check", "--format", "json", "--output", "reports/new/r.json"], violations);
    expect([code, out, err]).toEqual([1, "", "purpose-lint: 2 errors, 2 blind spots; written to reports/new/r.json\n"]);
    expect(JSON.parse(readFileSync(path.join(cwd, "reports/new/r.json"), "utf8"))).toEqual(violations);
    expect(readdirSync(path.join(cwd, "reports/new"))).toEqual(["r.json"]);
  });

  it("replaces what was there as a whole", async () => {
    writeFileSync(path.join(cwd, "old.txt"), "x".repeat(100_000));
    await cli(["check", "--output", "old.txt"], clean);
    expect(readFileSync(path.join(cwd, "old.txt"), "utf8")).toMatch(/^✔ no findings, 2 blind spots\n/);
  });

  it("leaves nothing half-written when it cannot, and exits 2", async () => {
    mkdirSync(path.join(cwd, "folder/inner"), { recursive: true });
    const { code, out, err } = await cli(["check", "--output", "folder"], violations);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe("folder: error: cannot be written: it is a folder\n  fix: name a file with --output that can be written\n");
    expect(readdirSync(cwd).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it.each(["file.txt/report.json", "file.txt/new/report.json", ...(existsSync("/proc/self") ? ["/proc/none/report.json"] : [])])(
    "says so of %s, which cannot be made",
    async (output) => {
      writeFileSync(path.join(cwd, "file.txt"), "x");
      const { code, out, err } = await cli(["check", "--output", output], violations);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(/^[^:]+: error: cannot be written: E\w+: .+\n {2}fix: /);
      expect(readFileSync(path.join(cwd, "file.txt"), "utf8")).toBe("x");
    },
  );
});

describe("arguments", () => {
  it.each([
    [["check", "--fromat", "json"], "error: unknown option '--fromat'\n(Did you mean --format?)"],
    [["check", "--format", "xml"], "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are pretty, json, sarif."],
    [["chekc"], "error: unknown command 'chekc'\n(Did you mean check?)"],
    [["check", "a", "b"], "error: too many arguments for 'check'."],
    [["check", "--output"], "error: option '--output <file>' argument missing"],
  ])("%j is refused with exit 2", async (argv, says) => {
    const { code, out, err } = await cli(argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(says);
  });

  it("none at all shows the help and exits 2", async () => {
    const { code, err } = await cli([]);
    expect(code).toBe(2);
    expect(err).toContain("Usage: purpose-lint [options] [command]");
  });

  it("--help and --version exit 0 and go to stdout", async () => {
    expect((await cli(["--help"])).out).toMatch(
      /\n {2}check \[options\] \[dir\] [^]*\npurpose-lint check --help lists the options of check\.\n$/,
    );
    const help = await cli(["check", "--help"]);
    expect([help.code, help.err]).toEqual([0, ""]);
    expect(help.out).toContain("Exit codes: 0 no violation, 1 errors or warnings, 2 wrong input or a failure.");
    expect(await cli(["--version"])).toEqual({ code: 0, out: "0.1.0\n", err: "" });
  });
});

describe("colour", () => {
  it.each([
    ["on a terminal", [], {}, true, true],
    ["not in a pipe", [], {}, false, false],
    ["not with NO_COLOR", [], { NO_COLOR: "1" }, true, false],
    ["with NO_COLOR empty", [], { NO_COLOR: "" }, true, true],
    ["not on a dumb terminal", [], { TERM: "dumb" }, true, false],
    ["in a pipe with FORCE_COLOR", [], { FORCE_COLOR: "1" }, false, true],
    ["with --color, in a pipe and with NO_COLOR", ["--color"], { NO_COLOR: "1" }, false, true],
    ["not with --no-color", ["--no-color"], { FORCE_COLOR: "1" }, true, false],
  ])("%s", async (_, argv, env, isTTY, coloured) => {
    const { out } = await cli(["check", ...argv], violations, { env, isTTY });
    expect(out.includes("\u001b[")).toBe(coloured);
  });

  it("is not put into files by itself", async () => {
    await cli(["check", "--output", "plain.txt"], violations, { isTTY: true });
    expect(readFileSync(path.join(cwd, "plain.txt"), "utf8")).not.toContain("\u001b");
  });
});
