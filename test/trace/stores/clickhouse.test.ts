import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`const user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "inserts and queries: columns apart, counts, formats, another table",
  `import { createClient, type ClickHouseClient } from "@clickhouse/client";
const client = createClient({ url: process.env.URL });
async function write() {
  await client.insert({
    table: "events",
    values: [{ id: user.id, mail: user.email, said: user.prompt, meta: { name: user.name } }],
    format: "JSONEachRow",
  });
  await client.insert({ table: "db.visits", values: [[user.name, user.tags]], columns: ["who", "what"], format: "JSONCompactEachRow" });
  await client.insert({ table: "keyed", values: { a: { who: user.email } }, format: "JSONObjectEachRow" });
  await client.insert({ table: "json", values: { meta: [], data: [{ who: user.prompt }] }, format: "JSON" });
}
async function read(other: ClickHouseClient) {
  const rs = await client.query({ query: "SELECT mail, count() AS many, said AS text FROM events FINAL WHERE id = {id: String} LIMIT 1 BY id", query_params: { id: "x" }, format: "JSONEachRow" });
  const rows = await rs.json<{ mail: string; text: string; many: number }>();
  train(rows[0].mail); //! user.email
  train(rows[0].text); //! user.prompt
  train(rows[0].many); //! none
  const whole = await (await client.query({ query: "select meta, id from events" })).json();
  train(whole.data[0].meta.name); //! user.name
  train(whole.data[0].id); //! user.id
  train(whole.rows); //! none
  train((await (await client.query({ query: "select who from visits", format: "JSONEachRow" })).json())[0].who); //! user.name
  train((await (await other.query({ query: "select what from visits", format: "JSONEachRow" })).json())[0].what); //! user.tags
  train((await (await client.query({ query: "select who from nobody", format: "JSONEachRow" })).json())[0].who); //! none
  train((await (await client.query({ query: "select who from keyed", format: "JSONCompactEachRow" })).json())[0][0]); //! user.email
  train((await (await client.query({ query: "select who from json", format: "JSONObjectEachRow" })).json())["a"].who); //! user.prompt
  const set = await client.query({ query: "select said, id from events", format: "JSONEachRow" });
  for await (const list of set.stream()) for (const row of list) {
    train(row.json().said); //! user.prompt
    train(JSON.parse(row.text).id); //! user.id
  }
  train(JSON.parse((await (await client.query({ query: "select mail from events" })).text()))); //! user.email
}
void write();`,
);

check(
  "parameters, functions, insert from select, streams of rows, text that is put together",
  `import { createClient } from "@clickhouse/client";
import { Readable } from "node:stream";
const client = createClient();
const rows = async (query: string, query_params = {}) => (await (await client.query({ query, query_params, format: "JSONEachRow" })).json())[0];
async function main(filter: string, format: "JSON" | "JSONEachRow") {
  await client.command({ query: "INSERT INTO said (who, what) VALUES ({who: String}, {what: String})", query_params: { who: user.id, what: user.prompt } });
  train((await rows("select what from said")).what); //! user.prompt
  train((await rows("select if(what = 'a', who, 'b') as x, anyIf(what, who = 'c') as y, uniq(what) as z, leftUTF8(what, 3) as v from said")).x); //! user.id
  const f = await rows("select anyIf(what, who = 'c') as y, uniq(what) as z, notEmpty(what) as w, groupArrayIf(what, who = 'x') as list from said");
  train(f.y); //! user.prompt
  train(f.z, f.w); //! none
  train(f.list[0]); //! user.prompt
  await client.command({ query: "insert into copies (text) select what from said" });
  train((await rows("select text from copies")).text); //! user.prompt
  await client.insert({ table: "streamed", values: Readable.from([{ mail: user.email }]), format: "JSONEachRow" });
  train((await rows("select mail from streamed")).mail); //! user.email
  train((await rows(\`select s.what as w from said s prewhere \${filter} where \${filter} limit 1\`)).w); //! user.prompt
  train((await rows(\`with agg as (select who, groupArray(what) as all from said where \${filter} group by who) select agg.all as a, s.who as id from said s left join agg on agg.who = s.who where \${filter} settings x = 1\`)).id); //! user.id
  const open = await (await client.query({ query: "select what from said", format })).json();
  train(open.data[0].what); //! user.prompt
  train(open[0].what); //! user.prompt
}
void main(process.argv[2]!, process.argv[3] as "JSON");`,
);
