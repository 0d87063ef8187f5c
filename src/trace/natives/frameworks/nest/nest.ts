/** Nest: controllers are classes whose decorators say which method serves which route, and what each parameter gets. */
import { joinSlot, objectsOf, setSlot, type Obj } from "../../../domain/heap.js";
import type { Site } from "../../../domain/labels.js";
import { BOTTOM, isBottom, join, ofConst, ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue } from "../../../machine/call.js";
import { external, externalData } from "../../../machine/external.js";
import { iterate } from "../../../machine/iterate.js";
import type { Machine, Native, NativeCall } from "../../../machine/machine.js";
import { getNamed } from "../../../machine/props.js";
import type { NativeModule } from "../../index.js";
import { promiseOf } from "../../settle.js";
import { nativeValue } from "../../support.js";
import { EXPRESS } from "../express.js";
import { announce, later, newRequest } from "../requests.js";
import type { Opened } from "../routes.js";
import { answerWith, setRequestLine } from "../web-request.js";
import { enhancing, GLOBALLY, usingGlobally } from "./enhancers.js";
import { ON_EVENT } from "./events.js";
import { callMethod } from "./handler.js";
import { injection, provide } from "./injection.js";
import { listenAll, started } from "./listeners.js";
import { application, atMethod, marked, marking } from "./markers.js";
import { ON_MESSAGE } from "./microservices.js";
import { runMiddleware } from "./middleware.js";
import { createParamDecorator, parameter } from "./parameters.js";
import { validationPipe } from "./validation.js";

const VERBS = ["Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "All", "Sse"];
/** Slots of a method: the paths it serves, by HTTP method. */
const ROUTE = "\0nest:";
const PREFIX = "\0prefix";

/** What a parameter's decorator asks for. */
const PARTS: Readonly<Record<string, string>> = {
  Body: "body",
  Query: "query",
  Param: "params",
  Headers: "headers",
  UploadedFile: "files",
  UploadedFiles: "files",
  Req: "\0request",
  Request: "\0request",
  Res: "\0response",
  Response: "\0response",
};

/** Paths as decorators take them: text, a list, `{ path, version }`. */
function pathsIn(m: Machine, v: Value, site: Site): readonly string[] {
  const out = v.consts.filter((c): c is string => typeof c === "string");
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind === "array") out.push(...iterate(m, ofRef(obj.id), site).list.flatMap((x) => pathsIn(m, x, site)));
    else if (obj.kind === "object") {
      const path = pathsIn(m, getNamed(m, ofRef(obj.id), "path", site), site);
      const versions = getNamed(m, ofRef(obj.id), "version", site).consts;
      for (const p of path.length === 0 ? [""] : path) out.push(p, ...versions.map((version) => `v${version}/${p}`));
    }
  }
  return out;
}

