/** Functions that are said to anonymise, and only hash, mask or leave things out (Recital 26). */
import type { Anonymiser } from "../trace/result.js";
import { aside } from "./aside.js";
import { list, type Context } from "./context.js";
import type { Draft } from "./finding.js";
import { isDirect, isQuasi } from "./identifiers.js";

export function anonymisers(ctx: Context): Draft[] {
  return (ctx.trace.anonymisers ?? []).flatMap((one) => {
    const what = one.transform === undefined ? ofName(ctx, one) : ofManifest(one);
    if (what === undefined) return [];
    const { name, transform } = one;
    return [
      aside(one, {
        rule: "deidentification",
        severity: "error",
        message: `\`${name}\` ${transform === undefined ? "says that it anonymises" : "is declared to anonymise"}, and ${what}`,
        remedies: [
          {
            kind: "correct",
            text:
              transform === undefined
                ? "Call it what it does (`pseudonymise…`), or aggregate and generalise until nobody can be singled out."
                : `Declare it with \`yields: pseudonymised\` (\`transforms\`, ${ctx.where(transform.place)}), or aggregate and generalise until nobody can be singled out.`,
          },
        ],
        identity: ["anonymiser", name],
      }),
    ];
  });
}

/** With evidence it is believed, unless all that comes out are hashes. */
function ofManifest({ gives }: Anonymiser): string | undefined {
  return gives.every(({ status }) => status === "pseudonymised") ? hashes(gives) : undefined;
}

function ofName(ctx: Context, { gives }: Anonymiser): string | undefined {
  const hashed = gives.filter(({ status }) => status === "pseudonymised");
  const kept = gives.filter(({ status }) => status === "identified").map(({ field }) => field);
  const direct = kept.filter((id) => isDirect(ctx.fields.get(id), id));
  const quasi = kept.filter((id) => isQuasi(ctx.fields.get(id)));
  if (direct.length > 0) return `gives ${list(direct)} back, masked or as it is: that still names the person`;
  if (hashed.length > 0) return hashes(hashed);
  if (quasi.length > 1) return `keeps ${list(quasi)} together: without a name they still single people out`;
  return undefined;
}

function hashes(gives: Anonymiser["gives"]): string {
  return `only hashes, encrypts or tokenises ${list([...new Set(gives.map(({ field }) => field))])}: that is pseudonymised, and stays personal data`;
}
