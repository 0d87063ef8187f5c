/** The built plugin under the real `eslint` command, in the oldest and the newest major version that it supports, on the example app. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { END, HEAD, makeProject, MANIFEST } from "./project.js";

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

const expected = (JSON.parse(readFileSync(new URL("../app/expected.json", import.meta.url), "utf8")) as Expected[])
  .filter(({ file }) => /\.(tsx?|yaml)$/.test(file))
  .map(({ rule, file, line }) => `${file}:${line} purpose/${rule}`)
  .sort();

/** Where the packages that a configuration imports are: the built plugin in place of the installed one. */
const PACKAGES = {
  "purpose-lint/eslint": pathToFileURL(built).href,
  "typescript-eslint": pathToFileURL(path.join(root, "node_modules/typescript-eslint/dist/index.js")).href,
};

/** The configuration that the README shows. */
const [, CONFIG = "", readme = ""] =
  /^```js\n\/\/ (eslint\.config\.\w+)\n([^]*?)^```$/m.exec(readFileSync(path.join(root, "README.md"), "utf8")) ?? [];
const shown = Object.entries(PACKAGES).reduce((text, [name, url]) => text.replace(`from "${name}"`, `from ${JSON.stringify(url)}`), readme);

function config(parserOptions: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "purpose-lint-eslint-")), "eslint.config.mjs");
  writeFileSync(
    file,
    `import purpose from ${JSON.stringify(PACKAGES["purpose-lint/eslint"])};
import { parser } from ${JSON.stringify(PACKAGES["typescript-eslint"])};
export default [
  { files: ["**/*.ts", "**/*.tsx"], languageOptions: { parser, parserOptions: ${parserOptions} } },
  purpose.configs.recommended,
];
`,
  );
  return file;
}

/** `file:line rule` of every message, sorted, with the command's exit code. What is about the manifest says where in the manifest. */
function run(name: string, cwd: string, ...argv: string[]): { readonly code: number | null; readonly messages: string[] } {
  const args = [path.join(root, "node_modules", name, "bin/eslint.js"), "--format", "json", ...argv];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  expect(stderr).toBe("");
  const messages = (JSON.parse(stdout) as LintResult[]).flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => {
      const inManifest = /^(\S+\.yaml:\d+):\d+ /.exec(message)?.[1];
      return `${inManifest ?? `${path.relative(cwd, filePath).replaceAll("\\", "/")}:${line}`} ${ruleId}`;
    }),
  );
  return { code: status, messages: messages.sort() };
}

function eslint(name: string, parserOptions: string): string[] {
  return run(name, app, "-c", config(parserOptions), "packages").messages;
}

const isNotice = (message: string): boolean => message.endsWith(" purpose/unenforced");

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
    // Everything that the app's manifest asks for is enforced.
    expect(messages.filter(isNotice)).toEqual([]);
  });

  it("runs on a fresh project with the configuration of the README, whatever JavaScript stands beside its TypeScript", () => {
    const project = makeProject({
      [CONFIG]: shown,
      // As `npm init -y` writes it: an `eslint.config.js` would be CommonJS there.
      "package.json": JSON.stringify({ name: "linted", type: "commonjs" }),
      "scripts/release.cjs": "console.log(1);\n",
      "scripts/clean.mjs": "console.log(2);\n",
      "src/main.ts": `${HEAD}upload(user.email);\nmail(1);\n${END}`,
    });
    expect(run(name, project, ".")).toEqual({
      code: 1,
      messages: ["src/main.ts:4 purpose/limitation", "src/main.ts:4 purpose/minimization"],
    });
    // One verdict everywhere: a locator that matches nothing fails here as well.
    const drifting = makeProject({
      [CONFIG]: shown,
      "purpose.yaml": `${MANIFEST}  - { id: gone, purpose: train, call: "./src/sink.ts:gone" }\n`,
    });
    const drift = run(name, drifting, ".");
    expect(drift).toEqual({ code: 1, messages: ["purpose.yaml:19 purpose/manifest"] });
    // Clean code is clean.
    expect(run(name, project, CONFIG, "scripts", "src/model.ts")).toEqual({ code: 0, messages: [] });
  });
});
