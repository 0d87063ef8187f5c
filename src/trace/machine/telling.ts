/** Types that tell something: believing one that does not leaves every value as it is, so nothing has to be searched for it. */
import type { TypeIR } from "../../facts/ir.js";
import type { TypeRef } from "../../link/types.js";
import type { Machine } from "./machine.js";

/** A type with more types in it than this is taken to tell something. */
const MANY = 2000;

/**
 * Is there, in a type or in whatever it holds, something that counts where it is declared: a declared field, a function's parameters, a class or
 * methods that something unknown would then have? The rest is mere data.
 */
export function tells(m: Machine, type: TypeRef): boolean {
  const known = answersFor(m, type).get(type.type);
  if (known !== undefined) return known;
  const all = [type];
  const found = search(m, all, new Set());
  if (found) answersFor(m, type).set(type.type, true);
  else for (const t of all) answersFor(m, t).set(t.type, false);
  return found;
}

/** The environment of what has no type parameters. */
const NO_ENV = {};

/** What has been found out about types in one environment of type parameters. */
function answersFor(m: Machine, { env }: TypeRef): Map<TypeIR, boolean> {
  let answers = m.telling.get(env ?? NO_ENV);
  if (answers === undefined) m.telling.set(env ?? NO_ENV, (answers = new Map<TypeIR, boolean>()));
  return answers;
}

/** `all` grows while it is gone through. */
function search(m: Machine, all: TypeRef[], seen: Set<unknown>): boolean {
  const add = (t: TypeRef | undefined): void => {
    const key = t?.env === null ? t.type : t;
    if (t === undefined || seen.has(key)) return;
    seen.add(key);
    all.push(t);
  };
  for (const t of all) {
    if (t.within !== undefined || all.length > MANY || m.hooks.declaredIn(t).length > 0) return true;
    const view = m.types.view(t);
    if (view.property !== undefined && m.hooks.propertySources) return true;
    switch (view.v) {
      case "function":
      case "class":
        return true;
      case "array":
      case "map":
      case "promise":
        add(view.of);
        break;
      case "tuple":
      case "union":
        view.of.forEach(add);
        break;
      case "external":
        if (view.shape !== undefined && m.hooks.propertySources) return true;
        break;
      case "object":
        if (view.call !== undefined || view.made !== undefined) return true;
        add(view.index);
        for (const member of view.members) {
          if (member.method) return true;
          add(member.type);
        }
        break;
      default:
        break;
    }
  }
  return false;
}

/** Builders give builders give rows. */
const LEVELS = 3;
/** Signatures that are looked at for one type: those of builders are many, and much alike. */
const MOST = 150;

/** Do calls of something of this type, or of its methods, give something with a declared field in it, themselves or to their callbacks? */
export function gives(m: Machine, type: TypeRef): boolean {
  if (!m.hooks.propertySources) return false;
  let known = m.giving.get(type);
  if (known === undefined) m.giving.set(type, (known = leads(m, type, { depth: 0, seen: new Set(), left: { signatures: MOST } })));
  return known;
}

/** Is a declared field in something of this type, do its functions lead to one, or is it a function that is given one? */
export function bears(m: Machine, type: TypeRef): boolean {
  if (m.hooks.declaredIn(type).length > 0) return true;
  const view = m.types.view(type);
  if (view.v === "tuple" || view.v === "union") return view.of.some((part) => bears(m, part));
  return takes(m, type) || gives(m, type);
}

interface Looking {
  readonly depth: number;
  /** Declarations that have been looked at. */
  readonly seen: Set<string>;
  readonly left: { signatures: number };
}

function leads(m: Machine, type: TypeRef, at: Looking): boolean {
  const whole = m.types.view(type);
  const of = whole.v === "promise" ? whole.of : type;
  const next: TypeRef[] = [];
  const found = [of, ...m.types.members(of).map((member) => member.type)].some((t) =>
    m.types.signatures(t).some((signature) => {
      const view = m.types.view(signature);
      if (view.v !== "function" || at.left.signatures-- <= 0) return false;
      if (view.returns !== undefined) next.push(view.returns);
      return holds(m, view.returns) || view.params.some((param) => takes(m, param));
    }),
  );
  return found || (at.depth < LEVELS && next.some((t) => isNew(m, t, at) && leads(m, t, { ...at, depth: at.depth + 1 })));
}

const holds = (m: Machine, t: TypeRef | undefined): boolean => t !== undefined && m.hooks.declaredIn(t).length > 0;

/** Is it a callback that is given something with a declared field? */
const takes = (m: Machine, param: TypeRef | undefined): boolean =>
  m.types.signatures(param).some((signature) => {
    const view = m.types.view(signature);
    return view.v === "function" && view.params.some((t) => holds(m, t));
  });

function isNew(m: Machine, type: TypeRef, { seen }: Looking): boolean {
  const whole = m.types.view(type);
  const view = whole.v === "promise" ? m.types.view(whole.of) : whole;
  const key =
    view.v === "class"
      ? `${view.file.index}:${view.cls.name}`
      : view.v === "object" && view.name
        ? `${view.name.file.index}:${view.name.owner}`
        : "";
  if (key === "" || seen.has(key)) return false;
  seen.add(key);
  return true;
}
