/** Objects by a signed address, and what describes them. */
import { writtenAndRead } from "./written-and-read.js";

writtenAndRead(
  "s3 presigned put",
  {
    "url.ts": `import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
const s3 = new S3Client({});
export const uploadUrl = (key: string) => getSignedUrl(s3, new PutObjectCommand({ Bucket: "logs", Key: key }), { expiresIn: 60 });`,
    "upload.ts": `import { uploadUrl } from "./url.js";
const user = loadUser();
const url = await uploadUrl("chat.json");
await fetch(url, { method: "PUT", body: JSON.stringify({ prompt: user.prompt, name: user.name, kind: "chat" }) });`,
  },
  `import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
const s3 = new S3Client({});
const got = await s3.send(new GetObjectCommand({ Bucket: "logs", Key: "chat.json" }));
const row = JSON.parse(await got.Body!.transformToString());
train(row.prompt); //! user.prompt
train(row.kind); //! none
train(row.name.length); //! none`,
);

writtenAndRead(
  "s3 presigned get",
  {
    "upload.ts": `import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
const s3 = new S3Client({});
const user = loadUser();
await s3.send(new PutObjectCommand({ Bucket: "logs", Key: "chat.json", Body: JSON.stringify({ prompt: user.prompt, kind: "chat" }) }));`,
  },
  `import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
const s3 = new S3Client({});
const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: "logs", Key: "chat.json" }));
const row = await (await fetch(url)).json();
train(row.prompt); //! user.prompt
train(row.kind); //! none`,
);

writtenAndRead(
  "gcs signed",
  {
    "upload.ts": `import { Storage } from "@google-cloud/storage";
const file = new Storage().bucket("logs").file("chat.json");
const user = loadUser();
const [url] = await file.getSignedUrl({ version: "v4", action: "write", expires: 1 });
await fetch(url, { method: "PUT", body: JSON.stringify({ prompt: user.prompt, kind: "chat" }) });`,
  },
  `import { Storage } from "@google-cloud/storage";
const [data] = await new Storage().bucket("logs").file("chat.json").download();
const row = JSON.parse(data.toString("utf8"));
train(row.prompt); //! user.prompt
train(row.kind); //! none`,
);

writtenAndRead(
  "s3 metadata",
  {
    "upload.ts": `import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
const s3 = new S3Client({});
const user = loadUser();
await s3.send(new PutObjectCommand({ Bucket: "logs", Key: "chat.json", Body: "x", Metadata: { prompt: user.prompt, kind: "chat" } }));`,
  },
  `import { HeadObjectCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
const s3 = new S3Client({});
const head = await s3.send(new HeadObjectCommand({ Bucket: "logs", Key: "chat.json" }));
train(head.Metadata?.prompt); //! user.prompt
train(head.Metadata?.kind); //! none
const got = await s3.send(new GetObjectCommand({ Bucket: "logs", Key: "chat.json" }));
train(got.Metadata?.prompt); //! user.prompt
train(await got.Body!.transformToString()); //! none`,
);

writtenAndRead(
  "gcs metadata",
  {
    "upload.ts": `import { Storage } from "@google-cloud/storage";
const bucket = new Storage().bucket("logs");
const user = loadUser();
await bucket.file("chat.json").save("x", { metadata: { contentType: "text/plain", metadata: { prompt: user.prompt, kind: "chat" } } });`,
  },
  `import { Storage } from "@google-cloud/storage";
const bucket = new Storage().bucket("logs");
const [meta] = await bucket.file("chat.json").getMetadata();
train(meta.metadata?.prompt); //! user.prompt
train(meta.metadata?.kind); //! none
const [data] = await bucket.file("chat.json").download();
train(data.toString()); //! none`,
);

writtenAndRead(
  "gcs set metadata",
  {
    "upload.ts": `import { Storage } from "@google-cloud/storage";
const bucket = new Storage().bucket("logs");
const user = loadUser();
await bucket.file("chat.json").setMetadata({ metadata: { prompt: user.prompt, kind: "chat" } });`,
  },
  `import { Storage } from "@google-cloud/storage";
const bucket = new Storage().bucket("logs");
const [meta] = await bucket.file("chat.json").getMetadata();
train(meta.metadata?.prompt); //! user.prompt
train(meta.metadata?.kind); //! none`,
);

writtenAndRead(
  "azure metadata",
  {
    "upload.ts": `import { BlobServiceClient } from "@azure/storage-blob";
const container = BlobServiceClient.fromConnectionString("x").getContainerClient("logs");
const user = loadUser();
const blob = container.getBlockBlobClient("chat.json");
await blob.upload("x", 1, { metadata: { prompt: user.prompt, kind: "chat" } });
await blob.setTags({ who: user.id });`,
  },
  `import { BlobServiceClient } from "@azure/storage-blob";
const container = BlobServiceClient.fromConnectionString("x").getContainerClient("logs");
const props = await container.getBlobClient("chat.json").getProperties();
train(props.metadata?.prompt); //! user.prompt
train(props.metadata?.kind); //! none
train((await container.getBlobClient("chat.json").getTags()).tags.who); //! user.id`,
);

writtenAndRead(
  "azure set metadata",
  {
    "upload.ts": `import { BlobServiceClient } from "@azure/storage-blob";
const container = BlobServiceClient.fromConnectionString("x").getContainerClient("logs");
const user = loadUser();
await container.getBlockBlobClient("chat.json").setMetadata({ prompt: user.prompt, kind: "chat" });`,
  },
  `import { BlobServiceClient } from "@azure/storage-blob";
const container = BlobServiceClient.fromConnectionString("x").getContainerClient("logs");
for await (const blob of container.listBlobsFlat({ includeMetadata: true })) {
  train(blob.metadata?.prompt); //! user.prompt
  train(blob.metadata?.kind); //! none
}`,
);
