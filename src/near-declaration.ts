/** What a locator that matches nothing was probably meant to name. */
import path from "node:path";
import picomatch from "picomatch";
import ts from "typescript";
import { parseFacts } from "./facts/extract.js";
import type { FileFacts } from "./facts/ir.js";
import { parseLocator } from "./manifest/locator.js";
import type { Manifest } from "./manifest/model.js";
import { nearest } from "./manifest/nearest.js";
import { specifiersIn } from "./program/discover/imported.js";
import type { ProjectFile } from "./program/project.js";

/**
 * For the text of a locator of the manifest's own: the locator with the nearest name that its module declares, `./src/svc.ts:Svc.load`
 * for `./src/svc.ts:Svc.laod`. Undefined when nothing is near, and of globals. Files are read again only when asked.
 */
export function nearDeclaration(files: readonly ProjectFile[], manifest: Manifest): (text: string) => string | undefined {
  return (text) => {
    const locator = parseLocator(text, path.posix.dirname(manifest.file));
    if (!locator.ok || locator.value.module.kind === "global") return undefined;
    if (locator.value.module.kind === "package") return nearOfPackage(locator.value.module.name, locator.value.path, files, manifest);
    const { glob, written } = locator.value.module;
    const isMeant = picomatch(glob, { dot: true });
    const declared = new Map<string, Set<string>>();
    for (const file of files) if (file.path === glob || isMeant(file.path)) declare(declared, parseFacts(file.path, file.text(), ts));
    const near = nearPath(locator.value.path, declared);
    return near && `${written}:${near.join(".")}`;
  };
}

/**
 * A package's declarations are not read for this. What is known of them: the manifest's other locators of it (its packs', above all), and
 * what the project imports from it, `OpenAI` for `openai`.
 */
function nearOfPackage(
  name: string,
  [first = "", ...rest]: readonly string[],
  files: readonly ProjectFile[],
  { sources, sinks, transforms }: Manifest,
): string | undefined {
  const used = new Set(files.flatMap((file) => specifiersIn(file.text()).flatMap((specifier) => packageName(specifier) ?? [])));
  const locators = [
    ...[...sources, ...sinks].flatMap(({ at }) => ("locator" in at ? [at.locator] : [])),
    ...transforms.map((t) => t.locator),
  ];
  const written = [first, ...rest].join(".");
  // No file imports it: it is the package that is misspelt.
  const meantPackage = used.has(packageName(name) ?? name) ? undefined : nearest(name, [...used].sort());
  if (meantPackage !== undefined) return `${meantPackage}:${written}`;
  const known = locators.flatMap(({ module, path }) => (module.kind === "package" && module.name === name ? [path.join(".")] : []));
  const others = known.filter((one) => one !== written);
  const near = nearest(written, others) ?? others.find((one) => rest.length > 1 && one.split(".").slice(1).join(".") === rest.join("."));
  if (near !== undefined) return `${name}:${near}`;
  const imported = files
    .filter((file) => file.text().includes(name))
    .flatMap((file) => parseFacts(file.path, file.text(), ts).imports)
    .filter((one) => one.from === name && one.name !== "*" && one.name !== "=")
    .map((one) => (one.name === "default" ? one.local : one.name));
  const meant = nearest(first, new Set(imported.filter((one) => one !== first)));
  return meant === undefined ? undefined : `${name}:${[meant, ...rest].join(".")}`;
}

/** `@acme/ui/button` is of `@acme/ui`; a path in the project is of none. */
const packageName = (specifier: string): string | undefined => /^(?:@[^/]+\/)?[^./@][^/]*/.exec(specifier)?.[0];

/** Names that a file exports or declares as types, with the members of classes and interfaces. */
function declare(declared: Map<string, Set<string>>, { exports, classes, types }: FileFacts): void {
  const members = (name: string): Set<string> => {
    const known = declared.get(name) ?? new Set();
    declared.set(name, known);
    return known;
  };
  for (const one of exports) if (one.k !== "star" && one.name !== "=") members(one.name);
  for (const one of classes) {
    if (one.name === "") continue;
    const known = members(one.name);
    for (const { name } of one.types) known.add(name);
    for (const { key } of one.members) if (key.e === "const") known.add(String(key.v));
  }
  for (const { name, type } of types) for (const prop of type.t === "literal" ? type.props : []) members(name).add(prop.name);
}

/** One name in it is misspelt: the declaration's, or its member's. */
function nearPath([name, member, ...rest]: readonly string[], declared: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  if (name === undefined || rest.length > 0) return undefined;
  const members = declared.get(name);
  if (member === undefined) {
    const near = members === undefined ? nearest(name, declared.keys()) : undefined;
    return near === undefined ? undefined : [near];
  }
  if (members !== undefined) {
    const near = members.has(member) ? undefined : nearest(member, members);
    return near === undefined ? undefined : [name, near];
  }
  const owners = [...declared].filter(([, known]) => known.has(member)).map(([owner]) => owner);
  const near = nearest(name, owners);
  return near === undefined ? undefined : [near, member];
}
