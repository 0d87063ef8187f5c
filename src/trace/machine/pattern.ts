/** Binding: parameters, declarations, destructuring, assignment targets. */
import type { Pattern } from "../../facts/ir.js";
import type { TypeRef } from "../../link/types.js";
import type { Site } from "../domain/labels.js";
import { deref, joinSlot, type Obj, objectsOf, S, setSlot } from "../domain/heap.js";
import { BOTTOM, isBottom, join, K, ofConst, ofRef, UNDEFINED, withKinds, type Value } from "../domain/value.js";
import { believe, typeIn } from "./declared.js";
import { evaluate } from "./eval.js";
import { defaulted, isAnswer, isTrue, lapsed } from "./gates.js";
import { globalObject } from "./external.js";
import { forkAll } from "./fork.js";
import { anyItem, close, type Items } from "./iterate.js";
import { take } from "./taking.js";
import { indexWritten } from "./indices.js";
import { goesOn, hop, make, siteOf, type Args, type Code, type Machine } from "./machine.js";
import { copyProps, getProp, keyNames, setProp, setSuper } from "./props.js";

/** The environment record `up` levels out. */
export function recordAt(m: Machine, up: number): Obj {
  let env = m.frame.env;
  for (let i = 0; i < up; i++) {
    const outer = env.props.get(S.proto);
    if (outer === undefined) return env;
    env = deref(m.heap, outer.refs[0]!);
  }
  return env;
}

/** Binds parameters; `expected` are the types of those that have none of their own, by the type that the function stands under. */
export function bindParams(m: Machine, code: Code, args: Args, site: Site, expected?: readonly (TypeRef | undefined)[]): void {
  const { params } = code.fn;
  for (let i = 0; i < params.length && m.alive; i++) {
    const p = params[i]!;
    const here = siteOf(m, p);
    let v: Value;
    if (p.rest) {
      const list = make(m, "array", here);
      const tail = args.list.slice(i);
      tail.forEach((x, j) => setSlot(m.heap, list, String(j), hop(m, x, "argument", site)));
      if (args.rest !== null) setSlot(m.heap, list, S.rest, hop(m, args.rest, "argument", site));
      else setSlot(m.heap, list, S.length, ofConst(tail.length));
      v = ofRef(list.id);
    } else {
      v = hop(m, args.list[i] ?? (args.rest === null ? UNDEFINED : join(args.rest, UNDEFINED)), "argument", site);
      if (p.default !== undefined) v = withDefault(m, v, p.default);
    }
    const type = p.type === undefined ? expected?.[i] : typeIn(m, code, p.type);
    if (type !== undefined) v = believe(m, v, type, here);
    bind(m, p.target, v, true);
  }
}

/** `v`, or the default where `v` may be undefined. */
export function withDefault(m: Machine, v: Value, fallback: Parameters<typeof evaluate>[1]): Value {
  // What a check answers may be missing, whatever its type says: else no one would write a default.
  if ((v.kinds & K.Undefined) === 0 && !isAnswer(v)) return v;
  const given = withKinds(v, v.kinds & ~K.Undefined);
  if (isBottom(given)) return evaluate(m, fallback);
  let instead: Value = BOTTOM;
  const out = forkAll(m, [() => given, () => (instead = evaluate(m, fallback))]);
  lapsed(m, given, out, "default");
  return isTrue(instead) ? defaulted(m, out) : out;
}

/** Binds a pattern to a value. `declare`: a declaration (always strong) rather than an assignment. */
export function bind(m: Machine, target: Pattern, v: Value, declare: boolean): void {
  if (!m.alive) return;
  switch (target.p) {
    case "var":
      bindVariable(m, target, v, declare);
      return;
    case "global":
      joinSlot(m.heap, globalObject(m, "globalThis"), target.name, v);
      return;
    case "member": {
      const o = evaluate(m, target.o);
      const key = evaluate(m, target.key);
      writeMember(m, target, o, key, v);
      return;
    }
    case "object":
      bindObject(m, target, v, declare);
      return;
    case "array":
      bindArray(m, target, v, declare);
      return;
  }
}

