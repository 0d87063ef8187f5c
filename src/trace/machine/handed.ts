/**
 * What a library's function makes of what its callbacks give it. Most hand that on as it is (`cache.wrap(key, () => load())`,
 * `db.transaction(async (tx) => …)`, `tracer.startActiveSpan(name, async (span) => …)`), the others in something of their own (a list,
 * `{ data }`). So the call's result is what was given, or a wrapping around it, of which nothing is known but what is inside: whatever
 * is asked of it that what was given does not have.
 */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, hasPrimitive, join, K, ofKinds, ofRef, ofRefs, UNDEFINED, type Value } from "../domain/value.js";
import { allLabels } from "./deep.js";
import { make, type Args, type Machine, type UnknownData } from "./machine.js";
import { settle } from "./promise.js";
import { besideSlots } from "./summaries/recording.js";
import { typeOf } from "./unknown.js";

/** Slot of wrappings: the functions that the library was given. */
const CALLS = "\0calls";

/** Calls a callback: what it gives, and what it tells the functions among its arguments (`(done) => done(null, rows)`). */
export function hearing(m: Machine, args: Args, call: () => Value): { readonly given: Value; readonly told: Labels } {
  const heard = args.list.flatMap((v) => objectsOf(m.heap, v)).filter((o) => o.kind === "unknown");
  for (const obj of heard) m.told.set(obj, NO_LABELS);
  const given = call();
  return { given, told: heard.reduce((all, obj) => joinLabels(all, m.told.get(obj) ?? NO_LABELS), NO_LABELS) };
}

/** A function of which nothing is known is called with this. */
export function tell(m: Machine, callee: Obj, labels: Labels): void {
  const before = m.told.get(callee);
  if (before === undefined) return;
  besideSlots(m, callee);
  m.told.set(callee, joinLabels(before, labels));
}

/** What callbacks have given and told, and the callbacks themselves. */
export interface CalledBack {
  readonly given: Value;
  readonly told: Labels;
  readonly functions: Value;
  /** The callbacks, those inside of objects too. */
  readonly all: readonly Obj[];
}

/** What was given, and the wrapping around it or around the callbacks. Nothing where there is nothing to hand on. */
export function handedOn(m: Machine, { given, functions }: CalledBack, site: Site): Value {
  const content = settle(m, given, site).value;
  const labels = allLabels(m, content);
  const objects = objectsOf(m.heap, content);
  const worth = labels.length > 0 || objects.length > 0 ? given : BOTTOM;
  // An unknown value has whatever it is asked for.
  const isBlank = (o: Obj): boolean => o.kind === "unknown" && (!m.hooks.propertySources || typeOf(m, o) === undefined);
  const open = labels.length === 0 || (objects.length > 0 && !hasPrimitive(content) && objects.every(isBlank));
  if (open && functions.refs.length === 0) return worth;
  const wrapping = make(m, "unknown", `${site.file}:${site.at}|wrapping`, { type: undefined, depth: 0, name: "" } satisfies UnknownData);
  setSlot(m.heap, wrapping, S.inside, open ? UNDEFINED : { ...ofKinds(K.String, labels), refs: content.refs });
  if (functions.refs.length > 0) setSlot(m.heap, wrapping, CALLS, functions);
  return join(worth, ofRef(wrapping.id));
}

/** The functions that a wrapping may call when it is called: `throttle(send)(event)`. */
export const wrappedBy = (callee: Obj): Value | undefined => callee.props.get(CALLS);

/**
 * The receiver of a library's method, without what callbacks have given to the call before: `app.get("/me", () => user).post(…)`.
 * What is only that stays it.
 */
export function receiverOf(m: Machine, self: Value): Value {
  const objects = objectsOf(m.heap, self);
  const wrappings = objects.filter((o) => o.props.has(S.inside));
  if (wrappings.length === 0) return self;
  const given = new Set(wrappings.flatMap((w) => [w, ...objectsOf(m.heap, w.props.get(S.inside)!)]));
  const own = objects.filter((o) => !given.has(o) && o.kind !== "promise");
  return own.length === 0
    ? self
    : ofRefs(
        own.map((o) => o.id).sort((a, b) => a - b),
        self.via,
      );
}

/** Is the callee a method of the wrapping alone, where the receiver may be the library's own object? */
export function isWrappings(m: Machine, callee: Obj, self: Value, method: string): boolean {
  const of = objectsOf(m.heap, self).some((o) => o.props.has(S.inside) && o.props.get(method)?.refs.includes(callee.id) === true);
  return of && receiverOf(m, self) !== self;
}
