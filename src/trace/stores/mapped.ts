/**
 * Names by which a Prisma schema maps its models onto the database: `model Entry { text String @map("entry_text") @@map("entries") }`. A
 * table has one place, under the model's names; SQL and other builders call it and its columns by those of the database.
 */
import type { Machine } from "../machine/machine.js";
import { normalName } from "./names.js";
import { prismaModels, type PrismaField } from "./prisma/prisma-schema.js";

export interface MappedTable {
  /** The model's normal name. */
  readonly model: string;
  /** Fields by their normal names. */
  readonly fields: ReadonlyMap<string, PrismaField>;
  /** Normal names of fields by those of their columns, where they differ. */
  readonly fieldOfColumn: ReadonlyMap<string, string>;
}

/** Where the names of a row come from: a model's fields, or a table's columns. */
export type Spelling = "model" | "database";

/** Schemas are read once for a run. */
const known = new WeakMap<Machine, ReadonlyMap<string, MappedTable>>();

function tablesOf(m: Machine): ReadonlyMap<string, MappedTable> {
  const before = known.get(m);
  if (before !== undefined) return before;
  const texts = (m.project.assets?.(".prisma") ?? []).flatMap((path) => m.project.asset(path) ?? []);
  const out = new Map<string, MappedTable>();
  for (const { name, table, fields } of texts.flatMap(prismaModels)) {
    const mapped: MappedTable = {
      model: normalName(name),
      fields: new Map(fields.map((field) => [normalName(field.name), field])),
      fieldOfColumn: new Map(
        fields.flatMap((field) => (field.column === undefined ? [] : [[normalName(field.column), normalName(field.name)]])),
      ),
    };
    // A model's own name goes before the name that another is mapped to.
    out.set(mapped.model, mapped);
    if (table !== undefined && !out.has(normalName(table))) out.set(normalName(table), mapped);
  }
  known.set(m, out);
  return out;
}

/** The model behind the name of a model or a table; undefined where no schema tells of it. */
export const mappedTable = (m: Machine, table: string): MappedTable | undefined => tablesOf(m).get(normalName(table));

/** The one normal name of a table. */
export const canonicalTable = (m: Machine, table: string): string => mappedTable(m, table)?.model ?? normalName(table);

/** The one normal name of each column of a table. */
export function columnKeys(m: Machine, table: string): (column: string) => string {
  const fields = mappedTable(m, table)?.fieldOfColumn;
  if (fields === undefined || fields.size === 0) return normalName;
  return (column) => fields.get(normalName(column)) ?? normalName(column);
}

/** A column's name as a model, or the database, spells it. Names that the schema does not map stay as they are. */
export function spelledColumn(m: Machine, table: string, column: string, as: Spelling): string {
  const field = mappedTable(m, table)?.fields.get(columnKeys(m, table)(column));
  return field?.column === undefined ? column : as === "model" ? field.name : field.column;
}

/** What a relation's field leads to; undefined where no schema tells. */
export function mappedRelation(m: Machine, model: string, name: string): { readonly table: string; readonly many: boolean } | undefined {
  const field = mappedTable(m, model)?.fields.get(normalName(name));
  const target = field === undefined ? undefined : mappedTable(m, field.type);
  return target === undefined || field === undefined ? undefined : { table: target.model, many: field.list };
}
