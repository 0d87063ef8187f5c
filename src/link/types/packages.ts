/** Values and instances of packages, as their declaration files have them. */
import type { TypeIR } from "../../facts/ir.js";
import type { LinkedFile } from "../modules.js";
import type { TypeRef } from "../types.js";
import type { TypeContext } from "./context.js";
import { memberOf, inner, awaited, signaturesOf } from "./members.js";
import { declared } from "./names.js";
import { bears } from "./sought-members.js";
import { view } from "./views.js";

/** A package's value by its path from the module's export, as its declarations have it. */
export function ofPackage(c: TypeContext, file: LinkedFile, module: string, path: readonly string[]): TypeRef | undefined {
  const declarations = c.sought.any ? c.modules.declarations(file, module) : undefined;
  const [first = "default", ...steps] = path;
  let t = declarations && c.values.exported(declarations, first);
  for (const step of steps) {
    if (t === undefined) return undefined;
    if (step === "prototype") continue;
    const of = awaited(c, t);
    const v = inner(view(c, of));
    if (step === "()") {
      const signature = view(c, signaturesOf(c, of)[0]);
      t = signature.v === "function" ? signature.returns : v.v === "object" ? v.made : undefined;
    } else t = (memberOf(c, of, step) ?? (v.v === "object" ? memberOf(c, v.made, step) : undefined))?.type;
  }
  return t;
}

/** What `new` makes of a package's class with these type arguments; undefined where nothing that is sought is in them. */
export function constructed(
  c: TypeContext,
  file: LinkedFile,
  module: string,
  path: readonly string[],
  args: readonly TypeRef[],
): TypeRef | undefined {
  if (!c.sought.any || !(c.sought.inPackage(module) || args.some((a) => bears(c, a, 0)))) return undefined;
  const found = module === "global" ? c.modules.globals().at(-1) : c.modules.declarations(file, module);
  if (found === undefined) return undefined;
  const names = args.map((_, i) => `#${i}`);
  const refs = names.map((name): TypeIR => ({ t: "ref", name: [name] }));
  const whole = module === "global" ? path : exportedName(c, found, path);
  return whole && { file: found, type: { t: "ref", name: whole, args: refs }, env: new Map(args.map((a, i) => [names[i]!, a])) };
}

/** The name that a file itself has for what it exports; undefined where another file declares it. */
function exportedName(c: TypeContext, file: LinkedFile, path: readonly string[]): readonly string[] | undefined {
  const [first, ...rest] = path;
  const local = file.facts.exports.flatMap((e) =>
    e.k === "type" && e.name === first ? [e.type] : e.k === "local" && e.name === first ? [e.slot] : [],
  );
  return [...local, first ?? ""].map((name) => [name, ...rest]).find((name) => declared(c, file, name.join("."), [], 0) !== undefined);
}
