/**
 * What a projection leaves of a document: `{ email: 1, "profile.name": 1 }`, `{ password: 0 }`, `{ mail: "$email" }`, and Mongoose's
 * `"email name -_id +secret"`. Rules: https://www.mongodb.com/docs/manual/reference/operator/aggregation/project/.
 */
import { objectsOf, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, ofRef, truthiness, type Value } from "../../domain/value.js";
import { iterate } from "../../machine/iterate.js";
import { loaded, type Machine } from "../../machine/machine.js";
import { entries } from "../../machine/props.js";
import { valueOf, type Scope } from "./expressions.js";
import { namesOf, only, without, withAt } from "../document-paths.js";

export interface Projection {
  included: string[];
  excluded: string[];
  /** Fields that are left out unless asked for, and are: Mongoose's `+name`. */
  added: string[];
  /** Fields with the expressions that they come from. */
  computed: [path: string, expression: Value][];
  /** Part of it is not known: anything may come back. */
  open: boolean;
}

const nothing = (): Projection => ({ included: [], excluded: [], added: [], computed: [], open: false });

/** One projection of each object, list or text that a value may be; none where it is nothing. */
export function projectionsOf(m: Machine, v: Value, site: Site): readonly Projection[] {
  const out: Projection[] = [];
  for (const text of v.consts) {
    if (typeof text !== "string") continue;
    const p = nothing();
    for (const name of text.split(/\s+/)) addName(p, name);
    out.push(p);
  }
  for (const obj of objectsOf(m.heap, v)) {
    const p = nothing();
    if (obj.kind === "array") {
      const items = iterate(m, ofRef(obj.id), site);
      for (const x of items.list) for (const c of x.consts) addName(p, String(c));
      p.open = items.rest !== null || items.list.some((x) => x.consts.length === 0);
    } else if (obj.kind === "object") addObject(m, p, obj, v, "", site);
    else p.open = true;
    out.push(p);
  }
  return out;
}

function addName(p: Projection, name: string): void {
  if (name.startsWith("-")) p.excluded.push(name.slice(1));
  else if (name.startsWith("+")) p.added.push(name.slice(1));
  else if (name !== "") p.included.push(name);
}

function addObject(m: Machine, p: Projection, obj: Obj, whole: Value, prefix: string, site: Site, around: readonly Obj[] = []): void {
  const e = entries(m, obj, site);
  if (e.rest !== null) p.open = true;
  for (const { name, value } of e.known) {
    const path = prefix + name;
    const v = loaded(m, value, whole.via, site);
    const [inner] = objectsOf(m.heap, v);
    const t = truthiness(v);
    if (inner?.kind === "object") {
      const operator = [...inner.props.keys()].find((key) => key.startsWith("$"));
      if (operator === undefined && around.includes(inner)) p.open = true;
      else if (operator === undefined) addObject(m, p, inner, v, `${path}.`, site, [...around, obj]);
      else if (operator === "$elemMatch") p.included.push(path);
      else if (operator === "$slice" && objectsOf(m.heap, inner.props.get("$slice") ?? BOTTOM).length === 0) continue;
      else p.computed.push([path, v]);
    } else if (inner !== undefined || v.consts.some((c) => typeof c === "string")) p.computed.push([path, v]);
    else if (t.yes) p.included.push(path);
    else p.excluded.push(path);
  }
}

/** The documents as a projection leaves them. */
export function projected(scope: Scope, p: Projection, where = "projected"): Value {
  const { m, row, site } = scope;
  if (p.open) return row;
  if (p.included.length === 0 && p.computed.length === 0)
    return p.excluded.length === 0 ? row : without(m, row, namesOf(p.excluded), site, where);
  const id = p.excluded.includes("_id") ? [] : ["_id"];
  const kept = only(m, row, namesOf([...id, ...p.included]), site, where);
  return p.computed.reduce((out: Value, [path, expression]) => {
    const v = valueOf(scope, expression, `${where}.${path}`);
    return withAt(m, out, path.split("."), () => v, site, `${where} with ${path}`);
  }, kept);
}
