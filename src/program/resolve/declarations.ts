/** Declaration files, by the specifiers that lead to them: a package's, those that it imports itself, the project's own. */
import { isDeclarationName } from "../fs/source-file-name.js";
import { slashes } from "../fs/paths.js";
import type { Resolver } from "./resolver.js";

/** Looks where the compiler looks; what is code, and no declaration, is none. */
export function declarationsOf({ installed }: Resolver): (fromFile: string, specifier: string) => string | undefined {
  return (fromFile, specifier) => {
    const found = installed(slashes(fromFile), specifier);
    return found !== undefined && isDeclarationName(found.resolvedFileName) ? slashes(found.resolvedFileName) : undefined;
  };
}
