/**
 * Things that Node and the language give under several names: `globalThis.fetch` is `fetch`, `fs.promises` is all of `fs/promises`,
 * `buffer.Buffer` is the global `Buffer`. A test holds the lists against the Node that runs it.
 */
import type { ExternalData } from "./machine.js";

/** Names of the global object. */
export const GLOBAL_OBJECT: ReadonlySet<string> = new Set(["globalThis", "window", "self", "global"]);

/** Exports of a module that are all of another. */
export const MODULES_WITHIN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  assert: { strict: "assert/strict" },
  dns: { promises: "dns/promises" },
  fs: { promises: "fs/promises" },
  path: { posix: "path/posix", win32: "path/win32" },
  readline: { promises: "readline/promises" },
  stream: { promises: "stream/promises" },
  timers: { promises: "timers/promises" },
  util: { types: "util/types" },
};

/** Modules that are a global. */
export const GLOBAL_MODULES: Readonly<Record<string, string>> = { console: "console", process: "process" };

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Exports of a module that are the globals of the same names. */
export const GLOBALS_WITHIN: Readonly<Record<string, ReadonlySet<string>>> = {
  buffer: words("Buffer Blob File atob btoa"),
  perf_hooks: words("performance PerformanceObserver"),
  "stream/web": words(
    "ReadableStream ReadableStreamDefaultReader WritableStream WritableStreamDefaultWriter TransformStream TextEncoderStream TextDecoderStream CompressionStream DecompressionStream",
  ),
  timers: words("setTimeout clearTimeout setImmediate clearImmediate setInterval clearInterval"),
  url: words("URL URLSearchParams"),
  util: words("TextEncoder TextDecoder"),
  worker_threads: words("MessagePort MessageChannel BroadcastChannel"),
};

/** The one name of what a name stands for. */
export function canonical(name: ExternalData): ExternalData {
  const { module, path } = name;
  const [first = "", ...rest] = path;
  if (module === "global") return GLOBAL_OBJECT.has(first) && rest.length > 0 ? canonical({ module, path: rest }) : name;
  if (first === "default" && isBuiltin(module)) return canonical({ module, path: rest });
  const global = own(GLOBAL_MODULES, module);
  if (global !== undefined) return { module: "global", path: [global, ...path] };
  if (own(GLOBALS_WITHIN, module)?.has(first) === true) return { module: "global", path };
  const within = own(own(MODULES_WITHIN, module) ?? {}, first);
  return within === undefined ? name : { module: within, path: rest };
}

/** Is it one of the modules that this file is about? */
const isBuiltin = (module: string): boolean =>
  [GLOBAL_MODULES, GLOBALS_WITHIN, MODULES_WITHIN].some((table) => own<unknown>(table, module) !== undefined);

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);
