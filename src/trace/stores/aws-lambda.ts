/**
 * Events of AWS Lambda: what queues, topics and buses hand to a function. Which of them it is that calls it is told by the deployment, not by
 * the code: it gets what the program sends to any.
 */
import { setSlot, type Origin } from "../domain/heap.js";
import { HOLE } from "../domain/text-pattern.js";
import { isBottom, nonNullish, ofRef, type Value } from "../domain/value.js";
import { make, type Instance, type Machine, type UnknownData } from "../machine/machine.js";
import { getNamed } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule } from "../natives/index.js";
import { listOf } from "../natives/support.js";
import { readPlace } from "./places.js";

/** Something unknown that has these parts. */
function having(m: Machine, origin: Origin, what: string, parts: Readonly<Record<string, Value>>): Value {
  const where = typeof origin === "string" ? origin : "name" in origin ? origin.name : `${origin.file}:${origin.at}`;
  const obj = make(m, "unknown", `${where}:${what}`, { type: undefined, depth: 0, name: "" } satisfies UnknownData);
  for (const [name, v] of Object.entries(parts)) setSlot(m.heap, obj, name, v);
  return ofRef(obj.id);
}

/** What is sent anywhere of a kind, part by part. */
function sent(m: Machine, origin: Origin, kind: string, parts: Readonly<Record<string, string>>): Record<string, Value> {
  const site = typeof origin === "string" ? m.roots.running.at(-1)?.site : "name" in origin ? origin.site : origin;
  const held = site && readPlace(m, `${kind}:${HOLE}`, site);
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => {
      const v = site === undefined || held === undefined || held.refs.length === 0 ? undefined : getNamed(m, held, part, site);
      return [name, v === undefined || isBottom(nonNullish(v)) ? unknown(m, `${kind}:${part}`) : v];
    }),
  );
}

const records = (m: Machine, origin: Origin, record: Value): Value => having(m, origin, "event", { Records: listOf(m, record, "records") });

const queueRecord: Instance = (m, origin) =>
  having(m, origin, "record", sent(m, origin, "sqs", { body: "body", messageAttributes: "attributes" }));

const topicMessage: Instance = (m, origin) =>
  having(m, origin, "message", sent(m, origin, "sns", { Message: "message", Subject: "subject", MessageAttributes: "attributes" }));

const topicRecord: Instance = (m, origin, args, labels) => having(m, origin, "record", { Sns: topicMessage(m, origin, args, labels) });

const queueEvent: Instance = (m, origin, args, labels) => records(m, origin, queueRecord(m, origin, args, labels));
const topicEvent: Instance = (m, origin, args, labels) => records(m, origin, topicRecord(m, origin, args, labels));
const busEvent: Instance = (m, origin) => having(m, origin, "event", sent(m, origin, "eventbridge", { detail: "detail" }));

/** The types of their events, by the names that Lambda's declarations have for them. */
export const awsLambda: NativeModule = {
  modules: ["aws-lambda"],
  natives: {},
  events: {
    SQSRecord: queueRecord,
    SQSEvent: queueEvent,
    SNSMessage: topicMessage,
    SNSEventRecord: topicRecord,
    SNSEvent: topicEvent,
    EventBridgeEvent: busEvent,
  },
};
