/** A field is declared and collected, and reaches no sink: why keep it? */
import { list, type Context } from "./context.js";
import type { Draft, Severity } from "./finding.js";

/**
 * A warning only where all purposes of the field have a sink: a purpose without one may be served in code that the manifest does not
 * describe, so that is a note. A field that goes into a blind spot may be used beyond it; then nothing is said here.
 */
export function unused(ctx: Context): Draft[] {
  const { flows, crossings = [], transformed = [] } = ctx.trace;
  // What leaves a device, or what a declared transform makes something else of, is used without arriving anywhere as itself.
  const used = new Set([...[...flows, ...crossings].map(({ field }) => field), ...transformed]);
  const lost = new Set(ctx.trace.blindSpots.flatMap(({ fields }) => fields));
  const served = new Set(ctx.manifest.sinks.flatMap(({ purpose }) => ctx.purposes.lineage(purpose)));
  return [...new Set(ctx.trace.collected)]
    .filter((id) => !used.has(id) && !lost.has(id))
    .flatMap((id): Draft[] => {
      const field = ctx.fields.get(id);
      // What is annotated where it is sent is used by being sent.
      if (field === undefined || field.inCode) return [];
      const unseen = field.purposes.filter((purpose) => !served.has(purpose));
      const severity: Severity = unseen.length === 0 ? "warning" : "note";
      const but = unseen.length === 0 ? "" : ` (no sink is declared for ${list(unseen)}, so use for it cannot be seen)`;
      return [
        {
          rule: "minimization",
          severity,
          message: `${id} is collected, and reaches no sink of any purpose${but}`,
          field: id,
          sink: null,
          purpose: null,
          status: null,
          location: ctx.place(field.place),
          source: null,
          path: [],
          remedies: [
            { kind: "drop", text: `Stop collecting ${id}: remove its collection and \`fields.${id}\` (${ctx.where(field.place)}).` },
            { kind: "declare", text: `If it is used for ${list(field.purposes)}, declare under \`sinks\` where that happens.` },
          ],
          identity: ["unused"],
        },
      ];
    });
}
