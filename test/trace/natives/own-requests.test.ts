/** Requests of the program to routes of its own: what goes there arrives, and the answer comes back. */
import { check } from "./check.js";

check(
  "fetch: body, query and answer of an own route; other addresses give nothing back",
  `const user = loadUser();
import express from "express";
const app = express();
app.post("/api/ask", (req, res) => {
  train(req.body.text); //! user.prompt
  train(req.body.lang); //! none
  res.json({ answer: \`re: \${req.body.text}\`, took: 3 });
});
app.get("/api/search", (req, res) => {
  train(req.query.q); //! user.name
  train(req.query.page); //! none
  res.json({ hits: [req.query.q] });
});
app.get("/api/find", (req, res) => res.send(train(req.query.mail))); //! user.email
app.get("/api/other", (req, res) => res.send(train(req.query.q, req.body))); //! none

async function api(path: string, body?: unknown) {
  const response = await fetch(path, { method: body === undefined ? "GET" : "POST", body: JSON.stringify(body) });
  return response.json();
}
async function main() {
  const asked = await api("/api/ask", { text: user.prompt, lang: "en" });
  train(asked.answer); //! user.prompt
  train(asked.took); //! none
  const found = await fetch(\`/api/search?\${new URLSearchParams({ q: user.name, page: "1" })}\`);
  train(await found.json()); //! user.name
  const url = new URL("https://app.test/api/find");
  url.searchParams.set("mail", user.email);
  await fetch(new Request(url));
  const elsewhere = await fetch("https://api.test/elsewhere", { method: "POST", body: user.id });
  train(await elsewhere.text()); //! none
}
void main();`,
);

check(
  "requests without a network between: Hono's request and fetch, Fastify's inject",
  `const user = loadUser();
import Fastify from "fastify";
import { Hono } from "hono";
const hono = new Hono();
hono.post("/ask", async (c) => {
  const { text, lang } = await c.req.json();
  train(text); //! user.prompt
  train(lang); //! none
  return c.json({ echo: text });
});
const fastify = Fastify();
fastify.get("/find", async (request) => {
  train(request.query.mail); //! user.email
  return { mail: request.query.mail, total: 1 };
});
const body = JSON.stringify({ text: user.prompt, lang: "en" });
const asked = await hono.request("/ask", { method: "POST", body });
train((await asked.json()).echo); //! user.prompt
const again = await hono.fetch(new Request("https://app.test/ask", { method: "POST", body }));
train(await again.text()); //! user.prompt
const found = await fastify.inject({ method: "GET", url: "/find", query: { mail: user.email } });
train(found.json().mail, found.body); //! user.email
train(found.json().total, found.statusCode); //! none`,
);

check(
  "axios: params are the query",
  `const user = loadUser();
import axios from "axios";
import express from "express";
const app = express();
app.get("/api/find", (req, res) => {
  train(req.query.mail); //! user.email
  train(req.query.page); //! none
  res.json({});
});
void axios.get("/api/find", { params: { mail: user.email, page: 1 } });`,
);

check(
  "addresses with holes: parameters get what their hole spells out, an unknown base is met by its path, other hosts are not the program's",
  `const user = loadUser();
import express from "express";
const app = express();
app.get("/users/:id/notes/:note", (req, res) => {
  train(req.params.id); //! user.id
  train(req.params.note); //! user.prompt
  train(req.query.q); //! none
  res.json({ owner: req.params.id });
});
app.post("/ask", (req, res) => res.json(train(req.body.text))); //! user.name
app.post("/elsewhere", (req, res) => res.json(train(req.body.text))); //! none
app.get("/teams/:team/members", (req, res) => res.json(train(req.params.team))); //! user.name
app.get("/clubs/:club/members", (req, res) => res.json(train(req.params.club))); //! none
app.get("/files/*path", (req, res) => res.json(train(req.params.path))); //! user.email
async function main() {
  const owner = await fetch(\`http://localhost:3000/users/\${user.id}/notes/\${user.prompt}\`);
  train(await owner.json()); //! user.id
  const send = { method: "POST", body: JSON.stringify({ text: user.name }) };
  await fetch(\`\${process.env.API}/ask\`, send);
  await fetch("https://api.openai.com/elsewhere", send);
  await fetch(new URL("/elsewhere", "https://api.openai.com"), send);
  await fetch(\`/files/\${new Date().getFullYear()}/\${user.email}\`);
  await fetch(new URL(\`/teams/\${user.name}/members\`, process.env.API));
  await fetch(new URL(\`https://api.openai.com/clubs/\${user.name}/members\`));
}
void main();`,
);

check(
  "an address that would be empty where something is missing is none of others behind the test that it is there",
  `import { loadUser } from "./source.js";
import { train } from "./sink.js";
import express from "express";
export function send(given: { id?: string } | null, project: string) {
  const key = given?.id && "/runs/" + given.id + "/feedback";
  if (!key) return null;
  const url = key + (key.includes("?") ? "&" : "?") + "project=" + project;
  return fetch(process.env.BASE + "/v1" + url, { method: "PATCH", body: JSON.stringify({ text: loadUser().prompt }) });
}
const app = express();
app.patch("/v1/runs/:id/feedback", (req, res) => res.json(train(req.body.text))); //! user.prompt
app.patch("/v1/datasets/:id", (req, res) => res.json(train(req.body.text))); //! none`,
);

check(
  "behind a base that is not known an address has one of the route's own names",
  `import { loadUser } from "./source.js";
import { train } from "./sink.js";
import express from "express";
export async function send(base: string, id: string) {
  await fetch(base + "/templates/" + id, { method: "PATCH", body: JSON.stringify({ text: loadUser().prompt }) });
  await fetch(base + "/v1" + id, { method: "PUT", body: JSON.stringify({ text: loadUser().name }) });
}
const app = express();
app.patch("/v1/templates/:id", (req, res) => res.json(train(req.body.text))); //! user.prompt
app.patch("/:team/templates/:id", (req, res) => res.json(train(req.body.text))); //! user.prompt
app.patch("/v1/datasets/:dataset/items/:id", (req, res) => res.json(train(req.body.text))); //! none
app.put("/v1/datasets/:dataset/items/:id", (req, res) => res.json(train(req.body.text))); //! user.name`,
);
