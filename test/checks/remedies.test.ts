/** What a finding says would make it legal does: each remedy is followed in the rule's own program, and the finding is gone, with no new one. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/index.js";
import { FOLLOWED, type Edit } from "./followed.js";

const APPS = fileURLToPath(new URL("../../fixtures/checks/", import.meta.url));

/** Errors and warnings, and the notes of the app's own check, without the lines that are in them. */
function told(app: string, edits: readonly Edit[]): string[] {
  const root = mkdtempSync(path.join(tmpdir(), "purpose-lint-remedies-"));
  try {
    cpSync(path.join(APPS, app), root, { recursive: true });
    for (const { file, from, to } of edits) {
      const name = path.join(root, file);
      // A file that the remedy adds is empty before.
      const text = from === "" ? "" : readFileSync(name, "utf8");
      expect(text).toMatch(from);
      writeFileSync(
        name,
        text.replace(from, () => to),
      );
    }
    return analyze({ root })
      .findings.filter(({ rule, severity }) => severity !== "note" || rule === app)
      .map(({ message, remedies }) =>
        `${message} => ${remedies.map(({ text }) => text).join(" ")}`.replace(
          /(\w+\.\w+):\d+|(\w+)\[\d+\]|(which needs) only [^:]*/g,
          "$1$2$3",
        ),
      );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe("a remedy that is followed", () => {
  const first = new Map<string, string[]>();
  it.each(FOLLOWED.map(([app, finding, remedy, ...edits]) => ({ app, finding, remedy, edits })))("$app: $finding: $remedy", (row) => {
    const { app, finding, remedy, edits } = row;
    const before = first.get(app) ?? told(app, []);
    first.set(app, before);
    expect(before.filter((one) => one.includes(finding) && one.includes(remedy))).not.toEqual([]);
    const after = told(app, edits);
    expect(after.filter((one) => one.includes(finding))).toEqual([]);
    expect(after.length).toBeLessThan(before.length);
    expect(after.filter((one) => !before.includes(one))).toEqual([]);
  });
});
