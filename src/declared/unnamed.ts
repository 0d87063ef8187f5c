/** Tags of ours that stand where no locator can name what they are about: told, for silence would be taken for obedience. */
import type { ManifestPlace, ManifestProblem } from "../manifest/model.js";
import { STATUSES } from "../manifest/status.js";

/** A comment, and in it a tag with what it declares. JSDoc has an `@yields` of its own, for generators: only one of a status is ours. */
const COMMENT = /\/\*\*(?:[^*]|\*(?!\/))*\*\//g;
const TAG = new RegExp(`@(?:(collects|trains)[ \\t]+[\\w.*-]+|(yields)[ \\t]+(?:${STATUSES.join("|")})\\b)`, "g");

/** One problem for each tag of the text that is not among the `read` ones, which are given by their offsets. */
export function unnamedTags(text: string, read: ReadonlySet<number>, placeOf: (offset: number) => ManifestPlace): ManifestProblem[] {
  if (!/@(?:collects|trains|yields)\b/.test(text)) return [];
  const problems: ManifestProblem[] = [];
  for (const comment of text.matchAll(COMMENT))
    for (const tag of comment[0].matchAll(TAG)) {
      const at = comment.index + tag.index;
      if (read.has(at)) continue;
      problems.push({
        ...placeOf(at),
        severity: "warning",
        code: "unsupported",
        message: `\`@${tag[1] ?? tag[2] ?? ""}\` stands at nothing that has a name outside: it declares nothing`,
        fix: "put it above a function, method, parameter or property of the file's top level, or declare it in the manifest",
      });
    }
  return problems;
}
