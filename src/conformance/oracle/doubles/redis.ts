/**
 * As much of Redis as the cases need, in the process: keys, hashes, lists, sets, sorted sets, messages; by ioredis, whose commands are in
 * small letters, and by redis, which spells them as names (`hGetAll`). Commands: https://redis.io/docs/latest/commands.
 */
import { EventEmitter } from "node:events";

type Hash = Map<string, string>;
type Scores = Map<string, number>;
type Command = (key: string, ...args: string[]) => unknown;

/** What is kept, for all clients. */
interface Kept {
  readonly texts: Map<string, string>;
  readonly hashes: Map<string, Hash>;
  readonly lists: Map<string, string[]>;
  readonly sets: Map<string, Set<string>>;
  readonly scores: Map<string, Scores>;
  readonly messages: EventEmitter;
}

function at<V>(map: Map<string, V>, key: string, make: () => V): V {
  const held = map.get(key) ?? make();
  map.set(key, held);
  return held;
}

/** From and to as Redis counts them: both ends included, negative ones from the end. */
function range<V>(list: readonly V[], from: string, to: string): V[] {
  const end = Number(to) < 0 ? list.length + Number(to) : Number(to);
  return list.slice(Number(from), end + 1);
}

function pairs(args: readonly string[]): (readonly [string, string])[] {
  return args.flatMap((name, i) => (i % 2 === 0 ? [[name, args[i + 1] ?? ""] as const] : []));
}

/** The commands by their names in small letters. */
function commandsOn({ texts, hashes, lists, sets, scores, messages }: Kept): Readonly<Record<string, Command>> {
  const hash = (key: string): Hash => at(hashes, key, () => new Map<string, string>());
  const list = (key: string): string[] => at(lists, key, () => []);
  const set = (key: string): Set<string> => at(sets, key, () => new Set());
  const ranked = (key: string): string[] =>
    [...at(scores, key, () => new Map<string, number>())].sort(([, a], [, b]) => a - b).map(([member]) => member);
  const add = (key: string, by: number): number => {
    texts.set(key, String(Number(texts.get(key) ?? 0) + by));
    return Number(texts.get(key));
  };
  const put = (key: string, value: string): string => {
    texts.set(key, value);
    return "OK";
  };
  return {
    get: (key) => texts.get(key) ?? null,
    set: put,
    setex: (key, _seconds, value = "") => put(key, value),
    getdel: (key) => {
      const value = texts.get(key) ?? null;
      texts.delete(key);
      return value;
    },
    mget: (...keys) => keys.map((key) => texts.get(key) ?? null),
    mset: (...args) => {
      for (const [key, value] of pairs(args)) put(key, value);
      return "OK";
    },
    append: (key, value = "") => put(key, (texts.get(key) ?? "") + value).length,
    strlen: (key) => texts.get(key)?.length ?? 0,
    incr: (key) => add(key, 1),
    incrby: (key, by = "1") => add(key, Number(by)),
    exists: (key) => Number([texts, hashes, lists, sets, scores].some((map) => map.has(key))),
    expire: () => 1,
    del: (...keys) => keys.filter((key) => [texts, hashes, lists, sets, scores].map((map) => map.delete(key)).includes(true)).length,
    hset: (key, ...args) => {
      for (const [name, value] of pairs(args)) hash(key).set(name, value);
      return args.length / 2;
    },
    hget: (key, name = "") => hash(key).get(name) ?? null,
    hmget: (key, ...names) => names.map((name) => hash(key).get(name) ?? null),
    hgetall: (key) => Object.fromEntries(hash(key)),
    hkeys: (key) => [...hash(key).keys()],
    hvals: (key) => [...hash(key).values()],
    hlen: (key) => hash(key).size,
    hdel: (key, name = "") => Number(hash(key).delete(name)),
    lpush: (key, ...values) => list(key).unshift(...values.reverse()),
    rpush: (key, ...values) => list(key).push(...values),
    lpop: (key) => list(key).shift() ?? null,
    rpop: (key) => list(key).pop() ?? null,
    lrange: (key, from = "0", to = "-1") => range(list(key), from, to),
    llen: (key) => list(key).length,
    sadd: (key, ...members) => members.filter((member) => set(key).size < set(key).add(member).size).length,
    smembers: (key) => [...set(key)],
    sismember: (key, member = "") => Number(set(key).has(member)),
    scard: (key) => set(key).size,
    zadd: (key, ...args) => {
      for (const [score, member] of pairs(args)) at(scores, key, () => new Map<string, number>()).set(member, Number(score));
      return args.length / 2;
    },
    zrange: (key, from = "0", to = "-1") => range(ranked(key), from, to),
    zrevrange: (key, from = "0", to = "-1") => range(ranked(key).reverse(), from, to),
    zcard: (key) => ranked(key).length,
    publish: (channel, message = "") => Number(messages.emit(channel, message)),
  };
}

