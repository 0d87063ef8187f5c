import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import { z } from "zod";\nconst user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "an object drops what it does not name",
  `const S = z.object({ id: z.string(), email: z.string() });
train(S.parse(user)); //! user.email user.id
train(S.parse(user).email); //! user.email
train(S.passthrough().parse(user)); //! user.age user.email user.id user.name user.prompt user.tags
train(S.strict().parse({ id: user.id, email: "x" })); //! user.id
train(z.looseObject({ id: z.string() }).parse(user)); //! user.age user.email user.id user.name user.prompt user.tags
train(S.passthrough().strip().parse(user)); //! user.email user.id
train(z.object({ id: z.string() }).catchall(z.string()).parse({ id: user.id, note: user.name })); //! user.id user.name`,
);

check(
  "shapes are picked, left out, extended, merged",
  `const S = z.object({ id: z.string(), email: z.string(), name: z.string().optional() });
train(S.pick({ id: true }).parse(user)); //! user.id
train(S.omit({ email: true }).parse(user)); //! user.id user.name
train(S.extend({ prompt: z.string() }).pick({ prompt: true, id: true }).parse(user)); //! user.id user.prompt
train(S.merge(z.object({ prompt: z.string() })).parse(user)); //! user.email user.id user.name user.prompt
train(z.object({ ...S.shape, age: z.number() }).omit({ name: true }).parse(user)); //! user.age user.email user.id
train(S.partial().parse(user).email); //! user.email
train(S.shape.email.parse(user.email)); //! user.email
train(S.keyof().parse("id")); //! none`,
);

check(
  "arrays, tuples, records, maps, sets",
  `const list = z.array(z.object({ id: z.string() })).parse([user, { id: "x", email: user.email }]);
train(list); //! user.id
train(z.object({ id: z.string() }).array().parse([user])[0]); //! user.id
train(z.tuple([z.string(), z.string()]).parse([user.id, user.email])[1]); //! user.email
train(z.record(z.string()).parse({ a: user.email }).a); //! user.email
train(z.record(z.string(), z.object({ id: z.string() })).parse({ a: user })); //! user.id
train(z.record(z.enum(["a"]), z.string()).parse({ a: user.id, b: user.email })); //! user.id`,
);

check(
  "a union takes the alternative that fits",
  `const S = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("mail"), email: z.string() }),
  z.object({ kind: z.literal("name"), name: z.string() }),
]);
train(S.parse({ kind: "mail", email: user.email, name: user.name })); //! user.email
train(S.parse({ kind: "name", email: user.email, name: "x" })); //! none
train(z.union([z.string(), z.object({ id: z.string() })]).parse(user)); //! user.id
train(z.string().or(z.number()).parse(user.email)); //! user.email
train(z.intersection(z.object({ id: z.string() }), z.object({ name: z.string() })).parse(user)); //! user.id user.name
train(z.object({ id: z.string() }).and(z.object({ name: z.string() }).passthrough()).parse({ id: user.id, name: "x", extra: user.age })); //! user.age user.id`,
);

check(
  "literals tell nothing, enums which value it was",
  `train(z.object({ name: z.literal("x") }).parse(user)); //! none
train(z.object({ name: z.enum(["a", "b"]) }).parse(user)); //! user.name
train(z.union([z.literal("a"), z.literal("b")]).parse(user.name)); //! user.name`,
);

check(
  "optional, default, catch, nullable",
  `train(z.object({ id: z.string().optional(), email: z.string().nullable() }).parse(user)); //! user.email user.id
train(z.object({ note: z.string().default(user.email) }).parse({ note: "x" })); //! none
train(z.object({ note: z.string().default(user.email) }).parse({})); //! user.email
train(z.number().catch(0).parse(user.email)); //! none
train(z.string().catch("").parse(user.email)); //! user.email`,
);

check(
  "transforms, refinements, pipes, preprocessing",
  `const S = z.object({ id: z.string(), email: z.string() }).transform((u) => ({ key: u.id }));
train(S.parse(user)); //! user.id
train(z.string().transform((s) => s.length).parse(user.email)); //! none
train(z.string().refine((s) => s.length > 3).parse(user.email)); //! user.email
train(z.string().min(1).email().trim().parse(user.email)); //! user.email
train(z.preprocess((v) => ({ a: v }), z.object({ a: z.string() })).parse(user.email)); //! user.email
train(z.string().transform((s) => ({ s, t: 1 })).pipe(z.object({ t: z.number() })).parse(user.email)); //! none
train(z.coerce.number().parse(user.age)); //! user.age
train(z.coerce.boolean().parse(user.email)); //! none
let seen = "";
z.string().superRefine((s, ctx) => { seen = s; ctx.addIssue({ code: "custom" }); }).safeParse(user.name);
train(seen); //! user.name`,
);

check(
  "safeParse, parseAsync, spa",
  `const S = z.object({ id: z.string() });
const r = S.safeParse(user);
if (r.success) train(r.data); //! user.id
else train(r.error.issues); //! none
async function later() {
  const a = await S.spa(user);
  if (a.success) train(a.data); //! user.id
  train(await S.parseAsync(user)); //! user.id
  train(await z.string().transform(async (s) => s).parseAsync(user.email)); //! user.email
}
void later();
try {
  S.parse({ id: 3, email: user.email });
  train(user.id); //! none
} catch (e) {
  train((e as Error).message); //! none
}`,
);

check(
  "recursive schemas",
  `type Node = { text: string; children: Node[] };
const Node: z.ZodType<Node> = z.lazy(() => z.object({ text: z.string(), children: z.array(Node) }));
train(Node.parse({ text: user.prompt, email: user.email, children: [{ text: user.name, children: [], id: user.id }] })); //! user.name user.prompt
const Tree = z.object({ text: z.string(), get next() { return Tree.optional(); } });
train(Tree.parse({ text: user.prompt, next: { text: user.name, email: user.email } })); //! user.name user.prompt
const Json = z.lazy(() => z.union([z.string(), z.array(Json), z.record(Json)]));
train(Json.parse({ a: [user.email] })); //! user.email`,
);

check(
  "schemas of helpers and of unknown origin",
  `function validate<T>(schema: z.ZodType<T>, v: unknown): T { return schema.parse(v); }
train(validate(z.object({ id: z.string() }), user)); //! user.id
train(validate(z.object({ email: z.string() }), user)); //! user.email
export function handler(schema: z.ZodType<{ id: string }>) {
  train(schema.parse(user.id)); //! user.id
}`,
);

it("of many objects that may be meant, what each has under a name comes through", () => {
  const { found, expected } = annotated(`
    import { z } from "zod";
    declare const n: number;
    const { email, id, name } = loadUser();
    const all = [{ a: email }, { a: id }, { a: "" }, { a: "x", b: name }, { c: 1 }, { a: 2 }];
    const record = z.record(z.string(), z.any()).parse(all[n]);
    train(record.a); //! user.email user.id
    train(record.b); //! user.name
    train(record.c); //! none
    const object = z.object({ c: z.any() }).catchall(z.any()).parse(all[n]);
    train(object.a); //! user.email user.id
    train(object.c); //! none
  `);
  expect(found).toEqual(expected);
});

it("a schema's parts have the methods of every object, which are none of the library's", () => {
  const { found, expected } = annotated(`
    import { z } from "zod";
    import { router } from "@trpc/server";
    export function text(schema: z.ZodObject<any>, data: any) {
      train(schema.shape.email.toString()); //! none
      train(z.toString()); //! none
      train(router.procedure.toString()); //! none
      train(loadUser().email.toString()); //! user.email
    }
  `);
  expect(found).toEqual(expected);
});
