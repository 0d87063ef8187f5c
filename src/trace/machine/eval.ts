/** Expressions: what each evaluates to, and what it does on the way. */
import type { Arg, Expr, TypeIR } from "../../facts/ir.js";
import { numberOfAnswer } from "./answers.js";
import { flipped } from "../domain/about.js";
import { NO_LABELS, type Site } from "../domain/labels.js";
import { objectsOf, S, setSlot, type Obj, isCallable } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  ANY_STRING,
  BOTTOM,
  exact,
  falsyPart,
  isBottom,
  join,
  K,
  mayBeNullish,
  nonNullish,
  NULLISH,
  numberOf,
  ofConst,
  ofKinds,
  ofRef,
  ofRefs,
  truthiness,
  truthyPart,
  UNDEFINED,
  withAbout,
  type Value,
} from "../domain/value.js";
import { GLOBAL_OBJECT } from "./aliases.js";
import { callValue, closure, type NO_ARGS } from "./call.js";
import { evaluateClass, superCall } from "./classes.js";
import { asInstance, believe, typeIn } from "./declared.js";
import { labelsOfKey } from "./deep.js";
import { external, globalObject } from "./external.js";
import { ELSE, onArm, THEN } from "./arms.js";
import { forkAll } from "./fork.js";
import { noteHolder } from "./holders.js";
import { assume, defaulted, isAnswer, isTrue, lapsed, ofNullish, sealed, unlessMissing } from "./gates.js";
import { allocate } from "./identity.js";
import { delegate, received, RETURNED, type Received } from "./generators.js";
import { leaveWith } from "./exec.js";
import { take } from "./taking.js";
import { elementsAtMost } from "./turns.js";
import { indexNamed } from "./indices.js";
import { goesOn, hop, make, siteOf, type Args, type FunctionData, type Machine } from "./machine.js";
import { methodOf, type Method } from "./method.js";
import { importedValue, importModule } from "./modules.js";
import { spelled } from "./convert.js";
import { binary, concatenate } from "./operators.js";
import { bind, readTarget, recordAt, writeMember } from "./pattern.js";
import { waiting } from "./floating.js";
import { awaitValue, pushItem } from "./promise.js";
import { ACCESSORS, copyProps, defineAccessor, deleteProp, getProp, keyNames, lookUp, noteKey, setAny, symbolName } from "./props.js";
import { believeGuards, refine } from "./refine.js";
import { believeElements, believeResult, expectCallbacks, isContainer, signaturesOf } from "./signatures.js";
import { madeOf } from "./subjects.js";
import { throwValue } from "./throw.js";
import { declaredValue, unknown } from "./unknown.js";

