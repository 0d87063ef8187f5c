/**
 * Events of AWS Lambda: what queues, topics and buses hand to a function. Which of them it is that calls it is told by the deployment, not by
 * the code: it gets what the program sends to any. A handler without types may be any of them.
 */
import type { TypeRef } from "../../link/types.js";
import { setSlot, type Origin } from "../domain/heap.js";
import { NO_LABELS, type Site } from "../domain/labels.js";
import { HOLE } from "../domain/text-pattern.js";
import { ANY_STRING, isBottom, nonNullish, ofRef, type Value } from "../domain/value.js";
import { make, type Instance, type Machine, type UnknownData } from "../machine/machine.js";
import { getNamed } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule } from "../natives/index.js";
import { listOf, record } from "../natives/support.js";
import { someKey } from "./buckets/blobs.js";
import { readPlace } from "./places.js";

const nameOf = (origin: Origin): string =>
  typeof origin === "string" ? origin : "name" in origin ? origin.name : `${origin.file}:${origin.at}`;

const siteOf = (m: Machine, origin: Origin): Site | undefined =>
  typeof origin === "string" ? m.roots.running.at(-1)?.site : "name" in origin ? origin.site : origin;

/** Something unknown that has these parts. */
function having(m: Machine, origin: Origin, what: string, parts: Readonly<Record<string, Value>>): Value {
  const obj = make(m, "unknown", `${nameOf(origin)}:${what}`, { type: undefined, depth: 0, name: "" } satisfies UnknownData);
  for (const [name, v] of Object.entries(parts)) setSlot(m.heap, obj, name, v);
  return ofRef(obj.id);
}

/** A part of what is sent anywhere of a kind. */
function part(m: Machine, origin: Origin, kind: string, name: string): Value {
  const site = siteOf(m, origin);
  const held = site && readPlace(m, `${kind}:${HOLE}`, site);
  const v = site === undefined || held === undefined || held.refs.length === 0 ? undefined : getNamed(m, held, name, site);
  return v === undefined || isBottom(nonNullish(v)) ? unknown(m, `${nameOf(origin)}:${kind}:${name}`) : v;
}

/** What is sent anywhere of a kind, part by part. */
const sent = (m: Machine, origin: Origin, kind: string, parts: Readonly<Record<string, string>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(parts).map(([name, of]) => [name, part(m, origin, kind, of)]));

const records = (m: Machine, origin: Origin, each: Value): Value => having(m, origin, "event", { Records: listOf(m, each, "records") });

const queueParts = (m: Machine, origin: Origin): Record<string, Value> => ({
  body: part(m, origin, "sqs", "body"),
  messageAttributes: part(m, origin, "sqs", "attributes"),
});

const queueRecord: Instance = (m, origin) => having(m, origin, "record", queueParts(m, origin));

const topicMessage: Instance = (m, origin) =>
  having(m, origin, "message", sent(m, origin, "sns", { Message: "message", Subject: "subject", MessageAttributes: "attributes" }));

const topicRecord: Instance = (m, origin, args, labels) => having(m, origin, "record", { Sns: topicMessage(m, origin, args, labels) });

const queueEvent: Instance = (m, origin, args, labels) => records(m, origin, queueRecord(m, origin, args, labels));
const topicEvent: Instance = (m, origin, args, labels) => records(m, origin, topicRecord(m, origin, args, labels));
const busEvent: Instance = (m, origin) => having(m, origin, "event", sent(m, origin, "eventbridge", { detail: "detail" }));

/** What a bucket tells of an object: its name. */
function bucketParts(m: Machine, origin: Origin): Record<string, Value> {
  const site = siteOf(m, origin);
  const key = site === undefined ? ANY_STRING : someKey(m, site);
  const where = nameOf(origin);
  const object = record(m, { key }, `${where}:object`);
  return { s3: having(m, origin, "s3", { object }) };
}

const bucketEvent: Instance = (m, origin) => records(m, origin, having(m, origin, "record", bucketParts(m, origin)));

/** An event that may be any of them. */
const anyEvent: Instance = (m, origin, args, labels) => {
  const each = having(m, origin, "record", {
    ...queueParts(m, origin),
    ...bucketParts(m, origin),
    Sns: topicMessage(m, origin, args, labels),
  });
  return having(m, origin, "event", { Records: listOf(m, each, "records"), detail: part(m, origin, "eventbridge", "detail") });
};

/** `Handler<SQSEvent>`: what its first type argument says. */
const eventOf: Instance = (m, origin, args, labels) => given(m, origin, args[0], labels);
const given = (m: Machine, origin: Origin, type: TypeRef | undefined, labels = NO_LABELS): Value =>
  type === undefined ? anyEvent(m, origin, [], labels) : unknown(m, origin, labels, type);

/** The types of their events, and of the functions that get them, by the names that Lambda's declarations have for them. */
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
    S3Event: bucketEvent,
    "SQSHandler.first": queueEvent,
    "SNSHandler.first": topicEvent,
    "EventBridgeHandler.first": busEvent,
    "S3Handler.first": bucketEvent,
    "Handler.first": eventOf,
  },
};

/** Functions without types that are exported as Lambda's handlers are, by their name and that of what they get. */
export const untypedLambda: NativeModule = {
  modules: ["untyped"],
  natives: {},
  events: Object.fromEntries(
    ["handler", "lambdaHandler", "baseHandler"].flatMap((name) =>
      ["event", "_event", "evt", "e"].map((parameter) => [`${name}.${parameter}`, anyEvent] as const),
    ),
  ),
};
