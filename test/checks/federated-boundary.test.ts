/** federated-boundary over programs of several files, each case beside its near miss. */
import { describe, expect, it } from "vitest";
import { findings, mistakes } from "./program.js";

const manifest = (zone = "{ files: ./mobile/**, may-send: [federated-update] }"): string => `version: 1
purposes: { train: { basis: legitimate-interest } }
fields: { typed.text: { for: [train] }, user.id: { for: [train] } }
sources: [{ field: typed.text, returns: "./mobile/keyboard.ts:read" }, { field: user.id, returns: "./mobile/keyboard.ts:who" }]
sinks: [{ id: train, purpose: train, call: "./server/train.ts:train" }]
transforms:
  - { call: "./mobile/privacy.ts:encodeUpdate", yields: federated-update }
  - { call: "./mobile/privacy.ts:hashed", yields: pseudonymised }
zones: { device: ${zone} }
`;

const FILES = {
  "mobile/keyboard.ts": 'export const read = (): string => "hello";\nexport const who = (): string => "u1";\n',
  "mobile/privacy.ts":
    "export const encodeUpdate = (text: string): number[] => [text.length, text.charCodeAt(0)];\nexport const hashed = (text: string): string => text;\n",
  "server/train.ts": "export function train(x: unknown): void { void x; }\n",
  "shared/http.ts": "export const post = (url: string, body: unknown) => fetch(url, { method: 'POST', body: JSON.stringify(body) });\n",
  "mobile/package.json": '{ "name": "@acme/mobile" }',
};
const IMPORTS = `import { read, who } from "./keyboard.js"; import { encodeUpdate, hashed } from "./privacy.js"; import { post } from "../shared/http.js";\n`;

/** `code` begins on line 2 of mobile/main.ts. */
const found = (code: string, zone?: string, files: Readonly<Record<string, string>> = {}): string[] =>
  findings("federated-boundary", manifest(zone), { ...FILES, ...files, "mobile/main.ts": IMPORTS + code });

describe("what leaves a device", () => {
  it("may be a declared update, and no raw data", () => {
    expect(found("fetch('/update', { method: 'POST', body: JSON.stringify(encodeUpdate(read())) });\n")).toEqual([]);
    expect(found("fetch('/update', { method: 'POST', body: JSON.stringify({ text: read() }) });\n")).toEqual([
      "mobile/main.ts:2 error typed.text leaves zone device identified, over the network at `body.text`: only federated-update may",
    ]);
  });

  it("may not be a pseudonym", () => {
    expect(found("fetch('/update', { method: 'POST', body: hashed(who()) });\n")).toEqual([
      "mobile/main.ts:2 error user.id leaves zone device pseudonymised, over the network at `body`: only federated-update may",
    ]);
    expect(
      found("fetch('/update', { method: 'POST', body: hashed(who()) });\n", "{ files: ./mobile/**, may-send: [pseudonymised] }"),
    ).toEqual([]);
  });

  it.each([
    ["an address", "fetch(`/suggest?q=${read()}`);"],
    ["a header", "fetch('/x', { headers: { 'x-user': read() } });"],
    ["axios", 'axios.post("/x", { text: read() });'],
    ["an instance of axios", 'axios.create({ baseURL: "/" }).post("/x", { text: read() });'],
    ["a beacon", "navigator.sendBeacon('/x', read());"],
    ["a socket", "const socket = new WebSocket('wss://x'); socket.send(read());"],
    ["XMLHttpRequest", "const request = new XMLHttpRequest(); request.open('POST', '/x'); request.send(read());"],
    ["Node", "const request = https.request('https://x'); request.write(read()); request.end();"],
    ["a helper of another folder", "post('/x', { text: read() });"],
  ])("goes by %s", (_, code) => {
    const head = 'import axios from "axios"; import https from "node:https";\n';
    expect(found(`${head}${code}\n`)).toEqual([
      expect.stringMatching(/^(mobile\/main|shared\/http)\.ts:\d error typed\.text leaves zone device identified/),
    ]);
    expect(found(`${head}${code.replace("read()", "String(encodeUpdate(read()))")}\n`)).toEqual([]);
  });

  it.each([
    ["new Image().src = `/p?t=${read()}`;", 1],
    ['const pixel = document.createElement("img"); pixel.setAttribute("src", "/p?t=" + read());', 1],
    [
      'const script = document.createElement("script"); script.src = "/p?t=" + encodeURIComponent(read()); document.body.append(script);',
      1,
    ],
    ['(document.getElementById("pixel") as HTMLImageElement).src = "/p?t=" + read();', 1],
    ['location.href = "/p?t=" + read();', 1],
    ['window.open("/p?t=" + read());', 1],
    ['new Image().src = "/p?n=" + read().length;', 0],
    ["new Image().alt = read();", 0],
    ['document.createElement("a").href = "/p?t=" + read();', 0],
  ])("is sent by what the browser loads: %s", (code, count) => {
    expect(found(`${code}\n`)).toHaveLength(count);
  });

  it("stays, where it is used or kept there", () => {
    expect(found("localStorage.setItem('last', read()); console.log(read()); fetch('/model');\n")).toEqual([]);
    expect(found("fetch('/x', { method: 'POST', body: String(read().length) });\n")).toEqual([]);
  });

  it("is told once for a field and a place", () => {
    expect(found("fetch('/x', { method: 'POST', body: JSON.stringify([read(), { again: read() }]) });\n")).toHaveLength(1);
    expect(found("fetch('/x', { method: 'POST', body: JSON.stringify([read(), who()]) });\n")).toHaveLength(2);
  });

  it("is nothing where nothing may be sent and nothing is", () => {
    expect(found("fetch('/x', { body: JSON.stringify(encodeUpdate(read())) });\n", "{ files: ./mobile/** }")).toEqual([
      expect.stringContaining("typed.text leaves zone device federated-update, over the network at `body[1]`: nothing may"),
    ]);
  });
});

