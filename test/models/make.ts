/** Library models from text, for tests. */
import { collectProblems } from "../../src/manifest/problems.js";
import { loadModel } from "../../src/models/load.js";
import type { LibraryModel } from "../../src/models/model.js";

export const FILE = "/repo/purpose.models.yaml";

/** The model and what is wrong with it: `2:10 value: … → what to do`. */
export function load(text: string): { readonly model: LibraryModel | undefined; readonly problems: readonly string[] } {
  const problems = collectProblems(new Set());
  const model = loadModel(FILE, text, problems.in(FILE));
  return { model, problems: problems.all.map(({ line, column, code, message, fix }) => `${line}:${column} ${code}: ${message} → ${fix}`) };
}

export const wrong = (text: string): readonly string[] => load(text).problems;
