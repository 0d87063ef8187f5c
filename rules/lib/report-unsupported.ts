/** What a manifest asks for and no check enforces: told in the first file that is linted under it, not in each. */
import type { RuleListener } from "@typescript-eslint/utils/ts-eslint";
import { RULE_IDS } from "../../src/judge/finding.js";
import type { Manifest } from "../../src/manifest/model.js";
import { unsupportedChecks } from "../../src/manifest/unsupported.js";
import { manifestOf, problemText, tell, type Context } from "./manifest-of.js";
import type { Options } from "./options.js";

/** The file in which it is told; told there again when it is linted again, as an editor does on each keystroke. */
const toldIn = new WeakMap<Manifest, string>();

export function reportUnsupported(context: Context, options: Options): RuleListener {
  return {
    "Program:exit"(): void {
      const manifest = manifestOf(context, options)?.manifest;
      if (manifest === undefined || (toldIn.get(manifest) ?? context.filename) !== context.filename) return;
      toldIn.set(manifest, context.filename);
      for (const problem of unsupportedChecks(manifest, new Set(RULE_IDS))) tell(context, problemText(problem, context.cwd));
    },
  };
}
