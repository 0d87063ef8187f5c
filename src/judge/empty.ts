/** A manifest between whose sources and sinks nothing can flow: the check would be green because it looked at nothing. */
import type { Context } from "./context.js";
import type { Draft } from "./finding.js";
import { manifestDraft } from "./manifest-draft.js";

/** Columns of a store are where fields enter as well. Packs count: what they declare is looked for. */
export function empty(ctx: Context): Draft[] {
  const { file, sources, sinks, stores } = ctx.manifest;
  const enters = sources.length > 0 || stores.some(({ columns }) => Object.keys(columns).length > 0);
  const missing = [
    ...(enters ? [] : [{ what: "source", how: "under `sources` where fields enter the program" }]),
    ...(sinks.length > 0 ? [] : [{ what: "sink", how: "under `sinks` where purposes are acted on" }]),
  ];
  if (missing.length === 0) return [];
  const place = { file, line: 1, column: 1 };
  const names = missing.map(({ what }) => what);
  return [
    manifestDraft(
      ctx,
      place,
      "warning",
      `the manifest declares no ${names.join(" and no ")}: there is no flow that could be checked`,
      ["empty", ...names],
      [{ kind: "declare", text: `Declare ${missing.map(({ how }) => how).join(", and ")}.` }],
    ),
  ];
}
