/** What holds still, and not much longer: whoever has to renew it is told before it fails the check. A note, for nothing is wrong yet. */
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
  /** What happens then, and who does what. */
  readonly then: string;
  readonly renew: string;
}

export function expiring(ctx: Context): Draft[] {
  const ahead = days(ctx.manifest.warnBefore ?? AHEAD)!.most;
  return everything(ctx).flatMap(({ what, expires, place, then, renew }) => {
    const left = daysBetween(ctx.today, expires);
    if (left < 0 || left > ahead || !ctx.own(place)) return [];
    const when = left === 0 ? "today" : `on ${expires}, in ${left} ${left === 1 ? "day" : "days"}`;
    return [
      manifestDraft(
        ctx,
        place,
        "note",
        `${what} expires ${when}: ${then}`,
        ["expiring", what],
        [{ kind: "correct", text: `${renew} (${ctx.where(place)}).` }],
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
      then: "what it covers is a violation again then",
      renew: `Let ${approver} assess it anew`,
    })),
    ...manifest.exceptions.map(({ finding, owner, approver, expires, place }): Expiring => ({
      what: `the exception for ${finding}`,
      expires,
      place,
      then: "the finding is back then",
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
              then: "what it gives is no longer anonymous then",
              renew: "Review the transform anew",
            },
          ],
    ),
  ];
}
