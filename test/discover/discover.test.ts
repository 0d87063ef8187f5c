/** What may be personal data, by the names under which code keeps it; and the manifest to begin with. */
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { manifestDraft } from "../../src/discover/draft.js";
import { discover } from "../../src/discover/index.js";
import { loadManifest } from "../../src/manifest/load.js";
import type { Project } from "../../src/program/project.js";

function found(files: Readonly<Record<string, string>>) {
  const project = {
    root: "/app",
    files: Object.entries(files)
      .filter(([name]) => !name.endsWith(".prisma"))
      .map(([name, text]) => ({ path: `/app/${name}`, name, text: () => text })),
    assets: (ending: string) => Object.keys(files).flatMap((name) => (name.endsWith(ending) ? [`/app/${name}`] : [])),
    asset: (path: string) => files[path.slice("/app/".length)],
  } as unknown as Project;
  return discover(project, ts);
}

const told = (code: string): readonly string[] =>
  found({ "main.ts": code }).flatMap(({ name, category, places }) =>
    places.map(({ line, owner }) => `${line} ${owner}.${name}: ${category}`),
  );

describe("names of personal data", () => {
  it("in types and classes, with their locators", () => {
    expect(
      found({
        "src/user.ts": `export interface User {\n  email: string;\n  home: { streetAddress?: string };\n}\nclass Member { phone = ""; }`,
      }),
    ).toEqual([
      {
        name: "streetAddress",
        category: "user.contact.address",
        confidence: "high",
        places: [{ file: "src/user.ts", line: 3, owner: "home", locator: "./src/user.ts:User.home.streetAddress" }],
      },
      {
        name: "email",
        category: "user.contact.email",
        confidence: "high",
        places: [{ file: "src/user.ts", line: 2, owner: "User", locator: "./src/user.ts:User.email" }],
      },
      {
        name: "phone",
        category: "user.contact.phone_number",
        confidence: "high",
        places: [{ file: "src/user.ts", line: 5, owner: "Member", locator: "./src/user.ts:Member.phone" }],
      },
    ]);
  });

  it("not of flags, functions and constants", () => {
    expect(told(`interface User { email(): string; phone: () => void; gender: boolean; dob?: true | null; ssn: "none" }`)).toEqual([]);
  });

  it("in schemas of values and of tables", () => {
    expect(
      told(`import { z } from "zod";\nimport { pgTable, text, boolean } from "drizzle-orm/pg-core";
const person = z.object({ email: z.string().email(), dob: z.boolean(), kin: z.object({ name: z.string() }) });
const rows = pgTable("users", { name: text("name").notNull(), phone: boolean("phone") });
const teams = pgTable("teams", { name: text("name") });`),
    ).toEqual(["3 person.email: user.contact.email", "4 users.name: user.name"]);
  });

  it("not in what calls are given otherwise", () => {
    expect(told(`import { send, read } from "./mail.js";\nsend({ email: "a@b.c", phone: read(process.argv) });`)).toEqual([]);
  });

  it("in columns of a Prisma schema, without its relations", () => {
    const schema = `model Post {\n  id String @id\n  comment Comment[]\n}\n\nmodel User {\n  id String @id\n  name String?\n  verified Boolean\n}\n`;
    expect(found({ "schema.prisma": schema })).toEqual([
      { name: "name", category: "user.name", confidence: "high", places: [{ file: "schema.prisma", line: 8, owner: "User" }] },
    ]);
  });

  it("not in tests", () => {
    expect(found({ "a.test.ts": `interface User { email: string }` })).toEqual([]);
  });
});

describe("a manifest to begin with", () => {
  it("is right, and declares nothing of what is possible", () => {
    const text = manifestDraft(found({ "user.ts": `export interface User { email: string }` }));
    const { manifest, problems } = loadManifest("/app/purpose.yaml", (file) => (file === "/app/purpose.yaml" ? text : undefined));
    expect(problems).toEqual([]);
    expect(manifest?.fields).toEqual([]);
    expect(text).toContain("#   user.email: { category: user.contact.email, for: [deliver] } # high; user.ts:1\n");
    expect(text).toContain('#   - { field: user.email, property: "./user.ts:User.email" }\n');
  });

  it("is right when its comments are taken over", () => {
    const taken = manifestDraft(found({ "user.ts": `export interface User { email: string }` }))
      .replace("fields: {}", "fields:")
      .replace(/^# (sources|  user|  -)/gm, "$1");
    const { manifest, problems } = loadManifest("/app/purpose.yaml", (file) => (file === "/app/purpose.yaml" ? taken : undefined));
    expect(problems).toEqual([]);
    expect(manifest?.fields.map(({ id }) => id)).toEqual(["user.email"]);
    expect(manifest?.sources).toHaveLength(1);
  });

  it("says when there is nothing", () => {
    expect(manifestDraft([])).toContain("# No name in the code is that of personal data.");
  });
});
