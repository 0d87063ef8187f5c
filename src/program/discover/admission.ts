/** Which files are the project's own: no dependencies, declarations, build outputs, dot folders, bundles, nor huge files. */
import { fileProblem } from "../problems.js";
import type { FileSystem } from "../fs/file-system.js";
import { dirname, isWithin, relative } from "../fs/paths.js";
import { isScriptName, isSourceName } from "../fs/source-file-name.js";
import type { InputProblem, LeftOut } from "../project.js";
import type { Config } from "./configs.js";
import { isForeign } from "./tree.js";

/** Larger than any file that a person wrote; the compiler and we would spend seconds on it. */
const MAX_BYTES = 2_000_000;
/** A line of source is rarely longer than 200; minified bundles are one line, or a few. */
const BUNDLE_LINE = 500;
/** Below this, a long line is a short script, not a bundle. */
const BUNDLE_LENGTH = 2_000;

export interface Admission {
  /** May this path be one of the project's files? Says so in `problems` when its size alone forbids it. */
  readonly admits: (file: string) => boolean;
  /** The project's own files that cannot be analysed, found so far. */
  readonly leftOut: readonly LeftOut[];
  /** Is the path in a folder that a compiler writes into? */
  readonly isOutput: (file: string) => boolean;
}

export function admission(root: string, configs: readonly Config[], fs: FileSystem, problems: InputProblem[]): Admission {
  const outputs = [...new Set(configs.flatMap((config) => config.outputs))];
  const outputFolders = new Map<string, boolean>();
  const foreignFolders = new Map<string, boolean>();
  const verdicts = new Map<string, boolean>();
  const leftOut: LeftOut[] = [];
  const leave = (path: string, reason: string, fix: string): false => {
    problems.push(fileProblem(path, "warning", reason, fix));
    leftOut.push({ path, reason });
    return false;
  };

  const isOutput = (file: string): boolean => remember(outputFolders, dirname(file), () => outputs.some((out) => isWithin(out, file)));
  const isElsewhere = (file: string): boolean => remember(foreignFolders, dirname(file), () => isForeign(relative(root, file)));

  const judge = (file: string): boolean => {
    if (!isSourceName(file) || isOutput(file) || isElsewhere(file)) return false;
    const size = fs.size(file);
    if (size === undefined) return false;
    if (size > MAX_BYTES) {
      const megabytes = (size / 1_000_000).toFixed(1);
      return leave(file, `this file is ${megabytes} MB and was left out: the limit is 2 MB`, "split it, or exclude it in the tsconfig");
    }
    const text = fs.read(file);
    if (text === undefined) return leave(file, "this file can't be read and was left out", "check its permissions");
    return !(isScriptName(file) && isBundle(text));
  };
  return { isOutput, leftOut, admits: (file) => remember(verdicts, file, () => judge(file)) };
}

/** A minified bundle: its lines are longer, on average, than anybody writes. */
export function isBundle(text: string): boolean {
  if (text.length < BUNDLE_LENGTH) return false;
  const most = text.length / BUNDLE_LINE;
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) if (++lines >= most) return false;
  return true;
}

function remember<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}
