/**
 * What maps and sets hold. Entries under exact keys (constants, single objects) have a slot each, and so have texts with the same
 * exact parts (`user:${id}`), of which there may be several; all others share one value and one key. `S.length` counts the entries while that is exact: only then is it certain that a slot that is there is there on every way.
 */
import type { Site } from "../domain/labels.js";
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { covers, meets } from "../domain/text-pattern.js";
import {
  ABSENT,
  ANY_BOOLEAN,
  ANY_NUMBER,
  BOTTOM,
  exact,
  FALSE,
  isBottom,
  join,
  K,
  NULL,
  ofConst,
  ofRef,
  primitivePart,
  spelledBy,
  spelledPatterns,
  TRUE,
  UNDEFINED,
  withKinds,
  withoutAbsent,
  type Value,
} from "../domain/value.js";
import { ENTRY } from "../domain/slot-names.js";
import { slotKey, type Items } from "../machine/iterate.js";
import { make, type Machine } from "../machine/machine.js";
import { newPair, Sequence, spot } from "./items.js";

/** One exact key, and whether other objects than the one meant may stand in its slot. */
interface Key {
  readonly slot: string;
  readonly key: Value;
  readonly shared: boolean;
}

/** A key taken apart: exact ones with their slots, and what is open. */
interface Keys {
  readonly exact: readonly Key[];
  readonly open: Value;
}

const SIMPLE = [
  [K.Undefined, "undefined", UNDEFINED],
  [K.Null, "null", NULL],
  [K.True, "true", TRUE],
  [K.False, "false", FALSE],
] as const;

/** Objects of one place of allocation share a slot: so turns of a loop that each add one come to an end. */
function objectKey(m: Machine, holder: Obj, obj: Obj, via: Value["via"]): Key {
  const slot = `${ENTRY}o:${obj.kind}|${obj.key}`;
  const held = holder.props.get(S.keyOf + slot);
  return { slot, key: ofRef(obj.id, via), shared: obj.summary || (held !== undefined && objectsOf(m.heap, held).some((o) => o !== obj)) };
}

/** Does it stand for something else than one object: any value, a string, what a library gave? */
const isOpen = (obj: Obj): boolean => obj.kind === "unknown" || obj.kind === "text" || (obj.kind === "external" && obj.key.includes("()"));

/** Slots of texts with holes. */
const PATTERN = `${ENTRY}p:`;
const EXACT = `${ENTRY}s:`;

/** Other slots that may be of the same key. */
const alike = (holder: Obj, { slot }: Key): string[] => {
  const open = slot.startsWith(PATTERN);
  if (!open && !slot.startsWith(EXACT)) return [];
  const text = slot.slice(EXACT.length);
  const mayBe = (s: string): boolean =>
    s !== slot && (s.startsWith(PATTERN) || (open && s.startsWith(EXACT))) && meets(s.slice(EXACT.length), text);
  return slotsOf(holder).filter(mayBe);
};

function keysOf(m: Machine, holder: Obj, key: Value): Keys {
  const out: Key[] = [];
  let open: Value = BOTTOM;
  let plain = primitivePart(withoutAbsent(key));
  if (holder.kind === "map" && plain.patterns.length > 0 && plain.consts.length === 0) {
    for (const p of spelledPatterns(plain)) out.push({ slot: `${PATTERN}${p.text}`, key: spelledBy(plain, p), shared: true });
    plain = withKinds(plain, plain.kinds & ~K.String);
    if (plain.kinds === 0) plain = BOTTOM;
  }
  if (plain.labels.length > 0) open = plain;
  else {
    for (const c of plain.consts) out.push({ slot: `${ENTRY}${typeof c === "string" ? "s" : "n"}:${c}`, key: ofConst(c), shared: false });
    let { kinds } = plain;
    for (const [bit, name, v] of SIMPLE) {
      if ((kinds & bit) === 0) continue;
      out.push({ slot: `${ENTRY}k:${name}`, key: v, shared: false });
      kinds &= ~bit;
    }
    if (kinds !== 0) open = { ...plain, kinds, consts: [] };
  }
  for (const obj of objectsOf(m.heap, key)) {
    if (isOpen(obj)) open = join(open, ofRef(obj.id, key.via));
    else out.push(objectKey(m, holder, obj, key.via));
  }
  return { exact: out, open };
}

/** The only key that a strong write is about. */
const onlyKey = (holder: Obj, keys: Keys, sure: boolean): Key | undefined =>
  sure && keys.exact.length === 1 && isBottom(keys.open) && !holder.summary && !keys.exact[0]!.shared ? keys.exact[0] : undefined;

