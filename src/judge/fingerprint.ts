/**
 * Fingerprints: what a baseline, an exception and GitHub recognise a finding by. Made of the rule, the field, the sink and the code on
 * the path (symbols, kinds and texts), never of line numbers or file names, so that neither unrelated edits nor moved files reopen it.
 */
import { createHash } from "node:crypto";
import type { Flow, Hop } from "../trace/result.js";
import { ARTICLES } from "./articles.js";
import type { Draft, Finding } from "./finding.js";
import { SEVERITIES } from "./finding.js";
import { compare, comparePlaces } from "./order.js";

/** Gives drafts their fingerprints and articles, sorted. Identical ones are numbered in the order of their places: `-2`, `-3`. */
export function seal(drafts: readonly Draft[]): Finding[] {
  const next = counter();
  return [...drafts].sort(compareDrafts).map(({ identity, ...draft }) => ({
    ...draft,
    article: draft.article ?? ARTICLES[draft.rule].text,
    fingerprint: next(digest([draft.rule, draft.field ?? "", draft.sink ?? "", ...identity, ...steps(draft.path)])),
  }));
}

/** The fingerprints of flows, in their order. Other than their findings': one flow can break several rules. */
export function flowFingerprints(flows: readonly Flow[]): string[] {
  const next = counter();
  return flows.map((flow) =>
    next(digest(["flow", flow.field, flow.status, flow.sink.id, flow.accessPath, ...flow.gates, ...steps(flow.path)])),
  );
}

/** By place, then rule: the order in which everything is reported. */
export function compareFindings(a: Omit<Finding, "fingerprint" | "article">, b: Omit<Finding, "fingerprint" | "article">): number {
  return (
    comparePlaces(a.location, b.location) ||
    compare(SEVERITIES.indexOf(a.severity), SEVERITIES.indexOf(b.severity)) ||
    compare(a.rule, b.rule) ||
    compare(a.field ?? "", b.field ?? "") ||
    compare(a.sink ?? "", b.sink ?? "") ||
    compare(a.message, b.message)
  );
}

function compareDrafts(a: Draft, b: Draft): number {
  return (
    compareFindings(a, b) ||
    compare(a.identity.join("\0"), b.identity.join("\0")) ||
    compare(steps(a.path).join("\0"), steps(b.path).join("\0"))
  );
}

function steps(path: readonly Hop[]): string[] {
  return path.flatMap((hop) => [hop.kind, hop.symbol, hop.text]);
}

/** Every part ends with a zero byte, which no source text line or id has: ["ab", "c"] and ["a", "bc"] differ. */
function digest(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 16);
}

function counter(): (fingerprint: string) => string {
  const seen = new Map<string, number>();
  return (fingerprint) => {
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return count === 1 ? fingerprint : `${fingerprint}-${count}`;
  };
}
