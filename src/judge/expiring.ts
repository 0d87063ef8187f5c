/**
 * What somebody approved until a day. Before it, whoever has to renew it is told: a note, for nothing is wrong yet. Behind it the entry counts for
 * nothing, so that what it covered is found again, and that the manifest still has it is an error.
 */
import { daysBetween } from "../manifest/date.js";
import type { ManifestPlace } from "../manifest/model.js";
import type { Context } from "./context.js";
import type { Draft } from "./finding.js";
import { days } from "./kept-for.js";
import { manifestDraft } from "./manifest-draft.js";

/** How long ahead, where the manifest does not say (`warn-before`). */
const AHEAD = "30d";

interface Expiring {
  readonly what: string;
  readonly expires: string;
  readonly place: ManifestPlace;
  /** What happens then, what has become of it, and who does what. */
  readonly then: string;
  readonly now: string;
  readonly renew: string;
}

export function expiring(ctx: Context): Draft[] {
  const ahead = days(ctx.manifest.warnBefore ?? AHEAD)!.most;
  return everything(ctx).flatMap(({ what, expires, place, then, now, renew }) => {
    const left = daysBetween(ctx.today, expires);
    const fix = { kind: "correct", text: `${renew} (${ctx.where(place)}).` } as const;
    if (left < 0) return [manifestDraft(ctx, place, "error", `${what} expired on ${expires}: ${now}`, ["expired", what], [fix])];
    if (left > ahead || !ctx.own(place)) return [];
    const when = left === 0 ? "today" : `on ${expires}, in ${left} ${left === 1 ? "day" : "days"}`;
    return [
      manifestDraft(
        ctx,
        place,
        "note",
        `${what} expires ${when}: ${left === 0 ? `from tomorrow on ${then}` : `${then} then`}`,
        ["expiring", what],
        [fix],
      ),
    ];
  });
}

function everything({ manifest }: Context): Expiring[] {
  return [
    ...manifest.assessments.map(({ from, to, approver, expires, place }): Expiring => ({
      what: `the assessment of ${from} for ${to}`,
      expires,
      place,
      then: "what it covers is a violation again",
      now: "it covers nothing any more",
      renew: `Let ${approver} assess it anew`,
    })),
    ...manifest.exceptions.map(({ finding, owner, approver, expires, place }): Expiring => ({
      what: `the exception for ${finding}`,
      expires,
      place,
      then: "the finding is back",
      now: "it silences nothing any more",
      renew: `Let ${owner} resolve the finding, or ${approver} approve it anew`,
    })),
    ...manifest.transforms.flatMap(({ locator, expires, place }): Expiring[] =>
      expires === undefined
        ? []
        : [
            {
              what: `the evidence for ${locator.text}`,
              expires,
              place,
              then: "what it gives is no longer anonymous",
              now: "what it gives counts as pseudonymised",
              renew: "Review the transform anew, or say `pseudonymised`",
            },
          ],
    ),
  ];
}
