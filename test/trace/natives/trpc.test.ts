import { expect, it } from "vitest";
import { annotated } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: POST /report, path: "input.messages[*].content" }
  - { field: user.name, route: POST /api/trpc/profile.rename, path: input.name }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { initTRPC } from "@trpc/server";\nimport { z } from "zod";\nconst user = loadUser();\nconst t = initTRPC.context<Ctx>().meta<Meta>().create({ transformer: null });\n${code}`,
      { sources: SOURCES },
    );
    expect(found).toEqual(expected);
  });
};

check(
  "a procedure's input is parsed; sources by OpenAPI address",
  `export const report = t.procedure
  .meta({ openapi: { method: "POST", path: "/report" } })
  .input(z.object({ messages: z.array(z.object({ content: z.string(), role: z.string() })), other: z.string() }))
  .mutation(async ({ input }) => {
    train(input.messages); //! user.prompt
    train(input.messages[0].role); //! none
    train(input.other); //! none
  });
export const other = t.procedure
  .meta({ openapi: { method: "POST", path: "/other" } })
  .input(z.object({ messages: z.array(z.object({ content: z.string() })) }))
  .mutation(({ input }) => {
    train(input.messages); //! none
  });`,
);

check(
  "sources by the router's names; what the schema does not name is dropped",
  `const profile = t.router({
  rename: t.procedure.input(z.object({ name: z.string() })).mutation(({ input }) => {
    train(input); //! user.name
  }),
  drop: t.procedure.input(z.object({ name: z.string() })).mutation(({ input }) => {
    train(input); //! none
  }),
});
export const app = t.router({ profile });`,
);

check(
  "middleware adds to the context",
  `const withUser = t.middleware(async ({ ctx, next }) => next({ ctx: { user } }));
const twice = withUser.unstable_pipe(async ({ ctx, next }) => next({ ctx: { mail: ctx.user.email } }));
const procedure = t.procedure.use(twice);
export const a = procedure.query(({ ctx }) => {
  train(ctx.mail); //! user.email
  train(ctx.user.id); //! user.id
});
export const b = t.procedure.query(({ ctx }) => {
  train(ctx.mail); //! none
});
const maybe = user.age > 3 ? t.procedure.use(withUser) : t.procedure;
export const c = maybe.query(({ ctx }) => {
  train(ctx.user.name); //! user.name
});`,
);

check(
  "callers and clients",
  `import { createTRPCClient } from "@trpc/client";
const notes = t.router({
  add: t.procedure.input(z.object({ text: z.string() })).mutation(({ input }) => {
    train(input); //! user.email user.prompt
    return { stored: input.text };
  }),
  list: t.procedure.query(() => user.name),
});
export const app = t.router({ notes });
const client = createTRPCClient<typeof app>({});
async function main() {
  await client.notes.add.mutate({ text: user.prompt, id: user.id });
  const caller = t.createCallerFactory(app)({ user });
  train(await caller.notes.add({ text: user.email })); //! user.email
  train(await client.notes.list.query()); //! user.name
}
void main();`,
);

check(
  "two servers: a caller's context of one does not stop the other's middleware; what an input may lack",
  `import { createTRPCClient } from "@trpc/client";
const inside = initTRPC.create();
export const own = inside.router({ ping: inside.procedure.query(({ ctx }) => ctx.session) });
inside.createCallerFactory(own)({ session: "s" });
const guarded = t.procedure.use(({ ctx, next }) => {
  if (!ctx.key) throw new Error("no key");
  return next({ ctx: { key: ctx.key } });
});
const prompt = z.object({ text: z.string() });
export const open = t.router({
  ask: guarded.input(z.object({ old: prompt.optional(), text: z.string().optional() })).mutation(({ input }) => {
    const parsed = "old" in input ? prompt.parse(input.old) : prompt.parse(input);
    train(parsed); //! user.prompt
    train(Object.keys(parsed).length); //! none
  }),
});
const client = createTRPCClient<typeof open>({});
void client.ask.mutate({ text: user.prompt });`,
);
