/** Methods that something else than a request calls: each decorator marks them, and its kind says how they are called. */
import { joinSlot, type Obj } from "../../../domain/heap.js";
import { ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue } from "../../../machine/call.js";
import type { Native, NativeCall } from "../../../machine/machine.js";
import { nativeValue } from "../../support.js";
import { guarded } from "../../settle.js";
import { later } from "../requests.js";
import { instanceOf } from "./injection.js";
import { atMethod, marked, marking } from "./markers.js";

/** A kind of methods. */
export interface Listening {
  /** The slot that its decorator leaves on the method, with its argument. */
  readonly mark: string;
  readonly listen: (call: NativeCall, cls: Obj, fn: Obj, told: Value) => void;
}

/** The decorator of a kind: `@OnEvent("chat.sent")`. */
export const listensTo = ({ mark }: Listening): Native =>
  marking((m, fn, call) => {
    joinSlot(m.heap, fn, mark, arg(call.args, 0));
  });

/** A decorator of classes whose instance is made when the application starts, and whose methods then listen. */
export const started =
  (kinds: readonly Listening[], start?: (call: NativeCall, cls: Obj, told: Value) => void): Native =>
  (call) => {
    const told = arg(call.args, 0);
    return marking((m, cls) => {
      later(m, call.site, `start ${cls.key}`, (job) => {
        guarded(job.m, () => {
          instanceOf(job, cls);
        });
        start?.(job, cls, told);
        listenAll(job, cls, kinds);
        return UNDEFINED;
      });
    })(call);
  };

/** Lets the methods of a class listen, each on its own. */
export function listenAll(call: NativeCall, cls: Obj, kinds: readonly Listening[]): void {
  for (const { mark, listen } of kinds)
    for (const [fn, told] of marked(call.m, cls, mark))
      later(call.m, call.site, `${fn.key} ${mark.slice(1)}`, (heard) => {
        listen(atMethod(heard, fn), cls, fn, told);
        return UNDEFINED;
      });
}

/** A method on the instance of its class, as a function. */
export const bound = (call: NativeCall, cls: Obj, fn: Obj): Value =>
  nativeValue(call.m, call.site, `bound ${fn.key}`, (inner) =>
    callValue(inner.m, ofRef(fn.id), instanceOf(inner, cls), inner.args, inner.site),
  );