/** Evaluates an expression; bottom when the way ends in it. */
export function evaluate(m: Machine, e: Expr): Value {
  if (!m.alive) return BOTTOM;
  if (++m.steps > m.purse.steps) m.exhausted = true;
  switch (e.e) {
    case "const":
      return e.big === true ? ofKinds(K.Big) : ofConst(e.v);
    case "regex": {
      const obj = make(m, "object", siteOf(m, e));
      setSlot(m.heap, obj, S.proto, ofRef(globalObject(m, "RegExp.prototype").id));
      setSlot(m.heap, obj, "source", ofConst(e.source));
      setSlot(m.heap, obj, "flags", ofConst(e.flags));
      return ofRef(obj.id);
    }
    case "template": {
      let out = ofConst(e.quasis[0] ?? "");
      e.exprs.forEach((x, i) => {
        out = concatenate(m, out, evaluate(m, x), siteOf(m, e));
        const text = e.quasis[i + 1] ?? "";
        if (text !== "") out = concatenate(m, out, ofConst(text), siteOf(m, e));
      });
      return goesOn(m) ? out : BOTTOM;
    }
    case "tagged":
      return tagged(m, e);
    case "var":
      return recordAt(m, e.up).props.get(e.slot) ?? UNDEFINED;
    case "import":
      return importedValue(m, m.frame.code.file, e.i);
    case "global":
      return globalValue(m, e.name);
    case "this":
      return m.frame.thisValue;
    case "super":
      return m.frame.thisValue;
    case "meta":
      return e.name === "import.meta"
        ? ofRef(globalObject(m, "import.meta").id)
        : m.frame.isNew && m.frame.func !== null
          ? ofRef(m.frame.func.id)
          : UNDEFINED;
    case "member":
    case "call":
      return chain(m, e);
    case "new": {
      const f = evaluate(m, e.f);
      const args = evaluateArgs(m, e.args);
      m.calleeTypes = e.types ?? [];
      const made = goesOn(m) ? callValue(m, f, UNDEFINED, args, siteOf(m, e), true) : BOTTOM;
      return e.types === undefined || !m.hooks.propertySources ? made : asInstance(m, f, made, e.types, siteOf(m, e));
    }
    case "object":
      return objectLiteral(m, e);
    case "array":
      return arrayLiteral(m, e);
    case "fn":
      return closure(m, e.fn);
    case "class":
      return evaluateClass(m, e.cls);
    case "assign":
      return assign(m, e);
    case "update": {
      const old = readTarget(m, e.target);
      const c = exact(old);
      const next = typeof c === "number" ? ofConst(e.op === "++" ? c + 1 : c - 1) : numberOf(old.labels);
      bind(m, e.target, next, false);
      return e.prefix ? next : old;
    }
    case "unary":
      return unary(m, e);
    case "delete": {
      const o = evaluate(m, e.o);
      const key = evaluate(m, e.key);
      if (goesOn(m)) deleteProp(m, o, key, siteOf(m, e));
      return ofConst(true);
    }
    case "binary":
      return binaryChain(m, e);
    case "logical":
      return logical(m, e);
    case "cond":
      return conditional(m, e);
    case "seq": {
      let out: Value = UNDEFINED;
      for (const x of e.es) out = evaluate(m, x);
      return out;
    }
    case "await":
      return awaitValue(
        m,
        waiting(m, "now", () => evaluate(m, e.v)),
        siteOf(m, e),
      );
    case "yield":
      return yieldValue(m, e);
    case "cast": {
      const v = evaluate(m, e.v);
      return e.type === undefined ? v : believe(m, v, typeIn(m, m.frame.code, e.type), siteOf(m, e));
    }
    case "jsx":
      return jsx(m, e);
    case "dynamic-import":
      return importModule(m, evaluate(m, e.spec), e.require === true, siteOf(m, e));
    case "opaque":
      m.blind("unsupported-syntax", siteOf(m, e), e.reason, NO_LABELS);
      return unknown(m, siteOf(m, e));
  }
}

function globalValue(m: Machine, name: string): Value {
  if (name === "undefined") return UNDEFINED;
  if (name === "NaN") return ofConst(Number.NaN);
  if (name === "Infinity") return ofConst(Number.POSITIVE_INFINITY);
  const { file } = m.frame.code;
  const state = m.moduleState.get(file.index);
  if (state?.exports && (name === "module" || name === "exports" || name === "require")) {
    if (name === "exports") return ofRef(state.exports.id);
    if (name === "module") return state.env.props.get("\0module") ?? UNDEFINED;
  }
  const own = globalObject(m, "globalThis").props.get(name);
  if (own !== undefined) return own;
  const script = m.scripts.get(name);
  if (script !== undefined) {
    const v = m.moduleState.get(script)?.env.props.get(name);
    if (v !== undefined) return v;
  }
  if (GLOBAL_OBJECT.has(name)) return ofRef(globalObject(m, "globalThis").id);
  const declared = m.hooks.globalSource(name, { file: m.frame.code.file.index, at: 0, end: 0, fn: m.frame.code.index });
  return declared ?? declaredValue(m, file, "global", name);
}

/** What is read of, or what a method is called on; undefined where that is no value of its own. */
const receiverOf = (e: Expr): Expr | undefined => {
  const o = e.e === "member" ? e.o : e.e === "call" && e.f.e === "member" ? e.f.o : undefined;
  return o?.e === "super" ? undefined : o;
};

