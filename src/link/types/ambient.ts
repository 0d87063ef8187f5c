/** Names that files only describe: `declare const`, global declaration files. */
import type { LinkedFile } from "../modules.js";
import type { TypeRef } from "../types.js";
import type { TypeContext } from "./context.js";
import { membersOf } from "./members.js";

/** The declared type of a name that this very file only describes. */
export function described(file: LinkedFile, name: string): TypeRef | undefined {
  const all = file.facts.ambient?.filter((a) => a.name === name).flatMap((a) => (a.type === undefined ? [] : [a.type])) ?? [];
  if (all.length === 0) return undefined;
  return { file, type: all.length === 1 ? all[0]! : { t: "intersection", of: all }, env: null };
}

/** The declared type of a name that a file only describes, or that a global declaration file does. */
export function ambientType(c: TypeContext, file: LinkedFile, name: string): TypeRef | undefined {
  const key = `${file.index}|${name}`;
  if (c.ambients.has(key)) return c.ambients.get(key);
  let found = described(file, name);
  for (const f of c.sought.any ? c.modules.globals() : []) {
    // What is declared of `Window` is a global name, too.
    const window: TypeRef = { file: f, type: { t: "ref", name: ["Window"] }, env: null };
    found ??= described(f, name) ?? membersOf(c, window).find((x) => !x.method && x.name === name)?.type;
  }
  c.ambients.set(key, found);
  return found;
}
