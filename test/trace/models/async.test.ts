import { check } from "./check.js";

check(
  "p-map: element by element",
  `import pMap from "p-map";
async function main() {
  train(await pMap([user.id, user.name], async (x) => x)); //! user.id user.name
  train((await pMap([user.id, user.name], async (x) => x))[1]); //! user.name
  train(await pMap([Promise.resolve(user.id)], async (x) => x.length)); //! none
  train(await pMap([{ id: user.id, n: 1 }], async (x) => ({ n: x.n }), { concurrency: 2 })); //! none
}
void main();`,
);

check(
  "p-filter, p-each-series, p-reduce, p-props",
  `import pFilter from "p-filter";
import pEachSeries from "p-each-series";
import pReduce from "p-reduce";
import pProps from "p-props";
async function main() {
  train(await pFilter([user.id], async (x) => x.length > 1)); //! user.id
  await pEachSeries([user.email], async (x) => {
    train(x); //! user.email
  });
  train(await pReduce([user.id, user.name], async (all, x) => all + x, "")); //! user.id user.name
  train(await pReduce([user.id], async (n, x) => n + x.length, 0)); //! none
  train((await pProps({ a: Promise.resolve(user.id), b: "x" })).b); //! none
  train((await pProps({ a: Promise.resolve(user.id), b: "x" })).a); //! user.id
}
void main();`,
);

check(
  "what is done again",
  `import pRetry from "p-retry";
import { backOff } from "exponential-backoff";
async function main() {
  train(await pRetry(async () => user.email, { retries: 2 })); //! user.email
  train((await backOff(() => Promise.resolve({ id: user.id, n: 1 }))).n); //! none
}
void main();`,
);

check(
  "p-limit and p-queue",
  `import pLimit from "p-limit";
import PQueue from "p-queue";
async function main() {
  const limit = pLimit(3);
  train(await limit(() => user.email)); //! user.email
  train(await limit(async (x: string) => x, user.id)); //! user.id
  train(await limit(() => "x")); //! none
  const queue = new PQueue({ concurrency: 1 });
  train(await queue.add(async () => user.name)); //! user.name
  train(await queue.addAll([async () => user.id, async () => "x"])); //! user.id
  await queue.onIdle();
}
void main();`,
);