const joined = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split("/"))
    .filter((part) => part !== "")
    .join("/")}`;

/** `@Controller(path)`: its methods are served, later. */
const controller: Native = (call) => {
  const paths = pathsIn(call.m, arg(call.args, 0), call.site);
  return marking((m, cls) => {
    later(m, call.site, `controller ${cls.key}`, (job) => {
      serveController(job, cls, paths.length === 0 ? [""] : paths);
      return UNDEFINED;
    });
  })(call);
};

/** `@Post(path)`. */
const verb =
  (method: string): Native =>
  (call) => {
    const paths = pathsIn(call.m, arg(call.args, 0), call.site);
    return marking((m, fn) => {
      for (const path of paths.length === 0 ? [""] : paths) joinSlot(m.heap, fn, ROUTE + method, ofConst(path));
    })(call);
  };

/** Decorators of a method, all at once. */
const applyDecorators: Native = (call) => {
  const all = call.args.list;
  return nativeValue(call.m, call.site, "decorators", (used) => {
    for (const decorator of all) callValue(used.m, decorator, UNDEFINED, used.args, used.site);
    return UNDEFINED;
  });
};

/** What methods of any class may listen to. */
const LISTENING = [ON_EVENT, ON_MESSAGE];

function serveController(call: NativeCall, cls: Obj, paths: readonly string[]): void {
  listenAll(call, cls, LISTENING);
  for (const name of VERBS) {
    const method = name.toUpperCase();
    for (const [fn, own] of marked(call.m, cls, ROUTE + method))
      serve(atMethod(call, fn), cls, fn, method === "SSE" ? "GET" : method, urlsOf(call.m, paths, own));
  }
}

function urlsOf(m: Machine, paths: readonly string[], own: Value): readonly string[] {
  const prefixes = ["", ...(application(m).props.get(PREFIX)?.consts.map(String) ?? [])];
  const last = own.consts.filter((c): c is string => typeof c === "string");
  return [...new Set(prefixes.flatMap((prefix) => paths.flatMap((path) => last.map((end) => joined(prefix, path, end)))))];
}

/** A request comes in to one method. */
function serve(call: NativeCall, cls: Obj, fn: Obj, method: string, urls: readonly string[]): void {
  const { m, site } = call;
  const where = `${fn.key} ${method}`;
  const request = newRequest(m, where, method, urls, site);
  announce(m, method, urls, request, site);
  setRequestLine(m, request, method, urls, [], site);
  const args = EXPRESS.open({ m, app: BOTTOM, request, method, urls, where, site } satisfies Opened);
  const [req = UNDEFINED, response = UNDEFINED] = args;
  runMiddleware(call, args);
  callMethod(call, cls, fn, "http", args, {
    part: (name) => (name === "\0request" ? req : name === "\0response" ? response : getNamed(m, req, name, site)),
    plain: () => UNDEFINED,
    answer: (v) => {
      if (!isBottom(v)) answerWith(m, method, urls, v, site);
    },
  });
}

/** `app.get(Service)`; what nobody is seen to provide is something of the package's. */
const asking: Native = (call) => {
  const found = provide(call, arg(call.args, 0));
  const { module, path } = externalData(call.callee);
  return isBottom(found) ? ofRef(external(call.m, module, [...path, "()"]).id) : found;
};

const askingLater: Native = (call) => promiseOf(call.m, asking(call), call.site);

/** What `NestFactory` makes is the application: it has the methods of its interfaces. */
const create: Native = (call) => {
  const { module, path } = externalData(call.callee);
  return promiseOf(call.m, ofRef(external(call.m, module, [...path, "()"]).id), call.site);
};

/** Methods of applications and of references to modules. */
function ofApplication(_module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1)!;
  const isMade =
    path[0] === "NestFactory" ? path.includes("()") : path.length === 2 && /^(ModuleRef|INest\w+|Nest\w+Application)$/.test(path[0]!);
  if (path[0] === "NestFactory" && path.length === 2) return create;
  if (isMade && name === "get") return asking;
  if (isMade && (name === "resolve" || name === "create")) return askingLater;
  if (Object.hasOwn(GLOBALLY, name)) return usingGlobally(GLOBALLY[name]!);
  if (name !== "setGlobalPrefix") return undefined;
  return (call) => {
    const { heap } = call.m;
    const app = application(call.m);
    setSlot(heap, app, PREFIX, join(app.props.get(PREFIX) ?? BOTTOM, arg(call.args, 0)));
    return call.self;
  };
}

/** Nest's decorators, and what applications are told. */
export const nest: NativeModule = {
  modules: ["@nestjs/common", "@nestjs/core", "@nestjs/platform-express", "@nestjs/platform-fastify"],
  natives: {
    Controller: controller,
    Injectable: started(LISTENING),
    ...Object.fromEntries(VERBS.map((name) => [name, verb(name.toUpperCase())])),
    ...Object.fromEntries(Object.entries(PARTS).map(([name, part]) => [name, parameter(part)])),
    createParamDecorator,
    applyDecorators,
    ValidationPipe: validationPipe,
    ...enhancing,
    ...injection,
  },
  match: ofApplication,
};
