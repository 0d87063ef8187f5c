/** GraphQL: resolvers get arguments, parents and context; an answer has the fields of its type only. */
import { expect, it } from "vitest";
import { annotated, run } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: MUTATION /say, path: body.text }
  - { field: user.name, route: FIELD /User.posts, path: body.search }
`;

const SCHEMA = `
"A user."
type User implements Node @key(fields: "id") {
  id: ID!
  mail: String
  posts(search: String = "{"): [Post!]!
}
interface Node { id: ID! }
type Post { title: String, author: User }
union Found = User | Post
type Query { me(id: ID): User, feed: [Post], found: Found, secret: Int }
# type Hidden { me: User }
type Mutation { say(text: String!): Boolean }`;

const RESOLVERS = `{
  Query: {
    me: () => loadUser(),
    feed: async () => [{ title: "t", author: { id: "1", email: "none" } }],
    secret: () => loadUser().age,
  },
  Mutation: {
    say: (_parent: unknown, { text, other }: { text: string; other: string }, context: any) => {
      train(text); //! user.prompt
      train(other); //! none
      train(context.tag.mark); //! user.tags
      return true;
    },
  },
  User: {
    mail: (user: any) => {
      train(user.email); //! user.email
      return user.email;
    },
    posts: (user: any, { search }: { search: string }) => {
      train(search); //! user.name
      return [{ title: user.name }];
    },
  },
  Post: {
    title: (post: any) => {
      train(post.title); //! user.name
      train(post.email); //! none
      return post.title;
    },
  },
}`;

const servers: Readonly<Record<string, string>> = {
  apollo: `import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
const server = new ApolloServer({ typeDefs: \`${SCHEMA}\`, resolvers: ${RESOLVERS} });
startStandaloneServer(server, { context: async ({ req }) => ({ tag: { mark: loadUser().tags } }) });`,
  yoga: `import { createSchema, createYoga } from "graphql-yoga";
import gql from "graphql-tag";
const yoga = createYoga({ schema: createSchema({ typeDefs: gql\`${SCHEMA}\`, resolvers: [${RESOLVERS}] }), context: { tag: { mark: loadUser().tags } } });`,
};

for (const [name, code] of Object.entries(servers))
  it(name, () => {
    const { found, expected } = annotated(code, { sources: SOURCES });
    expect(found).toEqual(expected);
  });

it("the schema may be in a file", () => {
  const code = `import { ApolloServer } from "@apollo/server";
import { readFileSync } from "node:fs";
new ApolloServer({ typeDefs: readFileSync("./schema.graphql", "utf8"), resolvers: ${RESOLVERS}, context: () => ({ tag: { mark: loadUser().tags } }) });`;
  const { found, expected } = annotated(code, { sources: SOURCES, assets: { "schema.graphql": SCHEMA } });
  expect(found).toEqual(expected);
});

it("an answer has the fields of its type, resolved", () => {
  const sinks = ["QUERY /me", "QUERY /secret", "QUERY /feed", "MUTATION /say"].map(
    (route) => `  - { id: ${route.split("/")[1]!}, purpose: train, route: ${route} }\n`,
  );
  const { flows } = run(servers["apollo"]!.replaceAll("train(", "void ("), { sources: SOURCES, sinks: `sinks:\n${sinks.join("")}` });
  expect([...new Set(flows.map((f) => `${f.sink.id} ${f.field}`))].sort()).toEqual([
    "feed user.email",
    "feed user.name",
    "me user.email",
    "me user.id",
    "me user.name",
    "secret user.age",
  ]);
});
