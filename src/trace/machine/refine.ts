/** Path conditions: what a test that came out true (or false) says about variables and properties. */
import type { Expr } from "../../facts/ir.js";
import { objectsOf, S, setSlot, type Obj, isCallable } from "../domain/heap.js";
import { NO_LABELS, type Site } from "../domain/labels.js";
import { NO_PATTERNS } from "../domain/text-pattern.js";
import {
  BOTTOM,
  exact,
  falsyPart,
  hasPrimitive,
  isBottom,
  K,
  mayBeText,
  NULLISH,
  ofConst,
  truthiness,
  truthyPart,
  withConsts,
  withPatterns,
  withRefs,
  type Const,
  type Value,
} from "../domain/value.js";
import { believe, guardsOf } from "./declared.js";
import { evaluate } from "./eval.js";
import { isOpen } from "./external.js";
import { siteOf, type Machine } from "./machine.js";
import { isOne } from "./identity.js";
import { binary, isInstance } from "./operators.js";
import { recordAt } from "./pattern.js";
import { lookUp } from "./props.js";
import { notList } from "./unknown.js";

/** A place that a pure path names: a variable's record, or the only object a member is read of. */
interface PlaceOf {
  readonly obj: Obj;
  readonly slot: string;
  readonly value: Value;
}

function placeOf(m: Machine, e: Expr): PlaceOf | undefined {
  if (e.e === "cast") return placeOf(m, e.v);
  if (e.e === "assign" && e.op === undefined && e.target.p === "var") {
    const obj = recordAt(m, e.target.up);
    const value = obj.props.get(e.target.slot);
    return value === undefined ? undefined : { obj, slot: e.target.slot, value };
  }
  if (e.e === "var") {
    const obj = recordAt(m, e.up);
    const value = obj.props.get(e.slot);
    return value === undefined ? undefined : { obj, slot: e.slot, value };
  }
  if (e.e !== "member") return undefined;
  const name = e.key.e === "const" ? e.key.v : e.key.e === "var" ? exact(recordAt(m, e.key.up).props.get(e.key.slot) ?? BOTTOM) : undefined;
  if (name === undefined || name === null || !pure(e.o)) return undefined;
  const objects = objectsOf(m.heap, evaluate(m, e.o));
  const obj = objects[0];
  if (objects.length !== 1 || obj === undefined || obj.kind === "external") return undefined;
  const value = obj.props.get(String(name));
  return value === undefined ? undefined : { obj, slot: String(name), value };
}

const pure = (e: Expr): boolean =>
  e.e === "var" ||
  e.e === "this" ||
  e.e === "import" ||
  (e.e === "member" && e.key.e === "const" && pure(e.o)) ||
  (e.e === "cast" && pure(e.v));

/** Narrows the current state by a test's outcome. A contradiction ends the way. */
export function refine(m: Machine, test: Expr, outcome: boolean): void {
  if (!m.alive) return;
  switch (test.e) {
    case "unary":
      if (test.op === "!") refine(m, test.v, !outcome);
      return;
    case "logical":
      if (test.op === "&&" && outcome) {
        refine(m, test.l, true);
        refine(m, test.r, true);
      } else if (test.op === "||" && !outcome) {
        refine(m, test.l, false);
        refine(m, test.r, false);
      }
      return;
    case "binary":
      comparison(m, test, outcome);
      return;
    case "call":
      predicate(m, test, outcome);
      return;
    case "var":
    case "member":
    case "assign":
    case "cast":
      narrow(m, test, (v) => (outcome ? truthyPart(v) : falsyPart(v)));
      if (test.e === "member" && test.opt === true && outcome) narrow(m, test.o, (v) => truthyPart(v));
      if (test.e === "member") byTag(m, test, (tag) => (outcome ? truthiness(tag).yes : truthiness(tag).no));
      return;
    default:
      return;
  }
}

function narrow(m: Machine, e: Expr, to: (v: Value) => Value): void {
  const place = placeOf(m, e);
  if (place === undefined || place.obj.summary) return;
  const next = to(place.value);
  if (next === place.value) return;
  if (isBottom(next)) {
    m.alive = false;
    return;
  }
  setSlot(m.heap, place.obj, place.slot, next);
}

/** Of several objects, those whose tag property can pass: discriminated unions. */
function byTag(m: Machine, e: Expr & { e: "member" }, passes: (tag: Value) => boolean): void {
  if (e.key.e !== "const") return;
  const name = String(e.key.v);
  narrow(m, e.o, (v) => {
    if (v.refs.length < 2) return v;
    const keep = objectsOf(m.heap, v).filter((o) => {
      if (o.kind !== "object") return true;
      const tag = lookUp(m, o, name, v, siteOf(m, e), 0);
      return tag === undefined || passes(tag);
    });
    return keep.length === v.refs.length || keep.length === 0
      ? v
      : withRefs(
          v,
          keep.map((o) => o.id).sort((a, b) => a - b),
        );
  });
}

