/**
 * Firebase's realtime database: one tree of JSON, which references name paths of.
 * API: https://firebase.google.com/docs/reference/js/database, https://firebase.google.com/docs/reference/admin/node/firebase-admin.database.
 */
import { objectsOf, setSlot } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  ANY_NUMBER,
  ANY_STRING,
  BOTTOM,
  isBottom,
  join,
  joinAll,
  NULL,
  ofConst,
  ofRef,
  UNDEFINED,
  type Value,
} from "../domain/value.js";
import { allArgs } from "../machine/call.js";
import { external } from "../machine/external.js";
import { hop, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { entries, getAny, getNamed } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule, NativeTable } from "../natives/index.js";
import { promised } from "../natives/settle.js";
import { alike, argOf, at, callWith, instance, lastCallback, record, selves, slotOf, under } from "../natives/support.js";
import { listening } from "./answers.js";
import { pathsIn, readTree, writeTree, type TreePath } from "./tree.js";

const LIB = "firebase/database";
const KIND = "firebase";
const PATH = "\0path";
const VALUE = "\0value";

// ------------------------------------------------------------------------------------------------ references

const pathsOf = (m: Machine, reference: Value): readonly TreePath[] =>
  [...new Set(objectsOf(m.heap, reference).flatMap((o) => (o.props.get(PATH)?.consts ?? ["*"]).map(String)))].map((text) =>
    text.split("/").filter((name) => name !== ""),
  );

function reference(call: NativeCall, paths: readonly TreePath[]): Value {
  const obj = instance(call.m, LIB, "Reference", call.site);
  setSlot(call.m.heap, obj, PATH, joinAll(paths.map((path) => ofConst(path.join("/")))));
  setSlot(
    call.m.heap,
    obj,
    "key",
    join(NULL, joinAll(paths.map((path) => (path.at(-1) === "*" ? ANY_STRING : ofConst(path.at(-1) ?? null))))),
  );
  return ofRef(obj.id);
}

const below = (m: Machine, from: readonly TreePath[], path: Value): readonly TreePath[] =>
  from.flatMap((start) => pathsIn(m, path).map((more) => [...start, ...more]));

const root: readonly TreePath[] = [[]];

/** `ref(db, path)`, `db.ref(path)`. */
const referenceAt = (call: NativeCall, path: Value): Value =>
  reference(call, isBottom(path) || path === UNDEFINED ? root : below(call.m, root, path));

// ------------------------------------------------------------------------------------------------ writes and reads

const put = (call: NativeCall, paths: readonly TreePath[], v: Value): void => {
  for (const path of paths) writeTree(call.m, KIND, path, v, call.site);
};

/** `update({ "users/1/name": name })`: keys are paths. */
function update(call: NativeCall, paths: readonly TreePath[], v: Value): void {
  const { m, site } = call;
  for (const obj of objectsOf(m.heap, v)) {
    const known = entries(m, obj, site);
    for (const x of known.known) put(call, below(m, paths, ofConst(x.name)), x.value);
    if (known.rest !== null)
      put(
        call,
        paths.map((path) => [...path, "*"]),
        known.rest,
      );
  }
}

/** A child with a key of its own. */
function push(call: NativeCall, paths: readonly TreePath[], v: Value): Value {
  const children = paths.map((path) => [...path, "*"]);
  if (!isBottom(v)) put(call, children, v);
  const made = reference(call, children);
  // It can be awaited, too.
  for (const obj of objectsOf(call.m.heap, made)) setSlot(call.m.heap, obj, "then", UNDEFINED);
  return made;
}

function snapshot(call: NativeCall, v: Value): Value {
  const obj = instance(call.m, LIB, "DataSnapshot", call.site);
  setSlot(call.m.heap, obj, VALUE, isBottom(v) ? unknown(call.m, at(call, "value")) : hop(call.m, v, "read", call.site));
  for (const [name, x] of Object.entries({ key: ANY_STRING, size: ANY_NUMBER })) setSlot(call.m.heap, obj, name, x);
  return ofRef(obj.id);
}

const snapshotAt = (call: NativeCall, paths: readonly TreePath[]): Value =>
  snapshot(call, joinAll(paths.map((path) => readTree(call.m, KIND, path, call.site))));

const children = (paths: readonly TreePath[]): readonly TreePath[] => paths.map((path) => [...path, "*"]);

/** Hears what is at a place, or each child of it, whenever it changes. */
function listen(call: NativeCall, of: (later: NativeCall) => Value, isChild: boolean): Value {
  listening(call, (later) => {
    const fn = lastOf(later);
    const paths = pathsOf(later.m, of(later));
    if (fn !== undefined) callWith(later.m, fn, [snapshotAt(later, isChild ? children(paths) : paths)], later.site);
  });
  return ofRef(external(call.m, "global", ["Function", "prototype"]).id);
}

/** The first of the functions that are given: behind it one may be told of errors. */
const lastOf = (call: NativeCall): Value | undefined =>
  allArgs(call.args).find((v) => lastCallback(call.m, { list: [v], rest: null }) !== undefined);

/** `transaction(ref, (current) => next)`. */
function transaction(call: NativeCall, paths: readonly TreePath[]): Value {
  const fn = lastOf(call);
  const before = joinAll(paths.map((path) => readTree(call.m, KIND, path, call.site)));
  if (fn !== undefined) put(call, paths, callWith(call.m, fn, [join(NULL, before)], call.site));
  return promised(call, record(call.m, { committed: ANY_BOOLEAN, snapshot: snapshotAt(call, paths) }, at(call, "transaction")));
}

