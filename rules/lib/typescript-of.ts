/**
 * The very `typescript` that made a program. The parser may have brought another copy than the one this package resolves, and
 * `SyntaxKind`s differ between versions: with the wrong copy every node would be read as something else.
 */
import { createRequire } from "node:module";
import own from "typescript";

const require = createRequire(import.meta.url);

export function typescriptOf(program: own.Program): typeof own {
  const file = program.getSourceFiles()[0];
  if (file === undefined || made(own, file)) return own;
  // It made the program, so it is loaded.
  for (const module of Object.values(require.cache)) {
    if (module === undefined || !/[\\/]lib[\\/]typescript\.js$/.test(module.filename)) continue;
    const exports: unknown = module.exports;
    if (isTypeScript(exports) && made(exports, file)) return exports;
  }
  return own;
}

interface Allocator {
  getSourceFileConstructor(): unknown;
}

/** Source files are instances of a constructor that each copy has of its own. It is exported, but not declared. */
function made(ts: typeof own, file: own.SourceFile): boolean {
  const { objectAllocator } = ts as typeof own & { readonly objectAllocator?: Allocator };
  return objectAllocator !== undefined && file.constructor === objectAllocator.getSourceFileConstructor();
}

function isTypeScript(exports: unknown): exports is typeof own {
  return typeof exports === "object" && exports !== null && "createProgram" in exports && "versionMajorMinor" in exports;
}
