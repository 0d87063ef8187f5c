/** Calls that are given the name of what they take: an upload, a dataset, a path, a trace, a log. */
import { describe, expect, it } from "vitest";
import { annotated, run } from "../program.js";

const PACKS = `extends: [purpose-lint/recommended]\nsinks:\n`;
const PURPOSES = `  evaluate: { basis: legitimate-interest, notice: to evaluate }\n`;

/** The fields that arrive at a pack's sink, each with where in it. */
function taken(sink: string, code: string): readonly string[] {
  const { flows } = run(code, { sinks: PACKS, purposes: PURPOSES });
  return flows.flatMap((flow) => (flow.sink.id === sink ? [`${flow.field} at ${flow.accessPath}`] : [])).sort();
}

describe("a path", () => {
  const together = `import fs from "node:fs";
import Together from "together-ai";
const together = new Together(), user = loadUser();
fs.writeFileSync("out/rows.jsonl", JSON.stringify({ text: user.prompt }));
fs.writeFileSync("out/mails.jsonl", user.email);
`;

  it("is what was written to it", () => {
    expect(taken("together-ai.files.upload/fine-tune", `${together}await together.files.upload("./out/rows.jsonl", "fine-tune");`)).toEqual(
      ["user.prompt at text"],
    );
  });

  it("is nothing that was written elsewhere, or is uploaded for another purpose", () => {
    expect(taken("together-ai.files.upload/fine-tune", `${together}await together.files.upload("other.jsonl", "fine-tune");`)).toEqual([]);
    expect(taken("together-ai.files.upload/fine-tune", `${together}await together.files.upload("out/rows.jsonl", "eval");`)).toEqual([]);
  });

  it("is what a job is given that is given the upload's id", () => {
    const job = `const file = await together.files.upload("out/rows.jsonl", "fine-tune");
const mails = await together.files.upload("out/mails.jsonl", "fine-tune");
await together.fineTuning.create({ model: "m", training_file: file.id });`;
    expect(taken("together-ai.fineTuning.create", together + job)).toEqual(["user.prompt at "]);
  });
});

describe("an upload's id, or a dataset's", () => {
  it("is the file among those of a job of Mistral", () => {
    const code = (used: string): string => `import { Mistral } from "@mistralai/mistralai";
const mistral = new Mistral(), user = loadUser();
const file = await mistral.files.upload({ file: new File([user.prompt], "a.jsonl"), purpose: "batch" });
const other = await mistral.files.upload({ file: new File([user.email], "b.jsonl"), purpose: "batch" });
await mistral.fineTuning.jobs.create({ model: "m", trainingFiles: [{ fileId: ${used}.id, weight: 1 }], hyperparameters: {} });`;
    expect(taken("mistral.fineTuning.jobs.create", code("file"))).toEqual(["user.prompt at [*].fileId"]);
    expect(taken("mistral.fineTuning.jobs.create", code("other"))).toEqual(["user.email at [*].fileId"]);
  });

  it("is the dataset that a model of Cohere is tuned on", () => {
    const code = (used: string): string => `import { CohereClient } from "cohere-ai";
const cohere = new CohereClient(), user = loadUser();
const set = await cohere.datasets.create(new File([user.prompt], "a"), undefined, { name: "a", type: "chat-finetune-input" });
await cohere.finetuning.createFinetunedModel({ name: "m", settings: { baseModel: {}, datasetId: ${used} } });`;
    expect(taken("cohere.finetuning.createFinetunedModel", code("set.id"))).toEqual(["user.prompt at datasetId"]);
    expect(taken("cohere.finetuning.createFinetunedModel", code(`"dataset-1"`))).toEqual([]);
  });
});

