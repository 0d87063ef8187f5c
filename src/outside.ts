/** Code that the analysis does not see, though it does what the manifest is about. */
import type { Locator, Manifest } from "./manifest/model.js";
import { specifiersIn } from "./program/discover/imported.js";
import { relative } from "./program/fs/paths.js";
import type { InputProblem, Project } from "./program/project.js";
import { isTest } from "./trace/test-code.js";

/** More names than these are counted. */
const MOST_FILES = 3;

/**
 * Source files in the project's folder that no tsconfig of the analysis includes and no analysed file imports, as far as they import a
 * package that the manifest or its packs name: told once. Scripts that have nothing to do with it, and tests, are not worth a word.
 */
export function outsideProblems(project: Project, manifest: Manifest): InputProblem[] {
  const named = packagesOf(manifest);
  const found = (project.outside?.() ?? []).flatMap((path) => {
    if (named.size === 0 || isTest(path)) return [];
    const imported = specifiersIn(project.asset(path) ?? "").filter((specifier) => named.has(specifier));
    return imported.length === 0 ? [] : [{ path, imported }];
  });
  const [first] = found;
  if (first === undefined) return [];
  const names = found.slice(0, MOST_FILES).map(({ path }) => relative(project.root, path));
  const more = found.length - names.length;
  const shown = names.join(", ") + (more > 0 ? ` and ${more} more` : "");
  const packages = [...new Set(found.flatMap(({ imported }) => imported))].sort().join(", ");
  const [files, are, them] = found.length === 1 ? ["a source file", "is", "it"] : [`${found.length} source files`, "are", "them"];
  return [
    {
      file: first.path,
      line: 1,
      column: 1,
      message: `${files} with imports of ${packages} ${are} in no tsconfig of the analysis, and no analysed file imports ${them} (${shown}): what happens there is not in the verdict`,
      fix: `include ${them} in a tsconfig, or name one that does with --project`,
      severity: "warning",
    },
  ];
}

/** Packages that locators name, as imports write them. */
function packagesOf({ sources, sinks, transforms, stores }: Manifest): ReadonlySet<string> {
  const locators: (Locator | undefined)[] = [
    ...[...sources, ...sinks].map(({ at }) => ("locator" in at ? at.locator : undefined)),
    ...transforms.map(({ locator }) => locator),
    ...stores.flatMap(({ at }) => (at.kind === "wrapper" ? [at.write, at.read] : [])),
  ];
  return new Set(locators.flatMap((locator) => (locator?.module.kind === "package" ? [locator.module.name] : [])));
}
