/** Clients of model providers: files to be uploaded are their content. */
import { expect, it } from "vitest";
import { run } from "../program.js";

it("toFile is the content under a name, however it is come by", () => {
  const code = `import OpenAI, { toFile } from "openai";
import { toFile as direct } from "openai/uploads";
const user = loadUser();
const client = new OpenAI();
await client.files.create({ file: await toFile(Buffer.from(user.email), "a.jsonl") });
await client.files.create({ file: await OpenAI.toFile(user.name, "a.jsonl") });
await client.files.create({ file: await direct([user.id], "a.jsonl") });
await client.files.create({ file: await toFile("none", "a.jsonl") });
await client.files.create({ file: "none", other: await toFile(user.email) });
`;
  const { flows, blindSpots } = run(code, {
    sinks: `sinks:\n  - { id: f, purpose: train, call: "openai:OpenAI.files.create", argument: 0.file }\n`,
  });
  expect(flows.map((f) => `${f.at.line - 2} ${f.field}`)).toEqual(["5 user.email", "6 user.name", "7 user.id"]);
  expect(blindSpots).toEqual([]);
});
