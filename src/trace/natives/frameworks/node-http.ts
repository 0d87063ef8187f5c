/** Servers of Node's `http`, `https` and `http2`: `createServer((request, response) => …)`, the body read as a stream. */
import { isFunction, objectsOf, S, setSlot } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { ANY_STRING, exact, isBottom, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue } from "../../machine/call.js";
import { textOf } from "../../machine/clone.js";
import { external } from "../../machine/external.js";
import { leave } from "../../machine/jobs.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule } from "../index.js";
import { newStream } from "../stream-core.js";
import { perhaps } from "../../machine/fork.js";
import { alike, at, lastCallback } from "../support.js";
import { encode } from "../text.js";
import { serveAnywhere, type Address } from "./anywhere.js";
import { announce, newRequest } from "./requests.js";
import { respond, type Opened } from "./routes.js";
import { addressOf } from "./web-request.js";

/** The request as a stream of its body's bytes, with method, address and headers. */
function incoming(m: Machine, request: Value, { method, url }: Address, site: Site, owner: "Readable" | "Duplex"): Value {
  const stream = newStream(m, owner, site);
  setSlot(m.heap, stream, S.rest, encode(m, "Buffer", textOf(m, getNamed(m, request, "body", site), site), site));
  setSlot(m.heap, stream, "method", method === "ALL" ? ANY_STRING : ofConst(method));
  setSlot(m.heap, stream, "url", url === undefined ? ANY_STRING : addressOf(m, request, url, site));
  setSlot(m.heap, stream, "headers", getNamed(m, request, "headers", site));
  for (const name of ["socket", "connection"]) setSlot(m.heap, stream, name, unknown(m, `${site.file}:${site.at}:${name}`));
  return ofRef(stream.id);
}

/** Requests come in, to every address. `ofStreams`: to a listener of http2's `stream` events. */
function serve(call: NativeCall, handler: Value, ofStreams = false): void {
  const { m, site } = call;
  for (const fn of objectsOf(m.heap, handler).filter(isFunction))
    serveAnywhere(m, site, `server ${fn.key}`, (address) => {
      const urls = address.url === undefined ? [] : [address.url];
      const where = `${at(call, "server")} ${address.method} ${address.url ?? "*"}`;
      const request = newRequest(m, where, address.method, urls, site);
      announce(m, address.method, urls, request, site);
      const opened: Opened = { m, app: call.self, request, method: address.method, urls, where, site };
      const first = incoming(m, request, address, site, ofStreams ? "Duplex" : "Readable");
      const response = make(m, "object", `${where}:response`, opened);
      setSlot(m.heap, response, S.proto, ofRef(external(m, "http", ["ServerResponse"]).id));
      setSlot(m.heap, response, "req", first);
      const second = ofStreams ? getNamed(m, first, "headers", site) : ofRef(response.id);
      callValue(m, ofRef(fn.id), call.self, { list: [first, second], rest: null }, site);
      m.alive = true;
    });
}

const createServer: Native = (call) => {
  const server = make(call.m, "object", at(call, "server"));
  setSlot(call.m.heap, server, S.proto, ofRef(external(call.m, "http", ["Server"]).id));
  serve({ ...call, self: ofRef(server.id) }, lastCallback(call.m, call.args) ?? UNDEFINED);
  return ofRef(server.id);
};

const on: Native = (call) => {
  const { m, site } = call;
  const name = exact(arg(call.args, 0));
  if (name === "request" || name === "stream") serve(call, arg(call.args, 1), name === "stream");
  else if (!isBottom(arg(call.args, 1)))
    leave(m, { fn: arg(call.args, 1), self: call.self, args: { list: [], rest: unknown(m, at(call, "event")) }, site, outside: true });
  return call.self;
};

const listen: Native = (call) => {
  const callback = lastCallback(call.m, call.args);
  if (callback !== undefined) perhaps(call.m, () => callValue(call.m, callback, call.self, { list: [], rest: null }, call.site));
  return call.self;
};

const send: Native = (call) => {
  respond(call);
  return call.self;
};
const self: Native = (call) => call.self;

/** `http`, `https` and `http2`. */
export const nodeHttp: NativeModule = {
  modules: ["http", "https", "http2"],
  natives: {
    ...alike(["createServer", "createSecureServer"], createServer),
    ...alike(["Server.on", "Server.once", "Server.addListener"], on),
    ...alike(["Server.listen", "Server.close"], listen),
    ...alike(["ServerResponse.end", "ServerResponse.write"], send),
    ...alike(
      ["setHeader", "writeHead", "appendHeader", "removeHeader", "flushHeaders", "on", "once", "respond", "status"].map(
        (n) => `ServerResponse.${n}`,
      ),
      self,
    ),
    ...alike(
      ["setTimeout", "address", "unref", "ref"].map((n) => `Server.${n}`),
      self,
    ),
  },
};
