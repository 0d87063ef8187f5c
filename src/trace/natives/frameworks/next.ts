/** Next: route handlers of the app router (`app/api/chat/route.ts` exports `POST`), and API routes of pages (`pages/api/chat.ts`). */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_STRING, BOTTOM, join, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Native } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import type { NativeModule } from "../index.js";
import { promiseOf } from "../settle.js";
import { perhaps } from "../../machine/fork.js";
import { alike, at } from "../support.js";
import { web } from "../web.js";
import { below, type FileRoutes, type Incoming } from "./file-handlers.js";
import { cookieStore, nextRequest } from "./cookies.js";
import type { Opened } from "./routes.js";
import { webRequest } from "./web-request.js";

/** Methods that a file may export a handler for. */
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/** `users/[id]/[...rest]` as `/users/:id/:rest`; `(groups)` and `@slots` are no part of an address. */
export const bracketed = (path: string): string =>
  `/${path
    .split("/")
    .filter((part) => part !== "" && part !== "index" && !/^(\(.*\)|@.*)$/.test(part))
    .map((part) => part.replace(/^\[{1,2}(?:\.\.\.)?([^\]=]+)(?:=[^\]]*)?\]{1,2}$/, ":$1"))
    .join("/")}`;

/** `route.ts` below `app`: `(request, { params })`. */
export const nextApp: FileRoutes = (path, exports) => {
  const urls = below(path, "app").flatMap((rest) => {
    const found = /^((?:.*\/)?)route\.[cm]?[jt]sx?$/.exec(rest);
    return found === null ? [] : [bracketed(found[1]!)];
  });
  if (urls.length === 0) return [];
  return METHODS.filter((name) => exports.includes(name)).map((method) => ({
    method,
    urls,
    path: [method],
    answers: true,
    args: ({ m, request, where, site }) => {
      const context = make(m, "object", `${where}:context`);
      nextRequest(m, getNamed(m, request, "cookies", site));
      const params = getNamed(m, request, "params", site);
      // A promise since Next 15; awaiting what it was before does no harm.
      setSlot(m.heap, context, "params", join(params, promiseOf(m, params, site)));
      return [webRequest(m, request, method, urls, site), ofRef(context.id)];
    },
  }));
};

/** `pages/api/**`: `(request, response)`, which answers like that of Express. */
export const nextPages: FileRoutes = (path, exports) => {
  const urls = below(path, "pages").flatMap((rest) => {
    const found = /^(api\/.*?)\.[cm]?[jt]sx?$/.exec(rest);
    return found === null ? [] : [bracketed(found[1]!)];
  });
  if (urls.length === 0 || !exports.includes("default")) return [];
  return [{ method: "ALL", urls, path: ["default"], answers: false, args: pageArgs }];
};

function pageArgs({ m, request, method, urls, where, site }: Incoming): readonly Value[] {
  const opened: Opened = { m, app: BOTTOM, request, method, urls, where, site };
  for (const obj of objectsOf(m.heap, request)) {
    // What stands between brackets is part of the query there.
    setSlot(m.heap, obj, "query", join(getNamed(m, request, "query", site), getNamed(m, request, "params", site)));
    setSlot(m.heap, obj, "method", method === "ALL" ? ANY_STRING : ofConst(method));
  }
  const response = make(m, "object", `${where}:response`, opened);
  setSlot(m.heap, response, S.proto, ofRef(external(m, "express", ["Response"]).id));
  return [request, ofRef(response.id)];
}

/** The platform's response, with the cookies that it sets. */
const answering =
  (native: Native): Native =>
  (call) => {
    const made = native(call);
    for (const obj of objectsOf(call.m.heap, made))
      if (obj.kind !== "external") setSlot(call.m.heap, obj, "cookies", cookieStore(call.m, at(call, "response"), BOTTOM, "items"));
    return made;
  };

/** `NextResponse` is the platform's `Response` with more. */
export const nextServer: NativeModule = {
  modules: ["next/server"],
  natives: {
    NextResponse: answering(web.natives["Response"]!),
    "NextResponse.json": answering(web.natives["Response.json"]!),
    ...alike(["NextResponse.redirect", "NextResponse.rewrite", "NextResponse.next"], answering(web.natives["Response.error"]!)),
    // What runs when the answer is out.
    after: (call) => perhaps(call.m, () => callValue(call.m, arg(call.args, 0), UNDEFINED, { list: [], rest: null }, call.site)),
  },
};
