/**
 * `fetch`, `Request`, `Response`. What is sent leaves the program, and nothing of it comes back in the answer, unless the program serves
 * the address itself. A response that the program makes itself gives back what it was made of.
 */
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  ANY_NUMBER,
  ANY_STRING,
  BOTTOM,
  hasPrimitive,
  isBottom,
  join,
  K,
  ofConst,
  ofRef,
  UNDEFINED,
  withKinds,
  type Value,
} from "../domain/value.js";
import type { Site } from "../domain/labels.js";
import { callObject } from "../machine/call.js";
import { clone, textOf } from "../machine/clone.js";
import { externalName } from "../machine/external.js";
import { make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { copyProps } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import { carrier, decode, encode } from "./text.js";
import { streamOf } from "./buffer.js";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { parsedOf, textFor } from "./json.js";
import { addAll, newPairs } from "./pairs.js";
import { argOf, asText, instance, methods, option, selves, stepped } from "./support.js";
import { promiseOf } from "./settle.js";
import { answerText, exchange } from "./exchange.js";
import { isStream } from "./stream-core.js";
import { everything } from "./stream.js";

/** A response or request; `body` is bottom when it comes from outside. */
export function message(m: Machine, owner: "Response" | "Request", body: Value, headers: Value, site: Site): Value {
  const obj = instance(m, "global", owner, site);
  if (!isBottom(body)) setSlot(m.heap, obj, S.value, body);
  const pairs = newPairs(m, "Headers", site);
  if (headers.refs.length > 0) addAll(m, pairs, "Headers", headers, site);
  setSlot(m.heap, obj, "headers", ofRef(pairs.id));
  if (owner === "Response") {
    setSlot(m.heap, obj, "ok", ANY_BOOLEAN);
    setSlot(m.heap, obj, "status", ANY_NUMBER);
    setSlot(m.heap, obj, "statusText", ANY_STRING);
    setSlot(m.heap, obj, "url", ANY_STRING);
    if (!isBottom(body)) setSlot(m.heap, obj, "body", streamOf(m, encode(m, "Uint8Array", body, site), site));
    else setSlot(m.heap, obj, "body", streamOf(m, carrier(m, "Uint8Array", ANY_STRING, site), site));
  }
  return ofRef(obj.id);
}

/** `fetch(request)` is `fetch(url, { method, headers, body })`, and is called as that too: so its arguments have their places. */
export const fetched: Native = (call) => fetchedFrom(call, false);

/** `app.fetch(request)`, `app.request(url, init)`: the application itself is asked. */
export const fetchedDirectly: Native = (call) => fetchedFrom(call, true);

function fetchedFrom(call: NativeCall, direct: boolean): Value {
  const { m, site, callee, self } = call;
  let out: Value = BOTTOM;
  for (const request of objectsOf(m.heap, argOf(call, 0)).filter((o) => isRequest(m, o))) {
    const part = (name: string): Value => request.props.get(name) ?? UNDEFINED;
    const init = make(m, "object", spot(site, "init"));
    for (const name of ["method", "headers"]) setSlot(m.heap, init, name, part(name));
    setSlot(m.heap, init, "body", part(S.value));
    copyProps(m, init, argOf(call, 1), site);
    out = join(out, callObject(m, callee, self, { list: [part("url"), ofRef(init.id)], rest: null }, site, false));
  }
  return isBottom(out) ? promiseOf(m, received(call, direct), site) : out;
}

/** The response to a request to an address. */
function received(call: NativeCall, direct: boolean): Value {
  const { m, site } = call;
  const init = argOf(call, 1);
  const [method, body, headers] = ["method", "body", "headers"].map((name) => option(call, init, name)) as [Value, Value, Value];
  const answered = exchange(call, { method, url: argOf(call, 0), body, headers, direct });
  return message(m, "Response", answerText(m, answered, site), unknown(m, spot(site, "headers")), site);
}

const isRequest = (m: Machine, obj: Obj): boolean =>
  objectsOf(m.heap, obj.props.get(S.proto) ?? BOTTOM).some((o) => o.kind === "external" && externalName(o) === "Request");

const response: Native = (call) =>
  stepped(
    call,
    message(call.m, "Response", textual(call.m, argOf(call, 0), call.site), option(call, argOf(call, 1), "headers"), call.site),
  );

const request: Native = (call) => {
  const { m, site } = call;
  const init = argOf(call, 1);
  // A request of another has what `init` does not say.
  const others = objectsOf(m.heap, argOf(call, 0)).filter((o) => isRequest(m, o));
  const other = (slot: string): Value => others.reduce((out: Value, o) => join(out, o.props.get(slot) ?? BOTTOM), BOTTOM);
  const said = (name: string): Value => (init.refs.length === 0 ? UNDEFINED : option(call, init, name));
  const or = (v: Value, otherwise: Value): Value =>
    (v.kinds & K.Undefined) === 0 ? v : join(withKinds(v, v.kinds & ~K.Undefined), otherwise);
  const made = message(m, "Request", textual(m, or(said("body"), other(S.value)), site), or(said("headers"), other("headers")), site);
  for (const obj of objectsOf(m.heap, made)) {
    setSlot(m.heap, obj, "url", others.length > 0 ? other("url") : asText(m, argOf(call, 0), site));
    setSlot(m.heap, obj, "method", or(said("method"), others.length > 0 ? other("method") : ofConst("GET")));
  }
  return stepped(call, made);
};

/** A body as text: maps of pairs as their text, streams as all of their chunks, everything else as it is. */
const textual = (m: Machine, v: Value, site: Site): Value =>
  objectsOf(m.heap, v).some((o) => o.kind === "map" || isStream(m, o, site)) ? inOne(m, v, site) : v;

function inOne(m: Machine, v: Value, site: Site): Value {
  let out: Value = BOTTOM;
  for (const o of objectsOf(m.heap, v)) {
    const self = ofRef(o.id, v.via);
    out = join(out, o.kind === "map" ? textOf(m, self, site) : isStream(m, o, site) ? everything(m, self, site) : self);
  }
  return hasPrimitive(v) ? join(out, { ...v, refs: [] }) : out;
}

/** The body of the receiver; bottom when it comes from outside. */
const bodyOf = (call: NativeCall): Value => selves(call).reduce((out: Value, o) => join(out, o.props.get(S.value) ?? BOTTOM), BOTTOM);

const reads =
  (convert: (call: NativeCall, body: Value) => Value, otherwise: (call: NativeCall) => Value): Native =>
  (call) => {
    const body = bodyOf(call);
    return promiseOf(call.m, isBottom(body) ? otherwise(call) : convert(call, body), call.site);
  };

const text: Native = reads(
  (call, body) => decode(call.m, body, call.site),
  () => ANY_STRING,
);
const bytes = (owner: string): Native =>
  reads(
    (call, body) => encode(call.m, owner, body, call.site),
    (call) => carrier(call.m, owner, ANY_STRING, call.site),
  );

const json: Native = reads(
  (call, body) => parsedOf(call, body),
  (call) => unknown(call.m, spot(call.site, "answer")),
);

const formData: Native = (call) => {
  const pairs = newPairs(call.m, "FormData", call.site);
  addAll(call.m, pairs, "FormData", bodyOf(call), call.site);
  return promiseOf(call.m, ofRef(pairs.id), call.site);
};

/** `Response.json(data)`, and the method of the same name. */
const jsonOrMake: Native = (call) => {
  if (!selves(call).some((o) => o.kind === "external")) return json(call);
  const { m, site } = call;
  const content = clone(m, argOf(call, 0), site, "json");
  return stepped(call, message(m, "Response", textFor(m, content, argOf(call, 0), call), BOTTOM, site));
};

const prototype: NativeTable = {
  text,
  json,
  formData,
  arrayBuffer: bytes("ArrayBuffer"),
  bytes: bytes("Uint8Array"),
  blob: bytes("Blob"),
  clone: (call) => call.self,
};

export const web: NativeModule = {
  modules: ["global"],
  natives: {
    fetch: fetched,
    ...methods("Response", prototype),
    ...methods("Request", prototype),
    Response: response,
    Request: request,
    "Response.json": jsonOrMake,
    "Response.redirect": (call) => message(call.m, "Response", BOTTOM, BOTTOM, call.site),
    "Response.error": (call) => message(call.m, "Response", BOTTOM, BOTTOM, call.site),
  },
};
