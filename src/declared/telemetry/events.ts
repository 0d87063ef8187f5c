/** All events that a program's code annotates: in comments, and in types given to calls. */
import type ts from "typescript";
import type { LinkedFile, Modules } from "../../link/modules.js";
import type { AnnotatedEvent, Tell } from "./annotation.js";
import { assignmentsIn, callsIn, type Call } from "./calls.js";
import { classifiedBy } from "./classifications.js";
import { annotationsIn, type Annotation } from "./comments.js";
import { declaredTypes } from "./declared-types.js";
import { fragmentsOf, propertiesOf } from "./properties.js";

/** Is there anything in a file's text that could be an annotation? */
export const mayAnnotate = (text: string): boolean => /__GDPR__|\bpublicLog(?:Error)?2\b/.test(text) || isClassified(text);

const isClassified = (text: string): boolean => /classification/i.test(text) && /\bpurpose\b/.test(text);

/** Reads them, in the order of files and places. `textOf` gives a file's text. */
export function annotatedEvents(
  compiler: typeof ts,
  modules: Modules,
  textOf: (file: LinkedFile) => string,
  tell: Tell,
): readonly AnnotatedEvent[] {
  const sources = new Map<LinkedFile, ts.SourceFile>();
  const sourceOf = (file: LinkedFile): ts.SourceFile => {
    let source = sources.get(file);
    if (source === undefined) {
      source = compiler.createSourceFile(file.path, textOf(file), compiler.ScriptTarget.Latest, true);
      sources.set(file, source);
    }
    return source;
  };
  const types = declaredTypes(compiler, modules, sourceOf);
  const files = modules.files.filter((file) => mayAnnotate(textOf(file)));
  const annotations = files.map((file) => ({ file, found: annotationsIn(compiler, file, sourceOf(file), tell) }));
  const fragments = fragmentsOf(annotations.flatMap(({ found }) => found));
  return annotations.flatMap(({ file, found }) => {
    const calls = callsIn(compiler, file, sourceOf(file));
    for (const one of found) if (one.kind === "fragment") propertiesOf(one, fragments, tell);
    return [
      ...found.filter(({ kind }) => kind !== "fragment").map((one) => commented(one, calls, file)),
      ...calls.flatMap((call) => typed(file, call) ?? []),
    ];
  });

  function commented(annotation: Annotation, calls: readonly Call[], file: LinkedFile): AnnotatedEvent {
    const { name, kind } = annotation;
    const isSent = ({ texts }: Call): boolean => texts.some((text) => text?.text === name.text);
    const set = kind === "common" ? assignmentsIn(compiler, file, sourceOf(file)).filter((one) => one.name === name.text) : [];
    return {
      name,
      properties: propertiesOf(annotation, fragments, tell),
      calls: [...calls.filter(isSent), ...set].map(({ sending }) => sending),
      ...(kind === "common" && { isCommon: true }),
    };
  }

  function typed(file: LinkedFile, { classification, texts, sending }: Call): AnnotatedEvent | undefined {
    const properties = classification && classifiedBy(compiler, types, classification, file, tell);
    if (classification === undefined || properties === undefined) return undefined;
    // Without a constant name, the event is called as its type is.
    const named = texts.find((text) => text !== undefined);
    const ofType = classification.getText().replace(/(?:Event)?Classification$|<[^]*$/, "");
    if (named === undefined && !/^\w+$/.test(ofType)) {
      tell(file, sending.at, "the event has no constant name", "write its name as a text", "warning");
      return undefined;
    }
    return { name: named ?? { file, at: classification.getStart(), text: ofType }, properties, calls: [sending] };
  }
}
