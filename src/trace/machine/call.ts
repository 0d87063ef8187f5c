/** Calls: user functions with their activations, natives, classes, and callees that nobody knows. */
import type { Expr, Hoisted, Stmt, TypeIR } from "../../facts/ir.js";
import type { TypeRef } from "../../link/types.js";
import { NO_FACTS } from "../domain/about.js";
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { deref, isFunction, isRunnable, joinSlot, objectsOf, S, setSlot, type Obj, type Origin } from "../domain/heap.js";
import { ANY_MOMENT, begin, end, joinInto, UNCHANGED, type Point } from "../domain/ways.js";
import {
  addLabels,
  BOTTOM,
  hasPrimitive,
  isBottom,
  join,
  mayBeNullish,
  caseOfRef,
  ofConst,
  ofRef,
  ofRefs,
  same,
  stringOf,
  UNDEFINED,
  type Value,
} from "../domain/value.js";
import { constructClass } from "./classes.js";
import { beyond, charged, notFollowed, remember } from "./budget.js";
import { asGot, believe, typeIn } from "./declared.js";
import { allLabels, flowedLabels } from "./deep.js";
import { onEither } from "./either.js";
import { evaluate } from "./eval.js";
import { behind, onNoArm } from "./arms.js";
import { execute } from "./exec.js";
import { externalData, externalName, isShared, memberOf } from "./external.js";
import { forkAll, joinWays } from "./fork.js";
import { asSaid, assumeFacts, forgetOthers, NO_SLOTS, sealed, slotsOfWay } from "./gates.js";
import { allocate } from "./identity.js";
import { hasRun, newGenerator, RETURNED } from "./generators.js";
import {
  enterPath,
  goesOn,
  hop,
  LIMITS,
  make,
  siteOf,
  type Activation,
  type Args,
  type Call,
  type Code,
  type Exit,
  type Frame,
  type FunctionData,
  type Handler,
  type Machine,
} from "./machine.js";
import { laterPart, mayFloat, startReading, waiting } from "./floating.js";
import { comesWith } from "./late.js";
import { handedOn, hearing, isWrappings, receiverOf, tell, wrappedBy, type CalledBack } from "./handed.js";
import { keepHearers, subscribes, tellHearers, unheard } from "./hearers.js";
import { leave } from "./jobs.js";
import { looksUp } from "./looked-up.js";
import { bindParams } from "./pattern.js";
import { fulfil, newPromise } from "./promise.js";
import { belowHead, crowded, isTangled, recordOf, summarise } from "./recursion.js";
import { summarised } from "./summaries/index.js";
import { cannotSummarise, dependsOnStack } from "./summaries/recording.js";
import { argsWithoutListProxies, withoutListProxies } from "./proxy.js";
import { promised, type Task } from "./tasks.js";
import { goOnBehind, spending } from "./purse.js";
import { functionPrototype } from "./props.js";
import { remembered, remembering } from "./memos.js";
import { askedSignal } from "./signals.js";
import { noteTold, rowsOf } from "./rows.js";
import { givenTo, madeOf, noteCalled, noteRoles, paramNames } from "./subjects.js";
import { applicable, describedType, methodType } from "./signatures.js";
import { addDeep, deepLabels, saidType, typeOf, unknown, unknownData } from "./unknown.js";

export const NO_ARGS: Args = { list: [], rest: null };

/** The i-th argument. */
export const arg = (args: Args, i: number): Value => args.list[i] ?? args.rest ?? UNDEFINED;
export const hasArg = (args: Args, i: number): boolean => i < args.list.length || args.rest !== null;
export const allArgs = (args: Args): readonly Value[] => (args.rest === null ? args.list : [...args.list, args.rest]);

/**
 * Calls whatever `callee` can be and joins the results. `name` is the method's name in the code, for callees of unknown receivers;
 * `selfOf` what of `self` each callee is called on.
 */
export function callValue(
  m: Machine,
  callee: Value,
  self: Value,
  args: Args,
  site: Site,
  isNew = false,
  name = "",
  selfOf: (callee: Obj) => Value = () => self,
): Value {
  if (!m.alive) return BOTTOM;
  let targets = distinctCallees(m, objectsOf(m.heap, callee));
  if (targets.length > LIMITS.callees) {
    m.blind("callee-limit", site, `${targets.length} possible callees; the first ${LIMITS.callees} are followed`, argLabels(m, args));
    targets = targets.slice(0, LIMITS.callees);
  }
  if (targets.length === 0) {
    if (isBottom(callee)) return BOTTOM;
    // Nothing callable is known here: in a program that runs, this is a value that the analysis lost.
    return hasPrimitive(callee) && !mayBeNullish(callee) ? callLost(m, self, args, site, name) : mayBeNullish(callee) ? UNDEFINED : BOTTOM;
  }
  if (targets.length === 1) return callObject(m, targets[0]!, selfOf(targets[0]!), args, site, isNew, name);
  const { calleeTypes: types, calleeMost: most } = m;
  return forkAll(
    m,
    targets.map((t) => () => {
      m.calleeTypes = types;
      // Which of them it is may be because of an answer: `(ok ? send : skip)(text)`.
      if (m.gates !== null) assumeFacts(m, caseOfRef(callee, t.id) ?? NO_FACTS);
      m.calleeMost = most;
      return callObject(m, t, selfOf(t), args, site, isNew, name);
    }),
  );
}

