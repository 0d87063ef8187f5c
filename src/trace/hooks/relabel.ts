/**
 * Transforms: what comes out of a declared function has the status that the manifest says. It stands for what went in, also where no value
 * flows from there to here: a token of a vault, a counter's number, what a service answers is a pseudonym because the declaration says so.
 */
import type { Transform } from "../../manifest/model.js";
import { isAtLeast } from "../../manifest/status.js";
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { joinLabels, labelId, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { BOTTOM, isBottom, join, joinAll, K, NULLISH, ofRef, withLabels, withRefs, type Value } from "../domain/value.js";
import { allArgs } from "../machine/call.js";
import { clone } from "../machine/clone.js";
import { allLabels, atPath, labelDeep } from "../machine/deep.js";
import { isOutside } from "../machine/external.js";
import { isAsyncGenerator } from "../machine/generators.js";
import { anyItem, iterate } from "../machine/iterate.js";
import { make, newStep, type CallEvent, type Machine } from "../machine/machine.js";
import { settle } from "../machine/promise.js";
import { unknown } from "../machine/unknown.js";
import { noiseOf } from "./mechanisms.js";

/**
 * A copy of all that the value holds, each field of which is as far from the person as the transform makes it; never nearer than it was.
 * Of a promise, what it comes to; of a generator, what it yields.
 */
export function relabelled(m: Machine, v: Value, t: Transform, call: CallEvent): Value {
  const later = objectsOf(m.heap, v).filter(({ kind }) => LATER.has(kind));
  if (later.length === 0) return changed(m, standing(m, v, call), t, call);
  const now = withRefs(
    v,
    v.refs.filter((id) => !later.some((obj) => obj.id === id)),
  );
  return later.reduce(
    (out, obj) => join(out, obj.kind === "promise" ? promised(m, obj, t, call) : yielded(m, obj, t, call)),
    isBottom(now) ? BOTTOM : relabelled(m, now, t, call),
  );
}

/** What gives its content to whoever waits or asks for it. */
const LATER: ReadonlySet<Obj["kind"]> = new Set(["promise", "generator", "iterator"]);

function promised(m: Machine, before: Obj, t: Transform, call: CallEvent): Value {
  const { value, reason, pending } = settle(m, ofRef(before.id), call.site);
  const promise = make(m, "promise", call.site);
  if (pending || !isBottom(value)) setSlot(m.heap, promise, S.value, relabelled(m, value, t, call));
  if (reason !== null) setSlot(m.heap, promise, S.reason, reason);
  return ofRef(promise.id);
}

function yielded(m: Machine, before: Obj, t: Transform, call: CallEvent): Value {
  const async = isAsyncGenerator(before);
  const iterator = make(m, "iterator", call.site, { async });
  setSlot(m.heap, iterator, S.rest, relabelled(m, anyItem(iterate(m, ofRef(before.id), call.site, async)), t, call));
  return ofRef(iterator.id);
}

/** What is there, in the status that the transform gives. */
function changed(m: Machine, v: Value, t: Transform, call: CallEvent): Value {
  const { site } = call;
  const noise = t.yields === "differentially-private" ? noiseOf(m, call, t) : undefined;
  const change = (labels: Labels): Labels => {
    let out: Labels = NO_LABELS;
    for (const l of labels) {
      const { field, status, gates, of, reference } = m.labels.infos[l.id]!;
      const id =
        status !== t.yields && isAtLeast(status, t.yields) ? l.id : labelId(m.labels, field, t.yields, gates, of, noise, reference);
      out = joinLabels(out, [{ id, step: newStep(m, site, "transform", l.step) }]);
    }
    return out;
  };
  const seen = new Set<number>();
  const visit = (x: Value): Value => {
    for (const obj of objectsOf(m.heap, x)) {
      if (seen.has(obj.id)) continue;
      seen.add(obj.id);
      for (const [slot, y] of [...obj.props]) if (slot !== S.proto) setSlot(m.heap, obj, slot, visit(y));
    }
    return withLabels(x, change(x.labels));
  };
  return visit(v);
}

/**
 * A copy of the result that stands for what the call was given. What is put where a field was (`{ ...user, email: token }`) is that field;
 * a result that has neither anything of the arguments nor a place for it is all of them. One that keeps some fields has left out the others.
 */
function standing(m: Machine, result: Value, call: CallEvent): Value {
  const { site } = call;
  const shown = isOutside(m, result) ? unknown(m, site) : clone(m, result, site, "structured");
  const args = joinAll(allArgs(call.args).map((given) => clone(m, given, site, "structured")));
  const given = allLabels(m, args);
  if (given.length === 0 || isNothing(result)) return shown;
  const hasPlaces = replaced(m, shown, args, site);
  if (hasPlaces || sharesField(m, allLabels(m, shown), given)) return shown;
  const whole = labelDeep(m, shown, given);
  return allLabels(m, whole).length === 0 ? join(whole, unknown(m, site, given)) : whole;
}

/**
 * Labels what has come in the place of a field, in the properties that a result has in common with what was given, and in their elements.
 * Is there such a place, whatever is in it?
 */
function replaced(m: Machine, copy: Value, given: Value, site: Site): boolean {
  const seen = new Set<number>();
  let found = false;
  const visit = (result: Value, before: Value): void => {
    for (const obj of objectsOf(m.heap, result)) {
      if (seen.has(obj.id) || (obj.kind !== "object" && obj.kind !== "array")) continue;
      seen.add(obj.id);
      for (const [slot, x] of [...obj.props]) {
        if (slot !== S.rest && slot.startsWith("\0")) continue;
        const isElement = obj.kind === "array" || slot === S.rest;
        const was = atPath(m, before, [isElement ? { k: "any" } : { k: "prop", name: slot }], site);
        if (x.refs.length > 0) visit(x, was);
        else if (isLeaf(m, was) && allLabels(m, was).length > 0 && !isElement) {
          found = true;
          if (isReplacement(x)) setSlot(m.heap, obj, slot, labelDeep(m, x, allLabels(m, was)));
        }
      }
    }
  };
  visit(copy, given);
  return found;
}

/** Something that says nothing of a field by itself, and may differ from person to person: no text that the code spells out, no yes or no. */
const isReplacement = (x: Value): boolean =>
  x.labels.length === 0 && ((x.kinds & (K.String | K.Number | K.Big | K.Symbol)) !== 0 || x.consts.some((c) => typeof c === "number"));

/** A text or the like, or something of which no more is known. */
const isLeaf = (m: Machine, v: Value): boolean => objectsOf(m.heap, v).every(({ kind }) => kind === "unknown" || kind === "text");

/** Certainly nothing: the function changes its argument in place, or gives up. */
const isNothing = (v: Value): boolean => v.refs.length === 0 && v.consts.length === 0 && v.kinds !== 0 && (v.kinds & ~NULLISH) === 0;

function sharesField(m: Machine, labels: Labels, given: Labels): boolean {
  const fields = new Set(given.map(({ id }) => m.labels.infos[id]!.field));
  return labels.some(({ id }) => fields.has(m.labels.infos[id]!.field));
}
