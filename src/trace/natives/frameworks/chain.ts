/**
 * A request on its way through a route's handlers: one after the other, or as far as each calls `next`; what they throw, reject or
 * pass to `next` goes to the error handlers.
 */
import { perhaps } from "../../machine/fork.js";
import { isRunnable, objectsOf } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, ofRef, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue, hasArg } from "../../machine/call.js";
import { union } from "../../domain/about.js";
import { factsOfWay, sideOf, underFacts } from "../../machine/gates.js";
import { goesOn, make, type FunctionData, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { wrappedBy } from "../../machine/handed.js";
import { newPromise, settle } from "../../machine/promise.js";
import { guarded, settleBy } from "../settle.js";
import type { Framework, Opened } from "./routes.js";

export interface Chain {
  readonly framework: Framework;
  readonly opened: Opened;
  /** What handlers get before `next`. */
  readonly args: readonly Value[];
  readonly handlers: readonly Value[];
  /** Error handlers behind those of the chain, in the order in which errors reach them. */
  readonly errors: readonly Value[];
  /** Notes where the request comes to, where somebody asks. */
  readonly way?: Way;
}

/** How far a request gets. */
export interface Way {
  /** All handlers so far have certainly passed it on. */
  certain: boolean;
  /** It certainly came out behind the last handler: nothing serves it. */
  through: boolean;
}

export const newWay = (): Way => ({ certain: true, through: false });

/** How many parameters a handler declares. */
export const arity = (m: Machine, handler: Value): number =>
  Math.max(0, ...objectsOf(m.heap, handler).map((o) => (o.data as Partial<FunctionData> | undefined)?.code?.fn.params.length ?? 0));

/** Does a handler take an error before the request, the response and `next`? */
export const isErrorHandler = (m: Machine, framework: Framework, handler: Value): boolean =>
  framework.byArity === true && arity(m, handler) > 3;

/** Runs the handlers; gives what the first of them gives. */
export function runChain(chain: Chain): Value {
  const { m } = chain.opened;
  const v = chain.framework.errors === "each" ? runFrom(chain, 0) : caught(chain, chain.errors, () => runFrom(chain, 0));
  m.alive = true;
  return v;
}

function runFrom(chain: Chain, i: number): Value {
  const { framework, opened, args, handlers } = chain;
  const { m, site } = opened;
  const handler = handlers[i];
  if (!m.alive) return UNDEFINED;
  if (handler === undefined) {
    if (chain.way?.certain === true) chain.way.through = true;
    return UNDEFINED;
  }
  const objects = objectsOf(m.heap, handler);
  if (!objects.some(isRunnable)) {
    // A library's middleware (a body parser, CORS) changes nothing that matters here.
    for (const obj of objects) framework.special?.(m, obj, args, site);
    const wrapped = objects.map((o) => wrappedBy(o) ?? BOTTOM).reduce(join, BOTTOM);
    if (!isBottom(wrapped)) perhaps(m, () => runWrapped(chain, i, wrapped));
    m.alive = true;
    return runFrom(chain, i + 1);
  }
  if (isErrorHandler(m, framework, handler)) return runFrom(chain, i + 1);
  const list = framework.next ? [...args, nextOf(chain, i)] : args;
  const call = (): Value => callValue(m, handler, framework.self?.(opened) ?? UNDEFINED, { list, rest: null }, site);
  const v = framework.errors === "each" ? caught(chain, behind(chain, i + 1), call) : call();
  if (!isBottom(v)) framework.answered?.(opened, v, args);
  if (framework.errors === "each") m.alive = true;
  return framework.next || isBottom(v) || i + 1 >= handlers.length ? v : passedBy(chain, v, () => runFrom(chain, i + 1));
}

/** A handler that a library has wrapped (`asyncHandler(async (request, response) => …)`): whether it is run, and goes on, is not known. */
function runWrapped(chain: Chain, i: number, wrapped: Value): Value {
  const { framework, opened, args } = chain;
  const { m, site } = opened;
  const next = make(m, "native", `${opened.where}:next of wrapped ${i}`, { run: () => ofRef(newPromise(m, site).id) });
  const list = framework.next ? [...args, ofRef(next.id)] : args;
  const call = (): Value => callValue(m, wrapped, framework.self?.(opened) ?? UNDEFINED, { list, rest: null }, site);
  const v = caught(chain, framework.errors === "each" ? behind(chain, i + 1) : [], call);
  if (!isBottom(v)) framework.answered?.(opened, v, args);
  m.alive = true;
  return v;
}

/** A hook that gives something has answered; what it found out where it gives nothing holds for those behind it. */
function passedBy({ opened: { m, site } }: Chain, v: Value, run: () => Value): Value {
  if (m.gates === null) return run();
  let out: Value = BOTTOM;
  underFacts(m, union(factsOfWay(m), sideOf(m, settle(m, v, site).value, "no")), () => (out = run()));
  return out;
}

/** `next()` goes on, `next(error)` goes to the error handlers. */
function nextOf(chain: Chain, i: number): Value {
  const { framework, opened } = chain;
  const run: Native = (call) => {
    const { m, site } = call;
    const error = arg(call.args, 0);
    const isError = hasArg(call.args, 0) && exact(error) !== "route" && exact(error) !== "router" ? truthiness(error) : undefined;
    if (isError?.yes === true && framework.errors === "each") raise(chain, behind(chain, i + 1), error);
    const promise = ofRef(newPromise(m, site).id);
    const { way } = chain;
    const was = way?.certain === true;
    if (way !== undefined) way.certain = was && isError === undefined && isCertain(m, chain.handlers[i]!);
    if (isError?.no !== false || framework.errors !== "each") settleBy(m, promise, site, () => runFrom(chain, i + 1));
    if (way !== undefined) way.certain = was;
    m.alive = true;
    return promise;
  };
  return ofRef(make(opened.m, "native", `${opened.where}:next ${i}`, { run, holds: heldIn(chain) }).id);
}

const heldIn = ({ opened, args, handlers, errors }: Chain): readonly Value[] => [
  opened.app,
  opened.request,
  ...args,
  ...handlers,
  ...errors,
];

/** Is what runs now reached on every way through the handler? */
const isCertain = ({ frame, heap }: Machine, handler: Value): boolean =>
  frame.func !== null && objectsOf(heap, handler).includes(frame.func) && frame.uncertain === 0 && frame.returns.length === 0;

const behind = ({ framework, opened, handlers, errors }: Chain, from: number): readonly Value[] => [
  ...handlers.slice(from).filter((handler) => isErrorHandler(opened.m, framework, handler)),
  ...errors,
];

/** Runs something whose exceptions and rejections go to error handlers; bottom when it gives nothing else. */
function caught(chain: Chain, errors: readonly Value[], run: () => Value): Value {
  const { m, site } = chain.opened;
  let v: Value = BOTTOM;
  const thrown = guarded(m, () => {
    v = run();
    if (!goesOn(m)) v = BOTTOM;
  });
  const error = join(thrown ?? BOTTOM, settle(m, v, site).reason ?? BOTTOM);
  if (!isBottom(error)) raise(chain, errors, error);
  return v;
}

/** An error comes to the first of the handlers, perhaps; what that throws or passes on comes to the next. */
function raise(chain: Chain, errors: readonly Value[], error: Value): void {
  const { framework, opened, args } = chain;
  const { m, site } = opened;
  const [handler, ...others] = errors;
  if (handler === undefined) return;
  const run = ((call: NativeCall) => {
    if (hasArg(call.args, 0)) raise(chain, others, arg(call.args, 0));
    return UNDEFINED;
  }) satisfies Native;
  perhaps(m, () => {
    const next = make(m, "native", `${opened.where}:next error ${others.length}`, { run, holds: [...heldIn(chain), ...others] });
    const list = [error, ...args, ofRef(next.id)];
    const v = caught(chain, others, () => callValue(m, handler, framework.self?.(opened) ?? UNDEFINED, { list, rest: null }, site));
    if (!isBottom(v)) framework.answered?.(opened, v, args);
    return v;
  });
  m.alive = true;
}
