/** What pages send beside `fetch`: `navigator.sendBeacon` and `XMLHttpRequest` (https://xhr.spec.whatwg.org). */
import { joinSlot, objectsOf, setSlot } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  ANY_NUMBER,
  ANY_STRING,
  BOTTOM,
  exact,
  isBottom,
  join,
  ofConst,
  ofRef,
  UNDEFINED,
  type Value,
} from "../domain/value.js";
import { leave } from "../machine/jobs.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { unknown } from "../machine/unknown.js";
import { answerText, exchange } from "./exchange.js";
import type { NativeModule } from "./index.js";
import { argOf, at, constant, instance, methods, selves } from "./support.js";

const METHOD = "\0method";
const URL = "\0url";
const LISTENERS = "\0listeners";

const beacon: Native = (call) => {
  exchange(call, { method: ofConst("POST"), url: argOf(call, 0), body: argOf(call, 1), headers: BOTTOM });
  return ANY_BOOLEAN;
};

const open: Native = (call) => {
  for (const obj of selves(call)) {
    setSlot(call.m.heap, obj, METHOD, argOf(call, 0));
    setSlot(call.m.heap, obj, URL, argOf(call, 1));
  }
  return UNDEFINED;
};

/** What listens for the end of a request: properties and listeners. */
const ENDS = ["onload", "onloadend", "onreadystatechange"];

/** The answer is there when listeners run, later. */
const send: Native = (call) => {
  const { m, site } = call;
  for (const obj of selves(call)) {
    const part = (slot: string): Value => obj.props.get(slot) ?? UNDEFINED;
    const answered = exchange(call, { method: part(METHOD), url: part(URL), body: argOf(call, 0), headers: BOTTOM });
    const text = join(ANY_STRING, isBottom(answered) ? BOTTOM : answerText(m, answered, site));
    for (const name of ["responseText", "response"]) setSlot(m.heap, obj, name, text);
    for (const name of ["status", "readyState"]) setSlot(m.heap, obj, name, ANY_NUMBER);
    for (const name of [...ENDS, LISTENERS]) listen(call, obj.props.get(name) ?? BOTTOM, ofRef(obj.id));
  }
  return UNDEFINED;
};

function listen(call: NativeCall, fn: Value, self: Value): void {
  if (objectsOf(call.m.heap, fn).length === 0) return;
  leave(call.m, { fn, self, args: { list: [unknown(call.m, at(call, "event"))], rest: null }, site: call.site, outside: true });
}

const addListener: Native = (call) => {
  if (String(exact(argOf(call, 0))).startsWith("load"))
    for (const obj of selves(call)) joinSlot(call.m.heap, obj, LISTENERS, argOf(call, 1));
  return UNDEFINED;
};

/** Requests without an answer that anybody waits for, and those of before `fetch`. */
export const beacons: NativeModule = {
  modules: ["global"],
  natives: {
    "navigator.sendBeacon": beacon,
    XMLHttpRequest: (call) => ofRef(instance(call.m, "global", "XMLHttpRequest", call.site).id),
    ...methods("XMLHttpRequest", {
      open,
      send,
      addEventListener: addListener,
      setRequestHeader: constant(UNDEFINED),
      abort: constant(UNDEFINED),
    }),
  },
};
