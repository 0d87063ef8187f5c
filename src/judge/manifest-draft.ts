import type { ManifestPlace } from "../manifest/model.js";
import type { Context } from "./context.js";
import type { Draft, Remedy, Severity } from "./finding.js";

/** A finding that lies in the manifest itself. */
export function manifestDraft(
  ctx: Context,
  place: ManifestPlace,
  severity: Severity,
  message: string,
  identity: readonly string[],
  remedies: readonly Remedy[],
  field: string | null = null,
): Draft {
  return {
    rule: "manifest",
    severity,
    message,
    field,
    sink: null,
    purpose: null,
    status: null,
    location: ctx.place(place),
    source: null,
    path: [],
    remedies,
    identity,
  };
}
