/** Queues of jobs: what a job is given reaches the handler of its name, field by field. */
import { check } from "./check.js";

check(
  "Bull and Bee-Queue",
  `import Bull from "bull";
import BeeQueue from "bee-queue";
import { mail } from "./queues.js";
const tune = new Bull("tune");
void tune.add({ who: user.id, n: user.name.length });
void mail.add("welcome", { to: user.email });
new Bull("tune").process(async (job) => {
  train(job.data.who); //! user.id
  train(job.data.n); //! none
  return { text: user.prompt };
});
tune.on("completed", (job, result) => {
  train(result.text); //! user.prompt
  train(job.data); //! user.id
});
void mail.process("welcome", 5, async (job) => { train(job.data.to); }); //! user.email
void new Bull("other").process(async (job) => { train(job.data); }); //! none
const bee = new BeeQueue("score");
async function main() {
  const job = await bee.createJob({ text: user.prompt, n: user.name.length }).retries(2).save();
  job.on("succeeded", (result) => { train(result); }); //! user.name
}
bee.process(async (job) => {
  train(job.data.text); //! user.prompt
  train(job.data.n); //! none
  return user.name;
});
bee.on("succeeded", (job, result) => { train(result); }); //! user.name
bee.on("failed", (job, error) => { train(error); }); //! none
new BeeQueue("scores").process(async (job) => { train(job.data); }); //! none
void main();`,
  { files: { "queues.ts": `import Bull from "bull";\nexport const mail = new Bull("mail", { redis: {} });\n` } },
);

check(
  "Graphile Worker: a payload goes to the task of its name",
  `import { makeWorkerUtils, quickAddJob, run, runOnce } from "graphile-worker";
import { taskList } from "./tasks.js";
async function main() {
  await quickAddJob({ connectionString: "x" }, "mail", { to: user.email, n: user.name.length });
  const utils = await makeWorkerUtils({});
  await utils.addJob("score", { text: user.prompt });
  await run({ taskList });
  await runOnce({}, { once: async (payload: any) => { train(payload); } }); //! user.id
  await utils.addJob("once", user.id);
}
export const seen = {
  mail: (payload: any) => {
    train(payload.to); //! user.email
    train(payload.n); //! none
  },
  score: (payload: any) => { train(payload.text); }, //! user.prompt
  next: (payload: any) => { train(payload); }, //! user.name
  other: (payload: any) => { train(payload); }, //! none
};
void main();`,
  {
    files: {
      "tasks.ts": `import { loadUser } from "./source.js";
import { seen } from "./main.js";
export const taskList = {
  mail: async (payload: any, helpers: any) => { seen.mail(payload); await helpers.addJob("next", { name: loadUser().name }); },
  score: async (payload: any) => { seen.score(payload); },
  next: async (payload: any) => { seen.next(payload); },
  other: async (payload: any) => { seen.other(payload); },
};
`,
    },
  },
);

check(
  "pg-boss and Agenda",
  `import PgBoss from "pg-boss";
import { Agenda } from "agenda";
import { agenda, boss } from "./boss.js";
async function send() {
  await boss.send("mail", { to: user.email, n: user.name.length });
  await boss.send({ name: "score", data: { text: user.prompt } });
  await boss.insert([{ name: "many", data: { who: user.id } }]);
  await agenda.now("tune", { text: user.prompt, n: user.name.length });
  await agenda.schedule("in 1 hour", "later", { who: user.id });
  await agenda.every("1 day", ["daily"], { name: user.name });
}
async function work() {
  await boss.work("mail", async ([job]) => {
    train(job.data.to); //! user.email
    train(job.data.n); //! none
    train(job.id); //! none
  });
  await boss.work("score", { batchSize: 2 }, async (jobs) => {
    for (const job of jobs) train(job.data.text); //! user.prompt
    train(jobs.length); //! none
  });
  await boss.work("many", async (job: any) => { train(job.data.who); }); //! user.id
  await boss.work("none", async ([job]) => { train(job.data); }); //! none
  train((await boss.fetch("mail"))[0]?.data); //! user.email
}
agenda.define("tune", async (job) => {
  train(job.attrs.data.text); //! user.prompt
  train(job.attrs.data.n); //! none
});
agenda.define("later", { priority: 1 }, async (job) => { train(job.attrs.data); }); //! user.id
agenda.define("daily", async (job) => { train(job.attrs.data); }); //! user.name
agenda.define("other", async (job) => { train(job.attrs.data); }); //! none
void send();
void work();`,
  {
    files: {
      "boss.ts": `import PgBoss from "pg-boss";
import { Agenda } from "agenda";
export const boss = new PgBoss("postgres://");
export const agenda = new Agenda({});
`,
    },
  },
);

check(
  "schedulers",
  `import cron from "node-cron";
import schedule from "node-schedule";
import { CronJob } from "cron";
import { Cron } from "croner";
cron.schedule("0 3 * * *", (now) => { train(user.email); train(now); }); //! user.email
schedule.scheduleJob("nightly", "0 3 * * *", () => { train(user.name); }); //! user.name
new CronJob("0 3 * * *", () => { train(user.id); }); //! user.id
new Cron("0 3 * * *", { name: "n" }, () => { train(user.prompt); }); //! user.prompt
train(cron.validate("0 3 * * *")); //! none`,
);
