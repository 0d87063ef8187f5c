/** Hono: handlers get one context `c` and `next`; validators put their parsed part where `c.req.valid(target)` finds it. */
import { joinSlot, objectsOf, S, setSlot, type Obj, isFunction } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, joinAll, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import type { Site } from "../../domain/labels.js";
import { arg, callValue, hasArg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { parse } from "../schema/parse.js";
import type { NativeModule } from "../index.js";
import { promised } from "../settle.js";
import { fetchedDirectly } from "../web.js";
import { alike, arrayOf, at, constant, option } from "../support.js";
import { shared } from "./requests.js";
import { mount, newApp, onError, pathAndHandlers, respond, route, textsIn, type Framework, type Opened } from "./routes.js";
import { use } from "./middleware.js";
import { answerWith, webRequest } from "./web-request.js";

const VERBS = ["get", "post", "put", "patch", "delete", "options", "all"];
/** Which part of a request a validator's target means. */
const TARGETS: Readonly<Record<string, string>> = {
  json: "body",
  form: "body",
  query: "query",
  param: "params",
  header: "headers",
  cookie: "cookies",
};

const contextOf = (opened: Opened): Value => {
  const { m, request, where } = opened;
  const c = make(m, "object", `${where}:context`, opened);
  setSlot(m.heap, c, S.proto, ofRef(external(m, "hono", ["Context"]).id));
  const req = make(m, "object", `${where}:req`, opened);
  setSlot(m.heap, req, S.proto, ofRef(external(m, "hono", ["HonoRequest"]).id));
  setSlot(m.heap, req, "\0request", request);
  setSlot(m.heap, req, "raw", webRequest(m, request, opened.method, opened.urls, opened.site));
  for (const part of ["method", "path", "url"]) setSlot(m.heap, req, part, getNamed(m, request, part, opened.site));
  setSlot(m.heap, c, "req", ofRef(req.id));
  setSlot(m.heap, c, "var", shared(m, `${where}:var`));
  return ofRef(c.id);
};

/** A validator in the chain: parses its target and keeps the result on the request. */
function validate(m: Machine, handler: Obj, args: readonly Value[], site: Site): boolean {
  const target = handler.props.get("\0target");
  if (target === undefined || args[0] === undefined) return false;
  const req = getNamed(m, args[0], "req", site);
  for (const r of objectsOf(m.heap, req))
    for (const c of target.consts) {
      const raw = getNamed(m, r.props.get("\0request") ?? UNDEFINED, TARGETS[String(c)] ?? "body", site);
      const schema = handler.props.get("\0schema");
      const fn = handler.props.get("\0fn");
      const where = `${site.file}:${site.at}:valid ${String(c)}`;
      const v =
        schema !== undefined
          ? parse({ m, site, active: new Map() }, schema, raw, where).value
          : callValue(m, fn ?? BOTTOM, UNDEFINED, { list: [raw, args[0]], rest: null }, site);
      m.alive = true;
      if (!isBottom(v)) joinSlot(m.heap, r, `\0valid:${String(c)}`, v);
    }
  return true;
}

const HONO: Framework = {
  module: "hono",
  next: true,
  errors: "outermost",
  open: (opened) => [contextOf(opened)],
  // `new Response(body)` instead of `c.body(body)`.
  answered: ({ m, method, urls, site }, v) => {
    answerWith(m, method, urls, v, site);
  },
  special: validate,
};

const verb =
  (method: string): Native =>
  (call) => {
    const { path, handlers } = pathAndHandlers(call);
    route(call, HONO, call.self, method, isBottom(path) ? ofConst("/") : path, handlers);
    return call.self;
  };

const on: Native = (call) => {
  const paths = joinAll(textsIn(call, arg(call.args, 1)).map((path) => ofConst(path)));
  for (const method of textsIn(call, arg(call.args, 0))) route(call, HONO, call.self, method.toUpperCase(), paths, call.args.list.slice(2));
  return call.self;
};

const APP: Readonly<Record<string, Native>> = {
  ...Object.fromEntries(VERBS.map((v) => [v, verb(v.toUpperCase())])),
  on,
  use: (call) => {
    const { path, handlers } = pathAndHandlers(call);
    for (const h of handlers) use(call.m, call.self, path, h);
    return call.self;
  },
  route: (call) => {
    mount(call.m, call.self, arg(call.args, 0), arg(call.args, 1));
    return call.self;
  },
  basePath: (call) => {
    const below = newApp(call, "hono", "Hono", arg(call.args, 0));
    for (const app of objectsOf(call.m.heap, below)) setSlot(call.m.heap, app, "\0parent", call.self);
    return below;
  },
  openapi: (call) => {
    openapi(call);
    return call.self;
  },
  notFound: (call) => call.self,
  // Requests that the program makes itself, without a network between.
  ...alike(["request", "fetch"], fetchedDirectly),
  onError: (call) => {
    onError(call.m, call.self, arg(call.args, 0));
    return call.self;
  },
};

/** `app.openapi(createRoute({ method, path, request }), handler)`: the route's schemas parse what `valid` gives. */
function openapi(call: NativeCall): void {
  const { m, site } = call;
  const declared = arg(call.args, 0);
  const request = option(call, declared, "request");
  const validators: Value[] = [];
  const add = (target: string, schema: Value): void => {
    if (schema.refs.length > 0) validators.push(validator(call, ofConst(target), schema, `:${target}`));
  };
  add(
    "json",
    ["body", "content", "application/json", "schema"].reduce((v, name) => option(call, v, name), request),
  );
  for (const target of ["query", "param"]) add(target, option(call, request, TARGETS[target]!));
  for (const method of getNamed(m, declared, "method", site).consts)
    route(call, HONO, call.self, String(method).toUpperCase(), getNamed(m, declared, "path", site), [
      ...validators,
      ...call.args.list.slice(1),
    ]);
}

function validator(call: NativeCall, target: Value, given: Value, what = ""): Value {
  const obj = make(call.m, "object", at(call, `validator${what}`));
  setSlot(call.m.heap, obj, "\0target", target);
  const hasFunction = objectsOf(call.m.heap, given).some(isFunction);
  setSlot(call.m.heap, obj, hasFunction ? "\0fn" : "\0schema", given);
  return ofRef(obj.id);
}

// ------------------------------------------------------------------------------------------------ the context

const part = (call: NativeCall, name: string): Value => {
  let out: Value = BOTTOM;
  for (const r of objectsOf(call.m.heap, call.self))
    out = join(out, getNamed(call.m, r.props.get("\0request") ?? UNDEFINED, name, call.site));
  return isBottom(out) ? unknown(call.m, call.site) : out;
};

/** One named value of a part, or all of it. */
const lookUp =
  (name: string): Native =>
  (call) => {
    const all = part(call, name);
    const key = arg(call.args, 0).consts[0];
    if (!hasArg(call.args, 0)) return all;
    return key === undefined || all.refs.length === 0
      ? unknown(call.m, call.site)
      : join(getNamed(call.m, all, String(key), call.site), UNDEFINED);
  };

const REQUEST: Readonly<Record<string, Native>> = {
  ...alike(["json", "parseBody", "formData", "text", "blob", "arrayBuffer"], (call) => promised(call, part(call, "body"))),
  query: lookUp("query"),
  queries: lookUp("query"),
  param: lookUp("params"),
  header: lookUp("headers"),
  valid: (call) => {
    let out: Value = BOTTOM;
    for (const r of objectsOf(call.m.heap, call.self))
      for (const c of arg(call.args, 0).consts) out = join(out, r.props.get(`\0valid:${String(c)}`) ?? BOTTOM);
    return isBottom(out) ? part(call, TARGETS[String(arg(call.args, 0).consts[0])] ?? "body") : out;
  },
};

const variables = (call: NativeCall): Value => getNamed(call.m, call.self, "var", call.site);

/** `c.json(v)` and its kin answer the request. */
const send: Native = (call) => {
  respond(call);
  return ofRef(external(call.m, "hono", ["Response"]).id);
};

const CONTEXT: Readonly<Record<string, Native>> = {
  set: (call) => {
    for (const vars of objectsOf(call.m.heap, variables(call)))
      for (const c of arg(call.args, 0).consts) setSlot(call.m.heap, vars, String(c), arg(call.args, 1));
    return UNDEFINED;
  },
  get: (call) => {
    let out: Value = BOTTOM;
    for (const vars of objectsOf(call.m.heap, variables(call)))
      for (const c of arg(call.args, 0).consts) out = join(out, vars.props.get(String(c)) ?? unknown(call.m, at(call, String(c))));
    return isBottom(out) ? unknown(call.m, call.site) : out;
  },
  ...alike(["header", "status"], constant(UNDEFINED)),
  ...alike(["json", "text", "html", "body", "render", "newResponse"], send),
};

/** `createMiddleware(fn)`, and `createFactory()` with its methods. */
const FACTORY: Readonly<Record<string, Native>> = {
  createMiddleware: (call) => arg(call.args, 0),
  createFactory: (call) => ofRef(external(call.m, "hono/factory", ["Factory"]).id),
  createHandlers: (call) => arrayOf(call.m, call.args.list, at(call, "handlers")),
  createApp: (call) => newApp(call, "hono", "Hono"),
};

function match(module: string, path: readonly string[]): Native | undefined {
  const [owner, method] = path;
  if (
    module === "@hono/zod-validator" ||
    module === "hono/validator" ||
    module === "@hono/valibot-validator" ||
    module === "@hono/standard-validator"
  )
    return path.length === 1 ? (call) => validator(call, arg(call.args, 0), arg(call.args, 1)) : undefined;
  if (module === "hono/factory") return FACTORY[path.at(-1) ?? ""];
  if (owner === "createRoute" && path.length === 1) return (call) => arg(call.args, 0);
  if (owner === "z") return undefined;
  if ((owner === "Hono" || owner === "OpenAPIHono" || owner === "HonoBase") && path.length === 1)
    return (call) => newApp(call, "hono", "Hono");
  if (method === undefined || path.length !== 2) return undefined;
  if (owner === "Hono" || owner === "OpenAPIHono") return APP[method];
  if (owner === "HonoRequest") return REQUEST[method];
  if (owner === "Context") return CONTEXT[method];
  return undefined;
}

/** Methods without a model of their own. */
function otherwise(_module: string, path: readonly string[]): Native | undefined {
  if (path.length !== 2) return undefined;
  if (path[0] === "Hono" || path[0] === "OpenAPIHono") return (call) => call.self;
  return path[0] === "HonoRequest" || path[0] === "Context" ? (call) => unknown(call.m, call.site) : undefined;
}

/** Hono with its validators. */
export const hono: NativeModule = {
  modules: [
    "hono",
    "hono/quick",
    "hono/tiny",
    "hono/factory",
    "hono/validator",
    "@hono/hono",
    "@hono/zod-openapi",
    "@hono/zod-validator",
    "@hono/valibot-validator",
    "@hono/standard-validator",
  ],
  natives: {},
  match,
  otherwise,
};
