/** Requests and responses of the web platform, as handlers of Next, SvelteKit, Remix and others get and give them. */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { joinLabels, type Site } from "../../domain/labels.js";
import { append, exactPattern, HOLE, holeOf, isAnyText, isExactText } from "../../domain/text-pattern.js";
import { ANY_STRING, BOTTOM, idsOfLabels, isBottom, join, ofConst, ofRef, stringOf, withPatterns, type Value } from "../../domain/value.js";
import { textOf } from "../../machine/clone.js";
import { allLabels } from "../../machine/deep.js";
import { make, type Machine } from "../../machine/machine.js";
import { concatenate } from "../../machine/operators.js";
import { awaitValue } from "../../machine/promise.js";
import { getNamed } from "../../machine/props.js";
import { addAll, newPairs } from "../pairs.js";
import { message } from "../web.js";
import { cookieStore } from "./cookies.js";
import { answer } from "./requests.js";

/** A `Request` whose body, headers and query are those of a request that came in. */
export function webRequest(m: Machine, request: Value, method: string, [url = "/"]: readonly string[], site: Site): Value {
  const part = (name: string): Value => getNamed(m, request, name, site);
  const made = message(m, "Request", textOf(m, part("body"), site), part("headers"), site);
  const query = newPairs(m, "URLSearchParams", site);
  addAll(m, query, "URLSearchParams", part("query"), site);
  const next = make(m, "object", `${site.file}:${site.at}:nextUrl`);
  const address = addressOf(m, request, `http://localhost${url}`, site);
  setSlot(m.heap, next, "searchParams", ofRef(query.id));
  setSlot(m.heap, next, "pathname", pathOf(m, request, url, site));
  setSlot(m.heap, next, "href", address);
  for (const obj of objectsOf(m.heap, made)) {
    setSlot(m.heap, obj, "method", method === "ALL" ? ANY_STRING : ofConst(method));
    setSlot(m.heap, obj, "url", address);
    // Next's own: the address taken apart, and cookies.
    setSlot(m.heap, obj, "nextUrl", ofRef(next.id));
    setSlot(m.heap, obj, "cookies", cookieStore(m, `${site.file}:${site.at}`, part("cookies"), "items"));
  }
  return made;
}

/**
 * The path of an address: exact where nothing in it varies, else with holes, which spell out what its parameters do. What leads to the
 * address may be a hole itself.
 */
export function pathOf(m: Machine, request: Value, url: string, site: Site): Value {
  const labels = allLabels(m, getNamed(m, request, "params", site));
  const hole = holeOf(idsOfLabels(labels));
  let path = exactPattern("");
  for (const part of partsOf(url)) path = append(path, part === HOLE ? hole : exactPattern(part));
  if (isExactText(path))
    return url.length > 1 && url.endsWith("/") ? join(ofConst(path.text), ofConst(`${path.text}/`)) : ofConst(path.text);
  return isAnyText(path) ? stringOf(labels) : withPatterns(stringOf(labels), [path]);
}

/** Names of an address, and holes for what stands for others; what may be missing takes the slash before it along. */
function partsOf(url: string): readonly string[] {
  const names = url
    .replace(/^\w+:\/\/[^/]+/, "")
    .split("/")
    .filter((name) => name !== "");
  const parts = names.flatMap((name) => (NAME.test(name) ? [`/${name}`] : MAY_BE_MISSING.test(name) ? [HOLE] : ["/", HOLE]));
  return parts.length === 0 ? ["/"] : parts;
}

/** Nothing in it stands for something else. */
const NAME = /^[\w\-.~%@!$&',;=]+$/;
const MAY_BE_MISSING = /[?*]$|^\[\[?\.\.\.|^\0$/;

/**
 * The text of an address: its path, perhaps with a query of which nothing is known. Of a query that bears fields what it spells out, kept by
 * key where the path does not spell out any.
 */
export function addressOf(m: Machine, request: Value, url: string, site: Site): Value {
  const query = getNamed(m, request, "query", site);
  const params = allLabels(m, getNamed(m, request, "params", site));
  const asked = allLabels(m, query);
  if (asked.length > 0) return params.length > 0 ? stringOf(joinLabels(asked, params)) : textOf(m, query, site);
  const origin = /^\w+:\/\/[^/]+/.exec(url)?.[0] ?? "";
  const address = concatenate(m, ofConst(origin), pathOf(m, request, url, site), site);
  return join(address, concatenate(m, concatenate(m, address, ofConst("?"), site), ANY_STRING, site));
}

/** What handlers read off a request's first line. Paths may be told from where a router is mounted (`below`); without any nothing is known. */
export function setRequestLine(
  m: Machine,
  request: Value,
  method: string,
  urls: readonly string[],
  below: readonly string[],
  site: Site,
): void {
  const all = (texts: readonly string[], one: typeof pathOf): Value =>
    texts.length === 0 ? ANY_STRING : texts.map((url) => one(m, request, url, site)).reduce(join);
  for (const obj of objectsOf(m.heap, request)) {
    setSlot(m.heap, obj, "method", method === "ALL" ? ANY_STRING : ofConst(method));
    setSlot(m.heap, obj, "path", all([...urls, ...below], pathOf));
    setSlot(m.heap, obj, "url", all([...urls, ...below], addressOf));
    setSlot(m.heap, obj, "originalUrl", all(urls, addressOf));
  }
}

/** What a handler gives back: the body of a `Response`, or the value itself; it answers the request. */
export function answerWith(m: Machine, method: string, urls: readonly string[], given: Value, site: Site): void {
  const v = awaitValue(m, given, site);
  m.alive = true;
  let body: Value = { ...v, refs: [] };
  for (const obj of objectsOf(m.heap, v))
    body = join(body, contentOf(m, obj.props.get(S.value)) ?? (isMessage(obj) ? BOTTOM : ofRef(obj.id, v.via)));
  if (!isBottom(body)) answer(m, method, urls, body, site);
}

/** What the text of a response stands for: who asks for JSON gets that, and who asks for text gets text of it. */
function contentOf(m: Machine, body: Value | undefined): Value | undefined {
  const texts = body === undefined ? [] : objectsOf(m.heap, body).filter((o) => o.kind === "text");
  const inside = texts.map((o) => o.props.get(S.value) ?? BOTTOM);
  const isData = inside.length > 0 && inside.every((v) => objectsOf(m.heap, v).some((o) => o.kind === "object" || o.kind === "array"));
  return isData && objectsOf(m.heap, body!).length === texts.length ? inside.reduce(join, BOTTOM) : body;
}

const isMessage = (obj: { readonly kind: string; readonly props: { has(slot: string): boolean } }): boolean =>
  obj.kind === "external" || (obj.props.has("headers") && obj.props.has("statusText"));
