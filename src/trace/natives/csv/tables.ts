/**
 * Tables as text (RFC 4180). Text that a library makes of rows keeps them, column by column, as JSON text keeps its structure: who parses it
 * has the columns apart again. What the program has put together itself is anywhere in the rows.
 */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, joinAll, ofRef, ofRefs, refPart, stringOf, withRefs, type Value } from "../../domain/value.js";
import { allLabels } from "../../machine/deep.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { textOf } from "../../machine/clone.js";
import { make, type NativeCall } from "../../machine/machine.js";
import { entries, getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { spot } from "../items.js";
import { parsedOf } from "../json.js";
import { listOf, record } from "../support.js";
import { decode } from "../text.js";

/** A column of the text, and where a row has it. */
interface Column {
  readonly name: string;
  readonly from: string;
}

/** Columns that options name: `["a"]`, `[{ key, header }]`, `[{ id, title }]`, `{ a: "A" }`; undefined where they do not tell. */
export function columnsOf(call: NativeCall, columns: Value): readonly Column[] | undefined {
  const out: Column[] = [];
  const { m, site } = call;
  for (const obj of objectsOf(m.heap, columns)) {
    if (obj.kind === "array") {
      const items = iterate(m, ofRef(obj.id), site);
      if (items.rest !== null) return undefined;
      for (const item of items.list) {
        const column = columnOf(call, item);
        if (column === undefined) return undefined;
        out.push(column);
      }
    } else if (obj.kind === "object")
      for (const { name, value } of entries(m, obj, site).known) out.push({ from: name, name: text(value) ?? name });
    else return undefined;
  }
  return out.length === 0 ? undefined : out;
}

const text = (v: Value): string | undefined => {
  const c = exact(v);
  return typeof c === "string" ? c : undefined;
};

function columnOf(call: NativeCall, item: Value): Column | undefined {
  const name = text(item);
  if (name !== undefined) return { name, from: name };
  const part = (...names: readonly string[]): string | undefined =>
    names.map((n) => (item.refs.length === 0 ? undefined : text(getNamed(call.m, item, n, call.site)))).find((x) => x !== undefined);
  const from = part("key", "id", "value");
  return from === undefined ? undefined : { from, name: part("header", "title", "label") ?? from };
}

/** A row as it will be read: by the names of the columns. */
function rowText(call: NativeCall, row: Value, columns: readonly Column[] | undefined): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, row)) {
    const one = ofRef(obj.id, row.via);
    if (columns === undefined) {
      // Of a list the names of its columns are not known: another row may tell them.
      out = join(out, obj.kind === "array" ? unknown(m, spot(site, "row"), allLabels(m, one)) : one);
      continue;
    }
    const parts = columns.map(({ name, from }, i) => [name, getNamed(m, one, obj.kind === "array" ? String(i) : from, site)] as const);
    out = join(out, record(m, Object.fromEntries(parts), spot(site, "row")));
  }
  return out;
}

/** The text of one row or of several. */
export function tableText(call: NativeCall, rows: Value, columns: readonly Column[] | undefined): Value {
  const { m, site } = call;
  const row = rowText(call, rows, columns);
  return isBottom(row) ? stringOf(allLabels(m, rows)) : textOf(m, listOf(m, row, spot(site, "table")), site);
}

/** All rows of a list. */
export const rowsIn = (call: NativeCall, rows: Value): Value => anyItem(iterate(call.m, rows, call.site, true));

/** What a row of text is given as: an object by the names of a header, or a list of its values. */
export type Shape = "object" | "list" | "either";

/** Any row of a text. */
export function rowOf(call: NativeCall, given: Value, shape: Shape, columns?: readonly Column[]): Value {
  const { m, site } = call;
  const text = decode(m, given, site);
  const tables = objectsOf(m.heap, text).filter((o) => o.kind === "text" && isTable(call, o));
  const plain = withRefs(
    text,
    text.refs.filter((id) => !tables.some((o) => o.id === id)),
  );
  const content = tables.length === 0 ? BOTTOM : parsedOf(call, ofRefs(tables.map((o) => o.id)));
  const lists = objectsOf(m.heap, content).filter((o) => o.kind === "array");
  const rows = joinAll(lists.map((o) => refPart(anyItem(iterate(m, ofRef(o.id, content.via), site)))));
  const shaped = joinAll(objectsOf(m.heap, rows).map((o) => inShape(call, o, rows.via, shape, columns)));
  return isBottom(plain) ? shaped : join(shaped, unknown(m, spot(site, "parsed row"), allLabels(m, plain)));
}

/** Is it text that was made of rows? */
const isTable = ({ m }: NativeCall, text: Obj): boolean => {
  const held = objectsOf(m.heap, text.props.get(S.value) ?? BOTTOM);
  return held.length > 0 && held.every((o) => o.kind === "array");
};

function inShape(call: NativeCall, row: Obj, via: Value["via"], shape: Shape, columns: readonly Column[] | undefined): Value {
  const { m, site } = call;
  const one = ofRef(row.id, via);
  const known = row.kind === "object" ? entries(m, row, site) : undefined;
  const values = known === undefined ? one : join(joinAll(known.known.map((x) => x.value)), known.rest ?? BOTTOM);
  const list = (): Value => (known === undefined ? one : listOf(m, values, spot(site, "values")));
  if (shape === "list") return list();
  // Names that the reader gives take the place of those in the text.
  if (columns !== undefined && known !== undefined && columns.some(({ name }) => !known.known.some((x) => x.name === name))) {
    const obj = make(m, "object", spot(site, "renamed row"));
    setSlot(m.heap, obj, S.rest, values);
    return ofRef(obj.id);
  }
  return shape === "either" ? join(one, list()) : one;
}
