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

const handed = (name: string, imports: string, code: string): void => {
  check(name, `import { ${imports} } from "also-not-modelled";\n${code}`);
};

handed(
  "what a callback gives comes out of the call, field by field",
  "cache, db, tracer",
  `async function run() {
  const load = async () => ({ id: user.id, email: user.email });
  const got = await cache.wrap("k", () => load());
  train(got.email); //! user.email
  train(got.id); //! user.id
  const { email, ...rest } = got;
  train(rest); //! user.id
  delete got.email;
  train(got); //! user.id
  const rows = await db.transaction(async (tx: any) => { await tx.lock(); return [{ id: user.id, email: user.email }]; });
  train(rows.map((r: any) => r.id)); //! user.id
  train(rows.length); //! none
  const n = await tracer.startActiveSpan("n", (span: any) => { span.end(); return user.name.length; });
  train(n); //! none
}
void run();
`,
);

handed(
  "a library may put what a callback gives in something of its own",
  "each, useQuery",
  `for (const x of each([1, 2], () => user.name)) train(x); //! user.name
const query = useQuery({ queryKey: ["me"], queryFn: async () => ({ id: user.id }) });
train(query.data); //! user.id
train(useQuery({ queryKey: ["none"], queryFn: async () => ({ id: "x" }) }).data); //! none
`,
);

handed(
  "what a callback tells the library goes to the others, and comes out",
  "waterfall, fromCallback",
  `waterfall([(done: any) => done(null, user.email), (x: any, done: any) => { train(x); done(null, x); }], (e: any, x: any) => train(x)); //! user.email
waterfall([(done: any) => done(null, "x")], (e: any, x: any) => train(x)); //! none
train(fromCallback((done: any) => done(null, user.name))); //! user.name
`,
);

handed(
  "a library may give a function that calls the one it was given",
  "throttle",
  `const noted = throttle((x: string) => train(x), 100); //! user.id
noted(user.id);
const other = throttle((x: string) => train(x), 100); //! none
other("x");
`,
);

handed(
  "what one route gives does not go to the next one's handler",
  "App",
  `new App().get("/me", () => ({ id: user.id })).post("/log", ({ body }: any) => train(body)); //! none
`,
);

handed(
  "what a chain began with goes on, whatever its methods are called",
  "List",
  `const list = List([user.id]).push(user.email);
train(list.toArray()); //! user.email user.id
train(List(["x"]).push("y").toArray()); //! none
`,
);

check(
  "what is written to something of a library, or of nobody knows where, is in it",
  `const made = missing;
made.foo = user.email;
train(made); //! user.email
train({ ...made }); //! user.email
train(JSON.stringify(made)); //! user.email
train(made.bar); //! none
train(absent); //! none
open.last = user.name;
train(open); //! user.name
const client = new Client();
client.user = user.id;
train(client); //! user.id
train(new Client()); //! none
client.user = "x";
train(client); //! none
const taking = new Collector();
taking.write(user.email);
train(JSON.stringify(taking)); //! user.email
train(Object.values(taking)); //! user.email
`,
);

check(
  "natives among the arguments are called back as well",
  `import { EventEmitter } from "node:events";
const given = new Promise<string>((resolve) => { open(user.email, resolve); });
train(await given); //! user.email
const other = new Promise<string>((resolve) => { open("x", resolve); });
train(await other); //! none
const later = Promise.withResolvers<string>();
open(user.name, { done: later.resolve });
train(await later.promise); //! user.name
const seen = new Set<string>();
open([user.email], seen.add, seen);
train(seen); //! user.email
const unseen = new Set<string>();
open(["x"], unseen.add, unseen);
train(unseen); //! none
const list: string[] = [];
open([user.id], list.push.bind(list));
train(list); //! user.id
export const viaAny = async (lib: any) => {
  train(await new Promise((resolve) => lib.read(user.email, resolve))); //! user.email
};
train(await new Promise((resolve) => { Promise.resolve(user.name).then(resolve); })); //! user.name
const emitter = new EventEmitter();
train(await new Promise((resolve) => { emitter.on("x", resolve); emitter.emit("x", user.id); })); //! user.id
train(await new Promise((resolve) => { emitter.on("y", resolve); emitter.emit("z", user.id); })); //! none
`,
);

it("a sink of a package among the arguments is called back with what goes in", () => {
  const code = `import { Client, each } from "not-modelled";
const client = new Client();
each([loadUser().email], client.files.create);
each(["x"], client.files.create);
each([loadUser().email], client.files.list);
`;
  const { flows } = run(code, { sinks: `sinks:\n  - { id: up, purpose: train, call: "not-modelled:Client.files.create" }\n` });
  expect(flows.map((f) => [f.at.line - 2, f.field])).toEqual([[3, "user.email"]]);
});
