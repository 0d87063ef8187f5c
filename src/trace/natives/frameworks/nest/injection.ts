/**
 * What Nest injects: services by the class that a constructor's parameter is declared to be, or by the token of `@Inject`; providers come
 * from modules. There is one instance of each, whichever module asks: which module exports what is not looked at.
 */
import { objectsOf, type Obj } from "../../../domain/heap.js";
import type { TypeRef } from "../../../../link/types.js";
import { NO_LABELS } from "../../../domain/labels.js";
import { BOTTOM, isBottom, join, ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue, hasArg, NO_ARGS, unknownArgs } from "../../../machine/call.js";
import { classPrototype, constructorOf } from "../../../machine/classes.js";
import { typeIn } from "../../../machine/declared.js";
import { external } from "../../../machine/external.js";
import { iterate } from "../../../machine/iterate.js";
import type { FunctionData, Machine, Native, NativeCall } from "../../../machine/machine.js";
import { awaitValue } from "../../../machine/promise.js";
import { getNamed } from "../../../machine/props.js";
import { unknown } from "../../../machine/unknown.js";
import { at } from "../../support.js";
import { P, isRegistered, register, resolved, type How } from "../providers.js";
import { addTo, application, classOf, factsOf, listedAt, MARK, marker, markersAt, marking, NEST } from "./markers.js";

/** What a token gives; bottom where nobody is seen to provide it. */
export const provide = (call: NativeCall, token: Value): Value =>
  awaitValue(
    call.m,
    resolved(call, NEST, token, (fn, provider) => givenTo(call, fn, provider)),
    call.site,
  );

/** The instance of a class. */
export function instanceOf(call: NativeCall, cls: Obj): Value {
  const made = provide(call, ofRef(cls.id));
  call.m.alive = true;
  return made;
}

/** What a constructor, or the factory of a provider, is called with. */
function givenTo(call: NativeCall, fn: Obj, provider: Obj): readonly Value[] | null {
  const { m, site } = call;
  if (fn.kind !== "class") {
    const inject = provider.props.get(P.inject);
    return inject === undefined ? [] : listed(call, inject).map((token) => asked(call, token));
  }
  const ctor = constructorOf(m, fn);
  const code = (ctor?.data as Partial<FunctionData> | undefined)?.code;
  if (ctor === undefined || code === null || code === undefined) return [];
  const plain = unknownArgs(m, ctor, [], site).list;
  return code.fn.params.map((p, i) => {
    const [own] = markersAt(m, ctor, p.decorators ?? []).filter((o) => o.props.has(MARK.token) || o.props.has(MARK.given));
    const type = p.type === undefined ? undefined : typeIn(m, code, p.type);
    const v = own === undefined ? byType(call, type) : byMarker(call, own, type);
    return isBottom(v) ? (plain[i] ?? UNDEFINED) : v;
  });
}

/** Tokens in `inject` may say that they are optional: `{ token, optional: true }`. */
function asked(call: NativeCall, token: Value): Value {
  const inner = objectsOf(call.m.heap, token).some((o) => o.kind === "object") ? getNamed(call.m, token, "token", call.site) : token;
  const v = provide(call, inner);
  return isBottom(v) ? unknown(call.m, at(call, "injected")) : v;
}

function byMarker(call: NativeCall, own: Obj, type: TypeRef | undefined): Value {
  const given = own.props.get(MARK.given);
  if (given !== undefined) return given;
  const token = own.props.get(MARK.token) ?? BOTTOM;
  return isBottom(token) ? byType(call, type) : provide(call, forwarded(call, token));
}

/** `forwardRef(() => Service)`: what stands for a class that is not there yet. */
function forwarded(call: NativeCall, token: Value): Value {
  const later = objectsOf(call.m.heap, token).filter((o) => o.props.has(FORWARD));
  if (later.length === 0) return token;
  return later.reduce((v, o) => join(v, callValue(call.m, o.props.get(FORWARD)!, UNDEFINED, NO_ARGS, call.site)), BOTTOM);
}

const FORWARD = "\0forward";

