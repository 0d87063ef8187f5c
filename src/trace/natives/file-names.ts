/**
 * Names of files: who lists a directory is given the names that files were made under. Only those that spell out a declared field are kept;
 * which directory they are in is not known, since their path is no exact text.
 */
import type { Site } from "../domain/labels.js";
import { joinSlot, objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, isBottom, join, NULL, ofConst, ofRef, stringOf, type Value } from "../domain/value.js";
import { allLabels } from "../machine/deep.js";
import { forkAll } from "../machine/fork.js";
import { hop, type Machine, type NativeCall } from "../machine/machine.js";
import { throwValue } from "../machine/throw.js";
import { readPlace, writePlace } from "../stores/places.js";
import { newError } from "./errors.js";
import { spot } from "./items.js";
import { external } from "../machine/external.js";
import { callWith, record } from "./support.js";

const NAMES = "file names";

/** A file or directory comes to be under this path. */
export function noteName(m: Machine, path: Value, site: Site): void {
  const labels = allLabels(m, path);
  if (labels.length > 0) writePlace(m, NAMES, stringOf(labels), site);
}

/** A name in some directory. */
export function someName(m: Machine, site: Site): Value {
  const made = readPlace(m, NAMES, site);
  return isBottom(made) ? ANY_STRING : join(ANY_STRING, made);
}

/** An entry of a directory, as `withFileTypes` gives it. */
export function entryOfDirectory(m: Machine, site: Site): Value {
  const name = someName(m, site);
  const entry = record(m, { name, path: name, parentPath: name }, spot(site, "entry"));
  for (const obj of objectsOf(m.heap, entry)) setSlot(m.heap, obj, S.proto, ofRef(external(m, "fs", ["Dirent"]).id));
  return entry;
}

/** The error of an operation on a path that spells out a field: it may not be there, and the error says which. Bottom for other paths. */
export function errorOfPath(m: Machine, path: Value, site: Site): Value {
  const labels = hop(m, stringOf(allLabels(m, path)), "call", site).labels;
  if (labels.length === 0) return BOTTOM;
  const error = newError(m, "Error", stringOf(labels), site);
  for (const obj of objectsOf(m.heap, error)) {
    setSlot(m.heap, obj, "path", stringOf(labels));
    setSlot(m.heap, obj, "code", ofConst("ENOENT"));
  }
  return error;
}

/** How an operation fails: by an exception, by a rejected promise, or by what its callback gets first. */
export interface Failing {
  now(call: NativeCall, path: Value, run: () => Value): Value;
  promised(call: NativeCall, path: Value, promise: Value): Value;
  called(call: NativeCall, path: Value, callback: Value, result: Value): void;
}

export const failing: Failing = {
  now: ({ m, site }, path, run) => {
    const error = errorOfPath(m, path, site);
    if (isBottom(error)) return run();
    const fails = (): Value => {
      throwValue(m, error);
      return BOTTOM;
    };
    return forkAll(m, [run, fails]);
  },
  promised: ({ m, site }, path, promise) => {
    const error = errorOfPath(m, path, site);
    if (!isBottom(error)) for (const p of objectsOf(m.heap, promise)) joinSlot(m.heap, p, S.reason, error);
    return promise;
  },
  called: ({ m, site }, path, callback, result) => {
    const error = errorOfPath(m, path, site);
    callWith(m, callback, [isBottom(error) ? NULL : join(NULL, error), result], site);
  },
};
