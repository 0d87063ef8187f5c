/** Methods of TypeORM's query builders. */
import { isFunction, objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_NUMBER, BOTTOM, exact, isBottom, join, NULL, ofConst, ofRef, TRUE, UNDEFINED, type Value } from "../../domain/value.js";
import type { Obj } from "../../domain/heap.js";
import { arg, callValue, hasArg } from "../../machine/call.js";
import { hop, make, type Native, type NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import { addSlot, alike, arrayOf, at, putSlot, record, under } from "../../natives/support.js";
import { answer, rowList, unknownMethod, streamOfRows } from "../answers.js";
import { sqlRow, writeEntity } from "../entity-rows.js";
import { given } from "../conditions.js";
import { andWhere, fixedIn, orWhere, setParameters, startWhere } from "./typeorm-conditions.js";
import { begin, builders, entitiesAt, entityAt, mainOf, newBuilder, Q, rawAt } from "./typeorm-query.js";

const emptyBuilder = (call: NativeCall): Value => newBuilder(call.m, at(call, "query"), BOTTOM, UNDEFINED);

const step =
  (change: (call: NativeCall, queries: readonly Obj[]) => void): Native =>
  (call) => {
    change(call, builders(call));
    return call.self;
  };

/** `select("user.email", "mail")`, `select(["user.id", "user.email"])`, also for what `returning` asks. */
const addSelect = step((call, queries) => {
  const { m } = call;
  const [what, as] = [arg(call.args, 0), arg(call.args, 1)];
  const put = (v: Value, output: Value): void => {
    for (const c of v.consts) addSlot(m, queries, Q.select + String(c), output);
  };
  put(what, as);
  for (const obj of objectsOf(m.heap, what)) {
    if (obj.kind === "array") for (const [slot, v] of obj.props) if (slot.charCodeAt(0) !== 0 || slot === S.rest) put(v, UNDEFINED);
    if (isFunction(obj)) {
      const sub = callValue(m, ofRef(obj.id), UNDEFINED, { list: [emptyBuilder(call)], rest: null }, call.site);
      for (const name of as.consts) addSlot(m, queries, Q.column + String(name), sub);
    }
  }
});

const select: Native = (call) => {
  for (const q of builders(call))
    for (const slot of [...q.props.keys()]) if (slot.startsWith(Q.select)) setSlot(call.m.heap, q, slot, undefined);
  // Another kind of query: `createQueryBuilder().select("u").from(User, "u")`.
  putSlot(call.m, builders(call), Q.op, ofConst("select"));
  return addSelect(call);
};

/** `from(User, "user")`, `from((qb) => …, "sub")`, `into(User)`, `update(User)`. */
const from = (op?: string): Native =>
  step((call, queries) => {
    const { m } = call;
    if (op !== undefined) putSlot(m, queries, Q.op, ofConst(op));
    if (!hasArg(call.args, 0)) return;
    const given = arg(call.args, 0);
    const isRow = op === "update" && objectsOf(m.heap, given).some((o) => o.kind === "object" && !o.props.has("\0orm:table"));
    if (isRow) {
      addSlot(m, queries, Q.rows, hop(m, given, "argument", call.site));
      return;
    }
    const of = objectsOf(m.heap, given).some(isFunction)
      ? callValue(m, given, UNDEFINED, { list: [emptyBuilder(call)], rest: null }, call.site)
      : given;
    for (const q of queries) begin(m, q, of, String(exact(arg(call.args, 1)) ?? "*"));
  });

/** `leftJoinAndSelect("user.photos", "photo")`, `leftJoin(Photo, "photo", "…")`, `leftJoinAndMapOne("user.cover", "user.photos", "photo")`. */
const joined = (how: "" | "select" | "one" | "many"): Native =>
  step((call, queries) => {
    const { m } = call;
    const isMapped = how === "one" || how === "many";
    const args = isMapped ? call.args.list.slice(1) : call.args.list;
    const [what = UNDEFINED, as = UNDEFINED] = args;
    const alias = String(exact(as) ?? "*");
    const path = exact(what);
    if (typeof path === "string" && path.includes(".")) putSlot(m, queries, Q.path + alias, what);
    else {
      const isSub = objectsOf(m.heap, what).some(isFunction);
      const given = isSub ? callValue(m, what, UNDEFINED, { list: [emptyBuilder(call)], rest: null }, call.site) : what;
      putSlot(m, queries, Q.of + alias, given);
    }
    if (how !== "") addSlot(m, queries, Q.select + alias, UNDEFINED);
    if (!isMapped) return;
    putSlot(m, queries, Q.into + alias, arg(call.args, 0));
    if (!queries.some((q) => q.props.has(Q.path + alias))) putSlot(m, queries, Q.path + alias, arg(call.args, 0));
    if (how === "one") putSlot(m, queries, `${Q.into}one:${alias}`, TRUE);
  });

const values = step((call, queries) => {
  addSlot(call.m, queries, Q.rows, hop(call.m, arg(call.args, 0), "argument", call.site));
});

const returning = step((call, queries) => {
  putSlot(call.m, queries, Q.returning, TRUE);
});

/** Writes what is to be written; rows of SQL for a selection, else `{ raw, affected }`. */
const execute: Native = (call) => {
  const { m } = call;
  let out: Value = BOTTOM;
  for (const q of builders(call)) {
    const op = exact(q.props.get(Q.op) ?? UNDEFINED);
    if (op === "select") {
      out = join(out, rowList(call, rawAt(call, q), "raw"));
      continue;
    }
    const main = entitiesAt(call, q, mainOf(q));
    const written = op === "delete" ? [] : main.flatMap((e) => writeEntity(call, e, q.props.get(Q.rows) ?? BOTTOM));
    const back = op === "delete" ? main.map((e) => sqlRow(call, e)) : written;
    const raw = q.props.has(Q.returning) && back.length > 0 ? rowList(call, back.reduce(join, BOTTOM), "raw") : unknown(m, at(call, "raw"));
    const keys = unknown(m, at(call, "keys"));
    out = join(out, record(m, { raw, affected: ANY_NUMBER, identifiers: keys, generatedMaps: keys }, at(call, "outcome")));
  }
  return answer(call, isBottom(out) ? unknown(m, at(call, "outcome")) : out);
};

/** A row of what each builder asks for. */
const rowOf = (call: NativeCall, read: (q: Obj) => Value): Value =>
  builders(call).reduce((v: Value, q) => join(v, given(call.m, read(q), fixedIn(call, q))), BOTTOM);
const entityOf = (call: NativeCall): Value => rowOf(call, (q) => entityAt(call, q, mainOf(q)));
const rawOf = (call: NativeCall): Value => rowOf(call, (q) => rawAt(call, q));

const gives =
  (result: (call: NativeCall) => Value): Native =>
  (call) =>
    answer(call, result(call));

const clone: Native = (call) =>
  builders(call).reduce((v: Value, q) => {
    const copy = make(call.m, "object", at(call, "clone"));
    for (const [slot, x] of q.props) setSlot(call.m.heap, copy, slot, x);
    return join(v, ofRef(copy.id));
  }, BOTTOM);

const both = (call: NativeCall, rows: Value): Value => arrayOf(call.m, [rows, ANY_NUMBER], at(call, "counted"));

const METHODS: Readonly<Record<string, Native>> = {
  select,
  addSelect,
  from: from(),
  addFrom: from(),
  into: from("insert"),
  insert: from("insert"),
  update: from("update"),
  ...alike(["delete", "softDelete", "restore"], from("delete")),
  ...alike(["leftJoin", "innerJoin"], joined("")),
  ...alike(["leftJoinAndSelect", "innerJoinAndSelect"], joined("select")),
  ...alike(["leftJoinAndMapOne", "innerJoinAndMapOne"], joined("one")),
  ...alike(["leftJoinAndMapMany", "innerJoinAndMapMany"], joined("many")),
  ...alike(["values", "set"], values),
  ...alike(["returning", "output"], returning),
  ...alike(["where", "whereInIds", "whereExists"], step(startWhere)),
  andWhere: step(andWhere),
  ...alike(["orWhere", "orWhereInIds", "orWhereExists"], step(orWhere)),
  ...alike(["setParameter", "setParameters"], step(setParameters)),
  execute,
  getOne: gives((call) => join(entityOf(call), NULL)),
  getOneOrFail: gives(entityOf),
  getMany: gives((call) => rowList(call, entityOf(call))),
  getManyAndCount: gives((call) => both(call, rowList(call, entityOf(call)))),
  getCount: gives(() => ANY_NUMBER),
  getExists: gives((call) => unknown(call.m, at(call, "exists"))),
  getRawOne: gives((call) => join(rawOf(call), UNDEFINED)),
  getRawMany: gives((call) => rowList(call, rawOf(call), "raw")),
  getRawAndEntities: gives((call) =>
    record(call.m, { entities: rowList(call, entityOf(call)), raw: rowList(call, rawOf(call), "raw") }, at(call, "both")),
  ),
  stream: gives((call) => streamOfRows(call, rawOf(call))),
  clone,
  ...alike(["subQuery", "createQueryBuilder"], (call) => emptyBuilder(call)),
  ...alike(["getQuery", "getSql", "getQueryAndParameters", "getParameters"], (call) => unknown(call.m, at(call, "sql"))),
};

/** Conditions, order and paging change nothing of what is in a row. */
const NARROWS =
  /^(and|or)?(where|having)([A-Z]\w*)?$|^(add)?(order|group)By$|^(limit|offset|skip|take|set\w+|use\w+|cache|distinct|distinctOn|with\w+|comment|printSql|onConflict|or\w+|addCommonTableExpression|callListeners|updateEntity|maxExecutionTime|timeTravelQuery|loadAllRelationIds|loadRelationCountAndMap|loadRelationIdAndMap|whereEntity|whereInIds|relation)$/;

export const queryMethod = (name: string): Native =>
  under(METHODS, name) ?? (NARROWS.test(name) ? (call) => call.self : unknownMethod("TypeORM", name, entityOf));
