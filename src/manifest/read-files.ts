/** Reads a manifest and all that it extends, each file once, what is extended before what extends it. */
import path from "node:path";
import { findPack, type ReadFile } from "./extends.js";
import type { Problems } from "./problems.js";
import { loadModel } from "../models/load.js";
import type { LibraryModel } from "../models/model.js";
import { findModels } from "./find-models.js";
import { resolveFile, type Draft } from "./resolve/draft.js";
import { checkShape, type Shaped } from "./shape.js";
import { parseYaml } from "./yaml/parse.js";
import { positionOf, type Path, type Tree } from "./yaml/tree.js";

export interface ReadManifest {
  /** Packs first, the manifest itself last; without files that cannot be read as YAML. */
  readonly drafts: readonly Draft[];
  /** What the files say of libraries, the manifest itself first. */
  readonly models: readonly LibraryModel[];
  /** Of every file, those that describe libraries too. */
  readonly texts: readonly string[];
}

export function readFiles(file: string, text: string, readFile: ReadFile, problems: Problems): ReadManifest {
  const drafts: Draft[] = [];
  const models: LibraryModel[] = [];
  const texts: string[] = [];
  const done = new Set<string>();

  function read(at: string, source: string, above: readonly string[]): void {
    const report = problems.in(at);
    const tree = parseYaml(source, report);
    if (tree !== undefined) {
      const shaped = checkShape(tree, report);
      const context = { file: at, folder: path.posix.dirname(at), tree, report };
      const extended = new Set<string>();
      for (const [name, where] of named(shaped, "extends")) {
        if (extended.has(name)) report("duplicate", positionOf(tree, where), `\`${name}\` is extended twice`, "remove one");
        else readPack(name, where, tree, at, [...above, at]);
        extended.add(name);
      }
      const ofFile: LibraryModel[] = [];
      for (const model of findModels(
        context,
        shaped.input.models === undefined ? undefined : named(shaped, "models"),
        at === file,
        readFile,
      )) {
        if (done.has(model.file)) continue;
        done.add(model.file);
        texts.push(model.text);
        const loaded = loadModel(model.file, model.text, problems.in(model.file));
        if (loaded !== undefined) ofFile.push(loaded);
      }
      models.unshift(...ofFile);
      drafts.push(resolveFile(context, shaped));
    }
    texts.push(source);
  }

  function readPack(name: string, where: Path, tree: Tree, from: string, above: readonly string[]): void {
    const pack = findPack(name, path.posix.dirname(from), readFile);
    const fail = (message: string, fix: string): void => problems.in(from)("extends", positionOf(tree, where), message, fix);
    if (!pack.ok) {
      fail(pack.message, pack.fix);
      return;
    }
    const cycle = above.indexOf(pack.value.file);
    if (cycle >= 0) {
      const round = [...above.slice(cycle), pack.value.file].map((one) => path.posix.basename(one));
      fail(`\`${name}\` extends itself: ${round.join(" → ")}`, "remove one of these `extends`");
      return;
    }
    if (done.has(pack.value.file)) return;
    done.add(pack.value.file);
    read(pack.value.file, pack.value.text, above);
  }

  read(file, text, []);
  return { drafts, models, texts };
}

/** The files that a key names, each with its place; none when it is not written. */
function named({ input, isWrong }: Shaped, key: "extends" | "models"): (readonly [name: string, where: Path])[] {
  const names = input[key];
  if (names === undefined || isWrong([key])) return [];
  if (typeof names === "string") return [[names, [key]]];
  return names.map((name, index) => [name, [key, index]] as const);
}