describe("zones", () => {
  it("are code: what a server sends is its own affair", () => {
    const server = `import { read } from "../mobile/keyboard.js";\nfetch("/x", { method: "POST", body: read() });\n`;
    expect(found("", undefined, { "server/main.ts": server })).toEqual([]);
    expect(found("", "{ files: [./mobile/**, ./server/**] }", { "server/main.ts": server })).toHaveLength(1);
  });

  it("are packages, whose calls of other code leave them too", () => {
    const zone = '{ packages: "@acme/mobile", may-send: [federated-update] }';
    const call = 'import { train } from "../server/train.js";\ntrain(read());\n';
    expect(found(call, zone)).toEqual([
      "mobile/main.ts:3 error typed.text leaves zone device identified, into code outside its packages: only federated-update may",
    ]);
    expect(found(call.replace("read()", "encodeUpdate(read())"), zone)).toEqual([]);
    expect(found(call)).toEqual([]);
  });

  it("say which code they are", () => {
    expect(mistakes("version: 1\nzones:\n  device: { may-send: [federated-update] }\n")).toEqual([
      "3:3 zone `device` does not say which code it is",
    ]);
  });
});

describe("a zone in which no code is", () => {
  const drift = (zone: string): string[] =>
    findings("manifest", manifest(zone), { ...FILES, "mobile/main.ts": "" }).filter((text) => text.includes("zones."));
  it.each([
    ["{ files: ./moblie/** }", "`./moblie/**` of `zones.device.files`"],
    ["{ files: [./mobile/**, ./watch/**] }", "`./watch/**` of `zones.device.files`"],
    ['{ packages: "@acme/mobil" }', "`@acme/mobil` of `zones.device.packages`"],
  ])("guards nothing: %s", (zone, what) => {
    expect(drift(zone)).toEqual([
      `purpose.yaml:9 error ${what} matches nothing: no analysed file is there, and what leaves the zone is not seen`,
    ]);
  });

  it.each(["{ files: ./mobile/** }", "{ files: mobile/keyboard.ts }", '{ packages: ["@acme/mobile"] }'])("is none: %s", (zone) => {
    expect(drift(zone)).toEqual([]);
  });
});

