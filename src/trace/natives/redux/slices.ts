/**
 * Redux Toolkit's slices: creators of actions, and reducers that are lists of cases, each a recipe on a draft of the state.
 * API: https://redux-toolkit.js.org/api/createSlice.
 */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { ANY_BOOLEAN, isBottom, join, K, ofConst, ofRef, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { perhaps } from "../../machine/fork.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { concatenate } from "../../machine/operators.js";
import { getNamed } from "../../machine/props.js";
import { draftOf, produced } from "../libraries/immer.js";
import { argOf, at, callWith, nativeValue, option, record } from "../support.js";
import { creatorOf, isOfType } from "./actions.js";
import { isFunction, isReducing } from "./store.js";

/** A recipe, and the actions that it is for. */
interface Case {
  /** Gives whether it is for an action. */
  readonly matches: (call: NativeCall, action: Value) => Value;
  readonly recipe: Value;
}

/** A type as written, or that of a creator. */
const typeGiven = (call: NativeCall, given: Value): Value =>
  isFunction(call.m, given) ? getNamed(call.m, given, "type", call.site) : given;

/** The cases that a builder is told, or that an object lists. */
function casesOf(call: NativeCall, given: Value): readonly Case[] {
  const { m, site } = call;
  const cases: Case[] = [];
  if (isFunction(m, given)) {
    const builder = record(m, {}, at(call, "builder"));
    const adds: Readonly<Record<string, (inner: NativeCall) => Case>> = {
      addCase: (inner) => {
        const type = typeGiven(inner, argOf(inner, 0));
        return { matches: (asked, action) => isOfType(asked, action, type), recipe: argOf(inner, 1) };
      },
      addMatcher: (inner) => {
        const matcher = argOf(inner, 0);
        return { matches: (asked, action) => callWith(m, matcher, [action], asked.site), recipe: argOf(inner, 1) };
      },
      addDefaultCase: (inner) => ({ matches: () => ANY_BOOLEAN, recipe: argOf(inner, 0) }),
    };
    for (const obj of objectsOf(m.heap, builder))
      for (const [name, made] of Object.entries(adds))
        setSlot(
          m.heap,
          obj,
          name,
          nativeValue(m, at(call, name), name, (inner) => (cases.push(made(inner)), builder), [builder]),
        );
    callWith(m, given, [builder], site);
    return cases;
  }
  for (const obj of objectsOf(m.heap, given))
    for (const name of obj.props.keys())
      if (name.charCodeAt(0) !== 0)
        cases.push({ matches: (asked, action) => isOfType(asked, action, ofConst(name)), recipe: getNamed(m, ofRef(obj.id), name, site) });
  return cases;
}

/** One draft serves all cases of an action: copies of copies would be twice as many with each case that nobody can rule out. */
function draftOnce(call: NativeCall, state: Value, drafts: Set<number>): Value {
  const draft = draftOf(call, { ...state, refs: state.refs.filter((id) => !drafts.has(id)) });
  for (const id of draft.refs) drafts.add(id);
  return join(draft, { ...state, refs: state.refs.filter((id) => drafts.has(id)) });
}

/** A reducer: what is there at first, then what the recipes that an action is for make of the state. */
function reducerOf(call: NativeCall, initial: Value, listed: () => readonly Case[]): Value {
  // A builder is called when the reducer is first used: it may name what is made only behind it.
  let cases: readonly Case[] | undefined;
  return nativeValue(call.m, at(call, "reducer"), "reducer", (inner) => {
    const { m, site } = inner;
    const [state, action] = [argOf(inner, 0), argOf(inner, 1)];
    let out: Value = { ...state, kinds: state.kinds & ~K.Undefined };
    if ((state.kinds & K.Undefined) !== 0 || isBottom(state))
      out = join(out, isFunction(m, initial) ? callWith(m, initial, [], site) : initial);
    cases ??= listed();
    const drafts = new Set<number>();
    for (const { matches, recipe } of cases) {
      const { yes, no } = truthiness(matches(inner, action));
      if (!yes || isBottom(out)) continue;
      if (!isReducing(m)) out = draftOnce(inner, out, drafts);
      const make = (): Value => produced(inner, out, recipe, [action]);
      const next = no ? perhaps(m, make) : make();
      out = no ? join(out, next) : next;
    }
    return out;
  });
}

/** `createReducer(initialState, builder)`. */
export const createReducer: Native = (call) => reducerOf(call, argOf(call, 0), () => casesOf(call, argOf(call, 1)));

/** `createSlice({ name, initialState, reducers, extraReducers })`. */
export const createSlice: Native = (call) => {
  const { m, site } = call;
  const options = argOf(call, 0);
  const initial = option(call, options, "initialState");
  const prefix = concatenate(m, option(call, options, "name"), ofConst("/"), site);
  const creators: Record<string, Value> = {};
  const cases: Case[] = [];
  for (const obj of objectsOf(m.heap, option(call, options, "reducers")))
    for (const name of obj.props.keys()) {
      if (name.charCodeAt(0) === 0) continue;
      const given = getNamed(m, ofRef(obj.id), name, site);
      const own = isFunction(m, given) ? given : option(call, given, "reducer");
      const type = concatenate(m, prefix, ofConst(name), site);
      creators[name] = creatorOf(call, name, type, isFunction(m, given) ? UNDEFINED : option(call, given, "prepare"));
      cases.push({ matches: (asked, action) => isOfType(asked, action, type), recipe: own });
    }
  const extra = option(call, options, "extraReducers");
  const reducer = reducerOf(call, initial, () => (extra.refs.length === 0 ? cases : [...cases, ...casesOf(call, extra)]));
  return record(
    m,
    {
      name: option(call, options, "name"),
      reducer,
      actions: record(m, creators, at(call, "actions")),
      getInitialState: nativeValue(m, at(call, "initial"), "initial", () => initial, [initial]),
    },
    at(call, "slice"),
  );
};