function byType(call: NativeCall, type: TypeRef | undefined): Value {
  const { m } = call;
  const token = tokenOf(m, type);
  if (token === undefined) return BOTTOM;
  const isOpen = token.kind !== "class" || factsOf(token)?.abstract === true;
  return isOpen && !isRegistered(m, NEST, ofRef(token.id)) ? BOTTOM : provide(call, ofRef(token.id));
}

/** The class that a type is, of the program or of a package. */
export function tokenOf(m: Machine, type: TypeRef | undefined): Obj | undefined {
  const view = m.types.view(type);
  if (view.v === "class") return classOf(m, classPrototype(m, view.file, view.cls));
  return view.v === "external" ? external(m, view.module, view.path) : undefined;
}

const listed = (call: NativeCall, v: Value): readonly Value[] => {
  const items = iterate(call.m, v, call.site);
  return items.rest === null ? items.list : [...items.list, items.rest];
};

/** `@Inject(token)`, at a parameter or at a field. */
const inject: Native = (call) => marker(call, { [MARK.token]: hasArg(call.args, 0) ? arg(call.args, 0) : BOTTOM }, fieldGiven);

/** What a field gets: by its marker, else by its type. */
export function fieldGiven(call: NativeCall, own: Obj, { proto, name }: { readonly proto: Obj; readonly name: string }): Value {
  const { m } = call;
  const cls = classOf(m, proto);
  const facts = cls && factsOf(cls);
  const type = facts === undefined ? undefined : m.types.member(m.types.instance((cls!.data as FunctionData).file, facts), name)?.type;
  const v = byMarker(call, own, type);
  return isBottom(v) ? unknown(m, at(call, `field ${name}`), NO_LABELS, type) : v;
}

const WAYS: readonly (readonly [string, How])[] = [
  ["useClass", "class"],
  ["useValue", "value"],
  ["useFactory", "factory"],
  ["useExisting", "token"],
];

/** Tokens under which guards, pipes and the like of the whole application are provided. */
const GLOBAL: Readonly<Record<string, string>> = {
  APP_GUARD: "guards",
  APP_PIPE: "pipes",
  APP_INTERCEPTOR: "interceptors",
  APP_FILTER: "filters",
};

/** Registers what a module provides, and what the dynamic modules provide that it imports. */
function registerModule(call: NativeCall, described: Value, depth = 0): void {
  const { m, site } = call;
  for (const obj of objectsOf(m.heap, described)) {
    if (obj.kind !== "object") continue;
    for (const one of listed(call, obj.props.get("providers") ?? BOTTOM)) registerProvider(call, one);
    if (depth < 6)
      for (const one of listed(call, obj.props.get("imports") ?? BOTTOM)) registerModule(call, awaitValue(m, one, site), depth + 1);
  }
}

function registerProvider(call: NativeCall, described: Value): void {
  const { m, site } = call;
  for (const obj of objectsOf(m.heap, described)) {
    if (obj.kind === "array") for (const one of listed(call, ofRef(obj.id))) registerProvider(call, one);
    const token = obj.kind === "object" ? getNamed(m, ofRef(obj.id), "provide", site) : BOTTOM;
    for (const [name, how] of WAYS) {
      const of = obj.kind === "object" ? obj.props.get(name) : undefined;
      if (of === undefined) continue;
      const global = objectsOf(m.heap, token).flatMap((o) => GLOBAL[o.key.slice(o.key.lastIndexOf(":") + 1)] ?? []);
      for (const kind of global) if (how !== "factory") addTo(m, application(m), kind, [of]);
      register(call, NEST, token, how, of, obj.props.get("inject") ?? BOTTOM);
    }
  }
}

const module: Native = (call) => {
  registerModule(call, arg(call.args, 0));
  return marking((m, cls) => {
    addTo(m, application(m), "modules", [ofRef(cls.id)]);
  })(call);
};

/** Classes of modules, in the order in which they are declared. */
export const modulesOf = (m: Machine): readonly Value[] => listedAt(application(m), "modules");

/** `@Module`, `@Inject`, and what asks for a provider by hand: `app.get(Service)`, `moduleRef.resolve(TOKEN)`. */
export const injection = {
  Module: module,
  Inject: inject,
  Optional: ((call) => marker(call, {})) satisfies Native,
  forwardRef: ((call) => marker(call, { [FORWARD]: arg(call.args, 0) })) satisfies Native,
};
