/** What the YAML parser says, in words about manifests. */
import type { YAMLError } from "yaml";
import type { Report } from "../problems.js";
import type { Position } from "./tree.js";

export function syntaxProblem(error: YAMLError, at: Position, source: string, report: Report): void {
  const [message, fix] = words(error, source);
  report("yaml", at, message, fix);
}

function words(error: YAMLError, source: string): readonly [message: string, fix: string] {
  const [from, to] = error.pos;
  if (error.code === "TAB_AS_INDENT" || source.slice(from, Math.max(to, from + 1)).startsWith("\t")) {
    return ["the line is indented with a tab", "indent with spaces: YAML allows no tabs there"];
  }
  switch (error.code) {
    case "BAD_ALIAS":
      return [plainly(error), "quote a text that begins with `*` or `&`"];
    case "BAD_INDENT":
      return [plainly(error), "align the keys of one map; indent what belongs to a key more than the key"];
    case "MISSING_CHAR":
    case "UNEXPECTED_TOKEN":
      return [plainly(error), "close every bracket and quote; quote a text that holds one of `{ } [ ] , # :`"];
    case "BAD_SCALAR_START":
    case "MULTILINE_IMPLICIT_KEY":
    case "BLOCK_AS_IMPLICIT_KEY":
      return [plainly(error), "quote the text, or put the key and its value on lines of their own"];
    case "TAG_RESOLVE_FAILED":
      return [plainly(error), "remove the tag: a manifest is plain text, numbers, lists and maps"];
    default:
      return [plainly(error), "correct the YAML here"];
  }
}

function plainly(error: YAMLError): string {
  return `this is not YAML: ${error.message.split("\n")[0]}`;
}
