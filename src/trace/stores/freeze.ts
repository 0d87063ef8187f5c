/** From values of the heap to trees without identity, whose labels bear the step of the write. */
import { joinLabels, NO_LABELS, type Labels, type Site, type Step } from "../domain/labels.js";
import { objectsOf, S, type Obj } from "../domain/heap.js";
import { addLabels, BOTTOM, join, ofRef, primitivePart, stringOf, withLabels, type Value } from "../domain/value.js";
import { nobodys, nobodysLabels } from "../machine/gates.js";
import { allLabels, isUniform, labelsWithin } from "../machine/deep.js";
import { iterate } from "../machine/iterate.js";
import { LIMITS, newStep, type Machine } from "../machine/machine.js";
import { ACCESSORS, entries } from "../machine/props.js";
import { deepLabels } from "../machine/unknown.js";
import { anything, joinFrozen, NOTHING, UNLABELLED, type Frozen } from "./frozen.js";

const DEPTH = 10;

/** A value as a tree, written at `site` (to `place`, if that is one); and whether parts of it that bear labels were too many to be kept apart. */
export function freeze(m: Machine, v: Value, site: Site, place?: string): { readonly frozen: Frozen; readonly cut: boolean } {
  const freezer = new Freezer(m, site, place, labelsWithin(m, v));
  const frozen = freezer.value(v, 0, null);
  return { frozen, cut: freezer.cut };
}

/** So many ways to one object at one depth are told apart; it came by the first of them, for those that follow. */
const WAYS = 4;

/**
 * One freezing. What many refer to is frozen once for each depth it stands at and a few of the ways it came, else a graph would be as large
 * as the number of ways through it; below the top, structure without labels is not frozen at all.
 */
class Freezer {
  private readonly done = new Map<string, { readonly via: Step | null; readonly frozen: Frozen }[]>();
  /** Objects being frozen, with their depth. */
  private readonly active = new Map<number, number>();
  /** References followed so far. */
  private followed = 0;
  cut = false;
  /** Depth of the outermost of them that something has referred back to: what is below it is frozen as far as there only. */
  private outermost = Infinity;

  constructor(
    private readonly m: Machine,
    private readonly site: Site,
    private readonly place: string | undefined,
    private readonly labels: ReadonlyMap<Obj, Labels>,
  ) {}

  /** `around` is how what it stands in came here; of a value that stands by itself, null. */
  value(v: Value, depth: number, around: Step | null): Frozen {
    const own: Frozen = { ...NOTHING, primitive: this.writtenPart(primitivePart(v), around) };
    if (v.refs.length === 0) return own;
    const via = this.within(v.via, around);
    if (depth > DEPTH) {
      const labels = this.written(allLabels(this.m, v), via);
      return { ...own, primitive: addLabels(join(own.primitive, stringOf(NO_LABELS)), labels) };
    }
    return objectsOf(this.m.heap, v).reduce((all, obj) => joinFrozen(all, this.once(obj, depth, via)), own);
  }

  private once(obj: Obj, depth: number, via: Step | null): Frozen {
    const at = this.active.get(obj.id);
    if (at !== undefined) {
      this.outermost = Math.min(this.outermost, at);
      return NOTHING;
    }
    if (this.followed++ >= LIMITS.frozen) {
      const labels = this.labelsIn(obj);
      this.cut ||= labels.length > 0;
      return anything(this.written(labels, via));
    }
    const key = `${obj.id}:${depth}`;
    const known = this.done.get(key) ?? [];
    const same = known.find((one) => one.via === via) ?? (known.length < WAYS ? undefined : known[0]);
    if (same !== undefined) return same.frozen;
    const before = this.outermost;
    this.outermost = Infinity;
    this.active.set(obj.id, depth);
    const out = this.object(obj, depth, via);
    this.active.delete(obj.id);
    if (this.outermost >= depth) {
      this.done.set(key, [...known, { via, frozen: out }]);
      this.outermost = before;
    } else this.outermost = Math.min(before, this.outermost);
    return out;
  }

