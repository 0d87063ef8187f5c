/** Remedies that several checks offer. */
import type { Flow } from "../trace/result.js";
import { whole } from "./carrier.js";
import { at, list, type Context } from "./context.js";
import type { Remedy } from "./finding.js";

/** Leave the field out, where it is named or where the object that carries it is made. */
export function drop(flow: Flow): Remedy {
  const where = flow.accessPath === "" ? at(flow.at) : `\`${flow.accessPath}\` at ${at(flow.at)}`;
  switch (flow.carried.how) {
    case "named":
      return { kind: "drop", text: `Drop ${flow.field} from ${where}.` };
    case "whole": {
      const what = flow.accessPath === "" ? flow.field : `\`${flow.accessPath}\` (${flow.field})`;
      const by = whole(flow.carried.by);
      const instead = by === undefined ? "passing the whole object" : `passing on all that ${by} carries`;
      return {
        kind: "drop",
        text: `Build what goes to ${at(flow.at)} from the properties it needs, without ${what}, instead of ${instead}.`,
      };
    }
  }
}

/** Only anonymous data is free of purpose limitation and minimisation (Recital 26). */
export function deidentify(ctx: Context, flow: Flow): Remedy {
  const known = ctx.manifest.transforms.filter(({ yields, place }) => yields === "anonymised" && ctx.own(place));
  const how =
    known.length > 0
      ? `through ${list(
          known.map(({ locator, place }) => `\`${locator.text}\` (\`transforms\`, ${ctx.where(place)})`),
          2,
          "or",
        )}`
      : "by a function declared under `transforms` with `yields: anonymised` and its evidence";
  return { kind: "de-identify", text: `Anonymise ${flow.field} before ${at(flow.at)} ${how}; a hash or a token is not enough.` };
}

/** What is read of a declared column is identified and nobody's who has consented, whatever the program itself has written there. */
export function undeclare(ctx: Context, { field, path }: Flow): readonly Remedy[] {
  if (path[0]?.kind !== "source" || path[1]?.kind !== "read") return [];
  const stores = ctx.manifest.stores.filter(({ columns }) => Object.values(columns).includes(field));
  if (stores.length === 0) return [];
  const declared = stores.map(({ id, place }) => `\`stores.${id}.columns\` (${ctx.where(place)})`);
  return [
    {
      kind: "declare",
      text: `${field} is read at ${at(path[0])} of a column that is declared to hold it, which counts as identified, and of everybody, whoever wrote it. If only this program writes that column, take ${field} out of ${list(declared, 2, "or")}: then what it writes is followed, as it was written, to where it is read.`,
    },
  ];
}
