/** What handlers read off a request beside its parts: method and address, and what a framework's objects have without a model. */
import { expect, it } from "vitest";
import { annotated } from "../program.js";

const SOURCES = `  - { field: user.name, route: "GET /users/:id", path: params.id }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`const user = loadUser();\n${code}`, { sources: SOURCES });
    expect(found).toEqual(expected);
  });
};

check(
  "express: a route's own method and path; of a router both from where it is mounted and whole",
  `import express, { Router } from "express";
const app = express();
const api = Router();
api.all("/chat", (req, res) => {
  if (req.method === "POST") train(user.email); //! user.email
  if (req.path === "/chat") train(user.name); //! user.name
  if (req.originalUrl.startsWith("/v1/")) train(user.id); //! user.id
  if (req.originalUrl.startsWith("/v2/")) train(user.prompt); //! none
});
api.post("/only", (req, res) => {
  if (req.method === "GET") train(user.email); //! none
  if (req.path.endsWith("/other")) train(user.name); //! none
});
app.use("/v1", api);`,
);

check(
  "express: what has no model may be a flag, a text or nothing",
  `import express from "express";
const app = express();
app.get("/a", (req, res) => {
  if (req.ip === "::1") train(user.email); //! user.email
  if (!res.headersSent) train(user.name); //! user.name
  if (!req.secure) train(user.id); //! user.id
  if (req.secure) train(user.prompt); //! user.prompt
  res.vary("Accept").status(200).json({});
});`,
);

check(
  "express: a path spells out its parameters, and nothing else of the request",
  `import express from "express";
const app = express();
app.get("/users/:id", (req, res) => {
  train(req.path); //! user.name
  train(req.originalUrl); //! user.name
  train(req.method, req.ip); //! none
  if (req.path === "/users") train(user.email); //! none
  if (req.path === "/users/me") train(user.prompt); //! user.prompt
});
app.get("/files/*", (req, res) => {
  if (req.path === "/files/a/b") train(user.email); //! user.email
  if (req.path === "/other") train(user.prompt); //! none
});
app.get("/plain/:id?", (req, res) => {
  if (req.path === "/plain") train(user.email); //! user.email
});`,
);

check(
  "koa: addresses are whole in a router as well; of one that nobody mounts its beginning is not known",
  `import Koa from "koa";
import Router from "@koa/router";
const app = new Koa();
const router = new Router({ prefix: "/users" });
router.post("/list", (ctx) => {
  if (ctx.method !== "POST") train(user.email); //! none
  if (ctx.path === "/v1/users/list") train(user.name); //! user.name
  if (ctx.path === "/users/list") train(user.id); //! none
  if (ctx.status === 404) train(user.prompt); //! user.prompt
});
const v1 = new Router({ prefix: "/v1" });
v1.use(router.routes());
app.use(v1.routes());
const loose = new Router();
loose.get("/ping", (ctx) => {
  if (ctx.path === "/api/ping") train(user.email); //! user.email
  if (ctx.path === "/api/pong") train(user.prompt); //! none
});
export { loose };`,
);

check(
  "fastify and hono",
  `import Fastify from "fastify";
import { Hono } from "hono";
const app = Fastify();
app.get("/a", async (request, reply) => {
  if (request.method === "GET") train(user.email); //! user.email
  if (request.method === "POST") train(user.name); //! none
  if (request.url === "/a?b=1") train(user.id); //! user.id
  if (!reply.sent) train(user.prompt); //! user.prompt
});
const hono = new Hono();
hono.get("/b", (c) => {
  if (c.req.method === "POST") train(user.name); //! none
  if (c.req.path.startsWith("/c")) train(user.id); //! user.id
  if (c.req.path.endsWith("/c")) train(user.email); //! none
  if (c.finalized) train(user.prompt); //! user.prompt
  return c.json({});
});`,
);
