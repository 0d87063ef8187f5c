/**
 * One analysis per program and manifest, however many files and rules ask for it. ESLint calls each rule for each file with the
 * same `Program`; the first call pays.
 */
import type ts from "typescript";
import { analyze } from "../../src/analyze.js";
import type { Manifest } from "../../src/manifest/model.js";

import type { Report } from "../../src/report/schema.js";
import { typescriptOf } from "./typescript-of.js";
import { wholeProject } from "./whole-project.js";

export interface Analysis {
  readonly report: Report;
  readonly manifest: Manifest;
  /** What the report's files are relative to: the manifest's folder. */
  readonly root: string;
}

const analyses = new WeakMap<ts.Program, Map<string, Analysis>>();

export function analysisOf(program: ts.Program, manifest: Manifest, today: string): Analysis {
  let ofProgram = analyses.get(program);
  if (ofProgram === undefined) analyses.set(program, (ofProgram = new Map<string, Analysis>()));
  const key = `${manifest.file}\0${manifest.hash}\0${today}`;
  const known = ofProgram.get(key);
  if (known !== undefined) return known;
  const root = manifest.file.slice(0, manifest.file.lastIndexOf("/"));
  const project = wholeProject(program, typescriptOf(program), root);
  const analysis = { report: analyze({ project, manifest, today }), manifest, root };
  ofProgram.set(key, analysis);
  return analysis;
}
