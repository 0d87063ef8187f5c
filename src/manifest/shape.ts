/** Is a file's shape that of a manifest? Holds it against the schema and says what is wrong where, in words about manifests. */
import { z } from "zod";
import type { ProblemCode } from "./model.js";
import { suggestion } from "./nearest.js";
import type { Report } from "./problems.js";
import { CRITERIA, manifestSchema, type ManifestInput } from "./schema.js";
import { keysAt } from "./schema-keys.js";
import { DAY_FIX, DURATION_FIX, type Wrong } from "./schema-values.js";
import { STATUSES } from "./status.js";
import { keyPositionOf, plain, positionOf, valueAt, type Path, type Tree } from "./yaml/tree.js";

type Issue = z.core.$ZodIssue;

/** What a file must be: a manifest, or another kind of file that is told of in the same words. */
export interface Form {
  readonly schema: z.core.$ZodType;
  /** `manifest`. */
  readonly noun: string;
  /** How it goes on behind its version. */
  readonly sections: string;
}

const MANIFEST: Form = { schema: manifestSchema, noun: "manifest", sections: "sections: `purposes:`, `fields:` …" };

export interface Shaped {
  /** Of the right shape everywhere but in the entries that {@link isWrong} names; unknown keys may be left in it. */
  readonly input: ManifestInput;
  /** Is the entry at `[section, name or index]`, or the section, not of the right shape? Such entries must not be read. */
  readonly isWrong: (path: Path) => boolean;
}

export function checkShape(tree: Tree, report: Report): Shaped {
  const data = plain(tree);
  const wrong = new Set(tellShape(tree, data, report, MANIFEST).map(entryOf));
  // No schema transforms: what is not wrong has the schema's type already, in its own order.
  const input = (tree.kind === "map" ? data : {}) as ManifestInput;
  return { input, isWrong: (path) => wrong.has("") || wrong.has(entryOf(path.slice(0, 1))) || wrong.has(entryOf(path)) };
}

/** Tells what of a file is not of its form's shape; gives the places of what cannot be read. An unknown key leaves the rest of its entry readable. */
export function tellShape(tree: Tree, data: unknown, report: Report, form: Form): readonly Path[] {
  const result = z.core.safeParse(form.schema, data);
  const issues = result.success ? [] : result.error.issues;
  for (const issue of issues) tell(tree, issue, issue.path as Path, report, form);
  return issues.filter((issue) => issue.code !== "unrecognized_keys").map((issue) => issue.path as Path);
}

/** What is read as one: a section's entry, or a key of the top that is no section. */
function entryOf(path: Path): string {
  return path.slice(0, path[0] === "notice" || path[0] === "extends" || path[0] === "models" ? 1 : 2).join("\0");
}

function tell(tree: Tree, issue: Issue, path: Path, report: Report, form: Form): void {
  switch (issue.code) {
    case "unrecognized_keys":
      for (const key of issue.keys) tellUnknownKey(tree, [...path, key], key, report, form);
      return;
    case "invalid_union": {
      tellUnion(tree, issue, path, report, form);
      return;
    }
    case "invalid_key": {
      const [inner] = issue.issues;
      const [code, fix] = wrongOf(inner) ?? ["value", "use another name"];
      report(code, keyPositionOf(tree, path), inner?.message ?? "this cannot be a name", fix);
      return;
    }
    case "invalid_type": {
      tellType(tree, issue.expected, path, report, form);
      return;
    }
    case "invalid_format": {
      // The one pattern in the schema is the other way to write a status.
      tellValue(tree, STATUSES, path, report, form);
      return;
    }
    case "invalid_value": {
      tellValue(tree, issue.values.map(String), path, report, form);
      return;
    }
    default: {
      const [code, fix] = wrongOf(issue) ?? ["value", `write what the ${form.noun}'s reference says`];
      const blankCriterion = code === "value" && isCriterion(path);
      const message = blankCriterion ? missingCriterion(tree, path) : issue.message;
      report(blankCriterion ? "assessment-criteria" : code, positionOf(tree, path), message, blankCriterion ? criterionFix(path) : fix);
    }
  }
}

