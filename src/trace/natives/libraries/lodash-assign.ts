/** lodash's assigners (`assign`, `defaults`, `merge` and their kin): what sources have is put into a target. */
import { isCallable, joinSlot, objectsOf, restFor, setSlot, type Obj } from "../../domain/heap.js";
import { joinLabels, NO_LABELS, type Labels } from "../../domain/labels.js";
import {
  BOTTOM,
  hasPrimitive,
  isBottom,
  join,
  joinAll,
  K,
  ofConst,
  ofRef,
  ofRefs,
  stringOf,
  UNDEFINED,
  withKinds,
  withRefs,
  type Value,
} from "../../domain/value.js";
import { arg, callValue } from "../../machine/call.js";
import { clone } from "../../machine/clone.js";
import { hop, make, type Native, type NativeCall } from "../../machine/machine.js";
import { entries, setAny } from "../../machine/props.js";
import { isEmpty } from "../../machine/purse.js";
import { at } from "../support.js";

/** So many copies in one call, and the same objects share one. */
const AGAIN = 64;

/** Deeper than this, what stands there is put in as it is. */
const DEPTH = 8;

interface Way {
  /** Objects are merged into each other. */
  readonly deep: boolean;
  /** What is there already stays. */
  readonly keep: boolean;
  /** The last argument says what becomes of a property, unless it gives `undefined`. */
  readonly custom?: boolean;
}

/** One assigner at work. */
interface Assigning extends Way {
  readonly call: NativeCall;
  readonly customizer: Value;
  /** What has been put where, by both: again it would come to the same, and what is shared or cyclic is come to on many ways. */
  readonly done: Set<string>;
  /** Copies by what they are of. */
  readonly copies: Map<string, Value>;
}

/** What any of the objects that a source may be has. */
interface Parts {
  readonly known: ReadonlyMap<string, { readonly value: Value; readonly maybe: boolean }>;
  readonly rest: Value | null;
  readonly restKey: Labels;
}

const isRecord = (obj: Obj): boolean => obj.kind === "object" || obj.kind === "array";

function partsOf({ call }: Assigning, sources: readonly Obj[]): Parts {
  const known = new Map<string, { value: Value; maybe: boolean; count: number }>();
  let rest: Value | null = null;
  let restKey = NO_LABELS;
  for (const source of sources) {
    const e = entries(call.m, source, call.site);
    for (const x of e.known) {
      const had = known.get(x.name) ?? { value: BOTTOM, maybe: false, count: 0 };
      known.set(x.name, { value: join(had.value, x.value), maybe: had.maybe || x.maybe, count: had.count + 1 });
    }
    if (e.rest !== null) rest = join(rest ?? BOTTOM, e.rest);
    restKey = joinLabels(restKey, e.restKey);
  }
  for (const x of known.values()) x.maybe ||= x.count < sources.length;
  return { known, rest, restKey };
}

/** Puts all of a source into what a target may be: certainly so if it is certain that there is a source, and which target it is. */
function put(a: Assigning, targets: readonly Obj[], source: Value, certain: boolean, depth: number): void {
  const { m } = a.call;
  const sources = objectsOf(m.heap, source);
  const pair = `${certain} ${hasPrimitive(source)} ${idsOf(targets)} ${idsOf(sources)}`;
  if (depth > 0 && a.done.has(pair)) return;
  a.done.add(pair);
  const sure = certain && targets.length === 1 && !targets[0]!.summary && !hasPrimitive(source);
  const { known, rest, restKey } = partsOf(a, sources);
  if (rest !== null) {
    const old = joinAll(targets.map((target) => restFor(target, "") ?? BOTTOM));
    const value = join(customized(a, old, rest, stringOf(restKey), targets, source), rest);
    for (const target of targets) setAny(m, target, value, restKey);
  }
  for (const [name, x] of known) putOne(a, targets, name, x.value, sure && !x.maybe, source, depth);
}