  private object(obj: Obj, depth: number, via: Step | null): Frozen {
    switch (obj.kind) {
      case "array":
      case "set":
      case "map":
      case "generator":
      case "iterator": {
        if (depth > 0 && this.isPlain(obj)) return UNLABELLED;
        // To iterate is a step already, and has the list's way with it.
        const { list, rest } = iterate(this.m, ofRef(obj.id, via), this.site);
        const all = [...list, ...(rest === null ? [] : [rest])];
        return { ...NOTHING, items: all.reduce((items, x) => joinFrozen(items, this.value(x, depth + 1, null)), NOTHING) };
      }
      case "text":
        return { ...NOTHING, text: this.value(obj.props.get(S.value) ?? BOTTOM, depth + 1, via) };
      case "promise":
        return this.value(obj.props.get(S.value) ?? BOTTOM, depth + 1, via);
      case "unknown":
        return depth > 0 && this.isPlain(obj) ? { ...NOTHING, open: NO_LABELS } : this.unknown(obj, depth, via);
      case "object":
      case "external":
      case "error": {
        if (obj.kind === "external" && obj.props.size === 0) return NOTHING;
        if (depth > 0 && this.isPlain(obj)) return UNLABELLED;
        const e = entries(this.m, obj, this.site);
        const props = new Map<string, { value: Frozen; maybe: boolean }>();
        for (const x of e.known) props.set(x.name, { value: this.value(x.value, depth + 1, via), maybe: x.maybe });
        const rest = e.rest === null ? null : this.value(e.rest, depth + 1, via);
        return { ...NOTHING, object: { props, rest, restKey: this.written(e.restKey, via) } };
      }
      default:
        return NOTHING;
    }
  }

  /** What was asked of it or is declared, and that the rest is unknown; not one level of that after another. */
  private unknown(obj: Obj, depth: number, via: Step | null): Frozen {
    const props = new Map<string, { value: Frozen; maybe: boolean }>();
    if (isUniform(obj, this.labelsIn(obj))) return { ...NOTHING, open: this.written(deepLabels(obj), via) };
    for (const x of entries(this.m, obj, this.site).known) props.set(x.name, { value: this.value(x.value, depth + 1, via), maybe: true });
    const rest = obj.props.get(S.rest);
    const open = rest === undefined ? deepLabels(obj) : joinLabels(deepLabels(obj), allLabels(this.m, rest));
    return { ...NOTHING, object: props.size === 0 ? null : { props, rest: null, restKey: NO_LABELS }, open: this.written(open, via) };
  }

  /** Labels with the write as their next step; `via` is how what they are in came here. */
  private written(labels: Labels, via: Step | null): Labels {
    if (labels.length === 0) return labels;
    const out = nobodysLabels(this.m, labels).map((l) => ({ id: l.id, step: newStep(this.m, this.site, "write", l.step, via) }));
    if (this.place !== undefined) for (const { step } of out) this.m.hooks.keeping?.into(this.m, step, this.place);
    return out;
  }

  private writtenPart(v: Value, via: Step | null): Value {
    const now = nobodys(this.m, v);
    return withLabels(now, this.written(now.labels, via));
  }

  /** How something came into what is written: its own way, then that of what it stands in. */
  private within(own: Step | null, around: Step | null): Step | null {
    if (own === null || around === null) return own ?? around;
    // What the object around it did before it was put there is not its way.
    return around.time < own.time ? own : newStep(this.m, this.site, "write", own, around);
  }

  private labelsIn(obj: Obj): Labels {
    return this.labels.get(obj) ?? allLabels(this.m, ofRef(obj.id));
  }

  /** No labels, now: a getter may still give some. */
  private isPlain(obj: Obj): boolean {
    return !obj.props.has(ACCESSORS) && this.labelsIn(obj).length === 0;
  }
}