/** `sources[0].field`, as findings name it. */
function pathText(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

function wrongOf(issue: Issue | undefined): readonly [ProblemCode, string] | undefined {
  if (issue?.code !== "custom") return issue?.code === "too_small" ? ["value", "write something here, or remove the key"] : undefined;
  const { code, fix } = issue.params as unknown as Wrong;
  return [code, fix];
}

function tellUnknownKey(tree: Tree, path: Path, key: string, report: Report, form: Form): void {
  const where = path.length === 1 ? "" : ` in \`${pathText(path.slice(0, -1))}\``;
  const fix =
    key === "<<"
      ? `write the keys out: a ${form.noun} has no merge keys`
      : suggestion(key, keysAt(path.slice(0, -1), form.schema), "remove it, or look it up in the reference");
  report("unknown-key", keyPositionOf(tree, path), `unknown key \`${key}\`${where}`, fix);
}

/** Of the alternatives, the one whose kind of value stands there: its issues say more than that none fits. */
function tellUnion(tree: Tree, issue: Issue & { code: "invalid_union" }, path: Path, report: Report, form: Form): void {
  if (valueAt(tree, path) === undefined) {
    tellMissing(tree, path, report, form);
    return;
  }
  const meant = issue.errors.find(
    (issues) => issues.length > 0 && !issues.some((one) => one.code === "invalid_type" && one.path.length === 0),
  );
  if (meant === undefined) {
    tellType(tree, expectedOf(issue), path, report, form);
    return;
  }
  for (const one of meant) tell(tree, one, [...path, ...(one.path as Path)], report, form);
}

function expectedOf(issue: Issue & { code: "invalid_union" }): string {
  const kinds = issue.errors
    .flat()
    .flatMap((one) => (one.code === "invalid_type" ? [one.expected] : one.code === "invalid_value" ? ["string"] : []));
  return [...new Set<string>(kinds)].join("|");
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
  null: "null",
};

/** Keys whose text is no number in quotes: `retention: 30`. */
const WRITTEN: Readonly<Record<string, string>> = {
  since: DAY_FIX,
  "disclosed-since": DAY_FIX,
  date: DAY_FIX,
  expires: DAY_FIX,
  retention: DURATION_FIX,
  "warn-before": DURATION_FIX,
};

function tellType(tree: Tree, expected: string, path: Path, report: Report, form: Form): void {
  const value = valueAt(tree, path);
  if (value === undefined) {
    tellMissing(tree, path, report, form);
    return;
  }
  const wanted = expected.split("|").map((kind) => KINDS[kind] ?? kind);
  if (path.length === 0) {
    const found = value.kind === "list" ? "a list" : `\`${value.kind === "scalar" ? value.text : ""}\``;
    report("type", value.at, `a ${form.noun} must be a map, and is ${found}`, `begin with \`version: 1\`, then write ${form.sections}`);
    return;
  }
  const name = typeof path.at(-1) === "number" ? "the item" : `\`${path.at(-1)}\``;
  const text = value.kind === "scalar" ? value.text : "";
  if (value.kind === "scalar" && value.value === null) {
    report("type", keyPositionOf(tree, path), `${name} is empty`, `write ${wanted.join(" or ")}, or remove the key`);
    return;
  }
  const found = value.kind === "scalar" ? `\`${text}\`` : KINDS[value.kind === "list" ? "array" : "object"]!;
  const isText = value.kind === "scalar" && wanted.includes("text");
  const fix = isText ? (WRITTEN[String(path.at(-1))] ?? `put it in quotes: "${text}"`) : `write ${wanted.join(" or ")}`;
  report(wanted.join() === "a number" ? "number" : "type", value.at, `${name} must be ${wanted.join(" or ")}, and is ${found}`, fix);
}

function tellMissing(tree: Tree, path: Path, report: Report, form: Form): void {
  const at = keyPositionOf(tree, path.slice(0, -1));
  const key = String(path.at(-1));
  if (path.length === 1 && key === "version") report("version", at, `the ${form.noun} does not say its version`, "begin with `version: 1`");
  else if (isCriterion(path)) report("assessment-criteria", at, missingCriterion(tree, path), criterionFix(path));
  else
    report(
      "missing-key",
      at,
      `${path.length === 1 ? `the ${form.noun}` : `\`${pathText(path.slice(0, -1))}\``} has no \`${key}\``,
      `add \`${key}\``,
    );
}

/** `compatibility.0.link`, and what is below it. */
function isCriterion(path: Path): boolean {
  return path[0] === "compatibility" && typeof path[2] === "string" && Object.hasOwn(CRITERIA, path[2]);
}

function missingCriterion(tree: Tree, path: Path): string {
  const name = (key: string): string => {
    const value = valueAt(tree, [...path.slice(0, 2), key]);
    return value?.kind === "scalar" ? `\`${value.text}\`` : "?";
  };
  return `the assessment of ${name("from")} for ${name("to")} does not assess \`${String(path[2])}\``;
}

function criterionFix(path: Path): string {
  return `write down ${CRITERIA[path[2] as keyof typeof CRITERIA]}`;
}

/** What an enumerated value is called. */
const NOUNS: Readonly<Record<string, string>> = {
  basis: "lawful basis",
  yields: "status",
  requires: "status",
  status: "status",
  "may-send": "status",
  mode: "mode of consent",
  signals: "signal",
  mechanism: "mechanism",
  accounting: "accounting",
};

function tellValue(tree: Tree, known: readonly string[], path: Path, report: Report, form: Form): void {
  const value = valueAt(tree, path);
  if (value === undefined) {
    tellMissing(tree, path, report, form);
    return;
  }
  if (value.kind !== "scalar" || value.value === null) {
    tellType(tree, "string", path, report, form);
    return;
  }
  if (path[0] === "version") {
    if (value.value === String(known[0])) {
      report(
        "version",
        value.at,
        `\`version\` must be the number ${value.text}, and is the text "${value.text}"`,
        `write \`version: ${value.text}\``,
      );
      return;
    }
    report("version", value.at, `this is version ${value.text} of the format, which is not known`, "write `version: 1`");
    return;
  }
  const key = path.findLast((step) => typeof step === "string") ?? "";
  report("value", value.at, `unknown ${NOUNS[key] ?? key} \`${value.text}\``, suggestion(value.text, known, "look it up in the reference"));
}
