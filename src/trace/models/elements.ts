/** Elements of whatever a library takes as a list or a record: of arrays and iterables, of objects, of maps and sets. */
import type { Site } from "../domain/labels.js";
import { objectsOf, type Obj } from "../domain/heap.js";
import { ANY_NUMBER, hasPrimitive, ofConst, ofRef, stringOf, withRefs, type Value } from "../domain/value.js";
import { iterate } from "../machine/iterate.js";
import { loaded, type Machine } from "../machine/machine.js";
import { entries } from "../machine/props.js";
import { contentsOf } from "../natives/contents.js";

export interface Element {
  readonly key: Value;
  readonly value: Value;
  /** It is there, and there once. */
  readonly sure: boolean;
}

/** More are not gone through one by one. */
const ONE_BY_ONE = 64;

/** The elements, in order as far as that is known. */
export function elementsOf(m: Machine, v: Value, site: Site): readonly Element[] {
  const objects = objectsOf(m.heap, v);
  const sole = objects.length === 1 && !hasPrimitive(v);
  const out: Element[] = [];
  for (const obj of objects)
    for (const x of ofObject(m, obj, site)) out.push({ ...x, value: loaded(m, x.value, v.via, site), sure: x.sure && sole });
  if (objects.length === 0 && v.labels.length > 0) out.push({ key: ANY_NUMBER, value: stringOf(v.labels), sure: false });
  return out.length <= ONE_BY_ONE ? out : out.map((x) => ({ ...x, sure: false }));
}

/** The same where it is known to be a record: of something unknown, the properties that are known are apart. */
export function recordOf(m: Machine, v: Value, site: Site): readonly Element[] {
  const unknowns = objectsOf(m.heap, v).filter(({ kind }) => kind === "unknown");
  if (unknowns.length === 0) return elementsOf(m, v, site);
  const others = elementsOf(
    m,
    withRefs(
      v,
      v.refs.filter((r) => !unknowns.some(({ id }) => id === r)),
    ),
    site,
  );
  return [...others, ...unknowns.flatMap((obj) => properties(m, obj, site))].map((x) => ({ ...x, sure: false }));
}

function properties(m: Machine, obj: Obj, site: Site): readonly Element[] {
  const e = entries(m, obj, site);
  const known = e.known.map((x): Element => ({ key: ofConst(x.name), value: x.value, sure: !x.maybe && !obj.summary }));
  return e.rest === null ? known : [...known, { key: stringOf(e.restKey), value: e.rest, sure: false }];
}

function ofObject(m: Machine, obj: Obj, site: Site): readonly Element[] {
  switch (obj.kind) {
    case "map":
    case "set": {
      const { known, rest } = contentsOf(obj);
      return [...known, ...(rest === null ? [] : [rest])];
    }
    // Text is no list, though its letters could be gone through.
    case "text":
      return [];
    case "object":
    case "error":
      return properties(m, obj, site);
    default: {
      const { list, rest } = iterate(m, ofRef(obj.id), site);
      const known = list.map((value, i): Element => ({ key: ofConst(i), value, sure: !obj.summary }));
      return rest === null ? known : [...known, { key: ANY_NUMBER, value: rest, sure: false }];
    }
  }
}
