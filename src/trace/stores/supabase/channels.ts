/** Supabase's channels: what is broadcast in one, who is present in it, and rows as they are written. */
import { S, setSlot } from "../../domain/heap.js";
import { ANY_STRING, BOTTOM, isBottom, join, K, ofConst, ofRef, type Value } from "../../domain/value.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import { namesOf } from "../../machine/text-parts.js";
import { HOLE } from "../../domain/text-pattern.js";
import type { NativeTable } from "../../natives/index.js";
import { promised } from "../../natives/settle.js";
import { alike, argOf, at, callWith, instance, lastCallback, listOf, option, record, selves, slotOf } from "../../natives/support.js";
import { listening } from "../answers.js";
import { readPlace, writePlace } from "../places.js";
import { readRow } from "../table.js";

const NAME = "\0channel";

export const channelNamed =
  (module: string): Native =>
  (call) => {
    const obj = instance(call.m, module, "Channel", call.site);
    setSlot(call.m.heap, obj, NAME, argOf(call, 0));
    return ofRef(obj.id);
  };

const names = (call: NativeCall, v: Value): readonly string[] => {
  const own = isBottom(v) || v.consts.length + v.patterns.length === 0 ? [HOLE] : namesOf(call.m, v);
  return own.map((name) => (name === "*" ? HOLE : name));
};

/** Places of a channel's events, or of who is in it. */
const placesOf = (call: NativeCall, kind: string, event: Value = ofConst("")): readonly string[] =>
  names(call, slotOf(selves(call), NAME)).flatMap((channel) => names(call, event).map((name) => `${kind}:${channel} ${name}`));

const BROADCAST = "supabase-broadcast";
const PRESENCE = "supabase-presence";

const read = (call: NativeCall, places: readonly string[]): Value =>
  places.reduce((v: Value, place) => join(v, readPlace(call.m, place, call.site)), BOTTOM);

function send(call: NativeCall, event: Value, payload: Value): Value {
  for (const place of placesOf(call, BROADCAST, event)) writePlace(call.m, place, payload, call.site);
  return promised(call, ANY_STRING);
}

/** A table by its name; one that nobody knows may be any. */
const tablesIn = (v: Value): readonly string[] => {
  const own = v.consts.filter((c): c is string => typeof c === "string");
  return own.length === 0 || (v.kinds & K.String) !== 0 || v.refs.length > 0 ? ["*"] : own;
};

const orUnknown = (call: NativeCall, v: Value, what: string): Value => (isBottom(v) ? unknown(call.m, at(call, what)) : v);

/** What a listener to a kind of events is given. */
const GIVEN: Readonly<Record<string, (call: NativeCall, filter: Value) => Value>> = {
  postgres_changes: (call, filter) => {
    const row = tablesIn(option(call, filter, "table")).reduce((v: Value, table) => join(v, readRow(call.m, table, call.site)), BOTTOM);
    return record(call.m, { new: row, old: row, eventType: ANY_STRING }, at(call, "payload"));
  },
  broadcast: (call, filter) => {
    const event = option(call, filter, "event");
    const payload = orUnknown(call, read(call, placesOf(call, BROADCAST, event)), "broadcast");
    return record(call.m, { type: ofConst("broadcast"), event, payload }, at(call, "message"));
  },
  presence: (call) => {
    const who = listOf(call.m, orUnknown(call, read(call, placesOf(call, PRESENCE)), "presence"), at(call, "present"));
    return record(call.m, { key: ANY_STRING, newPresences: who, leftPresences: who, currentPresences: who }, at(call, "joined"));
  },
};

const on: Native = (call) => {
  if (lastCallback(call.m, call.args) !== undefined)
    listening(call, (later) => {
      const fn = lastCallback(later.m, later.args);
      const kinds = argOf(later, 0).consts.flatMap((c) => GIVEN[String(c)] ?? []);
      const given = kinds.reduce((v: Value, kind) => join(v, kind(later, argOf(later, 1))), BOTTOM);
      if (fn !== undefined) callWith(later.m, fn, [orUnknown(later, given, "payload")], later.site);
    });
  return call.self;
};

const subscribe: Native = (call) => {
  const fn = lastCallback(call.m, call.args);
  if (fn !== undefined)
    listening(call, (later) => {
      const heard = lastCallback(later.m, later.args);
      if (heard !== undefined) callWith(later.m, heard, [ANY_STRING], later.site);
    });
  return call.self;
};

export const CHANNEL: NativeTable = {
  on,
  subscribe,
  send: (call) => send(call, option(call, argOf(call, 0), "event"), option(call, argOf(call, 0), "payload")),
  httpSend: (call) => send(call, argOf(call, 0), argOf(call, 1)),
  track: (call) => {
    for (const place of placesOf(call, PRESENCE)) writePlace(call.m, place, argOf(call, 0), call.site);
    return promised(call, ANY_STRING);
  },
  presenceState: (call) => {
    const all = make(call.m, "object", at(call, "state"));
    setSlot(
      call.m.heap,
      all,
      S.rest,
      listOf(call.m, orUnknown(call, read(call, placesOf(call, PRESENCE)), "presence"), at(call, "present")),
    );
    return ofRef(all.id);
  },
  ...alike(["unsubscribe", "untrack"], (call) => promised(call, ANY_STRING)),
};
