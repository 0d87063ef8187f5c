/** The built plugin under the real `eslint` command, in the oldest and the newest major version that it supports, on the example app. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const app = path.join(root, "fixtures/app");
const built = path.join(root, "dist/rules/index.js");

interface Expected {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
}

interface LintResult {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly line: number; readonly message: string }[];
}

const linted = ["limitation", "minimization"];
const expected = (JSON.parse(readFileSync(new URL("../app/expected.json", import.meta.url), "utf8")) as Expected[])
  .filter(({ rule, file }) => linted.includes(rule) && /\.tsx?$/.test(file))
  .map(({ rule, file, line }) => `${file}:${line} purpose/${rule}`)
  .sort();

/** A configuration as a user would write it, with the built plugin in place of the installed one. */
function config(parserOptions: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "purpose-lint-eslint-")), "eslint.config.mjs");
  const parser = pathToFileURL(path.join(root, "node_modules/typescript-eslint/dist/index.js")).href;
  writeFileSync(
    file,
    `import purpose from ${JSON.stringify(pathToFileURL(built).href)};
import { parser } from ${JSON.stringify(parser)};
export default [
  { files: ["**/*.ts", "**/*.tsx"], languageOptions: { parser, parserOptions: ${parserOptions} } },
  purpose.configs.recommended,
];
`,
  );
  return file;
}

function eslint(name: string, parserOptions: string): string[] {
  const args = [path.join(root, "node_modules", name, "bin/eslint.js"), "-c", config(parserOptions), "--format", "json", "packages"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: app, encoding: "utf8" });
  expect(stderr).toBe("");
  return (JSON.parse(stdout) as LintResult[])
    .flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line }) => `${path.relative(app, filePath).replaceAll("\\", "/")}:${line} ${ruleId}`),
    )
    .sort();
}

const isNotice = (message: string): boolean => message.endsWith(":1 purpose/manifest");

describe.each(["eslint", "eslint-9"])("%s", (name) => {
  beforeAll(() => {
    if (!existsSync(built)) throw new Error("run `npm run build` first");
  });

  it("reports the app's violations at their sinks, with one program for all packages", () => {
    const messages = eslint(name, `{ project: "./tsconfig.json", tsconfigRootDir: ${JSON.stringify(app)} }`);
    expect(messages.filter((message) => !isNotice(message))).toEqual(expected);
  });

  it("reports the same with a program for each package", () => {
    const messages = eslint(name, `{ projectService: true, tsconfigRootDir: ${JSON.stringify(app)} }`);
    expect(messages.filter((message) => !isNotice(message))).toEqual(expected);
    // What the manifest asks for and no check enforces yet, in one file.
    expect(new Set(messages.filter(isNotice)).size).toBe(1);
  });
});