/** `a.b().c().d()…`, from its beginning on: chains that programs write for programs are longer than a stack is deep. */
function chain(m: Machine, e: Expr & { e: "member" | "call" }): Value {
  const links: (typeof e)[] = [e];
  let first = receiverOf(e);
  for (; first?.e === "member" || first?.e === "call"; first = receiverOf(first)) links.push(first);
  let v = first === undefined ? BOTTOM : evaluate(m, first);
  m.steps += links.length - 1;
  for (let i = links.length - 1; i >= 0; i--) {
    const link = links[i]!;
    v = link.e === "member" ? member(m, link, v) : call(m, link, v);
  }
  return v;
}

function member(m: Machine, e: Expr & { e: "member" }, receiver: Value): Value {
  if (e.o.e === "super") return superMember(m, e);
  let o = receiver;
  if (!goesOn(m)) return BOTTOM;
  const key = evaluate(m, e.key);
  if (!m.alive) return BOTTOM;
  let out: Value = BOTTOM;
  if (mayBeNullish(o)) {
    if (e.opt === true || isBottom(nonNullish(o))) out = ofNullish(o);
    o = nonNullish(o);
    if (isBottom(o)) return out;
  }
  return join(getProp(m, o, key, siteOf(m, e), indexNamed(m, e.key, key)), out);
}

function superMember(m: Machine, e: Expr & { e: "member" }): Value {
  const name = exact(evaluate(m, e.key));
  const home = m.frame.home;
  if (home === null || name === undefined) return UNDEFINED;
  let out: Value = BOTTOM;
  const proto = m.heap.objects[home]!.props.get(S.proto) ?? BOTTOM;
  for (const p of objectsOf(m.heap, proto)) out = join(out, lookUp(m, p, String(name), m.frame.thisValue, siteOf(m, e), 0) ?? UNDEFINED);
  return out;
}

export function evaluateArgs(m: Machine, args: readonly Arg[]): Args {
  // What is handed over is somebody's.
  return m.waits === "never" ? waiting(m, "later", () => argsOf(m, args)) : argsOf(m, args);
}

function argsOf(m: Machine, args: readonly Arg[]): Args {
  const list: Value[] = [];
  let rest: Value | null = null;
  for (const a of args) {
    if (a.e === "spread") {
      const items = take(m, evaluate(m, a.v), siteOf(m, a));
      if (rest === null) list.push(...items.list);
      else for (const x of items.list) rest = join(rest, x);
      if (items.rest !== null) rest = join(rest ?? BOTTOM, items.rest);
    } else {
      const v = evaluate(m, a);
      if (rest === null) list.push(v);
      else rest = join(rest, v);
    }
    if (!m.alive) return { list: [], rest: null } satisfies typeof NO_ARGS;
  }
  return { list, rest };
}

