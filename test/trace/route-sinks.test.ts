import { expect, it } from "vitest";
import { run } from "./program.js";

const SINKS = "sinks:\n  - { id: export, purpose: train, route: GET /export }\n  - { id: gone, purpose: train, route: GET /gone }\n";
const SOURCES = "  - { field: user.name, route: POST /nowhere, path: body.name }\n";

const code = `import express from "express";
const app = express();
app.get("/export", (req, res) => {
  const { id, email } = loadUser();
  res.json({ email, short: id.length });
});
app.get("/health", (req, res) => {
  res.json(loadUser());
});
app.listen(3000);`;

it("what a handler answers at a declared route is at the sink, what others answer is not", () => {
  const { flows } = run(code, { sinks: SINKS });
  expect(flows.map((f) => `${f.sink.id} ${f.field}`)).toEqual(["export user.email"]);
});

it("a route that no handler serves is said to match nothing, as source and as sink", () => {
  const { unmatched } = run(code, { sinks: SINKS, sources: SOURCES });
  expect(unmatched).toEqual([
    { text: "POST /nowhere", entry: "sources[1].route" },
    { text: "GET /gone", entry: "sinks[1].route" },
  ]);
});
