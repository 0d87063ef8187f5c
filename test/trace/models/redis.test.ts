/** Redis: what is written under a key is read under it, by whichever client. */
import { check } from "./check.js";

const KEYS = {
  packages: { "@acme/cache": "cache.ts" },
  files: {
    "cache.ts": `import Redis from "ioredis";
import { createClient } from "redis";
export const redis = new Redis(process.env.REDIS_URL!);
export const client = createClient({ url: process.env.REDIS_URL });
export const userKey = (id: string) => \`user:\${id}\`;
`,
  },
};

check(
  "values by key, with holes; text keeps its fields; through another client",
  `import { client, redis, userKey } from "@acme/cache";
async function save(id: string) {
  await redis.set(userKey(id), JSON.stringify({ mail: user.email, text: user.prompt, n: user.name.length }), "EX", 60);
  await redis.setex("session", 60, user.id);
  await redis.incr("count:" + user.age);
}
async function load(id: string) {
  const kept = await client.get(userKey(id));
  if (kept === null) return;
  train(JSON.parse(kept).mail); //! user.email
  train(JSON.parse(kept).n); //! none
  train(kept); //! user.email user.prompt
  train(await client.get("session")); //! user.id
  train(await client.get("other")); //! none
  train(await redis.get(\`team:\${id}\`)); //! none
  train(await redis.exists("session")); //! none
  train(await redis.get("count:1")); //! none
  const [first, second] = await redis.mget("session", "nothing");
  train(first); //! user.id
  train(second); //! none
  const all = await client.mGet(["nothing", "session"]);
  train(all[1]); //! user.id
}
void save("a");
void load("a");`,
  KEYS,
);

check(
  "hashes by field, lists, sets",
  `import { client, redis } from "@acme/cache";
async function save() {
  await redis.hset("profile", { mail: user.email, size: user.name.length });
  await redis.hset("profile", "text", user.prompt, "who", user.id);
  await client.hSet("person", "name", user.name);
  await redis.mset({ a: user.id, b: user.email });
  await redis.mset("c", user.name, "d", 1);
  await redis.lpush("queue", JSON.stringify({ text: user.prompt }), "x");
  await client.rPush("waiting", [user.id]);
  await redis.sadd("tags", ...user.tags);
  await redis.zadd("rank", 1, user.name);
  await client.zAdd("score", [{ score: user.age, value: user.id }]);
}
async function load() {
  const profile = await client.hGetAll("profile");
  train(profile.mail); //! user.email
  train(profile.size); //! none
  train(await redis.hget("profile", "text")); //! user.prompt
  train(await redis.hmget("profile", "who", "mail")); //! user.email user.id
  const [who] = await redis.hmget("profile", "who", "mail");
  train(who); //! user.id
  train(await redis.hgetall("person")); //! user.name
  train(await redis.get("a")); //! user.id
  train(await redis.get("b")); //! user.email
  train(await redis.get("c")); //! user.name
  train(await redis.get("d")); //! none
  const task = await redis.rpop("queue");
  train(JSON.parse(task!).text); //! user.prompt
  train(await redis.llen("queue")); //! none
  train((await redis.blpop("queue", 0))![1]); //! user.prompt
  train((await client.blPop("waiting", 0))?.element); //! user.id
  train(await redis.smembers("tags")); //! user.tags
  train(await client.zRange("rank", 0, -1)); //! user.name
  train((await client.zRangeWithScores("score", 0, -1))[0]); //! user.id
  train(await redis.zcard("rank")); //! none
}
void save();
void load();`,
  KEYS,
);

check(
  "messages reach who has subscribed to their channel",
  `import { client, redis } from "@acme/cache";
const sub = redis.duplicate();
sub.on("message", (channel, message) => {
  if (channel === "users") train(JSON.parse(message).mail); //! user.email
  if (channel === "prompts") train(message); //! user.prompt
});
sub.on("error", (error) => {
  train(error.message); //! none
});
void sub.subscribe("users", "prompts");
void client.subscribe("users", (message) => {
  train(JSON.parse(message)); //! user.email user.id
});
void client.subscribe("nothing", (message) => {
  train(message); //! none
});
void client.pSubscribe("room:*", (message) => {
  train(message); //! user.name
});
void redis.publish("users", JSON.stringify({ mail: user.email, id: user.id }));
void client.publish("prompts", user.prompt);
void client.publish("room:1", user.name);`,
  KEYS,
);

check(
  "pipelines and transactions: each command's result is apart",
  `import { client, redis } from "@acme/cache";
async function main() {
  await redis.pipeline().set("a", user.id).hset("h", "mail", user.email).exec();
  const results = await redis.pipeline().get("a").hget("h", "mail").exec();
  train(results![0]![1]); //! user.id
  train(results![1]![1]); //! user.email
  const pipeline = redis.multi();
  for (const key of ["a", "b"]) pipeline.get(key);
  const all = await pipeline.exec();
  train(all!.map(([, value]) => value)); //! user.id
  await client.multi().set("m", user.prompt).incr("n").exec();
  const [m, n] = await client.multi().get("m").get("n").exec();
  train(m); //! user.prompt
  train(n); //! none
}
void main();`,
  KEYS,
);

check(
  "streams",
  `import { client, redis } from "@acme/cache";
async function main() {
  await redis.xadd("events", "*", "mail", user.email, "n", "1");
  await client.xAdd("clicks", "*", { who: user.id, n: "1" });
  const read = await redis.xread("BLOCK", 0, "STREAMS", "events", "0");
  train(read![0]![1][0]![1]); //! user.email
  train(read![0]![1][0]![0]); //! none
  const clicks = await client.xRead({ key: "clicks", id: "0" });
  train(clicks![0].messages[0].message.who); //! user.id
  train(clicks![0].messages[0].message.n); //! none
  train((await client.xRange("events", "-", "+"))[0]!.message.mail); //! user.email
  train(await client.xLen("clicks")); //! none
}
void main();`,
  KEYS,
);

check(
  "a client that is only known by its type, and wrappers around it",
  `import { redis } from "@acme/cache";
import type { Redis } from "ioredis";
class Cache {
  constructor(private readonly client: Redis) {}
  async put(key: string, value: unknown) { await this.client.set("cache:" + key, JSON.stringify(value)); }
  async take<T>(key: string): Promise<T | null> {
    const text = await this.client.get("cache:" + key);
    return text ? JSON.parse(text) : null;
  }
}
export async function keep(client: Redis) { await client.set("typed", user.name); }
async function main() {
  const cache = new Cache(redis);
  await cache.put("a", { mail: user.email, text: user.prompt });
  await cache.put("b", user.id);
  train((await cache.take<any>("a"))?.mail); //! user.email
  train(await cache.take("b")); //! user.id
  train(await redis.get("a")); //! none
  train(await redis.get("typed")); //! user.name
}
void main();`,
  KEYS,
);
