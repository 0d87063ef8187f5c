/** Binary operators: what still spells its operands out, and what only tells about them. */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { meets } from "../domain/text-pattern.js";
import { objectsOf, S, type Obj } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  BOTTOM,
  exact,
  hasPrimitive,
  isBottom,
  join,
  K,
  mayBeNullish,
  mayBeText,
  NULLISH,
  numberOf,
  ofConst,
  stringOf,
  withAbout,
  type Value,
} from "../domain/value.js";
import { textOf } from "./clone.js";
import { about, NO_FACTS, union, type About, type Facts } from "../domain/about.js";
import { primitive, spelled, type Hint } from "./convert.js";
import { defaulted } from "./gates.js";
import { ofEquality } from "./members.js";
import { compared } from "./subjects.js";
import { spelledOf } from "./subjects.js";
import { isSameObject } from "./identity.js";
import { isLocation, isOpen } from "./external.js";
import type { Machine } from "./machine.js";
import { isProxy, proxyHas, targetOf } from "./proxy.js";
import { entries, lookUp } from "./props.js";
import { joined } from "./text-parts.js";

const ARITHMETIC = new Set(["-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>", ">>>"]);

export function binary(m: Machine, op: string, l: Value, r: Value, site: Site): Value {
  if (op === "+") return concatenate(m, l, r, site, "default");
  if (ARITHMETIC.has(op)) {
    const a = exact(l);
    const b = exact(r);
    if (typeof a === "number" && typeof b === "number") {
      const c = arithmetic(op, a, b);
      if (c !== undefined) return ofConst(c);
    }
    const out = numberOf(joinLabels(spelled(m, l, site, "number"), spelled(m, r, site, "number")));
    return op === "&" && (l.about !== null || r.about !== null) ? withAbout(out, ofBits(l, r)) : out;
  }
  switch (op) {
    case "===":
    case "!==":
    case "==":
    case "!=": {
      const loose = op.length === 2;
      compared(m, l, r);
      const same = equality(m, l, r, loose);
      const out = same === undefined ? ANY_BOOLEAN : ofConst(op.startsWith("=") ? same : !same);
      // `settings.share !== false` is true where nobody has said anything.
      if (m.gates !== null && op === "!==" && r.kinds === K.False && mayBeNullish(l)) return defaulted(m, out);
      return l.about === null && r.about === null ? out : withAbout(out, ofEquality(m, l, r, op.startsWith("="), loose));
    }
    case "<":
    case ">":
    case "<=":
    case ">=": {
      const a = exact(l);
      const b = exact(r);
      if (a === undefined || b === undefined || typeof a !== typeof b) return ANY_BOOLEAN;
      return ofConst(op === "<" ? a < b : op === ">" ? a > b : op === "<=" ? a <= b : a >= b);
    }
    case "in":
      return isIn(m, l, r, site);
    case "instanceof":
      return instanceOf(m, l, r);
    default:
      return ANY_BOOLEAN;
  }
}

/** A bit that two numbers have in common is one of each: both are truthy. */
function ofBits({ about: l }: Value, { about: r }: Value): About | null {
  const both = (side: "held" | "yes"): Facts => union(l?.[side] ?? NO_FACTS, r?.[side] ?? NO_FACTS);
  return about("", both("held"), both("yes"));
}

function arithmetic(op: string, a: number, b: number): number | undefined {
  switch (op) {
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
    case "**":
      return a ** b;
    case "&":
      return a & b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "<<":
      return a << b;
    case ">>":
      return a >> b;
    case ">>>":
      return a >>> b;
    default:
      return undefined;
  }
}

/** Does it hold structured text? Then what is joined to it is text with the same structure inside. */
const texts = (m: Machine, v: Value): Value => {
  let out: Value = BOTTOM;
  for (const o of objectsOf(m.heap, v)) if (o.kind === "text") out = join(out, o.props.get(S.value) ?? BOTTOM);
  return out;
};

/** `l + r`, and one step of a template: exact where both are, a string that spells both out where not, a sum for numbers. */
export function concatenate(m: Machine, left: Value, right: Value, site: Site, hint: Hint = "string"): Value {
  const out = concatenated(m, left, right, site, hint);
  if (m.gates === null || out.refs.length > 0) return out;
  const key = spelledOf(m, [left.about?.key ?? "", right.about?.key ?? ""]);
  return key === "" ? out : withAbout(out, about(key, NO_FACTS));
}

