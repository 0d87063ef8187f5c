/** Components that are classes: one instance for each place in the tree, its state changed by `setState`. */
import type { Site } from "../../domain/labels.js";
import { joinSlot, objectsOf, S, setSlot, type Obj, isFunction } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { callValue } from "../../machine/call.js";
import { leave } from "../../machine/jobs.js";
import { make, type Machine, type Native } from "../../machine/machine.js";
import { entries, getNamed } from "../../machine/props.js";
import type { NativeTable } from "../index.js";
import { spot } from "../items.js";
import { perhaps } from "../../machine/fork.js";
import { argOf, callable, callWith, methods, record, selves } from "../support.js";
import { currentRoot, kept } from "./desk.js";
import { afterwards, redraw } from "./draw.js";
import { applied, looks } from "./state.js";
import { givenTo } from "./context.js";

const ROOT = "\0root";

/** Draws a class component: makes its instance the first time, then renders it. */
export function drawInstance(m: Machine, cls: Obj, props: Value, site: Site): Value {
  const key = `instance ${m.path}|${cls.key}`;
  let instance = kept(m, key).props.get(S.value);
  if (instance === undefined) {
    instance = perhaps(m, () => callValue(m, ofRef(cls.id), UNDEFINED, { list: [props], rest: null }, site, true));
    m.alive = true;
    if (isBottom(instance)) return BOTTOM;
    setSlot(m.heap, kept(m, key), S.value, instance);
  }
  const root = currentRoot(m);
  const context = cls.props.get("contextType");
  for (const obj of objectsOf(m.heap, instance)) {
    setSlot(m.heap, obj, "props", props);
    if (root !== undefined) joinSlot(m.heap, obj, ROOT, root);
    if (context !== undefined) setSlot(m.heap, obj, "context", givenTo(m, context));
  }
  const derive = cls.props.get("getDerivedStateFromProps");
  if (derive !== undefined)
    mergeState(
      m,
      instance,
      perhaps(m, () => callWith(m, derive, [props, stateOf(m, instance)], site)),
      site,
    );
  const tree = perhaps(m, () =>
    callValue(m, getNamed(m, instance, "render", site), instance, { list: [props, stateOf(m, instance)], rest: null }, site),
  );
  m.alive = true;
  for (const name of ["UNSAFE_componentWillMount", "componentDidMount", "componentWillUnmount"]) later(m, instance, name, [], site);
  later(m, instance, "shouldComponentUpdate", [props, stateOf(m, instance)], site);
  later(m, instance, "componentDidUpdate", [props, stateOf(m, instance)], site);
  return tree;
}

function stateOf(m: Machine, instance: Value): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, instance)) out = join(out, obj.props.get("state") ?? UNDEFINED);
  return out;
}

/** A method that the library calls when the time has come, if the class has it. */
function later(m: Machine, instance: Value, name: string, args: readonly Value[], site: Site): void {
  const method = getNamed(m, instance, name, site);
  const own = objectsOf(m.heap, method).filter(isFunction);
  for (const fn of own) leave(m, { fn: ofRef(fn.id), self: instance, args: { list: args, rest: null }, site });
}

/** Puts the given properties beside what the state has under these names. */
function mergeState(m: Machine, instance: Value, given: Value, site: Site): void {
  for (const obj of objectsOf(m.heap, instance)) {
    let state = obj.props.get("state") ?? UNDEFINED;
    const before = looks(m, state);
    if (state.refs.length === 0) {
      state = ofRef(make(m, "object", spot(site, "state")).id);
      setSlot(m.heap, obj, "state", state);
    }
    for (const to of objectsOf(m.heap, state))
      for (const from of objectsOf(m.heap, given)) {
        const e = entries(m, from, site);
        for (const x of e.known) joinSlot(m.heap, to, x.name, x.value);
        if (e.rest !== null) joinSlot(m.heap, to, S.rest, e.rest);
      }
    if (looks(m, state) !== before) redraw(m, obj.props.get(ROOT) ?? BOTTOM);
  }
}

const setState: Native = (call) => {
  const { m, self, site } = call;
  let given: Value = BOTTOM;
  const updater = argOf(call, 0);
  for (const obj of selves(call))
    given = join(
      given,
      objectsOf(m.heap, updater).some((o) => o.kind === "function")
        ? callWith(m, updater, [obj.props.get("state") ?? UNDEFINED, obj.props.get("props") ?? UNDEFINED], site)
        : applied(call, updater, BOTTOM),
    );
  mergeState(m, self, given, site);
  if (callable(m, argOf(call, 1))) afterwards(m, argOf(call, 1), UNDEFINED, site);
  return UNDEFINED;
};

const forceUpdate: Native = (call) => {
  for (const obj of selves(call)) redraw(call.m, obj.props.get(ROOT) ?? BOTTOM);
  if (callable(call.m, argOf(call, 0))) afterwards(call.m, argOf(call, 0), UNDEFINED, call.site);
  return UNDEFINED;
};

const component: Native = (call) =>
  record(call.m, { props: argOf(call, 0), refs: ofRef(make(call.m, "object", spot(call.site, "refs")).id) }, spot(call.site, "component"));

/** The base classes. */
export const CLASSES: NativeTable = {
  Component: component,
  PureComponent: component,
  ...methods("Component", { setState, forceUpdate }),
  ...methods("PureComponent", { setState, forceUpdate }),
};
