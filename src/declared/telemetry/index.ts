/**
 * Telemetry that the code annotates as VS Code does: each property of an event is a field, for the purpose of the manifest that is the
 * same as its `purpose`. Read only where some purpose of the manifest is (`same-as: vscode:FeatureInsight`).
 */
import type ts from "typescript";
import type { LinkedFile, Modules } from "../../link/modules.js";
import { asName } from "../../manifest/as-name.js";
import type { Field, Manifest, ManifestPlace, ManifestProblem, Source } from "../../manifest/model.js";
import { purposeNames } from "../../manifest/purpose-names.js";
import { purposeHierarchy } from "../../manifest/purposes.js";
import { namedTerm } from "../../taxonomy/names.js";
import type { TermKind } from "../../taxonomy/taxonomy.js";
import type { AnnotatedEvent, Classified, Tell, Word } from "./annotation.js";
import { annotatedEvents, mayAnnotate } from "./events.js";

const TAXONOMY = "vscode:";

export interface Telemetry {
  readonly fields: readonly Field[];
  readonly sources: readonly Source[];
  readonly problems: readonly ManifestProblem[];
}

export interface TelemetryInput {
  readonly compiler: typeof ts;
  readonly manifest: Manifest;
  readonly modules: Modules;
  readonly textOf: (file: LinkedFile) => string;
  readonly placeOf: (file: LinkedFile, at: number) => ManifestPlace;
}

/** Reads the annotations of all files, and tells what is wrong with them. */
export function telemetryIn({ compiler, manifest, modules, textOf, placeOf }: TelemetryInput): Telemetry {
  const problems = new Map<string, ManifestProblem>();
  const tell: Tell = (file, at, message, fix, severity) => {
    const place = placeOf(file, at);
    // What is included twice is wrong once.
    problems.set(`${place.file}:${place.line}:${place.column} ${message}`, {
      ...place,
      severity: severity ?? "error",
      code: severity === undefined ? "reference" : "unsupported",
      message,
      fix,
    });
  };
  if (!manifest.purposes.some(({ sameAs = [] }) => sameAs.some((name) => name.startsWith(TAXONOMY))))
    return { fields: [], sources: [], problems: unread(modules, textOf, placeOf) };

  const called = purposeNames(manifest.purposes);
  const hierarchy = purposeHierarchy(manifest.purposes);
  const declared = new Map(manifest.fields.map((field) => [field.id, field]));
  const unmapped = new Set<string>();
  const fields = new Map<string, Field>();
  const sources: Source[] = [];
  for (const event of annotatedEvents(compiler, modules, textOf, tell)) {
    const read = event.properties.flatMap((property) => {
      const id = fieldOf(event, property);
      return id === undefined ? [] : [{ id, property }];
    });
    if (read.length > 0 && event.calls.length === 0 && !event.isCommon)
      tell(
        event.name.file,
        event.name.at,
        `no call in this file names the event \`${event.name.text}\`: where its properties come from is not known`,
        "write the comment in the file of the call, with the name that is sent",
        "warning",
      );
    sources.push(...sourcesOf(event, read, placeOf));
  }
  return { fields: [...fields.values()], sources, problems: [...problems.values()] };

  /** Declares the field of a property, if it can be; its name. */
  function fieldOf(event: AnnotatedEvent, { path, classification, purpose }: Classified): string | undefined {
    const category = term(classification, "categories", "classification");
    const use = purposeOf(purpose);
    if (category === undefined || use === undefined) return undefined;
    const id = [event.name.text, ...path].map(asName).join(".");
    const known = declared.get(id) ?? fields.get(id);
    const place = placeOf(purpose.file, purpose.at);
    if (known === undefined) fields.set(id, { id, categories: [category], purposes: [use], inCode: true, place });
    else if (!hierarchy.isAllowed(known, use)) {
      const where = declared.has(id) ? "in the manifest" : `at ${short(known.place, place)}`;
      tell(
        purpose.file,
        purpose.at,
        `\`${id}\` is for \`${purpose.text}\` here, which is \`${use}\`, and ${where} for ${known.purposes.map((one) => `\`${one}\``).join(", ") || "nothing"}`,
        "let both say the same",
      );
    }
    return id;
  }

  /** The purpose of the manifest. That it has none is told once for each. */
  function purposeOf(word: Word): string | undefined {
    const name = term(word, "purposes", "purpose");
    if (name === undefined) return undefined;
    const [only, second] = called(name);
    if (second === undefined && only !== undefined) return only;
    if (!unmapped.has(name)) {
      const what = only === undefined ? "no purpose of the manifest is" : "several purposes of the manifest are";
      tell(word.file, word.at, `${what} the same as \`${name}\``, `add \`same-as: ${name}\` to the one that it is`);
    }
    unmapped.add(name);
    return undefined;
  }

  function term(word: Word, kind: TermKind, what: string): string | undefined {
    const found = namedTerm(`${TAXONOMY}${word.text}`, kind);
    if (found.ok) return found.value.name;
    tell(word.file, word.at, `there is no ${what} \`${word.text}\``, found.fix.replaceAll(TAXONOMY, ""));
    return undefined;
  }
}

/** Each property is taken in by each call that sends the event, wherever in its arguments it is. */
function sourcesOf(
  { name, calls, isCommon }: AnnotatedEvent,
  read: readonly { readonly id: string; readonly property: Classified }[],
  placeOf: TelemetryInput["placeOf"],
): Source[] {
  const place = placeOf(name.file, name.at);
  const isOpen = read.some(({ property }) => property.isPrefix);
  return calls.flatMap(({ file, at, end, positions }) =>
    positions.flatMap((position) =>
      read
        .filter(({ property }) => !property.isPrefix)
        .map(({ id, property }): Source => {
          const path = isCommon ? [] : property.path.map((prop) => ({ k: "prop" as const, name: prop }));
          const argument = { text: [position, ...(isCommon ? [] : property.path)].join("."), position, path };
          return { field: id, at: { kind: "site", file: file.path, at, end, argument, ...(isOpen && { open: true }) }, place };
        }),
    ),
  );
}

const short = ({ file, line }: ManifestPlace, from: ManifestPlace): string => (file === from.file ? `line ${line}` : `${file}:${line}`);

/** Annotations that nobody asked to read: told once. */
function unread(modules: Modules, textOf: TelemetryInput["textOf"], placeOf: TelemetryInput["placeOf"]): ManifestProblem[] {
  const ANNOTATION = /\/[/*]\s*__GDPR__\w*\s+"|\bpublicLog(?:Error)?2\s*</;
  const file = modules.files.find((one) => mayAnnotate(textOf(one)) && ANNOTATION.test(textOf(one)));
  if (file === undefined) return [];
  return [
    {
      ...placeOf(file, ANNOTATION.exec(textOf(file))!.index),
      severity: "warning",
      code: "unsupported",
      message: "telemetry is annotated here with its purposes, and no purpose of the manifest is one of them: the annotations are not read",
      fix: "add `same-as: vscode:FeatureInsight`, or whichever it is, to the purposes that they are",
    },
  ];
}
