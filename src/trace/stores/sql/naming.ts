/** What a client calls the columns of a database: as they are stored, or changed on the way in and out. */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, join, K, ofRef, primitivePart, type Value } from "../../domain/value.js";
import { make, type Machine } from "../../machine/machine.js";

export interface Naming {
  readonly toProperty: (column: string) => string;
  readonly toColumn: (property: string) => string;
  /** Are the keys of what JSON columns hold changed, too? */
  readonly nested: boolean;
}

const same = (name: string): string => name;

export const AS_STORED: Naming = { toProperty: same, toColumn: same, nested: false };

/** `external_id` in the database, `externalId` in the program. */
export const CAMEL: Naming = {
  toProperty: (column) => column.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
  toColumn: (property) => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  nested: true,
};

/** A row under the client's names. */
export function renamedRow(m: Machine, row: Value, site: Site, naming: Naming): Value {
  return naming === AS_STORED ? row : renamed(m, row, naming.toProperty, site, naming.nested ? 8 : 1);
}

/** Copies by what they are of, and by how deep they go; `open`: those that it is in the midst of. */
interface Copies {
  readonly open: Map<Obj, Obj>;
  readonly made: Map<Obj, Obj[]>;
}

/** Objects, and lists of them, with other names for their properties, to a depth. What is shared stays shared. */
export function renamed(
  m: Machine,
  v: Value,
  rename: (name: string) => string,
  site: Site,
  depth: number,
  copies: Copies = { open: new Map(), made: new Map() },
): Value {
  if (depth === 0) return v;
  const { open, made } = copies;
  let out = primitivePart(v);
  for (const obj of objectsOf(m.heap, v)) {
    const known = open.get(obj) ?? made.get(obj)?.[depth];
    if (known !== undefined || (obj.kind !== "object" && obj.kind !== "array")) {
      out = join(out, ofRef((known ?? obj).id, v.via));
      continue;
    }
    const copy = make(m, obj.kind, `${site.file}:${site.at}:renamed ${depth} ${obj.key.slice(obj.key.indexOf("|") + 1)}`);
    open.set(obj, copy);
    for (const [slot, x] of [...obj.props]) {
      const inner = obj.kind === "array" && slot !== S.length ? depth : depth - 1;
      const named = obj.kind === "object" && slot.charCodeAt(0) !== 0 ? rename(slot) : slot;
      const value = slot === S.proto || slot === S.length ? x : renamed(m, x, rename, site, inner, copies);
      const before = copy.props.get(named);
      setSlot(m.heap, copy, named, before === undefined ? value : join(before, value));
    }
    open.delete(obj);
    const all = made.get(obj) ?? [];
    all[depth] = copy;
    made.set(obj, all);
    out = join(out, ofRef(copy.id, v.via));
  }
  return (v.kinds & K.Absent) !== 0 ? join(out, { ...BOTTOM, kinds: K.Absent }) : out;
}
