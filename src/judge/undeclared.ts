/** A collection call takes in a property that no field of the manifest is declared for. */
import { at, type Context } from "./context.js";
import type { Draft } from "./finding.js";
import { possibly } from "./possible.js";

export function undeclared(ctx: Context): Draft[] {
  return ctx.trace.undeclared.map(({ source, property, text, ...place }): Draft => {
    const field = source.field.endsWith("*") ? source.field.slice(0, -1) + property : property;
    const is = possibly(field);
    const first = ctx.manifest.fields.find((declared) => ctx.own(declared.place));
    return {
      rule: "minimization",
      severity: "warning",
      message: `${field} is collected here, and no such field is declared${is === undefined ? "" : ` (possibly ${is.category}, by its name)`}`,
      field,
      sink: null,
      purpose: null,
      status: null,
      location: { file: place.file, line: place.line, column: place.column, endLine: place.endLine, endColumn: place.endColumn },
      source: null,
      path: [],
      remedies: [
        {
          kind: "declare",
          text: `Declare ${field} with its purposes under ${first ? `\`fields\` (${ctx.where(first.place)})` : `a new key \`fields\` of ${ctx.file}`}.`,
        },
        { kind: "drop", text: `Do not collect \`${property}\` at ${at(place)}; the source is \`sources\` of ${ctx.where(source.place)}.` },
      ],
      identity: ["undeclared", source.field, property, text],
    };
  });
}
