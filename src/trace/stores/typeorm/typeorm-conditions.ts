/**
 * What the conditions of TypeORM's query builders ask for: `where("user.mayTrain = :is", { is: true })`, `where({ mayTrain: true })`. They
 * are read when the query is, since aliases and parameters may come behind them.
 */
import { objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, ofConst, TRUE, type Value } from "../../domain/value.js";
import { arg } from "../../machine/call.js";
import type { NativeCall } from "../../machine/machine.js";
import { entries } from "../../machine/props.js";
import { saysConsent, wantedOf, type Fixed } from "../conditions.js";
import { askedOf, columnName } from "../entity-conditions.js";
import { conditionsIn } from "../sql/conditions.js";
import { statementsOf } from "../sql/texts.js";
import { builders, entitiesAt, mainOf } from "./typeorm-query.js";

/** Certainties: a condition that only some ways have given says nothing. */
const WHERE = "\0!where:";
const PARAMETER = "\0!parameter:";
/** Something else is enough as well. */
const OR = "\0or where";

/** The builder that is meant; of several that it may be, nobody knows which. */
function sole(call: NativeCall): Obj | undefined {
  const [query, ...others] = saysConsent(call.m) ? builders(call) : [];
  return others.length > 0 || query?.summary === true ? undefined : query;
}

/** `where(…)` takes the place of all before it. */
export function startWhere(call: NativeCall): void {
  for (const query of builders(call))
    for (const slot of [...query.props.keys()]) if (slot.startsWith(WHERE) || slot === OR) setSlot(call.m.heap, query, slot, undefined);
  andWhere(call);
}

export function andWhere(call: NativeCall): void {
  const query = sole(call);
  if (query === undefined) return;
  setSlot(call.m.heap, query, `${WHERE}${call.site.file}:${call.site.at}`, arg(call.args, 0));
  putParameters(call, query, arg(call.args, 1));
}

export function orWhere(call: NativeCall): void {
  for (const query of builders(call)) setSlot(call.m.heap, query, OR, TRUE);
}

/** `setParameter("is", true)`, `setParameters({ is: true })`. */
export function setParameters(call: NativeCall): void {
  const [query, name] = [sole(call), exact(arg(call.args, 0))];
  if (query === undefined) return;
  if (typeof name === "string") setSlot(call.m.heap, query, PARAMETER + name, arg(call.args, 1));
  else putParameters(call, query, arg(call.args, 0));
}

function putParameters({ m, site }: NativeCall, query: Obj, given: Value): void {
  const [obj, ...others] = objectsOf(m.heap, given);
  if (obj?.kind !== "object" || others.length > 0) return;
  for (const { name, value, maybe } of entries(m, obj, site).known) if (!maybe) setSlot(m.heap, query, PARAMETER + name, value);
}

/** What all rows that a builder gives have. */
export function fixedIn(call: NativeCall, query: Obj): readonly Fixed[] {
  if (query.props.has(OR)) return [];
  return [...query.props].flatMap(([slot, condition]) => {
    if (!slot.startsWith(WHERE)) return [];
    const text = exact(condition);
    if (typeof text === "string") return inText(call, query, text);
    const [main, ...others] = entitiesAt(call, query, mainOf(query));
    return main === undefined || others.length > 0 ? [] : askedOf(call, main, condition);
  });
}

function inText(call: NativeCall, query: Obj, text: string): readonly Fixed[] {
  const statements = statementsOf(call.m, ofConst(text), (key) =>
    "name" in key ? (query.props.get(PARAMETER + key.name) ?? BOTTOM) : BOTTOM,
  );
  const [statement] = statements;
  if (statement === undefined) return [];
  return conditionsIn(statement.text).flatMap((c) => {
    const value = "is" in c ? c.is : wantedOf(call.m, statement.values[c.param] ?? BOTTOM, call.site);
    const [e, ...others] = entitiesAt(call, query, c.alias ?? mainOf(query));
    return value === undefined || e === undefined || others.length > 0 ? [] : [{ table: e.table, column: columnName(e, c.name), value }];
  });
}
