/**
 * What holds of every element of a list because it was found out of each: in a loop whose every turn goes on only then, by a callback that
 * is called for each, of promises that are awaited together. As long as one element is meant its name says where it was taken; once all have
 * been, what was found out is of whatever the list calls its elements. Those of a part of a list have a name of their own, so that nothing is
 * found out of the rest of it ({@link someOf}).
 */
import { about, NO_FACTS, union, type About, type Facts } from "../domain/about.js";
import { objectsOf, S, setSlot } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { ANY_NUMBER, isBottom, withAbout, type Value } from "../domain/value.js";
import { factOf, factsOfWay, isOfTurn, ofData, OWN } from "./gates.js";
import type { Machine } from "./machine.js";
import { EACH, INDEX, inherit, isIn, oneOf, renamed, takenAt, thingOf } from "./subjects.js";

/** What the elements of a list are called, all of them and the one that was taken last at a place. */
interface Taken {
  readonly whole: string;
  readonly one: string;
}

function taken(m: Machine, elements: Value, site: Site): Taken | undefined {
  const whole = m.gates === null ? "" : thingOf(m, elements);
  return whole === "" ? undefined : { whole, one: takenAt(whole, `${site.file}:${site.at}`) };
}

/** Facts about a thing, and what is in it, are about another: the others are left as they are, and so is what a value says of itself unless `owns`. */
function reworded(m: Machine, facts: Facts, isMeant: (key: string) => boolean, now: (key: string) => string, owns = false): Facts {
  const gates = m.gates!;
  return facts.reduce((all: Facts, f) => {
    if (!f.of.some(isMeant) || (f.turn === OWN && !owns)) return union(all, [f]);
    for (const key of f.of) inherit(gates.subjects, key, now(key), now);
    return union(all, [factOf(m, gates, f.consent, f.denied, f.of.map(now), gates.origins.get(f))]);
  }, NO_FACTS);
}

/** The element in a name where each of many is meant; "" where none is. */
const eachIn = (key: string): string => key.slice(0, key.lastIndexOf(EACH) + 1);

/** What a call for the element taken at a place gave: what it says of that one it says, in a list of all that was given, of the one beside it. */
export function ofEach(m: Machine, gave: Value, elements: Value, site: Site): Value {
  const names = gave.about === null && gave.refs.length === 0 ? undefined : taken(m, elements, site);
  if (names === undefined || isBottom(gave)) return gave;
  const { wholes } = m.gates!.subjects;
  const each = names.one + EACH;
  wholes.set(each, names.whole);
  const now = (key: string): string => {
    const inner = eachIn(key);
    const of = wholes.get(inner);
    if (of !== undefined) wholes.set(renamed(inner, names.one, each), renamed(of, names.one, each));
    return renamed(key, names.one, each);
  };
  const isMeant = (key: string): boolean => isIn(names.one, key);
  // What an element has told in an earlier turn is of one that was taken before; what a key says of itself it still says.
  const facts = (all: Facts): Facts =>
    reworded(
      m,
      all.filter((f) => !f.of.some(isMeant) || f.turn === OWN || isOfTurn(m, f)),
      isMeant,
      now,
    );
  // Data of that very one, and what holds it, has its own name.
  const said = (v: Value): Value =>
    v.about === null || v.refs.length > 0 || v.labels.length > 0
      ? v
      : withAbout(v, about(v.about.key, facts(v.about.held), facts(v.about.yes), facts(v.about.no), v.about.cases));
  for (const obj of objectsOf(m.heap, gave)) {
    const inside = obj.kind === "promise" ? obj.props.get(S.value) : undefined;
    if (inside !== undefined && inside.about !== null) setSlot(m.heap, obj, S.value, said(inside));
  }
  return said(gave);
}

/** What holds of one like each holds of all: the facts that are about each, but for those that the way has of one of them. */
export function ofAll(m: Machine, facts: Facts): Facts {
  const { wholes } = m.gates!.subjects;
  const isMeant = (key: string): boolean => wholes.has(eachIn(key));
  const now = (key: string): string => (isMeant(key) ? renamed(key, eachIn(key), wholes.get(eachIn(key))!) : key);
  const mine = facts.filter((f) => f.of.some(isMeant));
  if (mine.length === 0) return NO_FACTS;
  const way = factsOfWay(m);
  return reworded(
    m,
    mine.filter((f) => !way.includes(f)),
    isMeant,
    now,
  );
}

/** A list of what promises came to: whoever has it has awaited all of them. */
export function awaitedAll(m: Machine, list: Value, values: readonly Value[], isOfMany: boolean): Value {
  if (m.gates === null) return list;
  const held = values.reduce((all: Facts, v) => union(all, v.about?.held ?? NO_FACTS), NO_FACTS);
  const all = isOfMany ? union(held, ofAll(m, held)) : held;
  return all.length === 0 ? list : withAbout(list, about("", all));
}

/** What it says that all of a list have passed a test: of each, what holds of those that pass. */
export function ofEvery(m: Machine, elements: Value | null, passed: readonly Value[], site: Site): About | null {
  if (m.gates === null) return null;
  const names = elements === null ? undefined : taken(m, elements, site);
  const out = passed.reduce((all: Facts, v) => {
    const held = ofData(v.about);
    const now = ({ one, whole }: Taken): Facts =>
      reworded(
        m,
        held,
        (key) => isIn(one, key),
        (key) => renamed(key, one, whole),
        true,
      );
    const own = names === undefined ? held : now(names);
    return union(union(all, own), ofAll(m, held));
  }, NO_FACTS);
  return about("", NO_FACTS, out);
}

/** What has been found out, at the end of a turn or a call, of the element that it is for: once every one has ended so, it holds of all. */
export function ofTurn(m: Machine, elements: Value, site: Site): Facts {
  const names = taken(m, elements, site);
  if (names === undefined || !m.alive) return NO_FACTS;
  const isMeant = (key: string): boolean => isIn(names.one, key);
  const facts = factsOfWay(m).filter((f) => f.of.some(isMeant));
  return reworded(m, facts, isMeant, (key) => renamed(key, names.one, names.whole));
}

/** The index of the element that a callback is called for: what stands there in another list is beside that. */
export const indexOf = (m: Machine, site: Site): Value =>
  m.gates === null ? ANY_NUMBER : withAbout(ANY_NUMBER, about(`${INDEX}${site.file}:${site.at}`, NO_FACTS));

/** What was made of each, read by an index: what it says of each it says of the element that has that index, by its number or its variable. */
export function besides(m: Machine, v: Value, key: Value, index: string | undefined): Value {
  const of = v.about;
  if (m.gates === null || of === null || of.yes.length + of.no.length + of.held.length === 0) return v;
  const place = key.about?.key.startsWith(INDEX) === true ? key.about.key.slice(INDEX.length) : index;
  if (place === undefined) return v;
  const { wholes } = m.gates.subjects;
  const facts = (all: Facts): Facts =>
    reworded(
      m,
      all,
      (thing) => wholes.has(eachIn(thing)),
      (thing) => renamed(thing, eachIn(thing), takenAt(wholes.get(eachIn(thing)) ?? "", place)),
    );
  return withAbout(v, about(of.key, facts(of.held), facts(of.yes), facts(of.no)));
}

/** The elements of a part of a list. */
export const someOf = (m: Machine, elements: Value, site: Site): Value =>
  m.gates === null || isBottom(elements) ? elements : oneOf(m, elements, site, `=${site.file}:${site.at}`);
