/**
 * Consents as path conditions. What a check answers is carried by its result ({@link About}); where a way is taken because of it, what it says
 * becomes a **fact of the way**: a slot of one object in the heap, so that ways that are taken back forget it, and ways that meet keep what
 * all of them have. It is a must-analysis: whatever is not certain is not there.
 *
 * There is nothing of all this while the manifest declares no consent.
 */
import { about, meetOf, NO_FACTS, union, type About, type Fact, type Facts } from "../domain/about.js";
import { alloc, deref, isCertainty, isIndex, meet, objectsOf, S, setSlot, type Heap, type Obj } from "../domain/heap.js";
import { labelWith, mapLabels, type Labels, type Site } from "../domain/labels.js";
import {
  caseOf,
  exact,
  hasPrimitive,
  isBottom,
  join,
  K,
  mapValue,
  mayBeNullish,
  NULLISH,
  ofConst,
  truthiness,
  UNDEFINED,
  withAbout,
  withKinds,
  type Value,
} from "../domain/value.js";
import type { Machine } from "./machine.js";
import { namesWhole } from "./people.js";
import { isIn, named, newSubjects, oneOf, partKey, related, renamed, thingOf, turnOf, type Subjects } from "./subjects.js";
import { isAskedOf } from "./unknown.js";

/** Why a check that was called does not hold where its consent is needed. */
export type Lapse = "other" | "default" | "or" | "catch" | "cached";

/** A call of a check, wherever it stands in the text. */
export interface Asked {
  readonly consent: string;
  readonly site: Site;
  /** The runs in which it was called. */
  readonly lives: Set<string>;
  /** Of one that gives a promise: has anybody awaited it? */
  awaited: boolean | undefined;
  /** Has some way been taken because of what it answered? */
  tested: boolean;
  /** What first went wrong with its answer in each run. */
  readonly lapses: Map<string, Lapse>;
}

export interface Gates {
  /** Holds the facts of the way that runs. */
  readonly way: Obj;
  readonly facts: Fact[];
  readonly byKey: Map<string, Fact>;
  readonly asked: Map<string, Asked>;
  /** Where a fact was first found out. */
  readonly origins: Map<Fact, Asked>;
  /** The answers that runs have left in objects which others find, by the id of the object. */
  readonly kept: Map<number, Set<Asked>>;
  /** Functions that remember what they have answered, by the id of the object, and the run that made them. */
  readonly memos: Map<number, string>;
  /** The promises that checks have given, by the id of the object. */
  readonly promises: Map<number, Asked>;
  readonly subjects: Subjects;
  /** The signals that some consent asks for. */
  readonly signals: readonly string[];
}

export const newGates = (heap: Heap, signals: readonly string[]): Gates => ({
  way: alloc(heap, "env", "facts of the way"),
  facts: [],
  byKey: new Map(),
  asked: new Map(),
  origins: new Map(),
  kept: new Map(),
  memos: new Map(),
  promises: new Map(),
  subjects: newSubjects(),
  signals,
});

/** The run of what runs on its own: what is found out in one says nothing in another. */
export function lifeOf(m: Machine): string {
  const root = m.roots.running.at(-1);
  return root === undefined ? "" : `${root.id}:${root.runs}`;
}

/** Is it this run, or one that has left what runs now? */
export function isAlive(m: Machine, life: string): boolean {
  let root = m.roots.running.at(-1);
  if (root === undefined) return life === "";
  for (; root !== undefined; root = root.lasting ? undefined : root.by) if (`${root.id}:${root.runs}` === life) return true;
  return false;
}

/** Does it still say something: of the same turn of the loop that its subject comes from, in the same run? */
export const isValid = (m: Machine, fact: Fact): boolean =>
  (fact.turn === OWN || fact.turn === turnOf(m.gates!.subjects, fact.of)) && isAlive(m, fact.life);

/** Stands for no consent: the value is true where nobody has said anything. */
const DEFAULT = "default";

/** Stands for no consent: its two things are one and the same. */
const EQUAL = "equal";

/** What it says that two keys are equal: who has answered by the name of one has by that of the other. */
export function sameFact(m: Machine, l: Value, r: Value): Facts {
  const { gates } = m;
  const [a, b] = [thingOf(m, l), thingOf(m, r)];
  if (gates === null || a === "" || b === "" || a === b) return NO_FACTS;
  return [factOf(m, gates, EQUAL, false, [a, b].sort())];
}

