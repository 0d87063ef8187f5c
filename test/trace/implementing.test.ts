/** A locator into an interface names what stands for its member, however much is known of that. */
import { expect, it } from "vitest";
import { run } from "./program.js";

const files = {
  "lib.ts": `export interface Sink { accept(x: unknown): void }
export interface Deps { upload: (x: string) => Promise<void> }
export interface Other { accept(x: unknown): void; upload(x: unknown): void }
export interface Wide extends Sink { close(): void }
`,
};
const options = {
  files,
  sinks: `sinks:
  - { id: accept, purpose: train, call: "./lib.ts:Sink.accept" }
  - { id: upload, purpose: train, call: "./lib.ts:Deps.upload" }
`,
};
const HEAD = `import type { Deps, Other, Sink, Wide } from "./lib.js";\nimport { make } from "pkg";\nconst { email } = loadUser();\n`;

/** Lines of the code that are marked, and those where something arrives. */
function check(name: string, code: string): void {
  it(name, () => {
    const { flows } = run(HEAD + code, options);
    const marked = code.split("\n").flatMap((text, i) => (text.includes("//!") ? [`${i + 1} ${text.trim()}`] : []));
    const found = [...new Set(flows.map((f) => f.at.line - 5))].sort((a, b) => a - b);
    expect(found.map((line) => `${line} ${code.split("\n")[line - 1]!.trim()}`)).toEqual(marked);
  });
}

check(
  "a literal",
  `const a: Sink = { accept(x) {} };
a.accept(email); //!
const b: Deps = { upload: async (x) => {} };
b.upload(email); //!
const c = { accept: (x: unknown) => {} } satisfies Sink;
c.accept(email); //!
const d = { accept: (x: unknown) => {} } as Sink;
d.accept(email); //!
const e: Wide = { accept(x) {}, close() {} };
e.accept(email); //!
const plain = { accept(x: unknown) {}, upload(x: unknown) {} };
plain.accept(email);
plain.upload(email);
const other: Other = { accept(x) {}, upload(x) {} };
other.accept(email);
other.upload(email);
a.accept("none");`,
);

check(
  "an instance",
  `const a: Sink = new (class { accept = (x: unknown) => {}; })();
a.accept(email); //!
const b: Sink = new (class { accept(x: unknown) {} })();
b.accept(email); //!
const c = new (class implements Sink { accept(x: unknown) {} })();
c.accept(email); //!
class Arrow implements Sink { accept = (x: unknown) => {}; close = (x: unknown) => {}; }
new Arrow().accept(email); //!
new Arrow().close(email);
class Plain { accept(x: unknown) {} }
const d: Sink = new Plain();
d.accept(email); //!
new Plain().accept(email);`,
);

check(
  "inside of something",
  `const a: Record<string, Sink> = { one: { accept: () => {} } };
a["one"].accept(email); //!
const b: Sink[] = [{ accept: () => {} }];
for (const s of b) s.accept(email); //!
const c: Map<string, Sink> = new Map([["one", { accept: () => {} }]]);
c.get("one")!.accept(email); //!
const d: { sink: Sink; other: Other } = { sink: { accept() {} }, other: { accept() {}, upload() {} } };
d.sink.accept(email); //!
d.other.accept(email);
class Holder { constructor(private readonly sink: Sink, private other: Other) {} go() {
  this.sink.accept(email); //!
  this.other.accept(email);
} }
new Holder({ accept() {} }, { accept() {}, upload() {} }).go();
class Field { sink: Sink = { accept() {} }; go() { this.sink.accept(email); } } //!
new Field().go();`,
);

check(
  "what is given and what comes back",
  `const send = (s: Sink) => s.accept(email); //!
send({ accept() {} });
const near = (s: Other) => s.accept(email);
near({ accept() {}, upload() {} });
const created = (): Sink => ({ accept() {} });
created().accept(email); //!
async function later(): Promise<Sink> { return { accept() {} }; }
(await later()).accept(email); //!
const taken = ({ upload }: Deps) => upload(email); //!
taken({ upload: async () => {} });
const s: Sink = make();
s.accept(email); //!
const o: Other = make();
o.accept(email);`,
);

check(
  "a function that has another use is the member only where it is called as such",
  `const log = (x: unknown) => {};
const s: Sink = { accept: log };
s.accept(email); //!
log(email);
const other: Other = { accept: log, upload: log };
other.accept(email);`,
);

it("for what is given to and what comes from it, too", () => {
  const { flows } = run(
    `import type { Api } from "./lib.js";
const a: Api = { load: () => "x", handle(body) { train(body); } };
train(a.load());
a.handle("y");
const near = { load: () => "x", handle(body: string) { train(body); } };
train(near.load());
near.handle("y");
`,
    {
      files: { "lib.ts": "export interface Api { load(): string; handle(body: string): void }\n" },
      sources: `  - { field: user.name, returns: "./lib.ts:Api.load" }\n  - { field: user.email, parameter: "./lib.ts:Api.handle", argument: 0 }\n`,
    },
  );
  expect(flows.map((f) => `${f.at.line - 2} ${f.field}`)).toEqual(["2 user.email", "3 user.name"]);
});
