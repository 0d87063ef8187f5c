/**
 * One call of a function that a model describes: what its flows move, in their order.
 *
 * What is moved is the machine's own values, so that a library that is described keeps fields apart as well as one that is modelled in
 * code. A callback is called when the first flow out of it is due, or behind all others, with everything that flows into it.
 */
import type { Callee, ModelFlow, ModelFunction, ModelPath, ModelResult } from "../../models/model.js";
import { NO_LABELS, type Labels } from "../domain/labels.js";
import { deref, objectsOf, type Obj } from "../domain/heap.js";
import {
  addLabels,
  ANY_BOOLEAN,
  ANY_NUMBER,
  ANY_STRING,
  BOTTOM,
  isBottom,
  join,
  K,
  nonNullish,
  NULL,
  numberOf,
  ofRef,
  stringOf,
  UNDEFINED,
  type Value,
} from "../domain/value.js";
import { allArgs, arg } from "../machine/call.js";
import { clone } from "../machine/clone.js";
import { allLabels, collect } from "../machine/deep.js";
import { leave } from "../machine/jobs.js";
import { hop, type NativeCall } from "../machine/machine.js";
import { awaitValue } from "../machine/promise.js";
import { dereferenced, referencesTo } from "../machine/references.js";
import { addDeep, unknown } from "../machine/unknown.js";
import { deciphered, enciphered, pseudonymised } from "../natives/crypto.js";
import { carrier } from "../natives/text.js";
import { parsed, plain, stringified } from "./plain.js";
import { newHolder } from "../natives/contents.js";
import { spot } from "../natives/items.js";
import { promised } from "../natives/settle.js";
import { heldWith, listOf, nativeValue, record } from "../natives/support.js";
import { calledBack, type Outcome } from "./callbacks.js";
import type { Element } from "./elements.js";
import { merge } from "./merge.js";
import { anyFound, follow, type Found } from "./read.js";
import { oneByOne, store, stored } from "./stored.js";
import { put } from "./write.js";

/** Makes an instance of one of the library's types. */
export type NewInstance = (call: NativeCall, type: string) => Value;

/** What is needed to know of the call while its flows are followed. */
export interface Execution {
  readonly call: NativeCall;
  readonly fn: ModelFunction;
  readonly flows: readonly ModelFlow[];
  readonly newInstance: NewInstance;
  /** The call of the function that the call has given, while that runs. */
  readonly inner?: NativeCall;
  /** What the callbacks have given, by where they are. */
  readonly outcomes: Map<string, Outcome>;
  /** What the result is so far. */
  result: Value;
}

/** Follows the flows of a call; gives its result. */
export function execute(call: NativeCall, fn: ModelFunction, newInstance: NewInstance): Value {
  const later = laterFlows(fn.flows);
  const handled = fn.later ? fn.flows.filter(({ from, to }) => callbackOf(from) !== undefined || callbackOf(to) !== undefined) : [];
  const now = fn.flows.filter((flow) => !later.includes(flow) && !handled.includes(flow));
  const x: Execution = { call, fn, flows: now, newInstance, outcomes: new Map(), result: BOTTOM };
  x.result = later.length > 0 || fn.gives !== undefined ? givenFunction(x, later) : startOf(x);
  followAll(x);
  if (handled.length > 0) handle(x, handled);
  const out = isBottom(x.result) ? UNDEFINED : hop(call.m, x.result, "library", call.site);
  return fn.async ? promised(call, out) : out;
}

/** Handlers run as entry points of their own, when all modules are loaded, and again when there is more for them. */
function handle({ call, fn, newInstance }: Execution, flows: readonly ModelFlow[]): void {
  const { m, site, self, args } = call;
  const run = nativeValue(
    m,
    site,
    `handlers of ${fn.names[0]}`,
    (inner) => {
      const own = { ...call, m: inner.m, self: inner.self, args: inner.args };
      followAll({ call: own, fn: { ...fn, async: true }, flows, newInstance, outcomes: new Map(), result: BOTTOM });
      return UNDEFINED;
    },
    heldWith(call),
  );
  leave(m, { fn: run, self, args, site, outside: true, does: fn });
}

const isOfResult = ({ root }: ModelPath): boolean => "of" in root && root.of.k === "result";

const callbackOf = ({ root }: ModelPath): string | undefined => ("of" in root && root.of.k === "callback" ? root.of.text : undefined);

/** The flows of calls of the function that the call gives: those from and to it, and those of the callbacks that are called there. */
function laterFlows(flows: readonly ModelFlow[]): readonly ModelFlow[] {
  const own = flows.filter(({ from, to }) => isOfResult(from) || isOfResult(to));
  const called = new Set(own.flatMap(({ from, to }) => [callbackOf(from) ?? [], callbackOf(to) ?? []].flat()));
  return flows.filter((flow) => own.includes(flow) || [flow.from, flow.to].some((path) => called.has(callbackOf(path) ?? "")));
}