/** What follows of these where keys are known to be equal. */
function impliedBy(m: Machine, facts: Facts): Facts {
  const { gates } = m;
  const same = facts.filter((f) => f.consent === EQUAL && isValid(m, f));
  if (gates === null || same.length === 0) return NO_FACTS;
  const said = facts.filter((f) => f.consent !== EQUAL && f.consent !== DEFAULT && f.of.length === 1);
  return said.reduce((all: Facts, f) => {
    const others = same.flatMap(({ of }) => (of.includes(f.of[0]!) ? of.filter((key) => key !== f.of[0]) : []));
    return others.reduce((out: Facts, key) => union(out, [factOf(m, gates, f.consent, f.denied, [key], gates.origins.get(f))]), all);
  }, NO_FACTS);
}

/** In place of a turn: the fact is about the very value that has it, whatever element that was. It is no fact of the way. */
export const OWN = -1;

export function factOf(
  m: Machine,
  gates: Gates,
  consent: string,
  denied: boolean,
  of: readonly string[],
  asked?: Asked,
  turn = turnOf(gates.subjects, of),
): Fact {
  const life = lifeOf(m);
  const base = `${denied ? "!" : ""}${consent}|${of.join("\n")}`;
  const key = `${base}|${turn}|${life}`;
  let fact = gates.byKey.get(key);
  if (fact === undefined) {
    fact = { id: gates.facts.length, consent, denied, of, base, turn, life };
    gates.facts.push(fact);
    gates.byKey.set(key, fact);
    if (asked !== undefined) gates.origins.set(fact, asked);
  }
  return fact;
}

/** The facts that hold on the way, as they stand; whoever asks has come across them. */
export function factsOfWay(m: Machine): Facts {
  const { gates } = m;
  if (gates === null) return NO_FACTS;
  meet(m.heap, gates.way);
  if (gates.way.size === 0) return NO_FACTS;
  const out: Fact[] = [];
  for (const v of gates.way.values()) {
    const id = exact(v);
    const fact = typeof id === "number" ? gates.facts[id] : undefined;
    if (fact !== undefined && isValid(m, fact)) out.push(fact);
  }
  return out.sort((a, b) => a.id - b.id);
}

/** Does it say something of the very turn that runs? */
export const isOfTurn = (m: Machine, fact: Fact): boolean => fact.turn !== OWN && isValid(m, fact);

/** The way goes on because these hold. */
export function assumeFacts(m: Machine, facts: Facts): void {
  if (m.gates !== null && m.alive) addAll(m, m.gates, facts);
}

function add(m: Machine, gates: Gates, facts: Facts): void {
  for (const fact of facts) {
    const origin = gates.origins.get(fact);
    if (!isValid(m, fact)) {
      if (origin !== undefined) lapse(m, origin, isAlive(m, fact.life) ? "other" : "cached");
      continue;
    }
    if (origin !== undefined) origin.tested = true;
    if (fact.turn === OWN || fact.consent === DEFAULT) continue;
    const slot = `\0!${fact.base}`;
    const old = gates.way.props.get(slot);
    if (old === undefined || exact(old) !== fact.id) setSlot(m.heap, gates.way, slot, ofConst(fact.id));
  }
}

/** These hold, and what follows with what holds on the way. */
function addAll(m: Machine, gates: Gates, facts: Facts): void {
  add(m, gates, facts);
  if (facts.length > 0) add(m, gates, impliedBy(m, factsOfWay(m)));
}

export function lapse(m: Machine, asked: Asked, why: Lapse): void {
  const life = lifeOf(m);
  if (!asked.lapses.has(life)) asked.lapses.set(life, why);
}

/** What held on the way that has left something which outlasts it says nothing there. */
export function lapseBefore(m: Machine, facts: Facts): void {
  for (const fact of facts) {
    const origin = fact.denied ? undefined : m.gates?.origins.get(fact);
    if (origin !== undefined) lapse(m, origin, "cached");
  }
}

