/** Literals that a manifest's `when` asks for. */
import { isFunction, objectsOf, type Obj } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { BOTTOM, K, ofRef, ofRefs, truthiness, type Value } from "../domain/value.js";
import { callValue, NO_ARGS } from "../machine/call.js";
import { externalData, externalName } from "../machine/external.js";
import { lookUp } from "../machine/props.js";
import type { Machine } from "../machine/machine.js";

/**
 * Can a value be this literal? Also when nobody knows: a condition that cannot be decided may hold. A boolean asks for what counts as
 * true or false; what is not there is nothing. An object that has a text of its own (a `URL`) is compared by that.
 */
export function mayBe(m: Machine, v: Value, literal: string | number | boolean | null, site: Site): boolean {
  const objects = objectsOf(m.heap, v);
  if (objects.some((o) => o.kind === "unknown" || o.kind === "external")) return true;
  if (literal === null) return (v.kinds & K.Null) !== 0;
  if (typeof literal === "boolean") return literal ? truthiness(v).yes : truthiness(v).no;
  if (v.consts.includes(literal)) return true;
  if (typeof literal === "number") return (v.kinds & K.Number) !== 0;
  if ((v.kinds & K.String) !== 0 || objects.some((o) => o.kind === "text")) return true;
  return objects.some((o) => {
    const text = ownText(m, o, site);
    return (text.kinds & K.String) !== 0 || text.refs.length > 0 || text.consts.some((c) => isSameText(String(c), literal));
  });
}

/** What an object's `toString` gives, where it is known and not the one that every object has. */
function ownText(m: Machine, obj: Obj, site: Site): Value {
  if (obj.kind !== "object") return BOTTOM;
  const known = objectsOf(m.heap, lookUp(m, obj, "toString", ofRef(obj.id), site, 0) ?? BOTTOM).filter((f) =>
    f.kind === "external" ? externalName(f) !== "Object.prototype.toString" && m.native(externalData(f)) !== undefined : isFunction(f),
  );
  return callValue(m, ofRefs(known.map((f) => f.id)), ofRef(obj.id), NO_ARGS, site);
}

/** The same characters, or two spellings of one address: `https://example.com` is `https://example.com/`. */
const isSameText = (a: string, b: string): boolean =>
  a === b || (URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href);
