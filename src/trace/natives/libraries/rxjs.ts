/**
 * `rxjs`: observables, subjects, operators. Operators run when they are piped; what makes the elements of `new Observable` and `defer`
 * runs each time somebody pipes or subscribes. Subjects pass on what comes to those who listen already, as emitters do.
 */
import { setSlot } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import type { Items } from "../../machine/iterate.js";
import { leave } from "../../machine/jobs.js";
import { inPath, type Instance, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { callForAny, callWithElement, type Callback } from "../callbacks.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule, NativeTable } from "../index.js";
import { NO_ITEMS } from "../items.js";
import { repeat } from "../../machine/repeat.js";
import { guarded, promiseOf } from "../settle.js";
import { alike, argOf, callWith, constant, instance, methods, nativeValue, record, selves, slotOf, tables } from "../support.js";
import { deliver, fail, hearFailures, HOT, input, listener, newSequence, NEWEST, sequenceAt, reasonOf, type Later } from "./observable.js";
import { piped } from "./operation.js";
import { CREATION, lazily, promised } from "./rxjs-create.js";
import { OPERATORS, RXJS } from "./rxjs-operators.js";
import { handlers, operatorTable, type Handler } from "./sequence-operators.js";

const SUBJECTS = ["Subject", "BehaviorSubject", "ReplaySubject", "AsyncSubject"];
const OWNERS = ["Observable", "ConnectableObservable", ...SUBJECTS];

/** Calls a handler with each element. */
function hear(m: Machine, call: NativeCall, h: Handler, items: Items): void {
  const cb: Callback = { m, fn: h.fn, thisArg: h.self, self: UNDEFINED, site: call.site };
  guarded(m, () => {
    items.list.forEach((x, i) => inPath(m, i, () => callWithElement(cb, x, ANY_NUMBER)));
    const { rest } = items;
    if (rest !== null) repeat(m, () => callForAny(cb, rest, ANY_NUMBER));
  });
}

function subscription(call: NativeCall): Value {
  const obj = instance(call.m, "rxjs", "Subscription", call.site);
  setSlot(call.m.heap, obj, "closed", ANY_BOOLEAN);
  return ofRef(obj.id);
}

const subscribe: Native = (call) => {
  const { m, site } = call;
  const next = handlers(call, "next", 0);
  const error = handlers(call, "error", 1);
  const complete = handlers(call, "complete", 2);
  const items = input(m, RXJS, call.self, site, (at, x) => {
    for (const h of next) hear(at, call, h, { list: [x], rest: null });
  });
  for (const h of next) hear(m, call, h, items);
  const failed = (at: Machine, why: Value): void => {
    for (const h of error) hear(at, call, h, { list: [why], rest: null });
  };
  const reason = reasonOf(m, call.self);
  if (reason !== null) failed(m, reason);
  hearFailures(m, call.self, site, failed);
  for (const h of complete) leave(m, { fn: h.fn, self: h.self, args: { list: [], rest: null }, site });
  return subscription(call);
};

/** `forEach(fn)`: a promise of the end. */
const forEach: Native = (call) => {
  subscribe(call);
  return promiseOf(call.m, UNDEFINED, call.site);
};

/** `new Observable(subscriber => …)`. */
const observable: Native = (call) =>
  lazily(call, (at) => {
    const told = (name: string, run: Later): Value => listener(at.m, at.site, name, run);
    const quiet = told("quiet", () => undefined);
    const subscriber = record(
      at.m,
      {
        next: told("next", (m, x) => {
          deliver(m, at.out, x, at.site);
        }),
        error: told("error", (m, x) => {
          fail(m, at.out, x, at.site);
        }),
        ...Object.fromEntries(["complete", "add", "remove", "unsubscribe"].map((name) => [name, quiet])),
        closed: ANY_BOOLEAN,
      },
      at.site,
    );
    callWith(at.m, argOf(call, 0), [subscriber], at.site);
  });

const subject =
  (owner: string): Native =>
  (call) => {
    const { m, site } = call;
    const current = owner === "BehaviorSubject";
    const items = current ? { list: [argOf(call, 0)], rest: null } : NO_ITEMS;
    const obj = newSequence(m, RXJS, site, items, owner);
    if (owner === "Subject") setSlot(m.heap, obj, HOT, UNDEFINED);
    if (current) {
      setSlot(m.heap, obj, NEWEST, UNDEFINED);
      setSlot(m.heap, obj, "value", argOf(call, 0));
    }
    return ofRef(obj.id);
  };

/** Somebody else's: any element of its type may come. */
const given =
  (owner: string): Instance =>
  (m, origin, [type], labels) => {
    const x = unknown(m, origin, labels, type);
    const current = owner === "BehaviorSubject";
    const obj = sequenceAt(m, RXJS, origin, current ? { list: [x], rest: null } : { list: [], rest: x }, owner);
    if (current) {
      setSlot(m.heap, obj, NEWEST, UNDEFINED);
      setSlot(m.heap, obj, "value", x);
    }
    return ofRef(obj.id);
  };

const observableMethods: NativeTable = {
  pipe: (call) => piped(call, call.self),
  subscribe,
  forEach,
  toPromise: (call) => promised(call, call.self, -1, UNDEFINED),
  ...alike(["asObservable", "connect", "refCount"], (call) => call.self),
};

const subjectMethods: NativeTable = {
  next: (call) => {
    deliver(call.m, call.self, argOf(call, 0), call.site);
    return UNDEFINED;
  },
  error: (call) => {
    fail(call.m, call.self, argOf(call, 0), call.site);
    return UNDEFINED;
  },
  getValue: (call) => slotOf(selves(call), "value"),
  ...alike(["complete", "unsubscribe"], constant(UNDEFINED)),
};

const operators = operatorTable(OPERATORS, RXJS);

/** `pipe(a, b)` without a source: one operator of several. */
const pipe: Native = (call) => nativeValue(call.m, call.site, "pipe", (inner) => piped(inner, argOf(inner, 0), call.args));

const natives: NativeTable = {
  ...operators,
  ...CREATION,
  pipe,
  identity: (call) => argOf(call, 0),
  Observable: observable,
  "Observable.create": observable,
  ...Object.fromEntries(SUBJECTS.map((owner) => [owner, subject(owner)])),
  ...tables(OWNERS, (owner) => methods(owner, observableMethods)),
  ...tables(SUBJECTS, (owner) => methods(owner, subjectMethods)),
  Subscription: subscription,
  ...methods("Subscription", alike(["unsubscribe", "add", "remove"], constant(UNDEFINED))),
  isObservable: constant(ANY_BOOLEAN),
};

/** `EMPTY` and `NEVER` are values of the module. */
const nothing: NativeTable = Object.fromEntries(
  ["EMPTY", "NEVER"].flatMap((owner) =>
    Object.entries(observableMethods).map(([name, native]) => [
      `${owner}.${name}`,
      (call: NativeCall) => native({ ...call, self: ofRef(newSequence(call.m, RXJS, call.site, NO_ITEMS).id) }),
    ]),
  ),
);

export const rxjs: readonly NativeModule[] = [
  { modules: ["rxjs"], natives: { ...natives, ...nothing }, instances: Object.fromEntries(OWNERS.map((owner) => [owner, given(owner)])) },
  { modules: ["rxjs/operators", "rxjs/internal/operators"], natives: operators },
];