/** What went wrong in this run with an answer of the consent's check, and where that was asked. */
export function lapseOf(m: Machine, { asked, kept }: Gates, consent: string): { readonly why: Lapse; readonly site: Site } | undefined {
  for (const { consent: of, lapses, site } of asked.values())
    if (of === consent) for (const [life, why] of lapses) if (isAlive(m, life)) return { why, site };
  // What a run finds where another has left an answer may be that answer, though nothing of the value tells: one that it asks for itself, or any.
  const left = [...(m.roots.running.at(-1)?.objects ?? [])].flatMap((id) =>
    [...(kept.get(id) ?? [])].filter((one) => one.consent === consent),
  );
  const one = left.find(({ lives }) => lives.has(lifeOf(m))) ?? left[0];
  return one && { why: "cached", site: one.site };
}

/** Somebody waits for what a promise comes to. */
export function noteAwaited(m: Machine, promise: Obj): void {
  // A loop may have folded several into one.
  for (const [id, asked] of m.gates?.promises ?? []) if (asked.awaited === false && deref(m.heap, id) === promise) asked.awaited = true;
}

/** The way goes on because a value is truthy, or falsy; or (without an outcome) because it is there at all. */
export function assume(m: Machine, v: Value, outcome?: boolean): void {
  const { gates } = m;
  if (gates === null || v.about === null || !m.alive) return;
  addAll(m, gates, outcome === undefined ? v.about.held : union(v.about.held, outcome ? v.about.yes : v.about.no));
}

/** Runs something on other facts than those of the way that runs, which are there again afterwards. */
export function underFacts(m: Machine, facts: Facts, run: () => void): void {
  const { gates } = m;
  if (gates === null) {
    run();
    return;
  }
  const { way } = gates;
  const before = [...way.props].filter(([slot]) => isCertainty(slot));
  for (const [slot] of before) setSlot(m.heap, way, slot, undefined);
  for (const fact of facts) setSlot(m.heap, way, `\0!${fact.base}`, ofConst(fact.id));
  run();
  for (const slot of [...way.props.keys()]) setSlot(m.heap, way, slot, undefined);
  for (const [slot, v] of before) setSlot(m.heap, way, slot, v);
}

/** Whoever gets this value from here has come by what holds on the way. */
export function sealed(m: Machine, v: Value): Value {
  if (m.gates === null || isBottom(v)) return v;
  return withHeld(m, v, factsOfWay(m));
}

export function withHeld(m: Machine, v: Value, facts: Facts): Value {
  const { gates } = m;
  if (gates === null || facts.length === 0) return v;
  const of = v.about;
  const thing = thingOf(m, v);
  // An element of which a turn has found something out is the same in later turns, where the next one is meant by the name.
  const isOwn = (f: Fact): boolean => f.turn > 0 && thing !== "" && f.of.some((key) => isIn(thing, key) || isIn(key, thing));
  const mine = facts.map((f) => (isOwn(f) ? factOf(m, gates, f.consent, f.denied, f.of, gates.origins.get(f), OWN) : f));
  const held = mine.reduce((all: Facts, f) => union(all, [f]), of?.held ?? NO_FACTS);
  return withAbout(v, about(of?.key ?? "", held, of?.yes, of?.no, of?.cases));
}

/** The facts that are about a thing, what holds it or what is in it. */
export const aboutItself = (facts: Facts, key: string): Facts => facts.filter((f) => f.of.some((of) => isIn(of, key) || isIn(key, of)));

/** What holds of the data in a value: it is there only where the value is truthy. */
export const ofData = (of: About | null): Facts => (of === null ? NO_FACTS : union(of.held, of.yes));

/** What things in an object are called where the object has a name of its own. */
export type Renaming = readonly { readonly from: string; readonly to: string }[];

/** The same with what a value calls its object. */
export function calledIn(m: Machine, v: Value, before: Renaming): Renaming {
  if (v.about === null || v.about.key === "") return before;
  const to = v.about.key;
  const own = new Set(objectsOf(m.heap, v).map((obj) => obj.key));
  return own.size === 0 ? before : [...[...own].map((from) => ({ from, to })), ...before.filter((r) => !own.has(r.from))];
}

/** The label of what is in an object that has a name of its own: it is of that. */
function called(m: Machine, id: number, names: Renaming): number {
  if (names.length === 0) return id;
  const { of } = m.labels.infos[id]!;
  const now = of.map((key) => names.reduce((k, { from, to }) => renamed(k, from, to), key));
  return now.every((key, i) => key === of[i]) ? id : labelWith(m.labels, id, { of: [...new Set(now)].sort() });
}

