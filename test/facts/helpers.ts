import ts from "typescript";
import { parseFacts } from "../../src/facts/extract.js";
import type { FileFacts, Stmt } from "../../src/facts/ir.js";
import { printFacts, printStmt } from "../../src/facts/print.js";

export function facts(code: string, path = "a.ts"): FileFacts {
  return parseFacts(path, code, ts);
}

/** The top level's statements, printed. */
export function top(code: string, path?: string): string[] {
  return (facts(code, path).functions[0]?.body ?? []).map((s: Stmt) => printStmt(s));
}

/** All of a file, printed, a line an item. */
export function lines(code: string, path?: string): string[] {
  return printFacts(facts(code, path)).split("\n");
}

/** A value without its positions. */
export function bare(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, v: unknown) => (key === "at" || key === "end" ? undefined : v)));
}
