/** `performance`: marks and measures keep their detail, under their name, until they are read. */
import { joinSlot, objectsOf, type Obj } from "../domain/heap.js";
import { ANY_NUMBER, BOTTOM, exact, join, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { callValue } from "../machine/call.js";
import { external } from "../machine/external.js";
import { make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { emit, listen } from "./events.js";
import type { NativeModule } from "./index.js";
import { spot } from "./items.js";
import { argOf, asText, constant, instance, listOf, methods, nativeValue, option, record } from "./support.js";

/** What keeps the entries of the program, by kind and name. */
const timeline = (m: Machine): Obj => external(m, "global", ["performance", "timeline"]);

const SLOT = "\0entry:";

/** A slot for entries of a kind and a name; those of an open name share one. */
const slotFor = (type: string, name: Value): string =>
  `${SLOT}${type}:${typeof exact(name) === "string" ? `=${String(exact(name))}` : "*"}`;

/** `mark(name, { detail })`, `measure(name, { detail, … })`. */
const noting =
  (type: string): Native =>
  (call) => {
    const { m, site } = call;
    const name = asText(m, argOf(call, 0), site);
    const detail = option(call, argOf(call, 1), "detail");
    const entry = record(m, { name, entryType: ofConst(type), detail, startTime: ANY_NUMBER, duration: ANY_NUMBER }, spot(site, type));
    joinSlot(m.heap, timeline(m), slotFor(type, name), entry);
    const entries = record(m, {}, spot(site, "entries"));
    for (const obj of objectsOf(m.heap, entries))
      for (const method of ["getEntries", "getEntriesByName", "getEntriesByType"])
        joinSlot(
          m.heap,
          obj,
          method,
          nativeValue(m, site, method, (c) => listOf(c.m, entry, spot(c.site, "list"))),
        );
    emit(m, timeline(m), ofConst("entries"), { list: [entries], rest: null }, site);
    return entry;
  };

/** Entries whose slot passes a test. */
function entriesWhere(call: NativeCall, isMeant: (slot: string) => boolean): Value {
  let out: Value = BOTTOM;
  for (const [slot, v] of timeline(call.m).props) if (slot.startsWith(SLOT) && isMeant(slot.slice(SLOT.length))) out = join(out, v);
  return listOf(call.m, out, spot(call.site, "entries"));
}

const byName: Native = (call) => {
  const name = exact(argOf(call, 0));
  return entriesWhere(call, (slot) => typeof name !== "string" || slot.endsWith(":*") || slot.endsWith(`:=${name}`));
};

const byType: Native = (call) => {
  const type = exact(argOf(call, 0));
  return entriesWhere(call, (slot) => typeof type !== "string" || slot.startsWith(`${type}:`));
};

/** `performance.timerify(fn)`: the function, timed. */
const timerify: Native = (call) => argOf(call, 0);

const observer: Native = (call) => {
  const { m, site } = call;
  const fn = argOf(call, 0);
  const made = instance(m, "global", "PerformanceObserver", site);
  const self = ofRef(made.id);
  const heard = nativeValue(m, site, "observed", (c) => callValue(c.m, fn, self, { list: [argOf(c, 0), self], rest: null }, c.site));
  listen(m, [timeline(m)], ofConst("entries"), heard);
  return self;
};

export const performances: NativeModule = {
  modules: ["global"],
  natives: {
    "performance.mark": noting("mark"),
    "performance.measure": noting("measure"),
    "performance.getEntries": (call) => entriesWhere(call, () => true),
    "performance.getEntriesByName": byName,
    "performance.getEntriesByType": byType,
    "performance.timerify": timerify,
    "performance.toJSON": (call) => ofRef(make(call.m, "object", call.site).id),
    PerformanceObserver: observer,
    ...methods("PerformanceObserver", {
      observe: constant(UNDEFINED),
      disconnect: constant(UNDEFINED),
      takeRecords: (call) => entriesWhere(call, () => true),
    }),
  },
};
