/** Natives of what a library's model describes: functions, methods of its types, classes. */
import type { LibraryModel, ModelFunction, ModelType } from "../../models/model.js";
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { BOTTOM, exact, ofRef, type Value } from "../domain/value.js";
import { external } from "../machine/external.js";
import { make, type ExternalData, type Native, type NativeCall, type UnknownData } from "../machine/machine.js";
import type { Locator } from "../../manifest/model.js";
import { newHolder } from "../natives/contents.js";
import { argItems, spot } from "../natives/items.js";
import { listOf, nativeValue } from "../natives/support.js";
import { awaitValue } from "../machine/promise.js";
import { execute } from "./execution.js";
import { putUnder } from "./write.js";

/** What is described of one path of a module. */
export interface Described {
  readonly native: Native;
  /** The entry that says so, and under which of its names. */
  readonly fn?: ModelFunction;
  readonly name?: string;
}

/** Where natives of the language and of Node are. */
export type OtherNatives = (data: ExternalData) => Native | undefined;

export interface ModelLookup {
  /** What a library's model says of a path of one of its modules; undefined when nothing. */
  find(module: string, path: readonly string[]): Described | undefined;
  /** Does it say something of what is below the path? Then that is a namespace or a class. */
  holds(module: string, path: readonly string[]): boolean;
}

/** A lookup in one model. */
export function modelLookup(model: LibraryModel, others: OtherNatives): ModelLookup {
  const functions = new Map<string, ModelFunction>();
  for (const fn of model.functions) for (const name of fn.names) functions.set(name, fn);
  const types = new Map(model.types.map((type) => [type.name, type]));
  const classes = new Map(model.types.flatMap((type) => type.exported.map((name) => [name, type] as const)));

  // `isAfter` of `is*`; the longest that fits, since it says the most.
  const patterns = [...functions.keys()].filter((name) => name.endsWith("*")).sort((a, b) => b.length - a.length);
  const likely = (name: string, least = ""): string | undefined =>
    patterns.find((pattern) => pattern.startsWith(least) && name.startsWith(pattern.slice(0, -1)));

  const holders = new Set(["default"]);
  for (const name of functions.keys())
    for (let end = name.lastIndexOf("."); end > 0; end = name.lastIndexOf(".", end - 1)) holders.add(name.slice(0, end));

  return {
    find: (module, path) => {
      const own = nameOf(model, module, path);
      const name = functions.has(own) ? own : (belowType(path) ?? own);
      const fn = functions.get(name);
      const cls = classes.get(name);
      if (fn !== undefined || cls !== undefined) return { native: nativeOf(module, fn, cls), ...(fn && { fn, name }) };
      return method(module, name, path) ?? ofFunction(module, likely(name));
    },
    holds: (module, path) => holders.has(nameOf(model, module, path)) || holders.has(belowType(path) ?? ""),
  };

  /** `Client.files.create` of what its class is exported by: `default.files.create`. */
  function belowType(path: readonly string[]): string | undefined {
    const [first = "", ...below] = path.filter((name) => name !== "prototype");
    const type = below.length < 2 ? undefined : classes.get(first);
    return type && [type.name, ...below].join(".");
  }

  /** A method: of a type under its own name, or under one that its class is exported by. */
  function method(module: string, name: string, path: readonly string[]): Described | undefined {
    const dot = name.lastIndexOf(".");
    const owner = name.slice(0, Math.max(dot, 0));
    const ofDefault = path[0] === "default" && path.length === 2 ? classes.get("default") : undefined;
    const type = types.get(owner) ?? classes.get(owner) ?? ofDefault;
    if (type === undefined) return undefined;
    const member = `${type.name}.${name.slice(dot + 1)}`;
    const own = ofFunction(module, functions.has(member) ? member : likely(member, `${type.name}.`));
    if (own === undefined && type.gathers !== undefined) return gathering(module, type.gathers, name.slice(dot + 1));
    const native = own === undefined && type.like ? likeMethod(type.like, name.slice(dot + 1)) : undefined;
    return own ?? (native && { native });
  }

  /** A method that notes what it would give, and gives the receiver: a command of a pipeline. */
  function gathering(module: string, from: string, method: string): Described | undefined {
    const described = ofFunction(module, functions.has(`${from}.${method}`) ? `${from}.${method}` : undefined);
    if (described === undefined) return undefined;
    const native: Native = (call) => {
      gather(call, awaitValue(call.m, described.native(call), call.site));
      return call.self;
    };
    return { ...described, native };
  }

  function ofFunction(module: string, name: string | undefined): Described | undefined {
    const fn = name === undefined ? undefined : functions.get(name);
    return fn && { native: nativeOf(module, fn, undefined), fn, name: name! };
  }

  function likeMethod(like: Locator, method: string): Native | undefined {
    return otherNative(like, ["prototype", method]) ?? otherNative(like, [method]);
  }

  function otherNative({ module, path }: Locator, below: readonly string[] = []): Native | undefined {
    if (module.kind === "file") return undefined;
    return others({ module: module.kind === "global" ? "global" : module.name, path: [...path, ...below] });
  }

  function nativeOf(module: string, fn: ModelFunction | undefined, cls: ModelType | undefined): Native {
    const newInstance = (call: NativeCall, name: string): Value => instanceOf(call, module, types.get(name)!);
    if (fn === undefined) return (call) => newInstance(call, cls!.name);
    const run = fn.like === undefined ? undefined : otherNative(fn.like);
    if (run !== undefined) return run;
    const described = cls !== undefined && fn.result.length === 0 ? { ...fn, result: [{ name: cls.name, isType: true }] } : fn;
    const native: Native = (call) => execute(call, described, newInstance);
    return fn.curried === undefined ? native : curried(fn.curried, native, fn.names[0]!);
  }
}

