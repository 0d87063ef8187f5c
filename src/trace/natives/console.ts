/** `new Console({ stdout, stderr })`: what it is told is written to these streams. The console of the process itself keeps nothing. */
import { objectsOf, setSlot } from "../domain/heap.js";
import { BOTTOM, ofRef, stringOf, truthiness, UNDEFINED, type Value } from "../domain/value.js";
import type { Native, NativeCall } from "../machine/machine.js";
import type { NativeModule, NativeTable } from "./index.js";
import { feed, isStream } from "./stream-core.js";
import { alike, argOf, constant, instance, labelsIn, methods, option, selves } from "./support.js";
import { allArgs } from "../machine/call.js";

const OUT = "\0stdout";
const ERR = "\0stderr";

/** `new Console(options)` or `new Console(stdout, stderr)`. */
const construct: Native = (call) => {
  const { m, site } = call;
  const given = argOf(call, 0);
  const direct = objectsOf(m.heap, given).some((o) => isStream(m, o, site));
  const out = direct ? given : option(call, given, "stdout");
  const err = direct ? argOf(call, 1) : option(call, given, "stderr");
  const made = instance(m, "console", "Console", site);
  setSlot(m.heap, made, OUT, out);
  // Without one of its own for errors, everything goes to the same stream.
  setSlot(m.heap, made, ERR, err.refs.length > 0 ? err : out);
  return ofRef(made.id);
};

function print(call: NativeCall, slot: string, values: readonly Value[]): Value {
  const text = stringOf(labelsIn(call.m, values));
  for (const self of selves(call))
    for (const to of objectsOf(call.m.heap, self.props.get(slot) ?? BOTTOM)) feed(call.m, to, text, call.site);
  return UNDEFINED;
}

const printing =
  (slot: string): Native =>
  (call) =>
    print(call, slot, allArgs(call.args));

/** `assert(value, …message)`: says its message when the value is not true. */
const assert: Native = (call) => {
  const held = call.args.list[0];
  if (held !== undefined && !truthiness(held).no) return UNDEFINED;
  return print(call, ERR, allArgs(call.args).slice(1));
};

const prototype: NativeTable = {
  ...alike(["log", "info", "debug", "dir", "dirxml", "table", "group", "groupCollapsed", "timeLog", "count"], printing(OUT)),
  ...alike(["error", "warn", "trace"], printing(ERR)),
  ...alike(["groupEnd", "time", "timeEnd", "countReset", "clear"], constant(UNDEFINED)),
  assert,
};

const table: NativeTable = { Console: construct, ...methods("Console", prototype) };

export const consoleClass: NativeModule = { modules: ["console"], natives: table };
/** `console.Console`. */
export const consoleOfConsole: NativeModule = {
  modules: ["global"],
  natives: Object.fromEntries(Object.entries(table).map(([k, v]) => [`console.${k}`, v])),
};
