/** Containers that are asked for a class or a token: tsyringe, inversify, typedi. */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { isBottom, ofRef, type Value } from "../../domain/value.js";
import { external, externalData } from "../../machine/external.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import type { NativeModule, NativeTable } from "../index.js";
import { newArray } from "../items.js";
import { promiseOf } from "../settle.js";
import { alike, argOf, at, nativeValue } from "../support.js";
import { register, resolved, type How } from "./providers.js";

const moduleOf = (call: NativeCall): string => externalData(call.callee).module;

const resolve: Native = (call) => {
  const found = resolved(call, moduleOf(call), argOf(call, 0));
  const { module, path } = externalData(call.callee);
  return isBottom(found) ? ofRef(external(call.m, module, [...path, "()"]).id) : found;
};

const resolveAsync: Native = (call) => promiseOf(call.m, resolve(call), call.site);
const resolveAll: Native = (call) => newArray(call.m, call.site, { list: [], rest: resolve(call) });

/** `{ useClass }`, `{ useValue }`, `{ useFactory }`, `{ useToken }`, and typedi's `{ type }`, `{ value }`, `{ factory }`. */
const WAYS: readonly (readonly [string, How])[] = [
  ["useClass", "class"],
  ["type", "class"],
  ["useValue", "value"],
  ["value", "value"],
  ["useFactory", "factory"],
  ["factory", "factory"],
  ["useToken", "token"],
];

function registerAs(call: NativeCall, token: Value, described: Value): void {
  const { m } = call;
  for (const obj of objectsOf(m.heap, described))
    for (const [name, how] of WAYS) {
      const of = obj.props.get(name);
      if (of !== undefined) register(call, moduleOf(call), token, how, of);
    }
}

const registering =
  (how: How): Native =>
  (call) => {
    const token = argOf(call, 0);
    const of = argOf(call, 1);
    register(call, moduleOf(call), token, how, of.refs.length > 0 || how === "value" ? of : token);
    return call.self;
  };

const TSYRINGE: NativeTable = {
  ...alike(["resolve"], resolve),
  resolveAll,
  ...alike(["createChildContainer", "beforeResolution", "afterResolution"], (call) => call.self),
  register: (call) => {
    registerAs(call, argOf(call, 0), argOf(call, 1));
    return call.self;
  },
  registerSingleton: registering("class"),
  registerInstance: registering("value"),
  registerType: registering("token"),
};

const TYPEDI: NativeTable = {
  get: resolve,
  getMany: resolveAll,
  of: (call) => call.self,
  set: (call) => {
    const described = argOf(call, 0);
    const id = getNamed(call.m, described, "id", call.site);
    if (objectsOf(call.m.heap, described).some((o) => o.kind === "object")) registerAs(call, id, described);
    else register(call, moduleOf(call), described, "value", argOf(call, 1));
    return call.self;
  },
};

/** `container.bind(token).to(Class)`. */
const bind: Native = (call) => {
  const { m, site } = call;
  const module = moduleOf(call);
  const token = argOf(call, 0);
  const binding = make(m, "object", at(call, "binding"));
  const self = ofRef(binding.id);
  const to =
    (how: How, given?: Value): Native =>
    (inner) => {
      register(call, module, token, how, given ?? argOf(inner, 0));
      return self;
    };
  const steps: NativeTable = {
    to: to("class"),
    toSelf: to("class", token),
    toConstantValue: to("value"),
    toDynamicValue: to("factory"),
    toService: to("token"),
    ...alike(
      ["inSingletonScope", "inTransientScope", "inRequestScope", "onActivation", "whenTargetNamed", "whenNamed", "whenDefault"],
      () => self,
    ),
  };
  for (const [name, run] of Object.entries(steps)) setSlot(m.heap, binding, name, nativeValue(m, site, name, run));
  return self;
};

const INVERSIFY: NativeTable = {
  get: resolve,
  getAsync: resolveAsync,
  getAll: resolveAll,
  resolve,
  bind,
  rebind: bind,
  createChild: (call) => call.self,
};

/** Where a library's containers come from: a value that it exports, what `new` makes of a class, a parameter of that type. */
const CONTAINERS: Readonly<Record<string, readonly [owner: RegExp, methods: NativeTable]>> = {
  tsyringe: [/^(container|DependencyContainer)$/, TSYRINGE],
  inversify: [/^Container$/, INVERSIFY],
  typedi: [/^(Container|ContainerInstance)$/, TYPEDI],
};

function match(module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1)!;
  const [owner, methods] = CONTAINERS[module] ?? [];
  if (owner === undefined || !owner.test(path[0] ?? "") || !Object.hasOwn(methods!, name)) return undefined;
  return path.length === 2 ? methods![name] : undefined;
}

/** Containers that are asked by class or token. */
export const containers: NativeModule = { modules: Object.keys(CONTAINERS), natives: {}, match };