/** Arguments as the server gets them: lists and objects laid out, `{ score, value }` as redis takes it, settings left out. */
function laidOut(command: string, args: readonly unknown[]): string[] {
  return args.flat(2).flatMap((one): string[] => {
    if (typeof one !== "object" || one === null) return [String(one)];
    if (command === "zadd") return [String(Reflect.get(one, "score")), String(Reflect.get(one, "value"))];
    return /^(m|h)set$/.test(command) ? Object.entries(one).flatMap(([name, v]) => [name, String(v)]) : [];
  });
}

/** What `ioredis` and `redis` export: clients of one server. */
export function makeRedis(): (name: string) => unknown {
  const kept: Kept = {
    texts: new Map(),
    hashes: new Map(),
    lists: new Map(),
    sets: new Map(),
    scores: new Map(),
    messages: new EventEmitter(),
  };
  const commands = commandsOn(kept);
  const named = (name: string): ((args: readonly unknown[]) => unknown) | undefined => {
    const command = commands[name.toLowerCase()];
    return command && ((args) => Reflect.apply(command, undefined, laidOut(name.toLowerCase(), args)) as unknown);
  };

  /** Commands that are sent together: each gives the list itself, `exec` all answers. */
  const together = (answer: (value: unknown) => unknown): object => {
    const answers: unknown[] = [];
    const all: object = new Proxy(
      {},
      {
        get: (_, name) => {
          if (typeof name === "symbol" || name === "then") return undefined;
          if (/^exec/i.test(name)) return () => Promise.resolve(answers);
          return (...args: unknown[]) => {
            answers.push(answer(named(name)?.(args)));
            return all;
          };
        },
      },
    );
    return all;
  };

  const client = (isNamed: boolean): object => {
    const events = new EventEmitter();
    const self: object = new Proxy(events, {
      get: (target, name) => {
        if (typeof name === "symbol" || name === "then") return undefined;
        if (name === "pipeline" || name === "multi") return () => together((value) => (isNamed ? value : [null, value]));
        if (name === "duplicate") return () => client(isNamed);
        if (/^(connect|quit|disconnect|close|destroy|select)$/.test(name)) return () => Promise.resolve(self);
        if (name === "subscribe")
          return (channel: string, heard?: (message: string, channel: string) => void) => {
            kept.messages.on(channel, (message: string) =>
              heard === undefined ? events.emit("message", channel, message) : heard(message, channel),
            );
            return Promise.resolve(1);
          };
        const run = named(name);
        if (run !== undefined) return (...args: unknown[]) => Promise.resolve(run(args));
        const own = Reflect.get(target, name) as unknown;
        return typeof own === "function" ? (own.bind(target) as unknown) : own;
      },
    });
    return self;
  };

  function Redis(): object {
    return client(false);
  }
  return (name) => (name === "ioredis" ? Object.assign(Redis, { Redis, default: Redis }) : { createClient: () => client(true) });
}
