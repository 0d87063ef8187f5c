/** manifest (Art. 5(2), 30): the manifest is no longer true of the code. What is wrong in its text alone, the loader says. */
import type { ManifestPlace } from "../manifest/model.js";
import type { UnmatchedLocator } from "../trace/result.js";
import type { Context } from "./context.js";
import { dead } from "./dead.js";
import { empty } from "./empty.js";
import type { Draft } from "./finding.js";
import { manifestDraft } from "./manifest-draft.js";

/** Whose routes the trace follows (`src/trace/natives/frameworks`); docs/manifest.md names the same. */
const ROUTE_FRAMEWORKS = "Express, Koa, Fastify, Hono or tRPC";

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
    if (unmatched.unsure === true)
      return [
        manifestDraft(
          ctx,
          place,
          "warning",
          `the program never uses \`${text}\` of \`${unmatched.entry}\`, and without the package's types nobody can tell whether it exists`,
          ["unsure", text, keyOf(unmatched)],
          [{ kind: "correct", text: `Install the package with its types, or correct \`${unmatched.entry}\` (${ctx.where(place)}).` }],
        ),
      ];
    if (unmatched.entry.endsWith(".route"))
      return [
        manifestDraft(
          ctx,
          place,
          "error",
          `no handler of ${ROUTE_FRAMEWORKS} serves \`${text}\` of \`${unmatched.entry}\``,
          ["drift", text, keyOf(unmatched)],
          [
            {
              kind: "correct",
              text: `Correct \`${unmatched.entry}\` (${ctx.where(place)}) to the method and path as they are served, or, with another framework, name the handler itself as \`${unmatched.entry.startsWith("sinks") ? "returns" : "parameter"}\`.`,
            },
          ],
        ),
      ];
    const near = ctx.near(text);
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
            text: `${near === undefined ? "" : `Did you mean \`${near}\`? `}Correct \`${unmatched.entry}\` (${ctx.where(place)}) to what the declaration is called now, or remove the entry if its code is gone.`,
          },
        ],
      ),
    ];
  });
}

/** `sources[0].returns`, `consent.training.check` → where that text stands, or else its entry; the manifest's top if it cannot be told. */
function entryPlace(ctx: Context, { entry }: UnmatchedLocator): ManifestPlace {
  const { manifest } = ctx;
  const [, section, index, id, key = ""] = /^(?:(\w+)\[(\d+)\]|consent\.(.+))\.([\w-]+)$/.exec(entry) ?? [];
  const named = ((): { readonly place: ManifestPlace; readonly at?: ManifestPlace | undefined } | undefined => {
    switch (section) {
      case "sources":
      case "sinks": {
        const one = manifest[section][Number(index)];
        return one && { place: one.place, at: one.at.kind === "route" ? one.at.place : one.at.locator.place };
      }
      case "stores": {
        const store = manifest.stores[Number(index)];
        const wrapper = store?.at.kind === "wrapper" ? store.at : undefined;
        return store && { place: store.place, at: (key === "write" ? wrapper?.write : wrapper?.read)?.place };
      }
      case "transforms": {
        const transform = manifest.transforms[Number(index)];
        return transform && { place: transform.place, at: transform.locator.place };
      }
      default: {
        const consent = manifest.consents.find((one) => one.id === id);
        const locators = { check: consent?.check, grant: consent?.grant, withdraw: consent?.withdraw, "on-withdraw": consent?.onWithdraw };
        return consent && { place: consent.place, at: locators[key as keyof typeof locators]?.place };
      }
    }
  })();
  return named?.at ?? named?.place ?? { file: manifest.file, line: 1, column: 1 };
}

/** The entry without its number, which changes when another is put before it. */
function keyOf({ entry }: UnmatchedLocator): string {
  return entry.replace(/\[\d+\]/, "");
}
