/** SQL as far as data flows through it: what is read from where, under which names it comes out, what is written where. */
import type { Wanted } from "../conditions.js";

/** What a column of a result, or a written value, is made of. */
export type Expr =
  /** A column; `alias` is the table or alias before the dot. */
  | { readonly k: "column"; readonly alias: string | undefined; readonly name: string }
  /** A column whose name is not known: of one table, or of any. */
  | { readonly k: "any"; readonly alias: string | undefined }
  /** The i-th parameter of the text. */
  | { readonly k: "param"; readonly i: number }
  /** A literal (with its text), a count, a comparison, a hash: nothing of any row. */
  | { readonly k: "silent"; readonly text?: string }
  /** One of these, as it is: `coalesce`, `case`, `max`. */
  | { readonly k: "either"; readonly of: readonly Expr[] }
  /** Something that spells these out: `||`, functions, sums. */
  | { readonly k: "text"; readonly of: readonly Expr[] }
  /** `json_agg`, `array_agg`, `array[…]`. */
  | { readonly k: "list"; readonly of: readonly Expr[] }
  /** `json_build_object('a', x)`; a key that is no literal is undefined. */
  | { readonly k: "object"; readonly entries: readonly { readonly key: string | undefined; readonly value: Expr }[] }
  /** `x -> 'key'`; an index or a key that is no literal is undefined. */
  | { readonly k: "member"; readonly of: Expr; readonly key: string | undefined }
  /** `to_json(t)`: a whole row, or a column of that name. */
  | { readonly k: "row"; readonly alias: string }
  | { readonly k: "query"; readonly query: Query };

export type Item =
  /** `*`, or `t.*`. */
  | { readonly star: string | undefined }
  | { /** Undefined where the name is not known. */ readonly output: string | undefined; readonly of: Expr };

export interface Source {
  readonly alias: string;
  readonly of:
    | { readonly k: "table"; readonly name: string }
    | { readonly k: "query"; readonly query: Query }
    /** A function that gives rows, `unnest(x)`: the items of its arguments. `values (…)` as well. */
    | { readonly k: "items"; readonly args: readonly Expr[] };
  /** Names for the columns: `as t (a, b)`. */
  readonly columns: readonly string[];
  /** What its join asks for; undefined where it is not joined, or nobody has read how. */
  readonly on?: Joining;
  /** Are there rows without one of it? */
  readonly isOuter?: boolean;
}

/** What rows that are put together must meet. */
export interface Joining {
  /** In all rows: none of an outer join, which gives rows without. */
  readonly where: readonly Condition[];
  readonly links: readonly Link[];
}

/** `a.id = b.a_id`; of a column without a table, any that is joined. */
export type Link = readonly [Named, Named];

export interface Named {
  readonly alias: string | undefined;
  readonly name: string;
}

export interface Assignment {
  readonly column: string;
  readonly of: Expr;
}

/** A column that is true, or false, or somebody's key in all rows: always, or if the parameter is so. */
export type Condition = Named & ({ readonly is: Wanted } | { readonly param: number });

export interface Select {
  readonly k: "select";
  readonly items: readonly Item[];
  readonly from: readonly Source[];
  readonly where?: readonly Condition[];
  /** How its tables are linked beside their joins; undefined where nobody has read that: of what a builder has put together. */
  readonly links?: readonly Link[];
  /** Tables of which the conditions ask for rows, and nothing is read. */
  readonly asked?: readonly Source[];
}

export interface Write {
  readonly k: "insert" | "update" | "delete";
  readonly table: string;
  readonly alias: string;
  /** An insert's columns; empty where they are not written. */
  readonly columns: readonly string[];
  /** Its rows, value by value. */
  readonly rows: readonly (readonly Expr[])[];
  /** `insert into t select …`. */
  readonly query: Query | undefined;
  /** Parameters that stand for whole rows, as tags of some clients take them. */
  readonly whole: readonly number[];
  /** What an update, or `on conflict do update`, sets. */
  readonly set: readonly Assignment[];
  readonly from: readonly Source[];
  readonly returning: readonly Item[] | undefined;
}

export interface Query {
  readonly ctes: readonly { readonly name: string; readonly columns: readonly string[]; readonly query: Query }[];
  /** Several where they are united; none where nothing is understood. */
  readonly parts: readonly (Select | Write)[];
}
