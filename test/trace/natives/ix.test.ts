import { check } from "./check.js";

check(
  "a sequence that is mapped, filtered and written",
  `import { from } from "ix/asynciterable";
import { filter, map } from "ix/asynciterable/operators";
import { createWriteStream } from "node:fs";
const u = loadUser();
async function* rows() { yield { id: u.id, messages: [u.prompt] }; yield { id: "b", messages: ["m"] }; }
void (async () => {
  const formattedRows = from(rows()).pipe(map(async (row) => ({ messages: row.messages })), filter(Boolean), map((row) => Buffer.from(JSON.stringify(row) + "\\n")));
  const writeStream = createWriteStream("out");
  for await (const row of formattedRows) { writeStream.write(row); train(row); } //! user.prompt
  for await (const row of from(rows()).pipe(map((row) => row.messages.length))) train(row); //! none
  for await (const row of from(rows()).pipe(filter((row) => row.id !== "x"))) train(row); //! user.id user.prompt
})();
`,
);

check(
  "operators",
  `import { from, of, as, concat, zip, merge, range, toArray, first, reduce as fold } from "ix/asynciterable";
import { flatMap, tap, take, skip, buffer, reduce, map, scan, groupBy, catchError } from "ix/asynciterable/operators";
const u = loadUser();
const list = [{ id: u.id, mail: u.email }, { id: "b", mail: "m" }];
void (async () => {
  train(await toArray(from(list).pipe(flatMap((r) => of(r.id))))); //! user.id
  train(await toArray(from(list).pipe(flatMap(async (r) => [r.mail])))); //! user.email
  let seen = "";
  await toArray(from(list).pipe(tap((r) => { seen += r.mail; })));
  train(seen); //! user.email
  train(await toArray(from(list).pipe(take(1), map((r) => r.id)))); //! user.id
  train(await toArray(from(list).pipe(skip(1), map((r) => r.id)))); //! none
  for await (const batch of from(list).pipe(buffer(10))) train(batch.map((r) => r.id)); //! user.id
  train(await fold(as(list), { callback: (acc, r) => acc + r.id, seed: "" })); //! user.id
  train(await fold(as(list), (n, r) => n + r.mail.length, 0)); //! none
  train(await toArray(from(list).pipe(scan({ callback: (acc, r) => acc + r.mail, seed: "" })))); //! user.email
  train(await toArray(concat(of(u.id), of(u.name)))); //! user.id user.name
  train(await toArray(merge(of(u.id), of("x")))); //! user.id
  for await (const [a, b] of zip(of(u.id), of(u.name))) train(b); //! user.name
  train(await first(from(list).pipe(map((r) => r.id)))); //! user.id
  train(await toArray(range(0, 3))); //! none
  train(await toArray(from([Promise.resolve(u.name)]))); //! user.name
  for await (const g of from(list).pipe(groupBy((r) => r.id))) for await (const r of g) train(r.mail); //! user.email
  try { await toArray(of(u.name).pipe(map((x) => { throw new Error(x); }))); } catch (e) { train((e as Error).message); } //! user.name
  await from(list).forEach((r) => { train(r.mail); }); //! user.email
})();
`,
);

check(
  "streams, and sequences that wait for nothing",
  `import { from } from "ix/asynciterable";
import { toNodeStream } from "ix/asynciterable/tonodestream";
import { map as mapAsync } from "ix/asynciterable/operators/map";
import { from as fromSync, toArray } from "ix/iterable";
import { map, filter } from "ix/iterable/operators";
import * as Ix from "ix/Ix.asynciterable";
import { AsyncIterable } from "ix";
import { Readable } from "node:stream";
const u = loadUser();
const list = [{ id: u.id, mail: u.email }];
toNodeStream(from(list).pipe(mapAsync(async (r) => r.id))).on("data", (x) => train(x)); //! user.id
toNodeStream(from(list).pipe(mapAsync(async (r) => r.mail.length))).on("data", (x) => train(x)); //! none
Readable.from(from(list).pipe(mapAsync((r) => r.mail))).on("data", (x) => train(x)); //! user.email
train(toArray(fromSync(list).pipe(map((r) => ({ id: r.id })), filter((r) => r.id !== "")))); //! user.id
for (const r of fromSync(list).pipe(map((x) => x.mail))) train(r); //! user.email
void (async () => {
  for await (const r of Ix.from(list)) train(r.id); //! user.id
  for await (const r of AsyncIterable.from(list)) train(r.mail); //! user.email
})();
`,
);

check(
  "streams as sources, failures, loops in callbacks",
  `import { from, as, defer } from "ix/asynciterable";
import { map, orderBy, catchError } from "ix/asynciterable/operators";
import { Readable } from "node:stream";
const u = loadUser();
void (async () => {
  const src = Readable.from([{ id: u.id, n: u.name }]);
  for await (const x of from(src).pipe(map((r) => r.id))) train(x); //! user.id
  for await (const x of as([1]).pipe(map(() => { throw new Error(u.email); }), catchError((e) => [e.message]))) train(x); //! user.email
  for await (const x of defer(async () => [u.id])) train(x); //! user.id
  for await (const x of from([u]).pipe(orderBy((r) => r.id))) train(x.name); //! user.name
  const [x] = await Promise.all([1].map(async () => { let out: string[] = []; for await (const r of from([u]).pipe(map(async (r) => r.id))) out.push(r); return out; }));
  train(x); //! user.id
})();
`,
);
