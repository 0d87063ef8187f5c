/** Methods of a receiver that may be several things: each is called on those that have it, not on the others. */
import { about, NO_FACTS } from "../domain/about.js";
import { objectsOf, S, type Obj } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { BOTTOM, caseOfRef, isBottom, join, ofRef, withAbout, withRefs, type Value } from "../domain/value.js";
import type { Machine } from "./machine.js";
import { getProp } from "./props.js";

/** What a property of a receiver is, and of which part of the receiver each callee is the property. */
export interface Method {
  readonly value: Value;
  /** Undefined where the receiver need not be taken apart. */
  readonly selfOf?: (callee: Obj) => Value;
}

/** Reads `self[key]`, to be called on `self`. */
export function methodOf(m: Machine, self: Value, key: Value, site: Site): Method {
  const parts = partsOf(m, self);
  if (parts.length < 2) return { value: getProp(m, self, key, site) };
  const methods = parts.map((part) => ({ self: part, value: getProp(m, part, key, site) }));
  return {
    value: methods.reduce((v, of) => join(v, of.value), BOTTOM),
    selfOf: (callee) => methods.reduce((v, of) => (objectsOf(m.heap, of.value).includes(callee) ? join(v, of.self) : v), BOTTOM),
  };
}

/** Objects of the program each apart; what is open (primitives, and what only libraries know) together. */
function partsOf(m: Machine, self: Value): readonly Value[] {
  const objects = objectsOf(m.heap, self);
  // What stands for what a library has made of the others goes with them.
  if (objects.some((o) => o.props.has(S.inside))) return [self];
  const isOpen = (o: Obj): boolean => o.kind === "unknown" || o.kind === "external";
  const known = objects
    .filter((o) => !isOpen(o))
    .map((o) => withAbout(ofRef(o.id, self.via), about("", caseOfRef(self, o.id) ?? NO_FACTS)));
  const open = withRefs(
    self,
    objects.filter(isOpen).map((o) => o.id),
  );
  return isBottom(open) ? known : [...known, open];
}
