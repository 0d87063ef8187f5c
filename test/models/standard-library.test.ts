/** What of the language's own library has no native, and why: the list fails when the library or the natives change. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { nativeLookup } from "../../src/trace/natives/registry.js";

/** Methods without a native: nothing can be read from what they give, or only by the fallback (what goes in is taken to come out). */
const CARRY_NOTHING = new Set([
  "supportedLocalesOf",
  "isLockFree",
  "notify",
  "wait",
  "waitAsync",
  "pause",
  "compile",
  "resize",
  "grow",
  "isError",
  "toTemporalInstant",
]);

/** Owners that are only types of something else, or are not followed. */
const NOT_FOLLOWED: Readonly<Record<string, string>> = {
  "type only":
    "ReadonlyMap ReadonlySet ReadonlySetLike ReadonlyArray ConcatArray PromiseLike PropertyDescriptor ProxyHandler IteratorObject",
  "another kind of object has its methods": "WeakMap WeakSet FinalizationRegistry AsyncGenerator AsyncIterator",
  "no value of anybody": "Locale",
  "what goes in is taken to come out": "Temporal Atomics DisposableStack AsyncDisposableStack",
  "not followed": "Segments",
};

const EXCUSED = new Set(Object.values(NOT_FOLLOWED).flatMap((names) => names.split(" ")));

/** Methods of a declaration file's interfaces, as `Owner.prototype.name` or, of constructors, `Owner.name`. */
function methodsOf(file: string): readonly (readonly string[])[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const out: string[][] = [];
  const visit = (statements: readonly ts.Statement[], within: readonly string[]): void => {
    for (const s of statements) {
      if (ts.isModuleDeclaration(s) && s.body !== undefined && ts.isModuleBlock(s.body)) visit(s.body.statements, [...within, s.name.text]);
      if (!ts.isInterfaceDeclaration(s)) continue;
      const owner = s.name.text.replace(/(?<=.)Constructor$/, "");
      const below = owner === s.name.text ? [owner, "prototype"] : [owner];
      for (const member of s.members)
        if (ts.isMethodSignature(member) && ts.isIdentifier(member.name)) out.push([...within, ...below, member.name.text]);
    }
  };
  visit(source.statements, []);
  return out;
}

it("every method of the language's library has a native, or a reason not to", () => {
  const folder = path.dirname(createRequire(import.meta.url).resolve("typescript"));
  const files = readdirSync(folder).filter((file) => /^lib\.es.*\.d\.ts$/.test(file));
  const natives = nativeLookup();
  const isKnown = (at: readonly string[]): boolean =>
    [at, at.filter((name) => name !== "prototype"), ["Object", "prototype", at.at(-1)!]].some(
      (p) => natives.find({ module: "global", path: p }) !== undefined,
    );
  const missing = files
    .flatMap((file) => methodsOf(path.join(folder, file)))
    .filter((at) => !CARRY_NOTHING.has(at.at(-1)!) && !at.some((name) => EXCUSED.has(name)) && !isKnown(at));
  expect([...new Set(missing.map((at) => at.join(".")))]).toEqual([]);
});
