/**
 * Resolving: a request asks for a field of `Query`, `Mutation` or `Subscription` (`MUTATION /send`), what its resolver gives is the parent of the
 * resolvers of its type, and the answer has the fields of its type only.
 */
import { objectsOf, setSlot } from "../../../domain/heap.js";
import type { Site } from "../../../domain/labels.js";
import { BOTTOM, isBottom, join, ofRef, primitivePart, UNDEFINED, type Value } from "../../../domain/value.js";
import { external } from "../../../machine/external.js";
import { callValue } from "../../../machine/call.js";
import { anyItem, iterate } from "../../../machine/iterate.js";
import { make, type Machine } from "../../../machine/machine.js";
import { awaitValue } from "../../../machine/promise.js";
import { getNamed } from "../../../machine/props.js";
import { unknown } from "../../../machine/unknown.js";
import { readPlace, writePlace } from "../../../stores/places.js";
import { guarded } from "../../settle.js";
import { listOf } from "../../support.js";
import { announce, answer, newRequest } from "../requests.js";
import { fieldsOf, isResolved, membersOf } from "./schema.js";

/** Methods of routes that stand for the types which requests begin at. */
const ROOTS: Readonly<Record<string, string>> = { Query: "QUERY", Mutation: "MUTATION", Subscription: "SUBSCRIPTION" };

/** A field that the program resolves. */
export interface Resolver {
  readonly type: string;
  readonly field: string;
  readonly site: Site;
  readonly run: (given: Given) => Value;
}

/** What a resolver is called with. */
export interface Given {
  readonly parent: Value;
  readonly args: Value;
  readonly context: Value;
  readonly info: Value;
}

const parentPlace = (type: string): string => `graphql:${type}`;
const fieldPlace = (type: string, field: string): string => `graphql field:${type}.${field}`;
const CONTEXT = "\0context";

/** What servers make the context of each request of. */
export function addContext(m: Machine, made: Value): void {
  const server = external(m, "graphql", ["server"]);
  setSlot(m.heap, server, CONTEXT, join(server.props.get(CONTEXT) ?? BOTTOM, made));
}

function contextFor(m: Machine, request: Value, where: string, site: Site): Value {
  const made = external(m, "graphql", ["server"]).props.get(CONTEXT) ?? BOTTOM;
  let out = unknown(m, `${where}:context`);
  for (const obj of objectsOf(m.heap, made)) {
    const given = make(m, "object", `${where}:context argument`);
    for (const name of ["req", "request"]) setSlot(m.heap, given, name, request);
    const v =
      obj.kind === "function"
        ? awaitValue(m, callValue(m, ofRef(obj.id), UNDEFINED, { list: [ofRef(given.id)], rest: null }, site), site)
        : ofRef(obj.id);
    if (m.alive) out = join(out, v);
    m.alive = true;
  }
  return out;
}

/** A request asks for the field. */
export function resolve(m: Machine, { type, field, site, run }: Resolver): void {
  const method = ROOTS[type] ?? "FIELD";
  const url = ROOTS[type] === undefined ? `/${type}.${field}` : `/${field}`;
  const where = `resolver ${site.file}:${site.at} ${type}.${field}`;
  const request = newRequest(m, where, method, [url], site);
  announce(m, method, [url], request, site);
  const held = readPlace(m, parentPlace(type), site);
  const parent = ROOTS[type] !== undefined ? UNDEFINED : isBottom(held) ? unknown(m, `${where}:parent`) : held;
  const args = getNamed(m, request, "body", site);
  const context = contextFor(m, request, where, site);
  guarded(m, () => {
    const v = awaitValue(m, run({ parent, args, context, info: unknown(m, `${where}:info`) }), site);
    if (!m.alive || isBottom(v)) return;
    const of = fieldsOf(m, type).get(field) ?? "";
    give(m, of, v, site, 0);
    if (ROOTS[type] === undefined) writePlace(m, fieldPlace(type, field), v, site);
    answer(m, method, [url], shown(m, of, v, site, 0), site);
  });
}

const DEEPEST = 6;

/** Something of a type is the parent of that type's resolvers, and what is in its other fields of theirs. */
function give(m: Machine, of: string, v: Value, site: Site, depth: number): void {
  if (of === "" || depth > DEEPEST) return;
  const one = itemsOf(m, v, site);
  for (const type of membersOf(m, of)) {
    const fields = fieldsOf(m, type);
    if (fields.size === 0) continue;
    writePlace(m, parentPlace(type), one, site);
    for (const [field, below] of fields)
      if (!isResolved(m, type, field) && fieldsOf(m, below).size > 0) give(m, below, getNamed(m, one, field, site), site, depth + 1);
  }
}

/** What of a value an answer shows: the fields of its type, resolved where the program does so. */
function shown(m: Machine, of: string, v: Value, site: Site, depth: number): Value {
  const known = membersOf(m, of).flatMap((type) => [...fieldsOf(m, type)].map(([field, below]) => ({ type, field, below })));
  if (known.length === 0 || objectsOf(m.heap, v).length === 0 || depth > DEEPEST) return v;
  const one = itemsOf(m, v, site);
  const out = make(m, "object", `${site.file}:${site.at}:shown ${of} ${depth}`);
  for (const { type, field, below } of known) {
    const own = isResolved(m, type, field) ? readPlace(m, fieldPlace(type, field), site) : getNamed(m, one, field, site);
    if (!isBottom(own)) setSlot(m.heap, out, field, join(out.props.get(field) ?? BOTTOM, shown(m, below, own, site, depth + 1)));
  }
  const isList = objectsOf(m.heap, v).some((o) => o.kind === "array");
  return isList ? listOf(m, ofRef(out.id, v.via), `${site.file}:${site.at}:shown list ${depth}`) : ofRef(out.id, v.via);
}

/** The elements of lists, and what is no list. */
function itemsOf(m: Machine, v: Value, site: Site): Value {
  const lists = objectsOf(m.heap, v).filter((o) => o.kind === "array");
  if (lists.length === 0) return v;
  const others = objectsOf(m.heap, v).filter((o) => o.kind !== "array");
  const items = lists.reduce((all, o) => join(all, anyItem(iterate(m, ofRef(o.id, v.via), site))), primitivePart(v));
  return others.reduce((all, o) => join(all, ofRef(o.id, v.via)), items);
}
