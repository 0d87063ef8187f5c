/** Remedies that several checks offer. */
import type { Flow } from "../trace/result.js";
import { at, list, type Context } from "./context.js";
import type { Remedy } from "./finding.js";

/** Leave the field out, where it is named or where the object that carries it is made. */
export function drop(flow: Flow): Remedy {
  const where = flow.accessPath === "" ? at(flow.at) : `\`${flow.accessPath}\` at ${at(flow.at)}`;
  switch (flow.carried.how) {
    case "named":
      return { kind: "drop", text: `Drop ${flow.field} from ${where}.` };
    case "whole":
      return {
        kind: "drop",
        text: `Build what goes to ${at(flow.at)} from the properties it needs, without ${flow.field}, instead of passing the whole object.`,
      };
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
