/**
 * Drift: what the manifest names and the program does not have. It guards nothing, which is an error of the input, not a matter of taste.
 * A pack's locators name libraries that a project need not have, so theirs are left out.
 */
import type { ManifestPlace } from "../manifest/model.js";
import { nearest } from "../manifest/nearest.js";
import type { Mismatch, UnmatchedLocator } from "../trace/result.js";
import { list, type Context } from "./context.js";
import type { Draft } from "./finding.js";
import { manifestDraft } from "./manifest-draft.js";

/** Whose routes the trace follows (`src/trace/natives/frameworks`); docs/manifest.md names the same. */
const ROUTE_FRAMEWORKS = "Express, Koa, Fastify, Hono, Nest, tRPC, Next, SvelteKit, Remix or node:http";

export function drift(ctx: Context): Draft[] {
  return ctx.trace.unmatched.flatMap((unmatched): Draft[] => {
    const place = entryPlace(ctx, unmatched);
    if (!ctx.own(place)) return [];
    const { message, fix } = told(ctx, unmatched, place);
    const isSure = unmatched.unsure !== true;
    const identity = [isSure ? "drift" : "unsure", unmatched.text, keyOf(unmatched)];
    return [manifestDraft(ctx, place, isSure ? "error" : "warning", message, identity, [{ kind: "correct", text: fix }])];
  });
}

interface Told {
  readonly message: string;
  readonly fix: string;
}

function told(ctx: Context, unmatched: UnmatchedLocator, place: ManifestPlace): Told {
  const { text, entry, why } = unmatched;
  const what = `\`${text}\` of \`${entry}\``;
  const correct = `orrect \`${entry}\` (${ctx.where(place)})`;
  if (why !== undefined) return explained(unmatched, why, what, correct);
  const near = ctx.near(text);
  const meant = near === undefined ? "" : `Did you mean \`${near}\`? `;
  if (unmatched.unsure === true)
    return {
      message: `the program never uses \`${text}\` of \`${entry}\`, and without the package's types nobody can tell whether it exists`,
      fix: `${meant}Install the package with its types, or c${correct}.`,
    };
  if (entry.endsWith(".route")) {
    const handler = entry.startsWith("sinks") ? "returns" : "parameter";
    return {
      message: `no handler of ${ROUTE_FRAMEWORKS} serves ${what}`,
      fix: `C${correct} to the method and path as they are served, or, with another framework, name the handler itself as \`${handler}\`.`,
    };
  }
  return {
    message: `${what} matches nothing in the program`,
    fix: `${meant}C${correct} to what the declaration is called now, or remove the entry if its code is gone.`,
  };
}

/** Of what is not as the entry has it, though its declaration, or its file, is there. */
function explained({ text, entry, unsure }: UnmatchedLocator, why: Mismatch, what: string, correct: string): Told {
  const nothing = `${what} matches nothing`;
  const meant = (name: string, known: readonly string[]): string => {
    const near = nearest(name, known);
    return near === undefined ? "" : `Did you mean \`${near}\`? `;
  };
  switch (why.k) {
    case "kind":
      return {
        message: `${nothing}: it is ${KINDS[why.is]}, and ${WANTED[why.wants]}`,
        fix: `${HINTS[why.wants][why.is] ?? "C"}${correct}.`,
      };
    case "outside":
      return {
        message: `${nothing}: ${why.file} is in no tsconfig of the analysis, and no analysed file imports it`,
        fix: `Include ${why.file} in a tsconfig, name one that has it with \`--project\`, or c${correct}.`,
      };
    case "parameter":
      return {
        message: `${nothing}: \`${why.of}\` has ${why.count === 0 ? "no parameter" : why.count === 1 ? "one parameter" : `${why.count} parameters`}`,
        fix: `C${correct}: arguments are counted from 0.`,
      };
    case "property": {
      const has = why.known.length === 0 ? "" : `, but ${list(why.known.map((name) => `\`${name}\``))}`;
      return {
        message: `${nothing}: by the types of \`${why.of}\` there is no \`${why.name}\`${has}`,
        fix: `${meant(why.name, why.known)}C${correct} to a property of the declared type.`,
      };
    }
    case "list":
      return {
        message: `${nothing}: there is a list at \`${why.of}\``,
        fix: `C${correct}: \`[*]\` is every element, \`rows[*].name\` their names.`,
      };
    case "element":
      return { message: `${nothing}: the tuple at \`${why.of}\` has no such element`, fix: `C${correct}: elements are counted from 0.` };
    case "value":
      return {
        message: `${what} is never \`${why.value}\`: by its type it is ${list(why.known.map((one) => `\`${one}\``))}, so no call counts`,
        fix: `${meant(why.value, why.known)}C${correct}.`,
      };
    case "unseen":
      return unseen(why, text, entry, what, correct, unsure === true, meant);
    case "elsewhere":
      return {
        message: `no call of \`${why.of}\` is within ${what}, so no call counts`,
        fix: `C${correct} to the code that makes the call, or remove the entry if that is gone.`,
      };
    case "model":
      return {
        message: `${nothing}: no schema of the project has such a model`,
        fix: `${meant(text, why.known)}C${correct} to a model of the schema.`,
      };
    case "column":
      return {
        message: `${nothing}: the model \`${why.of}\` has no such column`,
        fix: `${meant(text, why.known)}C${correct} to ${why.known.length === 0 ? "a column of the model" : `one of ${list(why.known)}`}.`,
      };
    case "unused-table":
      return {
        message: `the program is not seen to read or write ${what}`,
        fix: `${meant(text, why.known)}C${correct} to the table as the code names it, or remove the entry if that is gone.`,
      };
    case "no-code":
      return {
        message: `${nothing}: no analysed file is there, and what leaves the zone is not seen`,
        fix: `${meant(text, why.known)}C${correct} to where the code of the device is; if it is there, include it in a tsconfig.`,
      };
  }
}

