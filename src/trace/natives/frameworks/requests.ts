/** Requests that come from outside: what handlers of web frameworks get, and when they run. */
import { setSlot } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { leave } from "../../machine/jobs.js";
import { make, type Machine, type Native } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import { readPlace, writePlace } from "../../stores/places.js";

/** What a manifest's `path` of a route starts from: `body.messages`, `query.q`, `input.text` (tRPC), `headers.x`. */
export type RequestPart = "body" | "query" | "params" | "headers" | "cookies" | "input" | "files";
const PARTS: readonly RequestPart[] = ["body", "query", "params", "headers", "cookies", "files"];

/** Parts of a request that a client fills. */
export type SentPart = "body" | "query" | "headers";
const isSent = (part: RequestPart): part is SentPart => part === "body" || part === "query" || part === "headers";

/** Where a client in the same program leaves what it sends to a route, and finds what the route answers. */
export const sentTo = (method: string, url: string, part: SentPart = "body"): string =>
  `request:${method.toUpperCase()} ${normalUrl(url)}${part === "body" ? "" : ` ${part}`}`;
export const answeredBy = (method: string, url: string): string => `response:${method.toUpperCase()} ${normalUrl(url)}`;

/** Without host, query and trailing slash; parameters by position only: `/users/:id` and `/users/{id}` are one. */
export const normalUrl = (url: string): string =>
  `/${url
    .replace(/^[a-z]+:\/\/[^/]+/i, "")
    .replace(/[?#].*$/, "")
    .replace(/^\/+|\/+$/g, "")
    .replace(/(^|\/)(:[^/]+|\{[^/]+\}|\[[^/]+\])/g, "$1:")}`;

/** A request object: parts of unknown content, joined with what the program itself sends to these addresses. */
export function newRequest(m: Machine, where: string, method: string, urls: readonly string[], site: Site): Value {
  const request = make(m, "object", `${where}:request`);
  for (const part of PARTS) {
    let v = unknown(m, `${where}:${part}`);
    if (isSent(part)) for (const verb of verbs(method)) for (const url of urls) v = join(v, readPlace(m, sentTo(verb, url, part), site));
    setSlot(m.heap, request, part, v);
  }
  setSlot(m.heap, request, "input", request.props.get("body"));
  return ofRef(request.id);
}

const verbs = (method: string): readonly string[] => (method === "ALL" ? ["GET", "POST", "PUT", "PATCH", "DELETE"] : [method]);

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
  for (const verb of verbs(method)) for (const url of urls) writePlace(m, answeredBy(verb, url), v, site);
}

/** Runs later, when all modules are loaded, as an entry point of its own (with its own budget). */
export function later(m: Machine, site: Site, name: string, run: Native): void {
  const fn = make(m, "native", `${site.file}:${site.at}:${name}`, {
    run,
  });
  leave(m, { fn: ofRef(fn.id), self: UNDEFINED, args: { list: [], rest: null }, site, outside: true });
}
