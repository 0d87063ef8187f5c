/** What a statement in SQL text does to tables: for the raw queries of database clients. */
import { S, setSlot } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { BOTTOM, isBottom, join, ofRef, type Value } from "../domain/value.js";
import { make, type Machine } from "../machine/machine.js";
import { unknown } from "../machine/unknown.js";
import { readStatement } from "./sql-text.js";
import { readColumn, readRow, writeRow } from "./table.js";

/** Runs a statement whose parameters (in order) stand as `?`; gives one of its rows, bottom when it gives none. */
export function runSql(m: Machine, text: string, params: readonly Value[], site: Site): Value {
  const s = readStatement(text);
  const target = s.tables[0]?.name;
  if (target !== undefined && (s.op === "insert" || s.op === "update")) {
    const row = make(m, "object", `${site.file}:${site.at}:written`);
    const inOrder = s.op === "update" ? params.slice(0, s.written.length) : params;
    for (const [i, v] of inOrder.entries()) {
      const name = s.written.length === 0 ? undefined : s.written[i % s.written.length]!;
      const old = row.props.get(name ?? S.rest);
      setSlot(m.heap, row, name ?? S.rest, old === undefined ? v : join(old, v));
    }
    if (inOrder.length > 0) writeRow(m, target, ofRef(row.id), site);
  }
  if (s.op !== "select" && s.columns?.length === 0) return BOTTOM;
  const names = [...new Set(s.tables.map((t) => t.name))];
  if (s.columns === undefined) {
    let out: Value = BOTTOM;
    for (const name of names) out = join(out, readRow(m, name, site));
    return isBottom(out) ? unknown(m, site) : out;
  }
  const row = make(m, "object", `${site.file}:${site.at}:selected`);
  for (const column of s.columns) {
    let v: Value = BOTTOM;
    for (const { alias, column: name } of column.mentions) {
      const tables = alias === undefined ? names : s.tables.filter((t) => t.alias === alias || t.name === alias).map((t) => t.name);
      for (const t of tables) v = join(v, readColumn(m, t, name, site));
    }
    setSlot(m.heap, row, column.output, isBottom(v) ? unknown(m, `${site.file}:${site.at}:${column.output}`) : v);
  }
  return ofRef(row.id);
}

/** The text of a tagged template with `?` for its parameters; undefined when its parts are not known. */
export function templateText(m: Machine, strings: Value): string | undefined {
  const obj = strings.refs.length === 1 ? m.heap.objects[strings.refs[0]!] : undefined;
  if (obj?.kind !== "array") return undefined;
  const out: string[] = [];
  for (let i = 0; obj.props.has(String(i)); i++) out.push(String(obj.props.get(String(i))!.consts[0] ?? ""));
  return out.join("?");
}
