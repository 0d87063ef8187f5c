/**
 * Declarations in code: `@collects user.email`, `@trains train`, `@yields pseudonymised` in a JSDoc comment say what `sources`, `sinks` and
 * `transforms` of the manifest say. Purposes are declared in the manifest only: that is what lawyers read; and so are fields, but for those
 * of annotated telemetry ({@link telemetryIn}), each for a purpose of the manifest.
 */
import path from "node:path";
import type ts from "typescript";
import type { LinkedFile, Modules } from "../link/modules.js";
import { fieldIndex } from "../manifest/field-pattern.js";
import { parseLocator } from "../manifest/locator.js";
import type { Locator, Manifest, ManifestPlace, ManifestProblem, Sink, Source, Transform } from "../manifest/model.js";
import { nearest, suggestion } from "../manifest/nearest.js";
import { purposeNames } from "../manifest/purpose-names.js";
import { parseStatus, STATUSES } from "../manifest/status.js";
import { telemetryIn } from "./telemetry/index.js";
import { unnamedTags } from "./unnamed.js";
import { taggedIn, type Tagged } from "./tagged.js";

/** What the code declares, and what is wrong in that. */
export interface InCode extends Pick<Manifest, "fields" | "sources" | "sinks" | "transforms"> {
  readonly problems: readonly ManifestProblem[];
}

/** Reads the tags and annotations of all files. `textOf` gives a file's text. */
export function declaredInCode(manifest: Manifest, modules: Modules, textOf: (file: string) => string, compiler: typeof ts): InCode {
  const out = { sources: [] as Source[], sinks: [] as Sink[], transforms: [] as Transform[], problems: [] as ManifestProblem[] };
  const known = { fields: fieldIndex(manifest.fields.map(({ id }) => id)), purposes: manifest.purposes.map(({ id }) => id) };
  const called = purposeNames(manifest.purposes);
  const ids = new Set(manifest.sinks.map(({ id }) => id));
  for (const file of modules.files) {
    const named = taggedIn(file.facts);
    for (const tagged of named) declare(tagged, file);
    out.problems.push(...unnamedTags(textOf(file.path), new Set(named.map(({ tag }) => tag.at)), placeIn(file)));
  }
  const telemetry = telemetryIn({
    compiler,
    manifest,
    modules,
    textOf: (file) => textOf(file.path),
    placeOf: (file, at) => placeIn(file)(at),
  });
  return {
    ...out,
    fields: telemetry.fields,
    sources: [...out.sources, ...telemetry.sources],
    problems: [...out.problems, ...telemetry.problems],
  };

  function declare(tagged: Tagged, file: LinkedFile): void {
    const place = placeIn(file)(tagged.tag.at);
    const [word = ""] = tagged.tag.text.split(/\s/);
    const fail = (message: string, fix: string): void => {
      out.problems.push({ ...place, severity: "error", code: "reference", message, fix });
    };
    const locator = locatorOf(tagged, file, place);
    if (locator === undefined) {
      fail(`\`@${tagged.tag.tag}\` stands at something that no locator can name`, "declare it in the manifest");
      return;
    }
    const [purpose] = called(word);
    switch (tagged.tag.tag) {
      case "collects":
        if (known.fields.match(word).length === 0)
          fail(`\`@collects\` names no declared field: \`${word}\``, suggestion(word, known.fields.ids, "declare it under `fields`"));
        else out.sources.push({ field: word, at: sourceAt(tagged, locator), place });
        break;
      case "trains":
        if (purpose === undefined)
          fail(`\`@trains\` names no declared purpose: \`${word}\``, suggestion(word, known.purposes, "declare it under `purposes`"));
        else if (tagged.kind === "property") fail("`@trains` stands at what cannot be called", "put it above the function that trains");
        else out.sinks.push(sinkAt(tagged, locator, purpose, place));
        break;
      default:
        yields(tagged, word, locator, place, fail);
    }
  }

  function yields(
    { tag, kind, generator }: Tagged,
    word: string,
    locator: Locator,
    place: ManifestPlace,
    fail: (message: string, fix: string) => void,
  ): void {
    const status = parseStatus(/^differentially-private\([^)]*\)/.exec(tag.text)?.[0] ?? word);
    if (status === undefined) {
      // A generator's `@yields {number} the next one` is JSDoc's own.
      const isOurs =
        /^\w/.test(word) && (nearest(word.replace(/\(.*/, ""), STATUSES) !== undefined || (generator !== true && tag.text.trim() === word));
      if (isOurs) fail(`\`@yields\` names no status: \`${word}\``, suggestion(word, STATUSES, "name a status"));
      return;
    }
    if (kind !== "function") fail("`@yields` stands at what cannot be called", "put it above the function whose result has that status");
    else if (status.status === "anonymised")
      fail("`@yields anonymised` has no evidence", "declare it under `transforms` of the manifest, with `evidence` and `expires`");
    else
      out.transforms.push({
        locator,
        yields: status.status,
        ...(status.privacy && { epsilon: status.privacy.epsilon, delta: status.privacy.delta }),
        place,
      });
  }

  function sinkAt({ kind, index }: Tagged, locator: Locator, purpose: string, place: ManifestPlace): Sink {
    const id = ids.has(locator.text) ? `${locator.text} (${purpose})` : locator.text;
    ids.add(id);
    const argument = kind === "parameter" ? { argument: { text: String(index), position: index!, path: [] } } : {};
    return { id, purpose, at: { kind: "call", locator, ...argument }, when: [], place };
  }

  function locatorOf({ path: members }: Tagged, file: LinkedFile, place: ManifestPlace): Locator | undefined {
    const relative = path.posix.relative(path.posix.dirname(manifest.file), file.path);
    const module = relative.startsWith("../") ? relative : `./${relative}`;
    const parsed = parseLocator(`${module}:${members.join(".")}`, path.posix.dirname(manifest.file));
    return parsed.ok ? { ...parsed.value, place } : undefined;
  }
}

function sourceAt({ kind, index }: Tagged, locator: Locator): Source["at"] {
  switch (kind) {
    case "property":
      return { kind: "property", locator };
    case "function":
      return { kind: "returns", locator, path: [] };
    case "parameter":
      return { kind: "parameter", locator, argument: { text: String(index), position: index!, path: [] } };
  }
}

/** Line and column of an offset. */
const placeIn =
  ({ path: file, facts: { lineStarts } }: LinkedFile) =>
  (at: number): ManifestPlace => {
    let line = 0;
    while (line + 1 < lineStarts.length && lineStarts[line + 1]! <= at) line++;
    return { file, line: line + 1, column: at - lineStarts[line]! + 1 };
  };

/** The manifest with what the code declares behind its own. */
export const withCode = (manifest: Manifest, { fields, sources, sinks, transforms }: InCode): Manifest =>
  fields.length + sources.length + sinks.length + transforms.length === 0
    ? manifest
    : {
        ...manifest,
        fields: [...manifest.fields, ...fields],
        sources: [...manifest.sources, ...sources],
        sinks: [...manifest.sinks, ...sinks],
        transforms: [...manifest.transforms, ...transforms],
      };
