/** Contexts: what a provider gives reaches whatever is drawn below it, the nearest one first. */
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { externalName } from "../../machine/external.js";
import { make, type Machine, type Native } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import { spot } from "../items.js";
import { argOf } from "../support.js";
import { underRoot } from "./desk.js";

/** Slots: the context itself, what the providers above the place being drawn give, and what any of them ever gave. */
const CONTEXT = "\0context";
const GIVEN = "\0given";
const EVER = "\0ever";
const CONSUMER = "\0consumer";

/** `createContext(default)`. */
export const createContext: Native = (call) => {
  const { m, site } = call;
  const context = make(m, "object", spot(site, "context"));
  setSlot(m.heap, context, S.value, argOf(call, 0));
  setSlot(m.heap, context, CONTEXT, ofRef(context.id));
  // A context is its own provider.
  setSlot(m.heap, context, "Provider", ofRef(context.id));
  const consumer = make(m, "object", spot(site, "consumer"));
  setSlot(m.heap, consumer, CONTEXT, ofRef(context.id));
  setSlot(m.heap, consumer, CONSUMER, UNDEFINED);
  setSlot(m.heap, context, "Consumer", ofRef(consumer.id));
  return ofRef(context.id);
};

/** Providers of libraries whose contexts are theirs alone: what they are given in `value` reaches the library's hooks. */
const PROVIDERS = new Set(["swr:SWRConfig"]);

/** What an element's type is to a context, if anything. */
export function contextOf(type: Obj): { readonly role: "provider" | "consumer"; readonly contexts: Value } | undefined {
  if (type.kind === "external" && PROVIDERS.has(externalName(type))) return { role: "provider", contexts: ofRef(type.id) };
  const contexts = type.props.get(CONTEXT);
  if (contexts !== undefined) return { role: type.props.has(CONSUMER) ? "consumer" : "provider", contexts };
  return undefined;
}

/** Draws what stands below a provider. */
export function provide(m: Machine, contexts: Value, props: Value, below: () => void): void {
  let value: Value = BOTTOM;
  for (const p of objectsOf(m.heap, props)) value = join(value, p.props.get("value") ?? BOTTOM);
  const all = objectsOf(m.heap, contexts);
  const outer = all.map((c) => c.props.get(GIVEN));
  for (const c of all) {
    if (!isBottom(value)) {
      joinSlot(m.heap, c, EVER, value);
      setSlot(m.heap, c, GIVEN, value);
    }
  }
  below();
  all.forEach((c, i) => {
    setSlot(m.heap, c, GIVEN, outer[i]);
  });
}

/** What a context gives at the place being drawn. */
export function givenTo(m: Machine, contexts: Value): Value {
  let out: Value = BOTTOM;
  for (const c of objectsOf(m.heap, contexts)) {
    if (contextOf(c) === undefined) out = join(out, unknown(m, `${c.key} given`));
    const given = c.props.get(GIVEN) ?? BOTTOM;
    // Joined ways leave "nothing" behind where each has put back that there was none.
    if (!isBottom(given)) out = join(out, given);
    else {
      out = join(out, c.props.get(S.value) ?? BOTTOM);
      // Drawn apart from its place: any provider may stand above it, also one that comes later on.
      if (!underRoot(m)) out = join(out, c.props.get(EVER) ?? unknown(m, `${c.key} given apart`));
    }
  }
  return isBottom(out) ? UNDEFINED : out;
}

/** `useContext(context)`. */
export const useContext: Native = (call) => givenTo(call.m, argOf(call, 0));
