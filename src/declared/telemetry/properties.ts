/** The properties that an annotation describes, with those of the fragments that it includes. */
import type { LinkedFile } from "../../link/modules.js";
import { nearest } from "../../manifest/nearest.js";
import { METADATA, type Classified, type Tell, type Word } from "./annotation.js";
import type { Annotation, Json } from "./comments.js";

/** Of one event: fragments that include fragments multiply. */
const MAX_PROPERTIES = 1000;

/** More than one of a name are one with the properties of all. */
export type Fragments = ReadonlyMap<string, readonly Annotation[]>;

export const fragmentsOf = (annotations: readonly Annotation[]): Fragments => {
  const fragments = new Map<string, Annotation[]>();
  for (const one of annotations) if (one.kind === "fragment") fragments.set(one.name.text, [...(fragments.get(one.name.text) ?? []), one]);
  return fragments;
};

/** Reads all that an event, a fragment or a common property describes. What is wrong is told once, where it stands. */
export function propertiesOf(annotation: Annotation, fragments: Fragments, tell: Tell): readonly Classified[] {
  if (annotation.kind === "common") return leaf(annotation.name.file, annotation.body, [], annotation.name, tell);
  let left = MAX_PROPERTIES;
  const all = inside(annotation, [], annotation.kind === "fragment" ? [annotation.name.text] : []);
  if (left < 0)
    tell(
      annotation.name.file,
      annotation.name.at,
      `\`${annotation.name.text}\` has more than ${MAX_PROPERTIES} properties with those it includes: no more are read`,
      "describe it in parts",
      "warning",
    );
  return all;

  /** `above`: the fragments on the way here, which must not come again. */
  function inside({ name: { file }, body }: Annotation, path: readonly string[], above: readonly string[]): Classified[] {
    return (body.entries ?? []).flatMap(([name, value]): Classified[] => {
      if (--left < 0) return [];
      if (name.text === "${include}") return included(file, value, path, above);
      if (name.text === "${wildcard}") return (value.items ?? []).flatMap((item) => wildcard(file, item, path, name, tell));
      const below = [...path, name.text];
      const inline = value.entries?.find(([key]) => key.text === "${inline}");
      if (inline !== undefined) return included(file, inline[1], below, above);
      if (METADATA.has(name.text) && value.entries === undefined) return [];
      return leaf(file, value, below, name, tell);
    });
  }

  function included(file: LinkedFile, names: Json, path: readonly string[], above: readonly string[]): Classified[] {
    if (names.items === undefined) {
      tell(file, names.at, "what is included is a list", 'write `[ "${Fragment}" ]`');
      return [];
    }
    return names.items.flatMap((item) => {
      const name = /^\$\{(.+)\}$/.exec(item.text ?? "")?.[1];
      if (name === undefined) {
        tell(file, item.at, "a fragment is expected here", 'write its name as `"${Fragment}"`');
        return [];
      }
      const found = fragments.get(name);
      if (found === undefined) {
        const near = nearest(name, fragments.keys());
        const fix = near === undefined ? "describe it in a `__GDPR__FRAGMENT__` comment" : `did you mean \`${near}\`?`;
        tell(file, item.at, `there is no fragment \`${name}\``, fix);
        return [];
      }
      if (above.includes(name)) {
        tell(file, item.at, `the fragment \`${name}\` includes itself`, "remove one of these includes");
        return [];
      }
      if (left < 0) return [];
      return found.flatMap((fragment) => inside(fragment, path, [...above, name]));
    });
  }
}

function leaf(file: LinkedFile, value: Json, path: readonly string[], name: Word, tell: Tell): Classified[] {
  const word = (key: string): Word | undefined => {
    const found = value.entries?.find(([one]) => one.text === key)?.[1];
    return found?.text === undefined ? undefined : { file, at: found.at, text: found.text };
  };
  const classification = word("classification");
  const purpose = word("purpose");
  if (classification === undefined || purpose === undefined) {
    const lacks = classification === undefined ? "classification" : "purpose";
    tell(file, name.at, `\`${name.text}\` has no \`${lacks}\``, `add \`"${lacks}": …\``);
    return [];
  }
  return [{ path, classification, purpose }];
}

/** `{ "${prefix}": "timer.", "${classification}": { … } }`. */
function wildcard(file: LinkedFile, item: Json, path: readonly string[], name: Word, tell: Tell): Classified[] {
  const at = (key: string): Json | undefined => item.entries?.find(([one]) => one.text === key)?.[1];
  const prefix = at("${prefix}")?.text;
  const classified = at("${classification}");
  if (prefix === undefined || classified === undefined) {
    tell(
      file,
      item.at,
      "a wildcard has a `${prefix}` and a `${classification}`",
      'write `{ "${prefix}": "timer.", "${classification}": { … } }`',
    );
    return [];
  }
  const isObject = prefix.endsWith(".");
  return leaf(file, classified, [...path, isObject ? prefix.slice(0, -1) : prefix], name, tell).map((one) =>
    isObject ? one : { ...one, isPrefix: true },
  );
}
