/** A package that is not installed: anything can be imported, called, constructed and read from it; sinks in it report. */
import type { Job } from "./job.js";
import type { Harness } from "./recorder.js";

/** Of an id that a call gave: what the call was given. */
const ORIGIN = Symbol("origin");

/**
 * The stand-in for the export `name`'s whole tree. A call gives a promise of another stand-in, so that it can be awaited or not. An id that a
 * call gave (`file.id`) leads the package back to what the call was given; to everybody else it says nothing.
 */
export function stubPackage(job: Job, harness: Harness, module: string): object {
  const sinks = job.sinks.filter((sink) => sink.locator.module === module);
  const at = (path: readonly string[], given?: readonly unknown[], isId = false): object =>
    // A function as target, since only that makes a proxy callable and constructible.
    new Proxy(function stub() {}, {
      get: (_, key) => {
        if (key === ORIGIN) return isId ? given : undefined;
        return typeof key === "symbol" || key === "then" || key === "toJSON" ? undefined : at([...path, key], given, key === "id");
      },
      ownKeys: () => ["prototype"],
      construct: (_, args: unknown[]) => called(path, args, undefined),
      apply: (_, __, args: unknown[]) => called(path, args, args),
    });
  const called = (path: readonly string[], args: readonly unknown[], given: readonly unknown[] | undefined): object => {
    for (const sink of sinks) if (sameMember(path, sink.locator.path)) harness.outside(sink.id, args.map(ledBack));
    return at(path, given);
  };
  return at([]);
}

/** The same with what ids in it lead back to, in place of them. */
function ledBack(value: unknown): unknown {
  if (typeof value === "function") return (Reflect.get(value, ORIGIN) as readonly unknown[] | undefined)?.map(ledBack) ?? value;
  if (Array.isArray(value)) return value.map(ledBack);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const parts = Object.getOwnPropertyDescriptors(value) as Record<string | symbol, PropertyDescriptor>;
  for (const name of Reflect.ownKeys(parts)) {
    const part = parts[name]!;
    if ("value" in part) parts[name] = { ...part, value: ledBack(part.value) };
  }
  return Object.create(Object.prototype, parts);
}

/** The default export is the package's main class, whatever it was imported as; the manifest writes its own name. */
function sameMember(path: readonly string[], written: readonly string[]): boolean {
  return path.length === written.length && path.every((name, i) => name === written[i] || (i === 0 && name === "default"));
}
