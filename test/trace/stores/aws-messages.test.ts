/** Amazon's queues, topics, buses and buckets, as functions and workers hear of them. */
import { writtenAndRead } from "./written-and-read.js";

writtenAndRead(
  "sqs lambda untyped",
  {
    "index.ts": `import { SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
const sqs = new SQSClient({});
export async function report() {
  const user = loadUser();
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL!, MessageBody: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }) }));
}
await report();`,
  },
  `export const handler = async (event: any) => {
  for (const record of event.Records) {
    const body = JSON.parse(record.body);
    train(body.prompt); //! user.prompt
    train(body.kind); //! none
    train(body.name.length); //! none
  }
};`,
);

writtenAndRead(
  "sqs lambda typed",
  {
    "index.ts": `import { SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
const sqs = new SQSClient({});
const user = loadUser();
await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL!, MessageBody: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }), MessageAttributes: { who: { DataType: "String", StringValue: user.id } } }));`,
  },
  `import type { SQSEvent, SQSHandler } from "aws-lambda";
export const handler: SQSHandler = async (event) => {
  for (const record of event.Records) {
    const body = JSON.parse(record.body);
    train(body.prompt); //! user.prompt
    train(body.kind); //! none
    train(record.messageAttributes.who?.stringValue); //! user.id
  }
  return { batchItemFailures: [] };
};`,
);

writtenAndRead(
  "sqs lambda own interface",
  {
    "index.ts": `import { SQS } from "@aws-sdk/client-sqs";
const sqs = new SQS({});
const user = loadUser();
await sqs.sendMessage({ QueueUrl: process.env.QUEUE_URL!, MessageBody: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }) });`,
  },
  `interface SqsEvent { Records: Array<{ messageId: string; body: string }> }
export async function handler(event: SqsEvent): Promise<void> {
  for (const { body } of event.Records) {
    const row = JSON.parse(body);
    train(row.prompt); //! user.prompt
    train(row.kind); //! none
  }
}`,
);

writtenAndRead(
  "sqs lambda destructured",
  {
    "index.ts": `import { SQS } from "@aws-sdk/client-sqs";
const sqs = new SQS({});
const user = loadUser();
await sqs.sendMessage({ QueueUrl: process.env.QUEUE_URL!, MessageBody: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }) });`,
  },
  `export const handler = async ({ Records }) => {
  const rows = Records.map((r) => JSON.parse(r.body));
  train(rows.map((r) => r.prompt)); //! user.prompt
  train(rows.length); //! none
};`,
);

writtenAndRead(
  "sqs lambda batch map",
  {
    "index.ts": `import { SQSClient, SendMessageBatchCommand } from "@aws-sdk/client-sqs";
const sqs = new SQSClient({});
const user = loadUser();
await sqs.send(new SendMessageBatchCommand({ QueueUrl: "https://sqs/q", Entries: [{ Id: "1", MessageBody: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }) }] }));`,
  },
  `import type { SQSEvent, SQSRecord } from "aws-lambda";
async function processRecord(record: SQSRecord) {
  const { prompt, kind } = JSON.parse(record.body) as { prompt: string; kind: string };
  train(prompt); //! user.prompt
  train(kind); //! none
}
export async function handler(event: SQSEvent) {
  await Promise.allSettled(event.Records.map(processRecord));
}`,
);

writtenAndRead(
  "lambda middy",
  {
    "index.ts": `import { SQS } from "@aws-sdk/client-sqs";
const sqs = new SQS({});
const user = loadUser();
await sqs.sendMessage({ QueueUrl: process.env.QUEUE_URL!, MessageBody: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }) });`,
  },
  `import middy from "@middy/core";
import type { SQSEvent } from "aws-lambda";
const lambdaHandler = async (event: SQSEvent) => {
  const rows = event.Records.map((r) => JSON.parse(r.body));
  train(rows.map((r) => r.prompt)); //! user.prompt
  train(rows.map((r) => r.kind)); //! none
};
export const handler = middy().use({}).handler(lambdaHandler);`,
);

writtenAndRead(
  "sns lambda",
  {
    "index.ts": `import { SNSClient, PublishCommand } from "@aws-sdk/client-sns";
const sns = new SNSClient({});
const user = loadUser();
await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC_ARN, Message: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }), Subject: user.id }));`,
  },
  `import type { SNSEvent } from "aws-lambda";
export const handler = async (event: SNSEvent) => {
  const message = JSON.parse(event.Records[0].Sns.Message);
  train(message.prompt); //! user.prompt
  train(message.kind); //! none
  train(event.Records[0].Sns.Subject); //! user.id
};`,
);

writtenAndRead(
  "sns lambda untyped",
  {
    "index.ts": `import { SNSClient, PublishCommand } from "@aws-sdk/client-sns";
const sns = new SNSClient({});
const user = loadUser();
await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC_ARN, Message: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }) }));`,
  },
  `exports.handler = async (event) => {
  for (const record of event.Records) {
    const message = JSON.parse(record.Sns.Message);
    train(message.prompt); //! user.prompt
    train(message.kind); //! none
  }
};`,
);

