/** What the notice tells people: every purpose's wording (Art. 13, 14), and before data is collected for it. */
import type { ReadFile } from "../extends.js";
import type { Merged } from "../merge.js";
import type { PurposeHierarchy } from "../purposes.js";

/** Every purpose's wording must occur in the notice's text. White space is one space: texts are wrapped. */
export function checkNoticeWording({ notice, purposes }: Merged, readFile: ReadFile): void {
  const file = notice?.value.file;
  if (notice === undefined || file === undefined) return;
  const text = readFile(file);
  if (text === undefined) {
    notice.entry.fail(
      "unreadable",
      notice.entry.at("file"),
      `the notice \`${notice.entry.text("file") ?? file}\` cannot be read`,
      "correct the path, relative to the manifest, or remove `file`",
    );
    return;
  }
  const spaced = oneSpace(text);
  for (const { value, entry } of purposes) {
    if (value.notice === undefined || spaced.includes(oneSpace(value.notice))) continue;
    const fix = "say it in the notice in these words, or write here how the notice says it";
    entry.fail(
      "notice-wording",
      entry.at("notice"),
      `the notice does not say \`${oneSpace(value.notice)}\`, the wording of \`${value.id}\``,
      fix,
    );
  }
}

function oneSpace(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** A field collected before its purpose was disclosed was not collected for it. */
export function checkDisclosure({ fields }: Merged, hierarchy: PurposeHierarchy): void {
  for (const { value, entry } of fields) {
    const { since } = value;
    if (since === undefined) continue;
    for (const purpose of value.purposes) {
      const disclosed = hierarchy.inherited(purpose, "disclosedSince");
      if (disclosed === undefined || since >= disclosed) continue;
      const message = `\`${value.id}\` is collected for \`${purpose}\` since ${since}, and the notice says so only since ${disclosed}`;
      entry.fail(
        "undisclosed",
        entry.at("since"),
        message,
        `take \`${purpose}\` out of \`for\`, or keep what was collected before apart under a field of its own`,
      );
    }
  }
}
