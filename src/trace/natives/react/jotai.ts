/**
 * Jotai: atoms hold a value, or are computed of others; hooks read and write them. API: https://jotai.org/docs/core/atom.
 */
import { objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { awaitValue } from "../../machine/promise.js";
import type { NativeModule } from "../index.js";
import { argOf, alike, arrayOf, at, callable, callWith, nativeValue, record } from "../support.js";
import { applied, cellValue, watch, write } from "./state.js";

const READ = "\0read";
const WRITE = "\0write";
const INITIAL = "\0initial";

/** `atom(initial)`, `atom((get) => value, (get, set, …args) => …)`. */
const newAtom =
  (from: number): Native =>
  (call) => {
    const { heap } = call.m;
    const atom = make(call.m, "object", at(call, "atom"));
    const first = argOf(call, from);
    setSlot(heap, atom, callable(call.m, first) ? READ : INITIAL, first);
    if (callable(call.m, argOf(call, from + 1))) setSlot(heap, atom, WRITE, argOf(call, from + 1));
    return ofRef(atom.id);
  };

const cell = (atom: Obj): string => `jotai ${atom.key}`;

/** What an atom holds, or is computed to be. */
function valueOf(call: NativeCall, atoms: Value): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const atom of objectsOf(m.heap, atoms)) {
    watch(m, cell(atom));
    const read = atom.props.get(READ);
    const computed = read === undefined ? BOTTOM : awaitValue(m, callWith(m, read, [getter(call)], site), site);
    out = [out, atom.props.get(INITIAL) ?? BOTTOM, computed, cellValue(m, cell(atom))].reduce(join);
  }
  return out;
}

const getter = (call: NativeCall): Value => nativeValue(call.m, at(call, "get"), "get", (inner) => valueOf(inner, argOf(inner, 0)));

/** Puts a value, or what a function makes of the old, into an atom; calls the function of one that has its own. */
function put(call: NativeCall, atoms: Value, given: readonly Value[]): Value {
  const { m, site } = call;
  let out: Value = UNDEFINED;
  for (const atom of objectsOf(m.heap, atoms)) {
    const own = atom.props.get(WRITE);
    const set = nativeValue(m, at(call, "set"), "set", (inner) => put(inner, argOf(inner, 0), inner.args.list.slice(1)));
    if (own !== undefined) out = join(out, callWith(m, own, [getter(call), set, ...given], site));
    else write(m, cell(atom), applied(call, given[0] ?? UNDEFINED, valueOf(call, ofRef(atom.id))));
  }
  return out;
}

const setter = (call: NativeCall): Value => {
  const atoms = argOf(call, 0);
  return nativeValue(call.m, at(call, "change"), "change", (inner) => put(inner, atoms, inner.args.list), [atoms]);
};

/** A store gives and takes what atoms hold. All stores are one. */
const store: Native = (call) =>
  record(
    call.m,
    {
      get: getter(call),
      set: nativeValue(call.m, at(call, "set"), "set", (inner) => put(inner, argOf(inner, 0), inner.args.list.slice(1))),
      sub: nativeValue(call.m, at(call, "sub"), "sub", (inner) => {
        if (!isBottom(argOf(inner, 1))) callWith(inner.m, argOf(inner, 1), [], inner.site);
        return UNDEFINED;
      }),
    },
    at(call, "store"),
  );

const HOOKS = {
  useAtom: ((call) => arrayOf(call.m, [valueOf(call, argOf(call, 0)), setter(call)], at(call, "hook"))) satisfies Native,
  useAtomValue: ((call) => valueOf(call, argOf(call, 0))) satisfies Native,
  useSetAtom: setter satisfies Native,
};

/** Atoms and their hooks. */
export const jotai: readonly NativeModule[] = [
  {
    modules: ["jotai", "jotai/react", "jotai/vanilla"],
    natives: { atom: newAtom(0), ...HOOKS, ...alike(["createStore", "getDefaultStore", "useStore"], store) },
  },
  { modules: ["jotai/utils"], natives: { atomWithStorage: newAtom(1), atomWithReset: newAtom(0), atomWithDefault: newAtom(0) } },
];
