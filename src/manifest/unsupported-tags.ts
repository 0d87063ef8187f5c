/** Declarations in code, `@collects user.email` above a function: no version reads them yet, and silence would be taken for obedience. */
import type { ManifestProblem } from "./model.js";
import { STATUSES } from "./status.js";

interface SourceFile {
  /** Absolute, forward slashes. */
  readonly path: string;
  text(): string;
}

/** A comment, and in it a tag with what it declares. JSDoc has an `@yields` of its own, for generators: only one of a status is ours. */
const COMMENT = /\/\*\*(?:[^*]|\*(?!\/))*\*\//g;
const TAG = new RegExp(`@(?:(collects|trains)[ \\t]+[\\w.*-]+|(yields)[ \\t]+(?:${STATUSES.join("|")})\\b)`, "g");

/** One warning for all of them, at the first, in the order of the files. */
export function unsupportedTags(files: readonly SourceFile[]): ManifestProblem[] {
  const names = new Set<string>();
  let count = 0;
  let first: { readonly file: string; readonly text: string; readonly offset: number } | undefined;
  for (const file of files) {
    const text = file.text();
    if (!/@(?:collects|trains|yields)\b/.test(text)) continue;
    for (const comment of text.matchAll(COMMENT))
      for (const tag of comment[0].matchAll(TAG)) {
        count++;
        names.add(`\`@${tag[1] ?? tag[2] ?? ""}\``);
        first ??= { file: file.path, text, offset: comment.index + tag.index };
      }
  }
  if (first === undefined) return [];
  const before = first.text.slice(0, first.offset).split(/\r\n|\n|\r/);
  const others = count > 1 ? `, and ${count - 1} more like it` : "";
  return [
    {
      file: first.file,
      line: before.length,
      column: before.at(-1)!.length + 1,
      severity: "warning",
      code: "unsupported",
      message: `${[...names].sort().join(", ")} in a comment${others}: this version reads no declarations in code`,
      fix: "declare it under `sources`, `sinks` or `transforms` of the manifest until then",
    },
  ];
}
