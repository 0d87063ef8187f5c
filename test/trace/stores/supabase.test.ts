/** Supabase: its tables are those of the same Postgres as other libraries', and a selection says what comes back. */
import { describe, expect, it } from "vitest";
import { readSelection } from "../../../src/trace/stores/supabase/columns.js";
import { annotated } from "../program.js";

const check = (name: string, code: string, options: Parameters<typeof annotated>[1] = {}): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { createClient, type SupabaseClient } from "@supabase/supabase-js";\nconst supabase = createClient("https://x", "key");\nconst user = loadUser();\n${code}`,
      options,
    );
    expect(found).toEqual(expected);
  });
};

describe("a selection", () => {
  it("names columns, parts of JSON, tables and aggregates", () => {
    expect(
      readSelection(
        `id, mail:email, age::text, meta->profile->>name, ...team(name), author:users!author_id!inner(name, posts(*)), n:id.count(), count(), "odd name"`,
      ),
    ).toEqual([
      { k: "column", as: "id", column: "id", path: [], aggregate: undefined },
      { k: "column", as: "mail", column: "email", path: [], aggregate: undefined },
      { k: "column", as: "age", column: "age", path: [], aggregate: undefined },
      { k: "column", as: "name", column: "meta", path: ["profile", "name"], aggregate: undefined },
      {
        k: "table",
        as: "team",
        table: "team",
        spread: true,
        inner: false,
        columns: [{ k: "column", as: "name", column: "name", path: [], aggregate: undefined }],
      },
      {
        k: "table",
        as: "author",
        table: "users",
        spread: false,
        inner: true,
        columns: [
          { k: "column", as: "name", column: "name", path: [], aggregate: undefined },
          { k: "table", as: "posts", table: "posts", spread: false, inner: false, columns: [{ k: "all" }] },
        ],
      },
      { k: "column", as: "n", column: "id", path: [], aggregate: "count" },
      { k: "column", as: "count", column: "", path: [], aggregate: "count" },
      { k: "column", as: "odd name", column: "odd name", path: [], aggregate: undefined },
    ]);
  });

  it("of which something is no name is read without it", () => {
    expect(readSelection("id,,)(,a(b")).toEqual([
      { k: "column", as: "id", column: "id", path: [], aggregate: undefined },
      { k: "table", as: "a", table: "a", spread: false, inner: false, columns: [] },
    ]);
  });
});

describe("tables", () => {
  check(
    "insert, upsert, update; rows, one row, columns by other names, JSON, counts, filters",
    `async function main() {
  await supabase.from("users").insert({ id: user.id, email: user.email, meta: { profile: { name: user.name }, note: user.prompt } });
  await supabase.from("users").upsert([{ id: "x", age: user.age }], { onConflict: "id" });
  await supabase.from("users").update({ tags: user.tags }).eq("secret", user.prompt);
  const { data, error } = await supabase.from("users").select("id, mail:email, tags").eq("email", user.name).order("id");
  if (error) throw error;
  train(data[0].id); //! user.id
  train(data.map((u) => u.mail)); //! user.email
  train(data[0].tags); //! user.tags
  train(data[0].age, data[0].secret, error); //! none
  train((await supabase.from("users").select().single()).data); //! user.age user.email user.id user.name user.prompt user.tags
  train((await supabase.from("users").select("*").limit(1).maybeSingle()).data?.age); //! user.age
  train((await supabase.from("users").select("meta->profile->>name, said:meta->note").single()).data.name); //! user.name
  train((await supabase.from("users").select("said:meta->note").single()).data); //! user.prompt
  const counted = await supabase.from("users").select("*", { count: "exact", head: true }).eq("email", user.email);
  train(counted.count, counted.data); //! none
  train((await supabase.from("users").select("id.count(), oldest:age.max(), age.avg()").single()).data.count); //! none
  train((await supabase.from("users").select("oldest:age.max(), age.avg()").single()).data); //! user.age
  train((await supabase.from("users").select("email").csv()).data); //! user.email
  train((await supabase.from("users").select(process.env.COLUMNS).single()).data.email); //! user.email
  train((await supabase.from("others").select("email")).data); //! none
  train((await supabase.from("users").delete().eq("id", user.id)).data); //! none
  supabase.from("users").select("email").then(({ data }) => { train(data[0].email); }); //! user.email
  let q = supabase.from("users").select("email, age");
  if (user.age > 3) q = q.eq("age", 3);
  train((await q).data[0].email); //! user.email
}
void main();`,
  );

  check(
    "what a write gives back, only if it is asked",
    `async function main() {
  train((await supabase.from("a").insert({ email: user.email, name: user.name })).data); //! none
  const made = await supabase.from("a").insert({ email: user.email, name: user.name }).select("email").single();
  train(made.data.email); //! user.email
  train(made.data.name); //! none
  train((await supabase.from("a").update({ age: user.age }).eq("id", 1).select()).data[0]); //! user.age user.email user.name
  train((await supabase.from("b").insert([{ note: user.prompt }]).select()).data[0]); //! user.prompt
}
void main();`,
  );

  check(
    "related tables: by name, by foreign key, spread, counted",
    `async function main() {
  await supabase.from("authors").insert({ name: user.name, email: user.email });
  await supabase.from("posts").insert({ title: user.prompt, author_id: user.id });
  const { data } = await supabase.from("posts").select("title, authors(name), writer:author_id(email), ...authors(mail:email)");
  train(data[0].title); //! user.prompt
  train(data[0].authors.name); //! user.name
  train(data[0].authors.email); //! none
  train(data[0].writer); //! user.email
  train(data[0].mail); //! user.email
  const list = await supabase.from("authors").select("name, posts!inner(title), n:posts(count)");
  train(list.data[0].posts[0].title); //! user.prompt
  train(list.data[0].n); //! none
}
void main();`,
  );

  check(
    "one place with Prisma's mapped models, Kysely and SQL; a client that is only declared",
    `import { PrismaClient } from "@prisma/client";