function call(m: Machine, e: Expr & { e: "call" }, receiver: Value): Value {
  if (!goesOn(m)) return BOTTOM;
  const site = siteOf(m, e);
  if (e.f.e === "super") {
    const args = evaluateArgs(m, e.args);
    const func = constructorClass(m);
    if (m.alive && func !== undefined) m.frame.thisValue = superCall(m, func, m.frame.thisValue, args, site);
    return UNDEFINED;
  }
  let self: Value = UNDEFINED;
  let f: Value;
  let selfOf: Method["selfOf"];
  let name = "";
  let optional: Value = BOTTOM;
  if (e.f.e === "member") {
    const key = e.f.key.e === "const" ? ofConst(e.f.key.v) : undefined;
    self = e.f.o.e === "super" ? m.frame.thisValue : receiver;
    const k = key ?? evaluate(m, e.f.key);
    if (!m.alive) return BOTTOM;
    name = String(exact(k) ?? "");
    if (mayBeNullish(self)) {
      if (e.f.opt === true || isBottom(nonNullish(self))) optional = ofNullish(self);
      self = nonNullish(self);
      if (isBottom(self)) return optional;
    }
    if (e.f.o.e === "super") f = superMember(m, e.f);
    else ({ value: f, selfOf } = methodOf(m, self, k, siteOf(m, e.f)));
  } else f = evaluate(m, e.f);
  if (!m.alive) return BOTTOM;
  if (mayBeNullish(f)) {
    if (e.opt === true || objectsOf(m.heap, f).length === 0) optional = join(optional, UNDEFINED);
    f = nonNullish(f);
    if (isBottom(f)) {
      // `f?.(…)` ends before its arguments, `f(…)` behind them.
      if (e.opt !== true) evaluateArgs(m, e.args);
      return optional;
    }
  }
  if (!isBottom(optional) && (e.opt === true || (e.f.e === "member" && e.f.opt === true)))
    return forkAll(m, [() => optional, () => callValue(m, f, self, evaluateArgs(m, e.args), site, false, name, selfOf)]);
  let args = evaluateArgs(m, e.args);
  if (!goesOn(m)) return BOTTOM;
  m.calleeEnd = e.f.end;
  m.calleeTypes = e.types ?? [];
  m.calleeMost = m.hooks.counts && e.f.e === "member" ? elementsAtMost(m, e.f.o, self) : Infinity;
  const said = m.hooks.propertySources ? signaturesOf(m, { f, self, name, args, types: e.types ?? [] }) : [];
  if (said.length > 0 && isContainer(m, self)) args = believeElements(m, said, args, site);
  else if (said.length > 0) expectCallbacks(m, said, args);
  const born = m.heap.objects.length;
  const out = callValue(m, f, self, args, site, false, name, selfOf);
  if (goesOn(m)) believeGuards(m, e, true);
  const isSaid = said.some(({ returns }) => returns !== undefined && m.types.view(returns).v !== "any");
  const typed = e.types === undefined ? out : typedResult(m, f, out, e.types, isSaid, site);
  if (said.length === 0) return typed;
  const result = believeResult(m, typed, said, site);
  if (m.gates !== null && objectsOf(m.heap, f).every((o) => o.kind === "external" || o.kind === "unknown"))
    madeOf(m, result, self, args, born);
  return result;
}

/**
 * `get<User>(…)`: type arguments say what a function of the program returns, and what comes back from unknown code, unless its
 * signature says it (`isSaid`).
 */
function typedResult(m: Machine, f: Value, v: Value, types: readonly TypeIR[], isSaid: boolean, site: Site): Value {
  const args = types.map((t) => typeIn(m, m.frame.code, t));
  let out = v;
  for (const callee of objectsOf(m.heap, f)) {
    const code = callee.kind === "function" ? (callee.data as FunctionData).code : null;
    // A generic function that does not say what it returns most often returns what it is asked for.
    const type = code === null ? undefined : m.types.inferred(code.file, code.fn, args);
    if (type !== undefined) out = believe(m, out, type, site);
    else if (args.length === 1 && !(isSaid && code === null)) out = believe(m, out, args[0]!, site);
  }
  return out;
}

/** The class whose constructor is running. */
function constructorClass(m: Machine): Obj | undefined {
  const home = m.frame.home;
  if (home === null) return undefined;
  const proto = m.heap.objects[home]!;
  const ctor = proto.props.get("constructor");
  return ctor === undefined
    ? undefined
    : objectsOf(m.heap, ctor).find((o) => o.kind === "class" && (o.data as FunctionData).cls !== undefined);
}

function objectLiteral(m: Machine, e: Expr & { e: "object" }): Value {
  const obj = allocate(m, "object", siteOf(m, e));
  fillObject(m, obj, e.props);
  return ofRef(obj.id);
}

