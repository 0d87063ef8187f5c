/** Consents at work: what the answer of a check says, and why a consent does not hold where it is needed. */
import { isAsked, type Consent } from "../../manifest/model.js";
import { about, NO_FACTS, union, type Fact } from "../domain/about.js";
import { isCallable, objectsOf, S, setSlot } from "../domain/heap.js";
import { hasPrimitive, K, primitivePart, withAbout, withKinds, join, type Value } from "../domain/value.js";
import { assume, factOf, factsOfWay, isDefaulted, lapse, lapseOf, lifeOf, type Asked } from "../machine/gates.js";
import type { CallEvent, FunctionData, Machine } from "../machine/machine.js";
import { constantThing, isConstantThing, noteRoles, paramNames, related, thingsOf, thingsOfCall } from "../machine/subjects.js";
import { namesSomebody } from "../machine/people.js";
import { signalGate } from "../machine/signals.js";
import { asksAbout } from "../machine/summaries/recording.js";
import { flagsOf, recordOf, returnedBy } from "./flags.js";
import type { TypeRef } from "../../link/types.js";
import type { Site } from "../domain/labels.js";
import type { Missing } from "./recorder.js";

/** Whom a call is about, by its arguments; notes the names under which it takes them. */
export function whoseCall(m: Machine, call: CallEvent): readonly string[] | undefined {
  if (m.gates === null) return undefined;
  asksAbout(m);
  const { callee, args } = call;
  noteRoles(m, callee.kind === "function" ? paramNames((callee.data as FunctionData).code) : [], args);
  const of = thingsOfCall(m, args);
  return of.length > 0 ? of : namedIn(m, call);
}

/** Somebody whom the code names, `mayTrain("admin")`: nobody else's data is his. */
function namedIn(m: Machine, { callee, args }: CallEvent): readonly string[] {
  const params = callee.kind === "function" ? paramNames((callee.data as FunctionData).code) : [];
  return args.list.flatMap((v, i) => (namesSomebody(params[i] ?? "") ? (constantThing(v) ?? thingsOf(m, v).filter(isConstantThing)) : []));
}

/** Whom a check was asked about: its arguments; where it has none, whom it is a method of. */
function subjectOf(m: Machine, call: CallEvent): readonly string[] {
  const of = whoseCall(m, call)!;
  const others = of.filter((key) => !isConstantThing(key));
  if (others.length > 0) return others;
  if (call.args.list.length > 0) return namedIn(m, call);
  const born = m.heap.reader?.run?.born ?? 0;
  const own = objectsOf(m.heap, call.self).filter((o) => o.id >= born && o.kind !== "external" && !isCallable(o));
  return own.length === 0 ? [] : [...new Set(own.flatMap((o) => thingsOf(m, { ...call.self, refs: [o.id] })))].sort();
}

/** What a check gave (`given`, of which `out` is any answer) says for or against whom it was asked about. */
export function answered(m: Machine, consent: Consent, call: CallEvent, given: Value, out: Value): Value {
  const { gates } = m;
  if (gates === null) return out;
  const { site } = call;
  const key = `${consent.id}|${site.file}:${site.at}`;
  let asked: Asked | undefined = gates.asked.get(key);
  if (asked === undefined)
    gates.asked.set(key, (asked = { consent: consent.id, site, lives: new Set(), awaited: undefined, tested: false, lapses: new Map() }));
  asked.lives.add(lifeOf(m));
  for (const obj of objectsOf(m.heap, out)) {
    if (obj.kind !== "promise") continue;
    asked.awaited ??= false;
    gates.promises.set(obj.id, asked);
  }
  const of = subjectOf(m, call);
  if (consent.mode === "opt-in" && givesDefault(m, given)) {
    lapse(m, asked, "default");
    return out;
  }
  const yes = [factOf(m, gates, consent.id, consent.mode === "opt-out", of, asked)];
  const no = [factOf(m, gates, consent.id, consent.mode === "opt-in", of, asked)];
  const told = telling(m, { given, type: returnedBy(m, call), site: call.site, yes, no }, out);
  if (isNothing(given)) assume(m, told);
  return told;
}

/** Does a check say yes where nobody has said anything? Then it is an opt-out that poses as an opt-in. */
const givesDefault = (m: Machine, given: Value): boolean =>
  isDefaulted(given) || objectsOf(m.heap, given).some((o) => o.kind === "promise" && isDefaulted(o.props.get(S.value) ?? given));

/** A check that gives nothing refuses by throwing. */
const isNothing = (v: Value): boolean => v.refs.length === 0 && v.consts.length === 0 && v.kinds === K.Undefined;

