/** Bounds that are hit while values are made: how many objects one may refer to, how often something is repeated until it is stable. */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { absorb } from "../domain/fold.js";
import { deref, isCallable, isPlain, Obj, objectsOf, S, setSlot, type Origin } from "../domain/heap.js";
import { join, ofRefs, withRefs, type Value } from "../domain/value.js";
import { isCleanFor } from "../domain/searches.js";
import type { Point } from "../domain/ways.js";
import { allLabels, labelsWithin } from "./deep.js";
import { LIMITS, make, siteOf, type Machine } from "./machine.js";
import { unknown } from "./unknown.js";

/**
 * The value with at most {@link LIMITS.objectsPerValue} objects that hold data. Those of a value with more are made one of each kind and
 * prototype, which has under each name what any of them has there: which of them it was is lost, in which property it is is not. Those
 * of which nothing is known, and in which no field is, are one unknown object beside them. Functions and classes stay what they are.
 */
export function bounded(m: Machine, v: Value, site: Site): Value {
  if (v.refs.length <= LIMITS.objectsPerValue) return v;
  const kept: number[] = [];
  const bare: number[] = [];
  const others: number[] = [];
  const plain = new Map<string, Obj[]>();
  const objects = objectsOf(m.heap, v);
  const laden = ladenOf(
    m,
    objects.filter((obj) => obj.kind === "unknown"),
  );
  for (const obj of objects)
    if (isCallable(obj)) kept.push(obj.id);
    else if (!isPlain(obj)) (obj.kind === "unknown" && !laden.has(obj) ? bare : others).push(obj.id);
    else {
      const key = `${obj.kind} ${obj.props.get(S.proto)?.refs.join() ?? ""}`;
      plain.set(key, [...(plain.get(key) ?? []), obj]);
    }
  const data = [...plain].map(([key, group]) => oneOf(m, group, { name: `${site.file}:${site.at}-${site.end}:${key}`, site }));
  const apart = ofRefs(
    [...data, ...others].sort((a, b) => a - b),
    v.via,
  );
  const all = join(withRefs(v, kept), boundedWhole(m, apart, site));
  return bare.length === 0 ? all : join(all, bare.length === 1 ? ofRefs(bare) : unknown(m, site));
}

/**
 * Those of these in which a field is, and others in which one has been: what is kept apart for longer than it must be is no less true, and to
 * go through all that they hold at each read of a property took most of the time of a constructor with a hundred of them.
 */
function ladenOf(m: Machine, objects: readonly Obj[]): ReadonlySet<Obj> {
  const { laden } = m.heap.searches;
  const open = objects.filter((obj) => !laden.has(obj) && !isCleanFor(m.heap, obj));
  // In one go: they share most of what they hold.
  const within = labelsWithin(m, ofRefs(open.map(({ id }) => id)));
  for (const obj of open) if ((within.get(obj) ?? NO_LABELS).length > 0) laden.add(obj);
  return laden;
}

/** An object that has what any of several of one kind has. */
function oneOf(m: Machine, [first, ...others]: readonly Obj[], origin: Origin): number {
  if (others.length === 0) return first!.id;
  const one = make(m, first!.kind, origin);
  one.summary = true;
  for (const [slot, value] of first!.props) setSlot(m.heap, one, slot, value);
  absorb(m.heap, one, others);
  return one.id;
}

/** The same, at once with one unknown object that holds whatever any of them holds: what goes round in a recursion ends there. */
export function boundedWhole(m: Machine, v: Value, site: Site): Value {
  if (v.refs.length <= LIMITS.objectsPerValue) return v;
  const data: number[] = [];
  const kept: number[] = [];
  for (const id of v.refs) (isCallable(deref(m.heap, id)) ? kept : data).push(id);
  if (data.length <= LIMITS.objectsPerValue) return v;
  const labels = allLabels(m, ofRefs(data));
  if (labels.length > 0)
    m.blind("object-limit", site, `more than ${LIMITS.objectsPerValue} objects may be meant here: they are taken for one`, labels);
  return join(withRefs(v, kept), unknown(m, site, joinLabels(labels, v.labels)));
}

/** A repetition was cut off while what it wrote (since `from`) still grew: told, if a declared field is in that. */
export function cutOff(m: Machine, from: Point): void {
  let labels: Labels = NO_LABELS;
  for (const entry of m.heap.trail.slice(from.trail))
    if (entry instanceof Obj) for (const v of entry.values()) labels = joinLabels(labels, v.labels);
    else labels = joinLabels(labels, entry.obj.props.get(entry.slot)?.labels ?? NO_LABELS);
  if (labels.length > 0)
    m.blind(
      "budget-limit",
      siteOf(m, m.frame.code.fn),
      `something repeated in here was still growing after ${LIMITS.passes} passes`,
      labels,
    );
}
