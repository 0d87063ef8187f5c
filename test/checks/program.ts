/** Small programs in memory with a manifest of their own, through trace and judge: what one check finds. */
import { loadManifest } from "../../src/manifest/load.js";
import type { RuleId } from "../../src/judge/finding.js";
import { judge, type Judgement } from "../../src/judge/judge.js";
import type { Project } from "../../src/program/project.js";
import { trace } from "../../src/trace/index.js";

const ROOT = "/app";

export function judgeProgram(manifest: string, files: Readonly<Record<string, string>>): Judgement {
  const loaded = loadManifest(`${ROOT}/purpose.yaml`, (file) => (file === `${ROOT}/purpose.yaml` ? manifest : undefined));
  const errors = loaded.problems.filter(({ severity }) => severity === "error");
  if (loaded.manifest === undefined || errors.length > 0)
    throw new Error(errors.map((p) => `${p.line}:${p.column} ${p.message}`).join("\n"));
  const project = projectOf(files);
  return judge(trace(project, loaded.manifest), loaded.manifest, { today: "2026-06-01", root: ROOT });
}

/** The errors of a manifest: `3:5 message`. */
export function mistakes(manifest: string): string[] {
  const { problems } = loadManifest(`${ROOT}/purpose.yaml`, (file) => (file === `${ROOT}/purpose.yaml` ? manifest : undefined));
  return problems.filter(({ severity }) => severity === "error").map((p) => `${p.line}:${p.column} ${p.message}`);
}

/** `src/main.ts:4 error message` of each finding of one rule, in order. */
export function findings(rule: RuleId, manifest: string, files: Readonly<Record<string, string>>): string[] {
  return judgeProgram(manifest, files)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ location, severity, message }) => `${location.file}:${location.line} ${severity} ${message}`);
}

function projectOf(files: Readonly<Record<string, string>>): Project {
  const names = Object.keys(files).sort();
  return {
    root: ROOT,
    files: names.filter((name) => !name.endsWith(".json")).map((name) => ({ path: `${ROOT}/${name}`, name, text: () => files[name]! })),
    problems: [],
    resolveModule: (from, specifier) => {
      if (specifier.startsWith("node:")) return { kind: "builtin", name: specifier.slice(5) };
      if (!specifier.startsWith(".")) {
        const parts = specifier.split("/");
        const count = specifier.startsWith("@") ? 2 : 1;
        return { kind: "package", name: parts.slice(0, count).join("/"), subpath: parts.slice(count).join("/") };
      }
      const path = new URL(specifier, `file://${from}`).pathname.replace(/\.js$/, ".ts");
      return path.slice(ROOT.length + 1) in files ? { kind: "file", path } : { kind: "unresolved", specifier };
    },
    assets: () => [],
    asset: (path) => files[path.slice(ROOT.length + 1)],
    types: () => undefined,
  };
}
