/** Modules at run time: their top level runs once, imports before importers; imported names are read live. */
import { NO_LABELS, type Site } from "../domain/labels.js";
import { alloc, objectsOf, lastingly, meet, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, exact, join, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import type { ImportTarget, LinkedFile } from "../../link/modules.js";
import { hoist } from "./call.js";
import { onNoArm } from "./arms.js";
import { executeAll } from "./exec.js";
import { external, externalValue } from "./external.js";
import { waiting } from "./floating.js";
import { forkAll } from "./fork.js";
import { make, type Code, type Frame, type Machine } from "./machine.js";
import { promiseOf } from "./promise.js";
import { newRoot, within } from "./roots.js";
import { owning, sharing } from "./shared.js";
import { entries, getNamed } from "./props.js";
import { providedValue } from "./provided.js";
import { declaredValue, unknown } from "./unknown.js";

type ModuleState = { readonly env: Obj; readonly exports: Obj | null; done: boolean };

/** The environment of a module, made (with its functions and CommonJS objects) before it or any of its imports runs. */
function stateOf(m: Machine, file: LinkedFile): ModuleState {
  let state = m.moduleState.get(file.index);
  if (state === undefined) {
    state = owning(m, file, () => lastingly(m.heap, () => newState(m, file)));
    m.moduleState.set(file.index, state);
  }
  return state;
}

function newState(m: Machine, file: LinkedFile): ModuleState {
  const env = alloc(m.heap, "env", `module ${file.index}`);
  const saved = m.frame;
  m.frame = moduleFrame(m, file, env);
  hoist(m, file.facts.functions[0]!.hoisted);
  m.frame = saved;
  if (file.facts.format !== "cjs") return { env, exports: null, done: false };
  const exports = alloc(m.heap, "object", `exports ${file.index}`);
  const module = alloc(m.heap, "object", `module object ${file.index}`);
  module.props.set("exports", ofRef(exports.id));
  env.props.set("\0module", ofRef(module.id));
  return { env, exports, done: false };
}

/** At the top level of a CommonJS module `this` is its `exports`. */
function topLevelThis(m: Machine, env: Obj): Value {
  const module = objectsOf(m.heap, env.props.get("\0module") ?? BOTTOM)[0];
  return module?.props.get("exports") ?? UNDEFINED;
}

export function moduleFrame(m: Machine, file: LinkedFile, env: Obj): Frame {
  const code: Code = { file, fn: file.facts.functions[0]!, index: 0 };
  return {
    code,
    env,
    thisValue: topLevelThis(m, env),
    home: null,
    func: null,
    isNew: false,
    point: { trail: m.heap.trail.length, born: m.heap.objects.length, pinned: m.heap.pinned.length },
    returns: [],
    jumps: [],
    finalizers: [],
    generator: null,
    uncertain: 0,
  };
}

/** Runs a module's top level, its static imports first. What it does cannot be undone by a fork around it. */
export function initModule(m: Machine, file: LinkedFile): void {
  const state = stateOf(m, file);
  if (state.done) return;
  state.done = true;
  for (const i of file.facts.imports) {
    if (i.typeOnly) continue;
    const to = m.modules.resolve(file, i.from);
    if (to.k === "file") initModule(m, to.file);
  }
  for (const e of file.facts.exports) {
    if ((e.k !== "from" && e.k !== "star") || e.typeOnly) continue;
    const to = m.modules.resolve(file, e.from);
    if (to.k === "file") initModule(m, to.file);
  }
  let runs = 0;
  const root = newRoot(
    m,
    { file: file.index, at: 0, end: 0, fn: 0 },
    () => {
      // A second run is one that may have been: what the first has bound stays bound.
      if (runs++ === 0)
        sharing(m, file, () => {
          runTopLevel(m, file, state);
        });
      else
        forkAll(m, [
          () => BOTTOM,
          () => {
            runTopLevel(m, file, state);
            return BOTTOM;
          },
        ]);
    },
    false,
  );
  root.runs++;
  const saved = { trail: m.heap.trail, alive: m.alive, handlers: m.handlers.splice(0), stack: m.stack.splice(0) };
  m.heap.trail = [];
  // Whichever way first asks for the module, others find it as it is then.
  if (m.roots.running.length === 0) within(m, root, root.run);
  else
    lastingly(m.heap, () => {
      within(m, root, root.run);
    });
  m.heap.trail = saved.trail;
  m.alive = saved.alive;
  m.handlers.splice(0, m.handlers.length, ...saved.handlers);
  m.stack.splice(0, m.stack.length, ...saved.stack);
}

function runTopLevel(m: Machine, file: LinkedFile, state: ModuleState): void {
  const saved = { frame: m.frame, path: m.path };
  m.alive = true;
  m.path = 0;
  m.frame = moduleFrame(m, file, state.env);
  m.executed.add(file.facts.functions[0]!);
  for (const h of file.facts.functions[0]!.hoisted) m.hooks.onBind(file, h.slot, state.env.props.get(h.slot) ?? UNDEFINED);
  waiting(m, "later", () => {
    onNoArm(m, () => {
      executeAll(m, file.facts.functions[0]!.body);
    });
  });
  if (state.exports !== null)
    m.hooks.onExports(
      file,
      getNamed(m, state.env.props.get("\0module") ?? UNDEFINED, "exports", { file: file.index, at: 0, end: 0, fn: 0 }),
    );
  m.frame = saved.frame;
  m.path = saved.path;
}

/** Reads an imported binding. */
export function importedValue(m: Machine, file: LinkedFile, i: number): Value {
  const v = targetValue(m, m.modules.importTarget(file, i));
  return v;
}

export function targetValue(m: Machine, to: ImportTarget): Value {
  switch (to.k) {
    case "slot": {
      const bound = meet(m.heap, stateOf(m, to.file).env).props.get(to.slot);
      if (bound !== undefined) return bound;
      const imported = to.file.facts.exports.find((e) => e.k === "local" && e.slot === to.slot);
      if (imported?.k === "local" && imported.ambient === true) return describedValue(m, to.file, to.slot);
      return UNDEFINED;
    }
    case "namespace":
      return namespaceOf(m, to.file);
    case "commonjs": {
      const state = stateOf(m, to.file);
      initModule(m, to.file);
      const module = state.env.props.get("\0module") ?? UNDEFINED;
      const all = getNamed(m, module, "exports", { file: to.file.index, at: 0, end: 0, fn: 0 });
      if (to.name === undefined) return all;
      const site = { file: to.file.index, at: 0, end: 0, fn: 0 };
      if (to.name === "default") {
        // `import x from` a CommonJS module is its `module.exports`, unless it was compiled from ESM.
        for (const id of all.refs) if (m.heap.objects[id]?.props.has("__esModule")) return getNamed(m, all, "default", site);
        return all;
      }
      return getNamed(m, all, to.name, site);
    }
    case "external":
      return (
        providedValue(m, to.module, to.path, { file: m.frame.code.file.index, at: 0, end: 0, fn: 0 }) ??
        externalValue(m, to.module, to.path)
      );
    case "json":
      return jsonValue(m, to.path, to.name);
    case "unresolved":
      return externalValue(m, to.specifier, to.name === "*" || to.name === "=" ? [] : [to.name]);
    case "type":
      return UNDEFINED;
  }
}

/** A value that a declaration file only describes: its code is somewhere else, its type is there. */
function describedValue(m: Machine, file: LinkedFile, slot: string): Value {
  return declaredValue(m, file, describedModule(file), slot);
}

/** The module that what a file only describes is said to be of. */
export const describedModule = (file: LinkedFile): string => `./${file.name}`;

/** `import * as ns`: an object whose properties are the module's exports, as they are now. */
function namespaceOf(m: Machine, file: LinkedFile): Value {
  const ns = make(m, "object", `namespace ${file.index}`);
  for (const name of m.modules.exportNames(file)) {
    const to = m.modules.exportTarget(file, name);
    if (to !== undefined && to.k !== "type") setSlot(m.heap, ns, name, targetValue(m, to));
  }
  return ofRef(ns.id);
}

/** `import("m")` and `require("m")`. */
export function importModule(m: Machine, spec: Value, require: boolean, site: Site): Value {
  const name = exact(spec);
  if (typeof name !== "string") {
    const v = unknown(m, site);
    if (spec.labels.length > 0) m.blind("dynamic-code", site, "a module whose name is computed", spec.labels);
    let out = v;
    // A few exact names: any of them.
    for (const c of spec.consts) if (typeof c === "string") out = join(out, moduleValue(m, c, require, site));
    return require ? out : promiseOf(m, out, site);
  }
  const v = moduleValue(m, name, require, site);
  return require ? v : promiseOf(m, v, site);
}

function moduleValue(m: Machine, name: string, require: boolean, site: Site): Value {
  const to = m.modules.resolve(m.frame.code.file, name);
  switch (to.k) {
    case "file": {
      initModule(m, to.file);
      if (to.file.facts.format !== "cjs") return namespaceOf(m, to.file);
      const all = targetValue(m, { k: "commonjs", file: to.file });
      if (require) return all;
      const ns = make(m, "object", site);
      for (const id of all.refs) {
        const obj = m.heap.objects[id]!;
        for (const x of entries(m, obj, site).known) setSlot(m.heap, ns, x.name, x.value);
      }
      if (!ns.props.has("default")) setSlot(m.heap, ns, "default", all);
      return ofRef(ns.id);
    }
    case "external":
      return ofRef(external(m, to.module, []).id);
    case "json":
      return require ? jsonValue(m, to.path, "default") : jsonValue(m, to.path, "*");
    case "unresolved":
      m.blind("unresolved-import", site, `${to.specifier} cannot be found`, NO_LABELS);
      return ofRef(external(m, to.specifier, []).id);
  }
}

/** The contents of a JSON module. */
function jsonValue(m: Machine, path: string, name: string): Value {
  const key = `json ${path}`;
  let holder = m.externals.get(key);
  if (holder === undefined) {
    holder = lastingly(m.heap, () => readJson(m, path, key));
    m.externals.set(key, holder);
  }
  const all = holder.props.get("default") ?? UNDEFINED;
  return name === "default" || name === "="
    ? all
    : name === "*"
      ? ofRef(holder.id)
      : getNamed(m, all, name, { file: 0, at: 0, end: 0, fn: 0 });
}

function readJson(m: Machine, path: string, key: string): Obj {
  const holder = alloc(m.heap, "object", key);
  const text = m.readJson(path);
  holder.props.set("default", text === undefined ? unknown(m, key) : plain(m, text, key));
  return holder;
}

/** Plain data as an abstract value. */
export function plain(m: Machine, data: unknown, key: string): Value {
  if (typeof data === "string" || typeof data === "number" || typeof data === "boolean" || data === null || data === undefined)
    return ofConst(data);
  if (typeof data !== "object") return BOTTOM;
  const list = Array.isArray(data);
  const obj = alloc(m.heap, list ? "array" : "object", key);
  for (const [name, v] of Object.entries(data)) setSlot(m.heap, obj, name, plain(m, v, `${key}.${name}`));
  if (list) setSlot(m.heap, obj, S.length, ofConst(data.length));
  return ofRef(obj.id);
}
