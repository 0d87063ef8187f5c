/** Requests and responses of the web platform, as handlers of Next, SvelteKit, Remix and others get and give them. */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { ANY_STRING, BOTTOM, isBottom, join, ofConst, ofRef, stringOf, type Value } from "../../domain/value.js";
import { textOf } from "../../machine/clone.js";
import { allLabels } from "../../machine/deep.js";
import { make, type Machine } from "../../machine/machine.js";
import { concatenate } from "../../machine/operators.js";
import { awaitValue } from "../../machine/promise.js";
import { getNamed } from "../../machine/props.js";
import { joinLabels } from "../../domain/labels.js";
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

/** The path of an address: exact where nothing in it varies; else what its parameters spell out. */
export function pathOf(m: Machine, request: Value, url: string, site: Site): Value {
  return VARIES.test(url) ? stringOf(allLabels(m, getNamed(m, request, "params", site))) : ofConst(url);
}

const VARIES = /[:*[{]/;

/**
 * The text of an address. Where nothing in its path varies it is that path, perhaps with a query of which nothing is known; else what its
 * query and parameters spell out, the query kept by key.
 */
export function addressOf(m: Machine, request: Value, url: string, site: Site): Value {
  const query = getNamed(m, request, "query", site);
  const params = allLabels(m, getNamed(m, request, "params", site));
  const labels = joinLabels(allLabels(m, query), params);
  if (labels.length > 0) return params.length > 0 ? stringOf(labels) : textOf(m, query, site);
  if (VARIES.test(url.replace(/^\w+:/, ""))) return ANY_STRING;
  return join(ofConst(url), concatenate(m, ofConst(`${url}?`), ANY_STRING, site));
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
