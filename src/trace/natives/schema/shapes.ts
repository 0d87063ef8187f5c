/** Object schemas made of others: keys picked, left out, added, made optional. */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, ofRef, type Value } from "../../domain/value.js";
import type { Machine, NativeCall } from "../../machine/machine.js";
import { at } from "../support.js";
import { isSchema, kindsOf, mapShape, maskNames, objectSchemas, part, revised, schema, type Parts, type SchemaKind } from "./schema.js";

type ShapeChange = (shape: Value, where: string) => Value;

/** Object schemas with another shape, and what they were wrapped in left away (as zod has no `shape` there either). */
export function reshaped(call: NativeCall, schemas: Value, change: ShapeChange): Value {
  let out: Value = BOTTOM;
  for (const obj of objectSchemas(call.m, schemas))
    out = join(
      out,
      revised(call.m, ofRef(obj.id), at(call), (o) => ({ shape: change(part(o, "shape"), at(call, "shape")) })),
    );
  return isBottom(out) ? schemas : out;
}

/** The same with other parts in the object schemas, under whatever they are wrapped in: where every method gives the same class. */
export function revisedWithin(m: Machine, schemas: Value, where: string, change: (obj: Obj) => Parts, depth = 0): Value {
  return revised(m, schemas, where, (obj) => {
    if (!isSchema(obj) || kindsOf(obj).includes("object")) return change(obj);
    const of = part(obj, "of");
    return isBottom(of) || depth > 8 ? {} : { of: revisedWithin(m, of, `${where}~`, change, depth + 1) };
  });
}

/** Only those keys of which `keep` holds: is the key named in the mask? */
export function maskedShape(call: NativeCall, schemas: Value, mask: Value, keep: (named: boolean) => boolean): Value {
  const names = maskNames(call.m, mask, call.site);
  return reshaped(call, schemas, (shape, where) =>
    names === undefined ? shape : mapShape(call.m, shape, where, (name, v) => (keep(names.has(name)) ? v : undefined)),
  );
}

/** A shape with another one's schemas, which replace its own. */
export function extended(m: Machine, shape: Value, other: Value, where: string): Value {
  const out = mapShape(m, shape, where, (_name, v) => v);
  for (const target of objectsOf(m.heap, out))
    for (const obj of objectsOf(m.heap, other))
      for (const [slot, v] of obj.props)
        if (slot.charCodeAt(0) !== 0 || slot === S.rest || slot.startsWith(S.getter) || slot === "\0accessors") setSlot(m.heap, target, slot, v);
  return out;
}

/** Each key's schema (or those named in the mask) in a wrapper: optional, or no longer so. */
export function wrappedShape(call: NativeCall, library: string, schemas: Value, kind: SchemaKind, mask: Value | undefined): Value {
  const names = mask === undefined ? undefined : maskNames(call.m, mask, call.site);
  return reshaped(call, schemas, (shape, where) =>
    mapShape(call.m, shape, where, (name, v) =>
      v.refs.length === 0 || (names !== undefined && !names.has(name)) ? v : schema(call.m, library, at(call, name), kind, { of: v }),
    ),
  );
}
