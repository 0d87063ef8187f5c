/** Deep merging: what is certainly there takes the place of what was, records are merged into records, lists become one. */
import { objectsOf, type Obj } from "../domain/heap.js";
import { hasPrimitive, join, ofConst, ofRef, withRefs, type Value } from "../domain/value.js";
import { anyItem } from "../machine/iterate.js";
import { LIMITS, type NativeCall } from "../machine/machine.js";
import { entries, setAny } from "../machine/props.js";
import { itemsOf } from "../natives/items.js";
import { putUnder } from "./write.js";

/** Merges `from` (a copy of the call's own) into what `into` refers to; gives what comes out. */
export function merge(call: NativeCall, into: Value, from: Value, depth = 0): Value {
  const { heap } = call.m;
  const targets = objectsOf(heap, into);
  const sources = objectsOf(heap, from);
  const certain = targets.length === 1 && sources.length === 1 && !hasPrimitive(from);
  let apart: Value = withRefs(from, []);
  for (const source of sources) {
    const fit = targets.filter(({ kind }) => kind === source.kind || kind === "unknown");
    if (fit.length === 0 || depth > LIMITS.collectDepth) apart = join(apart, ofRef(source.id, from.via));
    for (const target of fit) mergeObject(call, target, source, certain, depth);
  }
  return join(into, apart);
}

function mergeObject(call: NativeCall, target: Obj, source: Obj, certain: boolean, depth: number): void {
  const { m, site } = call;
  if (source.kind === "array") {
    const any = anyItem(itemsOf(m, ofRef(source.id), site));
    putUnder(call, target, "any", any, false);
    return;
  }
  const { known, rest, restKey } = entries(m, source, site);
  for (const { name, value, maybe } of known) {
    const old = target.props.get(name);
    const sure = certain && !maybe;
    const merged = old !== undefined && old.refs.length > 0 && value.refs.length > 0 ? merge(call, old, value, depth + 1) : value;
    putUnder(call, target, ofConst(name), merged, sure);
  }
  if (rest !== null) setAny(m, target, rest, restKey);
}
