/** What questions about types share: the linked program, what is sought in it, and what has been answered. */
import type { ClassFacts, FunctionFacts, TypeIR } from "../../facts/ir.js";
import type { Inference } from "../inferred.js";
import type { LinkedFile, Modules } from "../modules.js";
import type { Sought } from "../sought.js";
import type { TypeEnv, TypeMember, TypeRef, TypeView } from "../types.js";
import type { Utility } from "../utility-types.js";
import type { Implementor } from "./implementors.js";

export interface TypeContext {
  readonly modules: Modules;
  readonly sought: Sought;
  /** The language's own types. */
  readonly utilities: Utility;
  /** The types of values. */
  readonly values: Inference;
  readonly views: WeakMap<TypeRef, TypeView>;
  /** What is said of packages' types, without the packages. */
  readonly shaped: WeakMap<TypeRef, TypeRef>;
  readonly memberLists: WeakMap<TypeRef, readonly TypeMember[]>;
  /** Methods of lists, sets and maps, by what they hold. */
  readonly containers: WeakMap<TypeRef, readonly TypeMember[]>;
  /** What type parameters in scope stand for. */
  readonly scopes: Map<FunctionFacts, TypeEnv | null>;
  readonly refs: WeakMap<TypeIR, TypeRef>;
  readonly instances: Map<ClassFacts, TypeRef>;
  /** By file and name. */
  readonly ambients: Map<string, TypeRef | undefined>;
  /** Who implements what, once somebody has asked. */
  readonly implementors: { index?: ReadonlyMap<LinkedFile, ReadonlyMap<string, readonly Implementor[]>> };
}

export const ANY: TypeView = { v: "any" };
/** Types within types: what is deeper is anything. */
export const DEEPEST = 12;