/** The label says which consents hold by these facts for whom it is of. */
function passed(m: Machine, given: number, facts: Facts, names: Renaming): number {
  const id = called(m, given, names);
  const { gates, of } = m.labels.infos[id]!;
  const more = facts.filter(
    (f) => !f.denied && f.consent !== EQUAL && !gates.includes(f.consent) && related(m.gates!.subjects, f.of, of) === "same",
  );
  if (more.length === 0) return id;
  return labelWith(m.labels, id, { gates: [...new Set([...gates, ...more.map((f) => f.consent)])].sort() });
}

/** Labels of those for whom consents hold by these facts say so. */
export const gated = (m: Machine, labels: Labels, facts: Facts, names: Renaming = NO_NAMES): Labels =>
  facts.length === 0 && names.length === 0 ? labels : mapLabels(labels, (id) => passed(m, id, facts, names));

/** The same for a value's own labels. */
export const gatedValue = (m: Machine, v: Value, facts: Facts, names: Renaming = NO_NAMES): Value =>
  v.labels.length === 0 || (facts.length === 0 && names.length === 0) ? v : mapValue(v, (id) => passed(m, id, facts, names));

/** A value on its way: its own labels are of those for whom the way asked, and what it refers to has come by here. */
export function passing(m: Machine, v: Value): Value {
  if (m.gates === null || m.gates.way.size === 0 || (v.labels.length === 0 && v.refs.length === 0)) return v;
  const facts = factsOfWay(m);
  const labelled = gatedValue(m, v, facts);
  return labelled.refs.length === 0 ? labelled : withHeld(m, labelled, facts);
}

export const NO_SLOTS: ReadonlySet<string> = new Set();

/** The slots of the facts that hold on the way: no question about what they say. */
export const slotsOfWay = ({ gates }: Machine): ReadonlySet<string> => (gates === null ? NO_SLOTS : new Set(gates.way.props.keys()));

/** What has been found out since then holds for nobody any more but who is told. */
export function forgetOthers({ gates, heap }: Machine, known: ReadonlySet<string>): void {
  if (gates === null) return;
  for (const slot of [...gates.way.props.keys()]) if (isCertainty(slot) && !known.has(slot)) setSlot(heap, gates.way, slot, undefined);
}

/** Values that ways bring to where they meet have come by what holds on each. */
export function guardWays(m: Machine): void {
  const { gates, heap } = m;
  if (gates === null) return;
  const { way, facts } = gates;
  const guarded = (v: Value, slots: readonly Value[]): Value => {
    const held = slots.flatMap((slot): Facts => {
      const id = exact(slot);
      const fact = typeof id === "number" ? facts[id] : undefined;
      return fact !== undefined && isValid(m, fact) ? [fact] : [];
    });
    const labelled = gatedValue(m, v, held);
    return labelled.refs.length === 0 ? labelled : withHeld(m, labelled, held);
  };
  heap.guards = { way, guarded };
}

/** What was read out of a value: what holds of that holds of its parts. */
export function partOf(m: Machine, whole: Value, part: Value): Value {
  if (m.gates === null || whole.about === null) return part;
  const facts = ofData(whole.about);
  const labelled = gatedValue(m, part, facts, calledIn(m, whole, NO_NAMES));
  return labelled.refs.length === 0 ? labelled : withHeld(m, labelled, facts);
}

const NO_NAMES: Renaming = [];

/** An element of a list that is a part of something with a name of its own is as well. */
export function elementIn(m: Machine, list: Value, element: Value): Value {
  if (m.gates === null || list.about === null) return element;
  const v = partOf(m, list, element);
  if (list.about.key === "" || list.refs.length !== 1 || (v.about !== null && v.about.key !== "")) return v;
  const of = thingOf(m, v);
  const key = of === "" ? "" : renamed(of, objectsOf(m.heap, list)[0]!.key, list.about.key);
  return key === of ? v : withAbout(v, about(key, v.about?.held ?? NO_FACTS, v.about?.yes, v.about?.no));
}

