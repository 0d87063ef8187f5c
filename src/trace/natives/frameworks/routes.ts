/**
 * Applications with routes, as express, hono, koa and fastify have them: middleware in order, routers mounted under prefixes, and a
 * chain of handlers that goes on where one calls `next`.
 */
import { isRunnable, joinSlot, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { HOLE } from "../../domain/text-pattern.js";
import { BOTTOM, isBottom, join, K, ofConst, ofRef, UNDEFINED, withoutAbsent, type Value } from "../../domain/value.js";
import { allArgs, arg, callValue, hasArg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { iterate } from "../../machine/iterate.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { at, lastCallback, selves } from "../support.js";
import { serveAnywhere } from "./anywhere.js";
import { arity, isErrorHandler, newWay, runChain } from "./chain.js";
import { A, before, countOf, isApp, noteRouted, routedBefore, use } from "./middleware.js";
import { announce, answer, collectFrom, later, newRequest, served } from "./requests.js";
import { setRequestLine } from "./web-request.js";

/** How a framework hands a request to its handlers. */
export interface Framework {
  /** The module whose externals are its prototypes. */
  readonly module: string;
  /** The arguments before `next`. */
  readonly open: (opened: Opened) => readonly Value[];
  /** Do handlers call `next` (then only that goes on), or do they all run in turn? */
  readonly next: boolean;
  /** Whose errors go to error handlers: those of each handler, or those that come through all of them? */
  readonly errors: "each" | "outermost";
  /** Is a handler of one more parameter an error handler, as in express? */
  readonly byArity?: boolean;
  /** Does a request come out of a router or a route again, where a handler calls `next`, to what was added behind it? */
  readonly fallsThrough?: boolean;
  /** Does a router's middleware see addresses from where the router is mounted? */
  readonly relative?: boolean;
  /** What runs behind the handlers, when the request has been answered. */
  readonly afterwards?: (opened: Opened) => readonly Value[];
  /** `this` of handlers. */
  readonly self?: (opened: Opened) => Value;
  /** A handler that is no function: a validator. Gives false when it means nothing. */
  readonly special?: (m: Machine, handler: Obj, args: readonly Value[], site: Site) => boolean;
  /** What a handler gives back. */
  readonly answered?: (opened: Opened, v: Value, args: readonly Value[]) => void;
}

export interface Opened {
  readonly m: Machine;
  /** The application or router that the route is of. */
  readonly app: Value;
  readonly request: Value;
  readonly method: string;
  readonly urls: readonly string[];
  readonly where: string;
  readonly site: Site;
}

/** An application or router object; `owner` names its methods' prototype. */
export function newApp(call: NativeCall, module: string, owner: string, prefix: Value = BOTTOM): Value {
  const app = make(call.m, "object", at(call, owner));
  setSlot(call.m.heap, app, S.proto, ofRef(external(call.m, module, [owner]).id));
  setSlot(call.m.heap, app, A.count, ofConst(0));
  if (!isBottom(prefix)) setSlot(call.m.heap, app, A.prefix, prefix);
  return ofRef(app.id);
}

/** Says of an application that it serves its addresses itself, below no prefix. */
export function outermost(m: Machine, app: Value): Value {
  for (const obj of objectsOf(m.heap, app)) setSlot(m.heap, obj, A.outermost, UNDEFINED);
  return app;
}

/** Handlers among arguments: functions, validators, lists of them. */
function handlersIn(m: Machine, values: readonly Value[], site: Site): readonly Value[] {
  const out: Value[] = [];
  for (const v of values)
    for (const obj of objectsOf(m.heap, v)) {
      if (obj.kind !== "array") {
        out.push(ofRef(obj.id));
        continue;
      }
      const items = iterate(m, ofRef(obj.id), site);
      out.push(...handlersIn(m, items.rest === null ? items.list : [...items.list, items.rest], site));
    }
  return out;
}

/** Hangs a router below an application. */
export function mount(m: Machine, apps: Value, prefix: Value, router: Value): void {
  for (const child of objectsOf(m.heap, router)) {
    if (objectsOf(m.heap, apps).includes(child)) continue;
    joinSlot(m.heap, child, A.parent, apps);
    for (const app of objectsOf(m.heap, apps)) setSlot(m.heap, app, A.routed, UNDEFINED);
    if (!isBottom(prefix)) joinSlot(m.heap, child, A.prefix, prefix);
  }
}

/** Addresses that a route answers to: its own path, and that below each prefix on the way up. */
function addresses(m: Machine, apps: Value, paths: readonly string[], depth = 0): readonly string[] {
  const out = new Set(paths);
  if (depth < 6)
    for (const app of objectsOf(m.heap, apps)) {
      const below = belowPrefixes(app, paths);
      for (const url of below) out.add(url);
      const parents = app.props.get(A.parent);
      if (parents !== undefined) for (const url of addresses(m, parents, below, depth + 1)) out.add(url);
    }
  return [...out].slice(0, 24);
}

/**
 * The whole addresses of a route: below each prefix up to an application that is not mounted anywhere. Of a router without an application
 * nobody knows where it is mounted: a hole stands before its addresses.
 */
function wholeAddresses(m: Machine, apps: Value, paths: readonly string[], depth = 0): readonly string[] {
  const out = objectsOf(m.heap, apps).flatMap((app) => {
    const below = belowPrefixes(app, paths);
    const parents = depth < 6 ? app.props.get(A.parent) : undefined;
    if (parents !== undefined) return wholeAddresses(m, parents, below, depth + 1);
    return app.props.has(A.outermost) ? below : below.map((url) => HOLE + url);
  });
  return [...new Set(out)].slice(0, 24);
}

const belowPrefixes = (app: Obj, paths: readonly string[]): readonly string[] =>
  (app.props.get(A.prefix)?.consts.map(String) ?? [""]).flatMap((prefix) =>
    paths.map((p) => (prefix === "" ? p : `${prefix.replace(/\/$/, "")}/${p.replace(/^\//, "")}`)),
  );

/** Sets what takes the errors of an application's handlers. */
export function onError(m: Machine, apps: Value, handler: Value): void {
  for (const app of objectsOf(m.heap, apps)) joinSlot(m.heap, app, A.error, withoutAbsent(handler));
}

/** The error handlers of an application, then of those above it: its own, and (in express) those used after the route. */
export function errorHandlers(m: Machine, app: Obj, from: number, framework: Framework, depth = 0): readonly Value[] {
  const out: Value[] = [];
  if (framework.byArity === true)
    for (let i = from; i < countOf(app); i++) {
      const handler = app.props.get(A.use + String(i)) ?? BOTTOM;
      if (isErrorHandler(m, framework, handler)) out.push(handler);
    }
  const own = withoutAbsent(app.props.get(A.error) ?? BOTTOM);
  if (!isBottom(own)) out.push(own);
  const parent = depth > 6 ? undefined : objectsOf(m.heap, app.props.get(A.parent) ?? BOTTOM)[0];
  return parent === undefined || parent === app ? out : [...out, ...errorHandlers(m, parent, 0, framework, depth + 1)];
}

/** `app.use(path?, …handlers)`: middleware, or routers that are mounted. */
export const useOrMount: Native = (call) => {
  const { path, handlers } = pathAndHandlers(call);
  for (const handler of handlersIn(call.m, handlers, call.site)) {
    if (objectsOf(call.m.heap, handler).some(isApp)) mount(call.m, call.self, path, handler);
    use(call.m, call.self, path, handler);
    if (objectsOf(call.m.heap, handler).some(isApp)) noteRouted(call.m, call.self);
  }
  return call.self;
};

/** A library's middleware (a body parser, CORS) that the program calls itself: `await parser(options)(ctx, next)`. It goes on. */
export const passOn: Native = (call) => {
  const next = lastCallback(call.m, call.args);
  return next === undefined ? UNDEFINED : callValue(call.m, next, UNDEFINED, { list: [], rest: null }, call.site);
};

/** `response.send(v)`: an argument answers the request that the receiver was opened for. */
export function respond(call: NativeCall): void {
  if (!hasArg(call.args, 0)) return;
  for (const obj of selves(call)) {
    const opened = obj.data as Opened | undefined;
    if (opened?.urls !== undefined) answer(call.m, opened.method, opened.urls, arg(call.args, 0), call.site);
  }
}

/** Registers a route: later, a request comes in and goes through the chain. */
export function route(call: NativeCall, framework: Framework, apps: Value, method: string, path: Value, handlers: readonly Value[]): void {
  const { m, site } = call;
  const chain = handlersIn(m, handlers, site);
  const paths = path.consts.filter((c): c is string => typeof c === "string");
  const counts = objectsOf(m.heap, apps).map((app) => countOf(app));
  // What calls `next` leads to routes behind it that answer to the same.
  if (framework.fallsThrough === true)
    for (const handler of chain) if (arity(m, handler) > 2 && !isErrorHandler(m, framework, handler)) use(m, apps, path, handler, method);
  noteRouted(m, apps);
  const where = at(call, `route ${method}`);
  later(m, site, `route ${method} ${paths.join(",")}`, () => {
    const objects = objectsOf(m.heap, apps);
    const urls = addresses(m, apps, paths);
    const request = newRequest(m, where, method, urls, site);
    announce(m, method, urls, request, site);
    setRequestLine(m, request, method, wholeAddresses(m, apps, paths), framework.relative === true ? urls : [], site);
    const opened: Opened = { m, app: apps, request, method, urls, where, site };
    const first = objects[0];
    const from = counts[0] ?? 0;
    const all =
      first === undefined ? chain : [...before(m, first, from, { fallsThrough: framework.fallsThrough === true, method, urls }), ...chain];
    const errors = first === undefined ? [] : errorHandlers(m, first, from, framework);
    const handlers = [...all, ...(framework.afterwards?.(opened) ?? [])];
    runChain({ framework, opened, args: framework.open(opened), handlers, errors });
    return UNDEFINED;
  });
}

/**
 * An application of middleware alone, without any route, serves every address with that, unless all of it certainly passes on. Behind its
 * routes, middleware gets the requests that none of them has answered.
 */
export function serveMiddleware(call: NativeCall, framework: Framework, app: Value): Value {
  const { site } = call;
  outermost(call.m, app);
  serveAnywhere(call.m, site, "middleware", ({ method, url }) => {
    const { m } = call;
    const first = objectsOf(m.heap, app)[0];
    if (first === undefined || first.props.has(A.parent) || countOf(first) === 0) return;
    const isRouted = first.props.has(A.routed);
    if (isRouted && (url !== undefined || framework.fallsThrough !== true || !endsInMiddleware(m, first, framework))) return;
    const urls = url === undefined ? [] : [url];
    const where = `${at(call, "middleware")} ${method} ${url ?? "*"}`;
    const request = newRequest(m, where, method, urls, site);
    collectFrom(m, method, urls, request, site);
    setRequestLine(m, request, method, urls, [], site);
    const opened: Opened = { m, app, request, method, urls, where, site };
    const handlers = before(m, first, countOf(first), { fallsThrough: framework.fallsThrough === true, method, urls });
    const way = newWay();
    runChain({ framework, opened, args: framework.open(opened), handlers, errors: errorHandlers(m, first, 0, framework), way });
    if (!way.through && !isRouted) served(m, method, urls);
  });
  return app;
}

/** Is there middleware behind all routes that takes requests, and not only errors? */
function endsInMiddleware(m: Machine, app: Obj, framework: Framework): boolean {
  for (let i = routedBefore(app); i < countOf(app); i++) {
    const handler = app.props.get(A.use + String(i)) ?? BOTTOM;
    if (objectsOf(m.heap, handler).some(isRunnable) && !isErrorHandler(m, framework, handler)) return true;
  }
  return false;
}

/** Texts given one by one or in a list: `"GET"`, `["GET", "POST"]`. */
export function textsIn({ m, site }: NativeCall, given: Value): readonly string[] {
  const values = objectsOf(m.heap, given).flatMap((o) => (o.kind === "array" ? iterate(m, ofRef(o.id), site).list : []));
  return [given, ...values].flatMap((v) => v.consts).filter((c): c is string => typeof c === "string");
}

/** Splits `use`'s arguments: an address first, if there is one. */
export function pathAndHandlers(call: NativeCall): { readonly path: Value; readonly handlers: readonly Value[] } {
  const first = arg(call.args, 0);
  const isPath =
    first.consts.length > 0 ||
    (first.kinds & K.String) !== 0 ||
    objectsOf(call.m.heap, first).some(
      (o) => o.kind === "array" && iterate(call.m, ofRef(o.id), call.site).list.some((x) => x.consts.length > 0),
    );
  const all = allArgs(call.args);
  if (!isPath) return { path: BOTTOM, handlers: all };
  let path = first;
  for (const o of objectsOf(call.m.heap, first))
    if (o.kind === "array") for (const x of iterate(call.m, ofRef(o.id), call.site).list) path = join(path, x);
  return { path: { ...path, refs: [] }, handlers: all.slice(1) };
}
