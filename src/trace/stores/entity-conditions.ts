/** What filters on entities ask for: their properties are columns, and other entities that theirs belong to. */
import type { Value } from "../domain/value.js";
import type { NativeCall } from "../machine/machine.js";
import { fixedBy, given, type Filtered, type Fixed } from "./conditions.js";
import { columnNamed, targetsOf, type Entity } from "./entities.js";

/** The database's name of a property. */
export const columnName = (e: Entity, property: string): string => columnNamed(e, property)?.[1].name ?? property;

/** An entity as filters see it. */
export const filtered = (call: NativeCall, e: Entity): Filtered => ({
  table: e.table,
  column: (name) => columnName(e, name),
  related: (name) => {
    const [target, ...others] = relatedTo(call, e, name);
    return target === undefined || others.length > 0 ? undefined : filtered(call, target);
  },
});

/** What the one row under a property is; nothing where it may be many. */
function relatedTo(call: NativeCall, e: Entity, property: string): readonly Entity[] {
  const relation = e.relations.get(property);
  return relation === undefined || relation.many ? [] : targetsOf(call, e.library, relation.target);
}

/** What a filter asks for of an entity's rows. */
export const askedOf = (call: NativeCall, e: Entity, where: Value): readonly Fixed[] =>
  fixedBy(call.m, where, filtered(call, e), call.site);

/** A row of those that a filter asks for. */
export const whereRow = (call: NativeCall, e: Entity, where: Value, row: Value): Value => given(call.m, row, askedOf(call, e, where));