/** What is read at the same place is the same thing, whatever it is read of: of what is a list or a text, its element or its character. */
export function calledAs(v: Value, other: Value): Value {
  const key = other.about?.key ?? "";
  return key === "" || v.about !== null ? v : withAbout(v, about(key, NO_FACTS));
}

/** What holds on one side of a value, as far as it says something now. */
export function sideOf(m: Machine, v: Value, which: "yes" | "no"): Facts {
  if (m.gates === null || v.about === null) return NO_FACTS;
  const facts = union(v.about.held, v.about[which]).filter((f) => isValid(m, f));
  for (const fact of facts) {
    const origin = m.gates.origins.get(fact);
    if (origin !== undefined) origin.tested = true;
  }
  return facts.some((f) => f.consent === EQUAL) ? union(facts, impliedBy(m, union(facts, factsOfWay(m)))) : facts;
}

/** A property's value is known by where it was read, if it is no object. */
export function keyed(m: Machine, owner: Obj, whole: Value, name: string, read: Value, site: Site): Value {
  const v = partOf(m, whole, read);
  if (isBottom(v)) return v;
  const own = whole.about?.key ?? "";
  if (isOfRow(v)) return ofRow(m, v, own === "" ? named(m, owner) : own);
  if (owner.kind === "array") return isIndex(name) && !owner.props.has(name) ? oneOf(m, elementIn(m, whole, v), site, `=${name}`) : v;
  if (owner.kind !== "object" && owner.kind !== "unknown") return v;
  // What has a name of its own keeps it; a part of what has one is named by that.
  const before = v.about?.key ?? "";
  const isNamed = before !== "" && !before.endsWith(`|${owner.key}.${name}`);
  if (own === "" && owner.kind === "unknown" && isIndex(name)) {
    // An element of an unknown list is that one, whatever object stands for any of them beside it.
    const one = objectsOf(m.heap, v).find((obj) => isAskedOf(obj, owner, name));
    if (one !== undefined) return withAbout(v, about(named(m, one), v.about?.held ?? NO_FACTS, v.about?.yes, v.about?.no));
  }
  // What is called as keys are is one, if nobody knows what it is: a column without a type.
  const isKey = v.refs.length === 0 || (namesWhole(name) && objectsOf(m.heap, v).every(({ kind }) => kind === "unknown"));
  if (own === "" && (!isKey || !hasPrimitive(v) || isNamed)) return v;
  const key = partKey(m, own === "" ? named(m, owner) : own, name, isKey);
  const part = withAbout(v, about(key, v.about?.held ?? NO_FACTS, v.about?.yes, v.about?.no, v.about?.cases));
  // Who is named by a row of somebody who has consented has.
  return isKey && namesWhole(name) && whole.about !== null ? withHeld(m, part, aboutItself(ofData(whole.about), key)) : part;
}

/** Stands for the row that an answer is kept in, until somebody reads it there. */
export const ITS_ROW = "its row";

const isOfRow = ({ about: of }: Value): boolean => of !== null && [of.yes, of.no].flat().some((f) => f.of.includes(ITS_ROW));

/** What a row's own column answers is about the row. */
function ofRow(m: Machine, v: Value, row: string): Value {
  const mine = (facts: Facts): Facts =>
    facts.reduce((all: Facts, f) => union(all, [f.of.includes(ITS_ROW) ? factOf(m, m.gates!, f.consent, f.denied, [row]) : f]), NO_FACTS);
  const { key, held, yes, no } = v.about!;
  return withAbout(v, about(key, held, mine(yes), mine(no)));
}

/** An operator has made a value of what a check answered, and lost what that said. */
export function lapsed(m: Machine, of: Value, out: Value, why: Lapse): void {
  const { gates } = m;
  if (gates === null || of.about === null) return;
  for (const fact of union(of.about.yes, of.about.no)) {
    const kept = out.about !== null && (out.about.yes.includes(fact) || out.about.no.includes(fact) || out.about.held.includes(fact));
    const origin = kept || fact.denied ? undefined : gates.origins.get(fact);
    if (origin !== undefined) lapse(m, origin, why);
  }
}

/**
 * What a comparison says by what it compares: on its true side the value is as truthy as what it is equal to; on the other it is what is
 * left of it.
 */
