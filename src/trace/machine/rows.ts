/** Whose the rows are that a store gives: each is of whom it names itself, and all of whom the query names; without such a one of everybody. */
import { deref, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { labelWith } from "../domain/labels.js";
import { mapValue, type Value } from "../domain/value.js";
import type { Args, Machine } from "./machine.js";
import { allArgs } from "./call.js";
import { EVERYBODY, isOfLibrary, named, thingsOf, thingsOfCall, type Subjects } from "./subjects.js";

/** Levels of a result in which rows are looked for: `{ rows: [{ text }] }`, and columns that are JSON. */
const LEVELS = 5;

/** A library's call has given a query, or more of one: that is of whom it has been told before and is now. */
export function noteTold(m: Machine, gave: Value, self: Value, args: Args, born: number): void {
  const { told, fixed } = m.gates!.subjects;
  if (m.roots.running.length === 0) for (let id = born; id < m.heap.objects.length; id++) fixed.add(m.heap.objects[id]!.key);
  const queries = objectsOf(m.heap, gave).filter((obj) => obj.kind === "object");
  if (queries.length === 0) return;
  const of = m.roots.running.length === 0 ? [] : [...allArgs(args).flatMap((v) => thingsOf(m, v)), ...toldOf(m, self)];
  for (const { key } of queries) told.set(key, [...new Set([...(told.get(key) ?? []), ...of])]);
}

const toldOf = (m: Machine, query: Value): readonly string[] =>
  objectsOf(m.heap, query).flatMap(({ key }) => m.gates!.subjects.told.get(key) ?? []);

const isQuery = (m: Machine, v: Value): boolean => objectsOf(m.heap, v).some(({ key }) => m.gates!.subjects.told.has(key));

/** Does a thing name nobody, by all that it was made of? */
function isNobodys(subjects: Subjects, key: string, seen = new Set<string>()): boolean {
  const { made, fixed } = subjects;
  if (isOfLibrary(key) || fixed.has(key) || seen.has(key)) return true;
  seen.add(key);
  const of = made.get(key);
  return of !== undefined && of.length > 0 && of.every((from) => isNobodys(subjects, from, seen));
}

/** What comes of a query that runs when it is awaited. */
export function rowsOfQuery(m: Machine, gave: Value, query: Value): Value {
  if (m.gates === null || !isQuery(m, query)) return gave;
  return rowsOf(m, gave, query, { list: [], rest: null }, Math.max(...query.refs) + 1);
}

/** What a call has read from a store, said to be of its rows. Of what is known whose it is, nothing changes. */
export function rowsOf(m: Machine, gave: Value, self: Value, args: Args, born: number): Value {
  const { subjects } = m.gates!;
  const { made } = subjects;
  const things = isQuery(m, self) ? [...allArgs(args).flatMap((v) => thingsOf(m, v)), ...toldOf(m, self)] : thingsOfCall(m, args, self);
  const by = things.every((key) => isNobodys(subjects, key)) ? [EVERYBODY] : [...new Set(things)].sort();
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
