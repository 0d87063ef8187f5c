/** Columns in which the answer of a consent is kept: whoever reads one of a row and goes on because of it has asked about that row. */
import type { Consent } from "../../manifest/model.js";
import { about, NO_FACTS, union, type Facts } from "../domain/about.js";
import { setSlot, type Obj } from "../domain/heap.js";
import { ANY_BOOLEAN, join, withAbout, type Value } from "../domain/value.js";
import { factOf, ITS_ROW } from "../machine/gates.js";
import type { Machine } from "../machine/machine.js";
import { asksAbout } from "../machine/summaries/recording.js";
import { canonicalTable, columnKeys, spelledColumn, type Spelling } from "./mapped.js";

const consentsIn = (m: Machine, table: string): readonly Consent[] =>
  m.gates === null
    ? []
    : m.manifest.consents.filter(({ column }) => column !== undefined && canonicalTable(m, column.table) === canonicalTable(m, table));

/** What a column holds, which is an answer where it keeps one: yes where it is true, or for an opt-out where it is not. */
export function answerIn(m: Machine, table: string, column: string, v: Value): Value {
  const key = columnKeys(m, table);
  const consents = consentsIn(m, table).filter((one) => key(one.column!.name) === key(column));
  if (consents.length === 0) return v;
  asksAbout(m);
  const facts = (says: boolean): Facts =>
    consents.reduce((all: Facts, { id, mode }) => union(all, [factOf(m, m.gates!, id, says !== (mode === "opt-in"), [ITS_ROW])]), NO_FACTS);
  return withAbout(join(v, ANY_BOOLEAN), about("", NO_FACTS, facts(true), facts(false)));
}

/** The same for all columns of a row. */
export function answersInRow(m: Machine, table: string, row: Obj, other: Value, except: ReadonlySet<string>, as: Spelling): void {
  const key = columnKeys(m, table);
  for (const { column } of consentsIn(m, table)) {
    const { name } = column!;
    if ([...except].some((one) => key(one) === key(name))) continue;
    const there = [...row.props.keys()].filter((one) => key(one) === key(name));
    // Where no schema tells how the code spells it, it may be either way.
    for (const slot of new Set([...there, spelledColumn(m, table, name, as), camel(name), snake(name)]))
      setSlot(m.heap, row, slot, answerIn(m, table, name, row.props.get(slot) ?? other));
  }
}

const camel = (name: string): string => name.replace(/(?<=.)_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const snake = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
