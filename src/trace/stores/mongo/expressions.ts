/**
 * Expressions of MongoDB's pipelines: `"$email"` is a field, `{ $concat: [...] }` an operator, all else itself.
 * Operators: https://www.mongodb.com/docs/manual/reference/operator/aggregation/.
 */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import {
  ANY_BOOLEAN,
  ANY_NUMBER,
  BOTTOM,
  isBottom,
  join,
  joinAll,
  NULL,
  ofConst,
  ofRef,
  stringOf,
  type Value,
  withConsts,
} from "../../domain/value.js";
import { allLabels } from "../../machine/deep.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { loaded, make, type Machine } from "../../machine/machine.js";
import { copyProps, entries, getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { arrayOf, listOf } from "../../natives/support.js";
import { atPath } from "../document-paths.js";

/** What an expression is evaluated in: the document, and variables by their names. */
export interface Scope {
  readonly m: Machine;
  readonly row: Value;
  readonly variables: ReadonlyMap<string, Value>;
  readonly site: Site;
  /** The objects and lists that it stands in: what a loop of a program puts together may be part of itself. */
  readonly around: ReadonlySet<Obj>;
}

/** The scope of what stands in an object; undefined where the object is part of itself, which is said. */
export function within(scope: Scope, obj: Obj): Scope | undefined {
  const { m, row, site, around } = scope;
  if (!around.has(obj)) return { ...scope, around: new Set([...around, obj]) };
  m.blind("depth-limit", site, "a pipeline is part of itself: what becomes of documents there is not kept apart", allLabels(m, row));
  return undefined;
}

export const scopeOf = (m: Machine, row: Value, site: Site, variables: ReadonlyMap<string, Value> = new Map()): Scope => ({
  m,
  row,
  variables,
  site,
  around: new Set(),
});

/** What an expression comes to. */
export function valueOf(scope: Scope, expression: Value, where: string): Value {
  const { m, site } = scope;
  let out: Value = BOTTOM;
  const texts = expression.consts.filter((c): c is string => typeof c === "string");
  for (const text of texts) out = join(out, text.startsWith("$") ? field(scope, text.slice(1)) : ofConst(text));
  const others = expression.consts.filter((c) => typeof c !== "string");
  out = join(out, { ...withConsts(expression, expression.kinds, others), refs: [] });
  // A field's name that is put together at run time may be any.
  if (expression.patterns.some((p) => p.text.startsWith("$"))) out = join(out, stringOf(allLabels(m, scope.row)));
  for (const [i, obj] of objectsOf(m.heap, expression).entries()) {
    const key = `${where}:${i}`;
    const inner = obj.kind === "array" || obj.kind === "object" ? within(scope, obj) : scope;
    if (inner === undefined) out = join(out, stringOf(allLabels(m, scope.row)));
    else if (obj.kind === "array") out = join(out, listExpression(inner, ofRef(obj.id, expression.via), key));
    else if (obj.kind === "object") out = join(out, objectExpression(inner, obj, expression, key));
    else out = join(out, ofRef(obj.id, expression.via));
  }
  return isBottom(out) ? unknown(m, `${site.file}:${site.at}:${where}`) : out;
}

function listExpression(scope: Scope, list: Value, where: string): Value {
  const { m, site } = scope;
  const items = iterate(m, list, site);
  const known = items.list.map((x, i) => valueOf(scope, x, `${where}.${i}`));
  const key = `${site.file}:${site.at}:${where}`;
  return items.rest === null ? arrayOf(m, known, key) : listOf(m, joinAll([...known, valueOf(scope, items.rest, `${where}.*`)]), key);
}

/** `{ $op: operands }`, or an object of expressions. */
function objectExpression(scope: Scope, obj: Obj, whole: Value, where: string): Value {
  const { m, site } = scope;
  const e = entries(m, obj, site);
  const [first] = e.known;
  if (first?.name.startsWith("$") === true) return operator(scope, first.name, loaded(m, first.value, whole.via, site), where);
  const out = make(m, "object", `${site.file}:${site.at}:${where}`);
  for (const x of e.known) setSlot(m.heap, out, x.name, valueOf(scope, loaded(m, x.value, whole.via, site), `${where}.${x.name}`));
  if (e.rest !== null) setSlot(m.heap, out, S.rest, valueOf(scope, loaded(m, e.rest, whole.via, site), `${where}.*`));
  return ofRef(out.id);
}

/** `$a.b` is a path of the document, `$$name.b` one of a variable. */
function field({ m, row, variables, site }: Scope, path: string): Value {
  if (!path.startsWith("$")) return atPath(m, row, path.split("."), site);
  const [name = "", ...below] = path.slice(1).split(".");
  const base = name === "ROOT" || name === "CURRENT" ? row : variables.get(name);
  return base === undefined ? BOTTOM : atPath(m, base, below, site);
}

type Operator = (scope: Scope, operands: Value, where: string) => Value;

/** A named operand: `{ $filter: { input: … } }`. */
const operand = ({ m, site }: Scope, operands: Value, name: string): Value =>
  operands.refs.length === 0 ? BOTTOM : getNamed(m, operands, name, site);
const evaluated = (scope: Scope, operands: Value, name: string, where: string): Value => {
  const v = operand(scope, operands, name);
  return isBottom(v) || (v.refs.length === 0 && v.consts.length === 0) ? BOTTOM : valueOf(scope, v, `${where}.${name}`);
};

/** The operands in order: those of a list, or the one that stands alone. */
function operandsOf(scope: Scope, operands: Value, where: string): readonly Value[] {
  const { m, site } = scope;
  const lists = objectsOf(m.heap, operands).filter((o) => o.kind === "array");
  if (lists.length === 0) return [valueOf(scope, operands, where)];
  const items = iterate(m, operands, site);
  return [...items.list, ...(items.rest === null ? [] : [items.rest])].map((x, i) => valueOf(scope, x, `${where}.${i}`));
}

/** An element of what may be a list. */
const element = ({ m, site }: Scope, v: Value): Value => anyItem(iterate(m, { ...v, kinds: 0, consts: [], patterns: [] }, site));

const list = ({ m, site }: Scope, item: Value, where: string): Value => listOf(m, item, `${site.file}:${site.at}:${where} list`);

/** Of a list one of its elements, else the value: `$max` of a list in a document and of one value in each of a group. */
const oneOf: Operator = (scope, operands, where) => {
  const values = operandsOf(scope, operands, where);
  return joinAll(values.map((v) => join(v, element(scope, v))));
};

/** The first operand, or that called `input`, as it is: a list in another order, or less of it. */
const sameList: Operator = (scope, operands, where) => {
  const input = evaluated(scope, operands, "input", where);
  return isBottom(input) ? operandsOf(scope, operands, where)[0]! : input;
};

const among: Operator = (scope, operands, where) => joinAll(operandsOf(scope, operands, where));

const withVariables = (scope: Scope, more: Readonly<Record<string, Value>>): Scope => ({
  ...scope,
  variables: new Map([...scope.variables, ...Object.entries(more)]),
});

/** All documents of a list as one. */
const merged: Operator = (scope, operands, where) => {
  const { m, site } = scope;
  const out = make(m, "object", `${site.file}:${site.at}:${where} merged`);
  for (const v of operandsOf(scope, operands, where))
    for (const obj of objectsOf(m.heap, v))
      copyProps(m, out, obj.kind === "array" ? element(scope, ofRef(obj.id, v.via)) : ofRef(obj.id, v.via), site);
  return ofRef(out.id);
};

const OPERATORS: Readonly<Record<string, Operator>> = {
  $literal: (_scope, operands) => operands,
  $ifNull: among,
  $first: oneOf,
  $last: oneOf,
  $min: oneOf,
  $max: oneOf,
  $arrayElemAt: (scope, operands, where) => element(scope, operandsOf(scope, operands, where)[0]!),
  $push: (scope, operands, where) => list(scope, valueOf(scope, operands, where), where),
  $addToSet: (scope, operands, where) => list(scope, valueOf(scope, operands, where), where),
  $cond: (scope, operands, where) => {
    const named = join(evaluated(scope, operands, "then", where), evaluated(scope, operands, "else", where));
    return isBottom(named) ? joinAll(operandsOf(scope, operands, where).slice(1)) : named;
  },
  $switch: (scope, operands, where) => {
    const { m, site } = scope;
    const branches = anyItem(iterate(m, operand(scope, operands, "branches"), site));
    return join(evaluated(scope, branches, "then", `${where}.case`), evaluated(scope, operands, "default", where));
  },
  $filter: sameList,
  $slice: sameList,
  $reverseArray: sameList,
  $sortArray: sameList,
  $concatArrays: (scope, operands, where) => list(scope, joinAll(operandsOf(scope, operands, where).map((v) => element(scope, v))), where),
  $map: (scope, operands, where) => {
    const as = operand(scope, operands, "as").consts[0];
    const item = element(scope, evaluated(scope, operands, "input", where));
    return list(scope, evaluated(withVariables(scope, { [typeof as === "string" ? as : "this"]: item }), operands, "in", where), where);
  },
  $reduce: (scope, operands, where) => {
    const start = evaluated(scope, operands, "initialValue", where);
    const item = element(scope, evaluated(scope, operands, "input", where));
    const step = (value: Value): Value => evaluated(withVariables(scope, { this: item, value }), operands, "in", where);
    const once = step(start);
    return joinAll([start, once, step(once)]);
  },
  $let: (scope, operands, where) => {
    const { m, site } = scope;
    const more: Record<string, Value> = {};
    for (const obj of objectsOf(m.heap, operand(scope, operands, "vars")))
      for (const x of entries(m, obj, site).known) more[x.name] = valueOf(scope, x.value, `${where}.${x.name}`);
    return evaluated(withVariables(scope, more), operands, "in", where);
  },
  $mergeObjects: merged,
  $getField: (scope, operands, where) => {
    const name = operand(scope, operands, "field").consts[0] ?? operands.consts[0];
    const input = evaluated(scope, operands, "input", where);
    return typeof name === "string" ? atPath(scope.m, isBottom(input) ? scope.row : input, [name], scope.site) : among(scope, input, where);
  },
  $top: (scope, operands, where) => evaluated(scope, operands, "output", where),
  $topN: (scope, operands, where) => list(scope, evaluated(scope, operands, "output", where), where),
  $firstN: (scope, operands, where) => {
    const input = evaluated(scope, operands, "input", where);
    return list(scope, join(input, element(scope, input)), where);
  },
};

/** Other names of the same. */
const ALIASES: Readonly<Record<string, string>> = {
  $setUnion: "$concatArrays",
  $setIntersection: "$concatArrays",
  $setDifference: "$concatArrays",
  $bottom: "$top",
  $bottomN: "$topN",
  $lastN: "$firstN",
  $minN: "$firstN",
  $maxN: "$firstN",
};

/** Numbers that say nothing of one document. */
const NUMBERS: ReadonlySet<string> = new Set(
  "$sum $avg $stdDevPop $stdDevSamp $count $size $strLenCP $strLenBytes $indexOfCP $indexOfBytes $indexOfArray $cmp $binarySize $bsonSize $rand $rank $denseRank $documentNumber".split(
    " ",
  ),
);
const TRUTHS: ReadonlySet<string> = new Set(
  "$eq $ne $gt $gte $lt $lte $and $or $not $nor $in $isArray $isNumber $regexMatch $allElementsTrue $anyElementTrue $setEquals $setIsSubset $exists $type".split(
    " ",
  ),
);

/** Other operators spell out what they are given. */
function operator(scope: Scope, name: string, operands: Value, where: string): Value {
  if (NUMBERS.has(name)) return ANY_NUMBER;
  if (TRUTHS.has(name)) return ANY_BOOLEAN;
  const known = OPERATORS[ALIASES[name] ?? name];
  if (known !== undefined) return known(scope, operands, where);
  const { m, site } = scope;
  const labels = allLabels(m, joinAll(operandsOf(scope, operands, where)));
  return labels.length === 0 ? join(unknown(m, `${site.file}:${site.at}:${where}`), NULL) : stringOf(labels);
}