function concatenated(m: Machine, left: Value, right: Value, site: Site, hint: Hint): Value {
  if (isBottom(left) || isBottom(right)) return BOTTOM;
  const l = primitive(m, left, site, hint);
  const r = primitive(m, right, site, hint);
  const a = exact(l);
  const b = exact(r);
  if (a !== undefined && b !== undefined) {
    if (typeof a === "number" && typeof b === "number") return ofConst(a + b);
    const text = String(a) + String(b);
    if (text.length <= 4096) return ofConst(text);
  }
  const structured = join(texts(m, l), texts(m, r));
  const [ofLeft, ofRight] = [spelled(m, l, site, hint), spelled(m, r, site, hint)];
  const labels = joinLabels(ofLeft, ofRight);
  if (!isBottom(structured)) {
    // Text around structured text: still parsable piece by piece (JSON lines), so its structure is kept.
    const [looseLeft, looseRight] = [withoutTexts(m, l, site), withoutTexts(m, r, site)];
    const loose = joinLabels(looseLeft, looseRight);
    const pattern = joined(m, l, r, looseLeft, looseRight, loose);
    return textOf(m, loose.length > 0 ? join(structured, stringOf(loose)) : structured, site, pattern);
  }
  const numeric = (v: Value): boolean =>
    v.refs.length === 0 && (v.kinds & (K.String | K.Symbol)) === 0 && !v.consts.some((c) => typeof c === "string");
  if (numeric(l) && numeric(r) && ((l.kinds | r.kinds) & K.Big) === 0) return numberOf(labels);
  // A few exact texts on either side: keep them apart, keys are often built this way.
  if (
    labels.length === 0 &&
    l.refs.length === 0 &&
    r.refs.length === 0 &&
    l.kinds === 0 &&
    r.kinds === 0 &&
    l.consts.length * r.consts.length <= 12
  ) {
    let out: Value = BOTTOM;
    for (const x of l.consts)
      for (const y of r.consts) out = join(out, ofConst(typeof x === "number" && typeof y === "number" ? x + y : `${x}${y}`));
    return out;
  }
  // Numbers on both sides may be added instead.
  if (hint === "default" && mayBeNumber(l) && mayBeNumber(r)) return stringOf(labels);
  return joined(m, l, r, ofLeft, ofRight, labels);
}

const mayBeNumber = (v: Value): boolean => (v.kinds & ~(K.String | K.Symbol)) !== 0 || v.consts.some((c) => typeof c === "number");

function withoutTexts(m: Machine, v: Value, site: Site): Labels {
  const others = objectsOf(m.heap, v).filter((o) => o.kind !== "text");
  return joinLabels(v.labels, others.length === 0 ? NO_LABELS : spelled(m, { ...v, refs: others.map((o) => o.id) }, site));
}

/** Are they equal: yes, no, or open? */
function equality(m: Machine, l: Value, r: Value, loose: boolean): boolean | undefined {
  const a = exact(l);
  const b = exact(r);
  if (a !== undefined && b !== undefined) return loose && typeof a !== typeof b ? undefined : a === b;
  const simple = (v: Value): boolean =>
    v.refs.length === 0 && v.consts.length === 0 && (v.kinds & (K.String | K.Number | K.Big | K.Symbol)) === 0;
  if (loose && onlyNullish(r)) return (l.kinds & NULLISH) === 0 ? (isBottom(l) ? undefined : false) : onlyNullish(l) ? true : undefined;
  if (loose && onlyNullish(l)) return equality(m, r, l, loose);
  if (simple(l) && simple(r) && single(l.kinds) && single(r.kinds)) return l.kinds === r.kinds;
  if (loose) return isSameObject(m, l, r) ? true : undefined;
  // Nothing in common: certainly different.
  if (l.refs.length > 0 && r.refs.length > 0) {
    if (isSameObject(m, l, r)) return true;
    const mine = new Set(objectsOf(m.heap, l).map((o) => o.id));
    if (
      objectsOf(m.heap, r).some((o) => mine.has(o.id) || o.kind === "unknown" || o.kind === "external") ||
      objectsOf(m.heap, l).some((o) => o.kind === "unknown" || o.kind === "external")
    )
      return undefined;
    if (!hasPrimitive(l) && !hasPrimitive(r)) return objectsOf(m.heap, l).some((o) => o.kind === "text") ? undefined : false;
    return undefined;
  }
  const mayBePrimitive = (o: Obj): boolean => o.kind === "text" || isOpen(m, o) || isLocation(o);
  if (objectsOf(m.heap, l).some(mayBePrimitive) || objectsOf(m.heap, r).some(mayBePrimitive)) return undefined;
  const common = l.kinds & r.kinds;
  if ((common & ~K.String) !== 0 || ((common & K.String) !== 0 && textsMeet(l, r))) return undefined;
  const has = (v: Value, c: string | number): boolean =>
    (typeof c === "string" ? mayBeText(v, c) : (v.kinds & K.Number) !== 0) || v.consts.includes(c);
  if (l.consts.some((c) => has(r, c)) || r.consts.some((c) => has(l, c))) return undefined;
  return isBottom(l) || isBottom(r) ? undefined : false;
}

