/** `URL`: exact addresses are taken apart, others spell out everywhere what they were made of; queries are kept by key. */
import { joinLabels, type Site } from "../domain/labels.js";
import { objectsOf, setSlot, type Obj } from "../domain/heap.js";
import { cut, type TextPattern } from "../domain/text-pattern.js";
import {
  ANY_BOOLEAN,
  BOTTOM,
  EMPTY_STRING,
  exact,
  join,
  ofConst,
  ofRef,
  spelledBy,
  spelledPatterns,
  stringOf,
  truthiness,
  UNDEFINED,
  type Value,
} from "../domain/value.js";
import { allLabels } from "../machine/deep.js";
import { externalName } from "../machine/external.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import { concatenate } from "../machine/operators.js";
import { defineAccessor } from "../machine/props.js";
import type { NativeModule, NativeTable } from "./index.js";
import { addAll, newPairs, pairsText, plainPairs } from "./pairs.js";
import { alike, argOf, asText, constant, instance, methods, nativeValue, selves, stepped } from "./support.js";

const PARTS = ["protocol", "username", "password", "host", "hostname", "port", "origin", "pathname", "hash"] as const;

/** Where a module is: its own address is known only to be one. */
const isHere = (m: Machine, v: Value): boolean =>
  objectsOf(m.heap, v).some((o) => o.kind === "external" && externalName(o).startsWith("import.meta"));

function parse(text: string, base: string | undefined): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

const construct: Native = (call) => stepped(call, newUrl(call.m, argOf(call, 0), call.site, argOf(call, 1)));

/** A `URL` of some text, relative to another. */
export function newUrl(m: Machine, of: Value, site: Site, base: Value = UNDEFINED): Value {
  const given = asText(m, of, site);
  const url = instance(m, "global", "URL", site);
  const text = exact(given);
  const here = isHere(m, base);
  const baseText = exact(base);
  const known = typeof text === "string" ? parse(text, here ? "file:///" : typeof baseText === "string" ? baseText : undefined) : undefined;
  const params = newPairs(m, "URLSearchParams", site);
  if (known !== undefined) {
    for (const part of PARTS) setSlot(m.heap, url, part, ofConst(known[part]));
    addAll(m, params, "URLSearchParams", ofConst(known.search), site);
    // A file beside the module: its path as it is written.
    if (here && typeof text === "string") setSlot(m.heap, url, "pathname", ofConst(text));
  } else {
    const labels = joinLabels(allLabels(m, given), allLabels(m, base));
    const part = stringOf(labels);
    for (const name of PARTS) setSlot(m.heap, url, name, part);
    for (const [name, v] of partsOf(given, baseText)) setSlot(m.heap, url, name, v);
    const texts = objectsOf(m.heap, given).filter((o) => o.kind === "text");
    addAll(m, params, "URLSearchParams", texts.length > 0 ? given : part, site);
  }
  setSlot(m.heap, url, "searchParams", ofRef(params.id));
  defineAccessor(
    m,
    url,
    "href",
    "get",
    nativeValue(m, site, "href", (c) => href(c, selves(c))),
  );
  defineAccessor(
    m,
    url,
    "search",
    "get",
    nativeValue(m, site, "search", (c) => search(c, selves(c))),
  );
  defineAccessor(m, url, "search", "set", nativeValue(m, site, "set search", setSearch));
  return ofRef(url.id);
}

type Part = readonly ["origin" | "pathname", Value];

/** Host and path of an address with holes, as far as they are certain: of every text that it may be, with nothing unknown before the path. */
function partsOf(given: Value, base: unknown): readonly Part[] {
  const all = given.refs.length > 0 ? [] : spelledPatterns(given).map((text) => partsOfText(given, text, base));
  const [first = [], ...others] = all;
  return first.flatMap(([name, v]): readonly Part[] => {
    const found = others.map((parts) => parts.find((part) => part[0] === name)?.[1]);
    return found.includes(undefined) ? [] : [[name, found.reduce<Value>((a, b) => join(a, b!), v)]];
  });
}

