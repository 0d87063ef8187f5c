/** JSON values read from files that anybody may have written: everything is `unknown` until looked at. */
import type ts from "typescript";
import { problemAt, type Ts } from "../problems.js";
import type { FileSystem } from "../fs/file-system.js";
import type { InputProblem } from "../project.js";

export type Json = { readonly [key: string]: unknown };

export const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((v): v is string => typeof v === "string") : [];

/** The object in a JSON file (comments allowed); undefined when there is none, with a warning into `problems` when it is not JSON. */
export function readJson(file: string, fs: FileSystem, ts: Ts, problems?: InputProblem[]): Json | undefined {
  const text = fs.read(file);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    // Slower, and says where.
  }
  const parsed: { readonly config?: unknown; readonly error?: ts.Diagnostic } = ts.parseConfigFileTextToJson(file, text);
  const { config, error } = parsed;
  if (error !== undefined && problems !== undefined) {
    const json = ts.parseJsonText(file, text);
    problems.push(
      problemAt(json, error.start ?? 0, "warning", ts.flattenDiagnosticMessageText(error.messageText, " "), "correct the JSON"),
    );
  }
  return isJson(config) ? config : undefined;
}
