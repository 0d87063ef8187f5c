/** Whose the rows are that a store gives: each is of whom it names itself, and all of whom the query names; without such a one of everybody. */
import { deref, S, setSlot, type Obj } from "../domain/heap.js";
import { labelWith } from "../domain/labels.js";
import { mapValue, type Value } from "../domain/value.js";
import type { Args, Machine } from "./machine.js";
import { EVERYBODY, isOfLibrary, named, thingsOfCall } from "./subjects.js";

/** Levels of a result in which rows are looked for: `{ rows: [{ text }] }`, and columns that are JSON. */
const LEVELS = 5;

/** What a call has read from a store, said to be of its rows. Of what is known whose it is, nothing changes. */
export function rowsOf(m: Machine, gave: Value, self: Value, args: Args, born: number): Value {
  const { made } = m.gates!.subjects;
  const things = thingsOfCall(m, args, self);
  const by = things.every((key) => isOfLibrary(key)) ? [EVERYBODY] : things;
  const owned = (v: Value, of: readonly string[]): Value =>
    v.labels.length === 0
      ? v
      : mapValue(v, (id) => (m.labels.infos[id]!.of.length > 0 ? id : labelWith(m.labels, id, { of: [...new Set(of)].sort() })));
  // What the query's own conditions say was said of rows that it has made.
  const own = new Set<string>();
  for (let id = born; id < m.heap.objects.length; id++) own.add(m.heap.objects[id]!.key);
  const said = (v: Value): readonly string[] => v.about?.held.flatMap((fact) => fact.of.filter((key) => own.has(key))) ?? [];
  const seen = new Set<Obj>();
  const visit = (v: Value, before: readonly string[], depth: number): void => {
    const of = [...before, ...said(v)];
    for (const id of v.refs) {
      const obj = deref(m.heap, id);
      if (obj.id < born || seen.has(obj) || depth > LEVELS) continue;
      seen.add(obj);
      const isThing = obj.kind === "object" || obj.kind === "unknown";
      const now = isThing ? [...of, named(m, obj)] : of;
      if (isThing && (!made.has(obj.key) || by[0] === EVERYBODY)) made.set(obj.key, by);
      for (const [slot, x] of [...obj.props]) {
        if (slot === S.proto || slot === S.type) continue;
        if (now.length > 0 && x.labels.length > 0) setSlot(m.heap, obj, slot, owned(x, [...now, ...said(x)]));
        if (x.refs.length > 0) visit(x, now, depth + 1);
      }
    }
  };
  visit(gave, [], 0);
  return gave;
}
