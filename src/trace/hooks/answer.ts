/** A consent check answers for a person who is not there yet: its code, a stub at times, does not decide what is behind it. */
import type { TypeRef } from "../../link/types.js";
import type { Site } from "../domain/labels.js";
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { ANY_PRIMITIVE, BOTTOM, hasPrimitive, isBottom, join, K, ofKinds, ofRef, type Value } from "../domain/value.js";
import { clone } from "../machine/clone.js";
import { make, type Machine } from "../machine/machine.js";

/** Any answer of the kind that a check gives: for a boolean either, inside of a promise or of an object too. */
export function anyAnswer(m: Machine, given: Value, site: Site, type?: TypeRef): Value {
  // What nobody knows is what its type says: `return db.get(id)` of a check that gives a `boolean`.
  if (isDeclaredBoolean(m, type) && given.refs.length > 0 && objectsOf(m.heap, given).every(isOpen))
    return ofKinds(K.True | K.False, given.labels);
  let out: Value = isBoolean(given)
    ? ofKinds(K.True | K.False, given.labels)
    : hasPrimitive(given) || given.refs.length === 0
      ? ofKinds(ANY_PRIMITIVE, given.labels)
      : BOTTOM;
  for (const obj of objectsOf(m.heap, given)) {
    if (obj.kind === "promise") {
      // Not one with the promise that it stands in for, where a loop folds both: that one says nothing.
      const promise = make(m, "promise", `answer ${site.file}:${site.at}-${site.end}`);
      setSlot(m.heap, promise, S.value, anyAnswer(m, obj.props.get(S.value) ?? BOTTOM, site, m.types.awaited(type) ?? type));
      const reason = obj.props.get(S.reason);
      if (reason !== undefined) setSlot(m.heap, promise, S.reason, reason);
      out = join(out, ofRef(promise.id));
    } else if (obj.kind === "object") {
      const copy = clone(m, ofRef(obj.id), site, "structured");
      for (const part of objectsOf(m.heap, copy))
        for (const [slot, v] of [...part.props])
          if (slot !== S.proto && hasPrimitive(v))
            setSlot(m.heap, part, slot, join(v, ofKinds(isBoolean(v) ? K.True | K.False : ANY_PRIMITIVE, v.labels)));
      out = join(out, copy);
    } else out = join(out, ofRef(obj.id));
  }
  return out;
}

const isOpen = ({ kind }: Obj): boolean => kind === "unknown" || kind === "external";

function isDeclaredBoolean(m: Machine, type: TypeRef | undefined): boolean {
  const view = type && m.types.view(type);
  return view?.v === "primitive" && view.name === "boolean";
}

/** Is it nothing but true or false? */
export const isBoolean = (v: Value): boolean =>
  !isBottom(v) && v.refs.length === 0 && v.consts.length === 0 && (v.kinds & ~(K.True | K.False)) === 0;
