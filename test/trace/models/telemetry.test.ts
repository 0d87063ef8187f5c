/** Traces of models' calls: what is put into a span, or a run, is handed to who keeps them. */
import { describe, expect, it } from "vitest";
import { run } from "../program.js";

const SINKS = `extends: [purpose-lint/mlflow, purpose-lint/langfuse-tracing, purpose-lint/langsmith-tracing]\nsinks:\n`;
const PURPOSES = `  analytics: { basis: legitimate-interest, notice: to measure }\n`;

/** What arrives at the sinks of telemetry packs. */
const told = (code: string): readonly string[] =>
  run(`const user = loadUser();\n${code}`, { sinks: SINKS, purposes: PURPOSES })
    .flows.flatMap(({ field, sink, accessPath }) => (/^(mlflow|lang)/.test(sink.id) ? [`${sink.id}: ${field} at ${accessPath}`] : []))
    .sort();

describe("MLflow's spans", () => {
  const mlflow = `import * as mlflow from "mlflow-tracing";\n`;

  it("take inputs, outputs and attributes, begun or around a function", () => {
    expect(
      told(`${mlflow}const span = mlflow.startSpan({ name: "chat", inputs: { text: user.prompt } });
span.setAttribute("who", user.name);
span.end({ outputs: user.email });
await mlflow.withSpan(async (inner) => inner.setOutputs(user.age), { name: "inner" });`),
    ).toEqual([
      "mlflow.LiveSpan.end: user.email at outputs",
      "mlflow.LiveSpan.setAttribute: user.name at ",
      "mlflow.LiveSpan.setOutputs: user.age at ",
      "mlflow.startSpan: user.prompt at inputs.text",
    ]);
  });

  it("take nothing of what is only near them", () => {
    expect(
      told(`${mlflow}const span = mlflow.startSpan({ name: "chat" });
const answer = await mlflow.withSpan(async () => user.prompt.length, { name: "inner" });
span.end();
console.log(mlflow.getLastActiveTraceId(), answer);`),
    ).toEqual([]);
  });
});

describe("Langfuse's observations", () => {
  it("take what they are begun and updated with, those within others too", () => {
    expect(
      told(`import { startActiveObservation, startObservation } from "@langfuse/tracing";
const span = startObservation("chat", { input: user.prompt });
span.startObservation("tool", { input: user.name }).update({ output: user.email }).end();
startActiveObservation("mail", (active) => active.update({ metadata: { age: user.age } }));`),
    ).toEqual([
      "langfuse-tracing.LangfuseSpan.startObservation: user.name at input",
      "langfuse-tracing.LangfuseSpan.update: user.age at metadata.age",
      "langfuse-tracing.LangfuseSpan.update: user.email at output",
      "langfuse-tracing.startObservation: user.prompt at input",
    ]);
  });

  it("take what the clients of older versions do, but no name of a trace", () => {
    expect(
      told(`import { Langfuse } from "langfuse";
const trace = new Langfuse().trace({ name: "chat", input: user.prompt });
trace.generation({ name: "answer", input: user.name }).end({ output: user.email });
new Langfuse().score({ name: "good", traceId: trace.id, value: 1 });`),
    ).toEqual([
      "langfuse.LangfuseGenerationClient.end: user.email at output",
      "langfuse.LangfuseTraceClient.generation: user.name at input",
      "langfuse.trace: user.prompt at input",
    ]);
  });
});

describe("LangSmith's runs", () => {
  it("take inputs and outputs, also of children", () => {
    expect(
      told(`import { RunTree } from "langsmith";
const run = new RunTree({ name: "chat", inputs: { text: user.prompt } });
const child = run.createChild({ name: "tool", inputs: { text: user.name } });
await child.end({ rows: user.email });
await run.patchRun();`),
    ).toEqual([
      "langsmith.RunTree.createChild: user.name at inputs.text",
      "langsmith.RunTree.end: user.email at rows",
      "langsmith.RunTree: user.prompt at inputs.text",
    ]);
  });

  it("are those of the module of their own as well", () => {
    expect(
      told(`import { RunTree } from "langsmith/run_trees";
const run = new RunTree({ name: "chat", inputs: { text: user.prompt } });
await run.end({ count: user.prompt.length });`),
    ).toEqual(["langsmith.RunTree: user.prompt at inputs.text"]);
  });
});
