import { check } from "./check.js";

check(
  "dot-prop: at a path, in place",
  `import { getProperty, setProperty, hasProperty, deepKeys } from "dot-prop";
const o = { a: { b: user.email, c: user.id }, list: [{ name: user.name }] };
train(getProperty(o, "a.b")); //! user.email
train(getProperty(o, "list[0].name")); //! user.name
train(getProperty(o, "a.x", user.prompt)); //! user.prompt
train(hasProperty(o, "a.b")); //! none
const into = { a: { keep: user.id } } as any;
train(setProperty(into, "a.b", user.email).a.b); //! user.email
train(into.a.b); //! user.email
train(into.a.keep); //! user.id
train(deepKeys({ [user.id]: user.email })); //! user.id`,
);

check(
  "deepmerge: name by name, the later over the earlier",
  `import deepmerge from "deepmerge";
const merged = deepmerge({ a: { x: user.id, y: user.name }, list: [user.email] }, { a: { y: "n" }, list: ["x"] }) as any;
train(merged.a.x); //! user.id
train(merged.a.y); //! none
train(merged.list); //! user.email
train(deepmerge.all([{ a: user.id }, { b: user.email }]).b); //! user.email`,
);

check(
  "ramda: properties, bit by bit",
  `import * as R from "ramda";
import { pick } from "ramda";
train(R.prop("email", user)); //! user.email
train(R.prop("id")(user)); //! user.id
train(pick(["id", "name"])(user)); //! user.id user.name
train(R.omit(["email", "prompt", "tags", "age"], user)); //! user.id user.name
train(R.path(["a", "b"], { a: { b: user.email, c: user.id } })); //! user.email
train(R.pathOr("x", ["a", "c"])({ a: { b: user.email, c: user.id } })); //! user.id
train(R.assoc("email", "hidden", user).email); //! none
train(R.assoc("email", "hidden")(user).id); //! user.id
train(R.assocPath(["a", "b"], user.id, { a: { c: user.email } }).a.b); //! user.id
train(R.mergeRight(user, { email: "hidden" }).email); //! none
train(R.mergeLeft({ email: "hidden" })(user).name); //! user.name
train(R.mergeDeepRight({ a: { x: user.id, y: user.name } }, { a: { y: "n" } }).a); //! user.id
train(R.keys(user)); //! none
train(R.has("email", user)); //! none`,
);

check(
  "ramda: lists, functions of functions",
  `import R from "ramda";
const rows = [{ id: user.id, text: user.prompt }, { id: "x", text: "y" }];
train(R.pluck("text", rows)); //! user.prompt
train(R.pluck("text", rows)[1]); //! none
train(R.map((r: any) => r.id, rows)); //! user.id
train(R.map((x: string) => x)({ a: user.id, b: user.email }).b); //! user.email
train(R.filter((r: any) => r.id !== "x")(rows).map((r: any) => r.text)); //! user.prompt
train(R.filter((v: string) => v !== "x", { a: user.id }).a); //! user.id
train(R.find(R.propEq("x", "id"), rows).id); //! user.id
train(R.reduce((all: string, r: any) => all + r.text, user.name, rows)); //! user.name user.prompt
train(R.reduce((n: number) => n + 1, 0, rows)); //! none
train(R.pipe(R.map(R.prop("id")), R.join(","))(rows)); //! user.id
train(R.compose(R.length, R.toUpper)(user.email)); //! none
train(R.groupBy((r: any) => r.id, rows).x[0].text); //! user.prompt
train(R.partition((r: any) => r.id, rows)[1][0].id); //! user.id
train(R.chain((r: any) => [r.text], rows)); //! user.prompt
train(R.project(["id"], rows)); //! user.id
train(R.zip([user.id], [user.email])[0][1]); //! user.email
train(R.any((r: any) => r.id === "x", rows)); //! none
train(R.tap((u: any) => { u.name = "n"; }, { ...user }).name); //! none`,
);

check(
  "immutable: a change gives another collection",
  `import { List, Map, Set } from "immutable";
const map = Map({ id: user.id, name: user.name });
train(map.get("id")); //! user.id
train(map.set("id", "x").get("id")); //! none
train(map.set("id", "x").get("name")); //! user.name
train(map.set("email", user.email).get("id")); //! user.id
train(map.get("email")); //! none
train(map.delete("id").toJS()); //! user.name
train(map.toObject().name); //! user.name
train(map.merge({ name: "n" }).get("name")); //! none
train(map.map((v) => v.length).get("id")); //! none
train(map.update("id", (v) => v + "!").get("id")); //! user.id
train(Map({ a: List([{ id: user.id }]) }).toJS().a[0].id); //! user.id
train(Map({ a: Map({ b: user.email, c: "x" }) }).getIn(["a", "b"])); //! user.email
train(Map({ a: Map({ b: user.email, c: "x" }) }).getIn(["a", "c"])); //! none
const list = List([{ id: user.id, text: user.prompt }]);
train(list.map((r) => r.text).toArray()); //! user.prompt
train(list.filter((r) => r.id !== "x").first()?.id); //! user.id
train(list.push({ id: user.email, text: "x" }).map((r) => r.id).join(",")); //! user.email user.id
train(list.get(0)!.id); //! user.id
train(list.size); //! none
for (const r of list) train(r.text); //! user.prompt
train(Set([user.id]).add(user.name).toArray()); //! user.id user.name
train(Set([user.id]).has("x")); //! none
train(list.reduce((all, r) => all + r.text, "")); //! user.prompt`,
);
