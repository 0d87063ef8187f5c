import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Locator } from "../../src/manifest/model.js";
import { openProgram, openVirtual, type DeclarationCache, type Project, type TypeOracle, type TypeShape } from "../../src/program/index.js";
import { temporary } from "./temporary.js";

const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    types: ["node"],
    lib: ["es2023", "dom"],
  },
});

/** `./src/a.ts:x.y`, `openai:OpenAI.files`, `global:fetch`, with files relative to `/project`. */
function locator(text: string): Locator {
  const at = text.lastIndexOf(":");
  const [module, path] = [text.slice(0, at), text.slice(at + 1).split(".")];
  if (module === "global") return { text, module: { kind: "global" }, path };
  if (module.startsWith(".")) return { text, module: { kind: "file", glob: module.replace(/^\./, "/project"), written: module }, path };
  return { text, module: { kind: "package", name: module }, path };
}

/** The standard library is parsed once for all tests here. */
const declarations: DeclarationCache = new Map();
const open = (files: Readonly<Record<string, string>>): Project =>
  openVirtual({ "tsconfig.json": TSCONFIG, ...files }, { ts, nodeModules, declarations });

function oracleOf(project: Project): TypeOracle {
  const oracle = project.types();
  if (oracle === undefined) throw new Error("no oracle");
  return oracle;
}

/** The span of `expression` in `file`, there where it stands between `«` and `»` in the text. */
function marked(files: Readonly<Record<string, string>>): {
  readonly project: Project;
  readonly span: readonly [file: string, at: number, end: number];
} {
  let span: readonly [string, number, number] | undefined;
  const plain = Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const at = text.indexOf("«");
      if (at >= 0) span = [`/project/${name}`, at, text.indexOf("»") - 1];
      return [name, text.replace("«", "").replace("»", "")];
    }),
  );
  if (span === undefined) throw new Error("nothing is marked");
  return { project: open(plain), span };
}

function refers(files: Readonly<Record<string, string>>, ...locators: readonly string[]): readonly boolean[] {
  const { project, span } = marked(files);
  return locators.map((text) => oracleOf(project).refersTo(...span, locator(text)));
}

const OPENAI = `import OpenAI from "openai"; const client = new OpenAI();\n`;

