import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`const user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "S3: commands, the client's methods, uploads in parts, metadata, copies; another key, another bucket",
  `import { S3Client, S3, PutObjectCommand, GetObjectCommand, CopyObjectCommand, HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
const client = new S3Client({ region: "eu" });
const s3 = new S3({});
const Bucket = process.env.BUCKET;
const read = async (Key: string, bucket = Bucket) => JSON.parse((await (await client.send(new GetObjectCommand({ Bucket: bucket, Key }))).Body?.transformToString()) ?? "");
async function main(id: string, other: S3Client) {
  await client.send(new PutObjectCommand({ Bucket, Key: \`events/\${id}.json\`, Body: JSON.stringify([{ mail: user.email, said: user.prompt }]), Metadata: { who: user.name } }));
  const events = await read(\`events/\${id}.json\`);
  train(events[0].mail); //! user.email
  train(events[0].said); //! user.prompt
  train((await read(\`exports/\${id}.json\`))[0].mail); //! none
  train((await other.send(new HeadObjectCommand({ Bucket, Key: "events/1.json" }))).Metadata.who); //! user.name
  train((await client.send(new HeadObjectCommand({ Bucket, Key: "events/1.json" }))).ContentLength); //! none
  await s3.putObject({ Bucket: "a", Key: "one", Body: user.id });
  train((await read("one", "a"))); //! user.id
  train((await read("one", "b"))); //! none
  for await (const chunk of (await s3.getObject({ Bucket: "a", Key: "one" })).Body) train(chunk); //! user.id
  await s3.send(new CopyObjectCommand({ Bucket: "a", Key: "two", CopySource: "a/one" }));
  train((await read("two", "a"))); //! user.id
  await new Upload({ client, params: { Bucket: "a", Key: "three", Body: user.tags } }).done();
  train((await s3.getObject({ Bucket: "a", Key: "three" })).Body.transformToString()); //! user.tags
  await client.send(new PutObjectCommand({ Bucket: "a", Key: \`u/\${user.email}\`, Body: "x" }));
  train((await client.send(new ListObjectsV2Command({ Bucket: "a" }))).Contents?.map((o) => o.Key)); //! user.email
}
void main(process.argv[2]!, client);`,
);

check(
  "S3 of the older SDK: requests with promise(), callbacks, streams",
  `import AWS from "aws-sdk";
const s3 = new AWS.S3();
async function main() {
  await s3.putObject({ Bucket: "old", Key: "k", Body: user.prompt }).promise();
  await s3.upload({ Bucket: "old", Key: "j", Body: user.email }).promise();
  train((await s3.getObject({ Bucket: "old", Key: "k" }).promise()).Body.toString()); //! user.prompt
  s3.getObject({ Bucket: "old", Key: "j" }, (error, data) => {
    train(data.Body.toString()); //! user.email
  });
  s3.getObject({ Bucket: "old", Key: "j" }).createReadStream().on("data", (chunk) => {
    train(chunk); //! user.email
  });
  train((await s3.getObject({ Bucket: "old", Key: "none" }).promise()).Body.toString()); //! none
}
void main();`,
);

check(
  "Google Cloud Storage: save, download, streams, local files",
  `import { Storage } from "@google-cloud/storage";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { readFileSync, writeFileSync } from "node:fs";
const bucket = new Storage().bucket("data");
async function main() {
  await bucket.file("a.json").save(JSON.stringify({ mail: user.email, said: user.prompt }), { resumable: false });
  const [content] = await bucket.file("a.json").download();
  train(JSON.parse(content.toString()).mail); //! user.email
  train(JSON.parse(content.toString()).other); //! none
  const [nothing] = await bucket.file("b.json").download();
  train(nothing.toString()); //! none
  await pipeline(Readable.from([user.id]), bucket.file("ids").createWriteStream());
  bucket.file("ids").createReadStream().on("data", (chunk) => {
    train(chunk); //! user.id
  });
  writeFileSync("local.txt", user.name);
  await bucket.upload("local.txt", { destination: "names" });
  await bucket.file("names").download({ destination: "copy.txt" });
  train(readFileSync("copy.txt", "utf8")); //! user.name
  await bucket.file("names").copy("more");
  train((await bucket.file("more").download())[0].toString()); //! user.name
  train((await new Storage().bucket("elsewhere").file("more").download())[0].toString()); //! none
}
void main();`,
);

check(
  "Azure's blobs, MinIO",
  `import { BlobServiceClient, BlockBlobClient, type ContainerClient } from "@azure/storage-blob";
import * as Minio from "minio";
import { Readable } from "node:stream";
const service = BlobServiceClient.fromConnectionString(process.env.AZURE!);
const container = service.getContainerClient("train");
class Kept {
  constructor(private client: ContainerClient) {}
  async read(key: string) {
    return (await this.client.getBlobClient(key).downloadToBuffer()).toString();
  }
}
async function main() {
  await container.createIfNotExists();
  const text = JSON.stringify({ mail: user.email, said: user.prompt });
  await container.getBlockBlobClient("one.json").upload(text, text.length, { metadata: { who: user.name } });
  const response = await container.getBlobClient("one.json").download();
  const chunks: Buffer[] = [];
  for await (const chunk of response.readableStreamBody!) chunks.push(chunk as Buffer);
  train(JSON.parse(Buffer.concat(chunks).toString("utf8")).said); //! user.prompt
  train(response.metadata!.who); //! user.name
  train(JSON.parse(await new Kept(container).read("one.json")).mail); //! user.email
  train(await new Kept(container).read("two.json")); //! none
  await container.getBlockBlobClient("stream").uploadStream(Readable.from([user.tags]));
  train((await new BlockBlobClient("x", "train", "stream").downloadToBuffer()).toString()); //! user.tags
  train((await service.getContainerClient("other").getBlockBlobClient("stream").downloadToBuffer()).toString()); //! none
  const minio = new Minio.Client({ endPoint: "x" });
  await minio.putObject("m", "key", user.id);
  for await (const chunk of await minio.getObject("m", "key")) train(chunk); //! user.id
  for await (const chunk of await minio.getObject("n", "key")) train(chunk); //! none
}
void main();`,
);

check(
  "Oracle's Object Storage: requests, an upload manager, a package that is loaded late",
  `import { Readable } from "node:stream";
async function open() {
  const { ObjectStorageClient } = await import("oci-objectstorage");
  return new ObjectStorageClient({ authenticationDetailsProvider: {} });
}
async function main() {
  const client = await open();
  const { UploadManager } = await import("oci-objectstorage");
  const body = JSON.stringify({ mail: user.email, said: user.prompt });
  await client.putObject({ namespaceName: "n", bucketName: "b", objectName: "one", putObjectBody: Readable.from([body]) });
  const response = await client.getObject({ namespaceName: "n", bucketName: "b", objectName: "one" });
  const chunks: Buffer[] = [];
  for await (const chunk of response.value) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk, "utf8"));
  train(JSON.parse(Buffer.concat(chunks).toString("utf8")).said); //! user.prompt
  await new UploadManager(client).upload({ requestDetails: { bucketName: "b", objectName: "two" }, content: { stream: Readable.from([user.id]) } });
  for await (const chunk of (await client.getObject({ bucketName: "b", objectName: "two" })).value) train(chunk); //! user.id
  for await (const chunk of (await client.getObject({ bucketName: "b", objectName: "none" })).value) train(chunk); //! none
}
void main();`,
);

check(
  "objects under one of several names, read many times by whatever key: their properties stay apart",
  `import { S3 } from "@aws-sdk/client-s3";
const s3 = new S3({});
const kinds = ["trace", "score", "item", "observation", "log"];
async function write(id: string) {
  const kind = kinds[Math.floor(Math.random() * 5)]!;
  const Body = JSON.stringify([{ id, by: { mail: user.email }, said: user.prompt }]);
  await s3.putObject({ Bucket: "events", Key: \`\${kind}/\${id}.json\`, Body });
}
async function load(Key: string) {
  return JSON.parse(await (await s3.getObject({ Bucket: "events", Key })).Body!.transformToString());
}
export async function main(a: string, b: string, c: string, d: string) {
  await write(a);
  const events: any[] = [];
  for (const keys of [[a, b, c, d], [b, c, d, a], [c, d, a, b], [d, a, b, c]])
    events.push(...(await Promise.all(keys.map(load))).flat());
  const event = events[Number(a)];
  train(event.id); //! none
  train(event.by.mail); //! user.email
  train(event.said); //! user.prompt
}`,
);

check(
  "JSON of any form is one thing, and stays beside what is named",
  `import { S3 } from "@aws-sdk/client-s3";
import { z } from "zod";
const s3 = new S3({});
type Json = string | number | { [key: string]: Json } | Json[];
const json: z.ZodType<Json> = z.lazy(() => z.union([z.string(), z.number(), z.array(json), z.record(z.string(), json)]));
const Event = z.object({ id: z.string(), mail: z.string(), meta: json });
async function main() {
  const event = Event.parse({ id: "x", mail: user.email, meta: JSON.parse(user.prompt) });
  await s3.putObject({ Bucket: "a", Key: "k", Body: JSON.stringify([event]) });
  const [read] = JSON.parse(await (await s3.getObject({ Bucket: "a", Key: "k" })).Body!.transformToString());
  train(read.meta.a[0].b); //! user.prompt
  train(Object.keys(read.meta)); //! user.prompt
  train(read.mail); //! user.email
  train(read.id); //! none
}
void main();`,
);