function fillObject(m: Machine, obj: Obj, props: (Expr & { e: "object" })["props"]): void {
  for (const p of props) {
    if (!m.alive) return;
    const site = siteOf(m, p);
    if (p.k === "spread") {
      copyProps(m, obj, evaluate(m, p.v), site);
      setSlot(m.heap, obj, "\0spread", UNDEFINED);
      continue;
    }
    const key = evaluate(m, p.key);
    const symbol = symbolName(m, key);
    const name = symbol ?? (exact(key) === undefined ? undefined : String(exact(key)));
    if (p.k === "prop") {
      const method = p.v.e === "fn" && m.frame.code.file.facts.functions[p.v.fn]!.kind === "method";
      const v = method ? closure(m, p.v.fn, obj.id) : evaluate(m, p.v);
      if (!goesOn(m)) return;
      const stored = hop(m, v, "store", site);
      if (name === "__proto__" && p.key.at === p.at) {
        if (v.refs.length > 0) setSlot(m.heap, obj, S.proto, ofRefs(v.refs));
      } else if (name !== undefined) {
        if (obj.props.has(ACCESSORS)) setSlot(m.heap, obj, S.getter + name, undefined);
        setSlot(m.heap, obj, name, stored);
        if (!method) noteHolder(m, obj, name, v);
        noteKey(m, obj, key.labels);
      } else {
        const { names, open } = keyNames(key);
        for (const n of names) setSlot(m.heap, obj, n, join(obj.props.get(n) ?? ofKinds(K.Absent), stored));
        if (open) setAny(m, obj, stored, labelsOfKey(m, key), key);
      }
    } else if (name !== undefined) defineAccessor(m, obj, name, p.k, closure(m, p.fn, obj.id));
  }
}

function arrayLiteral(m: Machine, e: Expr & { e: "array" }): Value {
  const list = allocate(m, "array", siteOf(m, e));
  const args = evaluateArgs(
    m,
    e.elems.map((x) => x ?? { e: "const" as const, at: e.at, end: e.end }),
  );
  args.list.forEach((v, i) => setSlot(m.heap, list, String(i), hop(m, v, "store", siteOf(m, e))));
  if (args.rest !== null) setSlot(m.heap, list, S.rest, hop(m, args.rest, "store", siteOf(m, e)));
  else setSlot(m.heap, list, S.length, ofConst(args.list.length));
  return ofRef(list.id);
}

function assign(m: Machine, e: Expr & { e: "assign" }): Value {
  const site = siteOf(m, e);
  if (e.op === undefined) {
    const { target } = e;
    if (target.p === "member") {
      // What is written to is known before the value is: the value's own effects do not change it.
      const o = evaluate(m, target.o);
      const key = evaluate(m, target.key);
      const v = hop(m, given(m, evaluate(m, e.v), site), "assign", site);
      writeMember(m, target, o, key, v);
      return v;
    }
    const v = hop(m, evaluate(m, e.v), "assign", site);
    bind(m, target, v, false);
    return v;
  }
  const old = readTarget(m, e.target);
  if (e.op === "&&" || e.op === "||" || e.op === "??") {
    const nullish = mayBeNullish(old);
    const t = truthiness(old);
    const keep = e.op === "&&" ? falsyPart(old) : e.op === "||" ? truthyPart(old) : nonNullish(old);
    // As for `??`: what a check answers may be missing, whatever its type says.
    const maySet = e.op === "&&" ? t.yes : e.op === "||" ? t.no : nullish || isAnswer(old);
    if (!maySet) return old;
    const mustSet = isBottom(keep);
    let instead: Value = BOTTOM;
    const set = (): Value => {
      if (e.op !== "??") assume(m, old, e.op === "&&");
      if (!m.alive) return BOTTOM;
      instead = hop(m, evaluate(m, e.v), "assign", site);
      if (goesOn(m)) bind(m, e.target, sealed(m, instead), false);
      return instead;
    };
    const kept = (): Value => {
      if (e.op !== "??") assume(m, old, e.op === "||");
      const asked = placeExpr(e);
      if (asked !== undefined && e.op === "??") refine(m, { e: "binary", op: "!=", l: asked, r: nothing(e), at: e.at, end: e.end }, true);
      else if (asked !== undefined) refine(m, asked, e.op === "||");
      return m.alive ? keep : BOTTOM;
    };
    if (mustSet) return set();
    const out = forkAll(m, [kept, set]);
    if (m.gates === null || !m.alive) return out;
    if (e.op !== "&&" && !(e.op === "??" && isAnswer(instead))) lapsed(m, old, out, e.op === "??" ? "default" : "or");
    if (e.op !== "??" || !isTrue(instead)) return out;
    bind(m, e.target, defaulted(m, readTarget(m, e.target)), false);
    return defaulted(m, out);
  }
  const v = hop(m, binary(m, e.op, old, evaluate(m, e.v), site), "assign", site);
  bind(m, e.target, v, false);
  return v;
}

