/** The plugin as ESLint runs it: messages, set-up problems, and that it analyses once. */
import path from "node:path";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import plugin from "../../rules/index.js";
import { analyze } from "../../src/analyze.js";
import packageJson from "../../package.json" with { type: "json" };
import { lint } from "./lint.js";
import { END, HEAD, makeProject, MANIFEST, SOURCES } from "./project.js";

vi.mock("../../src/analyze.js", async (original) => {
  const module = await original<typeof import("../../src/analyze.js")>();
  return { ...module, analyze: vi.fn(module.analyze) };
});

beforeEach(() => {
  vi.mocked(analyze).mockClear();
});

describe("the plugin", () => {
  it("tells its name and version as the package does", () => {
    expect(plugin.meta).toEqual({ name: packageJson.name, version: packageJson.version, namespace: "purpose" });
  });

  it("has a rule in its configurations for each of its rules", () => {
    expect(Object.keys(plugin.configs.strict.rules)).toEqual(Object.keys(plugin.rules).map((name) => `purpose/${name}`));
  });
});

describe("a finding", () => {
  it("says the field, the sink, the short path, the article and the way out", async () => {
    const root = makeProject({
      "src/main.ts": `${HEAD}upload(toExample(user));\nmail(1);\n${END}`,
    });
    const [message] = await lint(root, ["src/main.ts"]);
    expect(message).toMatch(/^src\/main\.ts:4:1 purpose\/limitation user\.email was collected for deliver, and reaches upload/);
    expect(message).toMatch(/\. Path: .*src\/example\.ts:7 → .*here\. GDPR Art\. 5\(1\)\(b\).*\. To make it legal: .+\.$/);
  });

  it("is reported in the file of its sink only", async () => {
    const root = makeProject({ "src/main.ts": `${HEAD}upload(user.email);\nmail(1);\n${END}` });
    const messages = await lint(root, ["src"]);
    expect(messages.map((message) => message.split(" ").slice(0, 2).join(" "))).toEqual([
      "src/main.ts:4:1 purpose/limitation",
      "src/main.ts:4:1 purpose/minimization",
    ]);
  });

  it("comes from one analysis, however many files and rules there are", async () => {
    const root = makeProject({ "src/main.ts": `${HEAD}upload(user.email);\nmail(1);\n${END}` });
    await lint(root, ["src"], { config: "strict" });
    expect(analyze).toHaveBeenCalledTimes(1);
  });
});

describe("a monorepo with a program for each package", () => {
  const tsconfig = JSON.stringify({
    compilerOptions: { target: "ES2022", module: "NodeNext", moduleResolution: "NodeNext", strict: true, noEmit: true, types: [] },
    include: ["src"],
  });
  const files = {
    "tsconfig.json": null,
    "src/model.ts": null,
    "src/sink.ts": null,
    "src/example.ts": null,
    "src/serve.ts": null,
    "package.json": JSON.stringify({ name: "linted", private: true, type: "module", workspaces: ["packages/*"] }),
    "purpose.yaml": MANIFEST.replaceAll("./src/model.ts", "./packages/api/src/model.ts").replaceAll(
      "./src/sink.ts",
      "./packages/trainer/src/sink.ts",
    ),
    "packages/api/package.json": JSON.stringify({ name: "api", type: "module" }),
    "packages/api/tsconfig.json": tsconfig,
    "packages/api/src/model.ts": SOURCES["src/model.ts"] ?? "",
    "packages/api/src/serve.ts": (SOURCES["src/serve.ts"] ?? "").replace("./sink.js", "../../trainer/src/sink.js"),
    "packages/api/src/main.ts": `import { train } from "../../trainer/src/train.js";\nimport type { User } from "./model.js";\nexport function main(user: User): void {\n  train(user.email);\n}\n`,
    "packages/trainer/package.json": JSON.stringify({ name: "trainer", type: "module" }),
    "packages/trainer/tsconfig.json": tsconfig,
    "packages/trainer/src/sink.ts": SOURCES["src/sink.ts"] ?? "",
    "packages/trainer/src/train.ts": `import { mail, upload } from "./sink.js";\n\nexport function train(text: string): void {\n  upload(text);\n  mail(1);\n}\n`,
  };

  it("shows a violation in the package of the sink, whose program lacks the caller", async () => {
    const messages = await lint(makeProject(files), ["packages/trainer/src/train.ts"]);
    expect(messages.map((message) => message.split(" ").slice(0, 3).join(" "))).toEqual([
      "packages/trainer/src/train.ts:4:3 purpose/limitation user.email",
      "packages/trainer/src/train.ts:4:3 purpose/minimization user.email",
    ]);
    expect(messages[0]).toContain(" Path: packages/api/src/main.ts:4 → here. ");
  });

  it.each([
    ["prompt", []],
    ["email", ["packages/trainer/src/train.ts:4:3 purpose/limitation", "packages/trainer/src/train.ts:4:3 purpose/minimization"]],
  ])("reads the JSON modules of the other packages: the user's %s", async (column, expected) => {
    const root = makeProject({
      ...files,
      "packages/api/src/columns.json": JSON.stringify({ text: column }),
      "packages/api/src/serve.ts": (SOURCES["src/serve.ts"] ?? "").replace("./sink.js", "../../trainer/src/sink.js"),
      "packages/api/src/main.ts": `import { train } from "../../trainer/src/train.js";\nimport columns from "./columns.json" with { type: "json" };\nimport type { User } from "./model.js";\nexport function main(user: User): void {\n  train(user[columns.text as keyof User]);\n}\n`,
    });
    const messages = await lint(root, ["packages/trainer/src/train.ts"]);
    expect(messages.map((message) => message.split(" ").slice(0, 2).join(" "))).toEqual(expected);
  });
});