/** Can two strings be one text? */
const textsMeet = (l: Value, r: Value): boolean =>
  l.patterns.length === 0 || r.patterns.length === 0 || l.patterns.some((p) => r.patterns.some((q) => meets(p.text, q.text)));

const onlyNullish = (v: Value): boolean => v.refs.length === 0 && v.consts.length === 0 && v.kinds !== 0 && (v.kinds & ~NULLISH) === 0;
const single = (kinds: number): boolean => kinds !== 0 && (kinds & (kinds - 1)) === 0;

function isIn(m: Machine, key: Value, o: Value, site: Site): Value {
  const name = exact(key);
  const objects = objectsOf(m.heap, o);
  if (name === undefined || objects.length !== 1) return ANY_BOOLEAN;
  const obj = objects[0]!;
  if (isProxy(obj)) return proxyHas(m, obj, key, site) ?? isIn(m, key, targetOf(obj), site);
  if (obj.kind !== "object" && obj.kind !== "array") return ANY_BOOLEAN;
  const v = lookUp(m, obj, String(name), o, site, 0);
  if (v === undefined) return ofConst(false);
  if ((v.kinds & K.Absent) === 0) return ofConst(true);
  return isBottom({ ...v, kinds: v.kinds & ~K.Absent }) && entries(m, obj, site).rest === null ? ofConst(false) : ANY_BOOLEAN;
}

/** Exact when the prototype chain is known to the end. */
function instanceOf(m: Machine, l: Value, r: Value): Value {
  const classes = objectsOf(m.heap, r);
  const cls = classes[0];
  if (classes.length !== 1 || cls === undefined || (cls.kind !== "class" && cls.kind !== "function" && cls.kind !== "external"))
    return ANY_BOOLEAN;
  // The program says itself what its instances are.
  if (cls.props.has("@@hasInstance")) return ANY_BOOLEAN;
  let yes = false;
  let no = hasPrimitive(l);
  for (const obj of objectsOf(m.heap, l)) {
    const known = isInstance(m, obj, cls);
    if (known === undefined) return ANY_BOOLEAN;
    if (known) yes = true;
    else no = true;
  }
  return yes && no ? ANY_BOOLEAN : yes ? ofConst(true) : no ? ofConst(false) : ANY_BOOLEAN;
}

const BUILT_IN: Readonly<Record<string, string>> = { map: "Map", set: "Set", array: "Array", promise: "Promise" };

/** Is the object an instance of the class: yes, no, or open? */
export function isInstance(
  m: Machine,
  obj: ReturnType<typeof objectsOf>[number],
  cls: ReturnType<typeof objectsOf>[number],
): boolean | undefined {
  if (obj.kind === "unknown" || obj.kind === "external") return undefined;
  const name = cls.kind === "external" ? (cls.data as { path: readonly string[] }).path.at(-1) : undefined;
  if (name !== undefined) {
    if (BUILT_IN[obj.kind] !== undefined) return BUILT_IN[obj.kind] === name || name === "Object";
    if (name === "Object") return true;
    if (obj.kind === "error" && name === "Error") return true;
  }
  const target = cls.kind === "external" ? undefined : objectsOf(m.heap, cls.props.get("prototype") ?? BOTTOM)[0];
  let at = obj;
  for (let depth = 0; depth < 24; depth++) {
    const protos = objectsOf(m.heap, at.props.get(S.proto) ?? BOTTOM);
    if (protos.length > 1) return undefined;
    const next = protos[0];
    if (next === undefined) return false;
    if (next === target || next === cls) return true;
    if (next.kind === "external")
      return cls.kind === "external" ? (name === (next.data as { path: readonly string[] }).path.at(-1) ? true : undefined) : false;
    if (next.kind === "unknown") return undefined;
    at = next;
  }
  return undefined;
}
