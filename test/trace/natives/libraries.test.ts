import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`const user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "objects: pick, omit, get, merge, mapValues",
  `import _ from "lodash";
import pick from "lodash/pick";
import { omit } from "lodash-es";
import * as lo from "lodash";
train(_.pick(user, ["id", "name"])); //! user.id user.name
train(pick(user, "email")); //! user.email
train(omit(user, ["email", "prompt", "tags"])); //! user.age user.id user.name
train(lo.get({ a: { b: user.email, c: user.id } }, "a.b")); //! user.email
train(_.get({ a: 1 }, ["b"], user.name)); //! user.name
train(_.merge({ a: { x: user.id } }, { a: { y: user.email } }).a.x); //! user.id
train(_.merge({}, undefined, { id: user.id })); //! user.id
train(_.defaults({ id: "x" }, { id: user.id, name: user.name })); //! user.name
train(_.mapValues({ a: user.email, b: user.id }, (v) => v.length)); //! none
train(_.mapValues({ a: user.email, b: user.id }, (v) => [v]).a); //! user.email
train(_.cloneDeep({ a: user }).a.email); //! user.email
train(_.set({}, "a.b", user.email).a); //! user.email
train(_.pickBy(user, (v, k) => k !== "x").id); //! user.id
train(_.isEqual(user, {})); //! none`,
);

check(
  "collections: by key, grouped, found, flattened",
  `import { keyBy, groupBy, find, flatMap, uniqBy, chunk, map, reduce, countBy, partition, sortBy, zipObject } from "lodash-es";
const rows = [{ id: user.id, text: user.prompt, kind: "a" }, { id: "x", text: "y", kind: "b" }];
train(keyBy(rows, "kind").a.text); //! user.prompt
train(keyBy(rows, "kind").b); //! none
train(groupBy(rows, (r) => r.kind).a[0].id); //! user.id
train(Object.keys(groupBy(rows, (r) => r.id))); //! user.id
train(find(rows, { kind: "a" }).text); //! user.prompt
train(flatMap(rows, (r) => [r.id, r.kind])); //! user.id
train(uniqBy(rows, "id").map((r) => r.text)); //! user.prompt
train(map(rows, "text")); //! user.prompt
train(map(rows, "kind")); //! none
train(chunk(rows, 2)[0][0].id); //! user.id
train(reduce(rows, (acc, r) => acc + r.text, "")); //! user.prompt
train(countBy(rows, "kind")); //! none
train(partition(rows, (r) => r.kind === "a")[0].map((r) => r.id)); //! user.id
train(sortBy(rows, "id").length); //! none
train(zipObject(["a", "b"], [user.id, user.email]).b); //! user.email`,
);

check(
  "small packages",
  `import { v4 as uuid, v5 } from "uuid";
import { nanoid } from "nanoid";
import pLimit from "p-limit";
import pMap from "p-map";
import pino from "pino";
train(uuid()); //! none
train(nanoid(user.age)); //! none
train(v5(user.id, "ns")); //! user.id
const log = pino();
train(log.info(user)); //! none
async function main() {
  const limit = pLimit(3);
  train(await limit(() => user.email)); //! user.email
  train(await pMap([user.id, user.name], async (x) => x)); //! user.id user.name
}
void main();`,
);

check(
  "clients: what is written down comes back; answers of a model and ids do not",
  `import OpenAI from "openai";
import axios from "axios";
import express from "express";
const openai = new OpenAI();
const app = express();
app.post("/v1/echo", (req, res) => {
  train(req.body.text); //! user.prompt
  res.json({ who: user.name });
});
async function main() {
  const done = await openai.chat.completions.create({ messages: [{ content: user.prompt }] });
  train(done.choices[0].message.content); //! none
  const file = await openai.files.create({ file: user.email, purpose: "fine-tune" });
  train(file.id); //! none
  const answer = await axios.post("http://localhost:3000/v1/echo", { text: user.prompt });
  train(answer.data.who); //! user.name
  train(answer.status); //! none
}
void main();`,
);

check(
  "lodash: tap, transform, partial, bind, curry",
  `import _ from "lodash";
train(_.tap({ a: "x", b: "y" }, (o) => { o.a = user.id; }).a); //! user.id
train(_.tap({ a: "x", b: "y" }, (o) => { o.a = user.id; }).b); //! none
train(_.transform({ k: user.email, l: "x" }, (all: any, v, k) => { all[k] = v; }, {}).k); //! user.email
train(_.transform([user.email], (all: number[], v) => { all.push(v.length); })); //! none
train(_.partial((x: string, y: string) => x, user.id)("y")); //! user.id
train(_.partial((x: string, y: string) => y, user.id)("y")); //! none
train(_.partialRight((x: string, y: string) => y, user.id)("x")); //! user.id
train(_.bind(function (this: any, x: string) { return this.name + x; }, { name: user.name, id: user.id }, "x")()); //! user.name
train(_.curry((x: string, y: string) => y)(user.id)(user.email)); //! user.email
train(_.curry((x: string, y: string) => y)(user.id, "y")); //! none`,
);

check(
  "underscore, where it is lodash",
  `import _ from "underscore";
const rows = [{ id: user.id, text: user.prompt }];
train(_.pluck(rows, "text")); //! user.prompt
train(_.findWhere(rows, { id: "x" })?.text); //! user.prompt
train(_.contains([user.id], "x")); //! none
train(_.omit(rows[0]!, "text")); //! user.id`,
);

check(
  "immer: what a recipe writes is in what is made of the base, and not in the base",
  `import { produce } from "immer";
const base = { a: { x: "n", y: user.name }, list: [] as string[] };
const next = produce(base, (draft) => { draft.a.x = user.id; draft.list.push(user.email); });
train(next.a.x); //! user.id
train(next.a.y); //! user.name
train(next.list[0]); //! user.email
train([base.a.x, base.list]); //! none
const set = produce((draft: any, v: string) => { draft.v = v; });
train(set({ w: user.id }, user.email).v); //! user.email
train(produce(base, () => ({ only: user.id }))); //! user.id
train(produce(base, () => ({ only: user.id, kind: 1 })).only); //! user.id
train(produce(base, () => ({ only: user.id, kind: 1 })).kind); //! none`,
);
