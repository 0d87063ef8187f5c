/** Which places are of a service that is reached over the network. Files, the browser's storage and cookies are where the code runs. */
import { importedPackages } from "../inputs.js";
import type { Machine } from "../machine/machine.js";

/** Buckets, topics, queues and caches: kinds of places that are always elsewhere. */
const ELSEWHERE = /^(?:blob|metadata|blob keys|kafka|sqs|sns|eventbridge|nats|amqp|redis|bull|bullmq|agenda)(?::|$)/;

const TABLE = "table:";

/** Packages of engines that run in the process: SQLite, DuckDB, PGlite. Whose program has one, has its tables in it, as far as nothing speaks against it. */
const EMBEDDED = /sqlite|sql\.js|duckdb|pglite|op-sqlite/i;

/** Tells whether what is written to a place leaves the device; `isService`: the library that writes it knows no other way. */
export function elsewhere(m: Machine): (place: string, isService: boolean) => boolean {
  const isEmbedded = [...importedPackages(m.modules)].some((name) => EMBEDDED.test(name));
  return (place, isService) => isService || ELSEWHERE.test(place) || (place.startsWith(TABLE) && !isEmbedded);
}
