/** Transforms: what comes out of a declared function has the status that the manifest says. */
import type { Transform } from "../../manifest/model.js";
import { isAtLeast } from "../../manifest/status.js";
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { joinLabels, labelId, NO_LABELS, type Labels } from "../domain/labels.js";
import { withLabels, type Value } from "../domain/value.js";
import { clone } from "../machine/clone.js";
import { newStep, type CallEvent, type Machine } from "../machine/machine.js";
import { noiseOf } from "./mechanisms.js";

/** A copy of all that the value holds, each field of which is as far from the person as the transform makes it; never nearer than it was. */
export function relabelled(m: Machine, v: Value, t: Transform, call: CallEvent): Value {
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
  const copy = clone(m, v, site, "structured");
  const seen = new Set<number>();
  const visit = (x: Value): Value => {
    for (const obj of objectsOf(m.heap, x)) {
      if (seen.has(obj.id)) continue;
      seen.add(obj.id);
      for (const [slot, y] of [...obj.props]) if (slot !== S.proto) setSlot(m.heap, obj, slot, visit(y));
    }
    return withLabels(x, change(x.labels));
  };
  return visit(copy);
}