/** What is assigned to a property, as far as the code declares of this very place what it is. */
const given = (m: Machine, v: Value, site: Site): Value => m.hooks.onGiven({ list: [v], rest: null }, site).list[0]!;

const nothing = (e: Expr): Expr => ({ e: "const", v: null, at: e.at, end: e.end });

/** What `x ||= …` asks of, as an expression. */
function placeExpr({ target, at, end }: Expr & { e: "assign" }): Expr | undefined {
  if (target.p === "var") return { e: "var", slot: target.slot, up: target.up, at, end };
  return target.p === "member" ? { e: "member", o: target.o, key: target.key, at, end } : undefined;
}

function unary(m: Machine, e: Expr & { e: "unary" }): Value {
  const v = evaluate(m, e.v);
  switch (e.op) {
    case "!": {
      const t = truthiness(v);
      return withAbout(t.yes && t.no ? ANY_BOOLEAN : ofConst(t.no), flipped(v.about));
    }
    case "typeof":
      return typeOf(m, v);
    case "void":
      return UNDEFINED;
    case "-":
    case "+":
    case "~": {
      const c = exact(v);
      if (typeof c === "number") return ofConst(e.op === "-" ? -c : e.op === "+" ? c : ~c);
      const answer = e.op === "+" ? numberOfAnswer(v) : undefined;
      if (answer !== undefined) return answer;
      return numberOf(spelled(m, v, siteOf(m, e), "number"));
    }
  }
}

function typeOf(m: Machine, v: Value): Value {
  const names = new Set<string>();
  if ((v.kinds & K.String) !== 0 || v.consts.some((c) => typeof c === "string")) names.add("string");
  if ((v.kinds & K.Number) !== 0 || v.consts.some((c) => typeof c === "number")) names.add("number");
  if ((v.kinds & (K.True | K.False)) !== 0) names.add("boolean");
  if ((v.kinds & (K.Undefined | K.Absent)) !== 0) names.add("undefined");
  if ((v.kinds & K.Null) !== 0) names.add("object");
  if ((v.kinds & K.Big) !== 0) names.add("bigint");
  if ((v.kinds & K.Symbol) !== 0) names.add("symbol");
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind === "unknown" || obj.kind === "external") return ANY_STRING;
    names.add(obj.kind === "text" ? "string" : isCallable(obj) ? "function" : "object");
  }
  let out: Value = BOTTOM;
  for (const n of names) out = join(out, ofConst(n));
  return out;
}

/** `a + b + c + …` nests to the left, often thousands deep in generated code: no recursion there. */
function binaryChain(m: Machine, e: Expr & { e: "binary" }): Value {
  const spine: (Expr & { e: "binary" })[] = [];
  let at: Expr = e;
  while (at.e === "binary") {
    spine.push(at);
    at = at.l;
  }
  let out = evaluate(m, at);
  for (let i = spine.length - 1; i >= 0; i--) {
    const node = spine[i]!;
    const r = evaluate(m, node.r);
    if (!m.alive) return BOTTOM;
    out = binary(m, node.op, out, r, siteOf(m, node));
  }
  return out;
}

function logical(m: Machine, e: Expr & { e: "logical" }): Value {
  const l = evaluate(m, e.l);
  if (!m.alive) return BOTTOM;
  const t = truthiness(l);
  const keep = e.op === "&&" ? falsyPart(l) : e.op === "||" ? truthyPart(l) : nonNullish(l);
  // What a check answers may be missing, whatever its type says: else no one would write a default.
  const asksRight = e.op === "&&" ? t.yes : e.op === "||" ? t.no : (l.kinds & NULLISH) !== 0 || isAnswer(l);
  if (!asksRight) return l;
  let r: Value = BOTTOM;
  const right = (): Value => {
    if (e.op !== "??") {
      refine(m, e.l, e.op === "&&");
      assume(m, l, e.op === "&&");
    }
    if (m.alive) r = evaluate(m, e.r);
    return r;
  };
  if (isBottom(keep)) return right();
  const left = (): Value => {
    if (e.op !== "??") assume(m, l, e.op === "||");
    return keep;
  };
  const joined = forkAll(m, [left, right]);
  const out = e.op === "??" ? unlessMissing(m, l, r, joined) : joined;
  if (e.op !== "&&") for (const side of [l, r]) lapsed(m, side, out, e.op === "??" ? "default" : "or");
  return e.op === "??" && isTrue(r) ? defaulted(m, out) : out;
}

