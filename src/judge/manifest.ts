/** manifest (Art. 5(2), 30): the manifest is no longer true of the code. What is wrong in its text alone, the loader says. */
import type { ManifestPlace } from "../manifest/model.js";
import type { UnmatchedLocator } from "../trace/result.js";
import type { Context } from "./context.js";
import { dead } from "./dead.js";
import { empty } from "./empty.js";
import type { Draft } from "./finding.js";
import { manifestDraft } from "./manifest-draft.js";

export function manifest(ctx: Context): Draft[] {
  return [...empty(ctx), ...drift(ctx), ...dead(ctx)];
}

/**
 * A locator that matches nothing guards nothing: an error of the input, not a matter of taste. A pack's locators name
 * libraries that a project need not have, so theirs are left out.
 */
function drift(ctx: Context): Draft[] {
  return ctx.trace.unmatched.flatMap((unmatched): Draft[] => {
    const place = entryPlace(ctx, unmatched);
    if (!ctx.own(place)) return [];
    const { text } = unmatched;
    return [
      manifestDraft(
        ctx,
        place,
        "error",
        `\`${text}\` of \`${unmatched.entry}\` matches nothing in the program`,
        ["drift", text, keyOf(unmatched)],
        [
          {
            kind: "correct",
            text: `Correct \`${unmatched.entry}\` (${ctx.where(place)}) to what the declaration is called now, or remove the entry if its code is gone.`,
          },
        ],
      ),
    ];
  });
}

/** `sources[0].returns`, `consent.training.check` → where that entry stands; the manifest's top if it cannot be told. */
function entryPlace(ctx: Context, { entry }: UnmatchedLocator): ManifestPlace {
  const { manifest } = ctx;
  const top: ManifestPlace = { file: manifest.file, line: 1, column: 1 };
  const indexed = /^(\w+)\[(\d+)\]/.exec(entry);
  if (indexed) {
    const index = Number(indexed[2]);
    switch (indexed[1]) {
      case "sources":
        return manifest.sources[index]?.place ?? top;
      case "sinks":
        return manifest.sinks[index]?.place ?? top;
      case "stores":
        return manifest.stores[index]?.place ?? top;
      case "transforms":
        return manifest.transforms[index]?.place ?? top;
      default:
        return top;
    }
  }
  const consent = /^consents?\.(.+)\.(?:check|grant|withdraw|onWithdraw|on-withdraw)$/.exec(entry);
  return manifest.consents.find(({ id }) => id === consent?.[1])?.place ?? top;
}

/** The entry without its number, which changes when another is put before it. */
function keyOf({ entry }: UnmatchedLocator): string {
  return entry.replace(/\[\d+\]/, "");
}
