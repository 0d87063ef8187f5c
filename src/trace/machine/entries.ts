/**
 * Entry points: what nothing in the program calls, but others may (exported handlers, components, classes that a framework makes). They
 * run with unknown arguments of their declared types.
 */
import { type Obj } from "../domain/heap.js";
import { NO_LABELS, type Site } from "../domain/labels.js";
import { BOTTOM, isBottom, join, ofRef, UNDEFINED, withoutAbsent, type Value } from "../domain/value.js";
import { callObject, NO_ARGS, unknownArgs } from "./call.js";
import { constructorOf } from "./classes.js";
import { typeIn } from "./declared.js";
import { forkAll } from "./fork.js";
import { constructorFor, holdersOf } from "./holders.js";
import { INSTANCE, type Code, type FunctionData, type Machine } from "./machine.js";
import { moduleFrame } from "./modules.js";
import { givenTo } from "./subjects.js";
import { unknown } from "./unknown.js";
import { farOfFunction } from "./waves.js";

export interface Entry {
  readonly site: Site;
  /** Where it comes among those of its file. */
  readonly at: number;
  /** What it is of: one entry point each. */
  readonly of: object;
  /** How far it is from sources and sinks. */
  readonly far: number;
  /** What others call it by; "" where they cannot. */
  readonly name: string;
  /** Is it there for what a decorator has put in its place, which calls it, or not? */
  readonly isReplaced: boolean;
  /** Has something run it by now? */
  readonly done: () => boolean;
  readonly run: () => void;
}

/** One instance for each class whose methods are run. */
export type Instances = Map<Obj, Value>;

/** The functions and classes made since an object that may turn out to be entry points: one of each code that has not run, with who has it. */
export function mayBeEntries(m: Machine, born: number): ReadonlySet<number> {
  const first = new Map<object, number>();
  for (let id = born; id < m.heap.objects.length; id++) {
    const obj = m.heap.objects[id]!;
    if (obj.kind !== "function" && obj.kind !== "class") continue;
    const { code, cls } = obj.data as FunctionData;
    const of = cls ?? code?.fn;
    if (of !== undefined && !first.has(of) && (cls !== undefined || !m.executed.has(code!.fn))) first.set(of, id);
  }
  return new Set([...first.values()].flatMap((id) => [id, ...holdersOf(m, m.heap.objects[id]!).map((holder) => holder.id)]));
}

/** The entry point that an object is, if it is one. */
export function entryOf(m: Machine, obj: Obj, instances: Instances): Entry | undefined {
  if (m.heap.forward[obj.id] !== undefined) return undefined;
  if (obj.kind === "class") return classEntry(m, obj, instances);
  const { code } = (obj.kind === "function" ? obj.data : { code: null }) as FunctionData;
  if (code === null) return undefined;
  const site = { file: code.file.index, at: code.fn.at, end: code.fn.end, fn: 0 };
  return {
    site,
    at: site.at,
    of: code.fn,
    far: farOfFunction(m, obj)!,
    name: code.fn.name.split(".").at(-1) ?? "",
    isReplaced: m.replaced.has(code.fn),
    done: () => m.executed.has(code.fn),
    run: () => {
      atTop(m, site.file);
      const self = selfOf(m, obj, code, instances);
      atTop(m, site.file);
      // Whether it is ever called, nobody knows.
      forkAll(m, [() => BOTTOM, () => callObject(m, obj, self, givenTo(m, unknownArgs(m, obj, NO_LABELS, site)), site, false)]);
    },
  };
}

/** A class whose fields are made with each instance: `handle = async (request) => …` is there only when one is made. */
function classEntry(m: Machine, obj: Obj, instances: Instances): Entry | undefined {
  const { cls, file } = obj.data as FunctionData;
  if (cls === undefined || cls.abstract) return undefined;
  const thunks = cls.members.flatMap((x) => (x.kind === "field" && !x.static && x.fn !== undefined ? [file.facts.functions[x.fn]!] : []));
  if (thunks.length === 0) return undefined;
  const site = siteOfClass(obj);
  return {
    site,
    at: site.at,
    of: cls,
    far: Math.min(...thunks.map((fn) => m.nearness.of(file, fn))),
    name: cls.name,
    isReplaced: false,
    done: () => thunks.some((fn) => m.executed.has(fn)),
    run: () => {
      atTop(m, file.index);
      instanceOf(m, obj, instances);
    },
  };
}

/**
 * Does other code of its file name it? Then that comes first, where consents are declared: what it calls is gated as it calls it, and no
 * entry point.
 */
export function isNamedBeside(m: Machine, { name, site }: Entry): boolean {
  if (m.gates === null || !/^[\w$]+$/.test(name)) return false;
  const { path } = m.modules.files[site.file]!;
  const text = m.project.files.find((file) => file.path === path)?.text() ?? "";
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const isWord = !/[\w$]/.test(text.charAt(at - 1)) && !/[\w$]/.test(text.charAt(at + name.length));
    if (isWord && (at < site.at || at >= site.end) && /^\s*[(,).]/.test(text.slice(at + name.length))) return true;
  }
  return false;
}

/** Between two runs nothing is on the stack: the file's own top level calls. */
function atTop(m: Machine, file: number): void {
  m.path = 0;
  m.alive = true;
  m.frame = moduleFrame(m, m.modules.files[file]!, m.moduleState.get(file)!.env);
}

function siteOfClass(obj: Obj): Site {
  const { cls, code, file } = obj.data as FunctionData;
  const { at, end } = cls ?? code?.fn ?? { at: 0, end: 0 };
  return { file: file.index, at, end, fn: 0 };
}

function selfOf(m: Machine, fn: Obj, code: Code, instances: Instances): Value {
  const { home } = fn.data as FunctionData;
  const holders = [...(home === null ? [] : [m.heap.objects[home]!]), ...holdersOf(m, fn)];
  const { thisType, at, end } = code.fn;
  const type = thisType === undefined ? undefined : typeIn(m, code, thisType);
  const isSaid = home === null && type !== undefined && m.types.view(type).v !== "any";
  if (holders.length > 0 && !isSaid) return holders.map((holder) => receiverOf(m, holder, instances)).reduce(join);
  // Who calls it does so as a constructor, as a method, or on nothing.
  return unknown(m, { file: code.file.index, at, end, fn: 0 }, NO_LABELS, type);
}

/** What a method that an object has is called on: the object, or an instance where it is a prototype. */
function receiverOf(m: Machine, holder: Obj, instances: Instances): Value {
  const ctor = constructorFor(m, holder);
  const instance = ctor === undefined ? BOTTOM : instanceOf(m, ctor, instances);
  return isBottom(instance) ? ofRef(holder.id) : instance;
}

function instanceOf(m: Machine, cls: Obj, instances: Instances): Value {
  const known = instances.get(cls) ?? cls.props.get(INSTANCE);
  if (known !== undefined) return withoutAbsent(known);
  const site = siteOfClass(cls);
  const ctor = cls.kind === "class" ? constructorOf(m, cls) : cls;
  atTop(m, site.file);
  const made = callObject(m, cls, UNDEFINED, ctor === undefined ? NO_ARGS : unknownArgs(m, ctor, NO_LABELS, site), site, true);
  m.alive = true;
  instances.set(cls, made);
  m.heap.pinned.push(...made.refs);
  return made;
}
