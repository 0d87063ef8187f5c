/** The analyser on a generated program: which fields it reports at which sink, and what it says it could not follow. */
import { loadManifest } from "../../manifest/load.js";
import type { Manifest } from "../../manifest/model.js";
import type { Project } from "../../program/project.js";
import { trace } from "../../trace/index.js";
import type { BlindSpot } from "../../trace/result.js";
import { analysedFiles, MANIFEST } from "./frame.js";
import type { Program } from "./program.js";

export interface Analysis {
  /** Fields by sink. */
  readonly reported: ReadonlyMap<number, ReadonlySet<string>>;
  readonly blindSpots: readonly BlindSpot[];
  /** Of the processor: how busy the machine is does not count. */
  readonly milliseconds: number;
}

const ROOT = "/fuzz";

const LOADED = loadOwn();

function loadOwn(): Manifest {
  const file = `${ROOT}/purpose.yaml`;
  const { manifest: loaded, problems } = loadManifest(file, (name) => (name === file ? MANIFEST : undefined));
  if (loaded === undefined) throw new Error(problems.map((problem) => problem.message).join("\n"));
  return loaded;
}

/** Analyses a program. What the analyser throws is thrown. */
export function analyse(program: Program): Analysis {
  const files = analysedFiles(program);
  const start = process.cpuUsage();
  const { flows, blindSpots } = trace(projectOf(files), LOADED);
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1_000;
  const reported = new Map<number, Set<string>>();
  const lines = new Map(Object.entries(files).map(([name, text]) => [name, text.split("\n")]));
  for (const { field, at } of flows) {
    const id = Number(/^train\((\d+),/u.exec(lines.get(at.file)![at.line - 1]!.slice(at.column - 1))?.[1]);
    const fields = reported.get(id) ?? new Set<string>();
    reported.set(id, fields.add(field));
  }
  return { reported, blindSpots, milliseconds };
}

/** The files as a project in memory, without types. */
function projectOf(files: Readonly<Record<string, string>>): Project {
  const names = Object.keys(files).sort();
  return {
    root: ROOT,
    files: names.map((name) => ({ path: `${ROOT}/${name}`, name, text: () => files[name]! })),
    problems: [],
    resolveModule: (_, specifier) => {
      if (specifier.startsWith("node:")) return { kind: "builtin", name: specifier.slice("node:".length) };
      const name = specifier.replace("./", "").replace(/\.js$/u, ".ts");
      return name in files ? { kind: "file", path: `${ROOT}/${name}` } : { kind: "unresolved", specifier };
    },
    asset: () => undefined,
    types: () => undefined,
  };
}
