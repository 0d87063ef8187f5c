/** What the filters of Supabase's queries ask for: `eq("consent", true)` of the table, `eq("users.consent", true)` of one that is joined. */
import type { Obj } from "../../domain/heap.js";
import { exact, type Value } from "../../domain/value.js";
import type { NativeCall } from "../../machine/machine.js";
import { asked } from "../builder-conditions.js";
import type { Fixed } from "../conditions.js";
import { readSelection } from "./columns.js";
import { relatedTable } from "./rows.js";

/** What all rows have that a query gives. */
export function fixedIn(call: NativeCall, query: Obj, own: string, selection: Value): readonly Fixed[] {
  const conditions = asked(call.m, query, call.site);
  if (conditions.length === 0) return [];
  const tables = joinedTables(call, own, selection);
  return conditions.flatMap(({ alias, name, is }) => {
    const table = tables.get(alias);
    return table === undefined ? [] : [{ table, column: name, value: is }];
  });
}

/** The tables that conditions on a table's rows may name: its own, and those of which there is a row for each of them. */
function joinedTables(call: NativeCall, table: string, selection: Value): ReadonlyMap<string | undefined, string> {
  const text = exact(selection);
  const parts = typeof text === "string" ? readSelection(text) : [];
  const inner = parts.flatMap((part) => (part.k === "table" && part.inner ? [part] : []));
  return new Map<string | undefined, string>([
    [undefined, table],
    ...inner.flatMap(({ as, table: name }) => [as, name].map((said): [string, string] => [said, relatedTable(call, name)])),
  ]);
}
