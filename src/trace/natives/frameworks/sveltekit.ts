/** SvelteKit: `+server.ts` exports methods, `+page.server.ts` `load` and `actions`; each gets one event. */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { globalObject } from "../../machine/external.js";
import { make } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { below, type FileHandler, type FileRoutes, type Incoming } from "./file-handlers.js";
import { cookieStore } from "./cookies.js";
import { bracketed, METHODS } from "./next.js";
import { readPlace } from "../../stores/places.js";
import { answeredBy } from "./requests.js";
import { webRequest } from "./web-request.js";
import { newUrl } from "../url.js";

function event({ m, request, method, urls, where, site }: Incoming): readonly Value[] {
  const made = make(m, "object", `${where}:event`);
  const web = webRequest(m, request, method, urls, site);
  setSlot(m.heap, made, "request", web);
  setSlot(m.heap, made, "params", getNamed(m, request, "params", site));
  setSlot(m.heap, made, "cookies", cookieStore(m, where, getNamed(m, request, "cookies", site), "texts"));
  setSlot(m.heap, made, "url", newUrl(m, getNamed(m, web, "url", site), site));
  for (const name of ["locals", "platform", "setHeaders"]) setSlot(m.heap, made, name, unknown(m, `${where}:${name}`));
  setSlot(m.heap, made, "fetch", ofRef(globalObject(m, "fetch").id));
  return [ofRef(made.id)];
}

/** `+page.ts` gets what the server's `load` of its route has given, as `data`. */
function universal(incoming: Incoming): readonly Value[] {
  const { m, urls, site } = incoming;
  const [given = UNDEFINED] = event(incoming);
  const data = urls.reduce((v: Value, url) => join(v, readPlace(m, answeredBy("GET", url), site)), BOTTOM);
  for (const obj of objectsOf(m.heap, given)) setSlot(m.heap, obj, "data", isBottom(data) ? unknown(m, `${incoming.where}:data`) : data);
  return [given];
}

export const svelteKit: FileRoutes = (path, exports) => {
  const kind = /(?:^|\/)\+(server|page\.server|layout\.server|page|layout)\.[jt]s$/.exec(path)?.[1];
  const urls = below(path, "routes").map((rest) => bracketed(rest.replace(/[^/]*$/, "")));
  if (kind === undefined || urls.length === 0) return [];
  const handler = (method: string, ...names: string[]): FileHandler => ({ method, urls, path: names, answers: true, args: event });
  if (kind === "server") return METHODS.filter((name) => exports.includes(name)).map((name) => handler(name, name));
  if (kind === "page" || kind === "layout")
    return exports.includes("load") ? [{ ...handler("GET", "load"), answers: false, args: universal }] : [];
  return [
    ...(exports.includes("load") ? [handler("GET", "load")] : []),
    // The names of actions are the program's own: all that `actions` holds.
    ...(exports.includes("actions") ? [handler("POST", "actions", "*")] : []),
  ];
};
