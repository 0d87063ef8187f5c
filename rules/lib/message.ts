/** What a finding says in one paragraph. ESLint has no related locations, so the path is told in the text. */
import type { ReportFinding, ReportHop, ReportPlace } from "../../src/report/schema.js";

/** More hops than this are shortened in the middle; the report has them all. */
const MOST_PLACES = 5;

/** `user.email … reaches fine-tune-upload …. Path: src/chat.ts:12 → src/store.ts:40 → here. GDPR Art. 5(1)(b). To make it legal: …` */
export function findingText(finding: ReportFinding): string {
  const path = shortPath(finding.path, finding.location);
  const sentences = [finding.message, path === "" ? "" : `Path: ${path}`, finding.article, remedyText(finding), fingerprintText(finding)];
  return sentences
    .filter((sentence) => sentence !== "")
    .map(sentence)
    .join(" ");
}

/** What an exception names it by. Nothing where there can be none: drift stops everything, and nobody can approve not looking. */
function fingerprintText({ rule, severity, fingerprint }: ReportFinding): string {
  return rule === "manifest" && severity === "error" ? "" : `Fingerprint: ${fingerprint}`;
}

/**
 * `src/routes/chat.ts:12 → src/store.ts:40 → here`, relative to the manifest's folder, as in every report: packages have files of the same
 * name. Nothing when there is nothing before the place itself.
 */
function shortPath(path: readonly ReportHop[], here: ReportPlace): string {
  const names: string[] = [];
  for (const hop of path) {
    const name = hop.file === here.file && hop.line === here.line ? "here" : `${hop.file}:${hop.line}`;
    if (names.at(-1) !== name) names.push(name);
  }
  if (names.length < 2) return "";
  if (names.length <= MOST_PLACES) return names.join(" → ");
  return [...names.slice(0, 2), "…", ...names.slice(-2)].join(" → ");
}

const WAYS: Readonly<Record<ReportFinding["rule"], string>> = {
  limitation: "To make it legal",
  minimization: "To make it legal",
  consent: "To make it legal",
  "opt-out": "To make it legal",
  withdrawal: "To make it legal",
  "consent-surface": "To make it legal",
  deidentification: "To make it legal",
  "privacy-budget": "To make it hold",
  "federated-boundary": "To make it legal",
  "synthetic-provenance": "To make it legal",
  "special-category": "To make it legal",
  retention: "To make it legal",
  notice: "To make it legal",
  manifest: "To make it true",
  "blind-spot": "To make it visible",
};

/** The simplest way out first, which is to leave the field out; then the one that the check puts first. */
function remedyText({ remedies, rule }: ReportFinding): string {
  const drop = remedies.find(({ kind }) => kind === "drop");
  const other = remedies.find((remedy) => remedy !== drop);
  const texts = [drop, other].flatMap((remedy) => (remedy === undefined ? [] : [remedy.text.replace(/\.$/, "")]));
  if (texts.length === 0) return "";
  return `${WAYS[rule]}: ${texts.join(". Or: ")}`;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
