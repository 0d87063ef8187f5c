import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { corpus, LIB, MANIFEST } from "./corpus.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));
let built = "";

// The oracle starts a process of its own, which needs JavaScript; its folder depends on no other.
beforeAll(() => {
  built = corpus({ "package.json": '{ "type": "module" }' });
  symlinkSync(path.join(repository, "node_modules"), path.join(built, "node_modules"));
  const source = path.join(repository, "src/conformance");
  for (const file of readdirSync(source, { recursive: true }) as string[]) {
    if (!file.endsWith(".ts")) continue;
    const { outputText } = ts.transpileModule(readFileSync(path.join(source, file), "utf8"), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    const target = path.join(built, "conformance", file.replace(/\.ts$/, ".js"));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
});

/** What the oracle prints on one case, without its last line, and its exit code. */
function verify(files: Readonly<Record<string, string>>): { status: number | null; problems: string[] } {
  const cases = Object.entries(files).map(([name, text]): [string, string] => [`cases/a/b/${name}`, text]);
  const top = corpus({ "purpose.yaml": MANIFEST, "cases/a/b/lib.ts": LIB, ...Object.fromEntries<string>(cases) });
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(built, "conformance/oracle.js"), top], { encoding: "utf8" });
  return { status, problems: [...stdout.trim().split("\n").slice(0, -1), ...(stderr === "" ? [] : [stderr])] };
}

const IMPORTS = 'import { load, Local, rating, rows, train, type Trainer } from "./lib.js";\nrows(true); rows(false);\n';
const main = (text: string) => verify({ "main.ts": IMPORTS + text });
const GOOD = { status: 0, problems: [] };

