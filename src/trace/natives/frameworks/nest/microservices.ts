/**
 * `@nestjs/microservices`: what a client sends or emits under a pattern reaches the handlers of that pattern, through whichever transport, and
 * what they give comes back.
 */
import { objectsOf } from "../../../domain/heap.js";
import { BOTTOM, isBottom, join, ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg } from "../../../machine/call.js";
import type { Machine, Native, NativeCall } from "../../../machine/machine.js";
import { namesOf } from "../../../machine/text-parts.js";
import { unknown } from "../../../machine/unknown.js";
import { readPlace, writePlace } from "../../../stores/places.js";
import type { NativeModule } from "../../index.js";
import { newSequence } from "../../libraries/observable.js";
import { RXJS } from "../../libraries/rxjs-operators.js";
import { alike, at, methods } from "../../support.js";
import { callMethod } from "./handler.js";
import { listensTo, type Listening } from "./listeners.js";
import { parameter } from "./parameters.js";

/** The texts of a pattern: its own, or of `{ cmd: "sum" }` its properties in order. */
function patternsIn(m: Machine, v: Value): readonly string[] {
  const described = objectsOf(m.heap, v).filter((o) => o.kind === "object");
  if (described.length === 0) return namesOf(m, v);
  return described.map((o) => {
    const pairs = [...o.props].filter(([name]) => name.charCodeAt(0) !== 0).map(([name, x]) => `${name}=${namesOf(m, x)[0]!}`);
    return pairs.sort((a, b) => (a < b ? -1 : 1)).join("&");
  });
}

const sentUnder = (pattern: string): string => `message:${pattern}`;
const repliedUnder = (pattern: string): string => `reply:${pattern}`;

const read = (call: NativeCall, places: readonly string[]): Value =>
  places.reduce((v, place) => join(v, readPlace(call.m, place, call.site)), BOTTOM);

/** `@MessagePattern("sum")`, `@EventPattern("user.created")`: `(data, context)`, or as the parameters' decorators say. */
export const ON_MESSAGE: Listening = {
  mark: "\0on message",
  listen: (call, cls, fn, told) => {
    const { m, site } = call;
    const patterns = patternsIn(m, told);
    const sent = read(call, patterns.map(sentUnder));
    const data = isBottom(sent) ? unknown(m, `${fn.key} payload`) : sent;
    const transport = unknown(m, `${fn.key} context`);
    callMethod(call, cls, fn, "rpc", [data, transport], {
      part: (name) => (name === "body" ? data : transport),
      plain: (i) => (i === 0 ? data : transport),
      answer: (v) => {
        for (const pattern of patterns) writePlace(m, repliedUnder(pattern), v, site);
      },
    });
  },
};

/** `client.send(pattern, data)`: an observable of the reply. */
const send: Native = (call) => {
  const { m, site } = call;
  const patterns = patternsIn(m, arg(call.args, 0));
  for (const pattern of patterns) writePlace(m, sentUnder(pattern), arg(call.args, 1), site);
  const replied = read(call, patterns.map(repliedUnder));
  const reply = isBottom(replied) ? unknown(m, at(call, "reply")) : replied;
  return ofRef(newSequence(m, RXJS, site, { list: [reply], rest: null }, "Observable", "reply").id);
};

export const nestMicroservices: NativeModule = {
  modules: ["@nestjs/microservices"],
  natives: {
    ...alike(["MessagePattern", "EventPattern"], listensTo(ON_MESSAGE)),
    Payload: parameter("body"),
    Ctx: parameter("context"),
    ...methods("ClientProxy", { ...alike(["send", "emit"], send), ...alike(["connect", "close"], () => UNDEFINED) }),
    ...methods("ClientKafka", alike(["send", "emit"], send)),
  },
};
