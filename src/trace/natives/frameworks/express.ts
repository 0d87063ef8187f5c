/** Express: applications and routers; handlers get `(req, res, next)`, error handlers one argument more. */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_STRING, BOTTOM, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule } from "../index.js";
import { at } from "../support.js";
import { setCookie } from "./cookies.js";
import { STREAM_METHODS } from "./raw-body.js";
import { shared } from "./requests.js";
import { newApp, passOn, pathAndHandlers, respond, route, serveMiddleware, useOrMount, type Framework } from "./routes.js";

const VERBS = ["get", "post", "put", "patch", "delete", "options", "head", "all"];

/** How Express hands requests to handlers; other frameworks do it the same way. */
export const EXPRESS: Framework = {
  module: "express",
  next: true,
  errors: "each",
  byArity: true,
  fallsThrough: true,
  relative: true,
  open: (opened) => {
    const { m, request, where } = opened;
    for (const obj of objectsOf(m.heap, request)) setSlot(m.heap, obj, S.proto, ofRef(external(m, "express", ["Request"]).id));
    const res = make(m, "object", `${where}:response`, opened);
    setSlot(m.heap, res, S.proto, ofRef(external(m, "express", ["Response"]).id));
    setSlot(m.heap, res, "locals", shared(m, `${where}:locals`));
    return [request, ofRef(res.id)];
  },
};

const verb =
  (method: string): Native =>
  (call) => {
    const { path, handlers } = pathAndHandlers(call);
    // `app.get("setting")` reads a setting.
    if (handlers.length === 0) return unknown(call.m, call.site);
    route(call, EXPRESS, call.self, method, path, handlers);
    return call.self;
  };

/** `app.route("/x").get(h)`: the address is kept for the verbs that follow. */
const routeNative: Native = (call) => {
  const obj = make(call.m, "object", at(call, "route"));
  setSlot(call.m.heap, obj, S.proto, ofRef(external(call.m, "express", ["Route"]).id));
  setSlot(call.m.heap, obj, "\0path", arg(call.args, 0));
  setSlot(call.m.heap, obj, "\0app", call.self);
  return ofRef(obj.id);
};

const routeVerb =
  (method: string): Native =>
  (call) => {
    for (const obj of objectsOf(call.m.heap, call.self))
      route(call, EXPRESS, obj.props.get("\0app") ?? BOTTOM, method, obj.props.get("\0path") ?? BOTTOM, call.args.list);
    return call.self;
  };

const ANSWERS = new Set(["json", "send", "jsonp", "end", "write", "render"]);

const send: Native = (call) => {
  respond(call);
  return call.self;
};

/** `response.cookie(name, value)`. */
export const withCookie: Native = (call) => {
  setCookie(call.m, arg(call.args, 0), arg(call.args, 1), call.site);
  return call.self;
};

const header: Native = (call) => {
  const headers = getNamed(call.m, call.self, "headers", call.site);
  const name = arg(call.args, 0).consts[0];
  return name === undefined ? ANY_STRING : join(getNamed(call.m, headers, String(name).toLowerCase(), call.site), UNDEFINED);
};

const app: Native = (call: NativeCall): Value => serveMiddleware(call, EXPRESS, newApp(call, "express", "Application"));

function match(_module: string, full: readonly string[]): Native | undefined {
  const path = full[0] === "default" ? full.slice(1) : full;
  const [owner, method] = path;
  if (owner === undefined || owner === "express") return path.length <= 1 ? app : match(_module, path.slice(1));
  if (path.length === 1 && owner === "Middleware") return passOn;
  if (path.length === 1)
    return owner === "Router"
      ? (call) => newApp(call, "express", "Router")
      : ["json", "urlencoded", "raw", "text", "static"].includes(owner)
        ? (call) => ofRef(external(call.m, "express", ["Middleware"]).id)
        : undefined;
  if (method === undefined || path.length > 2) return undefined;
  switch (owner) {
    case "Application":
    case "Express":
    case "Router":
    case "IRouter":
      if (VERBS.includes(method)) return verb(method.toUpperCase());
      if (method === "use") return useOrMount;
      if (method === "route") return routeNative;
      return method === "listen" ? listen : undefined;
    case "Route":
      return VERBS.includes(method) ? routeVerb(method.toUpperCase()) : undefined;
    case "Response":
      if (method === "cookie") return withCookie;
      return ANSWERS.has(method) ? send : undefined;
    case "Request":
      return method === "get" || method === "header" ? header : STREAM_METHODS[method];
    default:
      return undefined;
  }
}

/** What has no model of its own: methods of applications, routers and responses give the receiver, as most do. */
function otherwise(_module: string, path: readonly string[]): Native | undefined {
  const [owner, ...method] = path[0] === "default" ? path.slice(1) : path;
  if (method.length !== 1) return undefined;
  if (owner === "Request") return (call) => unknown(call.m, at(call, method[0]), []);
  return CHAINED.has(owner!) ? (call) => call.self : undefined;
}

const CHAINED = new Set(["Application", "Express", "Router", "IRouter", "Response"]);

const listen: Native = (call) => {
  // The callback only says that it listens.
  return unknown(call.m, at(call, "server"));
};

/** Express and the routers that work like it. */
export const express: NativeModule = {
  modules: ["express", "express-promise-router", "@types/express", "express-serve-static-core"],
  natives: {},
  match,
  otherwise,
};
