/** Types that tell something: believing one that does not leaves every value as it is, so nothing has to be searched for it. */
import type { TypeRef } from "../../link/types.js";
import type { Machine } from "./machine.js";

/** A type with more types in it than this is taken to tell something. */
const MANY = 2000;

/**
 * Is there, in a type or in whatever it holds, something that counts where it is declared: a declared field, a function's parameters, a class or
 * methods that something unknown would then have? The rest is mere data.
 */
export function tells(m: Machine, type: TypeRef): boolean {
  const known = type.env === null ? m.telling.get(type.type) : undefined;
  if (known !== undefined) return known;
  const seen = new Set<unknown>();
  const all = [type];
  const found = search(m, all, seen);
  if (!found) for (const t of all) if (t.env === null) m.telling.set(t.type, false);
  if (found && type.env === null) m.telling.set(type.type, true);
  return found;
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

/** Do calls of something of this type, or of its methods, give something with a declared field in it? */
export function gives(m: Machine, type: TypeRef): boolean {
  if (!m.hooks.propertySources) return false;
  const returns = (t: TypeRef | undefined): boolean => {
    const view = m.types.view(t);
    return view.v === "function" && view.returns !== undefined && m.hooks.declaredIn(view.returns).length > 0;
  };
  return returns(type) || m.types.members(type).some((member) => returns(member.type));
}
