/**
 * Objects of libraries that keep callbacks, and call them with what they are given afterwards: `bus.on("asked", fn)` and
 * `bus.emit("asked", …)`, `new Parser({ ontext: fn })` and `parser.write(text)`. What was given before somebody hears is not heard.
 */
import { joinSlot, objectsOf, isRunnable, type Obj } from "../domain/heap.js";
import type { Labels, Site } from "../domain/labels.js";
import { HOLE, meets } from "../domain/text-pattern.js";
import { K, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { callObject, unknownArgs } from "./call.js";
import { isShared } from "./external.js";
import { perhaps } from "./fork.js";
import { leave } from "./jobs.js";
import { hop, type Args, type Machine } from "./machine.js";
import { namesOf } from "./text-parts.js";

/** Slots of callbacks, by what they hear: the text of an event's name, or a hole for whatever comes. */
const HEARS = "\0hears:";

/** Methods that keep callbacks: `on(name, fn)`, `onText(fn)`, `subscribe(fn)`. None of them throws what the callback does. */
const SUBSCRIBES = /^(on|once|add(Event)?Listener|prepend(Once)?Listener|subscribe|listen|observe)(?![a-z])/;

/** Methods that hand on what they are given to who hears it, by name if they have one: `emit(name, …)`. */
const ANNOUNCES = /^(emit|trigger|fire|publish|dispatch|broadcast|notify)(?![a-z])/;

export const subscribes = (method: string): boolean => SUBSCRIBES.test(method);

const isText = (v: Value): boolean => (v.kinds & K.String) !== 0 || v.consts.some((c) => typeof c === "string");

/** The events that a name is for: one that is no text, or has wildcards, stands for any that fits. */
const eventsOf = (m: Machine, name: Value | undefined): readonly string[] =>
  name === undefined || !isText(name) ? [HOLE] : namesOf(m, name).map((text) => text.replaceAll(/\*+/g, HOLE));

/** Something that a library has made, and no one object for all of them? */
const isOne = (m: Machine, obj: Obj): boolean => obj.kind === "unknown" || (obj.kind === "external" && !isShared(m, obj));

/** Objects of a library keep callbacks, which a method has been given; without a name those that hear everything. */
export function keepHearers(m: Machine, keepers: readonly Obj[], functions: readonly Obj[], name?: Value): void {
  for (const keeper of keepers)
    if (isOne(m, keeper))
      for (const event of eventsOf(m, name)) for (const fn of functions) joinSlot(m.heap, keeper, HEARS + event, ofRef(fn.id));
}

/** Something with declared fields in it is given to a library's object: the callbacks that hear it are called with it. */
export function tellHearers(m: Machine, self: Value, method: string, args: Args, labels: Labels, takesIn: boolean, site: Site): void {
  const announces = ANNOUNCES.test(method);
  if (labels.length === 0 || !(announces || takesIn)) return;
  const [name, ...rest] = args.list;
  const isNamed = announces && rest.length > 0 && name !== undefined && isText(name);
  const events = isNamed ? eventsOf(m, name) : [HOLE];
  for (const keeper of objectsOf(m.heap, self)) {
    for (const fn of hearers(m, keeper, events)) {
      const heard = announces
        ? { list: (isNamed ? rest : args.list).map((v) => hop(m, v, "call", site)), rest: args.rest }
        : unknownArgs(m, fn, labels, site);
      perhaps(m, () => callObject(m, fn, UNDEFINED, heard, site, false));
      leave(m, { fn: ofRef(fn.id), self: UNDEFINED, args: heard, site, again: true, outside: true });
    }
  }
}

/** The callbacks of an object that may hear one of these events; handlers that are its properties (`parser.ontext = fn`) hear all. */
function hearers(m: Machine, keeper: Obj, events: readonly string[]): readonly Obj[] {
  const isHeard = (slot: string): boolean =>
    slot.startsWith(HEARS) ? events.some((event) => meets(event, slot.slice(HEARS.length))) : /^on[a-z]/i.test(slot);
  const found = new Set<Obj>();
  if (!isOne(m, keeper)) return [];
  for (const [slot, v] of keeper.props) if (isHeard(slot)) for (const fn of objectsOf(m.heap, v)) if (isRunnable(fn)) found.add(fn);
  return [...found];
}

/** Calls something now, of which nobody here catches what it throws. */
export function unheard(m: Machine, run: () => Value): Value {
  const throws = m.handlers.at(-1)?.throws;
  const before = throws?.length ?? 0;
  const gave = run();
  if (throws !== undefined) throws.length = before;
  return gave;
}
