import { expect, it } from "vitest";
import { run } from "../program.js";

const statuses = (code: string): string[] => [...new Set(run(code).flows.map((f) => `${f.field} ${f.status}`))].sort();

it("a digest is a pseudonym of what went in, the plain value beside it stays what it is", () => {
  const code = `import crypto, { createHmac, createCipheriv, randomBytes } from "node:crypto";
const u = loadUser();
train(crypto.createHash("sha256").update(u.email).digest("hex"));
train({ a: u.name, b: crypto.createHash("md5").update(u.name).digest("hex") });
void crypto.subtle.digest("SHA-256", new TextEncoder().encode(u.id)).then((d) => train(Buffer.from(d).toString("hex")));
`;
  expect(statuses(code)).toEqual(["user.email pseudonymised", "user.id pseudonymised", "user.name identified", "user.name pseudonymised"]);
});

it("keys and random numbers do not show", () => {
  const code = `import { createHmac, createCipheriv, randomBytes, randomUUID } from "node:crypto";
const u = loadUser();
train(createHmac("sha256", u.prompt).update(u.id).digest("base64"));
const c = createCipheriv("aes-256-cbc", randomBytes(32), randomBytes(16));
train(c.update(u.email, "utf8", "hex") + c.final("hex"));
train(randomUUID(), randomBytes(8).toString("hex"));
`;
  expect(statuses(code)).toEqual(["user.email pseudonymised", "user.id pseudonymised"]);
});

it("what is deciphered is what was enciphered; a hash and a scrubbed text stay what they are", () => {
  const code = `import { createCipheriv, createDecipheriv, createHash, privateDecrypt, publicEncrypt } from "node:crypto";
import CryptoJS from "crypto-js";
declare const key: Buffer, iv: Buffer;
const u = loadUser();
const enc = (s: string) => { const c = createCipheriv("aes-256-cbc", key, iv); return c.update(s, "utf8", "hex") + c.final("hex"); };
const dec = (s: string) => { const c = createDecipheriv("aes-256-cbc", key, iv); return c.update(s, "hex", "utf8") + c.final("utf8"); };
train(dec(enc(u.email)));
train(dec(enc(createHash("sha256").update(u.id).digest("hex"))));
train(privateDecrypt("k", publicEncrypt("k", Buffer.from(u.name))).toString());
train(CryptoJS.AES.decrypt(CryptoJS.AES.encrypt(u.prompt, "k"), "k").toString(CryptoJS.enc.Utf8));
train(createHash("sha256").update(enc(u.tags[0]!)).digest("hex"));
`;
  expect(statuses(code)).toEqual([
    "user.email identified",
    "user.id pseudonymised",
    "user.name identified",
    "user.prompt identified",
    "user.tags pseudonymised",
  ]);
});