/** Of callees that nobody knows anything of, one stands for all. */
function distinctCallees(m: Machine, targets: readonly Obj[]): readonly Obj[] {
  if (targets.length < 2) return targets;
  let blank = false;
  return targets.filter((t) => {
    if (t.kind !== "unknown") return true;
    if (typeOf(m, t) !== undefined || unknownData(t).owners !== undefined || t.props.has(S.deep)) return true;
    if (blank) return false;
    blank = true;
    return true;
  });
}

/** Calls one object. */
export const callObject = (m: Machine, callee: Obj, self: Value, given: Args, site: Site, isNew: boolean, name = ""): Value =>
  m.alive ? onEither(m, self, (one) => callOn(m, callee, one, given, site, isNew, name)) : BOTTOM;

function callOn(m: Machine, callee: Obj, self: Value, given: Args, site: Site, isNew: boolean, name: string): Value {
  const args = m.hooks.onGiven(given, site);
  const event = { callee, self, args, site, isNew };
  const isOpen = m.hooks.beforeCall(event);
  const run = (): Value => {
    const born = m.heap.objects.length;
    const { reads } = m.roots;
    const gave = dispatch(m, callee, self, args, site, isNew, name);
    if (m.gates === null || callee.kind === "function" || callee.kind === "class" || callee.kind === "bound") return gave;
    const out = outside(m, gave, callee, self, args, born, site);
    if (callee.kind === "external" && m.roots.reads > reads) return rowsOf(m, out, self, args, born);
    if (
      callee.kind === "unknown" ||
      (callee.kind === "external" && externalData(callee).module === "global" && m.native(externalData(callee)) === undefined)
    )
      looksUp(m, callee, args);
    return out;
  };
  const out = m.hooks.afterCall(event, isOpen ? forkAll(m, [() => BOTTOM, run]) : run());
  return m.gates === null ? out : remembered(m, callee, out);
}

/** What came from outside of the program: made of what went in, and perhaps a signal that was asked for. */
function outside(m: Machine, gave: Value, callee: Obj, self: Value, args: Args, born: number, site: Site): Value {
  madeOf(m, gave, self, args, born);
  if (callee.kind === "native" || (callee.kind === "external" && externalData(callee).module !== "global"))
    noteTold(m, gave, self, args, born);
  const type = callee.kind === "external" ? describedType(m, callee)?.type : undefined;
  if (type?.t === "function")
    noteRoles(
      m,
      type.params.map((p) => p.name),
      args,
    );
  const name = callee.kind === "external" ? (externalData(callee).path.at(-1) ?? "") : "";
  const method = name === "" ? callee.key.slice(callee.key.lastIndexOf(".") + 1) : name;
  return askedSignal(m, method, args, asSaid(self, name, callee.kind === "external" ? remembering(m, callee, gave, site) : gave));
}

const NO_TYPES: readonly TypeIR[] = [];

function dispatch(m: Machine, callee: Obj, self: Value, args: Args, site: Site, isNew: boolean, name: string): Value {
  const { calleeTypes: types, calleeMost: most } = m;
  m.calleeTypes = NO_TYPES;
  m.calleeMost = Infinity;
  switch (callee.kind) {
    case "function": {
      const data = callee.data as FunctionData;
      if (!isNew) return callFunction(m, callee, data, self, args, site);
      const instance = allocate(m, "object", site);
      const proto = callee.props.get("prototype") ?? functionPrototype(m, callee);
      setSlot(m.heap, instance, S.proto, proto);
      const result = callFunction(m, callee, data, ofRef(instance.id), args, site, true);
      const objects = objectsOf(m.heap, result).filter((o) => o.kind !== "promise");
      return objects.length > 0 ? result : ofRef(instance.id);
    }
    case "class":
      return constructClass(m, callee, args, site);
    case "bound": {
      const { target } = callee.data as { target: number };
      const bound = callee.props.get(S.value) ?? UNDEFINED;
      const first = objectsOf(m.heap, callee.props.get("\0args") ?? BOTTOM)[0];
      const count = Number(first?.props.get(S.length)?.consts[0] ?? 0);
      const list: Value[] = [];
      for (let i = 0; i < count; i++) list.push(first!.props.get(String(i)) ?? UNDEFINED);
      return callObject(m, deref(m.heap, target), isNew ? self : bound, { list: [...list, ...args.list], rest: args.rest }, site, isNew);
    }
    case "external":
    case "native": {
      const native =
        callee.kind === "native"
          ? (callee.data as { run: NonNullable<ReturnType<Machine["native"]>> }).run
          : m.native(externalData(callee));
      if (native !== undefined && !m.listProxies) return native({ m, self, args, site, isNew, callee, types, most });
      if (native !== undefined)
        return native({ m, self: withoutListProxies(m, self), args: argsWithoutListProxies(m, args), site, isNew, callee, types, most });
      return callExternal(m, callee, self, args, site, isNew);
    }
    case "unknown":
      return callUnknown(m, callee, self, args, types, site, name);
    default:
      return isNew ? callLost(m, self, args, site, name) : UNDEFINED;
  }
}

