/** Hono's helpers beside the context: cookies, which come back with the next request, and exceptions that are answers. */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_STRING, BOTTOM, exact, join, ofRef, UNDEFINED, FALSE, type Value } from "../../domain/value.js";
import { arg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { namesOf } from "../../machine/text-parts.js";
import { unknown } from "../../machine/unknown.js";
import { placesUnder, readPlace, writePlace } from "../../stores/places.js";
import type { NativeModule } from "../index.js";
import { promised } from "../settle.js";
import { at } from "../support.js";

const PREFIX = "cookie:";
const placesOf = (call: NativeCall, name: Value): readonly string[] => namesOf(call.m, name).map((text) => PREFIX + text);

/** The cookies of the request that a context belongs to. */
function sent(call: NativeCall): Value {
  let out: Value = BOTTOM;
  for (const c of objectsOf(call.m.heap, arg(call.args, 0)))
    if (c.kind === "object")
      for (const req of objectsOf(call.m.heap, c.props.get("req") ?? BOTTOM))
        for (const r of objectsOf(call.m.heap, req.props.get("\0request") ?? BOTTOM))
          out = join(out, getNamed(call.m, ofRef(r.id), "cookies", call.site));
  return out;
}

/** One cookie, or all of them: what a browser sends, which may be what the program has set before. */
function cookie(call: NativeCall, name: Value): Value {
  const { m, site } = call;
  const key = exact(name);
  const all = sent(call);
  if (key === undefined && (name.kinds & UNDEFINED.kinds) !== 0) {
    const jar = make(m, "object", at(call, "cookies"));
    let any: Value = ANY_STRING;
    for (const place of placesUnder(m, PREFIX)) any = join(any, readPlace(m, place, site));
    setSlot(m.heap, jar, S.rest, any);
    return all.refs.length === 0 ? ofRef(jar.id) : join(all, ofRef(jar.id));
  }
  let out: Value = key === undefined || all.refs.length === 0 ? ANY_STRING : textOnly(getNamed(m, all, String(key), site));
  for (const place of placesOf(call, name)) out = join(out, readPlace(m, place, site));
  return join(out, UNDEFINED);
}

/** Cookies are text, whatever else is unknown of them. */
const textOnly = (v: Value): Value => ({ ...ANY_STRING, labels: v.labels });

const set =
  (isSigned: boolean): Native =>
  (call) => {
    for (const place of placesOf(call, arg(call.args, 1))) writePlace(call.m, place, arg(call.args, 2), call.site);
    return isSigned ? promised(call, UNDEFINED) : UNDEFINED;
  };

/** `hono/cookie`. */
const cookies: NativeModule = {
  modules: ["hono/cookie", "@hono/hono/cookie"],
  natives: {
    getCookie: (call) => cookie(call, arg(call.args, 1)),
    getSignedCookie: (call) => promised(call, join(cookie(call, arg(call.args, 2)), FALSE)),
    setCookie: set(false),
    setSignedCookie: set(true),
    deleteCookie: () => join(ANY_STRING, UNDEFINED),
  },
};

/** `new HTTPException(status, { message, cause })`. */
const exception: Native = (call) => {
  const { m, site } = call;
  const error = make(m, "error", site);
  setSlot(m.heap, error, S.proto, ofRef(external(m, "hono/http-exception", ["HTTPException"]).id));
  setSlot(m.heap, error, "status", arg(call.args, 0));
  const options = arg(call.args, 1);
  if (options.refs.length > 0)
    for (const name of ["message", "cause", "res"]) setSlot(m.heap, error, name, getNamed(m, options, name, site));
  return ofRef(error.id);
};

const exceptions: NativeModule = {
  modules: ["hono/http-exception", "@hono/hono/http-exception"],
  natives: { HTTPException: exception, "HTTPException.getResponse": (call) => ofRef(external(call.m, "hono", ["Response"]).id) },
};

/** What surrounds a request: the platform's settings, the connection. Nothing of the request's content. */
const surroundings: NativeModule = {
  modules: ["hono/adapter", "@hono/node-server/conninfo", "hono/bun", "hono/cloudflare-workers", "hono/deno", "hono/route"],
  natives: Object.fromEntries(
    ["env", "getRuntimeKey", "getConnInfo", "routePath", "matchedRoutes", "basePath"].map((name) => [
      name,
      ((call) => unknown(call.m, at(call, name))) satisfies Native,
    ]),
  ),
};

export const honoHelpers: readonly NativeModule[] = [cookies, exceptions, surroundings];