/** The function that a call gives, which keeps what the call was given. */
const givenFunction = ({ call, fn, newInstance }: Execution, flows: readonly ModelFlow[]): Value =>
  nativeValue(
    call.m,
    call.site,
    `given ${fn.names[0]}`,
    (inner) => {
      const own: ModelFunction = { ...fn, result: fn.gives ?? [] };
      const x: Execution = { call: { ...call, site: inner.site }, fn: own, flows, newInstance, inner, outcomes: new Map(), result: BOTTOM };
      x.result = startOf(x);
      followAll(x);
      const out = isBottom(x.result) ? UNDEFINED : hop(inner.m, x.result, "library", inner.site);
      return fn.async ? promised(inner, out) : out;
    },
    heldWith(call),
  );

function followAll(x: Execution): void {
  for (const flow of x.flows) {
    if (!x.call.m.alive) return;
    const into = flow.to.root;
    if (!mayHold(x, flow)) continue;
    if (into.k === "parameter" && into.of.k === "callback") continue;
    const { root } = flow.from;
    if (root.k === "given") outcomeOf(x, root.of).each.forEach((e) => move(x, flow, { k: "each", list: [e] }));
    else move(x, flow, readFrom(x, flow.from));
  }
  for (const { to } of x.flows) if (x.call.m.alive && to.root.k === "parameter") outcomeOf(x, to.root.of);
}

/** Can its conditions hold? */
export const mayHold = (x: Execution, { when }: ModelFlow): boolean =>
  when.every(({ path, is }) => {
    const v = anyFound(follow(x.call, startAt(x, path.root), path.steps));
    if (typeof is === "boolean") return (v.kinds & ((is ? K.True : K.False) | K.Absent)) !== 0 || v.refs.length > 0;
    return v.consts.length === 0 || v.refs.length > 0 || v.patterns.length > 0 || v.consts.includes(is);
  });

/** What a callback gives: it is called when that is asked for first. */
export function outcomeOf(x: Execution, of: Callee): Outcome {
  const name = of.k === "callback" ? of.text : "";
  let outcome = x.outcomes.get(name);
  if (outcome === undefined) {
    outcome = of.k === "callback" ? calledBack(x, of) : { each: [] };
    x.outcomes.set(name, outcome);
  }
  return outcome;
}

/** What the path of a flow leads to; of a function that waits for promises, what they come to. */
export function readFrom(x: Execution, { root, steps }: ModelPath): Found {
  if (root.k === "place") return belowPlace(x, stored(x, root), steps);
  const found = follow(x.call, settled(x, startAt(x, root)), steps);
  return found.k === "one"
    ? { k: "one", value: settled(x, found.value) }
    : { k: "each", list: (x.fn.later ? oneByOne(found.list) : found.list).map((e) => ({ ...e, value: settled(x, e.value) })) };
}

/** What is below what a place holds: parts that nobody in the program writes come from elsewhere. */
function belowPlace(x: Execution, found: Found, steps: ModelPath["steps"]): Found {
  const { m, site } = x.call;
  const open = (v: Value): Value => (isBottom(nonNullish(v)) ? unknown(m, spot(site, "stored part")) : v);
  const below = (v: Value): Found => follow(x.call, v, steps);
  if (found.k === "each") return { k: "each", list: found.list.map((e) => ({ ...e, value: open(anyFound(below(e.value))) })) };
  if (isBottom(found.value)) return found;
  const parts = below(found.value);
  return parts.k === "each" ? parts : { k: "one", value: open(parts.value) };
}

export function startAt(x: Execution, root: ModelPath["root"]): Value {
  const { call, inner } = x;
  switch (root.k) {
    case "argument":
      return among(call, root);
    case "parameter":
      return inner === undefined ? BOTTOM : among(inner, root);
    case "receiver":
      return call.self;
    case "given":
      return outcomeOf(x, root.of).each.reduce((v: Value, e) => join(v, e.value), BOTTOM);
    case "place":
      return anyFound(stored(x, root));
    case "new":
      return x.newInstance(call, root.type);
    case "result":
      return BOTTOM;
  }
}

/** One argument, or any from one on. */
function among({ args }: NativeCall, { position, onward }: { readonly position: number | "*"; readonly onward: boolean }): Value {
  if (position !== "*" && !onward) return arg(args, position);
  return allArgs({ ...args, list: args.list.slice(position === "*" ? 0 : position) }).reduce(join, BOTTOM);
}

