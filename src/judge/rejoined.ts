/**
 * Re-identification: a pseudonym that stands in one record with what it stands for, or with another name of the person, is no pseudonym to
 * who gets the record (Art. 4(5): the additional information has to be kept separately). What arrives so counts as identified.
 */
import type { Field, Status } from "../manifest/model.js";
import type { Flow } from "../trace/result.js";
import type { Context } from "./context.js";
import { isDirect, isSameRecord } from "./identifiers.js";

/** Of flows that arrive pseudonymised, and are identified again: the flow of the identifier beside. */
export function rejoined(flows: readonly Flow[], fields: ReadonlyMap<string, Field>): ReadonlyMap<Flow, Flow> {
  const named = flows.filter(({ status }) => status === "identified");
  return new Map(
    flows.flatMap((flow): [Flow, Flow][] => {
      if (flow.status !== "pseudonymised") return [];
      const other = named.find((one) => isBeside(one, flow) && (one.field === flow.field || isDirect(fields.get(one.field), one.field)));
      return other === undefined ? [] : [[flow, other]];
    }),
  );
}

/** Do two flows arrive in one record? */
export function isBeside(a: Flow, b: Flow): boolean {
  const isSameCall = a.sink === b.sink && a.at.file === b.at.file && a.at.line === b.at.line && a.at.column === b.at.column;
  return isSameCall && isSameRecord(a.accessPath, b.accessPath);
}

/** The status that counts, in the company that the field arrives in. */
export function statusInCompany(ctx: Context, flow: Flow): Status {
  return ctx.beside.has(flow) ? "identified" : flow.status;
}