describe("the oracle", () => {
  it("accepts annotations that say what arrives", () => {
    const text = [
      "const user = load();",
      "train(user); //! user.email user.id",
      "train(user.email.split('@')[1]); //! user.email",
      "train(user.email.length, rating > 3); //! none",
      "train(rating / 2); //! feedback.rating",
      "train(",
      "  btoa(user.id),",
      "); //! user.id",
      "const trainer: Trainer = new Local();",
      "trainer.fit({ id: user.id }); //! user.id",
      "[user.id].forEach((id) => train(id)); //! user.id",
      "if (user.id === '') train(user.id); //! none",
      "export {};",
    ];
    expect(main(text.join("\n"))).toEqual(GOOD);
  });

  it("finds a field too many and a field too few", () => {
    expect(main("train(load().id); //! user.id user.email\ntrain(load()); //! user.id\ntrain(1); //! user.id")).toEqual({
      status: 1,
      problems: [
        "a/b/main.ts:3  states user.email user.id, the run shows user.id",
        "a/b/main.ts:4  states user.id, the run shows user.email user.id",
        "a/b/main.ts:5  states user.id, the run shows none",
        expect.stringMatching(/^hint: a mark shows in every part of a text, but not .*: state such a field as static-only$/),
      ],
    });
  });

  it("finds a flow where none is stated", () => {
    expect(main("train({ note: `by ${load().email}` }); //! none").problems).toEqual([
      "a/b/main.ts:3  states none, the run shows user.email",
    ]);
  });

  it("finds a sink without an annotation, even where nothing arrives", () => {
    expect(main("train(1);").problems).toEqual(["a/b/main.ts:3  a sink call without an annotation; the run shows none"]);
  });

  it("finds an annotation that no sink call stands behind", () => {
    expect(main("const user = load(); //! user.id\nvoid user;").problems).toEqual(["a/b/main.ts:3  no sink was called here"]);
  });

  it("finds a field that the manifest does not declare", () => {
    expect(main("train(1); //! none static-only: user.mail").problems).toEqual(["a/b/main.ts:3  the manifest declares no field user.mail"]);
  });

  it("wants static-only fields not to arrive, and dynamic-only ones to", () => {
    expect(main("train(load().id); //! user.id static-only: user.email")).toEqual(GOOD);
    expect(main("train(load().id); //! none static-only: user.id").status).toBe(1);
    expect(main("train(load().id); //! dynamic-only: user.id")).toEqual(GOOD);
    expect(main("train(1); //! dynamic-only: user.id").status).toBe(1);
  });

  it("finds what escapes: exceptions and rejections, at once or later", () => {
    expect(main("throw new Error('unexpected');").problems[0]).toContain("threw: unexpected");
    expect(main("void Promise.reject(new Error('unexpected'));").problems[0]).toContain("unhandled rejection: unexpected");
    expect(main("export {};\nsetTimeout(() => { throw new Error('later'); });").problems[0]).toContain("uncaught: later");
  });

  it("finds what is wrong at a returned value", () => {
    expect(verify({ "main.ts": 'import { rows } from "./lib.js";\nrows(false);' }).problems).toEqual([
      "a/b/lib.ts:9  no sink was called here",
    ]);
  });

  it("looks only at the sink's argument, and only where its condition holds", () => {
    const text = [
      'import OpenAI from "openai";',
      "const client = new OpenAI();",
      "const user = load();",
      'await client.files.create({ purpose: "fine-tune", file: user.id, note: user.email }); //! user.id',
      'await client.files.create({ purpose: "assistants", file: user.email });',
    ];
    expect(main(text.join("\n"))).toEqual(GOOD);
  });

  it("makes up globals that the manifest names", () => {
    const text =
      "declare function currentUser(): { email: string };\ndeclare function trainModel(x: unknown): void;\ntrainModel(currentUser().email); //! user.email";
    expect(main(text)).toEqual(GOOD);
  });

  it("runs CommonJS beside ES modules, path aliases and JSX", () => {
    const files = {
      "main.tsx": `${IMPORTS}import legacy from "./legacy.cjs";\nimport { Card } from "@/card";\nimport { renderToString } from "react-dom/server";\ntrain(legacy.name(load())); //! user.id\nrenderToString(<Card mail={load().email} />);`,
      "legacy.cjs": "module.exports = { name: (user) => user.id };",
      "src/card.tsx":
        'import { train } from "../lib.js";\nexport const Card = ({ mail }: { mail: string }) => (\n  <p>\n    {train(mail)} {/*! user.email */}\n  </p>\n);',
      "tsconfig.json": '{ "compilerOptions": { "jsx": "react-jsx", "paths": { "@/*": ["./src/*"] } } }',
    };
    expect(verify(files)).toEqual(GOOD);
  });

  it("finds the packages of the case and of its corpus", () => {
    const pack = (name: string, main: string) => ({
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: "index.js" }),
      [`node_modules/${name}/index.js`]: main,
    });
    const files = {
      ...pack("mine", "exports.twice = (text) => text + text;"),
      "main.ts": `${IMPORTS}import { twice } from "mine";\nimport { once } from "ours";\ntrain(twice(load().id)); //! user.id\ntrain(once(load().id)); //! user.id`,
    };
    const above = Object.entries(pack("ours", "exports.once = (text) => text;")).map(([name, text]) => [`../../../${name}`, text]);
    expect(verify({ ...files, ...(Object.fromEntries(above) as Record<string, string>) })).toEqual(GOOD);
  });

  it("says so of a package that is installed nowhere", () => {
    const { status, problems } = main('import { gone } from "not-there";\ngone();');
    expect(status).toBe(1);
    expect(problems[0]).toContain("main.ts imports not-there, which is neither in the case nor installed");
  });

  it("makes up packages with every name that is asked of them", () => {
    const call = (client: string): string => `await new ${client}().files.create({ purpose: "fine-tune", file: load().id }); //! user.id`;
    const text = [
      'import { OpenAI } from "openai";',
      'import * as all from "openai";',
      'import Default from "openai";',
      'import { OpenAI as Again } from "./client.js";',
      'const { OpenAI: Late } = await import("openai");',
      ...["OpenAI", "all.OpenAI", "Default", "Again", "Late"].map(call),
    ];
    const client = 'export { OpenAI } from "openai";';
    expect(verify({ "main.ts": IMPORTS + text.join("\n"), "client.ts": client })).toEqual(GOOD);
  });
});