/** What a promise comes to, where the function waits for it. */
export const settled = ({ fn, call }: Execution, v: Value): Value =>
  fn.async && objectsOf(call.m.heap, v).some(({ kind }) => kind === "promise") ? awaitValue(call.m, v, call.site) : v;

/** Puts what a flow has found where it goes. */
function move(x: Execution, { from, to, how }: ModelFlow, found: Found): void {
  const given = from.root.k === "given" && from.steps.length > 0 ? throughSteps(x, from, found) : found;
  const list: readonly Element[] =
    given.k === "each" ? given.list : isBottom(given.value) ? [] : [{ key: ANY_STRING, value: given.value, sure: true }];
  for (const e of list) write(x, to, how, e, from);
  if (list.length === 0 && to.root.k === "result" && to.steps.length > 0) target(x, to, from);
}

/** What is below what a callback gives. */
const throughSteps = (x: Execution, from: ModelPath, found: Found): Found =>
  found.k === "each"
    ? { k: "each", list: found.list.map((e) => ({ ...e, value: anyFound(follow(x.call, e.value, from.steps)) })) }
    : { k: "one", value: anyFound(follow(x.call, found.value, from.steps)) };

/** Ways in which what arrives is not the value itself. */
type Spelled = "derived" | "reference" | "dereferenced" | keyof typeof CHANGES;

const CHANGES = { pseudonymised, enciphered, deciphered };

const isSpelled = (how: ModelFlow["how"]): how is Spelled =>
  how === "derived" || how === "reference" || how === "dereferenced" || Object.hasOwn(CHANGES, how);

function write(x: Execution, to: ModelPath, how: ModelFlow["how"], e: Element, from: ModelPath): void {
  const { m, site } = x.call;
  const whole = to.steps.length === 0;
  if (isSpelled(how)) {
    const labels = spelled(x.call, how, e.value);
    if (how === "reference" && !whole && to.root.k !== "place") leadBack(x, to, from, e, labels);
    else if (to.root.k === "place") store(x, to.root, to.steps, { ...e, value: stringOf(labels) });
    else if (whole) derive(x, to, labels);
    else put(x.call, target(x, to, from), to.steps, { ...e, value: stringOf(labels) });
    return;
  }
  const value =
    how === "value"
      ? e.value
      : how === "parsed"
        ? parsed(x.call, e.value)
        : how === "stringified"
          ? stringified(x.call, e.value)
          : how === "copy"
            ? clone(m, e.value, site, "structured")
            : plain(x.call, e.value);
  if (to.root.k === "place") store(x, to.root, to.steps, { ...e, value: settled(x, value) });
  else if (!whole) put(x.call, target(x, to, from), to.steps, { ...e, value });
  else if (how === "copy" && x.result.refs.length > 0 && isResult(to)) x.result = merge(x.call, x.result, value);
  else if (how === "copy" && !isResult(to)) merge(x.call, startAt(x, to.root), value);
  // Any of some elements: there may be none.
  else x.result = join(join(x.result, value), from.steps.some(({ k }) => k === "any") ? UNDEFINED : BOTTOM);
}

/** What is there already stays: an id that the program has chosen, or that leads back to more. */
function leadBack(x: Execution, to: ModelPath, from: ModelPath, e: Element, labels: Labels): void {
  const holder = target(x, to, from);
  const before = anyFound(follow(x.call, holder, to.steps));
  const id = isBottom(nonNullish(before)) ? ANY_STRING : nonNullish(before);
  put(x.call, holder, to.steps, { ...e, value: addLabels(id, labels) });
}

/** What is left of a value as text that is not the value. */
function spelled({ m, site }: NativeCall, how: Spelled, v: Value): Labels {
  // A reference keeps what consents say of the parts of what it leads back to: nobody sees these again.
  const own = how === "reference" ? collect(m, v, site).map(({ label }) => label) : allLabels(m, v);
  const labels = hop(m, stringOf(how === "dereferenced" ? dereferenced(m, own) : own), "library", site).labels;
  if (how === "reference") return referencesTo(m, labels);
  return how === "derived" || how === "dereferenced" ? labels : CHANGES[how](m, labels, site);
}

const isResult = ({ root }: ModelPath): boolean => root.k === "result" || (root.k === "given" && root.of.k === "result");

