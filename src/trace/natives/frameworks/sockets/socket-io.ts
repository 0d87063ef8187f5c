/**
 * Socket.IO: what one side emits under a name the other side hears under that name, and what it acknowledges comes back. Namespaces and rooms are
 * not told apart. An event that servers hear is the route `WS /name`, its first argument the body; what they emit or acknowledge under it answers.
 */
import { isRunnable, objectsOf, S, setSlot } from "../../../domain/heap.js";
import type { Site } from "../../../domain/labels.js";
import { HOLE } from "../../../domain/text-pattern.js";
import { BOTTOM, join, ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue } from "../../../machine/call.js";
import { external, externalData } from "../../../machine/external.js";
import { make, type Args, type FunctionData, type Machine, type Native, type NativeCall } from "../../../machine/machine.js";
import { getNamed } from "../../../machine/props.js";
import { namesOf } from "../../../machine/text-parts.js";
import { unknown } from "../../../machine/unknown.js";
import type { NativeModule } from "../../index.js";
import { promiseOf } from "../../settle.js";
import { at, instance, nativeValue } from "../../support.js";
import { announce, answer, later, newRequest } from "../requests.js";
import { tell, told } from "../told.js";

/** Who hears. */
export type Side = "server" | "client";

const other = (side: Side): Side => (side === "server" ? "client" : "server");
const placesOf = (side: Side, what: "event" | "reply", names: readonly string[]): readonly string[] =>
  names.map((name) => `socket ${what} ${side}:${name}`);
const urlsOf = (names: readonly string[]): readonly string[] => names.filter((name) => !name.includes(HOLE)).map((name) => `/${name}`);

/** Sends an event to a side. */
export function send(m: Machine, to: Side, names: readonly string[], args: Args, site: Site): void {
  tell(m, placesOf(to, "event", names), args, site);
  if (to === "client") for (const v of args.list) answer(m, "WS", urlsOf(names), v, site);
}

/** What a side gets with an event: its arguments; of a server's, with what declared routes say of the first. */
export function received(m: Machine, side: Side, names: readonly string[], where: string, site: Site): Args | null {
  const args = told(m, placesOf(side, "event", names), site);
  const urls = urlsOf(names);
  if (side === "client" || urls.length === 0) return args;
  const request = newRequest(m, where, "WS", urls, site);
  announce(m, "WS", urls, request, site);
  const body = getNamed(m, request, "body", site);
  return { list: [join(args?.list[0] ?? BOTTOM, body), ...(args?.list.slice(1) ?? [])], rest: args?.rest ?? null };
}

/** Answers an event. */
export function reply(m: Machine, side: Side, names: readonly string[], args: Args, site: Site): void {
  tell(m, placesOf(side, "reply", names), args, site);
  if (side === "server") for (const v of args.list) answer(m, "WS", urlsOf(names), v, site);
}

/** Hears an event, later; a function behind its arguments acknowledges it. */
function listen(call: NativeCall, side: Side, name: Value, fn: Value): void {
  const names = namesOf(call.m, name);
  for (const handler of objectsOf(call.m.heap, fn).filter(isRunnable))
    later(call.m, call.site, `${side} hears ${names.join()} ${handler.key}`, ({ m, site }) => {
      const args = received(m, side, names, `${handler.key} ${side}`, site) ?? { list: [unknown(m, `${handler.key} event`)], rest: null };
      const ack = nativeValue(m, site, "acknowledge", (inner) => {
        reply(inner.m, side, names, inner.args, inner.site);
        return UNDEFINED;
      });
      const missing = ((handler.data as Partial<FunctionData>).code?.fn.params.length ?? 0) - args.list.length - 1;
      const between = Array.from({ length: Math.max(0, missing) }, (_, i) => unknown(m, `${handler.key} event ${i}`));
      return callValue(m, ofRef(handler.id), call.self, { list: [...args.list, ...between, ack], rest: args.rest }, site);
    });
}

/** `emit(name, …arguments, acknowledged?)`. */
const emit =
  (to: Side, isWaiting: boolean): Native =>
  (call) => {
    const { m, site, args } = call;
    const names = namesOf(m, arg(args, 0));
    const list = args.list.slice(1);
    const last = list.at(-1);
    const callback = last === undefined ? [] : objectsOf(m.heap, last).filter(isRunnable);
    send(m, to, names, { list: callback.length > 0 ? list.slice(0, -1) : list, rest: args.rest }, site);
    for (const fn of callback)
      later(m, site, `acknowledged ${fn.key}`, (job) => {
        const given = told(job.m, placesOf(to, "reply", names), site) ?? { list: [], rest: unknown(job.m, `${fn.key} reply`) };
        return callValue(job.m, ofRef(fn.id), UNDEFINED, given, site);
      });
    if (!isWaiting) return call.self;
    const given = told(m, placesOf(to, "reply", names), site)?.list[0];
    return promiseOf(m, given ?? unknown(m, at(call, "reply")), site);
  };

/** Methods that say to whom, or how: what they give emits as well. */
const SAME = new Set("to in except of local volatile broadcast timeout compress use join leave disconnect connect close off".split(" "));

/** A client connects: the server's listener gets its socket. */
const onConnection = (call: NativeCall, fn: Value): void => {
  later(call.m, call.site, "connection", ({ m, site }) => {
    const socket = make(m, "object", at(call, "socket"));
    setSlot(m.heap, socket, S.proto, ofRef(external(m, "socket.io", ["Socket"]).id));
    for (const name of ["handshake", "data", "id", "request", "rooms"])
      setSlot(m.heap, socket, name, unknown(m, at(call, `socket ${name}`)));
    return callValue(m, fn, UNDEFINED, { list: [ofRef(socket.id)], rest: null }, site);
  });
};

const on =
  (side: Side, isServer: boolean): Native =>
  (call) => {
    const [name, fn] = [arg(call.args, 0), arg(call.args, 1)];
    if (isServer && name.consts.some((c) => c === "connection" || c === "connect")) onConnection(call, fn);
    else listen(call, side, name, fn);
    return call.self;
  };

function match(module: string, path: readonly string[]): Native | undefined {
  const own = path[0] === "default" ? path.slice(1) : path;
  const name = own.at(-1);
  const side: Side = module === "socket.io" ? "server" : "client";
  if (own.length === 0 || (own.length === 1 && (name === "Server" || name === "io" || name === "connect")))
    return (call) => ofRef(instance(call.m, module, side === "server" ? "Server" : "Socket", call.site).id);
  if (own.length < 2 || name === undefined || !/^(Server|Namespace|Socket|\w*Broadcast\w*|RemoteSocket)$/.test(own[0]!)) return undefined;
  if (name === "emit" || name === "emitWithAck" || name === "serverSideEmit") return emit(other(side), name === "emitWithAck");
  if (/^(on|once|addListener|prependListener)$/.test(name)) return on(side, own[0] === "Server" || own[0] === "Namespace");
  return SAME.has(name) ? same : undefined;
}

const same: Native = (call) =>
  call.self.refs.length > 0 ? call.self : ofRef(external(call.m, externalData(call.callee).module, ["Socket"]).id);

export const socketIo: NativeModule = { modules: ["socket.io", "socket.io-client"], natives: {}, match };
