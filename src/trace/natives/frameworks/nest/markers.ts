/**
 * What Nest's decorators leave behind, until Nest reads it: marks on classes and methods, and objects that say what a parameter of a method
 * or of a constructor gets.
 */
import { isFunction, joinSlot, objectsOf, S, setSlot, type Obj } from "../../../domain/heap.js";
import type { ClassFacts, Expr } from "../../../../facts/ir.js";
import { BOTTOM, isBottom, UNDEFINED, withoutAbsent, type Value } from "../../../domain/value.js";
import { arg } from "../../../machine/call.js";
import { evaluate } from "../../../machine/eval.js";
import { external } from "../../../machine/external.js";
import type { FunctionData, Machine, Native, NativeCall } from "../../../machine/machine.js";
import { moduleFrame } from "../../../machine/modules.js";
import { nativeValue } from "../../support.js";

/** The registry of providers, and the module of whatever belongs to an application as a whole. */
export const NEST = "@nestjs/core";

/** What belongs to the application: global prefix, guards, pipes, interceptors, filters, modules. */
export const application = (m: Machine): Obj => external(m, NEST, ["application"]);

/** Slots of markers. */
export const MARK = { part: "\0part", key: "\0key", pipes: "\0pipes", factory: "\0factory", token: "\0token", given: "\0given" } as const;

/**
 * Something that stands at a parameter, or at a field: there it gives what `injected` says, each time an instance is made.
 */
export function marker(
  call: NativeCall,
  slots: Readonly<Record<string, Value>>,
  injected?: (call: NativeCall, marker: Obj, on: FieldOf) => Value,
): Value {
  const { m, site } = call;
  const made = nativeValue(m, site, "marker", (decorated) => {
    const name = arg(decorated.args, 1).consts[0];
    const proto = objectsOf(decorated.m.heap, arg(decorated.args, 0)).find((o) => o.kind === "object");
    if (injected === undefined || typeof name !== "string" || proto === undefined) return UNDEFINED;
    return nativeValue(decorated.m, site, `field ${name}`, (making) =>
      injected(making, objectsOf(making.m.heap, made)[0]!, { proto, name }),
    );
  });
  for (const obj of objectsOf(m.heap, made)) for (const [slot, v] of Object.entries(slots)) if (!isBottom(v)) setSlot(m.heap, obj, slot, v);
  return made;
}

/** A field, by the prototype of its class. */
export interface FieldOf {
  readonly proto: Obj;
  readonly name: string;
}

/** The markers among the decorators of a parameter of a function. */
export function markersAt(m: Machine, fn: Obj, decorators: readonly Expr[]): readonly Obj[] {
  const { file, env } = fn.data as FunctionData;
  return decorators.flatMap((decorator) => objectsOf(m.heap, evaluatedIn(m, file, env, decorator)));
}

/** A decorator as its class evaluates it. */
export function evaluatedIn(m: Machine, file: FunctionData["file"], env: number, decorator: Expr): Value {
  const outer = m.frame;
  m.frame = moduleFrame(m, file, m.heap.objects[env]!);
  const v = evaluate(m, decorator);
  m.frame = outer;
  return v;
}

/** What a decorator of this name marks: a class (`on` is it), or a method (`on` is its function). */
export const marking =
  (mark: (m: Machine, on: Obj, call: NativeCall) => void): Native =>
  (call) =>
    nativeValue(call.m, call.site, "decorator", (decorated) => {
      for (const on of objectsOf(decorated.m.heap, arg(decorated.args, 0)))
        if (on.kind === "class" || isFunction(on)) mark(decorated.m, on, call);
      return UNDEFINED;
    });

const LISTED = 16;

/** Adds to a list that is kept in slots of an object, in order. */
export function addTo(m: Machine, on: Obj, kind: string, values: readonly Value[]): void {
  let n = listedAt(on, kind).length;
  for (const v of values) joinSlot(m.heap, on, `\0${kind} ${Math.min(n++, LISTED)}`, v);
}

/** What {@link addTo} has put there. */
export function listedAt(on: Obj, kind: string): readonly Value[] {
  const out: Value[] = [];
  for (let v = on.props.get(`\0${kind} 0`); v !== undefined; v = on.props.get(`\0${kind} ${out.length}`)) out.push(withoutAbsent(v));
  return out;
}

/** The methods of a class, those that it inherits included, that bear a mark, with their names. */
export function marked(m: Machine, cls: Obj, mark: string): readonly (readonly [fn: Obj, mark: Value, name: string])[] {
  const out: (readonly [Obj, Value, string])[] = [];
  for (let proto = prototypeOf(m, cls); proto?.kind === "object"; proto = objectsOf(m.heap, proto.props.get(S.proto) ?? BOTTOM)[0])
    for (const [name, v] of [...proto.props])
      if (name.charCodeAt(0) !== 0 && name !== "constructor")
        for (const fn of objectsOf(m.heap, v).filter(isFunction)) {
          const at = fn.props.get(mark);
          if (at !== undefined) out.push([fn, at, name]);
        }
  return out;
}

const prototypeOf = (m: Machine, cls: Obj): Obj | undefined => objectsOf(m.heap, cls.props.get("prototype") ?? BOTTOM)[0];

/** A call as if it were made where a method is written: what it is given is shown there. */
export function atMethod(call: NativeCall, fn: Obj): NativeCall {
  const { code } = fn.data as FunctionData;
  return code === null ? call : { ...call, site: { file: code.file.index, at: code.fn.at, end: code.fn.at, fn: 0 } };
}

/** The class whose prototype an object is. */
export const classOf = (m: Machine, proto: Obj | undefined): Obj | undefined =>
  objectsOf(m.heap, proto?.props.get("constructor") ?? BOTTOM).find((o) => o.kind === "class");

/** What a class is declared to be. */
export const factsOf = (cls: Obj): ClassFacts | undefined => (cls.data as FunctionData).cls;
