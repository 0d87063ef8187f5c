/**
 * Cookies: what an answer, or a page, sets under a name comes back with later requests, and is there for pages to read. All of the
 * program's servers and pages have one jar: hosts and paths of cookies are not looked at.
 */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import type { Labels, Site } from "../../domain/labels.js";
import { cut, HOLE, idsOf } from "../../domain/text-pattern.js";
import {
  ANY_BOOLEAN,
  ANY_STRING,
  BOTTOM,
  isBottom,
  join,
  ofRef,
  spelledPatterns,
  stringOf,
  UNDEFINED,
  type Value,
} from "../../domain/value.js";
import { ASSIGNED } from "../../machine/assigned.js";
import { arg } from "../../machine/call.js";
import { allLabels } from "../../machine/deep.js";
import { external } from "../../machine/external.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { VALUE } from "../../machine/provided.js";
import { namesOf } from "../../machine/text-parts.js";
import { placesUnder, readPlace, writePlace } from "../../stores/places.js";
import type { NativeModule, NativeTable } from "../index.js";
import { promiseOf } from "../settle.js";
import { alike, asText, at, constant, listOf, methods, record, selves, slotOf } from "../support.js";

const PREFIX = "cookie:";
/** Slot of an object with methods for cookies: those that its request came with. */
const SENT = "\0sent";
const LIB = "cookies";

/** Sets a cookie. */
export function setCookie(m: Machine, name: Value, value: Value, site: Site): void {
  for (const text of namesOf(m, name)) writePlace(m, PREFIX + text, value, site);
}

/** What has been set under a name; bottom where nothing is seen to be. */
export const cookieSet = (m: Machine, name: Value, site: Site): Value =>
  namesOf(m, name).reduce((v: Value, text) => join(v, readPlace(m, PREFIX + text, site)), BOTTOM);

/** All that has been set, by name. */
export function cookieJar(m: Machine, where: string, site: Site): Value {
  const names = placesUnder(m, PREFIX);
  if (names.length === 0) return BOTTOM;
  const jar = make(m, "object", `${where}:cookie jar`);
  let any = BOTTOM;
  for (const name of names)
    if (name.includes(HOLE)) any = join(any, readPlace(m, name, site));
    else setSlot(m.heap, jar, name.slice(PREFIX.length), join(readPlace(m, name, site), UNDEFINED));
  if (!isBottom(any)) setSlot(m.heap, jar, S.rest, any);
  return ofRef(jar.id);
}

/** The labels of all that has been set. */
const jarLabels = (m: Machine, site: Site): Labels => allLabels(m, cookieJar(m, `${site.file}:${site.at}`, site));

/** How the methods of an object give a cookie: its text, or what has the text under `value`. */
export type Shape = "texts" | "items";

/** An object whose `get` and `set` are of a request's and its answer's cookies. */
export function cookieStore(m: Machine, where: string, sent: Value, shape: Shape): Value {
  const store = make(m, "object", `${where}:cookies ${shape}`);
  setSlot(m.heap, store, S.proto, ofRef(external(m, LIB, [shape === "texts" ? "Cookies" : "RequestCookies"]).id));
  if (!isBottom(sent)) setSlot(m.heap, store, SENT, sent);
  return ofRef(store.id);
}

/** One cookie as text; undefined where there is none. */
function textNamed(call: NativeCall, name: Value): Value {
  const { m, site } = call;
  const sent = slotOf(selves(call), SENT);
  const own =
    objectsOf(m.heap, sent).length === 0
      ? BOTTOM
      : namesOf(m, name).reduce((v: Value, text) => join(v, getNamed(m, sent, text, site)), BOTTOM);
  const labels = allLabels(m, own);
  return join(join(cookieSet(m, name, site), stringOf(labels)), UNDEFINED);
}

const item = (call: NativeCall, name: Value, value: Value): Value => record(call.m, { name, value }, at(call, "cookie"));

const get =
  (shape: Shape): Native =>
  (call) => {
    const first = arg(call.args, 0);
    const name = first.refs.length > 0 ? getNamed(call.m, first, "name", call.site) : first;
    const text = textNamed(call, name);
    return shape === "texts" ? text : join(item(call, name, text), UNDEFINED);
  };

