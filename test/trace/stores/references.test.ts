/** Sinks that are given the name of what they take: a URI of objects in a bucket. */
import { describe, expect, it } from "vitest";
import { run } from "../program.js";

const SINKS = `extends: [purpose-lint/recommended]\nsinks:\n`;

const trained = (code: string): readonly string[] => [
  ...new Set(
    run(
      `import { S3Client, PutObjectCommand } from "@aws-sdk/client-s3";
import { BedrockClient, CreateModelCustomizationJobCommand } from "@aws-sdk/client-bedrock";
import { GoogleGenAI } from "@google/genai";
import { Storage } from "@google-cloud/storage";
const s3 = new S3Client({}), bedrock = new BedrockClient({}), google = new GoogleGenAI({}), user = loadUser();
const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: "acme", Key, Body }));
const customize = (s3Uri: string) => bedrock.send(new CreateModelCustomizationJobCommand({ trainingDataConfig: { s3Uri } }));
void put("train/rows.jsonl", user.prompt);
void put("logs/rows.jsonl", user.email);
${code}`,
      { sinks: SINKS },
    )
      .flows.filter(({ sink }) => sink.id !== "train")
      .map(({ field }) => field),
  ),
];

describe("a URI at a sink", () => {
  it("is what was written to the object", () => {
    expect(trained(`void customize("s3://acme/train/rows.jsonl");`)).toEqual(["user.prompt"]);
  });

  it("is what was written under it", () => {
    expect(trained(`void customize("s3://acme/train/");`)).toEqual(["user.prompt"]);
  });

  it("is all that varies in it", () => {
    expect(trained("void customize(`s3://acme/${process.env.KIND}/rows.jsonl`);")).toEqual(["user.email", "user.prompt"]);
  });

  it("is nothing that was written elsewhere, or to another bucket", () => {
    expect(trained(`void customize("s3://acme/test/rows.jsonl"); void customize("s3://other/train/rows.jsonl");`)).toEqual([]);
  });

  it("is nothing where only its name is known to vary", () => {
    expect(trained(`void customize(process.env.URI!);`)).toEqual([]);
  });

  it("is one of Google's as well", () => {
    expect(
      trained(`await new Storage().bucket("acme-gcs").file("set.jsonl").save(user.name);
await google.tunings.tune({ baseModel: "m", trainingDataset: { gcsUri: "gs://acme-gcs/set.jsonl" } });`),
    ).toEqual(["user.name"]);
  });
});
