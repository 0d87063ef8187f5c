/**
 * What a field's status is worth in the record that it arrives in (Art. 4(5): who has a pseudonym must not have the additional information).
 * A pseudonym beside what it stands for, or beside another name of the person, is none: it counts as identified. And what does not single
 * anybody out, in a record that nothing else does either, is as far from the person as a pseudonym.
 */
import type { Field, Status } from "../manifest/model.js";
import type { Flow } from "../trace/result.js";
import type { Context } from "./context.js";
import { isDirect, isQuasi, isSameRecord } from "./identifiers.js";

export interface Company {
  /** Of flows that arrive pseudonymised, and are identified again: the flow of the identifier beside. */
  readonly rejoined: ReadonlyMap<Flow, Flow>;
  /** Flows of fields that single nobody out by themselves, in records without identifiers. */
  readonly unattributed: ReadonlySet<Flow>;
}

export function companyOf(flows: readonly Flow[], fields: ReadonlyMap<string, Field>): Company {
  const named = flows.filter(({ status }) => status === "identified");
  const naming = new Set(named.filter(({ field }) => isDirect(fields.get(field), field)));
  const crowding = named.filter(({ field }) => isQuasi(fields.get(field)));
  const rejoined = new Map(
    flows.flatMap((flow): [Flow, Flow][] => {
      if (flow.status !== "pseudonymised") return [];
      const other = named.find((one) => (one.field === flow.field || naming.has(one)) && isBeside(one, flow));
      return other === undefined ? [] : [[flow, other]];
    }),
  );
  const unattributed = named.filter((flow) => {
    const { identifier } = fields.get(flow.field) ?? {};
    if (identifier !== "quasi" && identifier !== "none") return false;
    const first = identifier === "quasi" ? flow : crowding.find((one) => isBeside(one, flow));
    const isCrowded = first !== undefined && crowding.some((one) => one.field !== first.field && isBeside(one, flow));
    return !isCrowded && ![...naming].some((one) => isBeside(one, flow));
  });
  return { rejoined, unattributed: new Set(unattributed) };
}

/** Do two flows arrive in one record? */
export function isBeside(a: Flow, b: Flow): boolean {
  const isSameCall = a.sink === b.sink && a.at.file === b.at.file && a.at.line === b.at.line && a.at.column === b.at.column;
  return isSameCall && isSameRecord(a.accessPath, b.accessPath);
}

/** The status that counts, in the company that the field arrives in. */
export function statusInCompany({ company }: Pick<Context, "company">, flow: Flow): Status {
  if (company.rejoined.has(flow)) return "identified";
  return company.unattributed.has(flow) ? "pseudonymised" : flow.status;
}
