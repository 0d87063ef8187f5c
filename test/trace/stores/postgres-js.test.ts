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
  await sql\`insert into event \${sql({ outerId: user.id, body: user.prompt })}\`;
  const row = { mail: user.email, name: user.name, skip: user.age };
  await sql\`insert into person \${sql(row, "mail", "name")} returning *\`;
  const [event] = await sql\`select * from event where id = \${1}\`;
  train(event.outerId); //! user.id
  train(event.body); //! user.prompt
  train(event.outer_id); //! none
  const [p] = await sql\`select * from person\`;
  train(p.mail); //! user.email
  train(p.skip); //! none
  const [c] = await sql\`select outer_id from event\`;
  train(c.outerId); //! user.id
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
  await sql\`insert into event \${sql({ input: user.prompt, userId: user.id, parentId: "x", remark: user.tags })}\`;
  await sql\`insert into visitor \${sql({ outerId: user.email, props: user.name })}\`;
  const [r] = await sql\`select r.*, v.outer_id as visitor_key, coalesce(f.remarks, '[]') as all_remarks, (r.a + r.b) as total
    from public.event r left join visitor v on r.user_id = v.id
    left join lateral (select json_agg(jsonb_build_object('text', c.remark)) as remarks from event c where c.parent_id = r.id) as f on true\`;
  train(r.visitorKey); //! user.email
  train(r.input); //! user.prompt
  train(r.props); //! none
  train(r.allRemarks); //! user.tags
  train(r.total); //! none
  const rows = await sql\`with recursive below as (select r1.* from event r1 where r1.id = 1 union all select r2.* from event r2 inner join below rr on rr.id = r2.parent_id)
    select rr.input, rr.parent_id, coalesce(rr.cost, 0) as cost from below rr order by rr.created_at\`;
  train(rows.map((x) => x.input)); //! user.prompt
  train(rows[0].parentId); //! none
  train(rows[0].cost); //! none
  train(rows[0].userId); //! none
  train(await sql\`with x as (insert into log (mail) select outer_id from visitor returning *) select * from x\`); //! user.email
  train(await sql\`select mail from log\`); //! user.email
  train(await sql\`select count(*) as n, max(input) as last from event group by id\`); //! user.prompt
}
void main();`,
);

check(
  "keys inside of JSON columns; lists of values and of tuples",
  `const sql = postgres("x", { transform: { ...postgres.camel, undefined: null } });
async function main() {
  const rows = [{ eventId: "a", messages: [{ tool_calls: user.tags, content: user.prompt }] }, { eventId: "b", messages: [] }];
  await sql\`insert into example \${sql(rows)}\`;
  const [prompt] = await sql\`select * from example where event_id in \${sql(["a", "b"])}\`;
  train(prompt.messages[0].content); //! user.prompt
  train(prompt.messages[0].toolCalls); //! user.tags
  train(prompt.messages[0].tool_calls); //! none
  train(prompt.eventId); //! none
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
class Events {
  constructor(private readonly db: Sql) {}
  async save(run: Record<string, unknown>) { await this.db\`insert into event \${this.db(run)}\`; }
}
const present = (o) => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined));
async function store(tx: TransactionSql, userId: string) {
  await tx\`update event set \${tx(present({ visitorId: userId, skipped: undefined }))} where id = 1\`;
}
async function load({ sql, done }: { sql: any; done: boolean }) {
  for await (const [row] of sql\`select r.*, v.props as visitor_props from event r left join visitor v on true\`.cursor()) {
    train(row.saidText); //! user.prompt
    train(row.visitorProps); //! user.name
  }
}
async function main() {
  await load({ sql, done: true });
  await new Events(sql).save({ saidText: user.prompt });
  await sql.begin((tx) => store(tx, user.id));
  await sql\`insert into visitor (props) values (\${sql.json({ name: user.name })}) on conflict do nothing\`.catch(() => {});
  const [event] = await sql\`select visitor_id, said_text as said from event\`;
  train(event.said); //! user.prompt
}
void main();`,
);

it("a service of routers, middleware and tags: from the request through two tables to the export", () => {
  const { found, expected } = annotated(
    `import postgres from "postgres";
import Koa from "koa";
import Router from "koa-router";
import bodyParser from "koa-bodyparser";
import { Readable } from "stream";
import { z } from "zod";
const sql = postgres("x", { transform: { ...postgres.camel, undefined: null } });
const app = new Koa();
app.use(async (ctx, next) => { try { await next(); } catch (e) { ctx.body = { problem: e.message }; } });
app.use(async (ctx, next) => { ctx.state.team = ctx.request.headers.authorization; await next(); });
app.use(async (ctx, next) => { await bodyParser({ jsonLimit: "1mb" })(ctx, next); });
const present = (o) => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined));
async function keep(team: string, ticket: any) {
  const { question, closed, ...rest } = ticket;
  if (!closed) await sql\`insert into ticket \${sql(present({ team, askedText: question, topic: rest.topic }))}\`;
  else await sql\`update ticket set \${sql(present({ closedAt: Date.now(), answer: undefined }))} where team = \${team}\`;
}
const tickets = new Router({ prefix: "/chat" });
tickets.post("/", async (ctx) => {
  const { message } = ctx.request.body as { message: any };
  await keep(ctx.state.team, { question: [{ by: "customer", content: message }], closed: ctx.query.closed === "1" });
  ctx.body = { ok: true };
});
tickets.get("/export", async (ctx) => {
  const since = ctx.query.since ? sql\`and t.created_at > \${ctx.query.since}\` : sql\`\`;
  const rows = sql\`select t.*, a.name as agent_name from ticket t left join agent a on a.id = t.agent_id where t.team = \${ctx.state.team} \${since} order by 1\`.cursor();
  ctx.body = Readable.from({ async *[Symbol.asyncIterator]() {
    for await (const [row] of rows) {
      train(row.askedText); //! user.prompt
      train(row.askedText[0].content); //! user.prompt
      train(row.closedAt); //! none
      train(row.agentName); //! none
      yield JSON.stringify({ said: row.askedText }) + "\\n";
    }
  } });
});
const v1 = new Router({ prefix: "/v1" });
v1.use(tickets.routes());
app.use(v1.routes());
const lessons = new Router();
lessons.post("/lessons", async (ctx) => {
  const { ids } = z.object({ ids: z.array(z.string()) }).parse(ctx.request.body);
  const picked = await sql\`select id, asked_text from ticket where id = any(\${ids})\`;
  const made = picked.map(({ id, askedText }) => ({ ticketId: id, turns: askedText.filter((turn) => turn.by) })).filter((x) => x.turns.length > 0);
  const kept = await sql\`insert into lesson \${sql(made)} returning *\`;
  train(kept); //! user.prompt
  ctx.body = kept;
});
app.use(lessons.routes());
export async function learn() {
  const [lesson] = await sql\`select l.turns, l.ticket_id from lesson l join course c on c.id = l.course_id\`;
  train(lesson.turns); //! user.prompt
  train(lesson.ticketId); //! none
}`,
    { sources: "  - { field: user.prompt, route: POST /v1/chat, path: body.message }\n" },
  );
  expect(found).toEqual(expected);
});
