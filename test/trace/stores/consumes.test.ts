/** Sinks that read a store by reference: `consumes`. */
import { expect, it } from "vitest";
import { run } from "../program.js";

const STORES = `stores:
  - { id: samples, write: "./main.ts:save", key: "0", value: "1" }
  - { id: other, write: "./main.ts:keep", key: "0", value: "1" }
`;
const sinks = (store: string): string => `sinks:\n  - { id: job, purpose: train, call: "./main.ts:start", consumes: ${store} }\n`;
const CODE = `declare const disk: any;
export function save(key: string, value: unknown): void { disk.set(key, value); }
export function keep(key: string, value: unknown): void { disk.set(key, value); }
export function start(job: string): void { disk.start(job); }
export function collect() { save("a", { mail: loadUser().email }); save(String(Math.random()), { text: loadUser().prompt }); }
export function elsewhere() { keep("a", loadUser().name); }
export function run() { start("job"); }
`;

it("takes all that a wrapper has written to it, under whatever key, and nothing of another store", () => {
  const fields = (store: string): string[] =>
    [...new Set(run(CODE, { sources: STORES, sinks: sinks(store) }).flows.map((f) => f.field))].sort();
  expect(fields("samples")).toEqual(["user.email", "user.prompt"]);
  expect(fields("other")).toEqual(["user.name"]);
});

it("takes what is kept under the keys of a bucket that a pattern names, and nothing of others", () => {
  const code = `import { S3Client, PutObjectCommand } from "@aws-sdk/client-s3";
const client = new S3Client({});
const put = (Bucket: string, Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket, Key, Body }));
export function start(job: string): void { console.debug(job); }
export async function collect(id: string) {
  await put("acme", \`train/\${id}/rows.json\`, loadUser().email);
  await put("acme", "logs/a.json", loadUser().name);
  await put("other", "train/a.json", loadUser().prompt);
}
export function run() { start("job"); }
`;
  const fields = (pattern: string): string[] =>
    [
      ...new Set(run(code, { sources: `stores:\n  - { id: set, s3: "${pattern}" }\n`, sinks: sinks("set") }).flows.map((f) => f.field)),
    ].sort();
  expect(fields("acme/train/**")).toEqual(["user.email"]);
  expect(fields("acme/**")).toEqual(["user.email", "user.name"]);
  expect(fields("other")).toEqual(["user.prompt"]);
});

it("takes all that is under the keys of Redis that fit, or in the queue, and nothing of others", () => {
  const code = `import Redis from "ioredis";
import { Queue } from "bullmq";
const redis = new Redis();
export function start(job: string): void { void job; }
export async function collect(id: string) {
  await redis.hset("sample:" + id, { mail: loadUser().email });
  await redis.set("other:" + id, loadUser().name);
  await new Queue("tune").add("x", { text: loadUser().prompt });
  await new Queue("mail").add("x", loadUser().id);
}
export function run() { start("job"); }
`;
  const fields = (sources: string): string[] =>
    [...new Set(run(code, { sources: `stores:\n  - { id: at, ${sources} }\n`, sinks: sinks("at") }).flows.map((f) => f.field))].sort();
  expect(fields('redis: "sample:*"')).toEqual(["user.email"]);
  expect(fields("bullmq: tune")).toEqual(["user.prompt"]);
  expect(fields("bullmq: none")).toEqual([]);
});