export function ofComparison(l: Value, r: Value, positive: boolean, loose: boolean): About | null {
  const [v, c] = l.about === null ? [r, l] : [l, r];
  const { about: of } = v;
  if (of === null || (of.yes.length === 0 && of.no.length === 0 && of.held.length === 0 && of.cases.length === 0)) return null;
  const other = truthiness(c);
  const is = other.yes === other.no ? NO_FACTS : other.yes ? of.yes : of.no;
  const one = exact(c);
  const isConst = typeof one === "string" || typeof one === "number";
  const equal = isConst ? union(is, caseOf(v, one) ?? NO_FACTS) : is;
  const left = truthiness(without(v, c, loose));
  const isNot = left.yes === left.no ? NO_FACTS : left.yes ? of.yes : of.no;
  // It is one of the others, where it is a constant at all.
  const others = isConst && v.kinds === 0 && v.refs.length === 0 ? v.consts.filter((x) => x !== one) : [];
  const unequal = union(isNot, others.reduce((all: Facts | null, x) => meetOf(all, caseOf(v, x)), null) ?? NO_FACTS);
  return positive ? about("", of.held, equal, unequal) : about("", of.held, unequal, equal);
}

/** What a value still is when it is not the one that another is. */
function without(v: Value, c: Value, loose: boolean): Value {
  if (c.refs.length > 0) return v;
  const nullish = c.consts.length === 0 && (c.kinds & ~NULLISH) === 0 && c.kinds !== 0;
  if (nullish) return withKinds(v, v.kinds & ~(loose ? NULLISH : c.kinds));
  const one = exact(c);
  // No check answers by what is not a number.
  if (one === 0 && (v.kinds & K.Number) !== 0) return { ...v, kinds: v.kinds & ~K.Number, consts: [...v.consts.filter((x) => x !== 0), 1] };
  if (one !== undefined) return { ...v, consts: v.consts.filter((x) => x !== one) };
  return c.consts.length === 0 && (c.kinds === K.True || c.kinds === K.False) ? withKinds(v, v.kinds & ~c.kinds) : v;
}

/** What is found in a list is of any element, unless the list says of which: of none that was asked about one by one. */
export function ofAny(m: Machine, names: Renaming, element: Value): Renaming {
  if (element.refs.length !== 1 || (element.about !== null && element.about.key !== "")) return names;
  const from = objectsOf(m.heap, element)[0]!.key;
  return [{ from, to: `${from}@*` }, ...names.filter((r) => r.from !== from)];
}

/** Objects that are looked at for answers in what a run has left in an older one. */
const MOST_LEFT = 64;

/** Is it an answer of a check, or something younger than `born` that has one in it, kept in an object where other runs find it? */
export function isKept(m: Machine, { id }: Obj, v: Value, born: number): boolean {
  if (m.gates === null) return false;
  const { kept, origins } = m.gates;
  let any = false;
  const keep = (at: number, held: Value): void => {
    for (const fact of answersIn(m, held)) {
      any = true;
      const origin = origins.get(fact);
      if (origin !== undefined) kept.set(at, (kept.get(at) ?? new Set()).add(origin));
    }
  };
  keep(id, v);
  const left = new Set(objectsOf(m.heap, v).filter((obj) => obj.id >= born));
  for (const obj of left) {
    if (left.size > MOST_LEFT) break;
    for (const [slot, held] of obj.props) {
      if (slot === S.proto) continue;
      if (held.about !== null) keep(obj.id, held);
      for (const inner of objectsOf(m.heap, held)) if (inner.id >= born) left.add(inner);
    }
  }
  return any;
}

/** A value that another run may have left: what checks answered in it says nothing now. */
export function outlived(m: Machine, v: Value): Value {
  for (const fact of answersIn(m, v)) {
    const origin = m.gates!.origins.get(fact);
    if (origin !== undefined) lapse(m, origin, "cached");
  }
  for (const obj of objectsOf(m.heap, v)) {
    const inside = obj.kind === "promise" ? obj.props.get(S.value) : undefined;
    if (inside !== undefined && inside.about !== null) setSlot(m.heap, obj, S.value, withAbout(inside, null));
  }
  return withAbout(v, null);
}

