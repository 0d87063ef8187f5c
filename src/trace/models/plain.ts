/** Plain data: deep copies in which maps have become records and sets lists, as `toJS()` of many libraries makes them. */
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, isBottom, join, ofRef, primitivePart, refPart, UNDEFINED, withRefs, type Value } from "../domain/value.js";
import { clone } from "../machine/clone.js";
import { LIMITS, type NativeCall } from "../machine/machine.js";
import { contentItems } from "../natives/contents.js";
import { parsedOf, textFor } from "../natives/json.js";
import { newArray, spot } from "../natives/items.js";
import { record } from "../natives/support.js";
import { elementsOf } from "./elements.js";
import { putUnder } from "./write.js";

/** A copy of a value as plain data. */
export function plain(call: NativeCall, v: Value): Value {
  return convert(call, clone(call.m, v, call.site, "structured"), new Map(), 0);
}

/** What JSON text stands for; data is what it stands for already, as where a library makes text of it on the way. */
export function parsed(call: NativeCall, v: Value): Value {
  const isData = ({ kind }: Obj): boolean => kind === "object" || kind === "array";
  const [data, others] = [true, false].map((is) =>
    withRefs(
      v,
      objectsOf(call.m.heap, v).flatMap((o) => (isData(o) === is ? [o.id] : [])),
    ),
  );
  return join(refPart(data!), isBottom(others!) ? BOTTOM : parsedOf(call, others!));
}

/** JSON text of a value. */
export const stringified = (call: NativeCall, v: Value): Value => textFor(call.m, clone(call.m, v, call.site, "json"), v, call);

/** Turns what a copy is made of into plain data, in place where it can stay what it is. */
function convert(call: NativeCall, v: Value, done: Map<number, Value>, depth: number): Value {
  const { m, site } = call;
  let out: Value = primitivePart(v);
  for (const obj of objectsOf(m.heap, v)) {
    let made = done.get(obj.id);
    if (made === undefined) {
      if (obj.kind === "map") made = record(m, {}, spot(site, `plain ${obj.key}`));
      else if (obj.kind === "set") made = newArray(m, site, contentItems(m, obj, "values", site), `plain ${obj.key}`);
      else made = ofRef(obj.id, v.via);
      done.set(obj.id, made);
      if (depth < LIMITS.collectDepth) {
        const [into] = objectsOf(m.heap, made);
        if (obj.kind === "map")
          for (const e of elementsOf(m, ofRef(obj.id), site)) putUnder(call, into!, e.key, convert(call, e.value, done, depth + 1), e.sure);
        else if (into !== undefined && into.kind !== "unknown")
          for (const [slot, x] of [...into.props]) {
            const isData = slot.charCodeAt(0) !== 0 || slot === S.rest;
            if (isData && x.refs.length > 0) setSlot(m.heap, into, slot, convert(call, x, done, depth + 1));
          }
      }
    }
    out = join(out, made);
  }
  return out === BOTTOM ? UNDEFINED : out;
}