/** Everything that the arguments spell out. */
export function argLabels(m: Machine, args: Args): Labels {
  let out: Labels = NO_LABELS;
  for (const a of allArgs(args)) out = joinLabels(out, allLabels(m, a));
  return out;
}

/** Methods by which an instance takes in what it will give back: buffers, builders, hashes. A client's `create` or `send` is none. */
const COLLECTS = /^(write|push|add|append|put|set|enqueue|end|insert|feed|update|prepend|unshift|concat)(?![a-z])/;

/** As one writes it: `client.get().trim` of `client.get.().trim`. */
const spelled = (name: string): string => name.replaceAll(".()", "()");

/** A library's function that no model describes: arguments flow to the result, callbacks may be called with them. */
function callExternal(m: Machine, callee: Obj, self: Value, args: Args, site: Site, isNew: boolean): Value {
  const given = argLabels(m, args);
  const { module, path } = externalData(callee);
  for (const instance of given.length === 0 || m.hooks.isEnd(callee) ? [] : objectsOf(m.heap, self))
    if (instance.kind === "external" && !isShared(m, instance) && COLLECTS.test(path.at(-1) ?? "")) addDeep(m, instance, given);
  // What a chain has come to is an unknown value beside the library's object: its own methods call callbacks with what is in it.
  const shared = objectsOf(m.heap, self).some((o) => o.kind === "external" && isShared(m, o));
  const calls = shared && allArgs(args).some((a) => objectsOf(m.heap, a).some(isFunction));
  const type = calls || !m.hooks.propertySources ? undefined : methodType(m, self, path.at(-1) ?? "");
  const returns = type && returnType(m, type, self, args);
  const went = withoutPlaced(m, joinLabels(given, calls ? NO_LABELS : labelsOfReceiver(m, receiverOf(m, self), returns)), returns);
  const method = path.at(-1) ?? "";
  if (!m.hooks.isEnd(callee)) tellHearers(m, self, method, args, given, COLLECTS.test(method), site);
  const back = callBack(m, args, went, site, subscribes(method));
  const labels = joinLabels(went, back.told);
  const handed = isNew ? BOTTOM : handedOn(m, back, site);
  const made = isNew ? ofRef(make(m, "external", site, { module, path }).id) : externalResult(m, callee, site);
  if (subscribes(method)) keepHearers(m, objectsOf(m.heap, self), back.all, args.list[0]);
  else keepHearers(m, objectsOf(m.heap, made), back.all);
  const result = join(made, handed);
  const through = joinLabels(labels, allLabels(m, handed));
  if (through.length > 0 && !m.hooks.isEnd(callee)) {
    const store = m.unfollowedStore(module);
    const name = spelled(externalName(callee));
    if (store === undefined) m.blind("unmodelled-library", site, `${name} has no model: what goes in is taken to come out`, through);
    else
      m.blind(
        "unknown-store",
        site,
        `${name} is a call of a store that needs a connector, of ${store}: its reads do not give what it keeps`,
        through,
      );
  }
  if (labels.length === 0) return result;
  const out = unknown(m, site, hopLabels(m, labels, site));
  return join(out, result);
}

/** Functions of a library that make something anew, as its classes do: `createParser(…)`. */
const MAKES = /^create[A-Z]/;

const externalResult = (m: Machine, callee: Obj, site: Site): Value => {
  const { module, path } = externalData(callee);
  if (path.length <= 2 && MAKES.test(path.at(-1) ?? "")) return ofRef(make(m, "external", site, { module, path: [...path, "()"] }).id);
  return path.length >= 24 ? unknown(m, `${module} result`) : memberOf(m, callee, "()");
};

const hopLabels = (m: Machine, labels: Labels, site: Site): Labels => hop(m, addLabels(ofConst(""), labels), "library", site).labels;

/** Levels of objects in which a library is taken to look for functions. */
const INSIDE = 3;