/** What checks have answered in a value, or will have where it is a promise. */
function answersIn(m: Machine, v: Value): Facts {
  const inside = objectsOf(m.heap, v).flatMap((obj) => (obj.kind === "promise" ? [obj.props.get(S.value)] : []));
  return [v, ...inside].reduce(
    (all: Facts, one) => (one === undefined || one.about === null ? all : [one.about.held, one.about.yes, one.about.no].reduce(union, all)),
    NO_FACTS,
  );
}

/** Whoever refuses is caught, and the way goes on: what the block had found out is lost where they meet. */
export function caught(m: Machine, before: Facts): void {
  if (m.gates === null || before.length === 0 || !m.alive) return;
  const now = factsOfWay(m);
  for (const fact of before) {
    const origin = fact.denied || now.includes(fact) ? undefined : m.gates.origins.get(fact);
    if (origin !== undefined) lapse(m, origin, "catch");
  }
}

/** Is it what a check has answered, or says as much? */
export const isAnswer = ({ about: of, refs }: Value): boolean => of !== null && refs.length === 0 && of.yes.length + of.no.length > 0;

/** A value's labels without whom they are of: names of things say nothing in another run. Consents that they have passed stay. */
export const nobodys = (m: Machine, v: Value): Value =>
  m.gates === null || v.labels.length === 0 ? v : mapValue(v, (id) => ofNobody(m, id));

/** The same for labels alone. */
export const nobodysLabels = (m: Machine, labels: Labels): Labels =>
  m.gates === null ? labels : mapLabels(labels, (id) => ofNobody(m, id));

function ofNobody(m: Machine, id: number): number {
  return m.labels.infos[id]!.of.length === 0 ? id : labelWith(m.labels, id, { of: [] });
}

/** A value for which `true` stands in where it is missing (`settings.share ?? true`), or that is true then (`settings.share !== false`). */
export function defaulted(m: Machine, v: Value): Value {
  return m.gates === null ? v : withHeld(m, v, [factOf(m, m.gates, DEFAULT, false, [])]);
}

/** What is copied over what stood there: `true` still does where it is missing (`{ share: true, ...settings }`). */
export function overDefault(m: Machine, old: Value | undefined, v: Value): Value {
  if (old === undefined || !isTrue(old) || !mayBeNullish(v)) return v;
  const out = defaulted(m, join(old, v));
  lapsed(m, v, out, "default");
  return out;
}

/** Before the names of signals by which people opt out. */
export const SIGNAL = "signal ";

/** Who has not answered has not opted out: `hasOptedOut(id) ?? false` says against that what the answer does. */
export function unlessMissing(m: Machine, l: Value, r: Value, out: Value): Value {
  const isFalse = r.kinds === K.False && r.refs.length === 0 && r.consts.length === 0;
  if (m.gates === null || !isFalse || l.about === null) return out;
  const isOptOut = (id: string): boolean =>
    id.startsWith(SIGNAL) || m.manifest.consents.some((one) => one.id === id && one.mode === "opt-out");
  const no = l.about.no.filter((f) => isOptOut(f.consent));
  const { about: of } = out;
  return no.length === 0 ? out : withAbout(out, about(of?.key ?? "", of?.held ?? NO_FACTS, of?.yes, union(of?.no ?? NO_FACTS, no)));
}

export const isTrue = (v: Value): boolean => v.kinds === K.True && v.refs.length === 0 && v.consts.length === 0;

/** Is it true where nobody has said anything? As the answer of an opt-in it says nothing. */
export const isDefaulted = ({ about: of }: Value): boolean => of !== null && of.held.some((f) => f.consent === DEFAULT);

/** What `v?.x` gives where `v` is nullish: undefined, and what holds where `v` is falsy. */
export const ofNullish = ({ about: of }: Value): Value =>
  of === null ? UNDEFINED : withAbout(UNDEFINED, about("", union(of.held, of.no)));

/** Methods of a text whose result is as truthy as the text. */
const SAME = new Set(["trim", "toLowerCase", "toUpperCase", "toString", "valueOf"]);

/** What such a method gives says what its text says. */
export function asSaid(self: Value, name: string, v: Value): Value {
  const of = self.about;
  return of === null || v.refs.length > 0 || !SAME.has(name) || of.yes.length + of.no.length === 0
    ? v
    : withAbout(v, about("", of.held, of.yes, of.no));
}
