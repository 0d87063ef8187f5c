/**
 * What the oracle reads from a case's manifest: field ids, sinks and ambient sources. It reads the YAML on its own, so that a
 * mistake in the analyser's loader cannot hide behind the same mistake here.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** `<module>:<export>.<member>` with the module as written. */
export interface WrittenLocator {
  readonly module: string;
  readonly path: readonly string[];
}

export interface SinkSpec {
  readonly id: string;
  readonly kind: "call" | "returns";
  readonly locator: WrittenLocator;
  /** `0.messages[*]`; absent: every argument. */
  readonly argument?: string;
  readonly when: Readonly<Record<string, unknown>>;
}

/** A source that no file declares (`global:currentUser`): the run makes it up. */
export interface AmbientSource {
  readonly kind: "returns" | "property";
  readonly field: string;
  readonly path: readonly string[];
}

export interface CaseSpec {
  readonly fields: readonly string[];
  readonly sinks: readonly SinkSpec[];
  readonly ambient: readonly AmbientSource[];
}

/** Reads a manifest. */
export function readSpec(file: string): CaseSpec {
  const yaml = record(parse(readFileSync(file, "utf8")));
  const sources = list(yaml["sources"]).map(record);
  return {
    fields: Object.keys(record(yaml["fields"])).sort(),
    sinks: list(yaml["sinks"]).map(record).flatMap(readSink),
    ambient: sources.flatMap((source): AmbientSource[] => {
      for (const kind of ["returns", "property"] as const) {
        const locator = source[kind] === undefined ? undefined : readLocator(text(source[kind]));
        if (locator?.module === "global") return [{ kind, field: text(source["field"]), path: locator.path }];
      }
      return [];
    }),
  };
}

function readSink(entry: Record<string, unknown>): SinkSpec[] {
  for (const kind of ["call", "returns"] as const) {
    if (entry[kind] === undefined) continue;
    const argument = entry["argument"] === undefined ? {} : { argument: text(entry["argument"]) };
    return [{ id: text(entry["id"]), kind, locator: readLocator(text(entry[kind])), ...argument, when: record(entry["when"]) }];
  }
  return [];
}

function readLocator(written: string): WrittenLocator {
  const colon = written.lastIndexOf(":");
  return { module: written.slice(0, colon), path: written.slice(colon + 1).split(".") };
}

/** The globs, absolute, that a relative locator stands for: from the manifest's folder, then from the case's. */
export function locatorGlobs(locator: WrittenLocator, manifest: string, folder: string): string[] {
  if (!locator.module.startsWith(".")) return [];
  return [path.dirname(manifest), folder].map((base) => path.join(base, locator.module).replaceAll("\\", "/"));
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** A scalar as written; an unquoted `0` is a number in YAML. */
function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? value.toString() : "";
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