/**
 * Runs the functions among the arguments with unknown arguments, now (perhaps) and later. Those inside objects (tables of handlers,
 * options) only later, unless there is something to hand them, or they take nothing: then they are there for what they give. `later`: all
 * of them are called later, so that what they throw is not thrown here.
 */
export function callBack(m: Machine, args: Args, labels: Labels, site: Site, later = false): CalledBack {
  const functions = new Map<Obj, boolean>();
  // How deep each object has been gone into, outside of lists and within: there may be many ways to it.
  const entered = [new Map<Obj, number>(), new Map<Obj, number>()] as const;
  const collect = (v: Value, depth: number, listed: boolean): void => {
    for (const obj of objectsOf(m.heap, v)) {
      const before = entered[listed ? 1 : 0].get(obj);
      if (before !== undefined && before >= depth) continue;
      entered[listed ? 1 : 0].set(obj, depth);
      // What a native does (`resolve`, a route's `next`), it does without looking at anything that comes to be later.
      if (isRunnable(obj))
        functions.set(obj, functions.get(obj) === true || listed || labels.length > 0 || obj.kind === "native" || takesNothing(obj));
      else if (depth > 0 && (obj.kind === "object" || obj.kind === "array"))
        for (const [slot, p] of obj.props)
          if (slot.charCodeAt(0) !== 0 || slot === S.rest) collect(p, depth - 1, listed && obj.kind === "array");
    }
  };
  for (const a of allArgs(args)) collect(a, INSIDE, true);
  const free = [...functions].filter(([fn]) => {
    const data = fn.data as Partial<FunctionData>;
    if (fn.kind !== "function" || !data.code) return true;
    const at = m.stack.findIndex((s) => s.code.fn === data.code!.fn);
    if (at >= 0) dependsOnStack(m, at);
    return at < 0;
  });
  let given: Value = BOTTOM;
  let told: Labels = NO_LABELS;
  const round = (all: Labels): void => {
    for (const [fn, now] of free) {
      if (!now) continue;
      const handed = givenTo(m, unknownArgs(m, fn, all, site));
      const run = (): Value => callObject(m, fn, UNDEFINED, handed, site, false);
      const heard = hearing(m, handed, () => forkAll(m, [() => BOTTOM, () => (later ? unheard(m, run) : run())]));
      given = join(given, heard.given);
      told = joinLabels(told, heard.told);
    }
  };
  round(labels);
  given = join(given, callNamed(m, args, labels, site));
  const all = joinLabels(labels, told);
  // What one callback tells the library, the library may tell another.
  if (all.length > labels.length && free.length > 1) round(all);
  for (const [fn] of free)
    if (fn.kind !== "native")
      leave(m, { fn: ofRef(fn.id), self: UNDEFINED, args: givenTo(m, unknownArgs(m, fn, all, site)), site, again: true, outside: true });
  const direct = allArgs(args)
    .flatMap((a) => objectsOf(m.heap, a))
    .filter((o) => functions.has(o));
  return { given, told, functions: ofRefs([...new Set(direct.map((o) => o.id))].sort((a, b) => a - b)), all: free.map(([fn]) => fn) };
}

/**
 * Calls the functions of the language and of libraries among the arguments (`each(rows, JSON.stringify)`, `each(rows, set.add, set)`), where
 * there is something to hand them. One without a model takes it, which is all that is known.
 */
function callNamed(m: Machine, args: Args, labels: Labels, site: Site): Value {
  let given: Value = BOTTOM;
  if (labels.length === 0) return given;
  args.list.forEach((v, i) => {
    for (const callee of objectsOf(m.heap, v)) {
      if (callee.kind !== "external") continue;
      // As lists do, libraries take what is to be `this` behind the callback.
      const self = args.list[i + 1] ?? UNDEFINED;
      const handed: Args = { list: [], rest: unknown(m, `${site.file}:${site.at}:${i} argument`, labels) };
      if (m.native(externalData(callee)) === undefined) m.hooks.beforeCall({ callee, self, args: handed, site, isNew: false });
      else given = join(given, forkAll(m, [() => BOTTOM, () => callObject(m, callee, self, handed, site, false)]));
    }
  });
  return given;
}

const takesNothing = (fn: Obj): boolean => (fn.data as Partial<FunctionData>).code?.fn.params.length === 0;

