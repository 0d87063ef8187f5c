/**
 * SQL in tagged templates: text and parameters kept apart, so that a query can be put into another. What is put in may be one of several
 * (`id ? sql`where id = ${id}` : sql```): then the whole is one of several, too.
 */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, K, ofConst, ofRef, type Value } from "../../domain/value.js";
import { external } from "../../machine/external.js";
import { iterate } from "../../machine/iterate.js";
import { hop, make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { fulfil, newPromise } from "../../machine/promise.js";
import { entries, getNamed } from "../../machine/props.js";
import { arrayOf, at } from "../../natives/support.js";
import type { Naming } from "./naming.js";
import { templateParts, WHOLE } from "./run.js";

/** One thing that a query may be. */
export interface Variant {
  readonly text: string;
  readonly params: readonly Value[];
}

/** Slots of queries: what each may be; of variants; of what is made of names and lists. */
const Q = { variants: "\0variants", text: "\0text", params: "\0params", names: "\0names", list: "\0list" } as const;

/** More alternatives than this are not told apart: the first of each part that is put in counts. */
const MOST = 16;

/** What begins like this limits and orders rows, and says nothing of what is in them. */
const NARROWS =
  /^\s*(and|or|where|order|limit|offset|having|group|true|false|asc|desc|not|on)?\b(?![^]*\b(select|insert|update|delete|join)\b)/i;
const isNarrowing = ({ text }: Variant): boolean => text.trim() === "" || (NARROWS.exec(text)?.[1] ?? "") !== "";

/** Is it a query, or a part of one? */
export const isQuery = (obj: Obj): boolean => obj.props.has(Q.variants);

/** The alternatives that a query (or a part of one) may be. */
export function variantsOf(m: Machine, query: Value): readonly Variant[] {
  const out: Variant[] = [];
  for (const obj of objectsOf(m.heap, query))
    for (const v of objectsOf(m.heap, obj.props.get(Q.variants) ?? BOTTOM)) {
      const params = objectsOf(m.heap, v.props.get(Q.params) ?? BOTTOM).flatMap((list) => elements(list));
      for (const text of v.props.get(Q.text)?.consts ?? []) out.push({ text: String(text), params });
    }
  return out;
}

function elements(list: Obj): readonly Value[] {
  const out: Value[] = [];
  for (let i = 0; list.props.has(String(i)); i++) out.push(list.props.get(String(i))!);
  return out;
}

/** A query that is one of these; a promise of what it gives where it runs on its own. */
export function newQuery(call: NativeCall, variants: readonly Variant[], proto: Value, gives: Value = BOTTOM): Value {
  const { m, site } = call;
  const query = isBottom(gives) ? make(m, "object", at(call, "fragment")) : newPromise(m, site);
  if (!isBottom(gives)) fulfil(m, query, hop(m, gives, "read", site), site);
  let all: Value = BOTTOM;
  variants.forEach(({ text, params }, i) => {
    const v = make(m, "object", at(call, `variant ${i}`));
    setSlot(m.heap, v, Q.text, ofConst(text));
    setSlot(m.heap, v, Q.params, arrayOf(m, params, at(call, `parameters ${i}`)));
    all = join(all, ofRef(v.id));
  });
  setSlot(m.heap, query, Q.variants, all);
  setSlot(m.heap, query, S.proto, proto);
  return ofRef(query.id);
}

/** Does it stand on its own, or is it to be put into another? */
export const isStatement = ({ text }: Variant): boolean => /^[\s(]*(select|insert|update|delete|with|values|replace|merge)\b/i.test(text);

/** Is a tag called with a template, rather than a function with arguments? */
export const isTemplate = (call: NativeCall): boolean =>
  objectsOf(call.m.heap, call.args.list[0] ?? BOTTOM).some((o) => o.kind === "array" && o.props.has("raw"));

/** What a tag is called with, as text and parameters. */
export const variantsOfTemplate = (call: NativeCall): readonly Variant[] =>
  interleaved(call, templateParts(call.m, call.args.list[0] ?? BOTTOM) ?? [], call.args.list.slice(1));

/** The members of a list one behind the other: queries, names or values. */
export function variantsOfList(call: NativeCall, list: Value, separator: string): readonly Variant[] {
  const items = iterate(call.m, list, call.site);
  const members = items.rest === null ? items.list : [...items.list, items.rest];
  return interleaved(call, ["", ...members.map((_, i) => (i === members.length - 1 ? "" : separator))], members);
}

/** Texts with values between them. */
function interleaved(call: NativeCall, texts: readonly string[], values: readonly Value[]): readonly Variant[] {
  const [first = "", ...parts] = texts;
  let out: readonly Variant[] = [{ text: first, params: [] }];
  parts.forEach((part, i) => {
    const before = out;
    out = before.flatMap((v) =>
      inserted(call, v, values[i] ?? BOTTOM, before.length).map(({ text, params }) => ({ text: text + part, params })),
    );
  });
  return out;
}

/** A variant with a value put behind it: text, whole rows, or a parameter. */
function inserted(call: NativeCall, { text, params }: Variant, value: Value, others: number): readonly Variant[] {
  const { m } = call;
  const objects = objectsOf(m.heap, value);
  const queries = objects.filter(isQuery);
  if (queries.length > 0) {
    const all = variantsOf(m, { ...value, refs: queries.map((o) => o.id) });
    // What only narrows is all one, whichever it is.
    const telling = all.filter((v) => !isNarrowing(v));
    const chosen = telling.length === 0 ? all.slice(-1) : telling.length * others > MOST ? telling.slice(0, 1) : telling;
    return chosen.map((v) => ({ text: `${text} ${v.text} `, params: [...params, ...v.params] }));
  }
  const helper = objects.find((o) => o.props.has(Q.names) || o.props.has(Q.list) || o.props.has(WHOLE));
  if (helper === undefined) return [{ text: `${text}?`, params: [...params, value] }];
  const place = [...text.matchAll(/\b(select|insert|into|set|values|in|returning|from|join|where|by|update|any)\b/gi)]
    .at(-1)?.[1]
    ?.toLowerCase();
  if ((place === "insert" || place === "into" || place === "set") && helper.props.has(WHOLE))
    return [{ text: `${text} ?`, params: [...params, value] }];
  const list = helper.props.get(Q.list);
  if (list !== undefined && (place === "in" || place === "values" || place === "any")) {
    const items = iterate(m, list, call.site);
    const all = items.rest === null ? items.list : [...items.list, items.rest];
    const tuples = all.map((v) => (place === "values" ? tupleOf(call, v) : [v]));
    const shown = tuples.map((t) => (place === "values" ? `(${t.map(() => "?").join(", ")})` : "?")).join(", ");
    return [{ text: `${text} ${place === "in" ? `(${shown})` : shown}`, params: [...params, ...tuples.flat()] }];
  }
  const names = (helper.props.get(Q.names)?.consts ?? []).map((name) => `"${String(name).replaceAll(".", '"."')}"`);
  return [{ text: `${text} ${names.length === 0 ? "*" : names.join(", ")}`, params }];
}

function tupleOf(call: NativeCall, v: Value): readonly Value[] {
  const items = iterate(call.m, v, call.site);
  return items.rest === null ? items.list : [...items.list, items.rest];
}

/** Names in a query: `sql("name")`, `sql.identifier(["schema", "name"])`. */
export function namesHelper(call: NativeCall, names: readonly string[]): Value {
  const obj = make(call.m, "object", at(call, "names"));
  setSlot(
    call.m.heap,
    obj,
    Q.names,
    names.reduce((v: Value, name) => join(v, ofConst(name)), BOTTOM),
  );
  return ofRef(obj.id);
}

/** `sql(row)`, `sql(rows, "a", "b")`, `sql(["a", "b"])`, `sql([1, 2])`: what it means is known where it is put. */
export function helper(call: NativeCall, naming: Naming): Value {
  const { m, site } = call;
  const [first = BOTTOM, ...rest] = call.args.list;
  const columns = textsIn(m, rest, call);
  const obj = make(m, "object", at(call, "helper"));
  const names = textsIn(m, [first], call).reduce((v: Value, name) => join(v, ofConst(naming.toColumn(name))), BOTTOM);
  setSlot(m.heap, obj, Q.names, names);
  let rows: Value = BOTTOM;
  for (const o of objectsOf(m.heap, first)) {
    if (o.kind !== "array") {
      rows = join(rows, rowOf(call, o, first.via, columns, naming, 0));
      continue;
    }
    setSlot(m.heap, obj, Q.list, ofRef(o.id, first.via));
    const items = iterate(m, ofRef(o.id, first.via), site);
    (items.rest === null ? items.list : [...items.list, items.rest]).forEach((item, i) => {
      for (const x of objectsOf(m.heap, item))
        if (x.kind === "object" || x.kind === "unknown") rows = join(rows, rowOf(call, x, item.via, columns, naming, i));
    });
  }
  if (!isBottom(rows)) setSlot(m.heap, obj, WHOLE, rows);
  return ofRef(obj.id);
}

/** Constant texts among some values, and in lists of them. */
function textsIn(m: Machine, values: readonly Value[], call: NativeCall): readonly string[] {
  return values.flatMap((v) => [
    ...v.consts.filter((c): c is string => typeof c === "string"),
    ...objectsOf(m.heap, v).flatMap((o) => (o.kind === "array" ? textsIn(m, iterate(m, ofRef(o.id), call.site).list, call) : [])),
  ]);
}

/** A row under the names of the database; only the columns that are named, if some are. */
function rowOf(call: NativeCall, obj: Obj, via: Value["via"], columns: readonly string[], naming: Naming, i: number): Value {
  const { m, site } = call;
  const row = make(m, "object", at(call, `row ${i}`));
  const put = (name: string, v: Value): void => {
    const plain = objectsOf(m.heap, v).filter((o) => !isQuery(o));
    const value = plain.length === v.refs.length ? v : { ...v, refs: plain.map((o) => o.id) };
    if (!isBottom(value)) setSlot(m.heap, row, naming.toColumn(name), value);
  };
  if (columns.length > 0) for (const name of columns) put(name, getNamed(m, ofRef(obj.id, via), name, site));
  else {
    const e = entries(m, obj, site);
    for (const x of e.known) put(x.name, x.maybe ? { ...x.value, kinds: x.value.kinds | K.Absent } : x.value);
    if (e.rest !== null) setSlot(m.heap, row, S.rest, e.rest);
    if (e.restKey.length > 0) setSlot(m.heap, row, S.restKey, { ...BOTTOM, kinds: K.String, labels: e.restKey });
  }
  return ofRef(row.id, via);
}

/** A method of a query that is a promise's: `then`, `catch`, `finally`. */
export const promiseMethod = (m: Machine, name: string): Native | undefined =>
  m.native({ module: "global", path: ["Promise", "prototype", name] });

/** The prototype of a client's queries. */
export const queryProto = (m: Machine, module: string): Value => ofRef(external(m, module, ["Query"]).id);