describe("a trace", () => {
  const langfuse = `import { Langfuse } from "langfuse";
const langfuse = new Langfuse(), user = loadUser();
const item = (sourceTraceId: string) => langfuse.createDatasetItem({ datasetName: "d", sourceTraceId });
`;

  it("is what an item is made of by the trace's own id", () => {
    const code = `const trace = langfuse.trace({ name: "chat", input: user.prompt });
const answer = trace.generation({ name: "answer", input: user.name });
answer.span({ name: "tool" }).end({ output: user.tags });
const step = trace.span({ name: "step" });
step.end({ output: user.age });
const other = langfuse.trace({ name: "chat", input: user.email });
`;
    expect(taken("langfuse.createDatasetItem", `${langfuse}${code}await item(trace.id);`)).toEqual([
      "user.age at sourceTraceId",
      "user.name at sourceTraceId",
      "user.prompt at sourceTraceId",
      "user.tags at sourceTraceId",
    ]);
    expect(taken("langfuse.createDatasetItem", `${langfuse}${code}await item(other.id);`)).toEqual(["user.email at sourceTraceId"]);
  });

  it("is what an item is made of by an id that the program has chosen", () => {
    const code = `langfuse.trace({ id: "chat-1", name: "chat", input: user.prompt }).update({ output: user.name });
langfuse.trace({ id: "mail-1", name: "mail", input: user.email });
`;
    expect(taken("langfuse.createDatasetItem", `${langfuse}${code}await item("chat-1");`)).toEqual([
      "user.name at sourceTraceId.output",
      "user.prompt at sourceTraceId.input",
    ]);
    expect(taken("langfuse.createDatasetItem", `${langfuse}${code}await item("chat-2");`)).toEqual([]);
  });

  it("is nothing of an item that names none", () => {
    const code = `langfuse.trace({ id: "chat-1", name: "chat", input: user.prompt });
await langfuse.createDatasetItem({ datasetName: "d", input: user.age });
await item("chat-2");`;
    expect(taken("langfuse.createDatasetItem", langfuse + code)).toEqual(["user.age at input"]);
  });

  it("is a run of LangSmith as well", () => {
    const code = (id: string): string => `import { Client } from "langsmith";
const client = new Client(), user = loadUser();
await client.createRun({ id: "run-1", name: "chat", run_type: "llm", inputs: { text: user.prompt } });
await client.createExample({ dataset_name: "d", source_run_id: ${id}, use_source_run_io: true });`;
    expect(taken("langsmith.createExample", code(`"run-1"`))).toEqual(["user.prompt at source_run_id.inputs.text"]);
    expect(taken("langsmith.createExample", code(`"run-2"`))).toEqual([]);
  });
});

describe("a trace of the newer libraries", () => {
  const langfuse = `import { getActiveTraceId, observe, startActiveObservation, startObservation, updateActiveObservation } from "@langfuse/tracing";
import { LangfuseClient } from "@langfuse/client";
const langfuse = new LangfuseClient(), user = loadUser();
const item = (sourceTraceId: string) => langfuse.dataset.createItem({ datasetName: "d", sourceTraceId });
`;

  it("is what an item is made of by an observation's trace", () => {
    const code = `const span = startObservation("chat", { input: user.prompt });
const answer = span.startObservation("answer", { input: user.name }, { asType: "generation" });
answer.update({ output: user.tags }).end();
const other = startObservation("mail", { input: user.email });
`;
    expect(taken("langfuse-client.dataset.createItem", `${langfuse}${code}await item(span.traceId);`)).toEqual([
      "user.name at sourceTraceId",
      "user.prompt at sourceTraceId",
      "user.tags at sourceTraceId",
    ]);
    expect(taken("langfuse-client.dataset.createItem", `${langfuse}${code}await item(other.traceId);`)).toEqual([
      "user.email at sourceTraceId",
    ]);
    expect(taken("langfuse-client.dataset.createItem", `${langfuse}${code}await item("t-1");`)).toEqual([]);
  });

  it("is what has been put in while it was active", () => {
    const code = (id: string): string => `await startActiveObservation("chat", async (span) => {
  span.update({ input: user.prompt });
  updateActiveObservation({ output: user.name });
  await item(${id});
});`;
    expect(taken("langfuse-client.dataset.createItem", langfuse + code("getActiveTraceId()!"))).toEqual([
      "user.name at sourceTraceId",
      "user.prompt at sourceTraceId",
    ]);
    expect(taken("langfuse-client.dataset.createItem", langfuse + code(`"t-1"`))).toEqual([]);
  });

  it("holds nothing for who only tells its id, and changes no function that is observed", () => {
    const code = `const twice = observe((text: string) => text + text);
train(startObservation("chat", { input: user.prompt }).traceId); //! none
train(twice(user.email)); //! user.email`;
    const { found, expected } = annotated(langfuse + code);
    expect(found).toEqual(expected);
  });

  const langsmith = `import { Client, RunTree } from "langsmith";
import { traceable } from "langsmith/traceable";
const client = new Client(), user = loadUser();
const item = (source_run_id: string) => client.createExample({ dataset_name: "d", source_run_id, use_source_run_io: true });
`;

  it("is a run tree's run, by its own id or one that the program chooses", () => {
    const code = `const run = new RunTree({ name: "chat", inputs: { text: user.prompt } });
const child = run.createChild({ name: "tool", id: "run-1", inputs: { query: user.name } });
await child.end({ rows: user.tags });
await run.end({ text: user.email });
await run.postRun();
`;
    expect(taken("langsmith.createExample", `${langsmith}${code}await item(run.id);`)).toEqual([
      "user.email at source_run_id",
      "user.prompt at source_run_id",
    ]);
    expect(taken("langsmith.createExample", `${langsmith}${code}await item("run-1");`)).toEqual([
      "user.name at source_run_id.inputs.query",
      "user.tags at source_run_id.outputs.rows[*]",
    ]);
    expect(taken("langsmith.createExample", `${langsmith}${code}await item("run-2");`)).toEqual([]);
  });
});

