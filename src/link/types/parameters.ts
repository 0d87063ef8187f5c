/** What type parameters stand for. */
import type { FunctionFacts, TypeParam } from "../../facts/ir.js";
import type { LinkedFile } from "../modules.js";
import type { TypeEnv, TypeRef } from "../types.js";
import type { TypeContext } from "./context.js";

/** With type parameters for their arguments, their defaults, their constraints, or anything. */
export function extended(
  file: LinkedFile,
  outer: TypeEnv | null,
  params: readonly TypeParam[] | undefined,
  args: readonly TypeRef[],
): TypeEnv | null {
  if (params === undefined || params.length === 0) return outer;
  const env = new Map<string, TypeRef>(outer);
  params.forEach((p, i) => {
    const type = p.default ?? p.constraint ?? ({ t: "primitive", name: "unknown" } as const);
    env.set(p.name, args[i] ?? { file, type, env });
  });
  return env;
}

/** What the type parameters in scope stand for: their constraints. */
export function scopeOf(c: TypeContext, file: LinkedFile, fn: FunctionFacts): TypeEnv | null {
  const known = c.scopes.get(fn);
  if (known !== undefined) return known;
  const outer = fn.parent < 0 ? null : scopeOf(c, file, file.facts.functions[fn.parent]!);
  const cls = fn.owner === undefined ? undefined : file.facts.classes[fn.owner];
  const env = extended(file, extended(file, outer, cls?.typeParams, []), fn.typeParams, []);
  c.scopes.set(fn, env);
  return env;
}
