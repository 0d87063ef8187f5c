/** All natives, by `module:path`. Adding some touches one new file and this list. */
import type { Instance, Native } from "../machine/machine.js";

/** A table of natives: `Array.prototype.map` of module `global`, `readFileSync` of module `fs`. */
export type NativeTable = Readonly<Record<string, Native>>;

/** Looks a native up by module and path; path patterns of client libraries are their own connectors' business. */
export interface NativeModule {
  /** Module names this covers: `global`, `fs` (without `node:`), `zod`. */
  readonly modules: readonly string[];
  /** Exact paths. */
  readonly natives: NativeTable;
  /** For what has no fixed path: `PrismaClient.<model>.findMany`. */
  readonly match?: (module: string, path: readonly string[]) => Native | undefined;
  /** The same, told by names alone: asked when no model describes the function. */
  readonly guess?: (module: string, path: readonly string[]) => Native | undefined;
  /** What a member does that has no model, if it is called. It may as well be no function: a flag, a setting, a number, nothing. */
  readonly otherwise?: (module: string, path: readonly string[]) => Native | undefined;
  /** What values are that are declared to be of one of its types, by the type's name. */
  readonly instances?: Readonly<Record<string, Instance>>;
  /** The same of types that need no arguments: events that the world hands to the program. */
  readonly events?: Readonly<Record<string, Instance>>;
}