describe("refersTo: packages", () => {
  it("a method through a property's type, and not its neighbour", () => {
    expect(
      refers(
        { "a.ts": `${OPENAI}await «client.files.create»({} as never);` },
        "openai:OpenAI.files.create",
        "openai:OpenAI.files.list",
        "openai:OpenAI.chat.completions.create",
      ),
    ).toEqual([true, false, false]);
  });
  it.each([
    ["a parameter's type", `import type OpenAI from "openai"; export function f(api: OpenAI) { return «api.files.create»({} as never); }`],
    ["a renamed import", `import { OpenAI as Api } from "openai"; «new Api().files.create»({} as never);`],
    ["a namespace import", `import * as o from "openai"; «new o.OpenAI().files.create»({} as never);`],
    ["a destructured resource", `${OPENAI}const { files } = client; «files.create»({} as never);`],
    ["a destructured method", `${OPENAI}const { create } = client.files; «create»({} as never);`],
    ["a method in a variable", `${OPENAI}const send = client.files.create; «send»({} as never);`],
    ["an element access", `${OPENAI}«client.files["create"]»({} as never);`],
    [
      "an optional receiver",
      `import type OpenAI from "openai"; export function f(api?: OpenAI) { return «api?.files.create»({} as never); }`,
    ],
    [
      "a factory's result",
      `import OpenAI from "openai"; const make = async () => ({ api: new OpenAI() }); «(await make()).api.files.create»({} as never);`,
    ],
    [
      "the resource's own class",
      `import { Files } from "openai/resources/files"; export function f(files: Files) { return «files.create»({} as never); }`,
    ],
    ["a subclass of the package", `import { AzureOpenAI } from "openai"; «new AzureOpenAI({}).files.create»({} as never);`],
    ["a subclass of the project's", `import OpenAI from "openai"; class Mine extends OpenAI {} «new Mine().files.create»({} as never);`],
    [
      "a Pick",
      `import type OpenAI from "openai"; export function f(api: Pick<OpenAI, "files">) { return «api.files.create»({} as never); }`,
    ],
    ["the whole call", `${OPENAI}await «client.files.create({} as never)»;`],
  ])("by %s", (_, text) => expect(refers({ "a.ts": text }, "openai:OpenAI.files.create")).toEqual([true]));

  it.each([
    [
      "an own class of the same shape",
      `class Files { create(x: never) { return x; } } const client = { files: new Files() }; «client.files.create»({} as never);`,
    ],
    ["another resource's create", `${OPENAI}«client.images.generate»({} as never);`],
    ["any", `const client: any = null; «client.files.create»({});`],
  ])("not %s", (_, text) => expect(refers({ "a.ts": text }, "openai:OpenAI.files.create")).toEqual([false]));

  it("a class: by name, as default, in a variable, and by its subclass", () => {
    expect(refers({ "a.ts": `import O from "openai"; new «O»();` }, "openai:OpenAI", "openai:default", "openai:AzureOpenAI")).toEqual([
      true,
      true,
      false,
    ]);
    expect(refers({ "a.ts": `import { AzureOpenAI } from "openai"; «new AzureOpenAI({})»;` }, "openai:OpenAI")).toEqual([true]);
    expect(refers({ "a.ts": `import OpenAI from "openai"; const C = OpenAI; new «C»();` }, "openai:OpenAI")).toEqual([true]);
  });

  it("functions and namespaces", () => {
    expect(refers({ "a.ts": `import { parse as read } from "yaml"; «read»("");` }, "yaml:parse", "yaml:stringify")).toEqual([true, false]);
    expect(refers({ "a.ts": `import { z } from "zod"; «z.object»({});` }, "zod:z.object", "zod:object", "zod:z.string")).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("through a re-export of the project's own", () => {
    expect(
      refers(
        { "barrel.ts": `export { parse as readYaml } from "yaml";`, "a.ts": `import { readYaml } from "./barrel"; «readYaml»("");` },
        "yaml:parse",
        "./barrel.ts:readYaml",
      ),
    ).toEqual([true, true]);
  });

  it("built-ins with and without the prefix", () => {
    expect(
      refers(
        { "a.ts": `import { writeFileSync } from "fs"; «writeFileSync»("", "");` },
        "node:fs:writeFileSync",
        "fs:writeFileSync",
        "fs:readFileSync",
      ),
    ).toEqual([true, true, false]);
  });

  it("everything in a package", () => {
    expect(refers({ "a.ts": `import { parse } from "yaml"; «parse»("");` }, "yaml:*", "zod:*")).toEqual([true, false]);
  });

  it("globals, declared or not", () => {
    expect(refers({ "a.ts": `«fetch»("");` }, "global:fetch", "global:structuredClone")).toEqual([true, false]);
    expect(refers({ "a.ts": `«globalThis.fetch»("");` }, "global:fetch")).toEqual([true]);
    expect(
      refers(
        { "a.ts": `«localStorage.setItem»("", "");` },
        "global:localStorage.setItem",
        "global:Storage.setItem",
        "global:sessionStorage.removeItem",
      ),
    ).toEqual([true, true, false]);
    expect(refers({ "a.ts": `«gtag»("event");` }, "global:gtag")).toEqual([true]);
    expect(refers({ "a.ts": `function fetch(x: string) { return x; } «fetch»(""); export {};` }, "global:fetch")).toEqual([false]);
  });
});

describe("refersTo: ambient modules", () => {
  it("declared by the project, and not declared at all", () => {
    const untyped = `declare module "untyped" { export function send(x: string): void; }`;
    const code = `import { send } from "untyped"; «send»("");`;
    expect(refers({ "untyped.d.ts": untyped, "a.ts": code }, "untyped:send", "untyped:other")).toEqual([true, false]);
    expect(refers({ "a.ts": code }, "untyped:send")).toEqual([false]);
  });
});

describe("refersTo: own files", () => {
  const model = `export interface User { id: string; email: string; name: string; address: { city: string } }
export class Store { put(x: string): void {} static open(): Store { return new Store(); } }
export interface Sink { send(x: string): void }
export const train = async (x: string): Promise<void> => {};
export default function main(): void {}
function hidden(): void {} hidden();`;
  const at = (text: string, ...locators: readonly string[]): readonly boolean[] =>
    refers(
      {
        "src/model.ts": model,
        "src/a.ts": `import main, { train, Store, type Sink, type User } from "./model.js";\ndeclare const user: User;\n${text}`,
      },
      ...locators,
    );

  it("a property, read, destructured, renamed, picked, in a union", () => {
    expect(at(`«user.email»;`, "./src/model.ts:User.email", "./src/model.ts:User.id")).toEqual([true, false]);
    expect(at(`const { email } = user; «email»;`, "./src/model.ts:User.email")).toEqual([true]);
    expect(at(`const { email: e } = user; «e»;`, "./src/model.ts:User.email", "./src/model.ts:User.id")).toEqual([true, false]);
    expect(at(`declare const p: Pick<User, "email">; «p.email»;`, "./src/model.ts:User.email")).toEqual([true]);
    expect(at(`declare const p: User | { email: string }; «p.email»;`, "./src/model.ts:User.email")).toEqual([true]);
    expect(at(`declare const p: { email: string }; «p.email»;`, "./src/model.ts:User.email")).toEqual([false]);
  });
  it("a property called as every function's", () => expect(at(`«user.name»;`, "./src/model.ts:User.name")).toEqual([true]));
  it("a nested property", () =>
    expect(at(`«user.address.city»;`, "./src/model.ts:User.address.city", "./src/model.ts:User.address")).toEqual([true, false]));
  it("an arrow function by its name, its alias and its type", () => {
    expect(at(`«train»("");`, "./src/model.ts:train", "./src/model.ts:main")).toEqual([true, false]);
    expect(at(`const go = train; «go»("");`, "./src/model.ts:train")).toEqual([true]);
    expect(at(`export function f(go: typeof train) { return «go»(""); }`, "./src/model.ts:train")).toEqual([true]);
  });
  it("the default export, by default and by name; a function that is not exported", () => {
    expect(at(`«main»();`, "./src/model.ts:default", "./src/model.ts:main")).toEqual([true, true]);
    expect(refers({ "src/model.ts": `function hidden(): void {} «hidden»();` }, "./src/model.ts:hidden")).toEqual([true]);
  });
  it("globs, and everything in a file", () => {
    expect(at(`«train»("");`, "./src/**:train", "./src/**:*", "./lib/**:train", "./src/model.ts:*")).toEqual([true, true, false, true]);
  });
  it("static and instance members apart", () => {
    expect(at(`«Store.open»();`, "./src/model.ts:Store.open", "./src/model.ts:Store.put")).toEqual([true, false]);
  });
  it("overriding, implementing, and merely looking alike", () => {
    expect(at(`class Disk extends Store { override put(x: string) {} } «new Disk().put»("");`, "./src/model.ts:Store.put")).toEqual([true]);
    expect(
      at(`class Deep extends (class extends Store {}) { override put(x: string) {} } «new Deep().put»("");`, "./src/model.ts:Store.put"),
    ).toEqual([true]);
    expect(at(`class Mail implements Sink { send(x: string) {} } «new Mail().send»("");`, "./src/model.ts:Sink.send")).toEqual([true]);
    expect(at(`class Other { put(x: string) {} } «new Other().put»("");`, "./src/model.ts:Store.put")).toEqual([false]);
    expect(at(`class Disk extends Store { override put(x: string) {} } «new Store().put»("");`, "./src/a.ts:Disk.put")).toEqual([false]);
  });
  it("an inherited member of a named subclass, on that subclass alone", () => {
    const text = `export class Disk extends Store {} export class Tape extends Store {}`;
    expect(at(`${text} «new Disk().put»("");`, "./src/a.ts:Disk.put")).toEqual([true]);
    expect(at(`${text} «new Tape().put»("");`, "./src/a.ts:Disk.put", "./src/model.ts:Store.put")).toEqual([false, true]);
  });
  it("JavaScript: CommonJS exports and classes", () => {
    const files = {
      "lib.js": `class Box { put(x) {} }\nmodule.exports = { Box, send: (x) => x };`,
      "a.js": `const { Box, send } = require("./lib"); const b = new Box(); «b.put»(1); send(2);`,
    };
    expect(refers(files, "./lib.js:Box.put", "./lib.js:send")).toEqual([true, false]);
  });
  it("across tsconfigs, and a workspace package by its name", () => {
    const files = {
      "package.json": JSON.stringify({ workspaces: ["packages/*"] }),
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "packages/app" }, { path: "packages/lib" }] }),
      "packages/app/package.json": JSON.stringify({ name: "app" }),
      "packages/app/tsconfig.json": TSCONFIG,
      "packages/app/a.ts": `import { train } from "@acme/lib"; «train»("");`,
      "packages/lib/package.json": JSON.stringify({ name: "@acme/lib", main: "dist/index.js" }),
      "packages/lib/tsconfig.json": TSCONFIG,
      "packages/lib/src/index.ts": `export * from "./train";`,
      "packages/lib/src/train.ts": `export const train = (x: string) => x; export const other = 1;`,
    };
    expect(
      refers(files, "@acme/lib:train", "./packages/lib/src/train.ts:train", "./packages/lib/src/index.ts:train", "@acme/lib:other"),
    ).toEqual([true, true, true, false]);
  });
  it("a span that is no expression, and a file that is not the project's", () => {
    const { project, span } = marked({ "a.ts": `export const «x = 1; const» y = 2;` });
    expect(oracleOf(project).refersTo(...span, locator("./a.ts:x"))).toBe(false);
    expect(oracleOf(project).refersTo("/nowhere.ts", 0, 1, locator("./a.ts:x"))).toBe(false);
  });
});

