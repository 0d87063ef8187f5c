import { describe, expect, it } from "vitest";
import { run } from "../program.js";

/** What arrives on each line with a sink in any file, and what is stated there. */
function flows(code: string, files: Readonly<Record<string, string>>): { found: string[]; stated: string[] } {
  const all: Readonly<Record<string, string>> = { ...files, "main.ts": `\n\n${code}` };
  const { flows: got } = run(code, { files });
  const found: string[] = [];
  const stated: string[] = [];
  for (const [name, text] of Object.entries(all))
    text.split("\n").forEach((line, i) => {
      const says = /\/\/! (.*)$/.exec(line);
      if (says === null) return;
      const fields = got.filter((flow) => flow.at.file === name && flow.at.line === i + 1).map((flow) => flow.field);
      found.push(`${name}:${i + 1} ${[...new Set(fields)].sort().join(" ") || "none"}`);
      stated.push(`${name}:${i + 1} ${says[1]!}`);
    });
  return { found, stated };
}

describe("worker threads", () => {
  it("get their data and messages in the module that they are made of, and post back", () => {
    const { found, stated } = flows(
      `import { Worker } from "node:worker_threads";
const u = loadUser();
const worker = new Worker(new URL("./scorer.js", import.meta.url), { workerData: { who: u.id, size: u.prompt.length } });
worker.postMessage({ prompt: u.prompt });
worker.on("message", (answer) => {
  train(answer.echoed); //! user.prompt
  train(answer.size); //! none
});
const other = new Worker("./other.js");
other.on("message", (answer) => {
  train(answer); //! none
});
other.postMessage(u.email);
`,
      {
        "scorer.ts": `import { parentPort, workerData } from "node:worker_threads";
import { train } from "./sink.js";
train(workerData.who); //! user.id
train(workerData.size); //! none
parentPort!.on("message", (job: { prompt: string }) => {
  train(job.prompt); //! user.prompt
  parentPort!.postMessage({ echoed: job.prompt, size: 1 });
});
`,
        "other.ts": `import threads from "node:worker_threads";
import { train } from "./sink.js";
train(threads.workerData); //! none
threads.parentPort!.on("message", (mail: string) => {
  train(mail); //! user.email
});
`,
      },
    );
    expect(found).toEqual(stated);
  });
});
