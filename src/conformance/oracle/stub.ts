/** A package that is not installed: anything can be imported, called, constructed and read from it; sinks in it report. */
import type { Job } from "./job.js";
import type { Harness } from "./recorder.js";

/** The stand-in for the export `name`'s whole tree. A call gives a promise of another stand-in, so that it can be awaited or not. */
export function stubPackage(job: Job, harness: Harness, module: string): object {
  const sinks = job.sinks.filter((sink) => sink.locator.module === module);
  const at = (path: readonly string[]): object =>
    // A function as target, since only that makes a proxy callable and constructible.
    new Proxy(function stub() {}, {
      get: (_, key) => (typeof key === "symbol" || key === "then" || key === "toJSON" ? undefined : at([...path, key])),
      ownKeys: () => ["prototype"],
      construct: (_, args: unknown[]) => called(path, args),
      apply: (_, __, args: unknown[]) => called(path, args),
    });
  const called = (path: readonly string[], args: readonly unknown[]): object => {
    for (const sink of sinks) if (sameMember(path, sink.locator.path)) harness.outside(sink.id, args);
    return at(path);
  };
  return at([]);
}

/** The default export is the package's main class, whatever it was imported as; the manifest writes its own name. */
function sameMember(path: readonly string[], written: readonly string[]): boolean {
  return path.length === written.length && path.every((name, i) => name === written[i] || (i === 0 && name === "default"));
}
