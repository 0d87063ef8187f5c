/** awilix: services are registered by name; a container's cradle has them all, and so has whatever the container makes. */
import { joinSlot, objectsOf, S, setSlot, type Obj, type Origin } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { constructorOf } from "../../machine/classes.js";
import { external } from "../../machine/external.js";
import { make, type FunctionData, type Instance, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { ACCESSORS, entries, getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule, NativeTable } from "../index.js";
import { alike, argOf, at, nativeValue, slotOf } from "../support.js";
import { P, provided, provider, type How } from "./providers.js";

const REGISTERED = "\0registered:";

/** `createContainer()`: its cradle has a getter for each name that is registered. */
const createContainer: Native = (call) => {
  const { m } = call;
  const cradle = make(m, "object", at(call, "cradle"));
  setSlot(m.heap, cradle, ACCESSORS, UNDEFINED);
  return containerOf(m, at(call, "container"), ofRef(cradle.id));
};

/** Somebody else's container: of its cradle the type is known. */
const given: Instance = (m, origin, [services], labels) => containerOf(m, origin, unknown(m, origin, labels, services, "cradle"));

function containerOf(m: Machine, origin: Origin, cradle: Value): Value {
  const container = make(m, "object", origin);
  setSlot(m.heap, container, S.proto, ofRef(external(m, "awilix", ["Container"]).id));
  setSlot(m.heap, container, "cradle", cradle);
  return ofRef(container.id);
}

/** A provider is called with the cradle; where it takes single services, with those of its parameters' names. */
const injected =
  (call: NativeCall, cradle: Value) =>
  (of: Obj): readonly Value[] => {
    const fn = of.kind === "class" ? constructorOf(call.m, of) : of;
    const { code } = (fn?.data ?? {}) as Partial<FunctionData>;
    return (code?.fn.params ?? []).map(({ target }) => {
      const known = target.p === "var" && objectsOf(call.m.heap, cradle).some((o) => o.props.has(REGISTERED + target.slot));
      return known ? getNamed(call.m, cradle, target.slot, call.site) : cradle;
    });
  };

function addService(call: NativeCall, container: Value, name: string, providers: Value): void {
  const { m, site } = call;
  const cradle = slotOf(objectsOf(m.heap, container), "cradle");
  for (const obj of objectsOf(m.heap, cradle)) {
    joinSlot(m.heap, obj, REGISTERED + name, providers);
    const getter: Native = (read) => {
      const all = slotOf(objectsOf(read.m.heap, cradle), REGISTERED + name);
      return provided(read, "awilix", all, injected(read, cradle));
    };
    setSlot(m.heap, obj, S.getter + name, nativeValue(m, `${site.file}:${site.at}`, `get ${name}`, getter));
  }
}

const registerServices: Native = (call) => {
  const { m, site } = call;
  const first = argOf(call, 0);
  for (const name of first.consts) if (typeof name === "string") addService(call, call.self, name, argOf(call, 1));
  for (const obj of objectsOf(m.heap, first)) for (const x of entries(m, obj, site).known) addService(call, call.self, x.name, x.value);
  return call.self;
};

const resolveService: Native = (call) => {
  const { m, site } = call;
  const cradle = slotOf(objectsOf(m.heap, call.self), "cradle");
  const name = exact(argOf(call, 0));
  const found = typeof name === "string" ? getNamed(m, cradle, name, site) : BOTTOM;
  return isBottom(found) ? unknown(m, site) : found;
};

/** `container.build(Class)`: made with the cradle, registered nowhere. */
const build: Native = (call) => {
  const { m } = call;
  const cradle = slotOf(objectsOf(m.heap, call.self), "cradle");
  const all = objectsOf(m.heap, argOf(call, 0));
  const providers = all.map((of) =>
    of.props.has(P.make) ? ofRef(of.id) : provider(m, at(call, `built ${of.key}`), of.kind === "class" ? "class" : "factory", ofRef(of.id)),
  );
  return providers.reduce((v, p) => join(v, provided(call, "awilix", p, injected(call, cradle))), BOTTOM);
};

const CONTAINER: NativeTable = {
  register: registerServices,
  resolve: resolveService,
  build,
  ...alike(["createScope", "loadModules"], (call) => call.self),
};

const as =
  (how: How): Native =>
  (call) => {
    const made = provider(call.m, at(call, `as ${how}`), how, argOf(call, 0));
    for (const obj of objectsOf(call.m.heap, made)) setSlot(call.m.heap, obj, S.proto, ofRef(external(call.m, "awilix", ["Resolver"]).id));
    return made;
  };

const AWILIX: NativeTable = { createContainer, asClass: as("class"), asFunction: as("factory"), asValue: as("value") };

function match(_module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1)!;
  if (path[0] === "Resolver" && path.length === 2) return (call) => call.self;
  if (path[0] === "Container" && path.length === 2) return CONTAINER[name];
  return path.length === 1 ? AWILIX[name] : undefined;
}

/** awilix. */
export const awilix: NativeModule = { modules: ["awilix"], natives: {}, match, instances: { AwilixContainer: given } };
