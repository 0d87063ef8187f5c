/**
 * `ix`: iterables, asynchronous and not, with operators. They run when they are piped; what the callbacks of asynchronous ones promise
 * is waited for.
 */
import { objectsOf } from "../../domain/heap.js";
import { UNDEFINED } from "../../domain/value.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import type { NativeModule, NativeTable } from "../index.js";
import { isStream, pipe as pipeStream } from "../stream-core.js";
import { alike, argOf, methods } from "../support.js";
import { ASYNC, functions, streamOf, SYNC, TERMINALS } from "./ix-functions.js";
import { OPERATORS } from "./ix-operators.js";
import { deliver, type Dialect } from "./observable.js";
import { piped, through } from "./operation.js";
import { operatorTable } from "./sequence-operators.js";

const DIALECTS = [ASYNC, SYNC];

/** `pipe(…)`: operators, or a stream to write to. */
const pipe =
  (dialect: Dialect): Native =>
  (call) => {
    const { m, site } = call;
    const to = argOf(call, 0);
    if (!objectsOf(m.heap, to).some((o) => isStream(m, o, site))) return piped(call, call.self);
    pipeStream(m, streamOf(call, dialect, call.self, "Readable", site), to, call.self.via, site);
    return to;
  };

/** Sequences have their operators as methods too, where `ix/add/…` is imported. */
const members = (d: Dialect): NativeTable => ({
  ...Object.fromEntries(
    Object.entries(OPERATORS).map(([name, maker]) => [
      name,
      (call: NativeCall) => through(call.m, d, maker(call, d), call.self, call.site),
    ]),
  ),
  ...Object.fromEntries(
    [...TERMINALS, "toSet", "toMap", "forEach", "toNodeStream"].map((name) => [
      name,
      (call: NativeCall) => TABLES[d.owner]![name]!({ ...call, args: { list: [call.self, ...call.args.list], rest: call.args.rest } }),
    ]),
  ),
  pipe: pipe(d),
  ...alike(["@@iterator", "@@asyncIterator"], (call) => call.self),
});

const TABLES: Readonly<Record<string, NativeTable>> = Object.fromEntries(DIALECTS.map((d) => [d.owner, functions(d)]));
const OPERATOR_TABLES: Readonly<Record<string, NativeTable>> = Object.fromEntries(
  DIALECTS.map((d) => [d.owner, operatorTable(OPERATORS, d)]),
);

const instances: NativeTable = {
  ...methods(ASYNC.owner, members(ASYNC)),
  ...methods(SYNC.owner, members(SYNC)),
  ...methods("AsyncSink", {
    ...members(ASYNC),
    write: (call) => {
      deliver(call.m, call.self, argOf(call, 0), call.site);
      return UNDEFINED;
    },
    ...alike(["end", "error"], () => UNDEFINED),
  }),
};

const PATH =
  /^(?:ix|@reactivex\/ix-[\w-]+)(?:\/(?:Ix)?(?:\.(?:node|dom))?)?(?:[/.]?(asynciterable|iterable))?([/.]operators)?(?:\/[\w/.-]+)?$/;

/** `ix/asynciterable`, `ix/asynciterable/operators`, `ix/asynciterable/tonodestream`, `ix/Ix.asynciterable` …: all are one library. */
const match: NonNullable<NativeModule["match"]> = (module, path) => {
  const found = PATH.exec(module);
  if (found === null) return undefined;
  const names = path[0] === "default" ? path.slice(1) : [...path];
  let kind = found[1];
  if (names[0] === "AsyncIterable" || names[0] === "Iterable" || names[0] === "AsyncIterableX" || names[0] === "IterableX") {
    kind = names.shift()!.startsWith("Async") ? "asynciterable" : "iterable";
  }
  const owner = kind === "iterable" ? SYNC.owner : ASYNC.owner;
  const table = found[2] === undefined ? TABLES[owner]! : OPERATOR_TABLES[owner]!;
  return names.length === 1 ? table[names[0]!] : undefined;
};

export const ix: readonly NativeModule[] = [
  { modules: ["ix"], natives: instances },
  { modules: ["*"], natives: {}, match },
];