import { Pool } from "pg";
const prisma = new PrismaClient();
const pool = new Pool();
export async function declared(db: SupabaseClient) {
  train((await db.from("user_profiles").select("full_name").single()).data.full_name); //! user.name
}
async function main() {
  await supabase.from("user_profiles").insert({ full_name: user.name, mail: user.email });
  train(await prisma.profile.findFirst({ select: { fullName: true } })); //! user.name
  train((await pool.query("select mail from user_profiles")).rows[0].mail); //! user.email
  await pool.query("insert into notes (text) values ($1)", [user.prompt]);
  train((await supabase.from("notes").select("text")).data); //! user.prompt
  train((await supabase.schema("public").from("notes").select("text")).data); //! user.prompt
}
void main();`,
    {
      assets: {
        "/app/schema.prisma": `model Profile {\n  id String @id\n  fullName String @map("full_name")\n  mail String\n  @@map("user_profiles")\n}\n`,
      },
    },
  );

  check(
    "listeners, functions of the database, files",
    `supabase.channel("c").on("postgres_changes", { event: "INSERT", schema: "public", table: "messages" }, (payload) => {
  train(payload.new.text); //! user.prompt
  train(payload.new.other, payload.eventType); //! none
}).subscribe();
async function main() {
  await supabase.from("messages").insert({ text: user.prompt });
  train((await supabase.rpc("search", { q: user.name })).data); //! user.name
  train((await supabase.rpc("search", { q: "x" })).data); //! none
  await supabase.storage.from("reports").upload("a.txt", user.email);
  const { data } = await supabase.storage.from("reports").download("a.txt");
  train(await data.text()); //! user.email
  train(await (await supabase.storage.from("reports").download("b.txt")).data.text()); //! none
}
void main();`,
  );

  check(
    "columns that the manifest declares",
    `async function main() {
  train((await supabase.from("chats").select("text").single()).data); //! user.prompt
  train((await supabase.from("chats").select("*").single()).data.split); //! none
  train((await supabase.from("chats").select("*")).data[0].text); //! user.prompt
}
void main();`,
    { sources: `stores:\n  - { id: chats, sql: chats, columns: { text: user.prompt } }\n` },
  );

  check(
    "from one package to another: a column that flows, one that does not, one that is only counted",
    `import { save } from "@acme/api";
async function main() {
  await save(loadUser());
  const { data, count } = await supabase.from("accounts").select("email, name, prompt.count()", { count: "exact" });
  train(data[0].email); //! user.email
  train(data[0].name); //! none
  train(data[0].count, count); //! none
}
void main();`,
    {
      files: {
        "api.ts": `import { createClient } from "@supabase/supabase-js";
import type { User } from "./source.js";
const db = createClient("", "");
export const save = async (user: User) => {
  const { name, ...kept } = user;
  await db.from("accounts").insert({ ...kept, name: name.length });
};
`,
      },
      packages: { "@acme/api": "api.ts" },
    },
  );
});
