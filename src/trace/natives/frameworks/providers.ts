/**
 * Providers of containers that inject dependencies: how a service comes to be, by a class, a factory or a value. A class that is asked for
 * is made, with what its constructor declares; a name gives what is registered under it.
 */
import { isFunction, joinSlot, objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, ofConst, ofRef, UNDEFINED, withoutAbsent, type Value } from "../../domain/value.js";
import { callObject, unknownArgs } from "../../machine/call.js";
import { constructorOf } from "../../machine/classes.js";
import { external, externalData } from "../../machine/external.js";
import { INSTANCE, make, type Machine, type NativeCall } from "../../machine/machine.js";
import { symbolName } from "../../machine/props.js";
import { at } from "../support.js";

/** Slots of a provider: how it comes to its value, and the value once it has been made. */
export const P = { make: "\0make", of: "\0of", value: "\0value", busy: "\0busy", inject: "\0inject" } as const;
const TOKEN = "\0token:";
const ANY_TOKEN = `${TOKEN}*`;

/** What a token stands for among the registrations: a class, a symbol, a name; of what else there is nobody knows which. */
function tokensIn(m: Machine, token: Value): readonly string[] {
  const objects = objectsOf(m.heap, token).flatMap((obj) => {
    if (obj.kind === "class") return [`${TOKEN}class ${obj.key}`];
    const symbol = symbolName(m, ofRef(obj.id));
    return symbol === undefined ? [] : [TOKEN + symbol];
  });
  const names = token.consts.flatMap((c) => (typeof c === "string" ? [TOKEN + c] : []));
  if (objects.length + names.length > 0) return [...objects, ...names];
  const outside = objectsOf(m.heap, token).flatMap((obj) => (obj.kind === "external" && !isMade(obj) ? [TOKEN + obj.key] : []));
  return outside.length > 0 ? outside : [ANY_TOKEN];
}

/** Is it what a call has given (`Symbol.for("x")`), and not something that a package exports? */
const isMade = (obj: Obj): boolean => externalData(obj).path.includes("()");

export type How = "class" | "factory" | "value" | "token";

export function provider(m: Machine, where: string, how: How, of: Value): Value {
  const obj = make(m, "object", where);
  setSlot(m.heap, obj, P.make, ofConst(how));
  setSlot(m.heap, obj, P.of, of);
  return ofRef(obj.id);
}

/** Registrations of one library: its containers know each other's. */
const registry = (m: Machine, module: string): Obj => external(m, module, ["registrations"]);

/** Registers what a token gives. `inject`: the tokens of what its factory is called with. */
export function register(call: NativeCall, module: string, token: Value, how: How, of: Value, inject: Value = BOTTOM): void {
  const { m } = call;
  if (isBottom(of)) return;
  const made = provider(m, at(call, `provider ${how}`), how, of);
  if (!isBottom(inject)) for (const obj of objectsOf(m.heap, made)) setSlot(m.heap, obj, P.inject, inject);
  for (const slot of tokensIn(m, token)) joinSlot(m.heap, registry(m, module), slot, made);
}

/** Is anything registered for a token? */
export const isRegistered = (m: Machine, module: string, token: Value): boolean =>
  tokensIn(m, token).some((slot) => registry(m, module).props.has(slot));

/** What a provider's factory or constructor is called with; null where only the declared types say. */
export type Given = (fn: Obj, provider: Obj) => readonly Value[] | null;

/** What providers give. */
export function provided(call: NativeCall, module: string, providers: Value, given: Given): Value {
  const { m, site } = call;
  let out = BOTTOM;
  for (const obj of objectsOf(m.heap, providers)) {
    const of = obj.props.get(P.of) ?? BOTTOM;
    const known = obj.props.get(P.value);
    if (known !== undefined || obj.props.has(P.busy)) {
      out = join(out, withoutAbsent(known ?? BOTTOM));
      continue;
    }
    setSlot(m.heap, obj, P.busy, UNDEFINED);
    const value = (): Value => {
      switch (exact(obj.props.get(P.make) ?? UNDEFINED)) {
        case "class":
          return objectsOf(m.heap, of).reduce((v, cls) => join(v, instanceOf(call, cls, given(cls, obj))), BOTTOM);
        case "factory":
          return objectsOf(m.heap, of)
            .filter(isFunction)
            .reduce((v, fn) => {
              const list = given(fn, obj);
              return join(
                v,
                callObject(m, fn, UNDEFINED, list === null ? unknownArgs(m, fn, [], site) : { list, rest: null }, site, false),
              );
            }, BOTTOM);
        case "token":
          return resolved(call, module, of, given);
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
  const made = callObject(m, cls, UNDEFINED, { list, rest: null }, site, true);
  joinSlot(m.heap, cls, INSTANCE, made);
  return made;
}

/** What a token gives: what is registered for it, else an instance of the class that it is, the same for all who ask. */
export function resolved(call: NativeCall, module: string, token: Value, given: Given = () => null): Value {
  const { m } = call;
  const known = registry(m, module).props;
  for (const cls of objectsOf(m.heap, token)) {
    const own = ofRef(cls.id);
    if (cls.kind === "class" && !tokensIn(m, own).some((slot) => known.has(slot))) register(call, module, own, "class", own);
  }
  return tokensIn(m, token).reduce((v, slot) => join(v, provided(call, module, known.get(slot) ?? BOTTOM, given)), BOTTOM);
}
