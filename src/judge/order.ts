/** Comparisons by code unit: the same on every machine, unlike `localeCompare`. */
import type { Place } from "../trace/result.js";

export function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function comparePlaces(a: Place, b: Place): number {
  return (
    compare(a.file, b.file) ||
    compare(a.line, b.line) ||
    compare(a.column, b.column) ||
    compare(a.endLine, b.endLine) ||
    compare(a.endColumn, b.endColumn)
  );
}
