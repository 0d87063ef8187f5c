/** Bounds that are hit while values are made: how many objects one may refer to, how often something is repeated until it is stable. */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { deref, isCallable, Obj } from "../domain/heap.js";
import { join, ofRefs, withRefs, type Value } from "../domain/value.js";
import type { Point } from "../domain/ways.js";
import { allLabels } from "./deep.js";
import { LIMITS, siteOf, type Machine } from "./machine.js";
import { unknown } from "./unknown.js";

/**
 * The value with at most {@link LIMITS.objectsPerValue} objects that hold data. Those of a value with more are replaced by one unknown object that holds
 * whatever any of them holds; functions and classes stay what they are.
 */
export function bounded(m: Machine, v: Value, site: Site): Value {
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
