/** Elements of a page: a type and props, drawn when the tree that holds them is. */
import type { Site } from "../../domain/labels.js";
import { alloc, joinSlot, missing, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { isBottom, join, K, mayBeNullish, nonNullish, UNDEFINED, withoutAbsent, type Value } from "../../domain/value.js";
import type { Machine } from "../../machine/machine.js";

/** Slots of an element. */
const ELEMENT = "\0element";
const CLAIMED = "\0claimed";
const DRAWN = "\0drawn";

export const isElement = (obj: Obj): boolean => obj.props.has(ELEMENT);
export const isClaimed = (obj: Obj): boolean => obj.props.has(CLAIMED) || obj.props.has(DRAWN);
export const elementSite = (obj: Obj): Site => obj.data as Site;

export function noteDrawn(m: Machine, obj: Obj): void {
  setSlot(m.heap, obj, DRAWN, UNDEFINED);
}

/** A fresh element; the elements among its props are its own from now on. */
export function newElement(m: Machine, type: Value, props: Value, site: Site): Obj {
  const obj = alloc(m.heap, "object", `${m.path}|${site.file}:${site.at}-${site.end}:element`, site);
  setSlot(m.heap, obj, ELEMENT, UNDEFINED);
  setSlot(m.heap, obj, "type", type);
  setSlot(m.heap, obj, "props", props);
  setDefaults(m, type, props);
  claim(m, props, 4);
  return obj;
}

/** `Component.defaultProps`: for props that are missing or undefined. */
function setDefaults(m: Machine, type: Value, props: Value): void {
  for (const component of objectsOf(m.heap, type)) {
    const defaults = component.kind === "function" || component.kind === "class" ? component.props.get("defaultProps") : undefined;
    if (defaults === undefined) continue;
    for (const from of objectsOf(m.heap, defaults))
      for (const [name, v] of from.props) {
        if (name.charCodeAt(0) === 0) continue;
        for (const to of objectsOf(m.heap, props)) {
          const given = to.props.get(name) ?? missing(to, name);
          if ((given.kinds & (K.Undefined | K.Absent)) !== 0)
            setSlot(m.heap, to, name, join(mayBeNullish(given) ? nonNullish(given) : given, withoutAbsent(v)));
        }
      }
  }
}

function claim(m: Machine, v: Value, depth: number): void {
  for (const obj of objectsOf(m.heap, v)) {
    if (isElement(obj)) setSlot(m.heap, obj, CLAIMED, UNDEFINED);
    else if (depth > 0 && (obj.kind === "object" || obj.kind === "array"))
      for (const [slot, x] of obj.props) if ((slot.charCodeAt(0) !== 0 || slot === S.rest) && !isBottom(x)) claim(m, x, depth - 1);
  }
}

/** Something that the page holds for `ref={…}`. */
export function setRef(m: Machine, ref: Value, v: Value): void {
  for (const obj of objectsOf(m.heap, ref)) if (obj.kind === "object") joinSlot(m.heap, obj, "current", v);
}