describe("the manifest", () => {
  const violation = { "src/main.ts": `${HEAD}upload(user.email);\nmail(1);\n${END}` };

  it("is named by the setting, relative to ESLint's folder", async () => {
    const root = makeProject({ ...violation, "purpose.yaml": null, "legal/may.yaml": MANIFEST.replaceAll("./src", "../src") });
    const messages = await lint(root, ["src/main.ts"], { settings: { purpose: { manifest: "legal/may.yaml" } } });
    expect(messages.map((message) => message.split(" ")[1])).toEqual(["purpose/limitation", "purpose/minimization"]);
  });

  it("is named by the rule's option before the setting", async () => {
    const root = makeProject(violation);
    const messages = await lint(root, ["src/main.ts"], {
      settings: { purpose: { manifest: "absent.yaml" } },
      rules: {
        ...Object.fromEntries(Object.keys(plugin.rules).map((name) => [`purpose/${name}`, "off"])),
        "purpose/limitation": ["error", { manifest: "purpose.yaml" }],
      },
    });
    expect(messages.map((message) => message.split(" ")[1])).toEqual(["purpose/limitation"]);
  });

  it("is missed once, at the start of the first file", async () => {
    const root = makeProject({ ...violation, "purpose.yaml": null });
    const messages = await lint(root, ["src/main.ts", "src/model.ts"], { config: "strict" });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^src\/\w+\.ts:1:1 purpose\/\S+ There is no purpose\.yaml in the folder of this file or above it\./);
  });

  it("is reported once when it is wrong, with the line where it is, in the first file", async () => {
    const root = makeProject({ ...violation, "purpose.yaml": MANIFEST.replace("for: [deliver] }", "for: [delivery] }") });
    const messages = await lint(root, ["src"], { config: "strict" });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^src\/\w+\.ts:1:1 purpose\/\S+ The manifest is wrong, so nothing was checked: purpose\.yaml:6:\d+ /);
    const first = messages[0]!.split(":")[0]!;
    // In the editor, it stays where it is.
    expect(await lint(root, [first])).toHaveLength(1);
    expect(
      await lint(
        root,
        ["src/model.ts", "src/sink.ts"].filter((file) => file !== first),
      ),
    ).toEqual([]);
  });

  it.each(["a folder", "no text"])("that is %s is wrong, not missing", async (what) => {
    const root = makeProject({ ...violation, "purpose.yaml": null });
    const file = path.join(root, "purpose.yaml");
    if (what === "a folder") mkdirSync(file);
    else writeFileSync(file, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0xff, 0x1b]));
    const messages = await lint(root, ["src/main.ts"]);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain("The manifest is wrong, so nothing was checked: purpose.yaml:1:");
    expect(messages[0]).not.toMatch(/[\u0000-\u001f]/);
  });

  it("is read again when it changes", async () => {
    const root = makeProject(violation);
    expect(await lint(root, ["src/main.ts"])).not.toEqual([]);
    rmSync(path.join(root, "purpose.yaml"));
    writeFileSync(
      path.join(root, "purpose.yaml"),
      MANIFEST.replace("user.email: { for: [deliver] }", "user.email: { for: [deliver, train] }").replace(
        "needs: [chat.prompt]",
        "needs: [chat.prompt, user.email]",
      ),
    );
    expect(await lint(root, ["src/main.ts"])).toEqual([]);
  });
});

