/** Decorators by which classes and their properties say what they are in the database: what the mappers have in common. */
import { objectsOf, type Obj } from "../domain/heap.js";
import { BOTTOM, UNDEFINED, type Value } from "../domain/value.js";
import { arg, callValue, NO_ARGS } from "../machine/call.js";
import type { FunctionData, Native, NativeCall } from "../machine/machine.js";
import { at, nativeValue } from "../natives/support.js";

export const className = (cls: Obj): string => (cls.data as Partial<FunctionData> | undefined)?.cls?.name ?? "";

/** The class that a decorator stands at, or at a member of. */
const classesAt = (call: NativeCall): readonly Obj[] =>
  objectsOf(call.m.heap, arg(call.args, 0)).flatMap((o) =>
    o.kind === "class" ? [o] : o.kind === "object" ? objectsOf(call.m.heap, o.props.get("constructor") ?? BOTTOM) : [],
  );

/** `@Entity("users")`: `say` is told the class, and the call that made the decorator. */
export const ofClass =
  (say: (decorated: NativeCall, cls: Obj, given: NativeCall) => void): Native =>
  (call) =>
    nativeValue(call.m, at(call), "class decorator", (decorated) => {
      for (const cls of classesAt(decorated)) say(decorated, cls, call);
      return UNDEFINED;
    });

/** `@Column({ name: "e_mail" })`: `say` is told the property, too. */
export const ofProperty =
  (say: (decorated: NativeCall, cls: Obj, property: string, given: NativeCall) => void): Native =>
  (call) =>
    nativeValue(call.m, at(call), "property decorator", (decorated) => {
      const names = arg(decorated.args, 1).consts.filter((c): c is string => typeof c === "string");
      for (const cls of classesAt(decorated)) for (const property of names) say(decorated, cls, property, call);
      return UNDEFINED;
    });

/** The same without a call: `@Column email`. */
export const orBare =
  (decorator: Native): Native =>
  (call) =>
    classesAt(call).length > 0
      ? callValue(call.m, decorator({ ...call, args: NO_ARGS }), UNDEFINED, call.args, call.site)
      : decorator(call);

/** The options among some arguments: the last that is a plain object. */
export const optionsOf = (call: NativeCall): Value =>
  [...call.args.list].reverse().find((v) => objectsOf(call.m.heap, v).some((o) => o.kind === "object")) ?? UNDEFINED;
