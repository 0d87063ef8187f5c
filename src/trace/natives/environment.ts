/** The process around the program: its console keeps nothing, its environment holds nothing of anybody. */
import { ANY_NUMBER, ANY_STRING, ofConst, TRUE, UNDEFINED } from "../domain/value.js";
import type { Obj } from "../domain/heap.js";
import { external } from "../machine/external.js";
import type { Machine } from "../machine/machine.js";
import { newError } from "./errors.js";
import { emit, listen, registerJob } from "./events.js";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { alike, argOf, asText, constant, listOf, record } from "./support.js";

const CONSOLE = [
  "log",
  "info",
  "warn",
  "error",
  "debug",
  "trace",
  "dir",
  "dirxml",
  "table",
  "group",
  "groupCollapsed",
  "groupEnd",
  "time",
  "timeEnd",
  "timeLog",
  "assert",
  "count",
  "countReset",
  "clear",
];

const prefixed = (prefix: string, table: NativeTable): NativeTable =>
  Object.fromEntries(Object.entries(table).map(([k, v]) => [`${prefix}${k}`, v]));

/** What keeps the listeners of the process. */
const processOf = (m: Machine): Obj => external(m, "global", ["process"]);

const process: NativeTable = {
  cwd: constant(ofConst(".")),
  exit: (call) => {
    call.m.alive = false;
    return UNDEFINED;
  },
  ...alike(["hrtime", "hrtime.bigint", "uptime"], constant(ANY_NUMBER)),
  memoryUsage: (call) => record(call.m, { rss: ANY_NUMBER, heapUsed: ANY_NUMBER }, spot(call.site, "memory")),
  ...alike(["stdout.write", "stderr.write"], constant(TRUE)),
  ...alike(["chdir", "abort", "kill"], constant(UNDEFINED)),
  // What the program warns of itself is heard by its listeners; all else that they hear comes from outside.
  emitWarning: (call) => {
    const { m, site } = call;
    const given = argOf(call, 0);
    const warning = given.refs.length > 0 ? given : newError(m, "Error", asText(m, given, site), site);
    emit(m, processOf(m), ofConst("warning"), { list: [warning], rest: null }, site);
    return UNDEFINED;
  },
  ...alike(["on", "once", "addListener"], (call) => {
    listen(call.m, [processOf(call.m)], argOf(call, 0), argOf(call, 1));
    registerJob(call, argOf(call, 1));
    return call.self;
  }),
  ...alike(["off", "removeListener", "removeAllListeners"], (call) => call.self),
};

export const environment: NativeModule = {
  modules: ["global"],
  natives: { ...prefixed("console.", alike(CONSOLE, constant(UNDEFINED))), ...prefixed("process.", process) },
};

export const processModule: NativeModule = { modules: ["process"], natives: process };
export const consoleModule: NativeModule = { modules: ["console"], natives: alike(CONSOLE, constant(UNDEFINED)) };

/** `os`: places have fixed names, so that files in them can be told apart; everything else is open. */
export const os: NativeModule = {
  modules: ["os"],
  natives: {
    tmpdir: constant(ofConst("/tmp")),
    homedir: constant(ofConst("/home")),
    ...alike(["hostname", "platform", "arch", "type", "release", "version", "machine"], constant(ANY_STRING)),
    ...alike(["uptime", "totalmem", "freemem", "availableParallelism", "getPriority"], constant(ANY_NUMBER)),
    cpus: (call) =>
      listOf(call.m, record(call.m, { model: ANY_STRING, speed: ANY_NUMBER }, spot(call.site, "cpu")), spot(call.site, "cpus")),
    loadavg: (call) => listOf(call.m, ANY_NUMBER, spot(call.site, "load")),
    userInfo: (call) => record(call.m, { username: ANY_STRING, homedir: ofConst("/home") }, spot(call.site, "user")),
  },
};