/** Unknown arguments of a function's declared parameter types. */
export function unknownArgs(m: Machine, fn: Obj, labels: Labels, site: Site): Args {
  const code = (fn.data as Partial<FunctionData>).code;
  if (code === null || code === undefined) return { list: [], rest: unknown(m, `${fn.key} argument`, labels) };
  const expected = expectedParams(m, fn);
  const list = code.fn.params.map((p, i) => {
    const type = p.type === undefined ? expected?.[i] : typeIn(m, code, p.type);
    const name = `${m.path}|${site.file}:${site.at}|${code.file.index}:${p.at}|${i}`;
    const origin = { name, site: { file: code.file.index, at: p.at, end: p.end, fn: code.index } };
    const v = (i === 0 ? eventFor(m, fn, code, origin, labels, type) : undefined) ?? unknown(m, origin, labels, type, `argument ${i}`);
    if (m.gates !== null && p.target.p === "var") noteCalled(m, v, p.target.slot);
    return p.rest ? v : p.optional || p.default !== undefined ? join(v, UNDEFINED) : v;
  });
  const last = code.fn.params.at(-1);
  return last?.rest === true ? { list: list.slice(0, -1), rest: unknown(m, `${fn.key} rest`, labels) } : { list, rest: null };
}

/**
 * What the world hands to a function of a package's type, or to one that is called as such functions are; of a type of the program's own, one
 * that has a part that such events have.
 */
function eventFor(m: Machine, fn: Obj, code: Code, origin: Origin, labels: Labels, type: TypeRef | undefined): Value | undefined {
  const view = m.types.view(saidType(m, fn));
  if (view.v === "external" && type === undefined) {
    const model = m.instance({ module: view.module, path: [...view.path, "first"] });
    if (model !== undefined) return model(m, origin, view.args ?? [], labels);
  }
  const target = code.fn.params[0]!.target;
  const name = target.p === "var" ? target.slot.replace(/\W.*$/, "") : target.p === "object" ? "event" : "";
  const model = m.instance({ module: "untyped", path: [code.fn.name.split(".").at(-1) ?? "", name] });
  if (model === undefined) return undefined;
  const own = m.types.view(type).v;
  if (type === undefined || own === "any") return model(m, origin, [], labels);
  const isEvent = own === "object" && ["Records", "detail"].some((part) => m.types.member(type, part) !== undefined);
  return isEvent ? join(model(m, origin, [], labels), unknown(m, origin, labels, type)) : undefined;
}

/** Types of the parameters of a function, by the type that it stands under (`const visit: Visitor = (u) => …`). */
function expectedParams(m: Machine, fn: Obj): readonly (TypeRef | undefined)[] | undefined {
  const view = m.types.view(saidType(m, fn));
  if (view.v !== "function" || view.rest === undefined) return view.v === "function" ? view.params : undefined;
  const missing = ((fn.data as Partial<FunctionData>).code?.fn.params.length ?? 0) - view.params.length;
  return missing > 0 ? [...view.params, ...Array.from({ length: missing }, () => view.rest)] : view.params;
}

/** Methods that are those of text when nothing is known of the receiver: no other kind of object has them. */
const TEXT_METHODS = new Set(
  "trim trimStart trimEnd toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase replace replaceAll split charAt charCodeAt codePointAt padStart padEnd startsWith endsWith substring substr normalize localeCompare matchAll".split(
    " ",
  ),
);

/** A function of which nothing is known: what goes in may come out, callbacks may be called. */
function callUnknown(m: Machine, callee: Obj, self: Value, args: Args, types: readonly TypeIR[], site: Site, name: string): Value {
  const data = unknownData(callee);
  const type = typeOf(m, callee);
  const method = name || data.name;
  if (method !== "") {
    for (const owner of ["Array", "Promise"]) {
      const native = m.native({ module: "global", path: [owner, "prototype", method] });
      if (native !== undefined && (owner === "Promise" || self.refs.length > 0))
        return native({ m, self, args, site, isNew: false, callee });
    }
  }
  const ofFunction = isFunctionType(m, self) ? m.native({ module: "global", path: ["Function", "prototype", method] }) : undefined;
  if (ofFunction !== undefined) return ofFunction({ m, self, args, site, isNew: false, callee });
  const text =
    type === undefined && TEXT_METHODS.has(method) ? m.native({ module: "global", path: ["String", "prototype", method] }) : undefined;
  if (text !== undefined) return text({ m, self: stringOf(allLabels(m, self)), args, site, isNew: false, callee });
  const wrapped = wrappedBy(callee);
  if (wrapped !== undefined) return forkAll(m, [() => BOTTOM, () => callValue(m, wrapped, self, args, site)]);
  if (isWrappings(m, callee, self, method)) return BOTTOM;
  tell(m, callee, argLabels(m, args));
  const returns = type && returnType(m, type, self, args, types);
  return callLost(m, self, args, site, method, { returns, held: deepLabels(callee), isEnd: m.hooks.isEnd(callee) });
}

/** Is it something unknown of which a type says that it is a function? */
function isFunctionType(m: Machine, v: Value): boolean {
  const objects = objectsOf(m.heap, v);
  return objects.length > 0 && objects.every((o) => o.kind === "unknown" && m.types.view(typeOf(m, o)).v === "function");
}

