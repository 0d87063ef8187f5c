/** A store that nothing follows is a blind spot that names the connector it needs; another library is one without a model. */
import { expect, it } from "vitest";
import { run } from "../program.js";

const told = (code: string): readonly string[] =>
  run(`const user = loadUser();\n${code}`).blindSpots.map(({ kind, reason, fields }) => `${kind} ${fields.join()}: ${reason}`);

it("is told where a field goes into it", () => {
  const code = `import { Client } from "cassandra-driver";
const client = new Client({});
await client.execute("INSERT INTO a (b) VALUES (?)", [user.email]);
await client.execute("SELECT 1");`;
  expect(told(code)).toEqual([
    "unknown-store user.email: cassandra-driver:Client.execute is a call of a store that needs a connector, of Cassandra: its reads do not give what it keeps",
  ]);
});

it("is not any library", () => {
  expect(told(`import { tidy } from "some-library";\ntidy(user.email);`)).toEqual([
    "unmodelled-library user.email: some-library:tidy has no model: what goes in is taken to come out",
  ]);
});
