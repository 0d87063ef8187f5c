import { expect, it } from "vitest";
import { annotated } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: POST /v1/chat, path: "body.messages[*].content" }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`const user = loadUser();\n${code}`, { sources: SOURCES });
    expect(found).toEqual(expected);
  });
};

check(
  "express: what handlers throw, reject or pass to next; not what they catch",
  `import express from "express";
const app = express();
app.post("/v1/chat", (req, res) => { throw new Error(req.body.messages[0].content); });
app.get("/a", async (req, res) => { const e = new Error("x"); e.who = user.email; throw e; });
app.get("/b", (req, res, next) => { next({ id: user.id }); });
app.get("/c", (req, res, next) => { try { throw new Error(user.name); } catch { next(); } });
app.use((err, req, res, next) => {
  train(err.message); //! user.prompt
  train(err.who); //! user.email
  train(err.id); //! user.id
  train(req.query); //! none
});`,
);

check(
  "express: a router's own error handler, and the application's for what it passes on",
  `import express from "express";
const api = express.Router();
api.get("/x", () => { throw new Error(user.email); });
api.use((err, req, res, next) => {
  train(err.message); //! user.email
  next(err);
});
const other = express.Router();
other.get("/y", () => { throw new Error(user.id); });
const quiet = express.Router();
quiet.get("/z", () => { throw new Error(user.name); });
quiet.use((err, req, res, next) => { res.end(); });
const app = express();
app.use("/api", api);
app.use(other, quiet);
app.use((err, req, res, next) => {
  train(err.message); //! user.email user.id
});`,
);

check(
  "koa: middleware that catches, and the error event it emits",
  `import Koa from "koa";
import Router from "koa-router";
const app = new Koa();
app.use(async (ctx, next) => {
  try { await next(); } catch (e) {
    train(e.message); //! user.email user.id
    ctx.app.emit("error", { said: e.message }, ctx);
  }
});
app.use(async (ctx, next) => { ctx.mail = user.name; ctx.state.who = user.tags; await next(); });
const router = new Router();
router.post("/v1/chat", async (ctx) => {
  train(ctx.request.body.messages); //! user.prompt
  train(ctx.mail); //! user.name
  train(ctx.state.who); //! user.tags
  train(ctx.state.other); //! none
});
router.get("/fail", async (ctx) => { throw new Error(user.email); });
router.get("/deny", async (ctx) => {
  ctx.throw(403, user.id, { age: user.age });
  train(user.email); //! none
});
app.use(router.routes());
app.on("error", (err, ctx) => {
  train(err.said); //! user.email user.id
  train(err.stack); //! none
});`,
);

check(
  "koa: without middleware that catches, the error event gets what is thrown",
  `import Koa from "koa";
import Router from "@koa/router";
const app = new Koa();
const router = new Router();
router.get("/fail", async (ctx) => { ctx.who = user.id; throw new Error(user.email); });
app.use(router.routes());
app.on("error", (err, ctx) => {
  train(err.message); //! user.email
  train(ctx.who); //! user.id
  train(ctx.query); //! none
});`,
);

check(
  "hono: onError of the application and of a mounted one, with the context's variables",
  `import { Hono } from "hono";
const app = new Hono();
app.get("/a", (c) => { throw new Error(user.email); });
app.post("/v1/chat", async (c) => { const b = await c.req.json(); throw new Error(b.messages[0].content); });
const sub = new Hono();
sub.get("/s", (c) => { c.set("who", user.id); throw new Error(user.name); });
app.route("/sub", sub);
const own = new Hono();
own.get("/t", (c) => { throw new Error(user.tags[0]); });
own.onError((err, c) => {
  train(err.message); //! user.tags
  return c.text("no", 500);
});
app.route("/own", own);
app.onError((err, c) => {
  train(err.message); //! user.email user.name user.prompt
  train(c.get("who")); //! user.id
  train(c.var.who); //! user.id
  train(c.req.query()); //! none
  return c.text("no", 500);
});`,
);

check(
  "fastify: error handlers, decorators, hooks; plugins that are no world of their own",
  `import Fastify from "fastify";
import fp from "fastify-plugin";
const app = Fastify();
app.decorate("vault", { mail: user.email });
app.decorate("age", function () { return user.age; });
app.decorateRequest("seed", user.tags);
app.addHook("onRequest", (req, reply, done) => { req.account = user.id; done(); });
app.register(fp(async (instance) => { instance.decorate("shared", user.name); }));
app.register(async (instance) => { instance.decorate("apart", user.name); });
app.register(async (instance) => {
  instance.post("/chat", async function (req) {
    train(req.body); //! user.prompt
    train(this.vault); //! user.email
  });
}, { prefix: "/v1" });
app.get("/x", { preHandler: [async (req) => { req.more = user.prompt; }] }, async function (req, reply) {
  train(app.vault.mail); //! user.email
  train(req.server.vault); //! user.email
  train(app.age()); //! user.age
  train(app.shared); //! user.name
  train(app.apart); //! none
  train(req.seed); //! user.tags
  train(req.account); //! user.id
  train(req.more); //! user.prompt
  throw new Error(user.name);
});
app.setErrorHandler((err, request, reply) => {
  train(err.message); //! user.name
  train(request.account); //! user.id
  train(request.query); //! none
  reply.send("x");
});`,
);
