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

/** Nothing was assessed on a day that is yet to come. */
export function checkAssessed({ compatibility }: Merged, today: string): void {
  for (const { value, entry } of compatibility)
    if (value.date > today)
      entry.fail(
        "date",
        entry.at("date"),
        `the assessment of \`${value.from}\` for \`${value.to}\` is dated ${value.date}, which is yet to come`,
        "write the day on which it was approved",
      );
}

/** `today` is the last day on which what expires that day holds. */
export function checkExpiry({ compatibility, exceptions, transforms }: Merged, today: string): void {
  const expired = ({ value, entry }: Merged["compatibility" | "exceptions" | "transforms"][number], what: string, fix: string): void => {
    const { expires } = value;
    if (expires !== undefined && expires < today) entry.fail("expired", entry.at("expires"), `${what} expired on ${expires}`, fix);
  };
  for (const one of compatibility) {
    expired(
      one,
      `the assessment of \`${one.value.from}\` for \`${one.value.to}\``,
      `let ${one.value.approver} assess it anew, or remove it`,
    );
  }
  for (const one of exceptions) {
    expired(
      one,
      `the exception for \`${one.value.finding}\``,
      `let ${one.value.approver} approve it anew, or resolve the finding and remove it`,
    );
  }
  for (const one of transforms)
    expired(one, `the evidence for \`${one.value.locator.text}\``, "review the transform anew, or say `pseudonymised`");
}
