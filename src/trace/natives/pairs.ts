/** `URLSearchParams`, `FormData` and `Headers`: maps from strings to strings (or files), several values a key joined. */
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import {
  ANY_NUMBER,
  BOTTOM,
  exact,
  hasPrimitive,
  isBottom,
  join,
  K,
  NULL,
  ofConst,
  ofRef,
  ofRefs,
  primitivePart,
  stringOf,
  UNDEFINED,
  withKinds,
  type Value,
} from "../domain/value.js";
import { hasArg } from "../machine/call.js";
import { textOf } from "../machine/clone.js";
import { external } from "../machine/external.js";
import { iterate } from "../machine/iterate.js";
import { loaded, make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { entries, getNamed } from "../machine/props.js";
import type { Site } from "../domain/labels.js";
import { contentItems, contentsOf, dropEntry, entryOf, hasEntry, newHolder, putEntry } from "./contents.js";
import { markupLabels } from "./dom/nodes.js";
import type { NativeModule, NativeTable } from "./index.js";
import { newIterator, spot } from "./items.js";
import { repeat } from "../machine/repeat.js";
import { encode } from "./text.js";
import { alike, argOf, asText, callWith, constant, listOf, methods, selves } from "./support.js";

export type Pairs = "URLSearchParams" | "FormData" | "Headers";

/** An empty one. */
export function newPairs(m: Machine, owner: Pairs, site: Site): Obj {
  const holder = newHolder(m, "map", site, owner);
  setSlot(m.heap, holder, S.proto, ofRef(external(m, "global", [owner]).id));
  return holder;
}

/** Header names do not tell case apart. */
const keyFor = (owner: Pairs, key: Value): Value =>
  owner === "Headers" && exact(key) !== undefined ? ofConst(String(exact(key)).toLowerCase()) : key;

/** A value as it is kept: text, or a file; of a form that came in, either. */
function kept(m: Machine, owner: Pairs, v: Value, site: Site): Value {
  const objects = owner === "FormData" ? objectsOf(m.heap, v) : [];
  if (objects.some((o) => o.kind === "text" && o.props.has(S.proto))) return v;
  const text = asText(m, v, site);
  return objects.some((o) => o.kind === "unknown") ? join(text, sentFile(m, v, site)) : text;
}

/** A file that was sent: its bytes and its name are what is known of it. */
function sentFile(m: Machine, v: Value, site: Site): Value {
  const file = encode(m, "File", v, site);
  for (const obj of objectsOf(m.heap, file)) {
    for (const name of ["name", "type"]) setSlot(m.heap, obj, name, asText(m, getNamed(m, v, name, site), site));
    setSlot(m.heap, obj, "size", ANY_NUMBER);
  }
  return file;
}

/** Adds what a constructor is given: text, an object, pairs, another of its kind. */
export function addAll(m: Machine, holder: Obj, owner: Pairs, given: Value, site: Site): void {
  const put = (key: Value, value: Value): void => {
    putEntry(m, holder, keyFor(owner, asText(m, key, site)), kept(m, owner, value, site), true);
  };
  const plain = primitivePart(given);
  for (const c of plain.labels.length > 0 ? [] : plain.consts)
    for (const [k, v] of new URLSearchParams(String(c))) put(ofConst(k), ofConst(v));
  if ((plain.kinds & K.String) !== 0 || plain.labels.length > 0) put(stringOf(plain.labels), stringOf(plain.labels));
  for (const obj of objectsOf(m.heap, given)) {
    const from = (v: Value): Value => loaded(m, v, given.via, site);
    if (obj.kind === "text") {
      const content = obj.props.get(S.value) ?? BOTTOM;
      addAll(m, holder, owner, content, site);
      if (content.labels.length > 0 && !hasPrimitive(content)) put(stringOf(content.labels), stringOf(content.labels));
    } else if (obj.kind === "array" || obj.kind === "map" || obj.kind === "iterator" || obj.kind === "generator") {
      const items = iterate(m, ofRef(obj.id), site);
      for (const pair of items.rest === null ? items.list : [...items.list, items.rest]) {
        const parts = iterate(m, pair, site);
        put(from(parts.list[0] ?? parts.rest ?? UNDEFINED), from(parts.list[1] ?? parts.rest ?? UNDEFINED));
      }
    } else {
      const e = entries(m, obj, site);
      for (const x of e.known) put(ofConst(x.name), from(x.value));
      if (e.rest !== null) put(stringOf(e.restKey), from(e.rest));
    }
  }
}

const construct =
  (owner: Pairs): Native =>
  (call) => {
    const holder = newPairs(call.m, owner, call.site);
    // The values of a form's fields, under their names.
    if (owner === "FormData") {
      const labels = markupLabels(call.m, objectsOf(call.m.heap, argOf(call, 0)));
      if (labels.length > 0) putEntry(call.m, holder, stringOf([]), stringOf(labels), true);
    } else if (hasArg(call.args, 0))
      addAll(call.m, holder, owner, withKinds(argOf(call, 0), argOf(call, 0).kinds & ~(K.Undefined | K.Null)), call.site);
    return ofRef(holder.id);
  };

const holders = (call: NativeCall): readonly Obj[] => selves(call).filter((o) => o.kind === "map");

/** Text of the pairs: exact while all of them are, else with the pairs as its structure. */
export function pairsText(m: Machine, objects: readonly Obj[], site: Site): Value {
  let out: Value = BOTTOM;
  for (const holder of objects) {
    const { known, rest } = contentsOf(holder);
    const plain = known.map((x): [string, string] | undefined => {
      const k = exact(x.key);
      const v = exact(x.value);
      return x.sure && k !== undefined && v !== undefined && x.key.labels.length === 0 && x.value.labels.length === 0
        ? [String(k), String(v)]
        : undefined;
    });
    if (rest === null && plain.every((p) => p !== undefined)) {
      out = join(out, ofConst(new URLSearchParams(plain).toString()));
      continue;
    }
    const content = make(m, "object", spot(site, "pairs"));
    for (const x of known) setSlot(m.heap, content, String(exact(x.key) ?? S.rest), x.value);
    if (rest !== null) {
      setSlot(m.heap, content, S.rest, join(content.props.get(S.rest) ?? BOTTOM, rest.value));
      if (rest.key.labels.length > 0) setSlot(m.heap, content, S.restKey, stringOf(rest.key.labels));
    }
    out = join(out, textOf(m, ofRef(content.id), site));
  }
  return out;
}

function prototype(owner: Pairs): NativeTable {
  const key = (call: NativeCall): Value => keyFor(owner, asText(call.m, argOf(call, 0), call.site));
  const value = (call: NativeCall): Value => kept(call.m, owner, argOf(call, 1), call.site);
  const items =
    (what: "keys" | "values" | "entries"): Native =>
    (call) => {
      const { m, site } = call;
      let rest: Value = BOTTOM;
      const all = holders(call).map((h) => contentItems(m, h, what, site));
      if (all.length === 1) return newIterator(m, site, all[0]!);
      for (const x of all) for (const v of x.rest === null ? x.list : [...x.list, x.rest]) rest = join(rest, v);
      return newIterator(m, site, { list: [], rest: isBottom(rest) ? null : rest });
    };
  return {
    get: (call) => {
      let out: Value = BOTTOM;
      for (const h of holders(call)) out = join(out, loaded(call.m, entryOf(call.m, h, key(call)), call.self.via, call.site));
      return (out.kinds & K.Undefined) === 0 ? out : join(withKinds(out, out.kinds & ~K.Undefined), NULL);
    },
    getAll: (call) => {
      let out: Value = BOTTOM;
      for (const h of holders(call)) out = join(out, loaded(call.m, entryOf(call.m, h, key(call)), call.self.via, call.site));
      return listOf(call.m, withKinds(out, out.kinds & ~K.Undefined), spot(call.site, "all"));
    },
    getSetCookie: (call) =>
      listOf(
        call.m,
        holders(call).reduce((out: Value, h) => join(out, entryOf(call.m, h, ofConst("set-cookie"))), BOTTOM),
        call.site,
      ),
    has: (call) => holders(call).reduce((out: Value, h) => join(out, hasEntry(call.m, h, key(call))), BOTTOM),
    set: (call: NativeCall) => {
      const objects = holders(call);
      for (const h of objects) putEntry(call.m, h, key(call), value(call), objects.length === 1);
      return UNDEFINED;
    },
    append: (call) => {
      const objects = holders(call);
      for (const h of objects) {
        const old = entryOf(call.m, h, key(call));
        putEntry(call.m, h, key(call), join(withKinds(old, old.kinds & ~K.Undefined), value(call)), objects.length === 1);
      }
      return UNDEFINED;
    },
    delete: (call) => {
      const objects = holders(call);
      for (const h of objects) dropEntry(call.m, h, key(call), objects.length === 1 && !hasArg(call.args, 1));
      return UNDEFINED;
    },
    forEach: (call) => {
      const { m, site } = call;
      for (const h of holders(call)) {
        const { known, rest } = contentsOf(h);
        for (const x of rest === null ? known : [...known, rest]) {
          const turn = (): Value => callWith(m, argOf(call, 0), [x.value, x.key, ofRef(h.id)], site);
          if (x.sure) turn();
          else repeat(m, turn);
        }
      }
      return UNDEFINED;
    },
    keys: items("keys"),
    values: items("values"),
    ...alike(["entries", "@@iterator"], items("entries")),
    sort: constant(UNDEFINED),
    toString: (call: NativeCall) => pairsText(call.m, holders(call), call.site),
    toJSON: (call) => pairsText(call.m, holders(call), call.site),
  };
}

export const pairs: NativeModule = {
  modules: ["global"],
  natives: {
    ...methods("URLSearchParams", prototype("URLSearchParams")),
    ...methods("FormData", prototype("FormData")),
    ...methods("Headers", prototype("Headers")),
    URLSearchParams: construct("URLSearchParams"),
    FormData: construct("FormData"),
    Headers: construct("Headers"),
  },
};

/** Pairs as a plain object, key by key. */
export function plainPairs(m: Machine, holder: Obj, site: Site): Value {
  const out = make(m, "object", spot(site, "parsed"));
  const { known, rest } = contentsOf(holder);
  for (const x of known) setSlot(m.heap, out, String(exact(x.key) ?? S.rest), x.value);
  if (rest !== null) {
    setSlot(m.heap, out, S.rest, rest.value);
    if (rest.key.labels.length > 0) setSlot(m.heap, out, S.restKey, stringOf(rest.key.labels));
  }
  return ofRef(out.id);
}

/** `querystring`: the same as functions. */
export const querystring: NativeModule = {
  modules: ["querystring"],
  natives: {
    ...alike(["stringify", "encode"], (call) => {
      const holder = newPairs(call.m, "URLSearchParams", call.site);
      addAll(call.m, holder, "URLSearchParams", ofRefs(argOf(call, 0).refs), call.site);
      return pairsText(call.m, [holder], call.site);
    }),
    ...alike(["parse", "decode"], (call) => {
      const { m, site } = call;
      const holder = newPairs(m, "URLSearchParams", site);
      addAll(m, holder, "URLSearchParams", argOf(call, 0), site);
      return plainPairs(m, holder, site);
    }),
    ...alike(["escape", "unescape"], (call) => asText(call.m, argOf(call, 0), call.site)),
  },
};
