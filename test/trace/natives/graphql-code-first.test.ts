/** GraphQL schemas that are code: Pothos and Nexus. */
import { expect, it } from "vitest";
import { annotated, run } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: MUTATION /say, path: body.text }
  - { field: user.name, route: QUERY /find, path: body.search }
`;

it("Pothos: resolvers get arguments and the objects of their type", () => {
  const program = `import SchemaBuilder from "@pothos/core";
const builder = new SchemaBuilder({});
const UserRef = builder.objectRef<any>("User");
UserRef.implement({
  fields: (t: any) => ({
    mail: t.string({ resolve: (user: any) => {
      train(user.email); //! user.email
      return user.email;
    } }),
    name: t.exposeString("tags"),
  }),
});
builder.objectType("Post", { fields: (t: any) => ({ title: t.string({ resolve: (post: any) => {
  train(post.title); //! user.tags
  train(post.email); //! none
  return post.title;
} }) }) });
builder.queryType({
  fields: (t: any) => ({
    me: t.field({ type: UserRef, resolve: () => loadUser() }),
    find: t.field({ type: "String", args: { search: t.arg.string() }, resolve: (_root: unknown, args: any) => {
      train(args.search); //! user.name
      train(args.other); //! none
      return "";
    } }),
  }),
});
builder.queryField("posts", (t: any) => t.field({ type: ["Post"], resolve: () => [{ title: loadUser().tags }] }));
builder.mutationField("say", (t: any) => t.field({ type: "Boolean", resolve: (_root: unknown, { text }: any) => {
  train(text); //! user.prompt
  return true;
} }));
builder.queryField("rows", (t: any) => t.prismaField({ type: "Post", resolve: (query: any, _root: unknown, args: any) => {
  train(args.search, query); //! none
  return null;
} }));
export const schema = builder.toSchema();
`;
  const { found, expected } = annotated(program, { sources: SOURCES });
  expect(found).toEqual(expected);
});

it("Nexus: fields are told by name, also through lists", () => {
  const program = `import { extendType, makeSchema, mutationField, objectType, queryField, nonNull, stringArg } from "nexus";
const User = objectType({ name: "User", definition(t: any) {
  t.nonNull.string("name");
  t.string("mail", { resolve: (user: any) => {
    train(user.email); //! user.email
    train(user.missing); //! none
    return user.email;
  } });
} });
const Query = extendType({ type: "Query", definition(t: any) {
  t.nonNull.list.field("me", { type: "User", resolve: () => [loadUser()] });
} });
const find = queryField("find", { type: "String", args: { search: nonNull(stringArg()) }, resolve: (_root: unknown, args: any) => {
  train(args.search); //! user.name
  return "";
} });
const say = mutationField((t: any) => {
  t.field("say", { type: "Boolean", resolve: (_root: unknown, { text, other }: any) => {
    train(text); //! user.prompt
    train(other); //! none
    return true;
  } });
});
export const schema = makeSchema({ types: [User, Query, find, say] });
`;
  const { found, expected } = annotated(program, { sources: SOURCES });
  expect(found).toEqual(expected);
});

it("an answer of either can be a sink", () => {
  const sinks = `sinks:\n  - { id: me, purpose: train, route: QUERY /me }\n  - { id: other, purpose: train, route: QUERY /other }\n`;
  const { flows } = run(
    `import SchemaBuilder from "@pothos/core";
const builder = new SchemaBuilder({});
builder.queryField("me", (t: any) => t.field({ type: "String", resolve: () => loadUser().email }));
builder.queryField("other", (t: any) => t.field({ type: "String", resolve: () => "nobody" }));`,
    { sinks },
  );
  expect(flows.map(({ sink, field }) => `${field} at ${sink.id}`)).toEqual(["user.email at me"]);
});

it("Pothos: what is exposed is a property of what is resolved, by whatever name", () => {
  const sinks = `sinks:\n  - { id: me, purpose: train, route: QUERY /me }\n`;
  const { flows } = run(
    `import SchemaBuilder from "@pothos/core";
const builder = new SchemaBuilder({});
builder.objectType("User", { fields: (t: any) => ({ mail: t.exposeString("email"), id: t.exposeID("number") }) });
builder.queryField("me", (t: any) => t.field({ type: "User", resolve: () => loadUser() }));`,
    { sinks },
  );
  expect(flows.map(({ field, accessPath }) => `${field} at ${accessPath}`)).toEqual(["user.email at mail"]);
});
