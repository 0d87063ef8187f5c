/** Small programs in memory, driven through the whole trace. */
import { loadManifest } from "../../src/manifest/load.js";
import type { Manifest } from "../../src/manifest/model.js";
import type { Project } from "../../src/program/project.js";
import { trace } from "../../src/trace/index.js";
import type { TraceResult } from "../../src/trace/result.js";

const PRELUDE = `import { loadUser } from "./source.js";\nimport { train } from "./sink.js";\n`;

const FILES: Readonly<Record<string, string>> = {
  "source.ts": `export interface User { id: string; email: string; name: string; prompt: string; age: number; tags: string[] }
export function loadUser(): User { return { id: "i", email: "e", name: "n", prompt: "p", age: 1, tags: ["t"] }; }
export interface Body { [key: string]: unknown }
`,
  "sink.ts": "export function train(...examples: unknown[]): void { void examples; }\n",
};

const MANIFEST = `version: 1
purposes:
  train: { basis: legitimate-interest, notice: to train }
fields:
  user.id: { for: [train] }
  user.email: { for: [train] }
  user.name: { for: [train] }
  user.prompt: { for: [train] }
  user.age: { for: [train] }
  user.tags: { for: [train] }
sources:
  - { field: user.*, returns: ./source.ts:loadUser }
sinks:
  - { id: train, purpose: train, call: ./sink.ts:train }
`;

export interface ProgramOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly sources?: string;
  readonly sinks?: string;
  /** Further purposes. */
  readonly purposes?: string;
  /** Packages of the same workspace: the file that each begins with. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Files that are no source: a schema. */
  readonly assets?: Readonly<Record<string, string>>;
  /** The project's own library model. */
  readonly models?: string;
  /** Instead of the usual one, and of `sources` and `sinks`. */
  readonly manifest?: string;
}

/** Runs `code` (a module that has `loadUser` and `train`) with further files and manifest lines. */
export function run(code: string, options: ProgramOptions = {}): TraceResult {
  const { project, manifest } = programOf(code, options);
  return trace(project, manifest);
}

/** The same, before it runs. */
export function programOf(code: string, options: ProgramOptions = {}): { readonly project: Project; readonly manifest: Manifest } {
  const root = "/app";
  const files = { ...FILES, ...options.files, "main.ts": PRELUDE + code };
  const manifest =
    options.manifest ??
    MANIFEST.replace("fields:\n", `${options.purposes ?? ""}fields:\n`).replace(
      "sinks:\n",
      `${options.sources ?? ""}${options.sinks ?? "sinks:\n"}`,
    );
  const loaded = loadManifest(`${root}/purpose.yaml`, (f) =>
    f === `${root}/purpose.yaml` ? manifest : f === `${root}/purpose.models.yaml` ? options.models : undefined,
  );
  if (loaded.manifest === undefined || loaded.problems.some((p) => p.severity === "error"))
    throw new Error(loaded.problems.map((p) => p.message).join("\n"));
  const names = Object.keys(files).sort();
  const project: Project = {
    root,
    files: names.map((name) => ({ path: `${root}/${name}`, name, text: () => files[name as keyof typeof files] })),
    problems: [],
    resolveModule: (_from, specifier) => {
      if (specifier.startsWith("node:")) return { kind: "builtin", name: specifier.slice(5) };
      if (specifier.startsWith(".")) {
        const exact = specifier.replace(/^\.\//, "");
        const name = names.includes(exact) ? exact : exact.replace(/\.js$/, ".ts");
        return names.includes(name) ? { kind: "file", path: `${root}/${name}` } : { kind: "unresolved", specifier };
      }
      const own = options.packages?.[specifier];
      if (own !== undefined) return { kind: "file", path: `${root}/${own}` };
      const parts = specifier.split("/");
      const count = specifier.startsWith("@") ? 2 : 1;
      return { kind: "package", name: parts.slice(0, count).join("/"), subpath: parts.slice(count).join("/") };
    },
    assets: (ending) => Object.keys(options.assets ?? {}).filter((name) => name.endsWith(ending)),
    asset: (path) => options.assets?.[path],
    types: () => undefined,
  };
  return { project, manifest: loaded.manifest };
}

/** What arrives at each `train` of the code, by its order: `["user.email user.id", ""]`. Calls are told by their line. */
export function flowsOf(code: string, options: Parameters<typeof run>[1] = {}): string[] {
  const result = run(code, options);
  const lines = (PRELUDE + code).split("\n");
  return lines.flatMap((text, i) =>
    /\btrain\(/.test(text)
      ? [[...new Set(result.flows.filter((f) => f.at.file === "main.ts" && f.at.line === i + 1).map((f) => f.field))].sort().join(" ")]
      : [],
  );
}

/** Checks each line with a sink against its comment: `train(x); //! user.email`. */
export function annotated(
  code: string,
  options: Parameters<typeof run>[1] = {},
): { readonly found: string[]; readonly expected: string[] } {
  const expected = code
    .split("\n")
    .flatMap((text) => (/\btrain\(/.test(text) ? [(/\/\/!\s*(.*)$/.exec(text)?.[1] ?? "").trim().replace(/^none$/, "")] : []));
  const found = flowsOf(code, options);
  const lines = code.split("\n").filter((text) => /\btrain\(/.test(text));
  return {
    found: found.map((f, i) => `${lines[i]!.replace(/\/\/!.*$/, "").trim()} → ${f}`),
    expected: expected.map((f, i) => `${lines[i]!.replace(/\/\/!.*$/, "").trim()} → ${f}`),
  };
}
