/** Conversions of texts, as the command line makes them. */
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { parse } from "yaml";
import { exportFides, type FidesResources, type Use } from "../../src/fides/export.js";
import { FIDES_KEY } from "../../src/fides/fides.js";
import { manifestOfFides } from "../../src/fides/index.js";
import type { Manifest } from "../../src/manifest/model.js";
import { InputError } from "../../src/report/input-error.js";
import type { Problem } from "../../src/report/build.js";

const brief = ({ file, line, column, severity, message }: Problem): string =>
  `${file === "/fides.yml" ? "" : `${file}:`}${line}:${column} ${severity} ${message}`;

/** The manifest of a Fides file, and what was told; `undefined` with errors. */
export function imported(
  text: string,
  more: Readonly<Record<string, string>> = {},
): { readonly text?: string; readonly told: readonly string[] } {
  const files = Object.entries({ "/fides.yml": text, ...more }).map(([file, of]) => ({ file, text: of }));
  try {
    const { text: manifest, problems } = manifestOfFides(files);
    return { text: manifest, told: problems.map(brief) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { told: error.problems.map(brief) };
  }
}

const validate = new Ajv({ schemaId: "auto", logger: false }).compile(
  JSON.parse(readFileSync("test/fides/fideslang.schema.json", "utf8")) as object,
);

/** What Fides finds wrong with resources: against its schema, and what its models check beside that. */
export function rejected(resources: unknown): unknown[] {
  validate(resources);
  const { dataset = [], system, data_use: uses = [] } = resources as FidesResources;
  const keys = [
    ...dataset.map((one) => one.fides_key),
    ...system.flatMap((one) => [one.fides_key, ...one.privacy_declarations.flatMap((d) => [...d.data_categories])]),
    ...uses.map((one) => one.fides_key),
  ];
  return [
    ...(validate.errors ?? []),
    ...keys.filter((key) => !FIDES_KEY.test(key)),
    ...uses.filter(({ fides_key: key, parent_key: parent = "" }) => parent !== key.split(".").slice(0, -1).join(".")),
    ...dataset.filter(({ collections }) => new Set(collections.map(({ name }) => name)).size < collections.length),
  ];
}

/** What is exported of a manifest; Fides must accept it. */
export function exported(
  manifest: Manifest,
  uses?: readonly Use[],
): { readonly resources: FidesResources; readonly notes: readonly string[] } {
  const { resources, notes } = exportFides(manifest, "shop", uses);
  const wrong = rejected(resources);
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
  return { resources, notes };
}

export const yaml = (text: string): unknown => parse(text);