/** What a function of this type returns, by the first of its signatures that the arguments may be for. */
function returnType(m: Machine, type: TypeRef, self: Value, args: Args, types: readonly TypeIR[] = NO_TYPES): TypeRef | undefined {
  const given = types.map((t) => typeIn(m, m.frame.code, t));
  return applicable(m, type, args, given, self)[0]?.returns;
}

/**
 * What a method can give of its receiver. Where it is declared what comes back, that is how far the receiver's own type counts: a
 * `Repository<User>` has all users, a user that it gives has a user's fields.
 */
function labelsOfReceiver(m: Machine, self: Value, returns: TypeRef | undefined): Labels {
  const isTold = returns !== undefined && m.types.view(m.types.awaited(returns)).v !== "any";
  return isTold ? flowedLabels(m, self) : allLabels(m, self);
}

/** Without the fields that the result's type has a place for: what goes in comes out there (`users.save(user)`, `users.find({ email })`). */
function withoutPlaced(m: Machine, labels: Labels, returns: TypeRef | undefined): Labels {
  if (labels.length === 0 || returns === undefined || !m.hooks.propertySources) return labels;
  const placed = new Set(m.hooks.declaredIn(returns).flatMap((member) => member.fields));
  return placed.size === 0 ? labels : labels.filter(({ id }) => !placed.has(m.labels.infos[id]!.field));
}

/**
 * A call of which nothing is known: what goes in (`held`: with the callee itself) may come out, callbacks may be called. A blind spot,
 * unless the manifest says what it is (`isEnd`).
 */
