/** Scopes of Sequelize's models: options under a name, which reads of `Model.scope("name")` have beside their own, and all others of `defaultScope`. */
import { isFunction, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg } from "../../machine/call.js";
import { iterate } from "../../machine/iterate.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { copyProps, entries } from "../../machine/props.js";
import { at, callWith, option } from "../../natives/support.js";

const SCOPE = "\0scope:";
/** The options of the scopes that a model is seen through. */
const THROUGH = "\0scoped";

const keep = (call: NativeCall, model: Obj, name: string, said: Value): void => {
  if (said.refs.length > 0) setSlot(call.m.heap, model, SCOPE + name, said);
};

/** `{ scopes, defaultScope }` of a model's options. */
export function keepScopes(call: NativeCall, model: Obj, options: Value): void {
  keep(call, model, "defaultScope", option(call, options, "defaultScope"));
  for (const obj of objectsOf(call.m.heap, option(call, options, "scopes")))
    for (const { name, value } of entries(call.m, obj, call.site).known) keep(call, model, name, value);
}

/** `Model.addScope("recent", options)`. */
export const addScope: Native = (call) => {
  const name = exact(arg(call.args, 0));
  for (const model of objectsOf(call.m.heap, call.self)) if (typeof name === "string") keep(call, model, name, arg(call.args, 1));
  return UNDEFINED;
};

/** What is asked for by name: `"a"`, `["a", "b"]`, `{ method: ["a", argument] }`. */
function askedFor(call: NativeCall, given: Value): readonly (readonly [string, readonly Value[]])[] {
  const { m, site } = call;
  const name = exact(given);
  if (typeof name === "string") return [[name, []]];
  return objectsOf(m.heap, given).flatMap((obj) => {
    if (obj.kind === "array") return iterate(m, ofRef(obj.id), site).list.flatMap((v) => askedFor(call, v));
    const method = option(call, ofRef(obj.id), "method");
    const items = method.refs.length === 0 ? [method] : iterate(m, method, site).list;
    const named = exact(items[0] ?? UNDEFINED);
    return typeof named === "string" ? [[named, items.slice(1)] as const] : [];
  });
}

/** A slot of a model, or of one that it is made of; the library's own class has none. */
function slotIn(call: NativeCall, model: Obj, slot: string, depth = 0): Value {
  const own = model.props.get(slot);
  if (own !== undefined || model.kind === "external" || depth > 8) return own ?? BOTTOM;
  return objectsOf(call.m.heap, model.props.get(S.proto) ?? BOTTOM).reduce(
    (v: Value, o) => join(v, slotIn(call, o, slot, depth + 1)),
    BOTTOM,
  );
}

/** `Model.scope("a")`: the model, seen through options. */
export const scoped: Native = (call) => {
  const { m } = call;
  const names = call.args.list.flatMap((v) => askedFor(call, v));
  const refs = objectsOf(m.heap, call.self).map((model) => {
    const seen = make(m, "object", at(call, `scoped ${model.key}`));
    setSlot(m.heap, seen, S.proto, ofRef(model.id));
    const options = make(m, "object", at(call, `scope ${model.key}`));
    for (const [name, given] of names)
      for (const said of objectsOf(m.heap, slotIn(call, model, SCOPE + name)))
        copyProps(m, options, isFunction(said) ? callWith(m, ofRef(said.id), given, call.site) : ofRef(said.id), call.site);
    setSlot(m.heap, seen, THROUGH, ofRef(options.id));
    return seen.id;
  });
  return { ...UNDEFINED, kinds: 0, refs };
};

/** `Model.unscoped()`. */
export const unscoped: Native = (call) => scoped({ ...call, args: { list: [], rest: null } });

/** The options of a read: those of the model's scopes, and over them its own. */
export function throughScopes(call: NativeCall, options: Value): Value {
  const { m, site } = call;
  const scopes = objectsOf(m.heap, call.self).map((model) => {
    const through = slotIn(call, model, THROUGH);
    return isBottom(through) ? slotIn(call, model, `${SCOPE}defaultScope`) : through;
  });
  if (scopes.length !== 1 || scopes[0]!.refs.length === 0) return options;
  const all = make(m, "object", at(call, "options"));
  copyProps(m, all, scopes[0]!, site);
  if (options.refs.length > 0) copyProps(m, all, options, site);
  return ofRef(all.id);
}
