/** The manifest that a linted file is held against; what keeps files from being checked is told at a file's start, once for all rules. */
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import path from "node:path";
import { MANIFEST_NAME, nearestManifest } from "../../src/manifest-file.js";
import type { Manifest, ManifestPlace, ManifestProblem } from "../../src/manifest/model.js";
import { escapeLine } from "../../src/report/escape.js";
import { isHome } from "./home.js";
import { cachedManifest } from "./manifest-cache.js";
import type { MessageId } from "./messages.js";
import { configuredManifest, type Options, type RuleOptions } from "./options.js";

export type Context = Readonly<RuleContext<MessageId, RuleOptions>>;

/** Where it was told that there is no manifest, by ESLint's folder. */
const missing = new Map<string, object>();

/** Files on which it was already said, in this pass, that nothing can be checked: one message will do for all rules. */
const told = new WeakSet<object>();

export interface InForce {
  readonly manifest: Manifest;
  /** What decides what has expired. */
  readonly today: string;
}

/** Undefined when there is none, or a wrong one, which is told unless `quiet`. */
export function manifestOf(context: Context, options: Options, quiet = false): InForce | undefined {
  const file = configuredManifest(options, context.settings, context.cwd) ?? nearestManifest(path.dirname(context.filename));
  if (file === undefined) {
    if (quiet) return undefined;
    if (missing.get(context.cwd) === undefined) missing.set(context.cwd, {});
    if (!isHome(missing.get(context.cwd)!, context.filename)) return undefined;
    tellSetup(
      context,
      `There is no ${MANIFEST_NAME} in the folder of this file or above it. Create one, or name it in \`settings.purpose.manifest\``,
    );
    return undefined;
  }
  const today = new Date().toISOString().slice(0, 10);
  const loaded = cachedManifest(file, today);
  const { manifest, problems } = loaded;
  const errors = problems.filter(({ severity }) => severity === "error");
  if (manifest !== undefined && errors.length === 0) return { manifest, today };
  if (!quiet && isHome(loaded, context.filename)) tellSetup(context, errorText(file, errors, context.cwd));
  return undefined;
}

export function tellSetup(context: Context, text: string): void {
  if (told.has(context.sourceCode)) return;
  told.add(context.sourceCode);
  tell(context, text);
}

/** What is about no place in the file stands at its start. */
export function tell(context: Context, text: string): void {
  context.report({ loc: { line: 1, column: 0 }, messageId: "setup", data: { text: `${escapeLine(text).replace(/\.$/, "")}.` } });
}

interface Told extends ManifestPlace {
  readonly message: string;
  readonly fix?: string | null;
}

/** `purpose.yaml:6:30 unknown purpose … did you mean …`, relative to ESLint's folder. */
export function problemText({ file, line, column, message, fix }: Told, cwd: string): string {
  const way = fix == null ? "" : `. ${fix.replace(/\.$/, "")}`;
  return `${shown(file, cwd)}:${line}:${column} ${message.replace(/\.$/, "")}${way}`;
}

/** The first thing that is wrong with the manifest, where it is wrong. */
function errorText(file: string, errors: readonly ManifestProblem[], cwd: string): string {
  const [first] = errors;
  if (first === undefined) return `The manifest ${shown(file, cwd)} cannot be read`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more in the manifest)` : "";
  return `The manifest is wrong, so nothing was checked: ${problemText(first, cwd)}${more}`;
}

/** A file, relative to ESLint's folder. */
export const shown = (absolute: string, cwd: string): string => path.relative(cwd, absolute).replaceAll("\\", "/");