/** The same answer may be that of several consents. */
const saying = (v: Value, yes: readonly Fact[], no: readonly Fact[]): Value =>
  withAbout(v, about("", [], union(v.about?.yes ?? NO_FACTS, yes), union(v.about?.no ?? NO_FACTS, no)));

/** An answer: what the check gave, of which declared type, and what it says. */
interface Answer {
  readonly given: Value;
  readonly type: TypeRef | undefined;
  readonly site: Site;
  readonly yes: readonly Fact[];
  readonly no: readonly Fact[];
}

function telling(m: Machine, answer: Answer, any: Value): Value {
  const { given, type, yes, no } = answer;
  if (isNothing(given)) return withAbout(given, about("", union(any.about?.held ?? NO_FACTS, yes)));
  // Several texts are several answers: which of them is a yes nobody knows.
  if (given.consts.filter((c) => c !== "" && c !== 0).length > 1) return any;
  const record = recordOf(m, type);
  const out = record === undefined || any.refs.length === 0 ? any : withKinds(any, any.kinds & record.nullish);
  const result = saying(out, yes, no);
  const originals = objectsOf(m.heap, given);
  const boxes = objectsOf(m.heap, out).filter((obj) => {
    if (obj.kind === "promise") {
      const before = originals.find((o) => o.kind === "promise")?.props.get(S.value);
      const value = obj.props.get(S.value);
      if (value !== undefined)
        setSlot(m.heap, obj, S.value, telling(m, { ...answer, given: before ?? value, type: m.types.awaited(type) ?? type }, value));
      return true;
    }
    // Of an object the one property that is true or false is the answer; of one that comes from outside, each that is.
    const flags = flagsOf(m, obj, record?.type, answer.site);
    if (flags.length === 1 || obj.kind === "unknown") for (const [slot, v] of flags) setSlot(m.heap, obj, slot, saying(v, yes, no));
    return obj.kind === "object" || flags.length > 0;
  });
  // A promise, and an object with an answer inside, are there whatever the answer is.
  const isBox = boxes.length > 0 && boxes.length === objectsOf(m.heap, out).length;
  return !isBox ? result : hasPrimitive(out) ? join(withAbout(primitivePart(out), result.about), { ...out, kinds: 0, consts: [] }) : out;
}

/** The consents that hold by what a label has passed: of each its check, and all signals that it asks for. */
export function heldConsents({ manifest }: Machine, passed: readonly string[]): readonly string[] {
  if (passed.length === 0) return passed;
  const holds = (consent: Consent): boolean =>
    (isAsked(consent) || consent.signals.length > 0) &&
    (!isAsked(consent) || passed.includes(consent.id)) &&
    consent.signals.every((signal) => passed.includes(signalGate(signal)));
  return manifest.consents
    .filter(holds)
    .map(({ id }) => id)
    .sort();
}

/** Why the consent does not hold for what a label is of; undefined where it does. */
export function missingAt(m: Machine, consent: string, label: number): Missing | undefined {
  const { gates } = m;
  const info = m.labels.infos[label]!;
  if (gates === null || heldConsents(m, info.gates).includes(consent)) return undefined;
  if (info.gates.includes(consent) || m.manifest.consents.some((one) => one.id === consent && !isAsked(one)))
    return { consent, why: "signal", at: undefined };
  const facts = factsOfWay(m).filter((f) => f.consent === consent);
  const site = (f: Fact | undefined): Missing["at"] => (f === undefined ? undefined : gates.origins.get(f)?.site);
  const other = facts.find((f) => !f.denied);
  if (other !== undefined) return { consent, why: "other", at: site(other) };
  const denied = facts.find((f) => related(gates.subjects, f.of, info.of) === "same");
  if (denied !== undefined) return { consent, why: "denied", at: site(denied) };
  const life = lifeOf(m);
  const wrong = lapseOf(m, gates, consent);
  if (wrong !== undefined) return { consent, why: wrong.why, at: wrong.site };
  const asked = [...gates.asked.values()].find((a) => a.consent === consent && a.lives.has(life));
  if (asked !== undefined) {
    return { consent, why: asked.tested ? "undecided" : asked.awaited === false ? "promise" : "ignored", at: asked.site };
  }
  // What is asked further down in the same function is known in the end.
  const later = (sink: Site): Asked | undefined =>
    [...gates.asked.values()].find(
      (a) => a.consent === consent && a.site.file === sink.file && a.site.fn === sink.fn && a.site.at > sink.at,
    );
  return { consent, why: "never", at: undefined, later: (sink) => later(sink)?.site };
}
