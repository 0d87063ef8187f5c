/** Fastify: `app.post(url, options?, handler)`, plugins under prefixes, hooks that run before each handler. */
import { objectsOf, S, setSlot, isFunction, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { ANY_NUMBER, ANY_STRING, BOTTOM, isBottom, join, nonNullish, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue, hasArg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { awaitValue, settle } from "../../machine/promise.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule } from "../index.js";
import { withCookie } from "./express.js";
import { answerText, exchange } from "../exchange.js";
import { parsedOf } from "../json.js";
import { promised } from "../settle.js";
import { at, nativeValue, option, record } from "../support.js";
import { addAnswerHook, afterwards, ANSWER_HOOKS, onItsWay } from "./fastify-hooks.js";
import { answer } from "./requests.js";
import { newApp, outermost, onError, route, type Framework, type Opened } from "./routes.js";
import { use } from "./middleware.js";

const VERBS = ["get", "post", "put", "patch", "delete", "options", "head", "all"];
const HOOKS = new Set(["onRequest", "preParsing", "preValidation", "preHandler"]);

/** Slots of an application for what its requests and replies are decorated with. */
const DECORATED = { decorateRequest: "\0request:", decorateReply: "\0reply:" } as const;

/** What the application, or one above it, gives to each request or reply. */
function decorate(m: Machine, obj: Obj, app: Value, prefix: string, depth = 0): void {
  for (const owner of objectsOf(m.heap, app)) {
    if (depth < 6) decorate(m, obj, owner.props.get("\0parent") ?? BOTTOM, prefix, depth + 1);
    for (const [slot, v] of [...owner.props]) if (slot.startsWith(prefix)) setSlot(m.heap, obj, slot.slice(prefix.length), v);
  }
}

const decorator =
  (prefix: string): Native =>
  (call) => {
    for (const name of arg(call.args, 0).consts)
      for (const app of objectsOf(call.m.heap, call.self)) setSlot(call.m.heap, app, prefix + String(name), arg(call.args, 1));
    return call.self;
  };

/** Slot of plugins that are no world of their own: what they add is added to the application that registers them. */
const OPEN = "\0open";

const FASTIFY: Framework = {
  module: "fastify",
  next: false,
  errors: "each",
  self: ({ app }) => app,
  afterwards,
  open: (opened) => {
    const { m, app, request, where } = opened;
    for (const obj of objectsOf(m.heap, request)) {
      setSlot(m.heap, obj, S.proto, ofRef(external(m, "fastify", ["FastifyRequest"]).id));
      setSlot(m.heap, obj, "server", app);
      decorate(m, obj, app, DECORATED.decorateRequest);
    }
    const reply = make(m, "object", `${where}:reply`, opened);
    setSlot(m.heap, reply, S.proto, ofRef(external(m, "fastify", ["FastifyReply"]).id));
    setSlot(m.heap, reply, "server", app);
    setSlot(m.heap, reply, "request", request);
    decorate(m, reply, app, DECORATED.decorateReply);
    return [request, ofRef(reply.id), ofRef(external(m, "fastify", ["done"]).id)];
  },
  answered: (opened, v, args) => {
    const settled = awaitValue(opened.m, v, opened.site);
    opened.m.alive = true;
    // A handler that gives nothing has sent its answer, or will.
    if (!isBottom(nonNullish(settled)) && !isReply(opened.m, settled)) leaves(opened, args[1]!, settled, opened.site);
  },
};

function leaves(opened: Opened, reply: Value, v: Value, site: Site): void {
  answer(opened.m, opened.method, opened.urls, onItsWay(opened, reply, v), site);
}

/** `return reply.send(data)`: it has been sent. */
const isReply = (m: Machine, v: Value): boolean => {
  const objects = objectsOf(m.heap, v);
  return objects.length > 0 && objects.every((o) => (o.data as Partial<Opened> | undefined)?.urls !== undefined);
};

/** A route with hooks of its own for its answers is an application below the one that it is of. */
function withAnswerHooks(call: NativeCall, options: Value): Value {
  const { m } = call;
  const hooks = ANSWER_HOOKS.flatMap((name) => {
    const hook = option(call, options, name);
    return hook.refs.length === 0 ? [] : [{ name, hook }];
  });
  if (hooks.length === 0) return call.self;
  const below = newApp(call, "fastify", "FastifyInstance");
  for (const app of objectsOf(m.heap, below)) {
    setSlot(m.heap, app, "\0parent", call.self);
    setSlot(m.heap, app, S.proto, call.self);
  }
  for (const { name, hook } of hooks) addAnswerHook(m, below, name, hook);
  return below;
}

/** Hooks among a route's options, in the order they run. */
const optionHooks = (call: NativeCall, options: Value): readonly Value[] =>
  [...HOOKS].map((name) => option(call, options, name)).filter((v) => v.refs.length > 0);

const verb =
  (method: string): Native =>
  (call) => {
    const [path = BOTTOM, ...rest] = call.args.list;
    const handler = rest.at(-1) ?? BOTTOM;
    const options = rest.length > 1 ? rest[0]! : BOTTOM;
    const inOptions = option(call, handler, "handler");
    const hasHandler = objectsOf(call.m.heap, handler).some(isFunction);
    const settings = rest.length > 1 ? options : handler;
    route(call, FASTIFY, withAnswerHooks(call, settings), method, path, [...optionHooks(call, options), hasHandler ? handler : inOptions]);
    return call.self;
  };

/** `app.inject({ method, url, payload })`: a request that the program makes itself, without a network between. */
const inject: Native = (call) => {
  const { m, site } = call;
  const given = arg(call.args, 0);
  const part = (name: string): Value => option(call, given, name);
  const url = objectsOf(m.heap, given).some((o) => o.kind !== "text") ? join(part("url"), part("path")) : given;
  const body = join(part("payload"), part("body"));
  const answered = exchange(call, { method: part("method"), url, body, query: part("query"), headers: part("headers"), direct: true });
  const text = join(ANY_STRING, answerText(m, answered, site));
  const json = nativeValue(m, site, "json", (c) => parsedOf(c, text));
  return promised(
    call,
    record(m, { statusCode: ANY_NUMBER, headers: unknown(m, at(call, "headers")), body: text, payload: text, json }, site),
  );
};

const APP: Readonly<Record<string, Native>> = {
  ...Object.fromEntries(VERBS.map((v) => [v, verb(v.toUpperCase())])),
  route: (call) => {
    const options = arg(call.args, 0);
    const methods = option(call, options, "method");
    const names = [
      ...methods.consts,
      ...objectsOf(call.m.heap, methods).flatMap((o) => [...o.props.values()].flatMap((v) => v.consts)),
    ].filter((c): c is string => typeof c === "string");
    const app = withAnswerHooks(call, options);
    for (const name of names)
      route(call, FASTIFY, app, name.toUpperCase(), option(call, options, "url"), [
        ...optionHooks(call, options),
        option(call, options, "handler"),
      ]);
    return call.self;
  },
  addHook: (call) => {
    for (const name of arg(call.args, 0).consts) {
      const answering = ANSWER_HOOKS.find((hook) => hook === name);
      if (HOOKS.has(String(name))) use(call.m, call.self, BOTTOM, arg(call.args, 1));
      else if (answering !== undefined) addAnswerHook(call.m, call.self, answering, arg(call.args, 1));
    }
    return call.self;
  },
  decorate: decorator(""),
  decorateRequest: decorator(DECORATED.decorateRequest),
  decorateReply: decorator(DECORATED.decorateReply),
  setErrorHandler: (call) => {
    onError(call.m, call.self, arg(call.args, 0));
    return call.self;
  },
  register: (call) => {
    const { m, site } = call;
    const prefix = option(call, arg(call.args, 1), "prefix");
    const below = newApp(call, "fastify", "FastifyInstance", prefix.consts.length > 0 ? prefix : BOTTOM);
    for (const app of objectsOf(m.heap, below)) {
      setSlot(m.heap, app, "\0parent", call.self);
      // It has what the application above was decorated with.
      setSlot(m.heap, app, S.proto, call.self);
    }
    // `register(import("./plugin.js"))` is a promise of the module.
    for (const plugin of objectsOf(m.heap, settle(m, arg(call.args, 0), site).value)) {
      const child = plugin.props.has(OPEN) ? call.self : below;
      if (isFunction(plugin))
        callValue(
          m,
          ofRef(plugin.id),
          UNDEFINED,
          {
            list: [
              child,
              hasArg(call.args, 1) ? arg(call.args, 1) : unknown(m, at(call, "options")),
              ofRef(external(m, "fastify", ["done"]).id),
            ],
            rest: null,
          },
          site,
        );
    }
    m.alive = true;
    return call.self;
  },
  inject,
  listen: (call) => unknown(call.m, call.site),
};

const send: Native = (call) => {
  if (!hasArg(call.args, 0)) return call.self;
  for (const obj of objectsOf(call.m.heap, call.self)) {
    const opened = obj.data as Opened | undefined;
    if (opened?.urls !== undefined) leaves(opened, ofRef(obj.id), arg(call.args, 0), call.site);
  }
  return call.self;
};

/** `fastifyPlugin(plugin)`. */
const opened: Native = (call) => {
  for (const plugin of objectsOf(call.m.heap, arg(call.args, 0))) setSlot(call.m.heap, plugin, OPEN, UNDEFINED);
  return arg(call.args, 0);
};

function match(module: string, full: readonly string[]): Native | undefined {
  const path = full[0] === "default" ? full.slice(1) : full;
  if (module === "fastify-plugin") return path.length === 0 || path[0] === "fastifyPlugin" ? opened : undefined;
  const [owner, method] = path;
  if (path.length === 0 || (path.length === 1 && (owner === "fastify" || owner === "Fastify")))
    return (call) => outermost(call.m, newApp(call, "fastify", "FastifyInstance"));
  if (owner === "done") return () => UNDEFINED;
  if (path.length !== 2 || method === undefined) return undefined;
  if (owner === "FastifyInstance") return APP[method];
  // Cookies are of its plug-in `@fastify/cookie`.
  if (owner === "FastifyReply" && (method === "setCookie" || method === "cookie")) return withCookie;
  return owner === "FastifyReply" && method === "send" ? send : undefined;
}

/** Methods without a model of their own. */
function otherwise(_module: string, path: readonly string[]): Native | undefined {
  if (path.length !== 2) return undefined;
  if (path[0] === "FastifyInstance" || path[0] === "FastifyReply") return (call) => call.self;
  return path[0] === "FastifyRequest" ? (call) => unknown(call.m, call.site) : undefined;
}

/** Fastify. */
export const fastify: NativeModule = { modules: ["fastify", "fastify-plugin"], natives: {}, match, otherwise };