function unseen(
  why: Mismatch & { k: "unseen" },
  text: string,
  entry: string,
  what: string,
  correct: string,
  unsure: boolean,
  meant: (name: string, known: readonly string[]) => string,
): Told {
  if (why.value !== undefined) {
    const instead = why.known.length === 0 ? "" : ` (it is ${list(why.known.map((one) => `\`${one}\``))})`;
    return {
      message: `in no call of \`${why.of}\` can ${what} be \`${why.value}\`${instead}, so no call counts`,
      fix: `${meant(why.value, why.known)}C${correct}, or remove the entry if the code for it is gone.`,
    };
  }
  const where = entry.endsWith(".path")
    ? `nothing is at \`${text}\` in what \`${why.of}\` gives`
    : `no call of \`${why.of}\` is given \`${text}\``;
  return {
    message: `${what} matches nothing: ${where}${unsure ? "" : ", nor do its types have it"}`,
    fix: `C${correct}, or remove the entry if its code is gone.`,
  };
}

type Kind = Mismatch & { readonly k: "kind" };

const KINDS: Readonly<Record<Kind["is"], string>> = {
  class: "a class",
  type: "a type",
  function: "a function",
  member: "a property that is no function",
  below: "below a property of a type",
};

const WANTED: Readonly<Record<Kind["wants"], string>> = {
  call: "this is about calls",
  result: "this is about what a function returns",
  property: "this is about a property of a type, `Type.member`",
};

/** What to write instead, where that is not clear from what is wanted. */
const HINTS: Readonly<Record<Kind["wants"], Partial<Record<Kind["is"], string>>>> = {
  call: { type: "Name a function, or a method as `Type.method`: c" },
  result: {
    class: "Name the method that returns it, as `Class.method`, or the class's properties, as `property`: c",
    type: "Name a function or method that returns it, or the type's properties, as `property`: c",
    member: "Write `property` for a property: c",
  },
  property: {
    class: "Add the property's name, as `Class.name`: c",
    type: "Add the property's name, as `Type.name`: c",
    function: "Write `returns` for what a function gives: c",
    below: "Name the type that declares the inner property, and one property of it: c",
  },
};

/** `sources[0].returns`, `consent.training.check` → where that text stands, or else its entry; the manifest's top if it cannot be told. */
function entryPlace(ctx: Context, { entry }: UnmatchedLocator): ManifestPlace {
  const { manifest } = ctx;
  const [, section, index, key = ""] = /^(\w+)\[(\d+)\]\.(.+)$/.exec(entry) ?? [];
  const named = ((): { readonly place: ManifestPlace; readonly at?: ManifestPlace | undefined } | undefined => {
    switch (section) {
      case "sources":
      case "sinks": {
        const one = manifest[section][Number(index)];
        return (
          one && {
            place: one.place,
            at: one.keys?.[key] ?? (one.at.kind === "route" ? one.at.place : "locator" in one.at ? one.at.locator.place : undefined),
          }
        );
      }
      case "stores": {
        const store = manifest.stores[Number(index)];
        const wrapper = store?.at.kind === "wrapper" ? store.at : undefined;
        return store && { place: store.place, at: store.keys?.[key] ?? (key === "write" ? wrapper?.write : wrapper?.read)?.place };
      }
      case "transforms": {
        const transform = manifest.transforms[Number(index)];
        return transform && { place: transform.place, at: transform.keys?.[key] ?? transform.locator.place };
      }
      default: {
        const [, zone] = /^zones\.(.+)\.\w+$/.exec(entry) ?? [];
        if (zone !== undefined) return manifest.zones?.find(({ id }) => id === zone);
        const [, id, asked = ""] = /^consent\.(.+)\.([\w-]+)$/.exec(entry) ?? [];
        const consent = manifest.consents.find((one) => one.id === id);
        const locators = { check: consent?.check, grant: consent?.grant, withdraw: consent?.withdraw, "on-withdraw": consent?.onWithdraw };
        return consent && { place: consent.place, at: locators[asked as keyof typeof locators]?.place };
      }
    }
  })();
  return named?.at ?? named?.place ?? { file: manifest.file, line: 1, column: 1 };
}

/** The entry without its number, which changes when another is put before it. */
function keyOf({ entry }: UnmatchedLocator): string {
  return entry.replace(/\[\d+\]/, "");
}
