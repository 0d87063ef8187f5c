/** Requests that come from outside: what handlers of web frameworks get, and when they run. */
import { S, setSlot } from "../../domain/heap.js";
import { joinLabels, NO_LABELS, type Labels, type Site } from "../../domain/labels.js";
import { BOTTOM, isBottom, join, ofRef, spelledPatterns, stringOf, UNDEFINED, type Value } from "../../domain/value.js";
import { leave } from "../../machine/jobs.js";
import { make, type Machine, type Native } from "../../machine/machine.js";
import { givenTo } from "../../machine/subjects.js";
import { unknown } from "../../machine/unknown.js";
import { readPlace, writePlace } from "../../stores/places.js";
import { cookieJar } from "./cookies.js";
import { captured, routeText, routeTexts } from "./addresses.js";

/** What a manifest's `path` of a route starts from: `body.messages`, `query.q`, `input.text` (tRPC), `headers.x`. */
export type RequestPart = "body" | "query" | "params" | "headers" | "cookies" | "input" | "files";
const PARTS: readonly RequestPart[] = ["body", "query", "params", "headers", "cookies", "files"];

/** Parts of a request that a client fills. */
export type SentPart = "body" | "query" | "headers";
const isSent = (part: RequestPart): part is SentPart => part === "body" || part === "query" || part === "headers";

/** Where what is sent to a path arrives, and where it is answered: names of places, with holes where the path has such. */
export const sentTo = (method: string, path: string, part: SentPart | "path" = "body"): string =>
  `request${part === "body" ? "" : ` ${part}`}:${method.toUpperCase()} ${path}`;
export const answeredBy = (method: string, path: string): string => `response:${method.toUpperCase()} ${path}`;

/** What clients in the same program put into a route's parameters: each gets what its part of their paths spells out. */
function paramsSent(m: Machine, where: string, method: string, urls: readonly string[], site: Site): Value {
  let out: Value = BOTTOM;
  for (const url of urls) {
    const path = readPlace(m, sentTo(method, routeText(url), "path"), site);
    const of = new Map<string, Labels>();
    for (const pattern of spelledPatterns(path))
      for (const [name, ids] of captured(url, pattern) ?? [])
        of.set(
          name,
          joinLabels(
            of.get(name) ?? NO_LABELS,
            path.labels.filter((l) => ids.includes(l.id)),
          ),
        );
    if (of.size === 0) continue;
    const params = make(m, "object", `${where}:params ${url}`);
    for (const [name, labels] of of) setSlot(m.heap, params, name, stringOf(labels));
    out = join(out, ofRef(params.id));
  }
  return out;
}

/** A request object: parts of unknown content, joined with what the program itself sends to these addresses. */
export function newRequest(m: Machine, where: string, method: string, urls: readonly string[], site: Site): Value {
  const request = make(m, "object", `${where}:request`);
  for (const part of PARTS) {
    let v = unknown(m, `${where}:${part}`);
    for (const verb of verbs(method)) {
      if (isSent(part)) for (const path of routeTexts(urls)) v = join(v, readPlace(m, sentTo(verb, path, part), site));
      if (part === "cookies") v = join(v, cookieJar(m, where, site));
      if (part === "params") v = join(v, paramsSent(m, where, verb, urls, site));
    }
    setSlot(m.heap, request, part, v);
  }
  setSlot(m.heap, request, "input", request.props.get("body"));
  const given = ofRef(request.id);
  givenTo(m, { list: [given], rest: null });
  return given;
}

const verbs = (method: string): readonly string[] => (method === "ALL" ? ["GET", "POST", "PUT", "PATCH", "DELETE"] : [method]);

/** What handlers of one request share under names of their own: beside what is seen, a library's middleware may have put something there. */
export function shared(m: Machine, where: string): Value {
  const obj = make(m, "object", where);
  setSlot(m.heap, obj, S.rest, join(unknown(m, `${where}:other`), UNDEFINED));
  return ofRef(obj.id);
}

/** A handler gets a request: declared sources of these addresses put their labels on it. */
export function announce(m: Machine, method: string, urls: readonly string[], request: Value, site: Site): void {
  collectFrom(m, method, urls, request, site);
  served(m, method, urls);
}

/** The labels alone, where it is not known yet whether anything handles the request. */
export function collectFrom(m: Machine, method: string, urls: readonly string[], request: Value, site: Site): void {
  for (const verb of verbs(method)) for (const url of urls) m.hooks.route(verb, url, request, site);
}

/** Something handles requests to these addresses. */
export function served(m: Machine, method: string, urls: readonly string[]): void {
  for (const verb of verbs(method)) for (const url of urls) m.hooks.served(verb, url);
}

/** What a handler answers: for declared sinks, and for clients in the same program. */
export function answer(m: Machine, method: string, urls: readonly string[], v: Value, site: Site): void {
  if (isBottom(v)) return;
  m.hooks.answered(method, urls, v, site);
  for (const verb of verbs(method)) for (const path of routeTexts(urls)) writePlace(m, answeredBy(verb, path), v, site);
}

/** Runs later, when all modules are loaded, as an entry point of its own (with its own budget). */
export function later(m: Machine, site: Site, name: string, run: Native): void {
  const fn = make(m, "native", `${site.file}:${site.at}:${name}`, {
    run,
  });
  leave(m, { fn: ofRef(fn.id), self: UNDEFINED, args: { list: [], rest: null }, site, outside: true });
}
