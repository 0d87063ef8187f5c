/** References to types: from one to another of the same place, and to those that code writes or makes. */
import type { ClassFacts, FunctionFacts, TypeIR } from "../../facts/ir.js";
import type { LinkedFile } from "../modules.js";
import type { TypeRef } from "../types.js";
import type { TypeContext } from "./context.js";
import { extended, scopeOf } from "./parameters.js";

/** Another type of the same place: an element, a part of a union, an argument. */
export function at(t: TypeRef, type: TypeIR): TypeRef {
  return { ...t, type };
}

/** A type of the same place that is none of the members on the way to this one. */
export function beside(t: TypeRef, type: TypeIR): TypeRef {
  return { file: t.file, type, env: t.env };
}

/** A type as it is written in a function; one reference for each place, since views are remembered by it. */
export function writtenIn(c: TypeContext, file: LinkedFile, fn: FunctionFacts, type: TypeIR): TypeRef {
  let ref = c.refs.get(type);
  if (ref === undefined) c.refs.set(type, (ref = { file, type, env: scopeOf(c, file, fn) }));
  return ref;
}

/** What instances of a class are, made with these type arguments. */
export function instanceOf(c: TypeContext, file: LinkedFile, cls: ClassFacts, args: readonly TypeRef[] = []): TypeRef {
  if (args.length > 0) {
    const names = args.map((_, i) => `#${i}`);
    const type: TypeIR = { t: "ref", name: [cls.name], args: names.map((name) => ({ t: "ref", name: [name] })) };
    return { file, type, env: new Map(args.map((a, i) => [names[i]!, a])) };
  }
  let ref = c.instances.get(cls);
  if (ref === undefined) {
    c.instances.set(cls, (ref = { file, type: { t: "ref", name: [cls.name] }, env: null }));
    // Its name may be another's elsewhere in the file, or it has none.
    c.views.set(ref, { v: "class", file, cls, env: extended(file, null, cls.typeParams, []) });
  }
  return ref;
}
