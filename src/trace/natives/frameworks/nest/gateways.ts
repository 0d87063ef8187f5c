/** `@nestjs/websockets`: gateways, whose methods hear the events of Socket.IO, and answer by what they give: `{ event, data }`, or an acknowledgement. */
import { objectsOf } from "../../../domain/heap.js";
import { isBottom, ofRef, type Value } from "../../../domain/value.js";
import type { NativeCall } from "../../../machine/machine.js";
import { getNamed } from "../../../machine/props.js";
import { namesOf } from "../../../machine/text-parts.js";
import { unknown } from "../../../machine/unknown.js";
import type { NativeModule } from "../../index.js";
import { received, reply, send } from "../sockets/socket-io.js";
import { callMethod } from "./handler.js";
import { listensTo, started, type Listening } from "./listeners.js";
import { parameter } from "./parameters.js";

const ON_EVENT: Listening = {
  mark: "\0on socket event",
  listen: (call, cls, fn, told) => {
    const { m, site } = call;
    const names = namesOf(m, told);
    const body = received(m, "server", names, `${fn.key} socket`, site)?.list[0] ?? unknown(m, `${fn.key} event`);
    const client = unknown(m, `${fn.key} client`);
    callMethod(call, cls, fn, "ws", [client, body], {
      part: (name) => (name === "body" ? body : client),
      plain: (i) => (i === 0 ? client : body),
      answer: (v) => {
        respond(call, names, v);
      },
    });
  },
};

function respond(call: NativeCall, names: readonly string[], v: Value): void {
  const { m, site } = call;
  const named = objectsOf(m.heap, v).filter((o) => o.props.has("event") && o.props.has("data"));
  for (const o of named) {
    const data = getNamed(m, ofRef(o.id), "data", site);
    send(m, "client", namesOf(m, getNamed(m, ofRef(o.id), "event", site)), { list: [data], rest: null }, site);
  }
  if (named.length === 0 && !isBottom(v)) reply(m, "server", names, { list: [v], rest: null }, site);
}

export const nestGateways: NativeModule = {
  modules: ["@nestjs/websockets"],
  natives: {
    WebSocketGateway: started([ON_EVENT]),
    SubscribeMessage: listensTo(ON_EVENT),
    MessageBody: parameter("body"),
    ConnectedSocket: parameter("client"),
  },
};
