/** Entries of the manifest's own library models that are about nothing: the program does not use it, and the package does not have it. */
import type { Locator } from "../../manifest/model.js";
import type { LibraryModel, ModelFunction } from "../../models/model.js";
import { declares } from "../../models/names.js";
import type { InputProblem } from "../../program/project.js";

export interface Uses {
  /** Entries that calls have come to, with the names that these had. */
  readonly used: ReadonlyMap<ModelFunction, ReadonlySet<string>>;
  /** Packages and modules that the program imports. */
  readonly imported: ReadonlySet<string>;
  /** Do the package's types declare it? Undefined where they are not installed. */
  readonly exists: (locator: Locator) => boolean | undefined;
}

/** What is told of the manifest's own models, each at its place. */
export function unmatchedModels(models: readonly LibraryModel[], uses: Uses): InputProblem[] {
  return models.flatMap((model) => {
    const packages = model.packages.filter((name) => uses.imported.has(name));
    const split = model.split.some((pattern) => [...uses.imported].some((name) => name.startsWith(pattern.slice(0, -1))));
    const which = model.packages.map((name) => `\`${name}\``).join(", ");
    if (packages.length === 0 && !split)
      return [
        {
          ...model.place,
          severity: "warning",
          message: `nothing in the program imports ${which}`,
          fix: "correct the name, or remove the file",
        },
      ];
    return model.functions.flatMap((fn) => fn.names.flatMap((name) => unmatchedName(model, packages, fn, name, uses) ?? []));
  });
}

function unmatchedName(
  model: LibraryModel,
  packages: readonly string[],
  fn: ModelFunction,
  name: string,
  uses: Uses,
): InputProblem | undefined {
  if (fn.undeclared || uses.used.get(fn)?.has(name) === true) return undefined;
  const declared = declares(model, packages, name, uses.exists);
  if (declared === true) return undefined;
  const gone = declared === false;
  const which = packages.map((one) => `\`${one}\``).join(", ");
  return {
    ...fn.place,
    severity: "warning",
    message: gone
      ? `${which} has no \`${name}\``
      : `no call of the program comes to \`${name}\`, and no installed types of ${which} tell whether there is one`,
    fix: gone ? "name it as the installed version exports it, or remove it" : "correct the name, remove it, or install the package",
  };
}