/** `R.pick` of the module's own name, of its default export, or of the module that has it alone. */
function nameOf(model: LibraryModel, module: string, path: readonly string[]): string {
  const rest = path.filter((name) => name !== "prototype");
  const below = rest[0] === "default" ? rest.slice(1) : rest;
  if (below.length > 0) return below.join(".");
  const split = model.split.find((pattern) => pattern.endsWith("*") && module.startsWith(pattern.slice(0, -1)));
  return split === undefined ? "default" : module.slice(split.length - 1).replace(/\.[cm]?js$/, "");
}

/** An instance of a type, made by this call. Its methods are looked up where the type is. */
function instanceOf({ m, site }: NativeCall, module: string, type: ModelType): Value {
  if (type.namespace) return ofRef(external(m, module, [type.name]).id);
  const kind = type.like === undefined ? "unknown" : (KINDS[type.like.text] ?? "object");
  const origin = spot(site, type.name);
  const obj =
    kind === "map" || kind === "set"
      ? newHolder(m, kind, site, type.name)
      : kind === "unknown"
        ? make(m, kind, origin, { type: undefined, depth: 0, name: "" } satisfies UnknownData)
        : make(m, kind, origin);
  if (kind === "array") setSlot(m.heap, obj, S.length, { ...BOTTOM, consts: [0] });
  setSlot(m.heap, obj, S.proto, ofRef(external(m, module, [type.name]).id));
  return ofRef(obj.id);
}

const KINDS: Readonly<Record<string, "map" | "set" | "array">> = { "global:Map": "map", "global:Set": "set", "global:Array": "array" };

/** Adds to what the receiver has gathered. */
function gather(call: NativeCall, v: Value): void {
  const { m, site } = call;
  for (const obj of objectsOf(m.heap, call.self)) {
    if (obj.kind === "external") continue;
    if (!obj.props.has(GATHERED)) setSlot(m.heap, obj, GATHERED, listOf(m, BOTTOM, spot(site, GATHERED)));
    const lists = objectsOf(m.heap, obj.props.get(GATHERED)!);
    for (const list of lists) {
      const length = list.props.get(S.length) ?? BOTTOM;
      const sure = lists.length === 1 && !list.summary && !obj.summary && exact(length) !== undefined;
      putUnder(call, list, sure ? length : "any", v, sure);
    }
  }
}

const GATHERED = "gathered";

/** A function that takes its arguments bit by bit: R.prop("email")(user). */
function curried(count: number, run: Native, name: string): Native {
  const taking =
    (given: readonly Value[]): Native =>
    (call) => {
      const { list, rest } = argItems(call.args, 0);
      const all = [...given, ...list];
      if (all.length >= count || rest !== null) return run({ ...call, args: { list: all, rest } });
      return nativeValue(call.m, call.site, `${name} ${all.length}`, taking(all));
    };
  return taking([]);
}
