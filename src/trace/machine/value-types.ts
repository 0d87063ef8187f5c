/**
 * `typeof prisma`, `typeof User`: a type that is named after a value. Where syntax does not tell the type of that value (what a package has
 * made), or it is a class, something of it is taken for the value itself: there is, as a rule, one client, one pool, one application.
 */
import type { TypeIR } from "../../facts/ir.js";
import type { LinkedFile } from "../../link/modules.js";
import type { TypeRef } from "../../link/types.js";
import { objectsOf } from "../domain/heap.js";
import { BOTTOM, ofRefs, type Value } from "../domain/value.js";
import type { Machine } from "./machine.js";
import { importedValue } from "./modules.js";
import { getNamed } from "./props.js";

/** Aliases of aliases. */
const FURTHEST = 6;

/** A value's name in a module's top level, and names of properties down from it. */
interface Named {
  readonly file: LinkedFile;
  readonly name: readonly string[];
}

const known = new WeakMap<TypeRef, Named | null>();

/** What a package has made, or a class, of which something of this type is; bottom where the type is not named after such a value. */
export function packagesValue(m: Machine, type: TypeRef): Value {
  let after = known.get(type);
  if (after === undefined) known.set(type, (after = namedAfter(m, type.file, type.type, 0) ?? null));
  if (after === null) return BOTTOM;
  const { file, name } = after;
  const [first = "", ...rest] = name;
  const site = { file: file.index, at: 0, end: 0, fn: 0 };
  const v = rest.reduce((of, step) => (of.refs.length === 0 ? BOTTOM : getNamed(m, of, step, site)), topLevel(m, file, first));
  const made = objectsOf(m.heap, v).filter((obj) => obj.kind === "external" || obj.kind === "class");
  return ofRefs(made.map((obj) => obj.id).sort((a, b) => a - b));
}

/** Types that leave a value what it is, but for some of its members. */
const SAME = new Set(["Omit", "Pick", "Partial", "Readonly", "Required", "NonNullable"]);

function namedAfter(m: Machine, file: LinkedFile, type: TypeIR, depth: number): Named | undefined {
  if (depth > FURTHEST) return undefined;
  if (type.t === "typeof") return { file, name: type.name };
  if (type.t !== "ref" || type.name.length !== 1) return undefined;
  const [name = ""] = type.name;
  const of = type.args?.[0];
  return SAME.has(name) && of !== undefined ? namedAfter(m, file, of, depth + 1) : aliased(m, file, name, depth + 1);
}

function topLevel(m: Machine, file: LinkedFile, name: string): Value {
  const i = file.facts.imports.findIndex((x) => x.local === name);
  return i >= 0 ? importedValue(m, file, i) : (m.moduleState.get(file.index)?.env.props.get(name) ?? BOTTOM);
}

/** The alias of this name, of the file or of the one that it imports it from. */
function aliased(m: Machine, file: LinkedFile, name: string, depth: number): Named | undefined {
  const own = file.facts.types.find((t) => t.name === name);
  if (own !== undefined) return own.k === "alias" ? namedAfter(m, file, own.type, depth) : undefined;
  const fact = file.facts.imports.find((x) => x.local === name);
  const to = fact === undefined ? undefined : m.modules.resolve(file, fact.from);
  if (fact === undefined || to?.k !== "file") return undefined;
  const exported = to.file.facts.exports.find((e) => e.k === "type" && e.name === fact.name);
  return aliased(m, to.file, exported?.k === "type" ? exported.type : fact.name, depth + 1);
}
