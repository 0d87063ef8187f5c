/**
 * What the loader and the action of a route file give, where the page reads it: `useLoaderData()` of Remix and React Router, `data` of SvelteKit.
 * A component that is in no route's file may be in any of them.
 */
import { objectsOf } from "../../domain/heap.js";
import { HOLE } from "../../domain/text-pattern.js";
import type { Site } from "../../domain/labels.js";
import { isBottom, join, ofRef, primitivePart, UNDEFINED, type Value } from "../../domain/value.js";
import { arg } from "../../machine/call.js";
import { globalObject } from "../../machine/external.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import { readPlace } from "../../stores/places.js";
import type { NativeModule } from "../index.js";
import { parsedOf } from "../json.js";
import { alike, at, record } from "../support.js";
import { web } from "../web.js";
import { answeredBy } from "./requests.js";
import { remixUrls } from "./remix.js";

/** What routes answer, taken apart again. */
export function answered(call: NativeCall, method: string, urls: readonly string[]): Value {
  const { m, site } = call;
  return takenApart(
    call,
    urls.reduce((all: Value, url) => join(all, readPlace(m, answeredBy(method, url), site)), primitivePart(UNDEFINED)),
  );
}

/** An answer as a page is given it: what its text says. */
export function takenApart(call: NativeCall, v: Value): Value {
  const { m } = call;
  const texts = objectsOf(m.heap, v).filter((o) => o.kind === "text");
  const others = objectsOf(m.heap, v).filter((o) => o.kind !== "text");
  const out = others.reduce((all, o) => join(all, ofRef(o.id, v.via)), primitivePart(v));
  return texts.reduce((all, o) => join(all, parsedOf(call, ofRef(o.id, v.via))), out);
}

/** The addresses of the route that a place in the program is in the file of. */
const urlsAt = ({ m }: NativeCall, site: Site): readonly string[] => {
  const urls = remixUrls(m.modules.files[site.file]!.name);
  return urls.length === 0 ? [HOLE] : urls;
};

const dataOf =
  (method: string, isSure: boolean): Native =>
  (call) => {
    const v = answered(call, method, urlsAt(call, call.site));
    const isKnown = objectsOf(call.m.heap, v).length > 0;
    return isKnown ? (isSure ? ofRefsOnly(v) : v) : join(UNDEFINED, unknown(call.m, at(call, "data")));
  };

/** A page is not drawn before its loader has given something. */
const ofRefsOnly = (v: Value): Value => ({ ...v, kinds: v.kinds & ~UNDEFINED.kinds });

/** `json(data, init)`: a response. */
const json: Native = (call) => web.natives["Response.json"]!({ ...call, self: ofRef(globalObject(call.m, "Response").id) });

/** SvelteKit's `fail(status, data)`: what the page gets as the action's. */
const failed: Native = (call) => {
  const v = arg(call.args, 1);
  return isBottom(v) ? record(call.m, {}, at(call, "failed")) : v;
};

const REACT_ROUTER = ["react-router", "react-router-dom", "@remix-run/react"];

export const routeData: readonly NativeModule[] = [
  {
    modules: REACT_ROUTER,
    natives: {
      useLoaderData: dataOf("GET", true),
      useActionData: dataOf("POST", false),
      useRouteLoaderData: (call) => answered(call, "GET", [HOLE]),
    },
  },
  {
    modules: ["@remix-run/node", "@remix-run/server-runtime", "@remix-run/cloudflare", "@remix-run/deno", ...REACT_ROUTER],
    natives: { json, ...alike(["data", "defer"], (call) => arg(call.args, 0)) },
  },
  { modules: ["@sveltejs/kit"], natives: { json, text: web.natives["Response"]!, fail: failed } },
];
