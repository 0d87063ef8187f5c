/** Raw SQL of Knex: `raw("?? = ?", ["users.id", id])`. */
import { objectsOf, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, join, ofConst, UNDEFINED, type Value } from "../../domain/value.js";
import { iterate } from "../../machine/iterate.js";
import type { NativeCall } from "../../machine/machine.js";
import { getAny } from "../../machine/props.js";
import { isBuilder, isRaw, pathOf, Q } from "./knex-query.js";
import { given } from "../sql-clients.js";
import { ANY_NAME } from "../sql/from.js";
import { statementsOf, type Statement } from "../sql/texts.js";

/** Reads a text that stands behind so many parameters. */
export type Read<T> = (sql: string, params: number) => T;

/** One row of what a builder gives. */
export type Selects = (query: Obj) => Value;

/** Raw SQL within raw SQL. */
const DEPTH = 4;

/** Each text that raw SQL may be, read as what it stands for. */
export function rawParts<T>(call: NativeCall, params: Value[], raw: Obj, read: Read<T>, selects: Selects): readonly T[] {
  return rawTexts(call, raw, selects).map(({ text, values }) => {
    const before = params.length;
    params.push(...values);
    return read(text, before);
  });
}

/** The statements that raw SQL may be: names (`??`, `:name:`) and other raw SQL stand in the text, values behind it. */
function rawTexts(call: NativeCall, raw: Obj, selects: Selects, depth = 0): readonly Statement[] {
  const { m, site } = call;
  const text = raw.props.get(Q.sql) ?? BOTTOM;
  const bindings = raw.props.get(Q.bindings) ?? UNDEFINED;
  const objects = objectsOf(m.heap, bindings);
  const lists = objects.filter((o) => o.kind === "array");
  const items = lists.length > 0 ? iterate(m, bindings, site) : undefined;
  const values = items === undefined ? [bindings] : items.rest === null ? items.list : [...items.list, items.rest];
  const spelled = (c: string): readonly Statement[] => {
    const rest: Value[] = [];
    let next = 0;
    const put = (v: Value, isName: boolean): string => {
      if (isName) return quoted(exact(v));
      const inner =
        depth > DEPTH
          ? []
          : objectsOf(m.heap, v)
              .filter(isRaw)
              .flatMap((o) => rawTexts(call, o, selects, depth + 1));
      if (inner.length > 0) {
        rest.push(...inner[0]!.values);
        return inner[0]!.text;
      }
      rest.push(bound(call, v, selects));
      return "?";
    };
    const plain = c.replace(/\\\?|\?\??|:(\w+):/g, (all, name: string | undefined) => {
      if (all === "\\?") return "<@";
      if (name !== undefined) return quoted(exact(given(call, [bindings])({ name })));
      return put(values[next++] ?? UNDEFINED, all === "??");
    });
    return statementsOf(m, ofConst(plain), given(call, lists.length > 0 || objects.length === 0 ? rest : [bindings]));
  };
  const open = statementsOf(m, { ...text, consts: [] }, given(call, values));
  return [...text.consts.flatMap((c) => spelled(String(c))), ...open];
}

const quoted = (name: unknown): string =>
  typeof name === "string"
    ? pathOf(name)
        .map((part) => (part === "*" ? part : `"${part}"`))
        .join(".")
    : `"${ANY_NAME}"`;

/** A subquery among bindings is what it selects. */
function bound(call: NativeCall, v: Value, selects: Selects): Value {
  const queries = objectsOf(call.m.heap, v).filter(isBuilder);
  if (queries.length === 0) return v;
  return queries.reduce((out: Value, q) => join(out, getAny(call.m, selects(q), call.site)), { ...v, refs: [] });
}
