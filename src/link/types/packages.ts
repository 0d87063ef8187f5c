/** Values and instances of packages, as their declaration files have them. */
import type { TypeIR } from "../../facts/ir.js";
import type { LinkedFile } from "../modules.js";
import type { TypeRef } from "../types.js";
import type { TypeContext } from "./context.js";
import { memberOf, inner, awaited, signaturesOf } from "./members.js";
import { exportedType } from "./exports.js";
import { declared } from "./names.js";
import { bears } from "./sought-members.js";
import { view } from "./views.js";

/** A package's value by its path from the module's export, as its declarations have it. */
export function ofPackage(c: TypeContext, file: LinkedFile, module: string, path: readonly string[]): TypeRef | undefined {
  if (!c.sought.any) return undefined;
  const [first = "default", ...steps] = path;
  // A package's declarations build on those of others, which are not read here: what is written down of it is complete.
  const places = [c.modules.declarations(file, module), c.modules.written(module)];
  for (const root of places.flatMap((place) => (place === undefined ? [] : named(c, place, first)))) {
    const found = steps.reduce((t, step) => t && below(c, t, step), root());
    if (found !== undefined) return found;
  }
  return undefined;
}

function below(c: TypeContext, t: TypeRef, step: string): TypeRef | undefined {
  if (step === "prototype") return t;
  const of = awaited(c, t);
  const v = inner(view(c, of));
  if (step !== "()") return (memberOf(c, of, step) ?? (v.v === "object" ? memberOf(c, v.made, step) : undefined))?.type;
  const signature = view(c, signaturesOf(c, of)[0]);
  return signature.v === "function" ? signature.returns : v.v === "object" ? v.made : undefined;
}

/**
 * What has a name: a value, or something of the type of that name (`(knex: Knex) => knex("users")`). What is written down of a package's
 * interfaces counts before its own classes of those names.
 */
function named(c: TypeContext, file: LinkedFile, name: string): readonly (() => TypeRef | undefined)[] {
  const value = (): TypeRef | undefined => c.values.exported(file, name);
  const type = (): TypeRef | undefined => typeNamed(c, file, name);
  const isInterface = file.behind !== undefined && declared(c, file, name, [], 0)?.v === "object";
  return isInterface ? [type, value] : [value, type];
}

function typeNamed(c: TypeContext, file: LinkedFile, name: string): TypeRef | undefined {
  const key = `${file.index}|type ${name}`;
  if (c.ambients.has(key)) return c.ambients.get(key);
  const v = exportedType(c, file, [name], [], 0, new Set());
  const ref: TypeRef | undefined = v && { file, type: { t: "ref", name: [name] }, env: null };
  if (v !== undefined) c.views.set(ref!, v);
  c.ambients.set(key, ref);
  return ref;
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
