/** Koa with @koa/router: middleware of `(ctx, next)`; what is assigned to `ctx.body` is the answer. */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_BOOLEAN, BOTTOM, exact, K, ofRef, ofRefs, refPart, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs, arg, callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { maybeThrow } from "../../machine/promise.js";
import { copyProps } from "../../machine/props.js";
import { throwValue } from "../../machine/throw.js";
import { unknown } from "../../machine/unknown.js";
import { newError } from "../errors.js";
import type { NativeModule } from "../index.js";
import { option } from "../support.js";
import { cookieStore } from "./cookies.js";
import { bodyStream } from "./raw-body.js";
import { answer, shared } from "./requests.js";
import {
  errorHandlers,
  newApp,
  onError,
  passOn,
  pathAndHandlers,
  route,
  serveMiddleware,
  textsIn,
  useOrMount,
  type Framework,
} from "./routes.js";

const VERBS: Readonly<Record<string, string>> = {
  get: "GET",
  post: "POST",
  put: "PUT",
  patch: "PATCH",
  delete: "DELETE",
  del: "DELETE",
  options: "OPTIONS",
  head: "HEAD",
  all: "ALL",
};

const KOA: Framework = {
  module: "koa",
  next: true,
  errors: "outermost",
  open: ({ m, app, request, where, site }) => {
    const ctx = make(m, "object", `${where}:ctx`);
    setSlot(m.heap, ctx, S.proto, ofRef(external(m, "koa", ["Context"]).id));
    setSlot(m.heap, ctx, "request", request);
    setSlot(m.heap, ctx, "req", bodyStream(m, request, site));
    for (const part of ["query", "params", "headers", "method", "path", "url", "originalUrl"])
      for (const r of objectsOf(m.heap, request)) setSlot(m.heap, ctx, part, r.props.get(part));
    for (const r of objectsOf(m.heap, request))
      setSlot(m.heap, ctx, "cookies", cookieStore(m, where, r.props.get("cookies") ?? BOTTOM, "texts"));
    setSlot(m.heap, ctx, "app", app);
    setSlot(m.heap, ctx, "state", shared(m, `${where}:state`));
    for (const r of objectsOf(m.heap, request)) setSlot(m.heap, r, S.proto, ofRef(external(m, "koa", ["Request"]).id));
    return [ofRef(ctx.id)];
  },
  answered: ({ m, method, urls, site }, _v, [ctx = BOTTOM]) => {
    for (const obj of objectsOf(m.heap, ctx)) answer(m, method, urls, obj.props.get("body") ?? BOTTOM, site);
  },
};

const verb =
  (method: string): Native =>
  (call) => {
    const { path, handlers } = pathAndHandlers(call);
    // A name may stand before the path: `router.get("user", "/users/:id", …)`.
    const named = handlers[0] !== undefined && handlers[0].consts.length > 0;
    const chain = named ? handlers.slice(1) : handlers;
    route(call, KOA, call.self, method, named ? handlers[0]! : path, chain);
    return call.self;
  };

const APP: Readonly<Record<string, Native>> = {
  ...Object.fromEntries(Object.entries(VERBS).map(([name, method]) => [name, verb(method)])),
  use: useOrMount,
  // The router as middleware: mounting it is what counts.
  register: (call) => {
    for (const method of textsIn(call, arg(call.args, 1)))
      route(call, KOA, call.self, method.toUpperCase(), arg(call.args, 0), call.args.list.slice(2));
    return call.self;
  },
  routes: (call) => call.self,
  middleware: (call) => call.self,
  allowedMethods: (call) => ofRef(external(call.m, "koa", ["Middleware"]).id),
  prefix: (call) => {
    for (const app of objectsOf(call.m.heap, call.self)) setSlot(call.m.heap, app, "\0prefix", arg(call.args, 0));
    return call.self;
  },
  listen: (call) => unknown(call.m, call.site),
  on: (call) => {
    if (exact(arg(call.args, 0)) === "error") onError(call.m, call.self, arg(call.args, 1));
    return call.self;
  },
  // Middleware that catches errors tells the application of them so.
  emit: (call) => {
    const errors = objectsOf(call.m.heap, call.self).flatMap((app) => errorHandlers(call.m, app, 0, KOA));
    if (exact(arg(call.args, 0)) === "error")
      for (const handler of errors)
        callValue(call.m, handler, call.self, { list: call.args.list.slice(1), rest: call.args.rest }, call.site);
    return ANY_BOOLEAN;
  },
  callback: (call) => unknown(call.m, call.site),
};

/** What `ctx.throw(status?, message?, properties?)` throws, or an error given to it. */
function failure(call: NativeCall, from: number): Value {
  const { m, site } = call;
  const given = allArgs(call.args).slice(from);
  const thrown = given.flatMap((v) => objectsOf(m.heap, v)).filter((o) => o.kind === "error");
  const message = given.find((v) => v.consts.some((c) => typeof c === "string") || (v.kinds & K.String) !== 0);
  const error =
    thrown.length > 0 ? ofRefs(thrown.map((o) => o.id).sort((a, b) => a - b)) : newError(m, "Error", message ?? UNDEFINED, site);
  for (const obj of objectsOf(m.heap, error))
    for (const v of given) if (objectsOf(m.heap, v).every((o) => o.kind !== "error")) copyProps(m, obj, { ...refPart(v) }, site);
  return error;
}

const CONTEXT: Readonly<Record<string, Native>> = {
  throw: (call) => {
    throwValue(call.m, failure(call, 0));
    return BOTTOM;
  },
  assert: (call) => {
    const holds = truthiness(arg(call.args, 0));
    if (holds.no) maybeThrow(call.m, failure(call, 1));
    return UNDEFINED;
  },
};

const newRouter = (call: NativeCall): Value => {
  const prefix = option(call, arg(call.args, 0), "prefix");
  return newApp(call, "koa", "Application", prefix.consts.length > 0 ? prefix : BOTTOM);
};

function match(module: string, full: readonly string[]): Native | undefined {
  const path = full[0] === "default" ? full.slice(1) : full;
  const [owner, method] = path;
  if (module === "koa") {
    if (path.length === 0 || (path.length === 1 && (owner === "Koa" || owner === "Application")))
      return (call) => serveMiddleware(call, KOA, newApp(call, "koa", "Application"));
    if (owner === "Middleware") return path.length === 1 ? passOn : undefined;
    if (owner === "Application" && path.length === 2) return APP[method!];
    if (owner === "Context" && path.length === 2) return CONTEXT[method!];
    return undefined;
  }
  if (module === "@koa/router" || module === "koa-router")
    return path.length === 0 || (path.length === 1 && owner === "Router") ? newRouter : undefined;
  // Middleware one after the other, as a list of it is.
  if (module === "koa-compose") return path.length === 0 ? (call) => arg(call.args, 0) : undefined;
  // Body parsers and the like.
  return path.length <= 1 ? (call) => ofRef(external(call.m, "koa", ["Middleware"]).id) : undefined;
}

/** Methods without a model of their own. */
function otherwise(module: string, path: readonly string[]): Native | undefined {
  if (module !== "koa" || path.length !== 2) return undefined;
  if (path[0] === "Application") return (call) => call.self;
  return path[0] === "Context" ? (call) => unknown(call.m, call.site) : undefined;
}

/** Koa, its router, and body parsers. */
export const koa: NativeModule = {
  modules: ["koa", "@koa/router", "koa-router", "koa-bodyparser", "@koa/bodyparser", "koa-body", "@koa/cors", "koa-compose"],
  natives: {},
  match,
  otherwise,
};