/** `o[key] = v`, once all three are known; through `super` it is what stands above the method's class that is asked for a setter. */
export function writeMember(m: Machine, target: Pattern & { p: "member" }, o: Value, key: Value, v: Value): void {
  if (!goesOn(m)) return;
  const { home } = m.frame;
  if (target.o.e === "super" && home !== null) setSuper(m, m.heap.objects[home]!, key, v, o, siteOf(m, target));
  else setProp(m, o, key, v, siteOf(m, target));
}

function bindVariable(m: Machine, target: Pattern & { p: "var" }, v: Value, declare: boolean): void {
  const env = recordAt(m, target.up);
  const typed = target.type === undefined ? v : believe(m, v, typeIn(m, m.frame.code, target.type), siteOf(m, target));
  indexWritten(m, env, target.slot);
  if (declare || !env.summary) setSlot(m.heap, env, target.slot, typed);
  else joinSlot(m.heap, env, target.slot, typed);
  if (m.frame.code.fn.kind === "module" && target.up === 0) m.hooks.onBind(m.frame.code.file, target.slot, typed);
}

function bindObject(m: Machine, target: Pattern & { p: "object" }, v: Value, declare: boolean): void {
  const seen = new Set<string>();
  const site = siteOf(m, target);
  for (const p of target.props) {
    const key = evaluate(m, p.key);
    for (const name of keyNames(key).names) seen.add(name);
    let part = getProp(m, v, key, siteOf(m, p.target));
    if (p.default !== undefined) part = withDefault(m, part, p.default);
    bind(m, p.target, part, declare);
    if (!m.alive) return;
  }
  if (target.rest !== undefined) {
    const rest = make(m, "object", site);
    copyProps(m, rest, v, site, seen);
    bind(m, target.rest, ofRef(rest.id, v.via), declare);
  }
}

function bindArray(m: Machine, target: Pattern & { p: "array" }, v: Value, declare: boolean): void {
  const site = siteOf(m, target);
  const taken = take(m, v, site, target.rest === undefined ? target.elems.length : "all");
  const isLeft = target.rest === undefined && (taken.rest !== null || taken.list.length >= target.elems.length);
  if (isLeft && taken.by !== undefined) close(m, taken.by, site, false);
  const isOrdered = !objectsOf(m.heap, v).some((obj) => obj.props.has(S.unordered));
  const items: Items = isOrdered ? taken : { list: [], rest: anyItem(taken) };
  target.elems.forEach((elem, i) => {
    if (elem === null || !m.alive) return;
    let part = items.list[i] ?? (items.rest === null ? UNDEFINED : join(items.rest, UNDEFINED));
    if (elem.default !== undefined) part = withDefault(m, part, elem.default);
    bind(m, elem.target, part, declare);
  });
  if (target.rest !== undefined) {
    const list = make(m, "array", site);
    const tail = items.list.slice(target.elems.length);
    tail.forEach((x, i) => setSlot(m.heap, list, String(i), x));
    if (items.rest !== null) setSlot(m.heap, list, S.rest, items.rest);
    else setSlot(m.heap, list, S.length, ofConst(tail.length));
    bind(m, target.rest, ofRef(list.id, v.via), declare);
  }
}

/** Reads an assignment target, for compound assignment. */
export function readTarget(m: Machine, target: Pattern): Value {
  switch (target.p) {
    case "var":
      return recordAt(m, target.up).props.get(target.slot) ?? UNDEFINED;
    case "global":
      return globalObject(m, "globalThis").props.get(target.name) ?? UNDEFINED;
    case "member":
      if (target.o.e === "super") return evaluate(m, { e: "member", o: target.o, key: target.key, at: target.at, end: target.end });
      return getProp(m, evaluate(m, target.o), evaluate(m, target.key), siteOf(m, target));
    case "object":
    case "array":
      return BOTTOM;
  }
}
