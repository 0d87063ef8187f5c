import { expect, it } from "vitest";
import { annotated, run } from "./program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import { Collector, Client, open } from "not-modelled";\nconst user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "what is written into a library's object comes out of it, not out of another",
  `const one = new Collector();
const two = new Collector();
one.write(user.email);
one.end();
train(one.getContents().toString("base64")); //! user.email
train(two.getContents()); //! none
train(one); //! user.email
`,
);

check(
  "what a client sends does not come back from its next call",
  `const client = new Client();
train(client.create({ email: user.email })); //! user.email
train(client.list()); //! none
`,
);

it("a function of the global object that the program sets is what it sets", () => {
  const { flows, blindSpots } = run(`
const kept = globalThis as unknown as { client?: { save(x: unknown): void } };
export const client = kept.client ?? { save: (x: unknown) => { train(x); } };
kept.client = client;
client.save(loadUser().name);
`);
  expect(flows.map((f) => f.field)).toEqual(["user.name"]);
  expect(blindSpots).toEqual([]);
});
