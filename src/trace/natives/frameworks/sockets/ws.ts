/**
 * WebSockets: `ws`, and the platform's `WebSocket`. What a client sends to a path arrives at the servers of that path as text or bytes, and what
 * they send arrives at the clients. A message is the route `WS /path`, taken for JSON its body; a server that names no path serves every one.
 */
import { objectsOf, S, setSlot, type Obj } from "../../../domain/heap.js";
import { HOLE } from "../../../domain/text-pattern.js";
import {
  ANY_STRING,
  BOTTOM,
  exact,
  isBottom,
  join,
  ofConst,
  ofRef,
  spelledPatterns,
  UNDEFINED,
  type Value,
} from "../../../domain/value.js";
import { arg, callValue } from "../../../machine/call.js";
import { textOf } from "../../../machine/clone.js";
import { external } from "../../../machine/external.js";
import { HANDLER } from "../../../machine/handlers.js";
import { make, type Machine, type Native, type NativeCall } from "../../../machine/machine.js";
import { getNamed } from "../../../machine/props.js";
import { unknown } from "../../../machine/unknown.js";
import { readPlace, writePlace } from "../../../stores/places.js";
import { content } from "../../exchange.js";
import type { NativeModule, NativeTable } from "../../index.js";
import { alike, at, instance, listOf, methods, option, record, selves } from "../../support.js";
import { encode } from "../../text.js";
import { requestPath } from "../addresses.js";
import { declaredRoutes } from "../anywhere.js";
import { announce, answer, answeredBy, later, newRequest, sentTo } from "../requests.js";

/** Slots of a socket: the paths it may be of, and that it is a server's. */
const PATH = "\0path";
const SERVES = "\0serves";

function newSocket(m: Machine, where: string, paths: readonly string[], serves: boolean): Obj {
  const socket = make(m, "object", where);
  setSlot(m.heap, socket, S.proto, ofRef(external(m, "global", ["WebSocket"]).id));
  setSlot(
    m.heap,
    socket,
    PATH,
    paths.reduce((v: Value, path) => join(v, ofConst(path)), BOTTOM),
  );
  if (serves) setSlot(m.heap, socket, SERVES, UNDEFINED);
  return socket;
}

const pathsOf = (socket: Obj): readonly string[] => (socket.props.get(PATH) ?? BOTTOM).consts.map(String);

/** `new WebSocket(address)`. */
const client: Native = (call) => {
  const { m } = call;
  const address = arg(call.args, 0);
  const texts = [address, ...objectsOf(m.heap, address).flatMap((o) => [o.props.get(S.pattern) ?? BOTTOM, o.props.get("href") ?? BOTTOM])];
  const paths = texts.flatMap((v) => spelledPatterns(v)).map((p) => requestPath(p)?.text ?? HOLE);
  return ofRef(newSocket(m, at(call, "socket"), paths.length === 0 ? [HOLE] : paths, false).id);
};

/** `socket.send(data)`. */
const send: Native = (call) => {
  const { m, site } = call;
  const data = content(call, arg(call.args, 0));
  for (const socket of selves(call))
    if (!isBottom(data)) {
      if (socket.props.has(SERVES)) answer(m, "WS", pathsOf(socket), data, site);
      else for (const path of pathsOf(socket)) writePlace(m, sentTo("WS", path), data, site);
    }
  return UNDEFINED;
};

/** What a socket gets, as a message. */
function incoming(m: Machine, socket: Obj, where: string, site: NativeCall["site"]): Value {
  const paths = pathsOf(socket);
  if (!socket.props.has(SERVES)) {
    const told = paths.reduce((v: Value, path) => join(v, readPlace(m, answeredBy("WS", path), site)), BOTTOM);
    return isBottom(told) ? ANY_STRING : textOf(m, told, site);
  }
  const request = newRequest(m, where, "WS", paths, site);
  announce(m, "WS", paths, request, site);
  return textOf(m, getNamed(m, request, "body", site), site);
}

/** `on("message", (data) => …)` gets bytes, `onmessage` and `addEventListener` an event with `data`. */
const hears =
  (asEvent: boolean): Native =>
  (call) => {
    const fn = arg(call.args, 1);
    const isMessage = exact(arg(call.args, 0)) === "message";
    for (const socket of selves(call))
      later(call.m, call.site, `hears ${socket.key}`, ({ m, site }) => {
        const where = `${at(call, "message")} ${socket.key}`;
        const data = isMessage ? incoming(m, socket, where, site) : unknown(m, `${where}:data`);
        const given = !isMessage
          ? data
          : asEvent
            ? record(m, { data, target: ofRef(socket.id) }, `${where}:event`)
            : encode(m, "Buffer", data, site);
        return callValue(m, fn, ofRef(socket.id), { list: [given], rest: null }, site);
      });
    return asEvent ? UNDEFINED : call.self;
  };

/** `new WebSocketServer({ path })`. */
const server: Native = (call) => {
  const made = instance(call.m, "ws", "WebSocketServer", call.site);
  const path = exact(option(call, arg(call.args, 0), "path"));
  setSlot(call.m.heap, made, PATH, ofConst(typeof path === "string" ? path : HOLE));
  const socket = newSocket(call.m, at(call, "any client"), [typeof path === "string" ? path : HOLE], true);
  setSlot(call.m.heap, made, "clients", listOf(call.m, ofRef(socket.id), at(call, "clients")));
  return ofRef(made.id);
};

/** A client connects: once for each route that the manifest names, and once for any other. */
const onConnection: Native = (call) => {
  const fn = arg(call.args, 1);
  if (exact(arg(call.args, 0)) !== "connection") return call.self;
  const declared = declaredRoutes(call.m).flatMap(({ method, url }) => (method === "WS" || method === "ALL" ? [url] : []));
  for (const of of selves(call))
    for (const own of pathsOf(of))
      for (const path of own === HOLE ? [...declared, "/*"] : [own])
        later(call.m, call.site, `connection ${path}`, ({ m, site }) => {
          const socket = newSocket(m, `${at(call, "connection")} ${path}`, [path], true);
          return callValue(m, fn, ofRef(of.id), { list: [ofRef(socket.id), unknown(m, at(call, "request"))], rest: null }, site);
        });
  return call.self;
};

const socket: NativeTable = {
  send,
  addEventListener: hears(true),
  [HANDLER]: hears(true),
  ...alike(["on", "once", "addListener"], hears(false)),
  ...alike(["close", "terminate", "ping", "pong", "removeEventListener", "off"], () => UNDEFINED),
};

export const webSockets: readonly NativeModule[] = [
  { modules: ["global"], natives: { WebSocket: client, ...methods("WebSocket", socket) } },
  {
    modules: ["ws", "isomorphic-ws"],
    natives: {
      ...alike(["default", "", "WebSocket"], client),
      ...alike(["WebSocketServer", "Server", "default.Server", "default.WebSocketServer"], server),
      ...methods("WebSocketServer", {
        ...alike(["on", "once", "addListener"], onConnection),
        ...alike(["close", "handleUpgrade", "address"], () => UNDEFINED),
      }),
    },
  },
];