/** Can an open key be the one of a slot? */
function hits(open: Value, slot: string): boolean {
  if (isBottom(open)) return false;
  switch (slot.charAt(ENTRY.length)) {
    case "s":
      // Text objects are strings in the program.
      return (open.kinds & K.String) !== 0 || open.refs.length > 0 || open.consts.includes(slot.slice(ENTRY.length + 2));
    case "p":
      return (
        (open.kinds & K.String) !== 0 || open.refs.length > 0 || open.consts.some((c) => covers(slot.slice(PATTERN.length), String(c)))
      );
    case "n":
      return (open.kinds & K.Number) !== 0 || open.refs.length > 0 || open.consts.includes(Number(slot.slice(ENTRY.length + 2)));
    default:
      return open.refs.length > 0;
  }
}

const slotsOf = (holder: Obj): string[] => [...holder.props.keys()].filter((s) => s.startsWith(ENTRY));

/** Are all entries that have a slot there for certain? */
const counted = (holder: Obj): boolean => {
  const n = exact(holder.props.get(S.length) ?? BOTTOM);
  return n !== undefined && n === slotsOf(holder).length;
};

const isSure = (holder: Obj, { slot, shared }: Key): boolean => {
  const v = holder.props.get(slot);
  return v !== undefined && !shared && (v.kinds & K.Absent) === 0 && counted(holder);
};

/** A fresh map or set. */
export function newHolder(m: Machine, kind: "map" | "set", site: Site, tag: string = kind): Obj {
  const obj = make(m, kind, spot(site, tag));
  setSlot(m.heap, obj, S.length, ofConst(0));
  return obj;
}

const loseCount = (m: Machine, holder: Obj): void => {
  // A number, not nothing: joined with a count on another way it must not come out exact.
  setSlot(m.heap, holder, S.length, ANY_NUMBER);
};

/** Writes an entry; strongly where `sure` and the key is exactly one. */
export function putEntry(m: Machine, holder: Obj, key: Value, value: Value, sure: boolean): void {
  const keys = keysOf(m, holder, key);
  const only = onlyKey(holder, keys, sure);
  if (only !== undefined) {
    const had = holder.props.has(only.slot);
    const n = exact(holder.props.get(S.length) ?? BOTTOM);
    if (typeof n === "number" && counted(holder) && !had) setSlot(m.heap, holder, S.length, ofConst(n + 1));
    else if (!isSure(holder, only)) loseCount(m, holder);
    setSlot(m.heap, holder, only.slot, value);
    noteKeyOf(m, holder, only);
    return;
  }
  for (const k of keys.exact) {
    const old = holder.props.get(k.slot);
    if (!isSure(holder, k)) loseCount(m, holder);
    setSlot(m.heap, holder, k.slot, join(old ?? ABSENT, value));
    noteKeyOf(m, holder, k);
  }
  if (isBottom(keys.open)) return;
  loseCount(m, holder);
  if (holder.kind === "map") for (const slot of slotsOf(holder)) if (hits(keys.open, slot)) joinSlot(m.heap, holder, slot, value);
  joinSlot(m.heap, holder, S.rest, value);
  if (holder.kind === "map") joinSlot(m.heap, holder, S.restKey, keys.open);
}

function noteKeyOf(m: Machine, holder: Obj, { slot, key, shared }: Key): void {
  const kind = slot.charAt(ENTRY.length);
  if (kind !== "o" && kind !== "k" && kind !== "p") return;
  if (shared) joinSlot(m.heap, holder, S.keyOf + slot, key);
  else setSlot(m.heap, holder, S.keyOf + slot, key);
}

/** The value under a key, with undefined where there may be none. */
export function entryOf(m: Machine, holder: Obj, key: Value): Value {
  const keys = keysOf(m, holder, key);
  const rest = holder.props.get(S.rest);
  let out: Value = BOTTOM;
  for (const k of keys.exact) {
    const v = holder.props.get(k.slot);
    out = join(out, withoutAbsent(v ?? BOTTOM));
    if (isSure(holder, k)) continue;
    out = join(out, UNDEFINED);
    if (rest !== undefined) out = join(out, rest);
    for (const slot of alike(holder, k)) out = join(out, withoutAbsent(holder.props.get(slot)!));
  }
  if (isBottom(keys.open)) return out;
  for (const slot of slotsOf(holder)) if (hits(keys.open, slot)) out = join(out, withoutAbsent(holder.props.get(slot)!));
  return join(join(out, UNDEFINED), rest ?? BOTTOM);
}

