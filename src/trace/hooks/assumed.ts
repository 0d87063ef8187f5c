/**
 * What comes out of a library's call is assumed to hold all that went in. Where the manifest says which field a function returns, the
 * declaration takes the place of that assumption: a model's answer that is declared to be `chat.completion` is that, and not the
 * prompt too. What came there by the program's own code stays.
 */
import type { Label, Labels, Step } from "../domain/labels.js";
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { ofKinds, withLabels, K, type Value } from "../domain/value.js";
import type { Machine } from "../machine/machine.js";

function isAssumed(label: Label): boolean {
  for (let step: Step | null = label.step; step !== null; step = step.prev) if (step.kind === "library") return true;
  return false;
}

const known = (labels: Labels): Labels => (labels.some(isAssumed) ? labels.filter((l) => !isAssumed(l)) : labels);

/** A declared result without the labels that are only assumed to be in it; in place where it is inside a promise or something unknown. */
export function withoutAssumed(m: Machine, v: Value): Value {
  const seen = new Set<number>();
  const visit = (value: Value): Value => {
    for (const obj of objectsOf(m.heap, value)) {
      if (seen.has(obj.id) || (obj.kind !== "promise" && obj.kind !== "unknown")) continue;
      seen.add(obj.id);
      for (const [slot, x] of [...obj.props]) {
        if (slot === S.deep) {
          const labels = known(x.labels);
          setSlot(m.heap, obj, slot, labels.length === 0 ? undefined : ofKinds(K.String, labels));
        } else if (slot !== S.proto) setSlot(m.heap, obj, slot, visit(x));
      }
    }
    return withLabels(value, known(value.labels));
  };
  return visit(v);
}
