import { expect, it } from "vitest";
import { annotated, run } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: POST /v1/chat, path: body.message }
  - { field: user.name, route: GET /v1/me, path: query.name }
  - { field: user.email, route: POST /v1/mail, path: body.mail }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`const user = loadUser();\n${code}`, { sources: SOURCES });
    expect(found).toEqual(expected);
  });
};

check(
  "node:http: the body by events, told apart by method and address",
  `import { createServer } from "node:http";
const server = createServer((req, res) => {
  let body = "";
  req.on("data", (chunk) => { body += chunk; });
  req.on("end", () => {
    const data = JSON.parse(body);
    if (req.method === "POST" && req.url === "/v1/chat") {
      train(data.message); //! user.prompt
      train(data.mail); //! none
    } else if (req.url === "/v1/mail") {
      train(data); //! user.email
    }
    train(data.other); //! none
    train(req.headers); //! none
    res.writeHead(200).end("ok");
  });
});
server.listen(3000, () => { train(user.id); }); //! user.id`,
);

check(
  "node:http2: the body as an iterable; the query",
  `import http2 from "node:http2";
async function read(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
const server = http2.createSecureServer({ key: "k" }, async (req, res) => {
  const url = new URL(req.url, "http://x");
  train(url.searchParams.get("name")); //! user.name
  train(url.searchParams.get("page")); //! none
  switch (url.pathname) {
    case "/v1/chat": {
      const data = await read(req);
      train(data.message); //! user.prompt
      train(data.mail); //! none
    }
  }
  res.end();
});`,
);

check(
  "node:http: a listener to requests, the body through a stream",
  `import http from "node:http";
import { text, json } from "node:stream/consumers";
const server = http.createServer();
server.on("request", async (req, res) => {
  req.setEncoding("utf8");
  if (req.url !== "/v1/chat") return;
  train(await json(req)); //! user.prompt
  train(JSON.parse(await text(req)).mail); //! none
});
server.on("error", (err) => { train(err); }); //! none`,
);

check(
  "koa and express applications of middleware alone serve every address",
  `import Koa from "koa";
import express from "express";
const app = new Koa();
app.use(async (ctx) => {
  if (ctx.method === "POST" && ctx.path === "/v1/chat") {
    train(ctx.request.body.message); //! user.prompt
    train(ctx.request.body.mail); //! none
    throw new Error(ctx.request.body.message);
  }
});
app.on("error", (err) => {
  train(err.message); //! user.prompt
});
const other = express();
other.use((req, res) => {
  train(req.path === "/v1/mail" ? req.body : 0); //! user.email
});`,
);

it("what a server without routes answers at a declared address is at the sink", () => {
  const { flows, unmatched } = run(
    `import { createServer } from "node:http";
createServer((req, res) => {
  if (req.url === "/export") res.end(JSON.stringify({ mail: loadUser().email }));
  else if (req.url === "/names") res.end(loadUser().name);
  else res.end("not found");
});`,
    { sinks: "sinks:\n  - { id: export, purpose: train, route: GET /export }\n" },
  );
  expect(flows.map((f) => `${f.sink.id} ${f.field}`)).toEqual(["export user.email"]);
  expect(unmatched).toEqual([]);
});

const server = (start: string, use: string): readonly string[] =>
  run(`${start}\n${use}\n`, { sources: SOURCES }).unmatched.map(({ text }) => text);

it.each([
  ["nothing of its own", `app.use(express.json()); app.use(cors());`],
  ["middleware that always passes on", `app.use((req, res, next) => { console.log(req.path); next(); });`],
  ["an error handler", `app.use((error, req, res, next) => { res.status(500).json({ error: error.message }); });`],
  ["middleware for another address", `app.use((req, res, next) => { if (req.path === "/health") { res.json({}); return; } next(); });`],
])("an application without routes serves none by %s", (_, use) => {
  const start = `import express from "express"; import cors from "cors"; const app = express(); app.listen(1);`;
  expect(server(start, use)).toEqual(["POST /v1/chat", "GET /v1/me", "POST /v1/mail"]);
});

it("an application without routes serves what its middleware may answer", () => {
  const start = `import express from "express"; const app = express(); app.listen(1);`;
  expect(server(start, `app.use((req, res, next) => { if (req.path === "/v1/chat") res.json({}); else next(); });`)).toEqual([
    "GET /v1/me",
    "POST /v1/mail",
  ]);
  expect(server(start, `app.use((req, res) => { res.json({}); });`)).toEqual([]);
  expect(server(start, `app.use((req, res, next) => { if (Math.random() > 0.5) next(); });`)).toEqual([]);
  const koa = `import Koa from "koa"; const app = new Koa(); app.listen(1);`;
  expect(server(koa, `app.use(async (ctx, next) => { if (ctx.path !== "/v1/chat") return next(); ctx.body = {}; });`)).toEqual([
    "GET /v1/me",
    "POST /v1/mail",
  ]);
  expect(server(koa, `app.use(async (ctx, next) => { await next(); });`)).toHaveLength(3);
});
