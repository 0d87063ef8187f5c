/**
 * As much of `better-sqlite3` as the cases need, over SQLite's engine as it is built for WebAssembly (`sql.js`): the real package has to be
 * built for each machine. Interface: https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md.
 */
import { createRequire } from "node:module";

/** What is used of `sql.js`. */
interface Engine {
  prepare(sql: string): EngineStatement;
  exec(sql: string): unknown;
  getRowsModified(): number;
}
interface EngineStatement {
  bind(values: unknown[] | Record<string, unknown>): boolean;
  step(): boolean;
  get(): unknown[];
  getColumnNames(): string[];
  free(): boolean;
}
type Sqljs = () => Promise<{ readonly Database: new () => Engine }>;

type Row = Record<string, unknown>;

/** What `require("better-sqlite3")` gives. Databases of one path are one, those in memory each their own. */
export async function makeSqlite(): Promise<unknown> {
  const load = createRequire(import.meta.url)("sql.js") as Sqljs;
  const { Database: NewEngine } = await load();
  const known = new Map<string, Engine>();
  const engineOf = (path: string): Engine => {
    const engine = known.get(path) ?? new NewEngine();
    if (path !== "" && path !== ":memory:") known.set(path, engine);
    return engine;
  };

  class Database {
    readonly #engine: Engine;
    constructor(path = ":memory:") {
      this.#engine = engineOf(path);
    }
    prepare(sql: string): Statement {
      return new Statement(this.#engine, sql);
    }
    exec(sql: string): this {
      this.#engine.exec(sql);
      return this;
    }
    pragma(): Row[] {
      return [];
    }
    /** A function whose writes are all undone where it throws. */
    transaction<A extends unknown[], R>(work: (...args: A) => R): (...args: A) => R {
      return (...args) => {
        this.#engine.exec("BEGIN");
        try {
          const result = work(...args);
          this.#engine.exec("COMMIT");
          return result;
        } catch (error) {
          this.#engine.exec("ROLLBACK");
          throw error;
        }
      };
    }
    close(): this {
      return this;
    }
  }
  return Database;
}

class Statement {
  readonly #engine: Engine;
  readonly #sql: string;
  #bound: readonly unknown[] = [];
  #shape: (names: readonly string[], values: readonly unknown[]) => unknown = (names, values) =>
    Object.fromEntries(names.map((name, i) => [name, values[i]]));

  constructor(engine: Engine, sql: string) {
    this.#engine = engine;
    this.#sql = sql;
  }

  /** Does it give rows? */
  get reader(): boolean {
    return /^\s*(select|with|values|pragma)\b|\breturning\b/i.test(this.#sql);
  }
  bind(...values: unknown[]): this {
    this.#bound = values;
    return this;
  }
  pluck(): this {
    this.#shape = (_, [first]) => first;
    return this;
  }
  raw(): this {
    this.#shape = (_, values) => values;
    return this;
  }
  all(...values: unknown[]): unknown[] {
    return this.#rows(values);
  }
  get(...values: unknown[]): unknown {
    return this.#rows(values)[0];
  }
  *iterate(...values: unknown[]): Generator<unknown, void> {
    yield* this.#rows(values);
  }
  run(...values: unknown[]): { changes: number; lastInsertRowid: number } {
    this.#rows(values);
    const [id] = this.#engine.prepare("SELECT last_insert_rowid()").get();
    return { changes: this.#engine.getRowsModified(), lastInsertRowid: Number(id ?? 0) };
  }

  #rows(values: readonly unknown[]): unknown[] {
    const statement = this.#engine.prepare(this.#sql);
    statement.bind(parametersOf(values.length > 0 ? values : this.#bound));
    const rows: unknown[] = [];
    while (statement.step()) rows.push(this.#shape(statement.getColumnNames(), statement.get()));
    statement.free();
    return rows;
  }
}

/** Values one by one or in a list; an object's under the names that the text has for them: `@name`, `:name`, `$name`. */
function parametersOf(values: readonly unknown[]): unknown[] | Row {
  const given = values.flat();
  const [first] = given;
  if (given.length !== 1 || typeof first !== "object" || first === null) return given;
  return Object.fromEntries(Object.entries(first).flatMap(([name, v]) => ["@", ":", "$"].map((mark) => [mark + name, v])));
}
