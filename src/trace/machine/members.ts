/**
 * What a value says by being in a collection: who is among those of whom each has consented has. And what is kept for somebody by his key,
 * in a map that remembers what has been asked, is about whoever it is looked up for.
 */
import { about, meetOf, NO_FACTS, union, type About, type Facts } from "../domain/about.js";
import { objectsOf, S, setSlot } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { isBottom, withAbout, withRefs, type Value } from "../domain/value.js";
import { ofAll } from "./every.js";
import { aboutItself, factOf, factsOfWay, isOfTurn, isValid, ofComparison, ofData, OWN, sameFact, withHeld } from "./gates.js";
import type { Items } from "./iterate.js";
import { make, type Machine } from "./machine.js";

/** A key that is put into a collection: what the way has found out of whom it names, the collection knows of it. */
export function putAway(m: Machine, v: Value): Value {
  const key = v.about?.key ?? "";
  return m.gates === null || key === "" || v.refs.length > 0 ? v : withHeld(m, v, aboutItself(factsOfWay(m), key));
}

/** What it says that a value is one of these, and that it is none of them. */
export function ofMember(m: Machine, { list, rest }: Items, v: Value): About | null {
  const { gates } = m;
  const elements = rest === null ? list : [...list, rest];
  if (gates === null || elements.length === 0) return null;
  const key = v.about?.key ?? "";
  const said = ({ about: of }: Value): Facts =>
    of === null
      ? NO_FACTS
      : aboutItself(ofData(of), of.key)
          .filter((f) => isValid(m, f))
          .reduce((all: Facts, f) => union(all, [factOf(m, gates, f.consent, f.denied, [key], gates.origins.get(f))]), NO_FACTS);
  const yes = key === "" ? NO_FACTS : (elements.reduce((all: Facts | null, e) => meetOf(all, said(e)), null) ?? NO_FACTS);
  const other = (e: Value): Facts => ofComparison(e, v, true, false)?.no ?? NO_FACTS;
  const no = list.reduce((all: Facts, e) => union(all, other(e)), rest === null ? NO_FACTS : ofAll(m, other(rest)));
  return about("", NO_FACTS, yes, no);
}

/** What a comparison says: besides by the values themselves, that who is the same as one who has consented has. */
export function ofEquality(m: Machine, l: Value, r: Value, positive: boolean, loose: boolean): About | null {
  const of = ofComparison(l, r, positive, loose);
  const same = [ofMember(m, { list: [l], rest: null }, r), ofMember(m, { list: [r], rest: null }, l)].reduce(
    (all: Facts, a) => union(all, a?.yes ?? NO_FACTS),
    sameFact(m, l, r),
  );
  if (same.length === 0) return of;
  const [yes, no] = [of?.yes ?? NO_FACTS, of?.no ?? NO_FACTS];
  return positive ? about("", of?.held ?? NO_FACTS, union(yes, same), no) : about("", of?.held ?? NO_FACTS, yes, union(no, same));
}

/** A value that is kept under somebody's key: what it says of him it says of whoever has the key. */
export const keptUnder = (m: Machine, key: Value, value: Value, site: Site): Value =>
  said(m, value, site, (facts) => {
    const gates = m.gates!;
    const of = key.about?.key ?? "";
    const mine = of === "" ? [] : facts.filter((f) => f.of.length === 1 && f.of[0] === of && isOfTurn(m, f));
    return mine.reduce((all: Facts, f) => union(all, [factOf(m, gates, f.consent, f.denied, f.of, gates.origins.get(f), OWN)]), NO_FACTS);
  });

/** The same value, looked up by a key: what it says of whoever has the one under which it was put it says of this one. */
export const foundUnder = (m: Machine, key: Value, value: Value, site: Site): Value =>
  said(m, value, site, (facts) => {
    const gates = m.gates!;
    const of = key.about?.key ?? "";
    const mine = of === "" ? [] : facts.filter((f) => f.turn === OWN && isValid(m, f));
    return mine.reduce((all: Facts, f) => union(all, [factOf(m, gates, f.consent, f.denied, [of], gates.origins.get(f))]), NO_FACTS);
  });

/** A value, or a promise of it, that says more: what the function makes of what it says. */
function said(m: Machine, value: Value, site: Site, more: (facts: Facts) => Facts): Value {
  if (m.gates === null || isBottom(value)) return value;
  const saying = (v: Value): Value => {
    const of = v.about;
    if (of === null) return v;
    const [yes, no] = [more(of.yes), more(of.no)];
    return yes.length + no.length === 0 ? v : withAbout(v, about(of.key, of.held, union(of.yes, yes), union(of.no, no), of.cases));
  };
  const refs = objectsOf(m.heap, value).map((obj) => {
    const inside = obj.kind === "promise" ? obj.props.get(S.value) : undefined;
    const now = inside === undefined ? undefined : saying(inside);
    if (now === undefined || now === inside) return obj.id;
    const promise = make(m, "promise", `for its key ${site.file}:${site.at}`);
    for (const [slot, x] of obj.props) setSlot(m.heap, promise, slot, slot === S.value ? now : x);
    return promise.id;
  });
  return saying(
    refs.length === 0
      ? value
      : withRefs(
          value,
          [...new Set(refs)].sort((a, b) => a - b),
        ),
  );
}