const mayBe = (v: Value, c: Const): boolean =>
  v.refs.length > 0 || v.consts.includes(c) || (typeof c === "string" ? mayBeText(v, c) : (v.kinds & K.Number) !== 0);

function comparison(m: Machine, e: Expr & { e: "binary" }, outcome: boolean): void {
  if (e.op === "instanceof") {
    const classes = objectsOf(m.heap, evaluate(m, e.r));
    const cls = classes[0];
    if (classes.length !== 1 || cls === undefined) return;
    narrow(m, e.l, (v) => {
      const keep = objectsOf(m.heap, v).filter((o) => {
        const is = isInstance(m, o, cls);
        return is === undefined || is === outcome;
      });
      return outcome
        ? { ...v, kinds: 0, consts: [], labels: keep.some((o) => o.kind === "unknown") ? v.labels : [], refs: keep.map((o) => o.id) }
        : withRefs(
            v,
            keep.map((o) => o.id),
          );
    });
    return;
  }
  if (e.op === "in" && e.l.e === "const") {
    const name = String(e.l.v);
    narrow(m, e.r, (v) => {
      if (v.refs.length < 2) return v;
      const keep = objectsOf(m.heap, v).filter((o) => {
        if (o.kind !== "object") return true;
        const x = lookUp(m, o, name, v, siteOf(m, e), 0);
        return outcome ? x !== undefined : x === undefined || (x.kinds & K.Absent) !== 0;
      });
      return keep.length === 0
        ? v
        : withRefs(
            v,
            keep.map((o) => o.id),
          );
    });
    return;
  }
  if (e.op === "<" || e.op === ">" || e.op === "<=" || e.op === ">=") {
    const limit = evaluateQuietly(m, e.r);
    if (limit !== undefined) narrow(m, e.l, (v) => ordered(m, e.op, v, limit, outcome, siteOf(m, e)));
    return;
  }
  const equal = e.op === "===" || e.op === "==" ? outcome : e.op === "!==" || e.op === "!=" ? !outcome : undefined;
  if (equal === undefined) return;
  const loose = e.op.length === 2;
  if (e.l.e === "unary" && e.l.op === "typeof") {
    const name = exact(evaluate(m, e.r));
    if (typeof name === "string") narrow(m, e.l.v, (v) => ofType(m, v, name, equal));
    return;
  }
  if (e.r.e === "unary" && e.r.op === "typeof") {
    comparison(m, { ...e, l: e.r, r: e.l }, outcome);
    return;
  }
  const right = evaluateQuietly(m, e.r);
  const left = evaluateQuietly(m, e.l);
  if (right !== undefined) against(m, e.l, right, equal, loose);
  if (left !== undefined) against(m, e.r, left, equal, loose);
}

/** Of exact numbers, those that stand to the limit as the comparison says. */
function ordered(m: Machine, op: string, v: Value, limit: Value, outcome: boolean, site: Site): Value {
  const isOut = (c: Const): boolean => {
    const is = typeof c === "number" ? truthiness(binary(m, op, ofConst(c), limit, site)) : undefined;
    return is !== undefined && is.yes !== is.no && is.yes !== outcome;
  };
  return v.consts.some(isOut)
    ? withConsts(
        v,
        v.kinds,
        v.consts.filter((c) => !isOut(c)),
      )
    : v;
}

/** Only constants and variables: nothing that would run twice. */
const evaluateQuietly = (m: Machine, e: Expr): Value | undefined =>
  e.e === "const" || (e.e === "member" && pure(e)) || e.e === "var" || (e.e === "global" && e.name === "undefined")
    ? evaluate(m, e)
    : undefined;

function against(m: Machine, e: Expr, other: Value, equal: boolean, loose: boolean): void {
  const onlyNullish = other.refs.length === 0 && other.consts.length === 0 && other.kinds !== 0 && (other.kinds & ~NULLISH) === 0;
  if (onlyNullish) {
    const bits = loose ? NULLISH : other.kinds;
    // What is absent reads as undefined.
    const absent = (bits & K.Undefined) === 0 ? 0 : K.Absent;
    narrow(m, e, (v) =>
      equal ? withConsts({ ...v, labels: [], refs: [] }, v.kinds & (bits | absent), []) : withConsts(v, v.kinds & ~bits, v.consts),
    );
    if (e.e === "member")
      byTag(m, e, (tag) =>
        equal ? (tag.kinds & (bits | absent)) !== 0 : tag.refs.length > 0 || tag.consts.length > 0 || (tag.kinds & ~bits) !== 0,
      );
    if (!equal && e.e === "member" && e.opt === true) narrow(m, e.o, (v) => withConsts(v, v.kinds & ~NULLISH, v.consts));
    return;
  }
  if (other.refs.length === 1 && !hasPrimitive(other)) {
    byIdentity(m, e, objectsOf(m.heap, other)[0]!, equal);
    return;
  }
  const c = exact(other);
  if (c === undefined || loose) return;
  narrow(m, e, (v) => {
    if (!equal)
      return v.consts.includes(c)
        ? withConsts(
            v,
            v.kinds,
            v.consts.filter((x) => x !== c),
          )
        : v;
    if (!mayBe(v, c)) return BOTTOM;
    // Equal to a constant: it may still be the field's value, so labels stay, unless the constant spells nothing out.
    const empty = c === "" || c === 0;
    return v.labels.length > 0 && !empty ? v : withConsts({ ...v, labels: [], refs: [] }, 0, [c]);
  });
  if (e.e === "member") byTag(m, e, (tag) => (equal ? mayBe(tag, c) : exact(tag) !== c));
}

