/** Classes that are said to implement an interface, themselves or by what they extend. */
import type { ClassFacts } from "../../facts/ir.js";
import type { LinkedFile } from "../modules.js";
import type { TypeRef } from "../types.js";
import type { TypeContext } from "./context.js";
import { inner, membersOf } from "./members.js";
import { instanceOf } from "./references.js";
import { view } from "./views.js";

export interface Implementor {
  readonly file: LinkedFile;
  readonly cls: ClassFacts;
}

/** An interface that more classes implement says too little of which of them something is. */
const MOST = 4;

/** The classes of the program that implement an interface with methods; none where they are many. */
export function implementorsOf(c: TypeContext, t: TypeRef | undefined): readonly Implementor[] {
  const v = inner(view(c, t));
  if (v.v !== "object" || v.name === undefined) return [];
  c.implementors.index ??= indexed(c);
  const found = c.implementors.index.get(v.name.file)?.get(v.name.owner) ?? [];
  return found.length > MOST ? [] : found;
}

type Index = ReadonlyMap<LinkedFile, ReadonlyMap<string, readonly Implementor[]>>;

/** By file and name of the interface. What a class has for its methods belongs to the interface, too. */
function indexed(c: TypeContext): Index {
  const index = new Map<LinkedFile, Map<string, Implementor[]>>();
  for (const file of c.modules.files)
    for (const cls of file.facts.classes) {
      if (cls.implements.length === 0 && cls.superclass === undefined) continue;
      for (const member of membersOf(c, instanceOf(c, file, cls)))
        for (const key of member.method ? member.owners : []) {
          const names = index.get(key.file) ?? new Map<string, Implementor[]>();
          index.set(key.file, names);
          const known = names.get(key.owner) ?? [];
          names.set(key.owner, known);
          if (known.at(-1)?.cls !== cls) known.push({ file, cls });
        }
    }
  return index;
}
