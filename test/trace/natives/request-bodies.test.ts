/** Ways to a request's body that frameworks have beside `request.body`, and handlers that do not stand in the route as they are. */
import { expect, it } from "vitest";
import { annotated } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: POST /v1/chat, path: body.prompt }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(code, { sources: SOURCES });
    expect(found).toEqual(expected);
  });
};

check(
  "express: a body that nobody has parsed is read as a stream",
  `import express from "express";
const app = express();
app.post("/v1/chat", async (req, res) => {
  let text = "";
  req.setEncoding("utf8");
  req.on("data", (part) => { text += part; }).on("end", () => {
    train(JSON.parse(text).prompt); //! user.prompt
    train(JSON.parse(text).other); //! none
  });
  const parts = [];
  for await (const part of req) parts.push(part);
  train(Buffer.concat(parts).toString()); //! user.prompt
});
app.post("/v1/other", async (req, res) => {
  for await (const part of req) train(part); //! none
});`,
);

check(
  "express: handlers that a library has wrapped, and what is behind them",
  `import express from "express";
import asyncHandler from "express-async-handler";
import limited from "some-limiter";
const app = express();
app.post("/v1/chat", limited({ key: (req) => req.ip }), asyncHandler(async (req, res) => {
  train(req.body.prompt); //! user.prompt
  train(req.body.other); //! none
}));
app.post("/v1/chat", limited((req, res, next) => { req.seen = req.body.prompt; next(); }), (req, res) => {
  train(req.seen); //! user.prompt
});`,
);

check(
  "koa: register, lists of middleware, the request of Node below",
  `import Koa from "koa";
import Router from "@koa/router";
import compose from "koa-compose";
const app = new Koa();
const router = new Router({ prefix: "/v1" });
router.register("/chat", ["POST"], compose([
  async (ctx, next) => { ctx.given = ctx.request.body; await next(); },
  async (ctx) => {
    train(ctx.given.prompt); //! user.prompt
    for await (const part of ctx.req) train(part.toString()); //! user.prompt
  },
]));
router.register("/chat", ["GET"], (ctx) => {
  train(ctx.request.body); //! none
});
app.use(router.routes());`,
);

check(
  "hono: several methods and paths, the platform's request",
  `import { Hono } from "hono";
const app = new Hono();
app.on(["POST", "PUT"], ["/v1/chat", "/v2/chat"], async (c) => {
  train((await c.req.json()).prompt); //! user.prompt
  train((await c.req.raw.clone().json()).prompt); //! user.prompt
  train((await c.req.raw.json()).other); //! none
  return c.json({});
});
app.on(["GET"], ["/v1/chat"], async (c) => {
  train(await c.req.raw.text()); //! none
  return c.json({});
});`,
);

check(
  "fastify: what runs when a request has been answered",
  `import Fastify from "fastify";
const app = Fastify();
app.addHook("onResponse", async (request, reply) => {
  train(request.body.prompt); //! user.prompt
  train(request.answer); //! user.prompt
  train(request.body.other); //! none
});
app.addHook("onClose", async (instance) => {
  train(instance); //! none
});
app.post("/v1/chat", async (request) => { request.answer = request.body.prompt; return {}; });`,
);
