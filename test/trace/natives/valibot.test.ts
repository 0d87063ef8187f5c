import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import * as v from "valibot";\nconst user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "an object drops what it does not name, a loose one keeps it",
  `const entries = { id: v.string(), email: v.string() };
train(v.parse(v.object(entries), user)); //! user.email user.id
train(v.parse(v.looseObject(entries), user)); //! user.age user.email user.id user.name user.prompt user.tags
train(v.parse(v.strictObject(entries), { id: user.id, email: "x" })); //! user.id
train(v.parse(v.objectWithRest({ id: v.string() }, v.string()), { id: user.id, note: user.name })); //! user.id user.name
train(v.parse(v.object({ ...v.object(entries).entries, name: v.string() }), user)); //! user.email user.id user.name`,
);

check(
  "objects are picked, left out, made partial",
  `const S = v.object({ id: v.string(), email: v.string(), name: v.optional(v.string()) });
train(v.parse(v.pick(S, ["id"]), user)); //! user.id
train(v.parse(v.omit(S, ["email"]), user)); //! user.id user.name
train(v.parse(v.partial(S), user).email); //! user.email
train(v.parse(v.required(S, ["name"]), user).name); //! user.name
train(v.parse(v.object({ ...v.omit(S, ["email"]).entries }), user)); //! user.id user.name`,
);

check(
  "arrays, tuples, records, maps, sets",
  `const Id = v.object({ id: v.string() });
train(v.parse(v.array(Id), [user])); //! user.id
train(v.parse(v.tuple([v.string(), Id]), [user.name, user])[1]); //! user.id
train(v.parse(v.record(v.string(), Id), { a: user }).a); //! user.id
train(v.parse(v.map(v.string(), Id), new Map([["a", user]])).get("a")); //! user.id
train([...v.parse(v.set(Id), new Set([user]))]); //! user.id`,
);

check(
  "unions, variants, intersections",
  `const S = v.variant("kind", [
  v.object({ kind: v.literal("mail"), email: v.string() }),
  v.object({ kind: v.literal("name"), name: v.string() }),
]);
train(v.parse(S, { kind: "mail", email: user.email, name: user.name })); //! user.email
train(v.parse(S, { kind: "name", email: user.email, name: "x" })); //! none
train(v.parse(v.union([v.string(), v.object({ id: v.string() })]), user)); //! user.id
train(v.parse(v.intersect([v.object({ id: v.string() }), v.object({ name: v.string() })]), user)); //! user.id user.name`,
);

check(
  "missing values and fallbacks",
  `train(v.parse(v.object({ note: v.optional(v.string(), user.email) }), { note: "x" })); //! none
train(v.parse(v.object({ note: v.optional(v.string(), user.email) }), {})); //! user.email
train(v.parse(v.nullish(v.string(), user.email), null)); //! user.email
train(v.parse(v.fallback(v.number(), 0), user.email)); //! none
train(v.parse(v.lazy(() => v.object({ id: v.nullable(v.string()) })), user)); //! user.id`,
);

check(
  "pipes: checks let through, transforms replace",
  `const Mail = v.pipe(v.string(), v.trim(), v.email(), v.check((s) => s.length > 3));
train(v.parse(v.object({ email: Mail }), user)); //! user.email
train(v.parse(v.pipe(v.object({ id: v.string(), email: v.string() }), v.transform((u) => ({ key: u.id }))), user)); //! user.id
train(v.parse(v.pipe(v.object({ id: v.string(), name: v.string() }), v.forward(v.partialCheck([["id"]], (u) => u.id !== "x"), ["id"])), user)); //! user.id user.name
train(v.parse(v.pipe(v.string(), v.transform((s) => s.length)), user.email)); //! none
train(v.parse(v.pipe(v.looseObject({}), v.object({ id: v.string() })), user)); //! user.id
train(v.parse(v.pipe(v.array(v.any()), v.mapItems((u) => u.id)), [user])); //! user.id
train(v.parse(v.pipe(v.any(), v.rawTransform(({ dataset }) => dataset.value.name)), user)); //! user.name`,
);

check(
  "results, parsers, promises",
  `const S = v.object({ id: v.string() });
const r = v.safeParse(S, user);
train(r.success); //! none
if (r.success) train(r.output); //! user.id
train(v.parser(S)(user)); //! user.id
train(v.safeParser(S)(user).output); //! user.id
train(await v.parseAsync(S, user)); //! user.id
train((await v.safeParseAsync(v.objectAsync({ id: v.string() }), user)).output); //! user.id`,
);

check(
  "guards strip nothing",
  `const S = v.object({ id: v.string() });
train(v.is(S, user)); //! none
if (v.is(S, user)) train(user); //! user.age user.email user.id user.name user.prompt user.tags
v.assert(S, user);
train(user.name); //! user.name`,
);

check(
  "issues hold the rejected input",
  `const S = v.object({ id: v.string(), email: v.pipe(v.string(), v.email()) });
const r = v.safeParse(S, user);
if (!r.success) {
  train(r.issues.map((i) => i.input)); //! user.email
  train(r.issues[0].message); //! user.email
  train(r.issues[0].path[0].input.name); //! user.name
  train(r.issues[0].type); //! none
}
try {
  v.parse(v.pipe(v.string(), v.email()), user.email);
} catch (error) {
  train(error.issues[0].input); //! user.email
}`,
);
