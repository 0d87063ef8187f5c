import { expect, it } from "vitest";
import { run } from "../program.js";
import { check } from "./check.js";

check(
  "fetch under other names: what is sent does not come back",
  `import fetch, { Headers } from "node-fetch";
import { fetch as undici } from "undici";
async function main() {
  const answer = await fetch("https://example.com", { method: "POST", headers: new Headers(), body: JSON.stringify({ text: user.prompt }) });
  train((await answer.json()).who); //! none
  const other = await undici("https://example.com", { method: "POST", body: user.email });
  train(await other.text()); //! none
  train(user.email); //! user.email
}
void main();`,
);

check(
  "got, ky, superagent: the same",
  `import got from "got";
import ky from "ky";
import request from "superagent";
const api = ky.create({ prefixUrl: "https://example.com" });
async function main() {
  train(await got.post("https://example.com", { json: user }).json()); //! none
  train((await got("https://example.com")).body); //! none
  train(await api.post("users", { json: { id: user.id } }).json()); //! none
  const answer = await request.post("https://example.com").send({ id: user.id }).set("a", user.email);
  train(answer.body); //! none
  train(user.id); //! user.id
}
void main();`,
);

it("what is sent arrives where the manifest says that a client trains", () => {
  const { flows } = run(
    `import got from "got";
const user = loadUser();
void got.post("https://train.example.com", { json: { id: user.id, n: 1 } });
void got.get("https://train.example.com", { json: { email: user.email } });`,
    { sinks: "sinks:\n  - { id: upload, purpose: train, call: 'got:post', argument: 1.json }\n" },
  );
  expect(flows.map(({ field }) => field)).toEqual(["user.id"]);
});
