/** Whole programs in memory, from the manifest to the findings of one rule. */
import path from "node:path";
import { analyze } from "../../src/analyze.js";
import type { RuleId } from "../../src/judge/finding.js";
import { loadManifest } from "../../src/manifest/load.js";
import type { Project } from "../../src/program/project.js";
import type { ReportFinding } from "../../src/report/schema.js";
import { TODAY } from "./make.js";

const ROOT = "/repo";

export type Files = Readonly<Record<string, string>>;

export function findings(rule: RuleId, files: Files): ReportFinding[] {
  const loaded = loadManifest(`${ROOT}/purpose.yaml`, (file) => files[file.slice(ROOT.length + 1)], { today: TODAY });
  if (loaded.manifest === undefined)
    throw new Error(loaded.problems.map(({ line, column, message }) => `${line}:${column} ${message}`).join("\n"));
  const names = Object.keys(files)
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
    .sort();
  const project: Project = {
    root: ROOT,
    files: names.map((name) => ({ path: `${ROOT}/${name}`, name, text: () => files[name]! })),
    problems: [],
    resolveModule: (from, specifier) => {
      if (specifier.startsWith("node:")) return { kind: "builtin", name: specifier.slice(5) };
      if (specifier.startsWith(".")) {
        const base = path.posix.join(path.posix.dirname(from), specifier).slice(ROOT.length + 1);
        const stem = base.replace(/\.[cm]?jsx?$/, "");
        const name = [base, `${stem}.ts`, `${stem}.tsx`, `${stem}/index.ts`].find((one) => names.includes(one));
        return name === undefined ? { kind: "unresolved", specifier } : { kind: "file", path: `${ROOT}/${name}` };
      }
      const parts = specifier.split("/");
      const count = specifier.startsWith("@") ? 2 : 1;
      return { kind: "package", name: parts.slice(0, count).join("/"), subpath: parts.slice(count).join("/") };
    },
    asset: () => undefined,
    assets: () => [],
    types: () => undefined,
  };
  return analyze({ project, manifest: loaded.manifest, today: TODAY }).findings.filter((finding) => finding.rule === rule);
}

/** `src/save.ts:4 error user.email may be kept …`, in order. */
export function check(rule: RuleId, files: Files): string[] {
  return findings(rule, files).map(({ location, severity, message }) => `${location.file}:${location.line} ${severity} ${message}`);
}
