/** Message ports and channels: what is posted at one end arrives, copied, at the other. */
import { joinSlot, objectsOf, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, exact, isBottom, join, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { callValue } from "../machine/call.js";
import { clone } from "../machine/clone.js";
import { external } from "../machine/external.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { emit, emitterMethods, listen } from "./events.js";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { alike, argOf, callable, constant, instance, methods, record, selves } from "./support.js";

/** What has come to a port, for who takes it out himself. */
const INBOX = "\0inbox";
const PEER = "\0peer";
/** Listeners of the web's kind get an event, those of Node's the message itself. */
const WEB = "web message";

const channel: Native = (call) => {
  const { m, site } = call;
  const a = instance(m, "global", "MessagePort", { ...site, at: site.at });
  const b = instance(m, "global", "MessagePort", { ...site, at: site.at + 1 });
  setSlot(m.heap, a, PEER, ofRef(b.id));
  setSlot(m.heap, b, PEER, ofRef(a.id));
  return record(m, { port1: ofRef(a.id), port2: ofRef(b.id) }, spot(site, "channel"));
};

const post: Native = (call) => {
  const { m, site } = call;
  const message = clone(m, argOf(call, 0), site, "structured");
  for (const from of selves(call)) {
    for (const to of objectsOf(m.heap, from.props.get(PEER) ?? BOTTOM)) {
      if (to === from) continue;
      joinSlot(m.heap, to, INBOX, message);
      emit(m, to, ofConst("message"), { list: [message], rest: null }, site);
      const event = record(m, { data: message, type: ofConst("message") }, spot(site, "event"));
      emit(m, to, ofConst(WEB), { list: [event], rest: null }, site);
      const handler = to.props.get("onmessage");
      if (handler !== undefined && callable(m, handler)) callValue(m, handler, ofRef(to.id), { list: [event], rest: null }, site);
    }
  }
  return UNDEFINED;
};

const addEventListener: Native = (call) => {
  const name = exact(argOf(call, 0)) === "message" ? ofConst(WEB) : argOf(call, 0);
  listen(call.m, selves(call), name, argOf(call, 1));
  return UNDEFINED;
};

/** All broadcast channels of one name know each other. */
const broadcast: Native = (call: NativeCall) => {
  const { m, site } = call;
  const port = instance(m, "global", "MessagePort", site);
  const hub: Obj = external(m, "global", ["BroadcastChannel", `#${String(exact(argOf(call, 0)) ?? "?")}`]);
  for (const other of objectsOf(m.heap, hub.props.get(PEER) ?? BOTTOM)) {
    joinSlot(m.heap, other, PEER, ofRef(port.id));
    joinSlot(m.heap, port, PEER, ofRef(other.id));
  }
  joinSlot(m.heap, hub, PEER, ofRef(port.id));
  return ofRef(port.id);
};

const table: NativeTable = {
  MessageChannel: channel,
  BroadcastChannel: broadcast,
  ...methods("MessagePort", {
    ...emitterMethods,
    postMessage: post,
    addEventListener,
    ...alike(["start", "close", "ref", "unref"], constant(UNDEFINED)),
  }),
};

export const messages: NativeModule = { modules: ["global"], natives: table };
export const workerMessages: NativeModule = {
  modules: ["worker_threads"],
  natives: {
    MessageChannel: channel,
    BroadcastChannel: broadcast,
    receiveMessageOnPort: (call) => {
      const held = objectsOf(call.m.heap, argOf(call, 0)).reduce((v: Value, port) => join(v, port.props.get(INBOX) ?? BOTTOM), BOTTOM);
      return isBottom(held) ? UNDEFINED : join(record(call.m, { message: held }, spot(call.site, "received")), UNDEFINED);
    },
  },
};