/** `set(name, value)`, `set({ name, value })`. */
const set: Native = (call) => {
  const { m, site } = call;
  const [first, second] = [arg(call.args, 0), arg(call.args, 1)];
  const isItem = objectsOf(m.heap, first).some((o) => o.kind === "object");
  if (isItem) setCookie(m, getNamed(m, first, "name", site), getNamed(m, first, "value", site), site);
  else setCookie(m, first, second, site);
  return call.self;
};

const getAll: Native = (call) => {
  const { m, site } = call;
  const sent = allLabels(m, slotOf(selves(call), SENT));
  const any = join(stringOf(jarLabels(m, site)), stringOf(sent));
  return listOf(m, item(call, ANY_STRING, any), at(call, "all cookies"));
};

const store = (shape: Shape): NativeTable => ({
  get: get(shape),
  set,
  getAll,
  has: constant(ANY_BOOLEAN),
  ...alike(["delete", "clear"], (call) => call.self),
  ...alike(["toString", "serialize"], (call) => stringOf(jarLabels(call.m, call.site))),
});

/** Next's `cookies()`: a promise since Next 15; awaiting what it was before does no harm. */
const nextCookies: Native = (call) => {
  const { m, site } = call;
  const sent = external(m, "next/headers", ["request"]).props.get(SENT) ?? BOTTOM;
  const own = cookieStore(m, at(call, "next"), sent, "items");
  return join(own, promiseOf(m, own, site));
};

/** The request that a handler of Next's is called for: `cookies()` gives its cookies. */
export function nextRequest(m: Machine, cookies: Value): void {
  setSlot(m.heap, external(m, "next/headers", ["request"]), SENT, cookies);
}

/** `document.cookie = "name=value; path=/"`. */
const assign: Native = (call) => {
  const { m, site } = call;
  const text = arg(call.args, 0);
  const whole = allLabels(m, text);
  const patterns = [text, ...objectsOf(m.heap, text).flatMap((o) => o.props.get(S.pattern) ?? [])].flatMap(spelledPatterns);
  if (patterns.length === 0) writePlace(m, PREFIX + HOLE, stringOf(whole), site);
  for (const p of patterns) {
    const from = p.text.indexOf("=");
    const end = p.text.indexOf(";");
    const ids = idsOf(cut(p, from + 1, end < 0 ? p.text.length : end));
    const value = stringOf(whole.filter((l) => ids.includes(l.id)));
    writePlace(m, PREFIX + (from < 0 ? HOLE : p.text.slice(0, from).trim()), value, site);
  }
  return UNDEFINED;
};

/** `cookie.serialize(name, value)`: text for an answer's header. */
const serialize: Native = (call) => {
  const { m, site } = call;
  const value = asText(m, arg(call.args, 1), site);
  setCookie(m, arg(call.args, 0), value, site);
  return stringOf(allLabels(m, value));
};

/** `cookie.parse(header)`: what the header spells out, and what the program itself has set. */
const parse: Native = (call) => {
  const { m, site } = call;
  const jar = cookieJar(m, at(call, "parsed"), site);
  const any = make(m, "object", at(call, "parsed cookies"));
  setSlot(m.heap, any, S.rest, join(stringOf(allLabels(m, arg(call.args, 0))), UNDEFINED));
  return join(ofRef(any.id), jar);
};

export const cookies: readonly NativeModule[] = [
  {
    modules: [LIB, "@edge-runtime/cookies"],
    natives: {
      ...methods("Cookies", store("texts")),
      ...methods("RequestCookies", store("items")),
      ...methods("ResponseCookies", store("items")),
    },
  },
  { modules: ["next/headers"], natives: { cookies: nextCookies } },
  {
    modules: ["cookie"],
    natives: {
      serialize,
      parse,
      stringifySetCookie: serialize,
      parseCookie: parse,
      "default.serialize": serialize,
      "default.parse": parse,
    },
  },
  {
    modules: ["global"],
    natives: {
      [`document.cookie.${VALUE}`]: (call) => stringOf(jarLabels(call.m, call.site)),
      [`document.cookie.${ASSIGNED}`]: assign,
    },
  },
];