writtenAndRead(
  "sns in sqs",
  {
    "index.ts": `import { SNSClient, PublishCommand } from "@aws-sdk/client-sns";
const sns = new SNSClient({});
const user = loadUser();
await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC_ARN, Message: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }) }));`,
  },
  `import type { SQSEvent } from "aws-lambda";
export const handler = async (event: SQSEvent) => {
  for (const record of event.Records) {
    const envelope = JSON.parse(record.body);
    const message = JSON.parse(envelope.Message);
    train(message.prompt); //! user.prompt
    train(message.kind); //! none
  }
};`,
);

writtenAndRead(
  "sns in sqs poll",
  {
    "index.ts": `import { SNSClient, PublishCommand } from "@aws-sdk/client-sns";
const sns = new SNSClient({});
const user = loadUser();
await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC_ARN, Message: JSON.stringify({ prompt: user.prompt, kind: "chat" }) }));`,
  },
  `import { SQSClient, ReceiveMessageCommand, DeleteMessageCommand } from "@aws-sdk/client-sqs";
const sqs = new SQSClient({});
const QueueUrl = process.env.QUEUE_URL!;
while (true) {
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  for (const m of Messages ?? []) {
    const message = JSON.parse(JSON.parse(m.Body!).Message);
    train(message.prompt); //! user.prompt
    train(message.kind); //! none
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: m.ReceiptHandle }));
  }
}`,
);

writtenAndRead(
  "sqs consumer",
  {
    "index.ts": `import { SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
const sqs = new SQSClient({});
const user = loadUser();
await sqs.send(new SendMessageCommand({ QueueUrl: "https://sqs/q1", MessageBody: JSON.stringify({ prompt: user.prompt, kind: "chat" }) }));
await sqs.send(new SendMessageCommand({ QueueUrl: "https://sqs/q2", MessageBody: JSON.stringify({ name: user.name }) }));`,
  },
  `import { Consumer } from "sqs-consumer";
const app = Consumer.create({
  queueUrl: "https://sqs/q1",
  handleMessage: async (message) => {
    const body = JSON.parse(message.Body!);
    train(body.prompt); //! user.prompt
    train(body.kind); //! none
    train(body.name); //! none
  },
});
app.on("error", (err) => console.error(err.message));
app.start();`,
);

writtenAndRead(
  "sqs consumer batch",
  {
    "index.ts": `import { Producer } from "sqs-producer";
const producer = Producer.create({ queueUrl: "https://sqs/q1", region: "eu-west-1" });
const user = loadUser();
await producer.send([{ id: "1", body: JSON.stringify({ prompt: user.prompt, kind: "chat" }) }]);`,
  },
  `import { Consumer } from "sqs-consumer";
const app = Consumer.create({
  queueUrl: "https://sqs/q1",
  batchSize: 10,
  handleMessageBatch: async (messages) => {
    const bodies = messages.map((m) => JSON.parse(m.Body!));
    train(bodies.map((b) => b.prompt)); //! user.prompt
    train(bodies.map((b) => b.kind)); //! none
  },
});
app.start();`,
);

writtenAndRead(
  "eventbridge lambda",
  {
    "index.ts": `import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
const bus = new EventBridgeClient({});
const user = loadUser();
await bus.send(new PutEventsCommand({ Entries: [{ Source: "app", DetailType: "PromptSent", EventBusName: "main", Detail: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }) }] }));`,
  },
  `import type { EventBridgeEvent } from "aws-lambda";
export const handler = async (event: EventBridgeEvent<"PromptSent", { prompt: string; kind: string }>) => {
  train(event.detail.prompt); //! user.prompt
  train(event.detail.kind); //! none
};`,
);

writtenAndRead(
  "eventbridge lambda untyped",
  {
    "index.ts": `import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
const bus = new EventBridgeClient({});
const user = loadUser();
await bus.send(new PutEventsCommand({ Entries: [{ Source: "app", DetailType: "PromptSent", Detail: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }) }] }));`,
  },
  `export const handler = async (event: any) => {
  switch (event["detail-type"]) {
    case "PromptSent":
      train(event.detail.prompt); //! user.prompt
      train(event.detail.kind); //! none
      break;
  }
};`,
);

writtenAndRead(
  "lambda s3 event",
  {
    "index.ts": `import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
const s3 = new S3Client({});
const user = loadUser();
await s3.send(new PutObjectCommand({ Bucket: "logs", Key: \`chat/\${Date.now()}.json\`, Body: JSON.stringify({ prompt: user.prompt, kind: "chat" }) }));`,
  },
  `import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { S3Event } from "aws-lambda";
const s3 = new S3Client({});
export const handler = async (event: S3Event) => {
  for (const record of event.Records) {
    const Bucket = record.s3.bucket.name;
    const Key = decodeURIComponent(record.s3.object.key.replace(/\\+/g, " "));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const row = JSON.parse(await got.Body!.transformToString());
    train(row.prompt); //! user.prompt
    train(row.kind); //! none
  }
};`,
);
