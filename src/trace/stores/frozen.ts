/**
 * Values outside the heap: what a store (a table, a queue, a file) holds between a write and a read, and between two rounds of the
 * analysis. Trees without identity; writes to one place join. How values become such trees: `freeze.ts`.
 */
import { joinLabels, NO_LABELS, sameLabels, type Labels, type Site } from "../domain/labels.js";
import { S, setSlot } from "../domain/heap.js";
import {
  ANY_PRIMITIVE,
  BOTTOM,
  isBottom,
  join,
  K,
  ofKinds,
  ofRef,
  refPart,
  same,
  stringOf,
  withKinds,
  withLabels,
  type Value,
} from "../domain/value.js";
import { make, moved, type Machine } from "../machine/machine.js";
import { unknown } from "../machine/unknown.js";

export interface Frozen {
  /** The primitive part: kinds, constants, labels. */
  readonly primitive: Value;
  readonly object: {
    readonly props: ReadonlyMap<string, { readonly value: Frozen; readonly maybe: boolean }>;
    readonly rest: Frozen | null;
    readonly restKey: Labels;
  } | null;
  /** Elements of arrays, sets, maps. */
  readonly items: Frozen | null;
  /** Structure behind JSON text or bytes. */
  readonly text: Frozen | null;
  /** Something of unknown structure, too: these labels are in everything inside that `object` does not name. */
  readonly open: Labels | null;
}

export const NOTHING: Frozen = { primitive: BOTTOM, object: null, items: null, text: null, open: null };

/** Something of unknown structure with these labels in all of it. */
export const anything = (labels: Labels): Frozen => ({ ...NOTHING, primitive: ofKinds(ANY_PRIMITIVE, labels), open: labels });

/** Structure without labels: it keeps nothing apart. */
export const UNLABELLED: Frozen = anything(NO_LABELS);

export function joinFrozen(a: Frozen, b: Frozen): Frozen {
  if (a === b) return a;
  const primitive = join(a.primitive, b.primitive);
  const items = joinNullable(a.items, b.items);
  const text = joinNullable(a.text, b.text);
  let { object } = a;
  if (object === null) object = b.object;
  else if (b.object !== null && b.object !== object) {
    const props = new Map(object.props);
    for (const [name, y] of b.object.props) {
      const x = props.get(name);
      props.set(
        name,
        x === undefined ? { value: y.value, maybe: true } : { value: joinFrozen(x.value, y.value), maybe: x.maybe || y.maybe },
      );
    }
    for (const [name, x] of props) if (!b.object.props.has(name) && !x.maybe) props.set(name, { ...x, maybe: true });
    object = { props, rest: joinNullable(object.rest, b.object.rest), restKey: joinLabels(object.restKey, b.object.restKey) };
  }
  return { primitive, object, items, text, open: a.open === null ? b.open : b.open === null ? a.open : joinLabels(a.open, b.open) };
}

export const joinNullable = (a: Frozen | null, b: Frozen | null): Frozen | null => (a === null ? b : b === null ? a : joinFrozen(a, b));

/** Equality of meaning; steps do not count. */
export function sameFrozen(a: Frozen | null, b: Frozen | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (!same(a.primitive, b.primitive) || !sameFrozen(a.items, b.items) || !sameFrozen(a.text, b.text)) return false;
  if (a.open === null || b.open === null ? a.open !== b.open : !sameLabels(a.open, b.open)) return false;
  const x = a.object;
  const y = b.object;
  if (x === y) return true;
  if (x === null || y === null || x.props.size !== y.props.size || !sameLabels(x.restKey, y.restKey) || !sameFrozen(x.rest, y.rest))
    return false;
  for (const [name, p] of x.props) {
    const q = y.props.get(name);
    if (q === undefined || p.maybe !== q.maybe || !sameFrozen(p.value, q.value)) return false;
  }
  return true;
}

/**
 * A fresh value like the frozen one, as a read gives it; `kind` of hop noted on every label. Its parts are made at places of their own
 * (`where`): what a loop has read is folded by place, and one column is not another.
 */
export function thaw(m: Machine, f: Frozen, site: Site, where = ""): Value {
  const read = (all: Labels): Labels => moved(m, all, "read", site);
  const place = (what: string): string => `${site.file}:${site.at}:${where}:${what}`;
  const labels = read(f.primitive.labels);
  let out: Value = f.primitive.labels.length === 0 ? f.primitive : { ...f.primitive, labels };
  if (f.items !== null) {
    const list = make(m, "array", place("list"));
    const item = thaw(m, f.items, site, `${where}[]`);
    if (!isBottom(item)) setSlot(m.heap, list, S.rest, item);
    out = join(out, ofRef(list.id));
  }
  if (f.text !== null) {
    const text = make(m, "text", place("text"));
    setSlot(m.heap, text, S.value, thaw(m, f.text, site, `${where}~`));
    out = join(out, ofRef(text.id));
  }
  if (f.open !== null) out = join(out, refPart(unknown(m, place("unknown"), read(f.open))));
  if (f.object !== null) {
    const obj = make(m, "object", place("row"));
    for (const [name, p] of f.object.props) {
      const v = thaw(m, p.value, site, `${where}.${name}`);
      setSlot(m.heap, obj, name, p.maybe ? withKinds(v, v.kinds | K.Absent) : v);
    }
    if (f.object.rest !== null) setSlot(m.heap, obj, S.rest, thaw(m, f.object.rest, site, `${where}.*`));
    if (f.object.restKey.length > 0) setSlot(m.heap, obj, S.restKey, stringOf(f.object.restKey));
    out = join(out, ofRef(obj.id));
  }
  return out;
}

/** What an unnamed part of something open is like. */
export const openPart = (f: Frozen): Frozen | undefined =>
  f.open === null ? undefined : { ...NOTHING, primitive: ofKinds(ANY_PRIMITIVE, f.open), open: f.open };

/** With other labels everywhere. */
export function relabelled(f: Frozen, by: (labels: Labels) => Labels): Frozen {
  const inner = (part: Frozen | null): Frozen | null => (part === null ? null : relabelled(part, by));
  const { object } = f;
  return {
    primitive: withLabels(f.primitive, by(f.primitive.labels)),
    object: object && {
      props: new Map([...object.props].map(([name, p]) => [name, { ...p, value: relabelled(p.value, by) }])),
      rest: inner(object.rest),
      restKey: by(object.restKey),
    },
    items: inner(f.items),
    text: inner(f.text),
    open: f.open && by(f.open),
  };
}

/** All labels in a frozen value. */
export function frozenLabels(f: Frozen | null): Labels {
  if (f === null) return NO_LABELS;
  let out = f.primitive.labels;
  for (const p of f.object?.props.values() ?? []) out = joinLabels(out, frozenLabels(p.value));
  out = joinLabels(joinLabels(out, f.object?.restKey ?? NO_LABELS), f.open ?? NO_LABELS);
  for (const part of [f.object?.rest ?? null, f.items, f.text]) out = joinLabels(out, frozenLabels(part));
  return out;
}