function partsOfText(given: Value, text: TextPattern, base: unknown): readonly Part[] {
  const host = /^[a-z][\w+.-]*:\/\/[^/?#\0]+(?=[/?#])/i.exec(text.text)?.[0] ?? "";
  const path = /^\/[^?#]*/.exec(text.text.slice(host.length))?.[0];
  if (path === undefined || path.startsWith("//")) return [];
  const origin = parse(host === "" ? String(base) : host, undefined)?.origin;
  const pathname = ["pathname", spelledBy(given, cut(text, host.length, host.length + path.length))] as const;
  return origin === undefined ? [pathname] : [["origin", ofConst(origin)], pathname];
}

const paramsOf = (m: Machine, url: Obj): readonly Obj[] => objectsOf(m.heap, url.props.get("searchParams") ?? BOTTOM);

function search(call: NativeCall, urls: readonly Obj[]): Value {
  let out: Value = BOTTOM;
  for (const url of urls) {
    const text = pairsText(call.m, paramsOf(call.m, url), call.site);
    out = join(out, exact(text) === "" ? EMPTY_STRING : concatenate(call.m, ofConst("?"), text, call.site));
  }
  return out;
}

const setSearch: Native = (call) => {
  for (const url of selves(call)) {
    const params = newPairs(call.m, "URLSearchParams", call.site);
    addAll(call.m, params, "URLSearchParams", argOf(call, 0), call.site);
    setSlot(call.m.heap, url, "searchParams", ofRef(params.id));
  }
  return UNDEFINED;
};

function href(call: NativeCall, urls: readonly Obj[]): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const url of urls) {
    const part = (name: string): Value => url.props.get(name) ?? EMPTY_STRING;
    let text = exact(part("origin")) === "null" ? concatenate(m, part("protocol"), part("host"), site) : part("origin");
    for (const name of ["pathname", "search", "hash"])
      text = concatenate(m, text, name === "search" ? search(call, [url]) : part(name), site);
    for (const name of ["username", "password"]) if (part(name).labels.length > 0) text = concatenate(m, text, part(name), site);
    out = join(out, text);
  }
  return out;
}

const asString: Native = (call) => href(call, selves(call));

const natives: NativeTable = {
  URL: construct,
  ...methods("URL", alike(["toString", "toJSON"], asString)),
  "URL.canParse": constant(ANY_BOOLEAN),
  "URL.parse": construct,
  "URL.createObjectURL": constant(stringOf([])),
  "URL.revokeObjectURL": constant(UNDEFINED),
};

export const urls: NativeModule = { modules: ["global"], natives };

/** The path behind a `file:` address. */
const toPath: Native = (call) => {
  const { m, site } = call;
  let out: Value = BOTTOM;
  const given = argOf(call, 0);
  for (const obj of objectsOf(m.heap, given)) {
    if (obj.kind === "external") out = join(out, ofConst("./module"));
    else out = join(out, obj.props.get("pathname") ?? asText(m, ofRef(obj.id), site));
  }
  const text = exact(given);
  if (typeof text === "string") return ofConst(text.replace(/^file:\/\//, ""));
  return given.kinds === 0 && given.consts.length === 0 ? out : join(out, stringOf(given.labels));
};

/** `url.parse(text, asObject?)`: the query is a text, or an object of its pairs; `path` has it too. */
const parseLegacy: Native = (call) => {
  const { m, site } = call;
  const made = construct(call);
  const asObject = truthiness(argOf(call, 1));
  for (const url of objectsOf(m.heap, made)) {
    const holders = paramsOf(m, url);
    const text = pairsText(m, holders, site);
    const query = [asObject.no ? text : BOTTOM, ...(asObject.yes ? holders.map((holder) => plainPairs(m, holder, site)) : [])];
    setSlot(m.heap, url, "query", query.reduce(join));
    setSlot(m.heap, url, "path", concatenate(m, url.props.get("pathname") ?? EMPTY_STRING, search(call, [url]), site));
    setSlot(m.heap, url, "auth", join(url.props.get("username") ?? BOTTOM, url.props.get("password") ?? BOTTOM));
  }
  return made;
};

export const urlModule: NativeModule = {
  modules: ["url"],
  natives: {
    ...natives,
    fileURLToPath: toPath,
    pathToFileURL: construct,
    parse: parseLegacy,
    format: (call) => {
      const objects = objectsOf(call.m.heap, argOf(call, 0));
      const made = objects.filter((o) => o.props.has("searchParams"));
      return made.length > 0 ? href(call, made) : stringOf(allLabels(call.m, argOf(call, 0)));
    },
    resolve: (call) => concatenate(call.m, argOf(call, 0), argOf(call, 1), call.site),
    ...alike(["domainToASCII", "domainToUnicode"], (call) => asText(call.m, argOf(call, 0), call.site)),
  },
};
