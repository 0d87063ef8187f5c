/** Which members of which types somebody looks for: those that the manifest's `property` sources name. */
import type { LinkedFile } from "./modules.js";
import type { MemberKey } from "./types.js";

export interface Sought {
  /** False when nothing is: then packages' declarations are never read. */
  readonly any: boolean;
  /** Names of the members of an owner that are sought, or on the way to a nested one that is; empty for other owners. */
  membersOf(key: MemberKey): readonly string[];
  /** Is something of this package sought? */
  inPackage(module: string): boolean;
  /** May a type that is written in this file lead to an owner of such a member? */
  from(file: LinkedFile): boolean;
}

export const NOTHING_SOUGHT: Sought = { any: false, membersOf: () => [], inPackage: () => false, from: () => false };

/** For questions about packages' declarations that begin there: no member is sought yet. */
export const EVERYTHING_SOUGHT: Sought = { any: true, membersOf: () => [], inPackage: () => true, from: () => true };