describe("typeDeclaration", () => {
  const declaration = (files: Readonly<Record<string, string>>): string | undefined => {
    const { project, span } = marked(files);
    const ref = oracleOf(project).typeDeclaration(...span);
    return ref && `${ref.module}:${ref.path.join(".")}`;
  };
  it.each([
    ["a package's class", `import OpenAI from "openai"; export const c = new OpenAI(); «c»;`, "openai:OpenAI"],
    ["a property's class", `import OpenAI from "openai"; export const c = new OpenAI(); «c.files»;`, "openai:Files"],
    ["an awaited promise", `class A { x = 1 } async function f() { return new A(); } «f()»;`, "/project/a.ts:A"],
    ["an interface, possibly undefined", `interface A { x: 1 } declare const a: A | undefined; «a»;`, "/project/a.ts:A"],
    ["an alias", `type A = { x: 1 }; declare const a: A; «a»;`, "/project/a.ts:A"],
    ["a type parameter's constraint", `interface A { x: 1 } function f<T extends A>(t: T) { «t»; }`, "/project/a.ts:A"],
    ["a namespace's interface", `namespace N { export interface A { x: 1 } } declare const a: N.A; «a»;`, "/project/a.ts:N.A"],
    ["the library's", `«new Date()»;`, "global:Date"],
    ["@types", `import { Pool } from "pg"; «new Pool()»;`, "pg:Pool"],
    ["an anonymous object", `«{ x: 1 }»;`, undefined],
    ["a primitive", `const s = "x"; «s»;`, undefined],
    ["two classes", `class A { x = 1 } class B { x = 2 } declare const u: A | B; «u»;`, undefined],
  ])("%s", (_, text, expected) => expect(declaration({ "a.ts": text })).toBe(expected));

  it("gives the place of the name", () => {
    const { project, span } = marked({ "a.ts": `export class Box {} «new Box()»;` });
    expect(oracleOf(project).typeDeclaration(...span)).toEqual({ module: "/project/a.ts", path: ["Box"], file: "/project/a.ts", at: 13 });
  });
});