/** Something else spells the labels out: the result, or the object that they have come into. */
function derive(x: Execution, to: ModelPath, labels: Labels): void {
  const { m, site } = x.call;
  if (!isResult(to)) {
    for (const obj of objectsOf(m.heap, startAt(x, to.root))) if (obj.kind !== "external") addDeep(m, obj, labels);
    return;
  }
  for (const kind of x.fn.result.length === 0 ? [{ name: "unknown", isType: false }] : x.fn.result)
    switch (kind.isType ? "" : kind.name) {
      case "string":
        x.result = join(x.result, stringOf(labels));
        break;
      case "number":
        x.result = join(x.result, numberOf(labels));
        break;
      case "boolean":
        x.result = join(x.result, ANY_BOOLEAN);
        break;
      case "undefined":
      case "null":
        break;
      case "Date":
        x.result = join(x.result, dateOf(x.call, labels));
        break;
      case "unknown":
        x.result = join(x.result, unknown(m, spot(site, "derived"), labels));
        break;
      default:
        if (x.result.refs.length === 0) x.result = join(x.result, startOf(x));
        for (const { id } of objectsOf(m.heap, x.result)) spellOut(x, deref(m.heap, id), labels);
    }
}

/** An object that the library has made spells labels out. */
function spellOut(x: Execution, obj: Obj, labels: Labels): void {
  if (labels.length === 0) return;
  if (obj.kind === "unknown") addDeep(x.call.m, obj, labels);
  else put(x.call, ofRef(obj.id), [{ k: "any" }], { key: ANY_STRING, value: stringOf(labels), sure: false });
}

/** The value below which a flow writes. */
function target(x: Execution, to: ModelPath, from: ModelPath): Value {
  if (!isResult(to)) return startAt(x, to.root);
  if (x.result.refs.length === 0) x.result = join(x.result, madeFor(x, to, from));
  return x.result;
}

/** What a result is that only its parts are known of: a list where it has elements, else a record. */
function madeFor(x: Execution, to: ModelPath, from: ModelPath): Value {
  const { call } = x;
  const started = startOf(x);
  if (started.refs.length > 0) return started;
  const { m, site } = call;
  const [step] = to.steps;
  const as = step?.k === "prop" || step?.k === "named" || (step?.k === "same" && step.of !== undefined) ? "object" : likeSource(x, from);
  if (as === "unknown") return unknown(m, spot(site, "result"));
  return as === "object" ? record(m, {}, spot(site, "result")) : listOf(m, BOTTOM, spot(site, "result"));
}

/** What a result is that has the elements of something: the same kind of thing. */
function likeSource(x: Execution, from: ModelPath): "object" | "array" | "unknown" {
  const source = from.root.k === "given" ? elementsBehind(x, from.root.of) : startAt(x, from.root);
  const kinds = new Set(objectsOf(x.call.m.heap, source).map(({ kind }) => kind));
  return kinds.has("unknown") || (kinds.has("object") && kinds.size > 1) ? "unknown" : kinds.has("object") ? "object" : "array";
}

/** What the elements are of that a callback is called for. */
function elementsBehind(x: Execution, of: Callee): Value {
  const into = x.flows.find(
    ({ from, to }) =>
      to.root.k === "parameter" &&
      to.root.of.k === "callback" &&
      of.k === "callback" &&
      to.root.of.text === of.text &&
      from.steps.length > 0,
  );
  return into === undefined ? BOTTOM : startAt(x, into.from.root);
}

const dateOf = ({ m, site }: NativeCall, labels: Labels): Value => carrier(m, "Date", join(numberOf(labels), stringOf(labels)), site);

/** The result by what the model says that it is, before anything has flown there. */
const startOf = (x: Execution): Value => x.fn.result.reduce((v: Value, kind) => join(v, startAs(x, kind)), BOTTOM);

function startAs({ call, flows, newInstance }: Execution, kind: ModelResult): Value {
  const { m, site } = call;
  switch (kind.isType ? "" : kind.name) {
    case "undefined":
      return UNDEFINED;
    case "null":
      return NULL;
    case "string":
      return ANY_STRING;
    case "number":
      return ANY_NUMBER;
    case "boolean":
      return ANY_BOOLEAN;
    case "unknown":
      return unknown(m, spot(site, "result"));
    case "Date":
      return dateOf(call, NO_LABELS);
    case "array":
      // Of what nothing is said to flow into, elements come from outside.
      return listOf(m, flows.some(({ to }) => isResult(to)) ? BOTTOM : unknown(m, spot(site, "element")), spot(site, "result"));
    case "object":
      return record(m, {}, spot(site, "result"));
    case "Map":
    case "Set":
      return ofRef(newHolder(m, kind.name === "Map" ? "map" : "set", site, "result").id);
    default:
      // What a flow gives whole is an instance already.
      return flows.some(({ to, how }) => isResult(to) && to.steps.length === 0 && how === "value") ? BOTTOM : newInstance(call, kind.name);
  }
}