describe("a manifest that is not true of the code", () => {
  const drift = MANIFEST.replace("sink.ts:mail", "sink.ts:send").replace("user.name: {", "user.phone: { for: [deliver] }\n  user.name: {");
  const told = (messages: readonly string[]): string[] => messages.filter((message) => message.includes("purpose/manifest"));

  it("is an error, told at the start of the first file, with the place in the manifest", async () => {
    const root = makeProject({ "purpose.yaml": drift });
    const messages = told(await lint(root, ["src"]));
    const [first = ""] = messages[0]!.split(" ");
    expect(messages).toEqual([
      `${first} purpose/manifest purpose.yaml:7:3 field user.phone is declared, and nothing collects it. GDPR Art. 5(2), 30. To make it true: Declare under \`sources\` where user.phone is collected, or remove \`fields.user.phone\` (purpose.yaml:7). Fingerprint: ${/[0-9a-f]{16}/.exec(messages[0]!)?.[0] ?? ""}.`,
      `${first} purpose/manifest purpose.yaml:19:41 \`./src/sink.ts:send\` of \`sinks[2].call\` matches nothing in the program. GDPR Art. 5(2), 30. To make it true: Correct \`sinks[2].call\` (purpose.yaml:19) to what the declaration is called now, or remove the entry if its code is gone.`,
    ]);
    expect(first).toMatch(/^src\/\w+\.ts:1:1$/);
    expect(plugin.configs.recommended.rules["purpose/manifest"]).toBe("error");
  });

  it("is told in the file that was edited since, which is the one that somebody looks at", async () => {
    const root = makeProject({ "purpose.yaml": drift });
    const first = told(await lint(root, ["src"]))[0]!.split(":")[0]!;
    const other = ["src/model.ts", "src/sink.ts"].find((file) => file !== first)!;
    expect(told(await lint(root, [other]))).toEqual([]);
    appendFileSync(path.join(root, other), "export const more = 1;\n");
    expect(told(await lint(root, [other]))).toHaveLength(2);
  });

  it("is nothing when it is true", async () => {
    expect(await lint(makeProject({}), ["src"])).toEqual([]);
  });
});

describe("what the manifest asks for and this version does not check", () => {
  const asking = `${MANIFEST}stores:\n  - { id: settings, storage: settings, columns: { email: user.email } }\n`;
  const told = (messages: readonly string[]): string[] => messages.filter((message) => message.includes("purpose/unenforced"));

  it("is told at the start of the first file, each with its place, and not in the others", async () => {
    const root = makeProject({ "purpose.yaml": asking, "src/main.ts": `${HEAD}mail(user.email);\n${END}` });
    const messages = told(await lint(root, ["src"]));
    // Files are read side by side, so it is not always the same one that comes first.
    const first = messages[0]?.split(":")[0] ?? "";
    expect(messages.map((message) => message.replace(first, "FIRST"))).toEqual([
      "FIRST:1:1 purpose/unenforced purpose.yaml:20:5 `columns` of the store `settings` asks for reads through `storage`, which this version does not follow: no field comes from them. declare the function that reads it as the `read` of a store, or the fields as `sources`.",
      expect.stringMatching(/^FIRST:1:1 purpose\/unenforced purpose\.yaml:20:21 `storage` in `stores` asks for /),
    ]);
    // An editor lints the same file again and again, and others beside it.
    expect(told(await lint(root, [first === "src/main.ts" ? "src/example.ts" : "src/main.ts"]))).toEqual([]);
    expect(told(await lint(root, [first]))).toHaveLength(2);
  });

  it("is a warning, in a file without findings too", async () => {
    const root = makeProject({ "purpose.yaml": asking });
    const messages = await lint(root, ["src/model.ts"], { rules: { "purpose/limitation": "off", "purpose/minimization": "off" } });
    expect(told(messages)).toHaveLength(2);
    expect(plugin.configs.recommended.rules["purpose/unenforced"]).toBe("warn");
  });

  it("is nothing where it asks for nothing more", async () => {
    expect(told(await lint(makeProject({}), ["src/model.ts"]))).toEqual([]);
  });
});

describe("without type information", () => {
  it("says once how to turn it on", async () => {
    const root = makeProject({ "src/main.ts": `${HEAD}upload(user.email);\n${END}` });
    const messages = await lint(root, ["src/main.ts"], { typed: false, config: "strict" });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain("projectService: true");
  });

  it("leaves JavaScript alone, which no tsconfig need cover", async () => {
    const root = makeProject({ "scripts/clean.mjs": "console.log(1);\n" });
    expect(await lint(root, ["scripts/clean.mjs"], { config: "strict" })).toEqual([]);
  });
});
