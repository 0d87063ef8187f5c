/** Nest: controllers are classes whose decorators say which method serves which route, and what each parameter gets. */
import { isFunction, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { Expr } from "../../../facts/ir.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, isBottom, join, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callObject, callValue, NO_ARGS, unknownArgs } from "../../machine/call.js";
import { constructorOf } from "../../machine/classes.js";
import { evaluate } from "../../machine/eval.js";
import { external } from "../../machine/external.js";
import { iterate } from "../../machine/iterate.js";
import { make, type FunctionData, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { moduleFrame } from "../../machine/modules.js";
import { getNamed } from "../../machine/props.js";
import type { NativeModule } from "../index.js";
import { guarded } from "../settle.js";
import { at, nativeValue, record } from "../support.js";
import { EXPRESS } from "./express.js";
import { announce, later, newRequest } from "./requests.js";
import type { Opened } from "./routes.js";
import { answerWith } from "./web-request.js";

const VERBS = ["Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "All"];
/** Slots of a method: the paths it serves, by HTTP method. */
const ROUTE = "\0nest:";
const INSTANCE = "\0instance";

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

const prefixHolder = (m: Machine): Obj => external(m, "@nestjs/core", ["global prefix"]);

/** `@Controller(path)`: its methods are served, later. */
const controller: Native = (call) => {
  const { m, site } = call;
  const paths = pathsIn(m, arg(call.args, 0), site);
  return nativeValue(m, site, "controller", (decorated) => {
    for (const cls of objectsOf(m.heap, arg(decorated.args, 0)))
      later(m, site, `controller ${cls.key}`, (job) => {
        serveController(job, cls, paths.length === 0 ? [""] : paths);
        return UNDEFINED;
      });
    return UNDEFINED;
  });
};

/** `@Post(path)`. */
const verb =
  (method: string): Native =>
  (call) => {
    const { m, site } = call;
    const paths = pathsIn(m, arg(call.args, 0), site);
    return nativeValue(m, site, method, (decorated) => {
      for (const fn of objectsOf(m.heap, arg(decorated.args, 0)))
        for (const path of paths.length === 0 ? [""] : paths)
          setSlot(m.heap, fn, ROUTE + method, join(fn.props.get(ROUTE + method) ?? BOTTOM, ofConst(path)));
      return UNDEFINED;
    });
  };

/** `@Body("name")`, and what `createParamDecorator(factory)` makes. */
const marker = (call: NativeCall, slots: Readonly<Record<string, Value>>): Value => {
  const obj = make(call.m, "object", at(call, "parameter"));
  for (const [slot, v] of Object.entries(slots)) setSlot(call.m.heap, obj, slot, v);
  return ofRef(obj.id);
};

const parameter =
  (part: string): Native =>
  (call) =>
    marker(call, { "\0part": ofConst(part), "\0key": arg(call.args, 0) });

const createParamDecorator: Native = (call) => {
  const factory = arg(call.args, 0);
  return nativeValue(call.m, call.site, "parameter decorator", (used) =>
    marker(used, { "\0factory": factory, "\0key": arg(used.args, 0) }),
  );
};

/** Decorators of a method, all at once. */
const applyDecorators: Native = (call) => {
  const all = call.args.list;
  return nativeValue(call.m, call.site, "decorators", (used) => {
    for (const decorator of all) callValue(used.m, decorator, UNDEFINED, used.args, used.site);
    return UNDEFINED;
  });
};

function serveController({ m, site }: NativeCall, cls: Obj, paths: readonly string[]): void {
  for (let proto = objectsOf(m.heap, cls.props.get("prototype") ?? BOTTOM)[0]; proto?.kind === "object";) {
    for (const v of [...proto.props].flatMap(([name, x]) => (name.charCodeAt(0) === 0 || name === "constructor" ? [] : [x])))
      for (const fn of objectsOf(m.heap, v).filter(isFunction))
        for (const [slot, own] of [...fn.props])
          if (slot.startsWith(ROUTE)) serve(m, cls, fn, slot.slice(ROUTE.length), urlsOf(m, paths, own), site);
    proto = objectsOf(m.heap, proto.props.get(S.proto) ?? BOTTOM)[0];
  }
}

function urlsOf(m: Machine, paths: readonly string[], own: Value): readonly string[] {
  const prefixes = ["", ...(prefixHolder(m).props.get(S.value)?.consts.map(String) ?? [])];
  return [...new Set(prefixes.flatMap((prefix) => paths.flatMap((path) => own.consts.map((last) => joined(prefix, path, String(last))))))];
}

/** A request comes in to one method. */
function serve(m: Machine, cls: Obj, fn: Obj, method: string, urls: readonly string[], site: Site): void {
  const where = `${fn.key} ${method}`;
  const request = newRequest(m, where, method, urls, site);
  announce(m, method, urls, request, site);
  guarded(m, () => {
    const self = instanceOf(m, cls, site);
    const args = EXPRESS.open({ m, app: BOTTOM, request, method, urls, where, site } satisfies Opened);
    const { code, env } = fn.data as FunctionData;
    const list = (code?.fn.params ?? []).map((p) => parameterValue(m, fn, p.decorators ?? [], env, args, site));
    const given = callValue(m, ofRef(fn.id), self, { list, rest: null }, site);
    if (m.alive) answerWith(m, method, urls, given, site);
  });
}

/** One instance a class, made with unknown arguments of the declared types. */
function instanceOf(m: Machine, cls: Obj, site: Site): Value {
  const known = cls.props.get(INSTANCE);
  if (known !== undefined) return known;
  const ctor = constructorOf(m, cls);
  const made = callObject(m, cls, UNDEFINED, ctor === undefined ? NO_ARGS : unknownArgs(m, ctor, [], site), site, true);
  m.alive = true;
  setSlot(m.heap, cls, INSTANCE, made);
  return made;
}

/** What a parameter gets, by its decorators. */
function parameterValue(m: Machine, fn: Obj, decorators: readonly Expr[], env: number, args: readonly Value[], site: Site): Value {
  const [request = UNDEFINED, response = UNDEFINED] = args;
  const { file } = fn.data as FunctionData;
  let out: Value = BOTTOM;
  for (const decorator of decorators) {
    const outer = m.frame;
    m.frame = moduleFrame(m, file, m.heap.objects[env]!);
    const evaluated = evaluate(m, decorator);
    m.frame = outer;
    for (const asked of objectsOf(m.heap, evaluated)) {
      const key = asked.props.get("\0key") ?? UNDEFINED;
      const factory = asked.props.get("\0factory");
      if (factory !== undefined)
        out = join(out, callValue(m, factory, UNDEFINED, { list: [key, contextOf(m, args, site)], rest: null }, site));
      for (const part of asked.props.get("\0part")?.consts ?? []) {
        const all = part === "\0request" ? request : part === "\0response" ? response : getNamed(m, request, String(part), site);
        const names = key.consts.filter((c): c is string => typeof c === "string");
        out = names.length === 0 ? join(out, all) : names.reduce((v, name) => join(v, getNamed(m, all, name, site)), out);
      }
    }
  }
  return isBottom(out) ? UNDEFINED : out;
}

/** The execution context: `context.switchToHttp().getRequest()`. */
function contextOf(m: Machine, [request = UNDEFINED, response = UNDEFINED]: readonly Value[], site: Site): Value {
  const gives = (name: string, v: Value): Value => nativeValue(m, site, name, () => v);
  const http = record(m, { getRequest: gives("getRequest", request), getResponse: gives("getResponse", response) }, site);
  return record(m, { switchToHttp: gives("switchToHttp", http) }, site);
}

/** Nest's decorators, and the prefix that an application puts before all routes. */
export const nest: NativeModule = {
  modules: ["@nestjs/common", "@nestjs/core"],
  natives: {
    Controller: controller,
    ...Object.fromEntries(VERBS.map((name) => [name, verb(name.toUpperCase())])),
    ...Object.fromEntries(Object.entries(PARTS).map(([name, part]) => [name, parameter(part)])),
    createParamDecorator,
    applyDecorators,
  },
  match: (_module, path) =>
    path.at(-1) !== "setGlobalPrefix"
      ? undefined
      : (call) => {
          setSlot(call.m.heap, prefixHolder(call.m), S.value, arg(call.args, 0));
          return call.self;
        },
};
