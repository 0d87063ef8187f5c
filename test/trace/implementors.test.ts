/** Methods of something unknown whose declared type is an interface: those of the classes that implement it, beside near misses. */
import { expect, test } from "vitest";
import { annotated, run } from "./program.js";

const SOURCES = `  - { field: user.email, returns: ./editor.ts:Editor.readFile }
  - { field: user.name, returns: ./editor.ts:Other.readFile }
`;

const FILES = {
  "types.ts": `export interface Base { title(): string } export interface Ide extends Base { readFile(p: string): Promise<string>; log(v: string): void }`,
  "editor.ts": `
    import { train } from "./sink.js";
    import type { Ide } from "./types.js";
    class Editor implements Ide {
      constructor(private readonly disk: Disk) {}
      title() { return "t"; }
      async readFile(p: string): Promise<string> { return p; }
      log(v: string) { this.disk.write(v); }
    }
    class Disk { write(v: string) { train(v); } }
    class Other { async readFile(p: string): Promise<string> { return p; } log(v: string) {} }
    export { Editor, Other };
  `,
};

test("a method of an interface is that of the class that implements it", () => {
  const { found, expected } = annotated(
    `
    import "./editor.js";
    import type { Base, Ide } from "./types.js";
    export class Manager {
      constructor(private readonly ide: Ide) {}
      async diff() {
        train(await this.ide.readFile("x")); //! user.email
        train(this.ide.title()); //! none
      }
    }
    export async function read(ide: Ide) { train(await ide.readFile("x")); } //! user.email
    export function title(base: Base) { train(base.title()); } //! none
    interface Alike { readFile(p: string): Promise<string> }
    export async function alike(ide: Alike) { train(await ide.readFile("x")); } //! none
    `,
    { files: FILES, sources: SOURCES },
  );
  expect(found).toEqual(expected);
});

test("what an interface's method is given goes on in the class, whose fields are of its own types", () => {
  const { flows } = run(
    `
    import "./editor.js";
    import type { Ide } from "./types.js";
    export function log(ide: Ide) { ide.log(loadUser().prompt); }
    `,
    { files: FILES, sources: SOURCES },
  );
  expect(flows.map((f) => `${f.field} ${f.at.file}`)).toEqual(["user.prompt editor.ts"]);
});

test("something else may be of the interface as well: what the interface itself declares counts", () => {
  const { found, expected } = annotated(
    `
    interface Settings { token: string; theme: string }
    interface Ide { settings(): Settings }
    export class Editor implements Ide { settings(): Settings { return { token: "t", theme: "x" }; } }
    export function f(ide: Ide) {
      train(ide.settings().token); //! user.id
      train(ide.settings().theme); //! none
    }
    `,
    { sources: `  - { field: user.id, property: ./main.ts:Settings.token }\n` },
  );
  expect(found).toEqual(expected);
});

test("where many classes implement an interface, none is meant", () => {
  const classes = ["A", "B", "C", "D", "E"].map((n) => `class ${n} implements Model { run() { return loadUser().email; } } new ${n}();`);
  const { found, expected } = annotated(
    `
    interface Model { run(): string }
    ${classes.join("\n")}
    export function f(model: Model) { train(model.run()); } //! none
    `,
  );
  expect(found).toEqual(expected);
});
