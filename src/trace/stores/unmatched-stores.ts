/** Stores of the manifest that name a model or a column that the project's schema does not have, or a table that no code touches. */
import { CONNECTORS } from "../../manifest/connectors.js";
import type { Manifest, Store } from "../../manifest/model.js";
import type { UnmatchedLocator } from "../result.js";
import { tableOf } from "./columns.js";
import { normalName } from "./names.js";
import { prismaModels, type PrismaModel } from "./prisma/prisma-schema.js";

/**
 * `schemas` are the texts of the project's Prisma schemas, read when they are asked for; `tables` are those that the program was seen to
 * read or write, by their normal names; undefined where that may be any. `tablesOf` are those that an entry is about.
 */
export function unmatchedStores(
  manifest: Manifest,
  schemas: () => readonly string[],
  tables: readonly string[] | undefined,
  tablesOf: (store: Store) => readonly string[],
): UnmatchedLocator[] {
  let models: readonly PrismaModel[] | undefined;
  return manifest.stores.flatMap((store, i) => {
    const table = tableOf(store);
    if (table === undefined || store.at.kind !== "connector" || store.place.file !== manifest.file) return [];
    const entry = `stores[${i}]`;
    if (store.at.connector === "prisma") {
      models ??= schemas().flatMap(prismaModels);
      if (models.length > 0) return inSchema(store, table, entry, models);
    }
    if (
      CONNECTORS[store.at.connector].followed !== "columns" ||
      tables === undefined ||
      tablesOf(store).some((name) => tables.includes(normalName(name)))
    )
      return [];
    return [{ text: table, entry: `${entry}.${store.at.connector}`, unsure: true, why: { k: "unused-table", known: tables } }];
  });
}

/** Columns of consents in tables that no code touches; `tables` as above. */
export const unmatchedColumns = (
  manifest: Manifest,
  tables: readonly string[] | undefined,
  nameOf: (table: string) => string,
): UnmatchedLocator[] =>
  manifest.consents.flatMap(({ id, column, place }) =>
    column === undefined || tables === undefined || place.file !== manifest.file || tables.includes(nameOf(column.table))
      ? []
      : [{ text: column.table, entry: `consent.${id}.column`, unsure: true, why: { k: "unused-table", known: tables } }],
  );

function inSchema({ columns }: Store, table: string, entry: string, models: readonly PrismaModel[]): UnmatchedLocator[] {
  const same = models.filter(({ name, table: mapped }) => [name, mapped ?? name].some((one) => normalName(one) === normalName(table)));
  const known = [...new Set(models.map(({ name }) => name))].sort();
  if (same.length === 0) return [{ text: table, entry: `${entry}.prisma`, why: { k: "model", of: table, known } }];
  const names = [...new Set(same.flatMap((model) => model.columns))].sort();
  return Object.keys(columns)
    .filter((column) => !names.some((name) => normalName(name) === normalName(column)))
    .map((column) => ({ text: column, entry: `${entry}.columns.${column}`, why: { k: "column", of: table, known: names } }));
}
