/** A collection call takes in a property that no field of the manifest is declared for. */
import { at, type Context } from "./context.js";
import type { Source } from "../manifest/model.js";
import type { Draft, Remedy } from "./finding.js";
import { possibly } from "./possible.js";

export function undeclared(ctx: Context): Draft[] {
  return ctx.trace.undeclared.map(({ source, property, text, ...place }): Draft => {
    const field = nameOf(source, property);
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
      remedies:
        source.at.kind === "site"
          ? annotated(ctx, source, property)
          : [
              {
                kind: "declare",
                text: `Declare ${field} with its purposes under ${first ? `\`fields\` (${ctx.where(first.place)})` : `a new key \`fields\` of ${ctx.file}`}.`,
              },
              {
                kind: "drop",
                text: `Do not collect \`${property}\` at ${at(place)}; the source is \`sources\` of ${ctx.where(source.place)}.`,
              },
            ],
      identity: ["undeclared", source.field, property, text],
    };
  });
}

/** The property of a pattern, or of an event, is called after it. */
function nameOf({ field, at: place }: Source, property: string): string {
  if (field.endsWith("*")) return field.slice(0, -1) + property;
  const inEvent = place.kind === "site" ? place.argument.path.map((step) => (step.k === "prop" ? step.name : "*")).join(".") : "";
  return inEvent !== "" && field.endsWith(`.${inEvent}`) ? field.slice(0, -inEvent.length) + property : property;
}

/** Of telemetry that says in the code what it sends. */
const annotated = (ctx: Context, { place }: Source, property: string): Remedy[] => [
  { kind: "declare", text: `Annotate \`${property}\` with its classification and purpose, where the event is (${ctx.where(place)}).` },
  { kind: "drop", text: `Do not send \`${property}\`.` },
];
