/** What is read of a package without a model, or comes back from it, may be any primitive: a test of it goes both ways. */
import { expect, it } from "vitest";
import { annotated } from "./program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import { Client, config, flag, make } from "not-modelled";\nconst user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "a setting of a package may be set or not",
  `if (!config.x) train(user.email); //! user.email
if (flag) {} else train(user.id); //! user.id
if (make()) {} else train(user.name); //! user.name
if (!make().done) train(user.id); //! user.id
while (!config.done) train(user.email); //! user.email
train(config.x ? "on" : user.email); //! user.email
if (config.x) train(user.name); //! user.name
`,
);

check(
  "a fallback stands where a package may give nothing",
  `train(config.y ?? user.email); //! user.email
train(config.y || user.id); //! user.id
train(config.y && user.name); //! user.name
let kept = flag;
kept ??= user.email;
train(kept); //! user.email
const { mode = user.id } = config;
train(mode); //! user.id
if (!(config.x ?? true)) train(user.name); //! user.name
const wanted = config.x ?? "all";
if (wanted == null) train(user.name); //! none
`,
);

check(
  "a setting may be this text or that number",
  `if (config.mode === "x") train(user.email); //! user.email
if (config.mode !== "x") train(user.id); //! user.id
switch (config.mode) {
  case "x":
    train(user.name); //! user.name
    break;
  default:
    train(user.email); //! user.email
}
if (config.n > 3) train(user.email); //! user.email
if (typeof config.x === "string") train(user.id); //! user.id
const x = config.x;
if (typeof x === "string") train(user.name); //! user.name
if (typeof x === "string" && x === "on") train(user.email); //! user.email
if (make("mode") === true) train(user.id); //! user.id
`,
);

check(
  "a chain that is optional may end",
  `if (config?.x === undefined) train(user.email); //! user.email
if (make.get?.() === undefined) train(user.id); //! user.id
train(make.get?.() ?? user.name); //! user.name
train((config as any)?.x?.y ?? user.email); //! user.email
`,
);

check(
  "what is only declared, or the host's, may be set or not",
  `declare const DEBUG: boolean;
declare const MODE: string;
if (!DEBUG) train(user.email); //! user.email
if (DEBUG) train(user.id); //! user.id
if (MODE === "x") train(user.name); //! user.name
if (process.env.X === "1") train(user.email); //! user.email
if (!(globalThis as any).something) train(user.id); //! user.id
if ((globalThis as any).something === "x") train(user.name); //! user.name
if (!(import.meta as any).env.PROD) train(user.email); //! user.email
`,
);

check(
  "a test says of a variable what it is behind it",
  `const x = config.x;
if (!x) {
  if (x) train(user.email); //! none
  else train(user.id); //! user.id
}
if (x === "on") {
  if (x === "off") train(user.email); //! none
  train(user.name); //! user.name
}
if (x == null) train(user.email); //! user.email
else if (x === null) train(user.id); //! none
`,
);

check(
  "functions, classes, namespaces and instances are there",
  `import * as all from "not-modelled";
import { readFileSync } from "node:fs";
import path from "node:path";
import CryptoJS, { AES, enc } from "crypto-js";
import { LRUCache } from "lru-cache";
if (!CryptoJS || !AES || !AES.encrypt || !enc || !enc.Hex || !LRUCache) train(user.email); //! none
if (!CryptoJS.version) train(user.id); //! user.id
const client = new Client();
if (!client) train(user.email); //! none
if (!new Client().x) train(user.id); //! user.id
if (!all) train(user.email); //! none
if (!readFileSync) train(user.email); //! none
if (!path) train(user.email); //! none
if (!console || !Math || !Math.random || !process.env || !Symbol.iterator || !Array.isArray) train(user.email); //! none
train(client ?? user.email); //! none
if (typeof globalThis.fetch !== "function") train(user.email); //! user.email
const waits = (async () => make())();
if (!waits) train(user.email); //! none
const got = await waits;
if (!got) train(user.id); //! user.id
`,
);

check(
  "a type of a package may be one of texts",
  `import type { Role } from "not-modelled";
export function of(role: Role) {
  if (role === "admin") train(user.email); //! user.email
  if (!role) train(user.id); //! user.id
}
`,
);

check(
  "a declared type says what is surely there",
  `declare const api: { send(x: string): void };
declare function note(x: string): void;
declare const always: true;
if (!api) train(user.email); //! none
if (!note) train(user.email); //! none
if (!always) train(user.email); //! none
if (!api.send("x")) train(user.id); //! user.id
`,
);
