/** What comes from outside of the program may be anything: both ways of its tests are followed, and its lists have elements. */
import { check } from "./check.js";

check(
  "files: what a name stands for, and directories in directories",
  `import fs from "node:fs";
import { readdir } from "node:fs/promises";
const user = loadUser();
export async function walk(dir) {
  if (fs.statSync(dir).isDirectory()) train(user.email); //! user.email
  else train(user.name); //! user.name
  if (fs.statSync(dir).mtime > new Date()) train(user.id); //! user.id
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) train(user.prompt); //! user.prompt
    if (!entry.isFile()) train(user.tags); //! user.tags
    if (typeof entry.name !== "string") train(user.email); //! none
  }
}`,
);

check(
  "where a module is, is a text that others may be",
  `const user = loadUser();
export function run(path) {
  if (import.meta.url === path) train(user.email); //! user.email
  else train(user.name); //! user.name
  if (__filename !== path) train(user.id); //! user.id
}`,
);

check(
  "responses have headers",
  `import axios from "axios";
const user = loadUser();
export async function ask(url) {
  const response = await fetch(url);
  if (response.headers.get("content-type")?.includes("json")) train(user.email); //! user.email
  if (!response.headers.has("etag")) train(user.name); //! user.name
  if ((await axios.get(url)).statusText === "OK") train(user.id); //! user.id
  const own = new Response("{}", { headers: { etag: "1" } });
  if (own.headers.has("age")) train(user.prompt); //! none
}`,
);

check(
  "what a library's middleware puts beside what the program's own does",
  `import express from "express";
import Koa from "koa";
import { Hono } from "hono";
const user = loadUser();
const app = express();
app.use((req, res, next) => { res.locals.mine = ""; next(); });
app.get("/a", (req, res) => {
  if (res.locals.other) train(user.email); //! user.email
  if (res.locals.mine) train(user.name); //! none
});
const koa = new Koa();
koa.use((ctx) => { if (ctx.state.user?.isAdmin) train(user.id); else train(user.tags); }); //! user.id user.tags
const hono = new Hono();
hono.get("/b", (c) => { if (c.var.jwtPayload) train(user.prompt); return c.json({}); }); //! user.prompt`,
);

check(
  "data of a package has properties and elements, and so have its copies",
  `import settings from "some-settings";
const user = loadUser();
export function all() {
  for (const [key] of Object.entries(settings)) train(key, user.email); //! user.email
  for (const key in settings.list) train(key, user.name); //! user.name
  if (structuredClone(settings).share) train(user.id); //! user.id
  if ({ share: false, ...settings }.share) train(user.prompt); //! user.prompt
  if ({ ...settings, share: false }.share) train(user.tags); //! none
  for (const name of Object.keys(process.env)) train(name, user.age); //! user.age
}`,
);

check(
  "lists that a modelled library gives from outside",
  `import Redis from "ioredis";
const user = loadUser();
const redis = new Redis();
export async function all() {
  for (const key of await redis.keys("a:*")) train(key, user.email); //! user.email
}`,
);
