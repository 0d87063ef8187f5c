/** Brokers: what is published under a name reaches who listens to it, field by field; another name is another place. */
import { check } from "./check.js";

check(
  "KafkaJS: by topic, one by one and in batches, however many are heard",
  `import { producer } from "@acme/kafka";
import { Kafka } from "kafkajs";
const kafka = new Kafka({ brokers: [] });
const consumer = kafka.consumer({ groupId: "a" });
async function send() {
  await producer.connect();
  await producer.send({ topic: "users", messages: [{ key: user.id, value: JSON.stringify({ mail: user.email, n: user.name.length }) }] });
  await producer.sendBatch({ topicMessages: [{ topic: "prompts", messages: [{ value: user.prompt }] }, { topic: "names", messages: [{ value: user.name }] }] });
}
async function listen() {
  await consumer.subscribe({ topics: ["users", "prompts"] });
  await consumer.run({
    eachMessage: async ({ topic, partition, message, heartbeat }) => {
      await heartbeat();
      train(message.offset, partition); //! none
      if (topic === "users") {
        train(JSON.parse(message.value!.toString()).mail); //! user.email
        train(JSON.parse(message.value!.toString()).n); //! none
        train(message.key?.toString()); //! user.id
      } else train(message.value); //! user.prompt
    },
  });
  const other = kafka.consumer({ groupId: "b" });
  await other.subscribe({ topic: "names", fromBeginning: true });
  await other.run({
    eachBatch: async ({ batch, resolveOffset }) => {
      train(batch.messages.length); //! none
      for (const message of batch.messages) {
        train(message.value); //! user.name
        resolveOffset(message.offset);
      }
    },
  });
  const none = kafka.consumer({ groupId: "c" });
  await none.subscribe({ topic: "name" });
  await none.run({ eachMessage: async ({ message }) => { train(message.value); } }); //! none
  const some = kafka.consumer({ groupId: "d" });
  await some.subscribe({ topic: /name.*/ });
  await some.run({ eachMessage: async ({ message }) => { train(message.value); } }); //! user.email user.name user.prompt
}
void send();
void listen();`,
  {
    packages: { "@acme/kafka": "kafka.ts" },
    files: { "kafka.ts": `import { Kafka } from "kafkajs";\nexport const producer = new Kafka({ brokers: [] }).producer();\n` },
  },
);

check(
  "amqplib: queues, and exchanges with the queues that are bound to them",
  `import { channel } from "@acme/rabbit";
const encode = (x: unknown) => Buffer.from(JSON.stringify(x));
async function send() {
  const ch = await channel();
  await ch.assertQueue("jobs", { durable: true });
  ch.sendToQueue("jobs", encode({ mail: user.email, n: user.name.length }), { persistent: true });
  ch.publish("", "direct", encode({ who: user.id }));
  ch.publish("events", "user.created", encode({ text: user.prompt }));
  ch.publish("events", "team.created", encode({ name: user.name }));
}
async function listen() {
  const ch = await channel();
  await ch.consume("jobs", (msg) => {
    if (msg === null) return;
    const job = JSON.parse(msg.content.toString());
    train(job.mail); //! user.email
    train(job.n); //! none
    train(msg.fields.routingKey); //! none
    ch.ack(msg);
  });
  await ch.consume("direct", (msg) => { train(msg!.content); }); //! user.id
  await ch.bindQueue("trainer", "events", "user.*");
  await ch.consume("trainer", (msg) => { train(JSON.parse(msg!.content.toString())); }); //! user.prompt
  const { queue } = await ch.assertQueue("", { exclusive: true });
  await ch.bindQueue(queue, "events", "#");
  await ch.consume(queue, (msg) => { train(JSON.parse(msg!.content.toString()).name); }); //! user.name
  const got = await ch.get("jobs");
  if (got) train(got.content); //! user.email
  await ch.consume("others", (msg) => { train(msg!.content); }); //! none
}
void send();
void listen();`,
  {
    packages: { "@acme/rabbit": "rabbit.ts" },
    files: {
      "rabbit.ts": `import amqp from "amqplib";
export async function channel() {
  const connection = await amqp.connect(process.env.AMQP_URL!);
  return connection.createChannel();
}
`,
    },
  },
);

check(
  "SQS: what is sent to a queue's address is received from it",
  `import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient, SQS } from "@aws-sdk/client-sqs";
import { JOBS } from "@acme/names";
const client = new SQSClient({});
async function send() {
  await client.send(new SendMessageCommand({ QueueUrl: JOBS, MessageBody: JSON.stringify({ mail: user.email, n: user.name.length }) }));
  await client.send(new SendMessageBatchCommand({ QueueUrl: "https://sqs/b", Entries: [{ Id: "1", MessageBody: user.prompt }] }));
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: "named" }));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: user.id }));
}
async function receive() {
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: JOBS, WaitTimeSeconds: 20 }));
  for (const message of Messages) {
    const job = JSON.parse(message.Body!);
    train(job.mail); //! user.email
    train(job.n); //! none
    train(message.MessageId); //! none
    await client.send(new DeleteMessageCommand({ QueueUrl: JOBS, ReceiptHandle: message.ReceiptHandle }));
  }
  train(Messages.length); //! none
  const batch = await new SQS({}).receiveMessage({ QueueUrl: "https://sqs/b" });
  train(batch.Messages?.[0]?.Body); //! user.prompt
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: "named" }));
  const named = await client.send(new ReceiveMessageCommand({ QueueUrl }));
  train(named.Messages?.[0]?.Body); //! user.id
  const other = await client.send(new ReceiveMessageCommand({ QueueUrl: "https://sqs/other" }));
  train(other.Messages?.[0]?.Body); //! none
}
void send();
void receive();`,
  { packages: { "@acme/names": "names.ts" }, files: { "names.ts": `export const JOBS = "https://sqs/jobs";\n` } },
);