/** What is (or is not) this very object. */
function byIdentity(m: Machine, e: Expr, obj: Obj, equal: boolean): void {
  const isAnything = (o: Obj): boolean => o.kind === "unknown" || o.kind === "external" || o.kind === "text";
  if (isAnything(obj) || (!equal && !isOne(m, obj))) return;
  narrow(m, e, (v) => {
    const objects = objectsOf(m.heap, v);
    if (equal ? objects.some(isAnything) : !objects.includes(obj)) return v;
    const keep = objects.filter((o) => (o === obj) === equal).map((o) => o.id);
    return equal ? { ...v, kinds: 0, consts: [], labels: NO_LABELS, refs: keep } : withRefs(v, keep);
  });
}

const TYPE_KINDS: Readonly<Record<string, number>> = {
  string: K.String,
  number: K.Number,
  boolean: K.True | K.False,
  undefined: K.Undefined | K.Absent,
  bigint: K.Big,
  symbol: K.Symbol,
  object: K.Null,
  function: 0,
};

/** The part of a value that `typeof` calls `name` (or the rest). */
export function ofType(m: Machine, v: Value, name: string, keep: boolean): Value {
  const bits = TYPE_KINDS[name];
  if (bits === undefined) return v;
  const refs = objectsOf(m.heap, v).filter((o) => {
    if (o.kind === "unknown" || o.kind === "external") return keep ? name === "object" || name === "function" || o.props.has(S.deep) : true;
    const is = o.kind === "text" ? "string" : isCallable(o) ? "function" : "object";
    return (is === name) === keep;
  });
  const consts = v.consts.filter((c) => (typeof c === name) === keep);
  // What is outside and open stands for primitives as well.
  const open = keep && v.refs.length > refs.length && objectsOf(m.heap, v).some((o) => isOpen(m, o)) ? bits : 0;
  const kinds = keep ? (v.kinds & bits) | open : v.kinds & ~bits;
  const carries = consts.length > 0 || (kinds & (K.String | K.Number | K.Big | K.True | K.False | K.Symbol)) !== 0;
  const part = withConsts(open === 0 ? v : withPatterns(v, NO_PATTERNS), kinds, consts);
  return { ...part, refs: refs.map((o) => o.id), labels: carries || refs.some((o) => o.kind === "unknown") ? v.labels : [] };
}

/** `Array.isArray(x)` and the program's own type guards. */
function predicate(m: Machine, e: Expr & { e: "call" }, outcome: boolean): void {
  const first = e.args[0];
  if (first === undefined || first.e === "spread") return;
  if (e.f.e === "member" && e.f.o.e === "global" && e.f.o.name === "Array" && e.f.key.e === "const" && e.f.key.v === "isArray")
    narrow(m, first, (v) => {
      const keep = objectsOf(m.heap, v).filter((o) => o.kind === "unknown" || o.kind === "external" || (o.kind === "array") === outcome);
      return outcome
        ? { ...v, kinds: 0, consts: [], labels: keep.some((o) => o.kind === "unknown") ? v.labels : [], refs: keep.map((o) => o.id) }
        : withRefs(
            v,
            keep.map((o) => (o.kind === "unknown" ? notList(m, o) : o).id),
          );
    });
  if (e.f.e === "global" && e.f.name === "Boolean") refine(m, first, outcome);
  if (outcome) believeGuards(m, e, false);
}

/** The program's own type guards and assertions, after they have held. */
export function believeGuards(m: Machine, e: Expr & { e: "call" }, asserts: boolean): void {
  const callee = e.f.e === "import" ? evaluate(m, e.f) : evaluateQuietly(m, e.f);
  if (callee === undefined) return;
  for (const { at, type } of guardsOf(m, callee, asserts)) {
    const of = at < 0 ? (e.f.e === "member" ? e.f.o : undefined) : e.args[at];
    if (of !== undefined && of.e !== "spread") narrow(m, of, (v) => believe(m, v, type, siteOf(m, e)));
  }
}