describe("shape", () => {
  /** Without `declared`, which other tests look at. */
  const bare = (shape: TypeShape | undefined): TypeShape | undefined => {
    if (shape === undefined) return undefined;
    const { props, element, open, primitive } = shape;
    return {
      ...(open === undefined ? {} : { open }),
      ...(primitive === undefined ? {} : { primitive }),
      ...(props === undefined
        ? {}
        : { props: Object.fromEntries(Object.entries(props).map(([name, inner]) => [name, bare(inner) ?? {}])) }),
      ...(element === undefined ? {} : { element: bare(element) ?? {} }),
    };
  };
  const shape = (text: string, depth = 4): TypeShape | undefined => {
    const { project, span } = marked({ "a.ts": text });
    return bare(oracleOf(project).shape(...span, depth));
  };
  const STRING = { primitive: "string" };

  it("own and inherited properties, methods skipped", () => {
    expect(
      shape(`class A { id = ""; #secret = ""; run() {} } class B extends A { n = 1; go = () => 1; get size() { return 2n; } } «new B()»;`),
    ).toEqual({
      props: { id: STRING, n: { primitive: "number" }, size: { primitive: "bigint" } },
    });
  });
  it("arrays, tuples, sets, maps, records, generators", () => {
    expect(
      shape(
        `declare const x: { a: string[]; b: [string, string]; c: Set<string>; d: Map<number, string>; e: Record<string, string>; f: AsyncGenerator<string> }; «x»;`,
      ),
    ).toEqual({
      props: {
        a: { element: STRING },
        b: { element: STRING },
        c: { element: STRING },
        d: { element: STRING },
        e: { element: STRING, props: {} },
        f: { element: STRING },
      },
    });
  });
  it("unions merged, undefined dropped, promises awaited", () => {
    expect(shape(`declare const x: Promise<{ a: string } | { b?: number | string; c: "x" | "y" } | undefined>; «x»;`)).toEqual({
      props: { a: STRING, b: STRING, c: { primitive: "literal" } },
    });
  });
  it("a cycle ends, and so does depth", () => {
    expect(shape(`interface Node { name: string; next: Node } declare const n: Node; «n»;`)).toEqual({ props: { name: STRING, next: {} } });
    expect(shape(`declare const x: { a: { b: { c: string } } }; «x»;`, 2)).toEqual({ props: { a: { props: { b: {} } } } });
  });
  it("any, unknown, and type parameters are open", () => {
    expect(shape(`declare const x: { a: any; b: unknown }; «x»;`)).toEqual({ props: { a: { open: true }, b: { open: true } } });
    expect(shape(`function f<T>(t: T) { «t»; }`)).toEqual({ open: true });
    expect(shape(`function f<T extends { a: string }>(t: T) { «t»; }`)).toEqual({ props: { a: STRING } });
  });
  it("dates and buffers have no properties; errors do", () => {
    expect(shape(`declare const x: { d: Date; b: Buffer; u: Uint8Array; e: Error }; «x»;`)).toMatchObject({
      props: { d: {}, b: {}, u: {}, e: { props: { message: STRING } } },
    });
    expect(shape(`declare const b: Buffer; «b»;`)).toEqual({});
  });
  it("what the project adds to the library's own", () => {
    expect(shape(`declare global { interface Date { note: string } } declare const d: Date; «d»; export {};`)).toEqual({
      props: { note: STRING },
    });
  });
  it("a type parameter with more", () =>
    expect(shape(`function f<T>(t: T & { a: string }) { «t»; }`)).toEqual({ open: true, props: { a: STRING } }));
  it("what a schema leaves", () => {
    expect(
      shape(
        `import { z } from "zod"; const User = z.object({ id: z.string(), email: z.string().optional() }); «User.pick({ id: true }).parse({})»;`,
      ),
    ).toEqual({ props: { id: STRING } });
  });
  it("mapped types", () => {
    expect(shape(`interface U { id: string; email: string } declare const x: Omit<U, "email">; «x»;`)).toEqual({ props: { id: STRING } });
  });
  it("says where inner types are declared", () => {
    const { project, span } = marked({ "a.ts": `export interface A { x: 1 } declare const o: { a: A }; «o»;` });
    expect(oracleOf(project).shape(...span, 2)?.props?.["a"]?.declared).toMatchObject({ module: "/project/a.ts", path: ["A"] });
  });
});