/** Is there an entry under the key? */
export function hasEntry(m: Machine, holder: Obj, key: Value): Value {
  const keys = keysOf(m, holder, key);
  if (!isBottom(keys.open)) return holder.props.has(S.rest) || slotsOf(holder).some((s) => hits(keys.open, s)) ? ANY_BOOLEAN : FALSE;
  let out: Value = BOTTOM;
  for (const k of keys.exact) {
    if (isSure(holder, k)) out = join(out, TRUE);
    else if (!holder.props.has(k.slot) && !holder.props.has(S.rest) && alike(holder, k).length === 0) out = join(out, FALSE);
    else return ANY_BOOLEAN;
  }
  return isBottom(out) ? ANY_BOOLEAN : out;
}

/** Removes an entry. */
export function dropEntry(m: Machine, holder: Obj, key: Value, sure: boolean): Value {
  const had = hasEntry(m, holder, key);
  const keys = keysOf(m, holder, key);
  const only = onlyKey(holder, keys, sure);
  if (only !== undefined) {
    if (!holder.props.has(only.slot)) return had;
    const n = exact(holder.props.get(S.length) ?? BOTTOM);
    if (typeof n === "number" && counted(holder)) setSlot(m.heap, holder, S.length, ofConst(n - 1));
    else loseCount(m, holder);
    setSlot(m.heap, holder, only.slot, undefined);
    setSlot(m.heap, holder, S.keyOf + only.slot, undefined);
    return had;
  }
  loseCount(m, holder);
  for (const slot of slotsOf(holder))
    if (hits(keys.open, slot) || keys.exact.some((k) => k.slot === slot || alike(holder, k).includes(slot)))
      joinSlot(m.heap, holder, slot, ABSENT);
  return had;
}

/** Removes everything. */
export function clearEntries(m: Machine, holder: Obj, sure: boolean): void {
  if (!sure || holder.summary) {
    loseCount(m, holder);
    for (const slot of slotsOf(holder)) joinSlot(m.heap, holder, slot, ABSENT);
    return;
  }
  for (const slot of slotsOf(holder)) {
    setSlot(m.heap, holder, slot, undefined);
    setSlot(m.heap, holder, S.keyOf + slot, undefined);
  }
  setSlot(m.heap, holder, S.rest, undefined);
  setSlot(m.heap, holder, S.restKey, undefined);
  setSlot(m.heap, holder, S.length, ofConst(0));
}

/** One entry: its key and value, and whether it is certainly there. */
export interface Content {
  readonly key: Value;
  readonly value: Value;
  readonly sure: boolean;
  readonly tag: string;
}

/** The entries in order, those under unknown keys as one. */
export function contentsOf(holder: Obj): { readonly known: readonly Content[]; readonly rest: Content | null } {
  const all = counted(holder);
  const known: Content[] = [];
  let rest = holder.props.get(S.rest);
  let restKey = holder.props.get(S.restKey);
  for (const slot of slotsOf(holder)) {
    const v = holder.props.get(slot)!;
    const value = withoutAbsent(v);
    if (isBottom(value)) continue;
    // There may be any number of them.
    if (slot.startsWith(PATTERN)) {
      rest = rest === undefined ? value : join(rest, value);
      const key = slotKey(holder, slot);
      restKey = restKey === undefined ? key : join(restKey, key);
      continue;
    }
    known.push({
      key: holder.kind === "set" ? value : slotKey(holder, slot),
      value,
      sure: all && (v.kinds & K.Absent) === 0,
      tag: slot.slice(ENTRY.length),
    });
  }
  return {
    known,
    rest: rest === undefined ? null : { key: holder.kind === "set" ? rest : (restKey ?? UNDEFINED), value: rest, sure: false, tag: "any" },
  };
}

/** The same as elements: keys, values or pairs. */
export function contentItems(m: Machine, holder: Obj, what: "keys" | "values" | "entries", site: Site): Items {
  const item = (c: Content): Value => (what === "keys" ? c.key : what === "values" ? c.value : newPair(m, site, c.key, c.value, c.tag));
  const out = new Sequence();
  const { known, rest } = contentsOf(holder);
  for (const c of known)
    if (c.sure) out.add(item(c));
    else out.addMaybe(item(c));
  if (rest !== null) {
    const v = item(rest);
    if (what === "entries") for (const o of objectsOf(m.heap, v)) o.summary = true;
    out.addMaybe(v);
  }
  return out;
}
