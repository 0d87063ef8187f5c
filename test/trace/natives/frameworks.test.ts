import { expect, it } from "vitest";
import { annotated } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: POST /v1/chat, path: "body.messages[*].content" }
  - { field: user.name, route: "GET /users/:id", path: params.id }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`const user = loadUser();\n${code}`, { sources: SOURCES });
    expect(found).toEqual(expected);
  });
};

check(
  "hono: context, base paths, mounted apps, validators",
  `import { Hono } from "hono";
import { zValidator } from "@hono/zod-validator";
import { z } from "zod";
const app = new Hono().basePath("/v1");
app.use("*", async (c, next) => { c.set("mail", user.email); await next(); });
app.post("/chat", async (c) => {
  const body = await c.req.json();
  train(body.messages[0].content); //! user.prompt
  train(body.other); //! none
  train(c.get("mail")); //! user.email
  train(c.var.mail); //! user.email
  return c.json({ ok: true });
});
const sub = new Hono();
sub.post("/chat", zValidator("json", z.object({ messages: z.array(z.object({ content: z.string() })), id: z.string() })), (c) => {
  train(c.req.valid("json")); //! user.prompt
  train(c.req.valid("json").id); //! none
  return c.text("");
});
const root = new Hono();
root.route("/v1", sub);
root.get("/users/:id", (c) => {
  train(c.req.param("id")); //! user.name
  train(c.req.query("id")); //! none
});`,
);

check(
  "fastify: plugins under prefixes, hooks, route()",
  `import Fastify from "fastify";
const app = Fastify();
app.addHook("preHandler", async (request) => { request.account = user.email; });
app.register(async (api) => {
  api.post("/chat", { schema: {} }, async (request, reply) => {
    train(request.body); //! user.prompt
    train(request.account); //! user.email
    return reply.send({});
  });
}, { prefix: "/v1" });
app.route({ method: "GET", url: "/users/:id", handler: async (request) => {
  train(request.params.id); //! user.name
} });
app.post("/chat", async (request) => {
  train(request.body); //! none
});`,
);

check(
  "koa: routers with prefixes, state",
  `import Koa from "koa";
import Router from "@koa/router";
import bodyParser from "koa-bodyparser";
const app = new Koa();
const router = new Router({ prefix: "/v1" });
app.use(bodyParser());
app.use(async (ctx, next) => { ctx.state.mail = user.email; await next(); });
router.post("/chat", async (ctx) => {
  train(ctx.request.body.messages[0].content); //! user.prompt
  train(ctx.state); //! user.email
  train(ctx.query); //! none
});
app.use(router.routes()).use(router.allowedMethods());`,
);

check(
  "middleware of libraries that the program calls itself goes on",
  `import Koa from "koa";
import bodyParser from "koa-bodyparser";
import express from "express";
const app = new Koa();
app.use(async (ctx, next) => { ctx.state.who = user.id; await bodyParser({ jsonLimit: "1mb" })(ctx, next); });
app.use(async (ctx) => {
  train(ctx.state.who); //! user.id
});
const other = express();
other.use((req, res, next) => { req.who = user.email; express.json()(req, res, next); });
other.post("/v1/chat", (req, res) => {
  train(req.who); //! user.email
  train(req.body); //! user.prompt
});`,
);

check(
  "fastify: hooks that get the answer on its way out",
  `import Fastify from "fastify";
const app = Fastify();
app.addHook("onSend", async (request, reply, payload) => {
  train(payload); //! user.age user.id user.name user.prompt
  train(JSON.parse(payload).n); //! user.prompt
});
app.addHook("preSerialization", (request, reply, payload, done) => {
  train(payload.mail); //! user.email
  const { mail, ...rest } = payload;
  done(null, rest);
});
app.post("/v1/chat", async (request) => ({ n: request.body.messages[0].content, mail: loadUser().email }));
app.get("/sent", (request, reply) => { reply.send({ name: loadUser().name }); });
app.get("/text", async () => "text");
app.register(async (inner) => {
  inner.addHook("onSend", async (request, reply, payload) => {
    train(payload); //! user.id
    return payload;
  });
  inner.get("/inner", async () => ({ id: loadUser().id }));
});
app.get("/own", { onSend: async (request, reply, payload) => {
  train(payload); //! user.age
  return "nothing";
} }, async () => ({ age: loadUser().age }));
`,
);
