/** Sinks that are given the id of what was uploaded before: it leads back to the upload. */
import { describe, expect, it } from "vitest";
import { run } from "../program.js";

const SINKS = `sinks:
  - { id: job, purpose: train, call: "openai:OpenAI.fineTuning.jobs.create", argument: 0.training_file }
  - { id: whole, purpose: train, call: "openai:OpenAI.fineTuning.jobs.create", argument: "0" }
  - { id: told, purpose: train, call: "./main.ts:track" }
`;

const BEGIN = `import fs from "node:fs";
import OpenAI, { AzureOpenAI, toFile } from "openai";
const openai = new OpenAI(), user = loadUser();
export function track(event: { id: string; name?: string }) { void event; }
fs.writeFileSync("rows.jsonl", JSON.stringify({ messages: [{ role: "user", content: user.prompt }] }));
fs.writeFileSync("mails.jsonl", JSON.stringify({ to: user.email }));
`;

/** The fields that arrive at a sink. */
const at = (sink: string, code: string, begin = BEGIN): readonly string[] => [
  ...new Set(run(begin + code, { sinks: SINKS }).flows.flatMap((flow) => (flow.sink.id === sink ? [flow.field] : []))),
];

const UPLOAD = `const f = await openai.files.create({ file: fs.createReadStream("rows.jsonl"), purpose: "fine-tune" });\n`;
const OTHER = `const other = await openai.files.create({ file: fs.createReadStream("mails.jsonl"), purpose: "fine-tune" });\n`;
const job = (id: string): string => `await openai.fineTuning.jobs.create({ model: "m", training_file: ${id} });\n`;

describe("the id of an upload", () => {
  it("is the file that was uploaded", () => {
    expect(at("job", UPLOAD + OTHER + job("f.id"))).toEqual(["user.prompt"]);
    expect(at("whole", UPLOAD + OTHER + job("f.id"))).toEqual(["user.prompt"]);
  });

  it("is a file made of text", () => {
    expect(
      at("job", `const f = await openai.files.create({ file: new File([user.name], "a.jsonl"), purpose: "fine-tune" });` + job("f.id")),
    ).toEqual(["user.name"]);
    expect(
      at(
        "job",
        `const f = await openai.files.create({ file: await toFile(Buffer.from(user.name), "a.jsonl"), purpose: "fine-tune" });` +
          job("f.id"),
      ),
    ).toEqual(["user.name"]);
  });

  it("leads back from another function, each to its own", () => {
    const code = `class Tuner {
  private fileId = "";
  async upload(path: string) { const { id } = await openai.files.create({ file: fs.createReadStream(path), purpose: "fine-tune" }); this.fileId = id; }
  run() { return openai.fineTuning.jobs.create({ model: "m", training_file: this.fileId }); }
}
const upload = async (path: string) => (await openai.files.create({ file: fs.createReadStream(path), purpose: "fine-tune" })).id;
const begin = (id: string) => openai.fineTuning.jobs.create({ model: "m", training_file: id });
`;
    expect(at("job", `${code}const t = new Tuner(); await t.upload("rows.jsonl"); await t.run();`)).toEqual(["user.prompt"]);
    expect(at("job", `${code}const a = await upload("rows.jsonl"), b = await upload("mails.jsonl"); void a; await begin(b);`)).toEqual([
      "user.email",
    ]);
  });

  it("leads back from a row, and from another file that it is kept in", () => {
    const begin = `import pg from "pg";\n${BEGIN}const db = new pg.Pool();\n`;
    const code = `await db.query("INSERT INTO uploads (file_id, name) VALUES ($1, $2)", [f.id, other.id]);
const { rows } = await db.query("SELECT file_id, name FROM uploads");
`;
    expect(at("job", UPLOAD + OTHER + code + job("rows[0].file_id"), begin)).toEqual(["user.prompt"]);
    expect(
      at(
        "job",
        `${UPLOAD}fs.writeFileSync("state.json", JSON.stringify({ id: f.id }));
const state = JSON.parse(fs.readFileSync("state.json", "utf8"));\n${job("state.id")}`,
      ),
    ).toEqual(["user.prompt"]);
  });

  it("is nothing of what it was not made of, nor of an upload whose id is not used", () => {
    expect(at("job", UPLOAD + job(`"file-abc"`))).toEqual([]);
    expect(
      at(
        "whole",
        `${UPLOAD}await openai.fineTuning.jobs.create({ model: "m", training_file: "file-abc", user_provided_suffix: f.id } as never);`,
      ),
    ).toEqual([]);
  });

  it("is no field where it is only told", () => {
    expect(at("told", `${UPLOAD}track({ id: f.id });`)).toEqual([]);
    expect(at("told", `${UPLOAD}track({ id: f.id, name: user.name });`)).toEqual(["user.name"]);
  });

  it("is what is read back by it", () => {
    expect(at("told", `${UPLOAD}${OTHER}track({ id: await (await openai.files.content(f.id)).text() });`)).toEqual(["user.prompt"]);
  });

  it("leads back for a client that is given, or one of Azure", () => {
    expect(at("job", `export async function tune(openai: OpenAI) { ${UPLOAD}${job("f.id")} }`)).toEqual(["user.prompt"]);
    expect(
      at("job", `const azure = new AzureOpenAI(); ${UPLOAD}await azure.fineTuning.jobs.create({ model: "m", training_file: f.id });`),
    ).toEqual(["user.prompt"]);
  });

  it("is no field that is stored, nor one that gets lost", () => {
    const { blindSpots } = run(`${BEGIN}import { keep } from "unknown-lib";\n${UPLOAD}keep(f.id);`, { sinks: SINKS });
    expect(blindSpots).toEqual([]);
    expect(run(`${BEGIN}import { keep } from "unknown-lib";\nkeep(user.name);`, { sinks: SINKS }).blindSpots).toHaveLength(1);
  });

  it("leads back to all that a vector store was made of", () => {
    const stored = `const { id } = await openai.vectorStores.create({ file_ids: [f.id] });\n`;
    expect(at("told", `${UPLOAD}${OTHER}${stored}track({ id });`)).toEqual([]);
    expect(at("whole", `${UPLOAD}${OTHER}${stored}${job("id")}`)).toEqual(["user.prompt"]);
  });
});
