/** Types that say the same, wherever they are written: `string[]` here and there. */
import type { TypeIR } from "../../facts/ir.js";
import type { TypeEnv, TypeRef, Types } from "../../link/types.js";

/** Deeper than this, types are the same only where they are written at the same place. */
const DEPTH = 6;

export function sameType(types: Types, a: TypeRef | undefined, b: TypeRef | undefined, depth = 0): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.within?.file !== b.within?.file || a.within?.owner !== b.within?.owner) return false;
  if (a.type === b.type && a.file === b.file && sameEnv(types, a.env, b.env, depth)) return true;
  return depth < DEPTH && sameText(types, a, b, depth);
}

/** By what is written. Where names lead is looked up only for plain ones: a name's declaration is its own type. */
function sameText(types: Types, a: TypeRef, b: TypeRef, depth: number): boolean {
  const x = a.type;
  const y = b.type;
  const part = (p: TypeIR | undefined, q: TypeIR | undefined): boolean =>
    p === q && p === undefined
      ? true
      : p !== undefined && q !== undefined && sameType(types, { ...a, type: p }, { ...b, type: q }, depth + 1);
  const parts = (p: readonly TypeIR[] = [], q: readonly TypeIR[] = []): boolean =>
    p.length === q.length && p.every((t, i) => part(t, q[i]));
  switch (x.t) {
    case "primitive":
      return y.t === "primitive" && x.name === y.name;
    case "const":
      return y.t === "const" && x.v === y.v;
    case "array":
      return y.t === "array" && part(x.of, y.of);
    case "tuple":
      return y.t === "tuple" && parts(x.of, y.of) && part(x.rest, y.rest);
    case "union":
    case "intersection":
      return y.t === x.t && parts(x.of, y.of);
    case "ref": {
      if (y.t !== "ref" || !parts(x.args, y.args)) return false;
      const name = x.name.join(".");
      if (a.env?.has(name) === true || b.env?.has(name) === true)
        return name === y.name.join(".") && sameType(types, a.env?.get(name), b.env?.get(name), depth + 1);
      if (a.file === b.file) return name === y.name.join(".");
      return declaration(types, a) === declaration(types, b);
    }
    default:
      return false;
  }
}

/** The class or interface that a name leads to; the type itself where it leads elsewhere. */
function declaration(types: Types, type: TypeRef): unknown {
  const view = types.view(type);
  if (view.property !== undefined) return type;
  if (view.v === "class") return view.cls;
  return view.v === "object" && view.name !== undefined ? `${view.name.file.index} ${view.name.owner}` : type;
}

function sameEnv(types: Types, a: TypeEnv | null, b: TypeEnv | null, depth: number): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.size !== b.size || depth >= DEPTH) return false;
  for (const [name, type] of a) if (!sameType(types, type, b.get(name), depth + 1)) return false;
  return true;
}