const done = (call: NativeCall): Value => promised(call, UNDEFINED);

const self = (call: NativeCall): readonly TreePath[] => pathsOf(call.m, call.self);

const isChildEvent = (call: NativeCall): boolean => argOf(call, 0).consts.some((c) => String(c).startsWith("child"));

const REFERENCE: NativeTable = {
  child: (call) => reference(call, below(call.m, self(call), argOf(call, 0))),
  set: (call) => {
    put(call, self(call), argOf(call, 0));
    return done(call);
  },
  setWithPriority: (call) => {
    put(call, self(call), argOf(call, 0));
    return done(call);
  },
  update: (call) => {
    update(call, self(call), argOf(call, 0));
    return done(call);
  },
  push: (call) => push(call, self(call), call.args.list[0] ?? BOTTOM),
  remove: done,
  get: (call) => promised(call, snapshotAt(call, self(call))),
  once: (call) => {
    if (lastOf(call) !== undefined) listen(call, (later) => later.self, isChildEvent(call));
    return promised(call, snapshotAt(call, isChildEvent(call) ? children(self(call)) : self(call)));
  },
  on: (call) => listen(call, (later) => later.self, isChildEvent(call)),
  transaction: (call) => transaction(call, self(call)),
  off: () => UNDEFINED,
  toString: () => ANY_STRING,
};

const SNAPSHOT: NativeTable = {
  ...alike(["val", "exportVal", "toJSON"], (call) => slotOf(selves(call), VALUE)),
  child: (call) => {
    const v = slotOf(selves(call), VALUE);
    const { m, site } = call;
    const inner = pathsIn(m, argOf(call, 0)).map((path) =>
      path.reduce((of: Value, name) => (name === "*" ? getAny(m, of, site) : getNamed(m, of, name, site)), v),
    );
    return snapshot(call, joinAll(inner));
  },
  forEach: (call) => {
    const each = getAny(call.m, slotOf(selves(call), VALUE), call.site);
    callWith(call.m, argOf(call, 0), [snapshot(call, each)], call.site);
    return ANY_BOOLEAN;
  },
  ...alike(["exists", "hasChild", "hasChildren"], () => ANY_BOOLEAN),
  numChildren: () => ANY_NUMBER,
};

const first = (call: NativeCall): readonly TreePath[] => pathsOf(call.m, argOf(call, 0));
const heard =
  (isChild: boolean): Native =>
  (call) =>
    listen(call, (later) => argOf(later, 0), isChild);

/** The web's functions. */
const FUNCTIONS: NativeTable = {
  ref: (call) =>
    objectsOf(call.m.heap, argOf(call, 0)).some((o) => o.props.has(PATH))
      ? reference(call, below(call.m, first(call), argOf(call, 1)))
      : referenceAt(call, argOf(call, 1)),
  child: (call) => reference(call, below(call.m, first(call), argOf(call, 1))),
  query: (call) => argOf(call, 0),
  ...alike(["set", "setWithPriority"], (call) => {
    put(call, first(call), argOf(call, 1));
    return done(call);
  }),
  update: (call) => {
    update(call, first(call), argOf(call, 1));
    return done(call);
  },
  push: (call) => push(call, first(call), call.args.list[1] ?? BOTTOM),
  remove: done,
  get: (call) => promised(call, snapshotAt(call, first(call))),
  onValue: heard(false),
  ...alike(["onChildAdded", "onChildChanged", "onChildMoved", "onChildRemoved"], heard(true)),
  runTransaction: (call) => transaction(call, first(call)),
  off: () => UNDEFINED,
};

const database = (call: NativeCall): Value => ofRef(external(call.m, LIB, ["Database"]).id);
const DATABASE: NativeTable = { ref: (call) => referenceAt(call, argOf(call, 0)), refFromURL: (call) => reference(call, [["*"]]) };

const METHODS: Readonly<Record<string, NativeTable>> = {
  Reference: REFERENCE,
  Query: REFERENCE,
  DataSnapshot: SNAPSHOT,
  Database: DATABASE,
};

const WEB = [LIB, "@firebase/database"];
const SERVER = ["firebase-admin/database", "firebase-admin", "firebase", "firebase/app", "firebase/compat/app", "firebase/compat/database"];

function match(module: string, whole: readonly string[]): Native | undefined {
  const path = whole[0] === "default" ? whole.slice(1) : whole;
  const name = path.at(-1) ?? "";
  if (name === "getDatabase" || (name === "database" && path.length < 4 && !WEB.includes(module))) return database;
  const table = METHODS[path[0] ?? ""];
  // A query's other methods narrow it.
  if (table !== undefined && path.length === 2) return under(table, name) ?? (table === REFERENCE ? (call) => call.self : undefined);
  return WEB.includes(module) && path.length === 1 ? under(FUNCTIONS, name) : undefined;
}

/** What a trigger is given of a path. */
export const snapshotUnder = (call: NativeCall, path: Value): Value => snapshotAt(call, below(call.m, root, path));

/** The realtime database. */
export const realtimeDatabase: NativeModule = { modules: [...WEB, ...SERVER], natives: {}, match };
