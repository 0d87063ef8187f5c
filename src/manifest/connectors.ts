/** The connectors of `stores`: what each of them names, and how far this version follows it. */

interface Connector {
  /** What the value of its key names: for the manifest's schema. */
  readonly names: string;
  /** Its places are tables, which are told apart by their names alone, whichever library reads them. */
  readonly table: boolean;
  /** Are its writes and reads followed; and are columns told apart in what is read? */
  readonly followed: "no" | "whole" | "columns";
}

export const CONNECTORS = {
  prisma: { names: "A Prisma model.", table: true, followed: "columns" },
  drizzle: { names: "A Drizzle table.", table: true, followed: "columns" },
  kysely: { names: "A Kysely table.", table: true, followed: "columns" },
  knex: { names: "A Knex table.", table: true, followed: "columns" },
  typeorm: { names: "The table of a TypeORM entity.", table: true, followed: "columns" },
  sequelize: { names: "The table of a Sequelize model.", table: true, followed: "columns" },
  mikroorm: { names: "The table of a MikroORM entity.", table: true, followed: "columns" },
  mongoose: { names: "A Mongoose model.", table: true, followed: "columns" },
  mongodb: { names: "A MongoDB collection.", table: true, followed: "columns" },
  firestore: { names: "A Firestore collection.", table: true, followed: "columns" },
  sql: { names: "A table in SQL text.", table: true, followed: "columns" },
  clickhouse: { names: "A ClickHouse table.", table: true, followed: "columns" },
  redis: { names: "A Redis key, `*` for what varies.", table: false, followed: "whole" },
  bullmq: { names: "A BullMQ queue.", table: false, followed: "whole" },
  s3: { names: "A bucket and a pattern of keys: `acme-training/**`.", table: false, followed: "whole" },
  file: { names: "A path or a pattern of paths.", table: false, followed: "whole" },
  storage: { names: "A key of the browser's storage.", table: false, followed: "no" },
} as const satisfies Readonly<Record<string, Connector>>;

export type ConnectorName = keyof typeof CONNECTORS;
