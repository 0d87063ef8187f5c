/** `compilerOptions.paths` and `baseUrl`. */
import type ts from "typescript";
import { join } from "../fs/paths.js";

export interface Mapped {
  /** Absolute, in the order in which they are to be tried. */
  readonly candidates: readonly string[];
  /** Did a pattern more telling than `*` match? Then the specifier is hardly a package. */
  readonly certain: boolean;
}

/** The compiler keeps the folder of the tsconfig that wrote `paths` under this undeclared name. */
type Options = ts.CompilerOptions & { readonly pathsBasePath?: unknown };

/** Deprecated since TypeScript 6, and in most tsconfigs of today. */
const baseUrlOf = ({ baseUrl }: { readonly baseUrl?: string | undefined }): string | undefined => baseUrl;

/** `folder` is where the tsconfig lies. */
export function pathMapping(options: Options, folder: string): (specifier: string) => Mapped {
  const baseUrl = baseUrlOf(options);
  const base = baseUrl ?? (typeof options.pathsBasePath === "string" ? options.pathsBasePath : folder);
  const patterns = Object.entries(options.paths ?? {}).map(([pattern, targets]) => {
    const star = pattern.indexOf("*");
    return { pattern, star, before: star < 0 ? pattern : pattern.slice(0, star), after: star < 0 ? "" : pattern.slice(star + 1), targets };
  });
  return (specifier) => {
    let best: (typeof patterns)[number] | undefined;
    for (const p of patterns) {
      if (p.star < 0) {
        if (p.pattern !== specifier) continue;
        best = p;
        break;
      }
      if (specifier.length < p.before.length + p.after.length || !specifier.startsWith(p.before) || !specifier.endsWith(p.after)) continue;
      if (best === undefined || p.before.length > best.before.length) best = p;
    }
    const candidates: string[] = [];
    if (best !== undefined) {
      const star = best.star < 0 ? "" : specifier.slice(best.before.length, specifier.length - best.after.length);
      for (const target of best.targets) candidates.push(join(base, target.replace("*", star)));
    }
    if (baseUrl !== undefined) candidates.push(join(baseUrl, specifier));
    return { candidates, certain: best !== undefined && best.pattern !== "*" };
  };
}
