/** What is approved must be lawful to approve, and still hold. */
import path from "node:path";
import type { ReadFile } from "../extends.js";
import type { Merged } from "../merge.js";
import type { PurposeHierarchy } from "../purposes.js";

/** Consent is for the purposes it was given for: Art. 6(4) leaves no room for compatibility there. */
export function checkConsentNotRescued({ compatibility }: Merged, hierarchy: PurposeHierarchy): void {
  for (const { value, entry } of compatibility) {
    if (hierarchy.inherited(value.from, "basis") !== "consent") continue;
    const message = `\`${value.from}\` rests on consent: what was collected on consent for one purpose cannot be assessed compatible with another (Art. 6(4))`;
    entry.fail("assessment-consent", entry.at("from"), message, `ask for consent to \`${value.to}\` as well, and remove the assessment`);
  }
}

/**
 * `anonymised` is a claim about the world (recital 26): nothing but evidence supports it, and evidence ages. Evidence that nobody can
 * read supports nothing: a document must be there. What an address leads to is not looked at.
 */
export function checkEvidence({ transforms }: Merged, readFile: ReadFile): void {
  for (const { value, entry } of transforms) {
    if (value.evidence !== undefined && !isAddress(value.evidence) && !isReadable(value.evidence, entry.context.folder, readFile)) {
      entry.fail(
        "evidence",
        entry.at("evidence"),
        `the evidence \`${value.evidence}\` cannot be read`,
        "correct the path, relative to the manifest, or write the address (`https://…`) where it is kept",
      );
    }
    if (value.yields !== "anonymised") continue;
    for (const key of ["evidence", "expires"] as const) {
      if (value[key] !== undefined) continue;
      const fix =
        key === "evidence"
          ? "add `evidence`, the document that shows it, or say `pseudonymised`"
          : "add `expires`, the day until which the evidence holds";
      entry.fail("evidence", entry.at("yields"), `\`anonymised\` needs ${key === "evidence" ? "evidence" : "evidence that expires"}`, fix);
    }
  }
}

/** `https://…`, `mailto:…`; one letter is a drive. */
function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(text);
}

/** A section of it may be named: `docs/review.md#k-anonymity`. */
function isReadable(document: string, folder: string, readFile: ReadFile): boolean {
  return [document, document.replace(/#.*$/, "")].some((file) => readFile(path.posix.resolve(folder, file)) !== undefined);
}

/**
 * What the manifest says has happened has not happened on a day that is yet to come. A notice may be announced: until that day, whatever acts on
 * its purpose is a finding.
 */
export function checkDays({ compatibility, fields }: Merged, today: string): void {
  for (const { value, entry } of compatibility)
    if (value.date > today)
      entry.fail(
        "date",
        entry.at("date"),
        `the assessment of \`${value.from}\` for \`${value.to}\` is dated ${value.date}, which is yet to come`,
        "write the day on which it was approved",
      );
  for (const { value, entry } of fields)
    if (value.since !== undefined && value.since > today)
      entry.fail(
        "date",
        entry.at("since"),
        `\`${value.id}\` is said to be collected since ${value.since}, which is yet to come`,
        "write the first day of its collection; before that day, leave the field out, and do not run what collects it",
      );
}
