/** BullMQ: jobs from queues to the workers of their name, and results the other way. */
import { check } from "./check.js";

check(
  "a queue in one package, its worker in another: fields apart, what is counted is none, another queue is another",
  `import { connection, fineTune } from "@acme/queues";
import { Worker } from "bullmq";
await fineTune.add("job", { who: user.id, text: user.prompt, length: user.name.length });
new Worker("fine-tune", async (job) => {
  train(job.data.who); //! user.id
  train(job.data.text); //! user.prompt
  train(job.data.length); //! none
  train(job.name); //! none
  const { who, ...others } = job.data;
  train(others); //! user.prompt
}, { connection });
new Worker("fine-tune-other", async (job) => {
  train(job.data); //! none
});`,
  {
    packages: { "@acme/queues": "queues.ts" },
    files: {
      "queues.ts": `import { Queue } from "bullmq";
export const connection = { host: "localhost" };
export const fineTune = new Queue<any>("fine-tune", { connection });
`,
    },
  },
);

check(
  "many jobs at once; what a worker gives is the job's result, for listeners and for who waits",
  `import { Queue, QueueEvents, Worker } from "bullmq";
const queue = new Queue("score");
const events = new QueueEvents("score");
const worker = new Worker("score", async (job) => {
  train(job.data); //! user.email user.id
  return { mail: job.data.mail, size: job.data.mail.length };
});
worker.on("completed", (job, result) => {
  train(job.data.id); //! user.id
  train(result); //! user.email
  train(job.returnvalue.size); //! none
});
worker.on("failed", (job, error) => {
  train(error); //! none
  train(job?.data.id); //! user.id
});
events.on("completed", ({ jobId, returnvalue }) => {
  train(jobId); //! none
  train(returnvalue); //! user.email
});
async function main() {
  await queue.addBulk([{ name: "a", data: { mail: user.email } }, { name: "b", data: { id: user.id } }]);
  const job = await queue.add("a", { mail: user.email });
  train(job.data); //! user.email
  train(job.id); //! none
  train(await job.waitUntilFinished(events)); //! user.email
  const done = await queue.getCompleted();
  train(done[0]!.returnvalue.mail); //! user.email
  train(done.length); //! none
  train(await queue.count()); //! none
  const again = await queue.getJob("1");
  train(again?.data.id); //! user.id
}
void main();`,
);

check(
  "flows of jobs; jobs that are changed on the way; names that are not known, and with holes",
  `import { FlowProducer, Job, Queue, Worker } from "bullmq";
const flow = new FlowProducer();
void flow.add({ name: "root", queueName: "root", data: { who: user.id }, children: [{ name: "c", queueName: "child", data: { text: user.prompt } }] });
new Worker("root", async (job: Job) => {
  train(job.data); //! user.id
  train(await job.getChildrenValues()); //! user.tags
});
new Worker("child", async (job: Job) => {
  train(job.data); //! user.prompt
  return user.tags;
});
const steps = new Queue("steps");
void steps.add("start", { n: 1 });
new Worker("steps", async (job: Job) => {
  await job.updateData({ ...job.data, mail: user.email });
  train(job.data.mail); //! user.email
});
new Worker(process.env.NAME!, async (job) => { train(job.data.who); }); //! user.id
const shard = (n: number) => new Queue(\`shard-\${n}\`);
void shard(Math.random()).add("x", user.age);
new Worker("shard-2", async (job) => { train(job.data); }); //! user.age
new Worker("part-2", async (job) => { train(job.data); }); //! none`,
);

check(
  "workers for many shards around one processor are one; those around others, or with another setting, stay apart",
  `import { Queue, Worker, type Job } from "bullmq";
const shards = ["in", "in-1", "in-2", "in-3", "in-4"];
for (const shard of shards) void new Queue(shard).add("job", { mail: user.email });
const counted: Record<string, number> = {};
const wrap = (name: string, run: (job: Job) => Promise<unknown>, hide = false) => async (job: Job) => {
  counted[name] = (counted[name] ?? 0) + 1;
  train(name); //! none
  return hide ? null : run(job);
};
const keep = async (job: Job) => {
  train(job.data.mail); //! user.email
};
shards.forEach((shard) => new Worker(shard, wrap(shard, keep)));
const others = ["out", "out-1", "out-2", "out-3"];
for (const other of others) void new Queue(other).add("job", { who: user.id });
const hidden = async (job: Job) => {
  train(job.data.who); //! none
};
for (const other of others) new Worker(other, wrap(other, hidden, true));
const steps: Record<string, (job: Job) => Promise<void>> = {
  "do-1": async (job) => train(job.data), //! user.name
  "do-2": async (job) => train(job.data), //! none
  "do-3": async (job) => train(job.data), //! none
  "do-4": async (job) => train(job.data), //! user.prompt
};
void new Queue("do-1").add("job", user.name);
void new Queue("do-4").add("job", user.prompt);
for (const [name, step] of Object.entries(steps)) new Worker(name, wrap(name, step));
train(Object.keys(counted)); //! none`,
);
