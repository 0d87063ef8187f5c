/** A bound on how many objects one value may refer to: beyond it, what only holds data becomes one unknown object. */
import { joinLabels, type Site } from "../domain/labels.js";
import { deref } from "../domain/heap.js";
import { join, ofRefs, withRefs, type Value } from "../domain/value.js";
import { allLabels } from "./deep.js";
import { LIMITS, type Machine } from "./machine.js";
import { unknown } from "./unknown.js";

/**
 * The value with at most {@link LIMITS.objectsPerValue} objects that hold data. Those of a value with more are replaced by one unknown object that holds
 * whatever any of them holds; functions and classes stay what they are.
 */
export function bounded(m: Machine, v: Value, site: Site): Value {
  if (v.refs.length <= LIMITS.objectsPerValue) return v;
  const data: number[] = [];
  const kept: number[] = [];
  for (const id of v.refs) (isCallable(deref(m.heap, id).kind) ? kept : data).push(id);
  if (data.length <= LIMITS.objectsPerValue) return v;
  const labels = allLabels(m, ofRefs(data));
  if (labels.length > 0)
    m.blind("object-limit", site, `more than ${LIMITS.objectsPerValue} objects may be meant here: they are taken for one`, labels);
  return join(withRefs(v, kept), unknown(m, site, joinLabels(labels, v.labels)));
}

const isCallable = (kind: string): boolean => kind === "function" || kind === "class" || kind === "bound" || kind === "native";
