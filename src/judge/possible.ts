/**
 * What may be personal data by its name, and arrives at a sink though no field of the manifest says that it does. Notes: a name is a
 * reason to ask, and none to act; what is possible has no field, so that nothing takes it for one that is declared.
 */
import { classify, type Category } from "../classify/classify.js";
import type { Context } from "./context.js";
import type { Draft } from "./finding.js";

/** `user.contact.email` of `rows[*].user.email`; nothing where that is as likely not so. */
export function possibly(path: string): Category | undefined {
  const names = path.split(/[.[\]]+/).filter((name) => !/^(?:\d*|\*|…)$/.test(name));
  const category = classify(names.at(-1) ?? "", names.at(-2));
  return category?.confidence === "low" ? undefined : category;
}

export function possible(ctx: Context): Draft[] {
  return (ctx.trace.unclaimed ?? []).flatMap(({ sink, accessPath, text, symbol, ...place }): Draft[] => {
    const is = possibly(accessPath);
    if (is === undefined) return [];
    return [
      {
        rule: "minimization",
        severity: "note",
        message: `\`${accessPath}\` of what reaches ${sink.id} is possibly ${is.category}, by its name, and is of no declared field`,
        field: null,
        sink: sink.id,
        purpose: sink.purpose,
        status: null,
        location: place,
        source: null,
        path: [],
        remedies: [
          {
            kind: "declare",
            text: `If it is personal data, declare a field of category ${is.category} for it, and under \`sources\` where it is collected.`,
          },
          { kind: "drop", text: `If ${sink.purpose} can do without it, leave it out of what ${sink.id} is given.` },
        ],
        identity: ["possible", symbol, accessPath, text],
      },
    ];
  });
}
