import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import postgres from "postgres";\nconst user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "one row, chosen columns; names changed on the way in and out",
  `const sql = postgres(process.env.DB, { transform: { ...postgres.camel, undefined: null } });
async function main() {
  await sql\`insert into run \${sql({ externalId: user.id, body: user.prompt })}\`;
  const row = { mail: user.email, name: user.name, skip: user.age };
  await sql\`insert into person \${sql(row, "mail", "name")} returning *\`;
  const [run] = await sql\`select * from run where id = \${1}\`;
  train(run.externalId); //! user.id
  train(run.body); //! user.prompt
  train(run.external_id); //! none
  const [p] = await sql\`select * from person\`;
  train(p.mail); //! user.email
  train(p.skip); //! none
  const [c] = await sql\`select external_id from run\`;
  train(c.externalId); //! user.id
  train(c); //! user.id
}
void main();`,
);

check(
  "many rows, updates, conflicts, what comes back",
  `const sql = postgres();
const rows = [user].map((u) => ({ mail: u.email, text: u.prompt }));
async function main() {
  await sql\`insert into a \${sql(rows, "mail", "text")} on conflict (mail) do update set text = excluded.text\`;
  const [a] = await sql\`select mail, text as said from a\`;
  train(a.mail); //! user.email
  train(a.said); //! user.prompt
  train(a.text); //! none
  await sql\`update b set \${sql({ who: user.id, n: 1 }, "who")}, at = now() where id = \${user.name}\`;
  train(await sql\`select who from b\`); //! user.id
  train(await sql\`select n from b\`); //! none
  train(await sql\`select * from b\`); //! user.id
  const made = await sql\`insert into c \${sql({ mail: user.email })} returning id\`;
  train(made[0].id); //! none
  await sql\`insert into d (who, text) values (\${user.id}, \${sql.json({ said: user.prompt, x: 1 })})\`;
  const [d] = await sql\`select * from d\`;
  train(d.text.said); //! user.prompt
  train(d.text.x); //! none
  train(d.who); //! user.id
}
void main();`,
);

check(
  "queries put into queries, transactions, cursors",
  `const sql = postgres();
const by = (id) => id ? sql\`where id = \${id}\` : sql\`\`;
const cols = sql\`mail, text\`;
async function main() {
  await sql.begin(async (tx) => { await tx\`insert into a \${tx({ mail: user.email, text: user.prompt, other: user.name })}\`; });
  train(await sql\`select \${cols} from a \${by(user.id)} order by id\`); //! user.email user.prompt
  train(await sql\`select other from a \${by(0)}\`); //! user.name
  train(await sql\`select \${sql(["mail"])} from \${sql("a")}\`); //! user.email
  await sql.unsafe("insert into u (mail) values ($1)", [user.email]);
  train(await sql.unsafe("select mail from u")); //! user.email
  for await (const [row] of sql\`select mail from a\`.cursor()) train(row); //! user.email
  await sql\`select text from a\`.forEach((row) => { train(row.text); }); //! user.prompt
  await sql\`select text from a\`.cursor(10, async (rows) => { train(rows); }); //! user.prompt
}
void main();`,
);

check(
  "joins, aliases, subqueries, queries with names",
  `const sql = postgres({ transform: postgres.camel });
async function main() {
  await sql\`insert into run \${sql({ input: user.prompt, userId: user.id, parentRunId: "x", feedback: user.tags })}\`;
  await sql\`insert into external_user \${sql({ externalId: user.email, props: user.name })}\`;
  const [r] = await sql\`select r.*, eu.external_id as user_external_id, coalesce(f.feedbacks, '[]') as all_feedback, (r.a + r.b) as total
    from public.run r left join external_user eu on r.user_id = eu.id
    left join lateral (select json_agg(jsonb_build_object('text', c.feedback)) as feedbacks from run c where c.parent_run_id = r.id) as f on true\`;
  train(r.userExternalId); //! user.email
  train(r.input); //! user.prompt
  train(r.props); //! none
  train(r.allFeedback); //! user.tags
  train(r.total); //! none
  const rows = await sql\`with recursive related as (select r1.* from run r1 where r1.id = 1 union all select r2.* from run r2 inner join related rr on rr.id = r2.parent_run_id)
    select rr.input, rr.parent_run_id, coalesce(rr.cost, 0) as cost from related rr order by rr.created_at\`;
  train(rows.map((x) => x.input)); //! user.prompt
  train(rows[0].parentRunId); //! none
  train(rows[0].cost); //! none
  train(rows[0].userId); //! none
  train(await sql\`with x as (insert into log (mail) select external_id from external_user returning *) select * from x\`); //! user.email
  train(await sql\`select mail from log\`); //! user.email
  train(await sql\`select count(*) as n, max(input) as last from run group by id\`); //! user.prompt
}
void main();`,
);

check(
  "keys inside of JSON columns; lists of values and of tuples",
  `const sql = postgres("x", { transform: { ...postgres.camel, undefined: null } });
async function main() {
  const rows = [{ runId: "a", messages: [{ tool_calls: user.tags, content: user.prompt }] }, { runId: "b", messages: [] }];
  await sql\`insert into dataset_prompt \${sql(rows)}\`;
  const [prompt] = await sql\`select * from dataset_prompt where run_id in \${sql(["a", "b"])}\`;
  train(prompt.messages[0].content); //! user.prompt
  train(prompt.messages[0].toolCalls); //! user.tags
  train(prompt.messages[0].tool_calls); //! none
  train(prompt.runId); //! none
  await sql\`insert into pair (mail, who) values \${sql([[user.email, user.id]])}\`;
  train(await sql\`select mail from pair\`); //! user.email
  train(await sql\`select who from pair\`.values()); //! user.id
}
void main();`,
);

check(
  "clients by their type, injected, handed on; rows of unknown keys",
  `import type { Sql, TransactionSql } from "postgres";
const sql = postgres("x", { transform: postgres.camel });
class Runs {
  constructor(private readonly db: Sql) {}
  async save(run: Record<string, unknown>) { await this.db\`insert into run \${this.db(run)}\`; }
}
const clearUndefined = (o) => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined));
async function store(tx: TransactionSql, userId: string) {
  await tx\`update run set \${tx(clearUndefined({ externalUserId: userId, skipped: undefined }))} where id = 1\`;
}
async function load({ sql, done }: { sql: any; done: boolean }) {
  for await (const [row] of sql\`select r.*, eu.props as user_props from run r left join external_user eu on true\`.cursor()) {
    train(row.runInput); //! user.prompt
    train(row.userProps); //! user.name
  }
}
async function main() {
  await load({ sql, done: true });
  await new Runs(sql).save({ runInput: user.prompt });
  await sql.begin((tx) => store(tx, user.id));
  await sql\`insert into external_user (props) values (\${sql.json({ name: user.name })}) on conflict do nothing\`.catch(() => {});
  const [run] = await sql\`select external_user_id, run_input as said from run\`;
  train(run.said); //! user.prompt
}
void main();`,
);
