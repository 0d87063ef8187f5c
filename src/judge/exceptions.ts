/** Exceptions: someone approved a finding until a date. They silence what they name and nothing else, and are listed in the report. */
import type { Exception } from "../manifest/model.js";
import type { Context } from "./context.js";
import type { Draft, Finding, Suppressed } from "./finding.js";
import { manifestDraft } from "./manifest-draft.js";

export interface Excepted {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** What is wrong with the exceptions themselves. */
  readonly drafts: readonly Draft[];
}

/** A whole fingerprint names one finding; a prefix must not name two, lest it silence what nobody approved. */
export function applyExceptions(ctx: Context, findings: readonly Finding[]): Excepted {
  const silenced = new Map<Finding, Exception>();
  const drafts: Draft[] = [];
  for (const exception of ctx.manifest.exceptions) {
    // That it has expired is told with all else that has (`expiring.ts`).
    if (exception.expires < ctx.today) continue;
    const matches = findings.filter((finding) => canBeExcepted(finding) && names(exception, finding));
    const problem = whatIsWrong(ctx, exception, matches);
    if (problem) drafts.push(problem);
    else if (matches[0]) silenced.set(matches[0], exception);
  }
  return {
    kept: findings.filter((finding) => !silenced.has(finding)),
    suppressed: [...silenced].map(([{ rule, fingerprint, field, sink }, { reason, owner, approver, expires }]) => ({
      rule,
      fingerprint,
      field,
      sink,
      reason,
      owner,
      approver,
      expires,
    })),
    drafts,
  };
}

/** An error in the manifest stops everything; nobody can approve not looking. */
function canBeExcepted(finding: Finding): boolean {
  return !(finding.rule === "manifest" && finding.severity === "error");
}

function names(exception: Exception, { fingerprint }: Finding): boolean {
  return exception.finding.length >= 16 ? fingerprint === exception.finding : fingerprint.startsWith(exception.finding);
}

function whatIsWrong(ctx: Context, exception: Exception, matches: readonly Finding[]): Draft | undefined {
  const { finding, place } = exception;
  const where = ctx.where(place);
  const say = (key: string, message: string, fix: string): Draft =>
    manifestDraft(ctx, place, "warning", message, [key, finding], [{ kind: "correct", text: fix }]);
  if (matches.length === 0)
    return say(
      "dead-exception",
      `the exception for ${finding} matches no finding`,
      `Remove it from \`exceptions\` (${where}): what it allowed is gone.`,
    );
  if (matches.length > 1)
    return say(
      "ambiguous-exception",
      `the exception for ${finding} matches ${matches.length} findings, and silences none`,
      `Write more of the fingerprint at ${where}: ${matches
        .slice(0, 3)
        .map(({ fingerprint }) => fingerprint)
        .join(", ")}.`,
    );
  return undefined;
}
