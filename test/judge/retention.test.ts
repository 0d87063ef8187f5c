/** How long fields are kept: programs that write them to stores, each beside its legal neighbour. */
import { describe, expect, it } from "vitest";
import { check, findings } from "./check.js";
import { at, field, flow, hop, judged, messages, place, sink } from "./make.js";

const head = (stores: string, retention = "30d", more = ""): string => `version: 1
purposes: { deliver: { basis: contract }, train: { basis: contract } }
fields:
  user.email: { for: [deliver, train], retention: ${retention} }
  user.name: { for: [deliver, train] }
sources:
  - { field: user.email, property: "./src/user.ts:User.email" }
  - { field: user.name, property: "./src/user.ts:User.name" }
sinks:
  - { id: upload, purpose: train, call: "./src/upload.ts:upload", argument: "0" }
${more}stores:
${stores}`;

const USER = "export interface User { id: string; email: string; name: string }\n";
const UPLOAD = "export function upload(rows: unknown): void { void rows; }\n";
const WRAPPER = `const rows = new Map<string, unknown>();
export const put = (key: string, value: unknown): void => { rows.set(key, value); };
export const get = (key: string): unknown => rows.get(key);
`;

/** A project's own stores `a` and `b`, and code that may use them. */
const two = (a: string, b: string): string =>
  `  - { id: a, write: "./src/a.ts:put", read: "./src/a.ts:get", key: "0", value: "1"${a} }
  - { id: b, write: "./src/b.ts:put", read: "./src/b.ts:get", key: "0", value: "1"${b} }
`;

const program = (manifest: string, code: string): Record<string, string> => ({
  "purpose.yaml": manifest,
  "src/user.ts": USER,
  "src/upload.ts": UPLOAD,
  "src/a.ts": WRAPPER,
  "src/b.ts": WRAPPER,
  "src/main.ts": `import type { User } from "./user.js";
import { upload } from "./upload.js";
import * as a from "./a.js";
import * as b from "./b.js";
import pg from "pg";
const pool = new pg.Pool();
export async function main(user: User): Promise<void> {
  ${code}
}
void upload; void a; void b; void pool;
`,
});

const SAVE = "a.put(user.id, { mail: user.email, name: user.name });";
const COPY = "a.put(user.id, user.email); b.put(user.id, a.get(user.id)); upload(b.get(user.id));";
const run = (stores: string, code: string, retention?: string): string[] => check("retention", program(head(stores, retention), code));

describe("one store", () => {
  it("keeps it longer than it may be kept", () => {
    expect(run(two(", retention: 1y", ""), SAVE)).toEqual([
      "src/main.ts:8 error user.email may be kept 30d, and is written to a, which keeps it 1y",
    ]);
  });

  it("does not say how long", () => {
    expect(run(two("", ""), SAVE)).toEqual([
      "src/main.ts:8 error user.email may be kept 30d, and is written to a, which does not say how long it keeps it",
    ]);
  });

  it.each(["30d", "720h", "4w", "1d"])("keeps it no longer: %s", (retention) => {
    expect(run(two(`, retention: ${retention}`, ""), SAVE)).toEqual([]);
  });

  it.each([
    ["12mo", "1y", true],
    ["1mo", "30d", true],
    ["31d", "1mo", true],
    ["365d", "1y", true],
    ["32d", "1mo", false],
    ["2mo", "30d", false],
    ["13mo", "1y", false],
    ["31d", "720h", false],
  ])("months and years are as long as they may be: %s in a store, of at most %s: %s", (kept, allowed, fine) => {
    expect(run(two(`, retention: ${kept}`, ""), SAVE, allowed)).toHaveLength(fine ? 0 : 1);
  });

  it("may keep what has no retention, a length of it, and what is not written there", () => {
    const none = two(", retention: 1y", "");
    expect(run(none, "a.put(user.id, user.name);")).toEqual([]);
    expect(run(none, "a.put(user.id, user.email.length);")).toEqual([]);
    expect(run(none, "upload(user.email);")).toEqual([]);
    expect(run(none, "const local = new Map(); local.set(user.id, user.email); upload([...local.values()]);")).toEqual([]);
  });

  it("may keep what was anonymised", () => {
    const kept = {
      field: "user.email",
      store: { k: "declared", id: "a" },
      at: place("m.ts", 1),
      source: place("m.ts", 1),
      path: [],
    } as const;
    const parts = {
      fields: [field("user.email", ["deliver"], { retention: "30d" })],
      stores: [{ id: "a", at: { kind: "connector", connector: "prisma", name: "A" }, columns: {}, place: at(40) }],
    } as const;
    const of = (status: "anonymised" | "pseudonymised"): string[] => messages(judged(parts, { kept: [{ ...kept, status }] }), "retention");
    expect(of("anonymised")).toEqual([]);
    expect(of("pseudonymised")).toHaveLength(1);
  });
});