check(
  "NATS: subjects with wildcards, requests and replies, codecs, streams, buckets",
  `import { connect, JSONCodec, StringCodec } from "nats";
const text = StringCodec();
const json = JSONCodec<any>();
async function send() {
  const nc = await connect();
  nc.publish("users.created", json.encode({ mail: user.email, n: user.name.length }));
  nc.publish("teams.created", text.encode(user.name));
  const reply = await nc.request("score.one", JSON.stringify({ text: user.prompt }));
  train(reply.string()); //! user.age
  const js = nc.jetstream();
  await js.publish("stream.a", JSON.stringify({ who: user.id }));
  const kv = await js.views.kv("profiles");
  await kv.put("a", text.encode(user.email));
}
async function listen() {
  const nc = await connect();
  const sub = nc.subscribe("users.*");
  for await (const msg of sub) {
    train(json.decode(msg.data).mail); //! user.email
    train(json.decode(msg.data).n); //! none
    train(msg.subject); //! none
  }
  nc.subscribe("teams.>", { callback: (err, msg) => { train(err); train(text.decode(msg.data)); } }); //! user.name
  nc.subscribe("score.one", {
    callback: (_err, msg) => {
      train(msg.json().text); //! user.prompt
      msg.respond(String(user.age));
    },
  });
  nc.subscribe("other", { callback: (_err, msg) => { train(msg.data); } }); //! none
}
async function read() {
  const nc = await connect();
  const js = nc.jetstream();
  const consumer = await js.consumers.get("S", "c");
  for await (const msg of await consumer.consume()) {
    // Which subjects the stream has no code tells.
    train(msg.json().who); //! user.id user.name
    msg.ack();
  }
  const kv = await js.views.kv("profiles");
  train((await kv.get("a"))?.string()); //! user.email
  train((await kv.get("b"))?.string()); //! none
}
void send();
void listen();
void read();`,
);

check(
  "functions of AWS Lambda get what is sent to any queue, topic or bus",
  `import type { EventBridgeEvent, SNSEvent, SQSEvent, SQSRecord } from "aws-lambda";
import "./send.js";
export const onQueue = async (event: SQSEvent) => {
  for (const record of event.Records) {
    train(JSON.parse(record.body).mail); //! user.email
    train(JSON.parse(record.body).n); //! none
    train(record.messageId); //! none
  }
};
export function one(record: SQSRecord) {
  // A queue may have subscribed to the topic.
  train(record.body); //! user.email user.prompt
}
export async function onTopic(event: SNSEvent) {
  train(event.Records[0]!.Sns.Message); //! user.prompt
}
export async function onBus(event: EventBridgeEvent<"created", { name: string; n: number }>) {
  train(event.detail.name); //! user.name
  train(event.detail.n); //! none
}`,
  {
    files: {
      "send.ts": `import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { loadUser } from "./source.js";
const user = loadUser();
export async function send() {
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.URL, MessageBody: JSON.stringify({ mail: user.email, n: user.name.length }) }));
  await new SNSClient({}).send(new PublishCommand({ TopicArn: process.env.ARN, Message: user.prompt }));
  await new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [{ DetailType: "created", Detail: JSON.stringify({ name: user.name, n: user.name.length }) }] }));
}
`,
    },
  },
);

check(
  "sqs-consumer and sqs-producer",
  `import { Consumer } from "sqs-consumer";
import { Producer } from "sqs-producer";
void Producer.create({ queueUrl: "https://sqs/a" }).send([{ id: "1", body: user.email }]);
void Producer.create({ queueUrl: "https://sqs/b" }).send({ id: "1", body: user.name });
const app = Consumer.create({
  queueUrl: "https://sqs/a",
  handleMessage: async (message) => {
    train(message.Body); //! user.email
    train(message.MessageId); //! none
    return message;
  },
});
app.start();
Consumer.create({
  queueUrl: "https://sqs/b",
  handleMessageBatch: async (messages) => {
    train(messages[0]?.Body); //! user.name
    train(messages.length); //! none
    return messages;
  },
}).start();`,
);

check(
  "Pub/Sub",
  `import { PubSub } from "@google-cloud/pubsub";
const pubsub = new PubSub();
void pubsub.topic("prompts").publishMessage({ json: { text: user.prompt, n: user.prompt.length }, attributes: { who: user.id } });
pubsub.subscription("prompts-sub").on("message", (message) => {
  const { text, n } = JSON.parse(message.data.toString());
  train(text); //! user.prompt
  train(n); //! none
  train(message.attributes.who); //! user.id
  message.ack();
});`,
);
