/** blind-spot: a declared field goes where the analysis cannot follow. A note: it is no violation, but no verdict on it either. */
import type { BlindSpot } from "../trace/result.js";
import { at, list, type Context } from "./context.js";
import type { Draft, Remedy } from "./finding.js";

/** Those that no known field enters (a file with a syntax error) are listed in the report, and are no findings. */
export function blindSpot(ctx: Context): Draft[] {
  return ctx.trace.blindSpots
    .filter(({ fields }) => fields.length > 0)
    .map((spot): Draft => ({
      rule: "blind-spot",
      severity: "note",
      message: `${list(spot.fields)} cannot be followed here: ${spot.reason}`,
      field: spot.fields.length === 1 ? spot.fields[0]! : null,
      sink: null,
      purpose: null,
      status: null,
      location: { file: spot.file, line: spot.line, column: spot.column, endLine: spot.endLine, endColumn: spot.endColumn },
      source: null,
      path: [],
      remedies: [remedy(spot)],
      identity: [spot.kind, spot.reason, ...spot.fields],
    }));
}

function remedy(spot: BlindSpot): Remedy {
  const where = at(spot);
  switch (spot.kind) {
    case "unresolved-call":
      return { kind: "model", text: `Give the callee at ${where} a type, or import it statically, so that its declaration can be found.` };
    case "unmodelled-library":
      return {
        kind: "model",
        text: `Describe what the call at ${where} does with its arguments in a library model (\`models\`), or as a store, sink or transform.`,
      };
    case "dynamic-code":
      return { kind: "correct", text: `Replace the code that is made at run time at ${where} by code that can be read.` };
    case "unresolved-import":
      return { kind: "correct", text: `Install the module imported at ${where}, or map it under \`paths\` of the tsconfig.` };
    case "syntax-error":
      return { kind: "correct", text: `Correct the syntax at ${where}.` };
    case "unread-file":
      return { kind: "correct", text: `Split ${spot.file}, or make it readable.` };
    case "depth-limit":
      return {
        kind: "model",
        text: `Declare the inner object at ${where} as a field of its own: below this depth all properties are taken as one.`,
      };
    case "budget-limit":
    case "callee-limit":
    case "object-limit":
      return {
        kind: "model",
        text: `Name the function meant at ${where} as a store, sink or transform: there are too many ways to follow them all.`,
      };
    case "unknown-store":
      return {
        kind: "model",
        text: `Declare the place written to or read from at ${where} under \`stores\`, or the functions around it as its \`write\` and \`read\`.`,
      };
    case "unsupported-syntax":
      return { kind: "correct", text: `Write ${where} in a plainer way, or declare the function around it as a store, sink or transform.` };
  }
}
