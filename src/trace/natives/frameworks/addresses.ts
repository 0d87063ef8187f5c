/** Addresses of routes and of requests to them, as text with holes: `/users/:id` meets `/users/1` and `${API}/users/${id}`. */
import { cut, HOLE, idsOf, joinIds, meets, NAME_HOLE, NO_IDS, type Ids, type TextPattern } from "../../domain/text-pattern.js";

/** A parameter of a route (`:id`, `{id}`, `[id]`), and what takes in the rest of a path (`*`, `[...slug]`, `:path+`). */
const REST = /^(?:\*(\w*)|:(\w+)[*+]|\{\*?(\w+)\*?\}\*|\{\*(\w+)\}|\[\[?\.\.\.(\w+)\]?\]|\(\.\*\))$/;
const PARAMETER = /^(?::(\w+)(?:\(.*\)|\{.*\})?\??|\{(\w+)\}|\[(\w+)\])$/;

/** Without scheme and host, query and slashes at the ends. */
const pathOf = (url: string): string =>
  url
    .replace(/^[a-z]+:\/\/[^/]+/i, "")
    .replace(/[?#].*$/, "")
    .replace(/^\/+|\/+$/g, "");

/** A route's address with holes for its parameters: `/users/:id` and `/users/{id}` are one. */
export const routeText = (url: string): string =>
  `/${pathOf(url)
    .split("/")
    .map((part) => (REST.test(part) ? HOLE : PARAMETER.test(part) ? NAME_HOLE : part.replace(/[:{[].*$/, NAME_HOLE)))
    .join("/")}`;

/** The addresses of a route that requests are held against: one that has parameters and is the end of another is that without its prefix. */
export function routeTexts(urls: readonly string[]): readonly string[] {
  const all = [...new Set(urls.map(routeText))];
  return all.filter((url) => !/[\0\u0001]/.test(url) || !all.some((other) => other !== url && other.endsWith(url)));
}

/** Hosts that may be the program's own: of one name, of this machine, or of a domain that nobody else can have (RFC 6761, 6762). */
const isOwnHost = (host: string): boolean =>
  host.includes(HOLE) || /^([^.]*|127\..*|0\.0\.0\.0(:\d*)?|\[::1?\](:\d*)?|.*\.(local|localhost|internal|test)(:\d*)?)$/i.test(host);

/**
 * The path that a request is sent to; undefined where it goes to another host, or where nothing of the path is known. `direct`: it is handed
 * to the application itself, so that the host does not matter.
 */
export function requestPath(url: TextPattern, direct = false): TextPattern | undefined {
  const absolute = /^(?:https?|wss?):\/\/([^/?#]*)/i.exec(url.text);
  if (absolute !== null && !direct && !isOwnHost(absolute[1]!)) return undefined;
  // A host that ends in a hole may go on with a path.
  const from = absolute === null ? 0 : absolute[0].length - (/[^:]\0$/.test(absolute[0]) ? 1 : 0);
  const to = url.text.search(/[?#]/);
  const path = cut(url, from, to < 0 ? url.text.length : to);
  const text = path.text === "" ? "/" : path.text.replace(/(.)\/+$/, "$1").replace(/^\/+/, "/");
  return /^[/\0]/.test(text) && !/^[/\0]*\0[/\0]*$/.test(text) ? { ...path, text } : undefined;
}

/** The query behind a path, as its keys and what each spells out; nothing where there is none. */
export function requestQuery(url: TextPattern): readonly (readonly [string, Ids])[] {
  const at = url.text.indexOf("?");
  if (at < 0) return [];
  const out: (readonly [string, Ids])[] = [];
  let from = at + 1;
  for (const pair of url.text.slice(from).replace(/#.*$/, "").split("&")) {
    const [name = ""] = pair.split("=");
    out.push([name, idsOf(cut(url, from, from + pair.length))]);
    from += pair.length + 1;
  }
  return out;
}

/**
 * What each parameter of a route spells out of a path that was requested; null where the path does not lead there. Where both have as
 * many names, no hole of the path has a slash in it; behind a base that is not known, holes are taken to be one name each if that fits.
 */
export function captured(route: string, path: TextPattern): ReadonlyMap<string, Ids> | null {
  if (!meets(routeText(route), path.text)) return null;
  const names = pathOf(route).split("/");
  const parts = path.text.replace(/^\//, "").split("/");
  const open = path.text.startsWith(HOLE);
  const out = new Map<string, Ids>();
  const isRest = names.some((name) => REST.test(name));
  const shift = parts.length - names.length;
  const fits = !isRest && (open ? shift <= 0 || meets(names.map(segment).join("/"), parts.slice(shift).join("/")) : shift === 0);
  let from = path.text.length - parts.join("/").length;
  const own = parts.map((text) => {
    const ids = idsOf(cut(path, from, from + text.length));
    from += text.length + 1;
    return ids;
  });
  for (const [i, name] of names.entries()) {
    const called = nameOf(name);
    if (called === undefined) continue;
    // What the path does not name is in the base.
    out.set(called, joinIds(out.get(called) ?? NO_IDS, fits ? own[Math.max(0, i + shift)]! : idsOf(path)));
  }
  return out;
}

const segment = (name: string): string => (PARAMETER.test(name) ? NAME_HOLE : name);

const nameOf = (name: string): string | undefined => {
  const found = PARAMETER.exec(name) ?? REST.exec(name);
  return found === null ? undefined : (found.slice(1).find((x: string | undefined) => x !== undefined && x !== "") ?? "*");
};
