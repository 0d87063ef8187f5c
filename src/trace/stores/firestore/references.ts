/**
 * References to Firestore's collections and documents. A collection is a table by its own name, wherever it stands below documents: so a
 * collection group is the same place. Names: https://firebase.google.com/docs/firestore/data-model.
 */
import { objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { HOLE } from "../../domain/text-pattern.js";
import { ANY_STRING, BOTTOM, exact, isBottom, join, joinAll, ofConst, ofRef, stringOf, UNDEFINED, type Value } from "../../domain/value.js";
import { externalData } from "../../machine/external.js";
import { namesOf } from "../../machine/text-parts.js";
import type { NativeCall } from "../../machine/machine.js";
import { instance, selves, slotOf } from "../../natives/support.js";

export const LIB = "@google-cloud/firestore";

/** Slots of references. */
const COLLECTION = "\0collection";
const ID = "\0id";
const CONVERTER = "\0converter";
const FIELDS = "\0fields";
/** A certainty: what only some ways have asked for says nothing. */
const CONDITIONS = "\0!conditions";

/** What a reference stands for. */
export interface Reference {
  /** Names of collections; `*` where it may be any. */
  readonly collection: Value;
  /** Of a document: its id. */
  readonly id: Value;
  /** What `withConverter` was given; bottom without. */
  readonly converter: Value;
  /** Paths that a query is limited to, as arguments of `select`. */
  readonly fields: Value;
  /** What holds the conditions of a query; bottom where there are none. */
  readonly conditions: Value;
}

const NOWHERE: Reference = { collection: BOTTOM, id: BOTTOM, converter: BOTTOM, fields: BOTTOM, conditions: BOTTOM };

/** What some references stand for, together. */
export const referenceIn = (objects: readonly Obj[]): Reference => ({
  collection: slotOf(objects, COLLECTION),
  id: slotOf(objects, ID),
  converter: slotOf(objects, CONVERTER),
  fields: slotOf(objects, FIELDS),
  conditions: objects.length === 1 ? slotOf(objects, CONDITIONS) : BOTTOM,
});

export const self = (call: NativeCall): Reference => referenceIn(selves(call));
export const referenceOf = (call: NativeCall, v: Value): Reference => referenceIn(objectsOf(call.m.heap, v));

/** The tables of a reference; of one that only a type tells of, any. */
export const tablesOf = ({ collection }: Reference): readonly string[] =>
  collection.consts.length === 0 || collection.consts.includes("*") ? ["*"] : collection.consts.map(String);

/** Is a document meant, rather than a collection or a query? */
export const isDocument = (call: NativeCall, v: Value): boolean =>
  objectsOf(call.m.heap, v).some(
    (obj) => obj.props.has(ID) || (obj.kind === "external" && externalData(obj).path[0] === "DocumentReference"),
  );

/** An object that stands for it. */
export function handle(call: NativeCall, owner: string, reference: Reference): Value {
  const { m } = call;
  const obj = instance(m, LIB, owner, call.site);
  const slots: readonly (readonly [string, Value])[] = [
    [COLLECTION, reference.collection],
    [ID, reference.id],
    [CONVERTER, reference.converter],
    [FIELDS, reference.fields],
    [CONDITIONS, reference.conditions],
  ];
  for (const [slot, v] of slots) if (!isBottom(v)) setSlot(m.heap, obj, slot, v);
  setSlot(m.heap, obj, "id", owner === "DocumentReference" ? (isBottom(reference.id) ? ANY_STRING : reference.id) : reference.collection);
  return ofRef(obj.id);
}

/** The segments of a path; `*` for one that is not known. Several texts may be meant. */
const segmentsOf = (call: NativeCall, path: Value): readonly (readonly string[])[] =>
  namesOf(call.m, path).map((text) =>
    text
      .split("/")
      .filter((segment) => segment !== "")
      .map((segment) => (segment.includes(HOLE) ? "*" : segment)),
  );

const nameAt = (call: NativeCall, path: Value, fromEnd: number): Value => {
  const all = segmentsOf(call, path).map((segments) => segments.at(-fromEnd) ?? "*");
  return all.length === 0 ? ofConst("*") : joinAll(all.map(ofConst));
};

/** The collection at a path, given whole or in segments: the last of them. */
export const collectionAt = (call: NativeCall, segments: readonly Value[]): Reference => ({
  ...NOWHERE,
  collection: nameAt(call, segments.at(-1) ?? UNDEFINED, 1),
});

/** The document at a path: its collection is the segment before its own. */
export function documentAt(call: NativeCall, segments: readonly Value[]): Reference {
  const last = segments.at(-1) ?? UNDEFINED;
  const isAlone = segmentsOf(call, last).every((s) => s.length < 2) && segments.length > 1;
  return isAlone
    ? { ...NOWHERE, collection: nameAt(call, segments.at(-2)!, 1), id: last }
    : { ...NOWHERE, collection: nameAt(call, last, 2), id: idIn(last) };
}

/** The id at the end of a path: what the path spells out may be in it. */
function idIn(path: Value): Value {
  const text = exact(path);
  return typeof text === "string" ? ofConst(text.slice(text.lastIndexOf("/") + 1)) : stringOf(path.labels);
}

/** A document of a collection, by its id; without one it gets a new one. */
export const documentIn = (of: Reference, id: Value): Reference => ({
  ...of,
  fields: BOTTOM,
  conditions: BOTTOM,
  id: id === UNDEFINED ? ANY_STRING : join(id, BOTTOM),
});