describe("an address of a file", () => {
  const hub = `import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { commit, uploadFile, uploadFiles } from "@huggingface/hub";
const user = loadUser(), repo = { type: "dataset" as const, name: "a/b" };
fs.writeFileSync("/data/rows.jsonl", JSON.stringify({ text: user.prompt }));
fs.writeFileSync("/data/mails.jsonl", user.email);
`;

  it("is what the upload to a dataset reads", () => {
    expect(
      taken("huggingface-hub.uploadFile/dataset", `${hub}await uploadFile({ repo, file: pathToFileURL("/data/rows.jsonl") });`),
    ).toEqual(["user.prompt at text"]);
    expect(
      taken(
        "huggingface-hub.uploadFile/dataset",
        `${hub}await uploadFile({ repo, file: { path: "a", content: new URL("file:///data/rows.jsonl") } });`,
      ),
    ).toEqual(["user.prompt at content.text"]);
    expect(
      taken("huggingface-hub.uploadFiles/dataset", `${hub}await uploadFiles({ repo, files: [new URL("file:///data/mails.jsonl")] });`),
    ).toEqual(["user.email at [*]"]);
    expect(
      taken(
        "huggingface-hub.commit/dataset",
        `${hub}await commit({ repo, title: "t", operations: [{ operation: "addOrUpdate", path: "a", content: new URL("file:///data/rows.jsonl") }] });`,
      ),
    ).toEqual(["user.prompt at [*].content.text"]);
  });

  it("is nothing of another file, nor what is given is anything but itself", () => {
    expect(
      taken("huggingface-hub.uploadFile/dataset", `${hub}await uploadFile({ repo, file: new URL("file:///data/other.jsonl") });`),
    ).toEqual([]);
    expect(
      taken(
        "huggingface-hub.uploadFile/dataset",
        `${hub}await uploadFile({ repo, file: { path: "/data/rows.jsonl", content: new Blob([user.name]) } });`,
      ),
    ).toEqual(["user.name at content"]);
    expect(
      taken("huggingface-hub.uploadFile/dataset", `${hub}await uploadFile({ repo: "a/b", file: pathToFileURL("/data/rows.jsonl") });`),
    ).toEqual([]);
  });
});

describe("the log of a model's invocations", () => {
  const code = (config: string): string => `import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { BedrockClient, CreateModelCustomizationJobCommand } from "@aws-sdk/client-bedrock";
const user = loadUser();
await new BedrockRuntimeClient({}).send(new ConverseCommand({ modelId: "m", messages: [{ role: "user", content: [{ text: user.prompt }] }] }));
await new BedrockClient({}).send(new CreateModelCustomizationJobCommand({ trainingDataConfig: ${config} }));`;

  it("is what models were asked", () => {
    expect(
      taken("bedrock.CreateModelCustomizationJob", code(`{ invocationLogsConfig: { invocationLogSource: { s3Uri: "s3://logs/" } } }`)),
    ).toEqual(["user.prompt at invocationLogsConfig.messages[*].content[*].text"]);
  });

  it("is nothing to a job that is not given it", () => {
    expect(taken("bedrock.CreateModelCustomizationJob", code(`{ s3Uri: "s3://acme/rows.jsonl" }`))).toEqual([]);
  });
});
