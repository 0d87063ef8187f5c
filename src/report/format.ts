/** The formats there are. A new one is one mapper, one line here, and its section in `docs/cli.md`. */
import { toJson } from "./json.js";
import { toPretty, type PrettyOptions } from "./pretty.js";
import { toSarif } from "./sarif.js";
import type { Report } from "./schema.js";

export const FORMATS = ["pretty", "json", "sarif"] as const;

export type Format = (typeof FORMATS)[number];

/** `options` are those of `pretty`; formats for machines look the same everywhere. */
export function format(report: Report, as: Format, options: PrettyOptions): string {
  switch (as) {
    case "pretty":
      return toPretty(report, options);
    case "json":
      return toJson(report);
    case "sarif":
      return toSarif(report);
  }
}
