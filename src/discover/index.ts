/**
 * discover: where code keeps what may be personal data, by the names it keeps it under.
 *
 * Takes a project, of which only names are read; gives what is possible, with its places. No manifest is looked at, and what is found here
 * is no field: it is for somebody to look at who writes one.
 */
import type ts from "typescript";
import { classify, type Category } from "../classify/classify.js";
import { CONFIDENCES } from "../classify/vocabulary.js";
import { wordsOf } from "../classify/words.js";
import { parseFacts } from "../facts/extract.js";
import type { Project } from "../program/project.js";
import { prismaModels } from "../trace/stores/prisma/prisma-schema.js";
import { isTest } from "../trace/test-code.js";
import { declaredNames } from "./declared-names.js";

export interface Possible extends Category {
  /** As it is spelled where it is first declared: `phone_number`. */
  readonly name: string;
  /** All places under this name and category, by file and line. */
  readonly places: readonly PossiblePlace[];
}

export interface PossiblePlace {
  /** Relative to the project. */
  readonly file: string;
  readonly line: number;
  readonly owner: string;
  /** Its `property` in a source of a manifest that lies at the project's root; absent where it has none. */
  readonly locator?: string;
}

/** Most certain first, then by name. */
export function discover(project: Project, compiler: typeof ts): readonly Possible[] {
  const found = new Map<string, { readonly name: string; readonly is: Category; readonly places: PossiblePlace[] }>();
  const note = (name: string, owner: string, place: PossiblePlace): void => {
    const is = classify(name, owner);
    if (is === undefined) return;
    const key = `${is.category}|${wordsOf(name).join(" ")}`;
    if (!found.has(key)) found.set(key, { name, is, places: [] });
    found.get(key)!.places.push(place);
  };
  for (const file of project.files) {
    if (isTest(file.path)) continue;
    const facts = parseFacts(file.path, file.text(), compiler);
    for (const { name, owner, path, at } of declaredNames(facts)) {
      const line = facts.lineStarts.findLastIndex((start) => start <= at) + 1;
      note(name, owner, { file: file.name, line, owner, ...(path && { locator: `./${file.name}:${path.join(".")}` }) });
    }
  }
  for (const asset of project.assets?.(".prisma") ?? []) {
    const text = project.asset(asset) ?? "";
    const file = asset.startsWith(`${project.root}/`) ? asset.slice(project.root.length + 1) : asset;
    for (const { name: owner, fields } of prismaModels(text))
      for (const { name, type } of fields) if (SCALARS.has(type)) note(name, owner, { file, line: lineOf(text, owner, name), owner });
  }
  return [...found.values()]
    .map(({ name, is, places }) => ({ name, ...is, places: [...places].sort((a, b) => compare(a.file, b.file) || a.line - b.line) }))
    .sort((a, b) => rank(a) - rank(b) || compare(a.category, b.category) || compare(a.name, b.name));
}

/** Prisma's types of columns that hold something; another is a relation or an enumeration. */
const SCALARS = new Set(["String", "Int", "BigInt", "Float", "Decimal", "DateTime", "Json", "Bytes"]);

const rank = ({ confidence }: Category): number => CONFIDENCES.indexOf(confidence);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function lineOf(schema: string, model: string, field: string): number {
  const from = schema.search(new RegExp(`^\\s*(?:model|view|type)\\s+${model}\\b`, "m"));
  const at = from + Math.max(0, schema.slice(from).search(new RegExp(`^[ \\t]*${field}\\s`, "m")));
  return schema.slice(0, at).split("\n").length;
}
