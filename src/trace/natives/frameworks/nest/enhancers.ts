/**
 * What stands around a handler of Nest's: guards, then interceptors, whose `handle()` goes on to the next; what is thrown goes to the filters.
 * Those of the application come first, then those of the class, then those of the method.
 */
import { objectsOf, type Obj } from "../../../domain/heap.js";
import { BOTTOM, isBottom, join, ofRef, primitivePart, truthiness, UNDEFINED, withRefs, type Value } from "../../../domain/value.js";
import { callValue } from "../../../machine/call.js";
import { perhaps } from "../../../machine/fork.js";
import { anyItem, type Items } from "../../../machine/iterate.js";
import { assume, factsOfWay, underFacts } from "../../../machine/gates.js";
import type { Native, NativeCall } from "../../../machine/machine.js";
import { awaitValue } from "../../../machine/promise.js";
import { getNamed } from "../../../machine/props.js";
import { deliver, hold, input, newSequence } from "../../libraries/observable.js";
import { RXJS } from "../../libraries/rxjs-operators.js";
import { guarded } from "../../settle.js";
import { nativeValue, record } from "../../support.js";
import { instanceOf } from "./injection.js";
import { addTo, application, listedAt, marking } from "./markers.js";

export type Enhancer = "guards" | "pipes" | "interceptors" | "filters";

/** `@UseGuards(A, new B())`, at a class or a method. */
const using = (kind: Enhancer): Native =>
  marking((m, on, call) => {
    addTo(m, on, kind, call.args.list);
  });

/** `app.useGlobalPipes(…)`. */
export const usingGlobally =
  (kind: Enhancer): Native =>
  (call) => {
    addTo(call.m, application(call.m), kind, call.args.list);
    return call.self;
  };

/** Enhancers of a kind for a method of a class, outermost first: objects with a method of theirs. */
export function enhancersOf(call: NativeCall, kind: Enhancer, cls: Obj, fn: Obj): readonly Value[] {
  const { m } = call;
  return [application(m), cls, fn].flatMap((on) => listedAt(on, kind)).map((v) => enhancer(call, v));
}

/** A class stands for its instance. */
export const enhancer = (call: NativeCall, v: Value): Value =>
  objectsOf(call.m.heap, v).reduce((out, o) => join(out, o.kind === "class" ? instanceOf(call, o) : ofRef(o.id, v.via)), BOTTOM);

export interface Handling {
  readonly call: NativeCall;
  readonly cls: Obj;
  readonly fn: Obj;
  /** What guards, interceptors and filters get. */
  readonly context: Value;
  readonly handler: () => Value;
  /** What the handler gives, and what an observable that it gives emits. */
  readonly answer: (v: Value) => void;
}

/** Runs a handler with all that stands around it. */
export function handle(h: Handling): void {
  const { call, cls, fn, context } = h;
  const { m, site } = call;
  // What a guard has found out holds for this handler alone.
  const run = (): void => {
    for (const guard of enhancersOf(call, "guards", cls, fn)) {
      const may = emitted(call, method(call, guard, "canActivate", [context]), () => undefined);
      if (!m.alive || (!isBottom(may) && !truthiness(may).yes)) return;
      assume(m, may, true);
    }
    const v = through(h, enhancersOf(call, "interceptors", cls, fn), 0);
    if (m.alive && !isBottom(v)) h.answer(emitted(call, v, h.answer));
  };
  const thrown = guarded(m, () => {
    underFacts(m, factsOfWay(m), run);
  });
  if (thrown === null) return;
  for (const filter of enhancersOf(call, "filters", cls, fn))
    perhaps(m, () => {
      guarded(m, () => {
        const v = awaitValue(m, method(call, filter, "catch", [thrown, context]), site);
        if (m.alive) h.answer(v);
      });
      return UNDEFINED;
    });
  m.alive = true;
}

function through(h: Handling, interceptors: readonly Value[], i: number): Value {
  const { call, context } = h;
  const { m, site } = call;
  const interceptor = interceptors[i];
  if (interceptor === undefined) return h.handler();
  const next = nativeValue(m, site, `handle ${i}`, (inner) => {
    const v = through(h, interceptors, i + 1);
    const handled = ofRef(newSequence(inner.m, RXJS, site, { list: [], rest: null }, "Observable", `handled ${i}`).id);
    hold(
      m,
      handled,
      emittedItems(call, v, (x) => {
        deliver(m, handled, x, site);
      }),
    );
    return handled;
  });
  const v = method(call, interceptor, "intercept", [context, record(m, { handle: next }, site)]);
  // One of a package (a logger, a cache) gives what it is given.
  return isBottom(v) && m.alive ? through(h, interceptors, i + 1) : v;
}

/** Calls a method of the program; bottom where it has none. */
export function method(call: NativeCall, self: Value, name: string, list: readonly Value[]): Value {
  const { m, site } = call;
  const own = objectsOf(m.heap, self).filter((o) => o.kind === "object");
  return own.reduce((v, o) => {
    const fn = getNamed(m, ofRef(o.id), name, site);
    const isOwn = objectsOf(m.heap, fn).some((f) => f.kind === "function" || f.kind === "native");
    return isOwn ? join(v, callValue(m, fn, ofRef(o.id), { list, rest: null }, site)) : v;
  }, BOTTOM);
}

/** What a promise or an observable comes to; `later` gets what is emitted afterwards. */
export const emitted = (call: NativeCall, given: Value, later: (v: Value) => void): Value => anyItem(emittedItems(call, given, later));

function emittedItems(call: NativeCall, given: Value, later: (v: Value) => void): Items {
  const { m, site } = call;
  const v = awaitValue(m, given, site);
  const objects = objectsOf(m.heap, v);
  const sequences = objects.filter((o) => o.kind === "iterator");
  if (sequences.length === 0) return { list: [v], rest: null };
  const of = (some: readonly Obj[]): Value =>
    withRefs(
      BOTTOM,
      some.map((o) => o.id),
    );
  const items = input(m, RXJS, of(sequences), site, (_, x) => {
    later(x);
  });
  const others = join(primitivePart(v), of(objects.filter((o) => o.kind !== "iterator")));
  return isBottom(others) ? items : { list: [], rest: join(anyItem(items), others) };
}

export const enhancing = {
  UseGuards: using("guards"),
  UsePipes: using("pipes"),
  UseInterceptors: using("interceptors"),
  UseFilters: using("filters"),
};

/** Methods of applications that set enhancers for all of it. */
export const GLOBALLY: Readonly<Record<string, Enhancer>> = {
  useGlobalGuards: "guards",
  useGlobalPipes: "pipes",
  useGlobalInterceptors: "interceptors",
  useGlobalFilters: "filters",
};
