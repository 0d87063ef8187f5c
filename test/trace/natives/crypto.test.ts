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