export function callLost(
  m: Machine,
  self: Value,
  args: Args,
  site: Site,
  name: string,
  {
    returns,
    held = NO_LABELS,
    isEnd = false,
  }: { readonly returns?: TypeRef | undefined; readonly held?: Labels; readonly isEnd?: boolean } = {},
): Value {
  const given = joinLabels(argLabels(m, args), joinLabels(labelsOfReceiver(m, receiverOf(m, self), returns), held));
  const went = withoutPlaced(m, given, returns);
  if (!isEnd) tellHearers(m, self, name, args, argLabels(m, args), COLLECTS.test(name), site);
  const back = callBack(m, args, went, site, subscribes(name));
  if (subscribes(name)) keepHearers(m, objectsOf(m.heap, self), back.all, args.list[0]);
  const labels = joinLabels(went, back.told);
  const handed = handedOn(m, back, site);
  const through = joinLabels(labels, allLabels(m, handed));
  if (through.length > 0 && !isEnd)
    m.blind(
      "unresolved-call",
      site,
      `${name === "" ? "this callee" : `\`${name}\``} could not be resolved: what goes in is taken to come out`,
      through,
    );
  return join(unknown(m, site, hopLabels(m, labels, site), returns), handed);
}

/** Calls a user function: a fresh activation, or the summary of a recursion that went too deep. */
export function callFunction(m: Machine, func: Obj | null, data: FunctionData, self: Value, args: Args, site: Site, isNew = false): Value {
  const code = data.code;
  if (code === null) return UNDEFINED;
  const why = beyond(m, code.fn);
  if (why !== undefined) return notFollowed(m, code, self, args, site, why);
  m.executed.add(code.fn);
  if (m.gates !== null) noteRoles(m, paramNames(code), args);
  const signature = `${data.env}:${signatureOf(self, args)}`;
  let active = 0;
  let repeated = false;
  let blurry = false;
  let repeating = -1;
  let loops = 0;
  for (const [at, s] of m.stack.entries())
    if (s.code.fn === code.fn) {
      dependsOnStack(m, at);
      active++;
      if (s.key === signature) repeated = true;
      if (active > 1 && s.repeating > repeating) loops++;
      repeating = s.repeating;
      // Going down something whose shape nobody knows: what is passed on unchanged (a context, options) does not count.
      blurry ||= isPart(m, self, s.self) || args.list.some((a, i) => isPart(m, a, s.args.list[i] ?? UNDEFINED));
    }
  const call: Call = { func, data, self, args, site, isNew };
  const recursion = m.recursions.get(code.fn) ?? crowded(m, code.fn, call);
  if (recursion !== undefined) return belowHead(m, recursion, call);
  if (m.repeating > repeating) loops++;
  const deep = active >= (blurry ? LIMITS.recursionUnknown : LIMITS.recursion) || loops > LIMITS.recursionRepeated;
  if ((active > 0 && (repeated || deep)) || (m.cycle === null && isTangled(m, code.fn)))
    return m.cycle === null || isNew ? summarise(m, code.fn, call) : belowHead(m, recordOf(m, m.cycle, code.fn, call), call);
  const gave = summarised(m, code.fn, call, () => activate(m, func, data, self, args, site, isNew, signature));
  if (!isNew && !code.fn.generator) remember(m, code.fn, self, args, gave, site);
  return gave;
}

/** Is one of the objects that a recursion is called with now, and was not before, unknown, or one of many that are not kept apart? */
const isPart = (m: Machine, now: Value, before: Value): boolean =>
  !same(now, before) && now.refs.some((r) => deref(m.heap, r).kind === "unknown" || deref(m.heap, r).summary);

const signatureOf = (self: Value, args: Args): string =>
  [self, ...allArgs(args)]
    .map((v) => `${v.kinds}:${v.consts.join(",")}:${v.labels.map((l) => l.id).join(",")}:${v.refs.join(",")}`)
    .join(";");

/** Runs a function's body with the arguments. `signature`: what the call is known by on the stack. */
export function activate(
  m: Machine,
  func: Obj | null,
  data: FunctionData,
  self: Value,
  args: Args,
  site: Site,
  isNew: boolean,
  signature: string,
  into: Obj | null = null,
  task: Task | null = null,
): Value {
  const code = data.code!;
  const { fn } = code;
  const caller = m.frame;
  const callerPath = m.path;
  m.path = enterPath(m, site);
  const entered = m.hooks.onEnter(func, code, args, site);
  const env = make(m, "env", `env ${code.file.index}:${fn.at}`);
  if (data.env >= 0) setSlot(m.heap, env, S.proto, ofRef(data.env));
  const generator = fn.generator
    ? (into ?? newGenerator(m, site, { func: func === null ? BOTTOM : ofRef(func.id), data, self, args, site, reruns: 0 }))
    : null;
  const point = begin(m.heap);
  const frame: Frame = {
    code,
    env,
    thisValue: data.thisValue ?? (fn.thisType === undefined ? self : believe(m, self, typeIn(m, code, fn.thisType), site)),
    home: data.home,
    func,
    isNew,
    point,
    returns: [],
    jumps: [],
    finalizers: [],
    generator,
    uncertain: 0,
  };
  m.frame = frame;
  const floats = fn.async && !fn.generator && task === null && mayFloat(m);
  const activation: Activation = {
    code,
    frame,
    key: signature,
    func,
    data,
    self,
    args,
    site,
    from: callerPath,
    path: m.path,
    repeating: m.repeating,
    began: spending(m),
    task,
    waits: m.waits,
    floats,
    early: [],
    suspended: false,
    reading: floats ? startReading(m) : null,
  };
  m.waits = "later";
  m.stack.push(activation);
  // What a promise or a generator is given for waits for who asks: nothing is thrown by the call.
  const guarded = fn.async || fn.generator;
  const handler: Handler = { point, throws: [] };
  if (guarded) m.handlers.push(handler);
  const known = fn.async ? slotsOfWay(m) : NO_SLOTS;

  if (fn.selfName !== undefined && func !== null) setSlot(m.heap, env, fn.selfName, ofRef(func.id));
  if (fn.usesArguments === true) bindArguments(m, env, entered, site);
  bindParams(m, code, entered, site, func === null ? undefined : expectedParams(m, func));
  hoist(m, fn.hoisted);
  let result = m.alive ? charged(m, fn, () => runBody(m, code)) : BOTTOM;

  if (guarded) m.handlers.pop();
  m.stack.pop();
  m.waits = activation.waits;
  goOnBehind(m, activation.began);
  m.frame = caller;
  m.path = callerPath;
  if (fn.returnType !== undefined && generator === null) {
    const type = typeIn(m, code, fn.returnType);
    result = believe(m, result, fn.async ? (m.types.awaited(type) ?? type) : type, site);
  }
  if (fn.kind === "getter" && m.hooks.propertySources) result = asGot(m, code, result, site);
  if (generator !== null) {
    if (guarded && handler.throws.length > 0) joinSlot(m.heap, generator, S.reason, joinThrows(m, point, handler.throws));
    m.alive = true;
    // A body runs as far as somebody asks it to: what it writes to older objects may not have come about.
    if (into === null) joinInto(m.heap, { ...point, born: generator.id }, [UNCHANGED]);
    end(m.heap, point);
    setSlot(m.heap, generator, RETURNED, result);
    hasRun(m, generator);
    if (fn.returnType !== undefined) believe(m, ofRef(generator.id), typeIn(m, code, fn.returnType), site);
    if (m.hooks.returnSinks) m.hooks.onReturn(func, code, ofRef(generator.id), siteOf(m, code.fn));
    return ofRef(generator.id);
  }
  if (!guarded) {
    end(m.heap, point);
    return hop(m, result, "return", site);
  }
  // Who awaits it goes on only where it has returned; who does not has found out nothing.
  if (goesOn(m)) result = sealed(m, result);
  forgetOthers(m, known);
  const reason = handler.throws.length > 0 ? joinThrows(m, point, handler.throws) : null;
  const late = laterPart(m, point, activation, join(result, reason ?? BOTTOM));
  end(m.heap, point);
  const promise = newPromise(m, site);
  if (late !== null) comesWith(m, promise, late);
  if (activation.task !== null) promised(m, activation.task, promise);
  if (m.alive || !isBottom(result)) fulfil(m, promise, result, site);
  if (reason !== null) setSlot(m.heap, promise, S.reason, reason);
  m.alive = true;
  return hop(m, ofRef(promise.id), "return", site);
}

/** Runs a generator's body once more; what it yields and returns goes into the given generator. */
export function runGenerator(m: Machine, func: Obj | null, data: FunctionData, self: Value, args: Args, site: Site, into: Obj): Value {
  if (m.exhausted || m.stack.length >= LIMITS.callDepth) return BOTTOM;
  return onNoArm(m, () => activate(m, func, data, self, args, site, false, "again", into));
}

/** Runs once more what was suspended; gives a promise of what it comes to now. */
export function runTask(m: Machine, task: Task): Value {
  cannotSummarise(m);
  if (m.exhausted || m.stack.length >= LIMITS.callDepth) return BOTTOM;
  const { path, resuming } = m;
  m.path = task.from;
  m.resuming = task;
  const gave = onNoArm(m, () => activate(m, task.func, task.data, task.self, task.args, task.site, false, "again", null, task));
  m.path = path;
  m.resuming = resuming;
  return gave;
}

/** Joins the current way (if it goes on) with those that threw to here; gives what was thrown. */
export function joinThrows(m: Machine, from: Point, throws: readonly Exit[]): Value {
  const reason = throws.reduce((v, t) => join(v, t.value), BOTTOM);
  const diffs = throws.map((t) => t.diff).filter((d) => d !== ANY_MOMENT);
  if (diffs.length > 0) joinWays(m, from, diffs);
  return reason;
}

/** Runs the body; joins all returns. Afterwards `alive` says whether the function can return at all. */
function runBody(m: Machine, code: Code): Value {
  const { body } = code.fn;
  const { arms } = m;
  const out = runStatements(m, code, body);
  m.arms = arms;
  return out;
}

function runStatements(m: Machine, code: Code, body: readonly Stmt[]): Value {
  const { frame } = m;
  for (const [i, stmt] of body.entries()) {
    if (stmt.s === "return" && frame.returns.length === 0 && frame.finalizers.length === 0) {
      // The only way out: nothing to join.
      const v = returned(m, stmt.e);
      if (m.alive && m.hooks.returnSinks && stmt.e !== undefined) m.hooks.onReturn(frame.func, code, v, siteOf(m, stmt.e));
      return m.alive ? v : finish(m, frame, BOTTOM);
    }
    execute(m, stmt);
    behind(m, stmt);
    if (!m.alive) return finish(m, frame, BOTTOM);
    if (i === body.length - 1) break;
  }
  return finish(m, frame, UNDEFINED);
}

/** What a function returns is waited for as its call is. */
export const returned = (m: Machine, e: Expr | undefined): Value =>
  e === undefined ? UNDEFINED : waiting(m, m.stack.at(-1)?.waits ?? "now", () => evaluate(m, e));

function finish(m: Machine, frame: Frame, fallThrough: Value): Value {
  if (frame.returns.length === 0) return m.alive ? fallThrough : BOTTOM;
  let value: Value = BOTTOM;
  const diffs = frame.returns.map((r) => r.diff);
  for (const r of frame.returns) value = join(value, r.value);
  if (m.alive) value = join(value, sealed(m, fallThrough));
  joinWays(m, frame.point, diffs);
  return value;
}

function bindArguments(m: Machine, env: Obj, args: Args, site: Site): void {
  const list = make(m, "array", site);
  args.list.forEach((v, i) => setSlot(m.heap, list, String(i), v));
  if (args.rest !== null) setSlot(m.heap, list, S.rest, args.rest);
  else setSlot(m.heap, list, S.length, ofConst(args.list.length));
  setSlot(m.heap, env, "arguments", ofRef(list.id));
}

/** Binds function declarations before the body runs. */
export function hoist(m: Machine, hoisted: readonly Hoisted[]): void {
  for (const h of hoisted) setSlot(m.heap, m.frame.env, h.slot, closure(m, h.fn));
}

/** The function object of a function in the current file, closing over the current environment. */
export function closure(m: Machine, index: number, home: number | null = null): Value {
  const { file } = m.frame.code;
  const fn = file.facts.functions[index]!;
  const arrow = fn.kind === "arrow";
  const data: FunctionData = {
    code: { file, fn, index },
    env: m.frame.env.id,
    thisValue: arrow ? m.frame.thisValue : null,
    home: arrow ? m.frame.home : home,
    file,
  };
  return ofRef(allocate(m, "function", `fn ${file.index}:${fn.at}`, data).id);
}