describe("what is kept elsewhere has left the device", () => {
  const HEAD = `import axios from "axios"; import posthog from "posthog-js"; import { writeFile } from "node:fs/promises"; import Database from "better-sqlite3";
import { addDoc, collection, getFirestore } from "firebase/firestore"; import { createClient } from "@supabase/supabase-js"; import pg from "pg";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3"; import Redis from "ioredis"; import * as tf from "@tensorflow/tfjs-layers"; declare const model: tf.LayersModel;\n`;
  const left = (code: string, imports = HEAD): string[] => found(`${imports}${code}\n`);
  const IT = expect.stringMatching(/^mobile\/main\.ts:5 error typed\.text leaves zone device identified, over the network/) as string;

  it.each([
    ["Firestore", 'await addDoc(collection(getFirestore(), "typed"), { text: read() });'],
    ["Supabase", 'await createClient("u", "k").from("typed").insert({ text: read() });'],
    ["S3", 'await new S3Client({}).send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: read() }));'],
    ["Redis", 'await new Redis().set("k", read());'],
    ["a vendor", 'posthog.capture("typed", { text: read() });'],
    ["an instance of a client without types", 'const api = axios.create({ baseURL: "/" }); await api.post("/x", { text: read() });'],
  ])("%s", (_, code) => {
    expect(left(code)).toEqual([IT]);
    expect(left(code.replace("read()", "encodeUpdate(read())"))).toEqual([]);
  });

  it.each([
    ["the browser's storage", 'localStorage.setItem("k", read());'],
    ["a file", 'await writeFile("k.txt", read());'],
    ["SQLite", 'new Database("k.db").prepare("INSERT INTO typed (text) VALUES (?)").run(read());'],
    ["what learns here", "await model.fit(read(), read());"],
  ])("and not %s", (_, code) => {
    expect(left(code)).toEqual([]);
  });

  it("a database of SQL does, unless the program has one that runs in it", () => {
    const code = 'await new pg.Pool().query("INSERT INTO typed (text) VALUES ($1)", [read()]);';
    expect(left(code, HEAD.replace('import Database from "better-sqlite3";', ""))).toEqual([IT]);
    expect(left(code)).toEqual([]);
  });
});

describe("code that runs elsewhere leaves the zone when it is called", () => {
  const two = (code: string, more: Readonly<Record<string, string>> = {}): string[] =>
    findings(
      "federated-boundary",
      manifest().replace("zones: {", "zones: { cloud: { files: ./cloud/**, may-send: [identified] },"),
      { ...FILES, "cloud/rounds.ts": "export const take = (x: unknown): void => void fetch('/store', { method: 'POST', body: String(x) });\n", ...more, "mobile/main.ts": `${IMPORTS}import { take } from "../cloud/rounds.js";\n${code}` }, // prettier-ignore
    );

  it("the code of another zone", () => {
    expect(two("take(read());\n")).toEqual([
      "mobile/main.ts:3 error typed.text leaves zone device identified, into code of another zone: only federated-update may",
    ]);
    expect(two("take(encodeUpdate(read()));\n")).toEqual([]);
    expect(two("post('/x', encodeUpdate(read()));\n")).toEqual([]);
  });

  it("also by a helper, or a callback of a list", () => {
    const helper = { "shared/send.ts": `import { take } from "../cloud/rounds.js";\nexport const send = (x: unknown): void => take(x);\n` };
    expect(two(`import { send } from "../shared/send.js";\nsend(read());\n`, helper)).toEqual([
      expect.stringMatching(/^shared\/send\.ts:2 error typed\.text leaves zone device identified, into code of another zone/),
    ]);
    expect(two("[read()].forEach(take);\n")).toEqual([expect.stringMatching(/^mobile\/main\.ts:3 .* into code of another zone/)]);
  });

  it("but not what is in both, or in none", () => {
    expect(two('import { log } from "../shared/log.js";\nlog(read());\n', { "shared/log.ts": "export const log = (x: unknown): void => void x;\n" })).toEqual([]); // prettier-ignore
    expect(
      findings("federated-boundary", manifest().replace("zones: {", "zones: { all: { files: [./mobile/**, ./cloud/**], may-send: [federated-update] },").replace("device: {", "device: {"), {
        ...FILES,
        "cloud/keep.ts": "export const keep = (x: unknown): void => void x;\n",
        "mobile/main.ts": `${IMPORTS}import { keep } from "../cloud/keep.js";\nkeep(read());\n`,
      }).filter((one) => one.includes("zone all")),
    ).toEqual([]); // prettier-ignore
  });

  it("a server action is called over the network", () => {
    const action = (directive: string): Record<string, string> => ({
      "app/actions.ts": `${directive}\nexport async function save(text: string): Promise<void> { await fetch("/x", { method: "POST", body: text }); }\n`,
    });
    const code = 'import { save } from "../app/actions.js";\nvoid save(read());\n';
    expect(found(code, undefined, action('"use server";'))).toEqual([
      "mobile/main.ts:3 error typed.text leaves zone device identified, over the network: only federated-update may",
    ]);
    expect(found(code, undefined, action(""))).toEqual([expect.stringMatching(/^app\/actions\.ts:2 /)]);
    expect(found(code.replace("read()", "String(encodeUpdate(read()))"), undefined, action('"use server";'))).toEqual([]);
  });
});