function conditional(m: Machine, e: Expr & { e: "cond" }): Value {
  const test = evaluate(m, e.test);
  if (!m.alive) return BOTTOM;
  const t = truthiness(test);
  if (t.yes && t.no)
    return forkAll(m, [
      () => {
        refine(m, e.test, true);
        assume(m, test, true);
        return onArm(m, e, THEN, () => evaluate(m, e.then));
      },
      () => {
        refine(m, e.test, false);
        assume(m, test, false);
        return onArm(m, e, ELSE, () => evaluate(m, e.else));
      },
    ]);
  assume(m, test, t.yes);
  return evaluate(m, t.yes ? e.then : e.else);
}

function yieldValue(m: Machine, e: Expr & { e: "yield" }): Value {
  const g = m.frame.generator;
  let v = e.v === undefined ? UNDEFINED : evaluate(m, e.v);
  if (!m.alive || g === null) return UNDEFINED;
  const site = siteOf(m, e);
  const certain = m.frame.uncertain === 0;
  if (e.delegate) {
    const inner = objectsOf(m.heap, v);
    const items = (inner.length === 1 ? delegate(m, g, inner[0]!) : undefined) ?? take(m, v, site, "all", m.frame.code.fn.async);
    for (const x of items.list) pushItem(m, g, hop(m, x, "return", site), certain);
    if (items.rest !== null) pushItem(m, g, hop(m, items.rest, "return", site), false);
    let out: Value = UNDEFINED;
    for (const o of objectsOf(m.heap, v)) out = join(out, o.props.get(RETURNED) ?? BOTTOM);
    return out;
  }
  if (m.frame.code.fn.async) v = awaitValue(m, v, site);
  const ways = received(m, g, site);
  pushItem(m, g, hop(m, v, "return", site), certain);
  return ways.length === 1
    ? resumeWith(m, ways[0]!)
    : forkAll(
        m,
        ways.map((way) => () => resumeWith(m, way)),
      );
}

/** The body of a generator goes on at a `yield`. */
function resumeWith(m: Machine, { how, value }: Received): Value {
  if (how === "sent") return value;
  if (how === "thrown") throwValue(m, value);
  else leaveWith(m, value);
  return BOTTOM;
}

function tagged(m: Machine, e: Expr & { e: "tagged" }): Value {
  const site = siteOf(m, e);
  let self: Value = UNDEFINED;
  let f: Value;
  if (e.tag.e === "member") {
    self = evaluate(m, e.tag.o);
    f = getProp(m, self, evaluate(m, e.tag.key), site);
  } else f = evaluate(m, e.tag);
  const strings = make(m, "array", site);
  e.quasis.forEach((q, i) => setSlot(m.heap, strings, String(i), ofConst(q)));
  setSlot(m.heap, strings, S.length, ofConst(e.quasis.length));
  setSlot(m.heap, strings, "raw", ofRef(strings.id));
  const values = e.exprs.map((x) => evaluate(m, x));
  return m.alive ? callValue(m, f, self, { list: [ofRef(strings.id), ...values], rest: null }, site) : BOTTOM;
}

/** An element of the page: its type and props. What draws it, and when, is the rendering library's business. */
function jsx(m: Machine, e: Expr & { e: "jsx" }): Value {
  const site = siteOf(m, e);
  const props = make(m, "object", site);
  fillObject(m, props, e.props);
  if (!m.alive) return BOTTOM;
  const type = e.tag === undefined ? UNDEFINED : evaluate(m, e.tag);
  return goesOn(m)
    ? callValue(m, ofRef(external(m, "jsx", ["element"]).id), UNDEFINED, { list: [type, ofRef(props.id)], rest: null }, site)
    : BOTTOM;
}
