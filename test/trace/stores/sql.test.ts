import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`const user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "pg: inserts, conflicts, bulk inserts, expressions, unions, subqueries",
  `import { Pool } from "pg";
const pool = new Pool();
async function main() {
  await pool.query("INSERT INTO users (id, email) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET email = EXCLUDED.email, name = $3", [user.id, user.email, user.name]);
  const { rows } = await pool.query("SELECT u.id, u.email AS mail, u.name FROM users u WHERE u.id = $1", ["x"]);
  train(rows[0].id); //! user.id
  train(rows[0].mail); //! user.email
  train(rows[0].name); //! user.name user.tags
  await pool.query("insert into bulk (who, text) select * from unnest($1::text[], $2::text[])", [[user.id], [user.prompt]]);
  train((await pool.query("select who from bulk")).rows); //! user.id
  train((await pool.query("select text from bulk")).rows); //! user.prompt
  const r = await pool.query("update users set name = $1, at = now() where email = $2 returning id, name", [user.tags, user.prompt]);
  train(r.rows[0].name); //! user.tags
  train(r.rows[0].id); //! user.id
  await pool.query({ text: "insert into j (data) values ($1)", values: [JSON.stringify({ said: user.prompt, mail: user.email })] });
  const j = await pool.query("select data->>'said' as said, data->'n' as n from j");
  train(j.rows[0].said); //! user.prompt
  train(j.rows[0].n); //! none
  train((await pool.query("select case when id > 1 then email else 'x' end as e from users")).rows[0].e); //! user.email
  train((await pool.query("select lower(email) || name as both from users")).rows[0].both); //! user.email user.name user.tags
  train((await pool.query("select email = $1 as same, email is null as gone from users", [user.id])).rows[0]); //! none
  train((await pool.query("select (select email from users limit 1) as one, exists(select name from users) as any")).rows[0]); //! user.email
  train((await pool.query("select x.said from (select text as said, who from bulk) x")).rows); //! user.prompt
  train((await pool.query("select text from bulk union all select email from users")).rows); //! user.email user.prompt
  train((await pool.query("select array_agg(who order by who) as w, json_build_object('t', text, 'n', 1) as o from bulk group by 1")).rows[0].o.t); //! user.prompt
  train((await pool.query("delete from bulk where who = $1 returning text", [1])).rows); //! user.prompt
}
void main();`,
);

check(
  "vercel and neon: tags",
  `import { sql } from "@vercel/postgres";
import { neon } from "@neondatabase/serverless";
const q = neon("x");
async function main() {
  await sql\`insert into people (mail, name) values (\${user.email}, \${user.name})\`;
  const { rows } = await sql\`select mail from people where name = \${user.id}\`;
  train(rows); //! user.email
  const list = await q\`select name from people\`;
  train(list[0].name); //! user.name
  train(list[0].mail); //! none
  const client = await sql.connect();
  train((await client.sql\`select * from people\`).rows[0].mail); //! user.email
  train((await sql.query("select mail from people where name = $1", [user.id])).rows); //! user.email
}
void main();`,
);

check(
  "slonik: queries that a pool runs, fragments, names, lists of rows",
  `import { createPool, sql } from "slonik";
import { z } from "zod";
async function main() {
  const pool = await createPool("x");
  await pool.query(sql.unsafe\`insert into notes (who, text) values (\${user.id}, \${sql.jsonb({ said: user.prompt })})\`);
  const where = sql.fragment\`where who = \${user.id}\`;
  const notes = await pool.any(sql.type(z.object({ who: z.string() }))\`select who, text from notes \${where}\`);
  train(notes[0].who); //! user.id
  train(notes[0].text.said); //! user.prompt
  train(await pool.oneFirst(sql.unsafe\`select who from notes\`)); //! user.id
  const one = await pool.maybeOne(sql.unsafe\`select \${sql.join([sql.identifier(["text"]), sql.identifier(["n"])], sql.fragment\`, \`)} from \${sql.identifier(["public", "notes"])}\`);
  train(one.text); //! user.prompt
  train(one.n); //! none
  await pool.transaction(async (t) => { await t.query(sql.unsafe\`insert into bulk (mail, name) select * from \${sql.unnest([[user.email, user.name]], ["text", "text"])}\`); });
  train(await pool.manyFirst(sql.unsafe\`select mail from bulk\`)); //! user.email
  train(await pool.any(sql.unsafe\`select count(*) from bulk\`)); //! none
}
void main();`,
);

check(
  "mysql2 and better-sqlite3: rows as objects, named parameters",
  `import mysql from "mysql2/promise";
import Database from "better-sqlite3";
const db = new Database("x");
async function main() {
  const c = await mysql.createConnection({});
  await c.query("INSERT INTO people SET ?", { mail: user.email, name: user.name });
  const [rows] = await c.execute("SELECT mail FROM people WHERE name = ?", [user.id]);
  train(rows[0].mail); //! user.email
  train(rows[0].name); //! none
  db.prepare("INSERT OR REPLACE INTO n (text, who) VALUES (@text, @who)").run({ text: user.prompt, who: user.id });
  train(db.prepare("SELECT text FROM n WHERE who = ?").get(user.email)); //! user.prompt
  train(db.prepare("SELECT * FROM n").all()); //! user.id user.prompt
}
void main();`,
);

check(
  "text put together at run time: unknown fragments narrow, unknown lists may be any column, unknown tables any table",
  `import { Pool } from "pg";
import { conditions, columns, name } from "./unknown";
const pool = new Pool();
async function main(verbose: boolean) {
  await pool.query("insert into notes (mail, body) values ($1, $2)", [user.email, user.prompt]);
  await pool.query("insert into other (mail) values ($1)", [user.name]);
  const read = async (text: string) => (await pool.query(text)).rows[0];
  const one = await read(\`select n.body as said, count(n.mail) as many from notes n where \${conditions} order by \${name} limit 1\`);
  train(one.said); //! user.prompt
  train(one.many); //! none
  const all = await read(\`select \${columns} from notes where \${conditions}\`);
  train(all.mail); //! user.email
  train(all); //! user.email user.id user.prompt
  train((await read(\`select mail\${columns} from notes\`)).mail); //! user.email
  train((await read(\`select mail from notes \${verbose ? "where a" : ""} \${conditions}\`)).mail); //! user.email
  train((await read(\`select mail from \${name} where a\`)).mail); //! user.email user.name
  train((await read(\`select mail from other where body = '\${conditions}'\`)).mail); //! user.name
  train((await read(\`select n.\${name} as x from notes n\`)).x); //! user.email user.id user.prompt
  await pool.query(\`insert into said (body, at) values ('\${user.tags}', now())\`);
  train((await read("select body from said")).body); //! user.tags
  train((await read("select at from said")).at); //! none
  await pool.query(\`update notes set seen = ? where \${conditions} and x = ?\`, [user.id, user.tags]);
  train((await read("select seen from notes")).seen); //! user.id
  const wide = await read(\`with agg as (select a, b, c from t where \${conditions} group by a) select \${Array.from("x", () => name).join()} , n.body as said, \${"n.other as a_rather_long_name_of_a_column, ".repeat(20)} n.mail as mail from notes n left join agg on agg.a = n.a \${conditions} where \${verbose ? "a" : "b"} and \${verbose ? "c" : "d"} and \${verbose ? "e" : "f"} and \${verbose ? "g" : "h"} and \${conditions}\`);
  train(wide.said); //! user.prompt
}
void main(Math.random() > 0.5);`,
);