describe("stores one after the other", () => {
  it("keep it for the sum of what each keeps it", () => {
    expect(run(two(", retention: 20d", ", retention: 20d"), COPY)).toEqual([
      "src/main.ts:8 warning user.email may be kept 30d, and is written to b, which keeps it 20d, after up to 20d in a; from there it reaches upload (src/main.ts:8)",
    ]);
  });

  it("may together keep it no longer", () => {
    expect(run(two(", retention: 10d", ", retention: 20d"), COPY)).toEqual([]);
  });

  it("may keep it as long as each, when the second counts from the collection", () => {
    expect(run(two(", retention: 30d", ", retention: 30d, retention-from: collection"), COPY)).toEqual([]);
  });

  it("are told where the first one keeps it too long already, and not again", () => {
    expect(run(two(", retention: 60d", ", retention: 10d"), COPY)).toEqual([
      "src/main.ts:8 error user.email may be kept 30d, and is written to a, which keeps it 60d; from there it reaches upload (src/main.ts:8)",
    ]);
  });

  it("are one when it is read and written back", () => {
    expect(run(two(", retention: 20d", ""), "a.put(user.id, user.email); a.put(user.id, a.get(user.id));")).toEqual([]);
  });

  it("are not in a row when each is written from the program", () => {
    expect(run(two(", retention: 20d", ", retention: 20d"), "a.put(user.id, user.email); b.put(user.id, user.email);")).toEqual([]);
  });
});

describe("tables", () => {
  const INSERT = 'await pool.query("insert into accounts (id, email) values ($1, $2)", [user.id, user.email]);';
  const table = (name: string, retention: string): string => `  - { id: ${name}, sql: ${name}, retention: ${retention} }\n`;

  it("are known by their name, whatever library writes them", () => {
    expect(run(table("accounts", "1y"), INSERT)).toEqual([
      "src/main.ts:8 error user.email may be kept 30d, and is written to accounts, which keeps it 1y",
    ]);
    expect(run(table("accounts", "30d"), INSERT)).toEqual([]);
  });

  it("that no entry names are told", () => {
    expect(run(table("others", "30d"), INSERT)).toEqual([
      "src/main.ts:8 warning user.email may be kept 30d, and is written to the table accounts, of which nothing says how long it keeps it",
    ]);
  });

  it("that only other programs write are told where what comes out of them is used", () => {
    const stores = "  - { id: archive, sql: archive, retention: 5y, columns: { mail: user.email } }\n";
    const read = 'upload((await pool.query("select mail from archive")).rows);';
    expect(run(stores, read)).toEqual([
      "src/main.ts:8 error user.email may be kept 30d, and reaches upload out of archive, which keeps it 5y",
    ]);
    expect(run(stores, 'upload((await pool.query("select id from archive")).rows);')).toEqual([]);
    expect(run(stores.replace("5y", "1d"), read)).toEqual([]);
  });
});

describe("other places", () => {
  const file = (pattern: string, retention: string): string => `  - { id: dump, file: ${pattern}, retention: ${retention} }\n`;
  const write = (name: string): string => `(await import("node:fs")).writeFileSync(${name}, user.email);`;

  it("are known by their pattern", () => {
    expect(run(file("out/*.txt", "1y"), write('"out/mail.txt"'))).toHaveLength(1);
    expect(run(file("out/*.txt", "1y"), write("`out/${user.id}.txt`"))).toHaveLength(1);
    expect(run(file("./out/**", "1y"), write("`./out/${user.id}.txt`"))).toHaveLength(1);
    expect(run(file("out/*.txt", "1d"), write('"out/mail.txt"'))).toEqual([]);
  });

  it("that may be anywhere are none of them", () => {
    expect(run(file("out/*.txt", "1y"), write("user.id"))).toEqual([]);
    expect(run(file("out/*.txt", "1y"), write('"log/mail.txt"'))).toEqual([]);
  });
});

describe("a finding", () => {
  it("has the way from the source to the write, and says what to change where", () => {
    const [finding] = findings("retention", program(head(two(", retention: 1y", "")), SAVE));
    expect(finding).toMatchObject({ rule: "retention", field: "user.email", sink: null, article: "GDPR Art. 5(1)(e)" });
    expect(finding?.remedies.map(({ text }) => text)).toEqual([
      "Delete what is in a after 30d at the latest, and correct its `retention` (`stores`, purpose.yaml:12).",
      "Leave user.email out of what is written to a.",
      "If it is needed longer, and the notice says so, change `fields.user.email.retention` (purpose.yaml:4).",
    ]);
  });

  it("is none without the trace of writes", () => {
    const path = [hop("source", "a.ts", 1, "x"), hop("sink", "a.ts", 2, "y")];
    const judgement = judged(
      { fields: [field("user.email", ["train"], { retention: "1d" })] },
      { flows: [flow("user.email", sink("upload", "train"), { path })] },
    );
    expect(messages(judgement, "retention")).toEqual([]);
  });
});