describe("exists", () => {
  const oracle = oracleOf(open({ "src/a.ts": `import "openai"; export class Box { put() {} } export const loose: any = 1;` }));
  it.each([
    ["openai:OpenAI.files.create", true],
    ["openai:OpenAI.files.creat", false],
    ["openai:*", true],
    ["yaml:Document.toJS", true],
    ["yaml:Documents", false],
    ["not-installed:thing", undefined],
    ["fs:writeFile", true],
    ["fs:writeFiles", false],
    ["./src/a.ts:Box.put", true],
    ["./src/a.ts:Box.get", false],
    ["./src/a.ts:loose.what", undefined],
    ["./src/gone.ts:x", false],
    ["./src/**:*", true],
    ["./lib/**:*", false],
    ["global:fetch", true],
    ["global:gtag", undefined],
  ])("%s: %s", (text, expected) => expect(oracle.exists(locator(text))).toBe(expected));
});

describe("a linter's program", () => {
  it("answers by its own checker", () => {
    const root = temporary({
      "tsconfig.json": { compilerOptions: { types: [] } },
      "a.ts": `import { f } from "./b"; f();`,
      "b.ts": "export const f = () => 1;",
    });
    const program = ts.createProgram([`${root}/a.ts`], {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
    });
    const oracle = oracleOf(openProgram(program, ts, root));
    const text = "./b.ts:f";
    const own: Locator = { text, module: { kind: "file", glob: `${root}/b.ts`, written: "./b.ts" }, path: ["f"] };
    expect(oracle.refersTo(`${root}/a.ts`, 25, 26, own)).toBe(true);
    expect(oracle.refersTo(`${root}/a.ts`, 25, 26, { ...own, path: ["g"] })).toBe(false);
  });
});
