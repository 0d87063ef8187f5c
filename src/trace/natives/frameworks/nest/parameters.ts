/** What the parameters of a handler get: the part of the request that their decorators ask for, through pipes. */
import { objectsOf, type Obj } from "../../../domain/heap.js";
import type { TypeRef } from "../../../../link/types.js";
import { BOTTOM, isBottom, join, ofConst, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue } from "../../../machine/call.js";
import { typeIn } from "../../../machine/declared.js";
import { allLabels } from "../../../machine/deep.js";
import { writtenAs } from "../../../machine/decorators.js";
import { externalData } from "../../../machine/external.js";
import type { FunctionData, Native, NativeCall } from "../../../machine/machine.js";
import { awaitValue } from "../../../machine/promise.js";
import { getNamed } from "../../../machine/props.js";
import { nativeValue, record } from "../../support.js";
import { enhancer, enhancersOf, method } from "./enhancers.js";
import { tokenOf } from "./injection.js";
import { listedAt, addTo, MARK, marker, markersAt } from "./markers.js";
import { isValidation, validated } from "./validation.js";

/** A request as handlers ask for it: its parts, by name, and what they come in. */
export interface Incoming {
  readonly call: NativeCall;
  readonly cls: Obj;
  readonly fn: Obj;
  /** What custom decorators get. */
  readonly context: Value;
  readonly part: (name: string) => Value;
  /** What a parameter without any decorator gets, by its position. */
  readonly plain: (i: number) => Value;
}

/** `@Body("name", Pipe)`: a part, or what is under a name in it. */
export const parameter =
  (part: string): Native =>
  (call) => {
    const first = arg(call.args, 0);
    const isKey = first.refs.length === 0;
    const made = marker(call, { [MARK.part]: ofConst(part), [MARK.key]: isKey ? first : BOTTOM });
    for (const obj of objectsOf(call.m.heap, made)) addTo(call.m, obj, "pipes", isKey ? call.args.list.slice(1) : call.args.list);
    return made;
  };

/** `createParamDecorator((data, context) => …)`. */
export const createParamDecorator: Native = (call) => {
  const factory = arg(call.args, 0);
  return nativeValue(call.m, call.site, "parameter decorator", (used) => {
    const made = marker(used, { [MARK.factory]: factory, [MARK.key]: arg(used.args, 0) });
    for (const obj of objectsOf(used.m.heap, made)) addTo(used.m, obj, "pipes", used.args.list.slice(1));
    return made;
  });
};

/** What a handler is called with. */
export function argumentsOf(incoming: Incoming): readonly Value[] {
  const { call } = incoming;
  const fn = writtenAs(call.m, incoming.fn);
  const { code } = fn.data as FunctionData;
  return (code?.fn.params ?? []).map((p, i) => {
    const asked = markersAt(call.m, fn, p.decorators ?? []).filter((o) => o.props.has(MARK.part) || o.props.has(MARK.factory));
    if (asked.length === 0) return incoming.plain(i);
    const type = p.type === undefined || code === null ? undefined : typeIn(call.m, code, p.type);
    return asked.reduce((v, one) => join(v, valueFor(incoming, one, type)), BOTTOM);
  });
}

function valueFor(incoming: Incoming, asked: Obj, type: TypeRef | undefined): Value {
  const { call, context } = incoming;
  const { m, site } = call;
  const key = asked.props.get(MARK.key) ?? UNDEFINED;
  const factory = asked.props.get(MARK.factory);
  const part = String(asked.props.get(MARK.part)?.consts[0] ?? "custom");
  let v = BOTTOM;
  if (factory !== undefined) v = awaitValue(m, callValue(m, factory, UNDEFINED, { list: [key, context], rest: null }, site), site);
  else {
    const all = incoming.part(part);
    const names = key.consts.filter((c): c is string => typeof c === "string");
    if (names.length === 0) v = all;
    for (const name of names) v = join(v, getNamed(m, all, part === "headers" ? name.toLowerCase() : name, site));
  }
  return PIPED.has(part) ? piped(incoming, asked, v, type) : v;
}

/** Parts that go through pipes; requests and responses do not. */
const PIPED = new Set(["body", "query", "params", "files", "args", "custom"]);

/** A value through the pipes of the application, the class, the method and its own. */
function piped(incoming: Incoming, asked: Obj, value: Value, type: TypeRef | undefined): Value {
  const { call, cls, fn } = incoming;
  const { m, site } = call;
  const own = listedAt(asked, "pipes").map((v) => enhancer(call, v));
  const token = tokenOf(m, type);
  const metadata = record(m, { type: asked.props.get(MARK.part) ?? ofConst("custom"), data: asked.props.get(MARK.key) ?? UNDEFINED }, site);
  let v = value;
  for (const pipe of [...enhancersOf(call, "pipes", cls, fn), ...own]) {
    const isCustom = asked.props.has(MARK.factory);
    if (objectsOf(m.heap, pipe).some((o) => isValidation(o))) {
      if (!isCustom) v = validated(call, pipe, v, token);
      continue;
    }
    const given = awaitValue(m, method(call, pipe, "transform", [v, metadata]), site);
    if (!isBottom(given) && m.alive) v = given;
    // Nest's own (`ParseIntPipe`) read what they are given; what others make of it is not known.
    else if (objectsOf(m.heap, pipe).some((o) => o.kind === "external" && externalData(o).module !== "@nestjs/common"))
      m.blind(
        "unmodelled-library",
        site,
        "what a pipe of a package makes of its value is not known: it is taken to let it through",
        allLabels(m, v),
      );
  }
  return v;
}
