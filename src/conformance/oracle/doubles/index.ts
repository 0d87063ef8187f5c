/** Packages that cases run with in a form of our own: their engines are in the process, and nothing has to be built or be running. */
import { makeRedis } from "./redis.js";
import { makeSqlite } from "./sqlite.js";

/** What a package exports, by its name. */
export type Doubles = (name: string) => unknown;

const SQLITE = "better-sqlite3";

export const isDouble = (name: string): boolean => name === SQLITE || name === "ioredis" || name === "redis";

/** The doubles for a run; an engine is loaded only where one of the texts names it. */
export async function makeDoubles(texts: readonly string[]): Promise<Doubles> {
  const sqlite = texts.some((text) => text.includes(SQLITE)) ? await makeSqlite() : undefined;
  const redis = makeRedis();
  return (name) => (name === SQLITE ? sqlite : redis(name));
}