function putOne(a: Assigning, targets: readonly Obj[], name: string, given: Value, sure: boolean, source: Value, depth: number): void {
  const { m, site } = a.call;
  const olds = targets.map((target) => target.props.get(name) ?? (a.deep ? restFor(target, name) : undefined));
  const own = customized(a, joinAll(olds.map((old) => old ?? BOTTOM)), given, ofConst(name), targets, source);
  const custom = withKinds(own, own.kinds & ~K.Undefined);
  const decided = !isBottom(custom);
  if (decided) for (const target of targets) write(a, target, name, custom, sure && own === custom);
  if (decided && (own.kinds & K.Undefined) === 0) return;
  const certain = sure && !decided;

  const inner = new Set<Obj>();
  if (a.deep && depth < DEPTH && !isEmpty(m))
    for (const old of olds) for (const obj of old === undefined ? [] : objectsOf(m.heap, old)) if (isRecord(obj)) inner.add(obj);
  const merged = inner.size === 0 ? [] : objectsOf(m.heap, given).filter((obj) => isRecord(obj) || obj.kind === "unknown");
  const records = ofRefs(merged.map((obj) => obj.id));
  if (merged.length > 0) put(a, [...inner], join(withRefs(given, []), records), certain, depth + 1);

  if (isBottom(given)) return;
  const apart = merged.length < given.refs.length || hasPrimitive(given);
  let value: Value | undefined;
  for (const [i, target] of targets.entries()) {
    const old = olds[i];
    const into = old !== undefined && merged.length > 0 && objectsOf(m.heap, old).some(isRecord);
    const whole = into && !apart && !hasPrimitive(old) && objectsOf(m.heap, old).every(isRecord);
    if (whole) continue;
    value ??= hop(m, a.deep ? copyOf(a, given) : given, "store", site);
    write(a, target, name, value, certain && !into);
  }
}

const idsOf = (objects: Iterable<Obj>): string => [...objects].map(({ id }) => id).join(",");

/** A copy of a value: each its own, but where many have been made already those of the same objects are one. */
function copyOf({ call: { m, site }, copies }: Assigning, given: Value): Value {
  const key = given.refs.join(",");
  const before = copies.size < AGAIN ? undefined : copies.get(key);
  const copy = before ?? clone(m, ofRefs(given.refs, given.via), site, "structured");
  copies.set(copies.size < AGAIN ? `${copies.size} ${key}` : key, copy);
  return given.refs.length === 0 ? given : join(withRefs(given, []), copy);
}

function write({ call: { m }, keep }: Assigning, target: Obj, name: string, value: Value, sure: boolean): void {
  const old = target.props.get(name);
  if (!keep) {
    if (sure && (value.kinds & K.Undefined) === 0) setSlot(m.heap, target, name, value);
    else joinSlot(m.heap, target, name, value);
  } else if (old === undefined || (old.kinds & (K.Absent | K.Undefined)) !== 0) {
    const kept = old === undefined ? BOTTOM : withKinds(old, old.kinds & ~(K.Absent | K.Undefined));
    if (sure) setSlot(m.heap, target, name, join(kept, value));
    else joinSlot(m.heap, target, name, value);
  }
}

/** What the customizer makes of a property: `undefined` where there is none, or it leaves it to lodash. */
function customized(a: Assigning, old: Value, given: Value, key: Value, targets: readonly Obj[], source: Value): Value {
  if (a.customizer.refs.length === 0) return UNDEFINED;
  const list = [isBottom(old) ? UNDEFINED : old, given, key, ofRefs(targets.map((obj) => obj.id)), source];
  return callValue(a.call.m, a.customizer, UNDEFINED, { list, rest: null }, a.call.site);
}

const assigner =
  (way: Way): Native =>
  (call) => {
    const { m } = call;
    const given = arg(call.args, 0);
    // `merge(undefined, x)` gives an object of its own.
    const own = hasPrimitive(given) || isBottom(given) ? ofRef(make(m, "object", at(call, "target")).id) : BOTTOM;
    const target = join(ofRefs(given.refs, given.via), own);
    const sources = call.args.list.slice(1);
    const last = sources.at(-1);
    const custom = way.custom === true && last !== undefined && objectsOf(m.heap, last).some(isCallable);
    const a: Assigning = { ...way, call, customizer: custom ? sources.pop()! : UNDEFINED, done: new Set(), copies: new Map() };
    const targets = objectsOf(m.heap, target);
    for (const source of [...sources, ...(call.args.rest === null ? [] : [join(call.args.rest, UNDEFINED)])])
      put(a, targets, source, true, 0);
    return target;
  };

/** By lodash's names. */
export const ASSIGNERS: Readonly<Record<string, Native>> = {
  assign: assigner({ deep: false, keep: false }),
  assignIn: assigner({ deep: false, keep: false }),
  extend: assigner({ deep: false, keep: false }),
  assignWith: assigner({ deep: false, keep: false, custom: true }),
  assignInWith: assigner({ deep: false, keep: false, custom: true }),
  extendWith: assigner({ deep: false, keep: false, custom: true }),
  defaults: assigner({ deep: false, keep: true }),
  defaultsDeep: assigner({ deep: true, keep: true }),
  merge: assigner({ deep: true, keep: false }),
  mergeWith: assigner({ deep: true, keep: false, custom: true }),
};
