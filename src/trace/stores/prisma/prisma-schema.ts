/** Models and their columns in the text of a Prisma schema: https://www.prisma.io/docs/orm/prisma-schema. */

/** A model or a view, by its name in the schema. */
export interface PrismaModel {
  readonly name: string;
  /** The table's own name, where `@@map` gives one. */
  readonly table: string | undefined;
  /** Names of its fields, and of the columns that `@map` gives them. */
  readonly columns: readonly string[];
  readonly fields: readonly PrismaField[];
}

/** A column, or a relation to the model that is its type. */
export interface PrismaField {
  readonly name: string;
  readonly type: string;
  readonly list: boolean;
  /** The column's own name, where `@map` gives one. */
  readonly column: string | undefined;
}

/** Blocks begin on a line of their own and end with a brace at a line's start; fields cannot hold one. */
const BLOCK = /^[ \t]*(?:model|view|type)[ \t]+(\w+)[ \t]*\{([^]*?)^[ \t]*\}/gm;

export function prismaModels(schema: string): PrismaModel[] {
  return [...schema.matchAll(BLOCK)].map(([, name = "", body = ""]) => {
    const lines = body.split("\n").map((line) => line.trim());
    const mapped = (line: string): string | undefined => /@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(line)?.[1];
    const fields = lines.flatMap((line): PrismaField[] => {
      const [, field, type, list] = /^(\w+)\s+(\w+)?(\[\])?/.exec(line) ?? [];
      return field === undefined ? [] : [{ name: field, type: type ?? "", list: list !== undefined, column: mapped(line) }];
    });
    return {
      name,
      table: lines.filter((line) => line.startsWith("@@map")).map(mapped)[0],
      columns: fields.flatMap((field) => [field.name, ...(field.column === undefined ? [] : [field.column])]),
      fields,
    };
  });
}
