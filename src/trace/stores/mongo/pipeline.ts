/**
 * Pipelines of stages: what a document has become at their end.
 * Stages: https://www.mongodb.com/docs/manual/reference/operator/aggregation-pipeline/.
 */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { ANY_NUMBER, BOTTOM, join, joinAll, ofRef, refPart, type Value } from "../../domain/value.js";
import { allLabels } from "../../machine/deep.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { loaded, make, type Machine } from "../../machine/machine.js";
import { entries, getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { listOf, record } from "../../natives/support.js";
import { readRow, writeRow } from "../table.js";
import { collectionsNamed } from "./names.js";
import { valueOf, within, type Scope } from "./expressions.js";
import { namesOf, without, withAt } from "../document-paths.js";
import { projected, projectionsOf } from "./projection.js";

/** The document after all stages of a list. */
export function throughPipeline(around: Scope, stages: Value, where = "stage"): Value {
  const { m, row, site } = around;
  let out: Value = stages.refs.length === 0 ? row : BOTTOM;
  for (const [i, obj] of objectsOf(m.heap, stages).entries()) {
    const scope = within(around, obj);
    if (obj.kind !== "array" || scope === undefined) {
      out = join(out, anyOf(m, row, site, `${where} ${i}`));
      continue;
    }
    const items = iterate(m, ofRef(obj.id, stages.via), site);
    let doc = row;
    for (const [j, x] of items.list.entries()) doc = throughStage({ ...scope, row: doc }, x, `${where} ${i}.${j}`);
    // Stages of unknown number and order: each may or may not be there.
    if (items.rest !== null)
      for (const turn of ["first", "second"]) doc = join(doc, throughStage({ ...scope, row: doc }, items.rest, `${where} ${i}.${turn}`));
    out = join(out, doc);
  }
  return out;
}

/** A document of which nobody knows what has become. */
const anyOf = (m: Machine, row: Value, site: Site, where: string): Value =>
  unknown(m, `${site.file}:${site.at}:${where}`, allLabels(m, row));

/** The document after one stage, whichever it may be. */
export function throughStage(scope: Scope, stage: Value, where: string): Value {
  const { m, row, site } = scope;
  // What may be no stage changes nothing.
  let out = stage.kinds !== 0 || stage.refs.length === 0 ? row : BOTTOM;
  for (const [i, obj] of objectsOf(m.heap, stage).entries()) {
    const e = entries(m, obj, site);
    const first = e.known.find((x) => x.name.startsWith("$"));
    if (first === undefined) out = join(out, obj.kind === "object" && e.rest === null ? row : anyOf(m, row, site, where));
    else out = join(out, namedStage(scope, first.name, loaded(m, first.value, stage.via, site), `${where} ${i}`));
  }
  return out;
}

type Stage = (scope: Scope, spec: Value, where: string) => Value;

/** Runs one stage by its name; of one that is not known the document is passed on, which is said. */
export function namedStage(scope: Scope, name: string, spec: Value, where: string): Value {
  if (SAME.has(name)) return scope.row;
  const stage = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (stage !== undefined) return stage(scope, spec, where);
  const { m, row, site } = scope;
  m.blind(
    "unknown-store",
    site,
    `what the stage ${name} of a pipeline does to documents is not known: they are taken to stay as they are`,
    allLabels(m, row),
  );
  return row;
}

const SAME: ReadonlySet<string> = new Set(
  "$match $sort $limit $skip $sample $redact $search $vectorSearch $searchMeta $fill $densify $changeStream".split(" "),
);

const keyOf = ({ site }: Scope, where: string): string => `${site.file}:${site.at}:${where}`;

/** An object of expressions, each evaluated. */
function evaluated(scope: Scope, spec: Value, where: string, except = ""): Obj {
  const { m, site } = scope;
  const out = make(m, "object", keyOf(scope, where));
  for (const obj of objectsOf(m.heap, spec)) {
    const e = entries(m, obj, site);
    for (const x of e.known)
      if (x.name !== except) setSlot(m.heap, out, x.name, valueOf(scope, loaded(m, x.value, spec.via, site), `${where}.${x.name}`));
    if (e.rest !== null) setSlot(m.heap, out, S.rest, valueOf(scope, loaded(m, e.rest, spec.via, site), `${where}.*`));
  }
  return out;
}

const added: Stage = (scope, spec, where) => {
  const { m, row, site } = scope;
  let out = row;
  for (const [name, v] of evaluated(scope, spec, where).props) {
    if (name.charCodeAt(0) === 0) continue;
    out = withAt(m, out, name.split("."), () => v, site, `${where} ${name}`);
  }
  return out;
};

/** `"$items"`, `{ path: "$items", includeArrayIndex: "i" }`: one document for each element. */
const unwound: Stage = (scope, spec, where) => {
  const { m, row, site } = scope;
  const paths = spec.refs.length > 0 ? getNamed(m, refPart(spec), "path", site) : spec;
  return paths.consts.reduce((out: Value, path) => {
    const names = String(path).replace(/^\$/, "").split(".");
    return withAt(m, out, names, (old) => join({ ...old, refs: [] }, anyItem(iterate(m, refPart(old), site))), site, where);
  }, row);
};

/** Documents of another collection as a list under `as`. */
const lookedUp: Stage = (scope, spec, where) => {
  const { m, row, site } = scope;
  const of = (name: string): Value => getNamed(m, spec, name, site);
  let other = joinAll(collectionsNamed(of("from")).map((name) => readRow(m, name, site)));
  const pipeline = of("pipeline");
  if (pipeline.refs.length > 0) {
    const given = of("let");
    const variables = given.refs.length === 0 ? [] : [...evaluated(scope, given, `${where} let`).props];
    other = throughPipeline({ ...scope, row: other, variables: new Map([...scope.variables, ...variables]) }, pipeline, `${where} of`);
  }
  return of("as").consts.reduce(
    (out: Value, name) => withAt(m, out, String(name).split("."), () => listOf(m, other, keyOf(scope, `${where} ${name}`)), site, where),
    row,
  );
};

/** `$group: { _id, … }`: all is computed. */
const grouped: Stage = (scope, spec, where) => ofRef(evaluated(scope, spec, where).id);

const bucketed: Stage = (scope, spec, where) => {
  const { m, site } = scope;
  const output = getNamed(m, spec, "output", site);
  const out = output.refs.length === 0 ? make(m, "object", keyOf(scope, where)) : evaluated(scope, output, where);
  const by = valueOf(scope, getNamed(m, spec, "groupBy", site), `${where} by`);
  setSlot(m.heap, out, "_id", by);
  if (output.refs.length === 0) setSlot(m.heap, out, "count", ANY_NUMBER);
  return ofRef(out.id);
};

/** `$out: "copies"`, `$merge: { into: "copies" }`: documents are written. */
const written: Stage = ({ m, row, site }, spec) => {
  const into = spec.refs.length === 0 ? spec : joinAll(["into", "coll"].map((name) => getNamed(m, refPart(spec), name, site)));
  const name = into.refs.length === 0 ? into : getNamed(m, refPart(into), "coll", site);
  for (const collection of collectionsNamed(name)) writeRow(m, collection, row, site, true);
  return BOTTOM;
};

const STAGES: Readonly<Record<string, Stage>> = {
  $project: (scope, spec, where) => joinAll(projectionsOf(scope.m, spec, scope.site).map((p, i) => projected(scope, p, `${where} ${i}`))),
  $addFields: added,
  $set: added,
  $unset: ({ m, row, site }, spec, where) => {
    const list = iterate(m, refPart(spec), site);
    const names = [...spec.consts, ...list.list.flatMap((x) => x.consts)].map(String);
    return without(m, row, namesOf(names), site, where);
  },
  $group: grouped,
  $unwind: unwound,
  $lookup: lookedUp,
  $graphLookup: lookedUp,
  $replaceRoot: (scope, spec, where) => valueOf(scope, getNamed(scope.m, spec, "newRoot", scope.site), where),
  $replaceWith: valueOf,
  $count: (scope, spec, where) =>
    record(scope.m, Object.fromEntries(spec.consts.map((name) => [String(name), ANY_NUMBER])), keyOf(scope, where)),
  $sortByCount: (scope, spec, where) =>
    record(scope.m, { _id: valueOf(scope, spec, `${where} by`), count: ANY_NUMBER }, keyOf(scope, where)),
  $bucket: bucketed,
  $bucketAuto: bucketed,
  $facet: (scope, spec, where) => {
    const { m, site } = scope;
    const out = make(m, "object", `${site.file}:${site.at}:${where}`);
    for (const obj of objectsOf(m.heap, spec))
      for (const x of entries(m, obj, site).known) {
        const item = throughPipeline(scope, x.value, `${where} ${x.name}`);
        setSlot(m.heap, out, x.name, listOf(m, item, `${site.file}:${site.at}:${where} ${x.name}`));
      }
    return ofRef(out.id);
  },
  $unionWith: (scope, spec, where) => {
    const { m, row, site } = scope;
    const named = spec.refs.length === 0 ? spec : getNamed(m, refPart(spec), "coll", site);
    const pipeline = spec.refs.length === 0 ? BOTTOM : getNamed(m, refPart(spec), "pipeline", site);
    const other = joinAll(collectionsNamed(named).map((name) => readRow(m, name, site)));
    return join(row, pipeline.refs.length === 0 ? other : throughPipeline({ ...scope, row: other }, pipeline, where));
  },
  $setWindowFields: (scope, spec, where) => added(scope, getNamed(scope.m, spec, "output", scope.site), where),
  $geoNear: (scope, spec, where) => {
    const { m, row, site } = scope;
    const names = getNamed(m, spec, "distanceField", site).consts;
    return names.reduce((out: Value, name) => withAt(m, out, String(name).split("."), () => ANY_NUMBER, site, where), row);
  },
  $out: written,
  $merge: written,
};
