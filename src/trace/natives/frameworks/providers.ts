/**
 * Providers of containers that inject dependencies: how a service comes to be, by a class, a factory or a value. A class that is asked for
 * is made, with what its constructor declares; a name gives what is registered under it.
 */
import { isFunction, joinSlot, objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { callObject, unknownArgs } from "../../machine/call.js";
import { constructorOf } from "../../machine/classes.js";
import { external } from "../../machine/external.js";
import { make, type Machine, type NativeCall } from "../../machine/machine.js";
import { at } from "../support.js";

/** Slots of a provider: how it comes to its value, and the value once it has been made. */
export const P = { make: "\0make", of: "\0of", value: "\0value", busy: "\0busy" } as const;
const TOKEN = "\0token:";
const ANY_TOKEN = `${TOKEN}*`;

/** What a token stands for among the registrations: a class, a name; of symbols nobody knows which. */
function tokensIn(m: Machine, token: Value): readonly string[] {
  const classes = objectsOf(m.heap, token).flatMap((obj) => (obj.kind === "class" ? [`${TOKEN}class ${obj.key}`] : []));
  const names = token.consts.flatMap((c) => (typeof c === "string" ? [TOKEN + c] : []));
  return classes.length + names.length > 0 ? [...classes, ...names] : [ANY_TOKEN];
}

export type How = "class" | "factory" | "value" | "token";

export function provider(m: Machine, where: string, how: How, of: Value): Value {
  const obj = make(m, "object", where);
  setSlot(m.heap, obj, P.make, ofConst(how));
  setSlot(m.heap, obj, P.of, of);
  return ofRef(obj.id);
}

/** Registrations of one library: its containers know each other's. */
const registry = (m: Machine, module: string): Obj => external(m, module, ["registrations"]);

export function register(call: NativeCall, module: string, token: Value, how: How, of: Value): void {
  const { m } = call;
  if (isBottom(of)) return;
  const made = provider(m, at(call, `provider ${how}`), how, of);
  for (const slot of tokensIn(m, token)) joinSlot(m.heap, registry(m, module), slot, made);
}

/** What providers give. `given`: what their factories and constructors are called with. */
export function provided(call: NativeCall, module: string, providers: Value, given: (fn: Obj) => readonly Value[] | null): Value {
  const { m, site } = call;
  let out = BOTTOM;
  for (const obj of objectsOf(m.heap, providers)) {
    const of = obj.props.get(P.of) ?? BOTTOM;
    const known = obj.props.get(P.value);
    if (known !== undefined || obj.props.has(P.busy)) {
      out = join(out, known ?? BOTTOM);
      continue;
    }
    setSlot(m.heap, obj, P.busy, UNDEFINED);
    const value = (): Value => {
      switch (exact(obj.props.get(P.make) ?? UNDEFINED)) {
        case "class":
          return objectsOf(m.heap, of).reduce((v, cls) => join(v, instanceOf(call, cls, given(cls))), BOTTOM);
        case "factory":
          return objectsOf(m.heap, of)
            .filter(isFunction)
            .reduce((v, fn) => {
              const list = given(fn);
              return join(
                v,
                callObject(m, fn, UNDEFINED, list === null ? unknownArgs(m, fn, [], site) : { list, rest: null }, site, false),
              );
            }, BOTTOM);
        case "token":
          return resolved(call, module, of);
        default:
          return of;
      }
    };
    const v = value();
    setSlot(m.heap, obj, P.busy, undefined);
    setSlot(m.heap, obj, P.value, v);
    out = join(out, v);
  }
  return out;
}

/** An instance, made with what its constructor's parameters are declared to be. */
function instanceOf({ m, site }: NativeCall, cls: Obj, given: readonly Value[] | null): Value {
  if (cls.kind !== "class") return BOTTOM;
  const ctor = constructorOf(m, cls);
  const list = given ?? (ctor === undefined ? [] : unknownArgs(m, ctor, [], site).list);
  return callObject(m, cls, UNDEFINED, { list, rest: null }, site, true);
}

/** What a token gives: what is registered for it, else an instance of the class that it is, the same for all who ask. */
export function resolved(call: NativeCall, module: string, token: Value): Value {
  const { m } = call;
  const known = registry(m, module).props;
  for (const cls of objectsOf(m.heap, token)) {
    const own = ofRef(cls.id);
    if (cls.kind === "class" && !tokensIn(m, own).some((slot) => known.has(slot))) register(call, module, own, "class", own);
  }
  return tokensIn(m, token).reduce(
    (v, slot) =>
      join(
        v,
        provided(call, module, known.get(slot) ?? BOTTOM, () => null),
      ),
    BOTTOM,
  );
}
