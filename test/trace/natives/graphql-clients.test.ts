/** Clients of GraphQL: what a request gives to a field arrives at its resolver, and it has of the answer what it asks for. */
import { describe, expect, it } from "vitest";
import { requestsIn } from "../../../src/trace/natives/frameworks/graphql/document.js";
import { annotated } from "../program.js";

const SERVER = `import { ApolloServer } from "@apollo/server";
import { train } from "./sink.js";
import { loadUser } from "./source.js";
const typeDefs = \`
  type Query { me(kind: String): User }
  extend type Query { posts: [Post!]! }
  type Mutation { send(input: Message!): User, drop(id: ID!): Boolean }
  type User { id: ID! email: String name: String kind: String }
  extend type User { bio: String }
  type Post { text: String author: User }
  input Message { text: String kind: String }
\`;
const resolvers = {
  Query: {
    me: () => { const { email, name } = loadUser(); return { id: "1", email, name, kind: "k", bio: loadUser().tags[0], secret: loadUser().age }; },
    posts: () => [{ text: loadUser().prompt, author: { name: loadUser().name, kind: "k" } }],
  },
  Mutation: {
    send: (_: unknown, args: any) => { said(args.input.text); kind(args.input.kind); return { id: "2", email: args.input.text }; },
    drop: (_: unknown, { id }: any) => { dropped(id); return true; },
  },
};
export const server = new ApolloServer({ typeDefs, resolvers });
let last: any, lastKind: any, gone: any;
function said(v: unknown) { last = v; } function kind(v: unknown) { lastKind = v; } function dropped(v: unknown) { gone = v; }
export const heard = () => last; export const heardKind = () => lastKind; export const removed = () => gone;
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import { heard, heardKind, removed } from "@acme/server";\nconst user = loadUser();\n${code}`, {
      packages: { "@acme/server": "server.ts" },
      files: { "server.ts": SERVER },
    });
    expect(found).toEqual(expected);
  });
};

describe("a request reaches the resolvers of its fields", () => {
  check(
    "Apollo Client: queries and mutations, with what they select",
    `import { ApolloClient, gql } from "@apollo/client";
const client = new ApolloClient({ uri: "/graphql" });
const ME = gql\`query Me($kind: String) { me(kind: $kind) { ...Shown kind } } fragment Shown on User { mail: email bio }\`;
export async function ask() {
  const { data } = await client.query({ query: ME, variables: { kind: "k" } });
  train(data.me.mail); //! user.email
  train(data.me.bio); //! user.tags
  train(data.me.kind); //! none
  train(data.me); //! user.email user.tags
}
export async function send() {
  const SEND = gql\`mutation($text: String, $kind: String) { send(input: { text: $text, kind: $kind }) { email } }\`;
  const { data } = await client.mutate({ mutation: SEND, variables: { text: user.prompt, kind: "k" } });
  train(data.send.email); //! user.prompt
}
export function after() {
  train(heard()); //! user.prompt
  train(heardKind()); //! none
  train(removed()); //! none
}`,
  );

  check(
    "Apollo's hooks",
    `import { gql, useLazyQuery, useMutation, useQuery } from "@apollo/client";
const POSTS = gql\`{ posts { text author { called: name kind } } }\`;
export function Page() {
  const { data } = useQuery(POSTS);
  train(data?.posts[0].author.called); //! user.name
  train(data?.posts[0].author.kind); //! none
  const [drop] = useMutation(gql\`mutation Drop($id: ID!) { drop(id: $id) }\`);
  void drop({ variables: { id: user.id } });
  const [load, lazy] = useLazyQuery(POSTS);
  void load();
  train(lazy.data?.posts[0].text); //! user.prompt
}
export function after() {
  train(removed()); //! user.id
}`,
  );

  check(
    "urql: hooks and the client",
    `import { createClient, gql, useMutation, useQuery } from "urql";
const client = createClient({ url: "/graphql" });
export function Page() {
  const [{ data }] = useQuery({ query: gql\`{ me { email kind } }\` });
  train(data?.me.email); //! user.email
  train(data?.me.kind); //! none
  const [, send] = useMutation(gql\`mutation Send($input: Message!) { send(input: $input) { id } }\`);
  void send({ input: { text: user.name, kind: "k" } });
}
export async function read() {
  const { data } = await client.query(gql\`{ posts { text } }\`, {}).toPromise();
  train(data.posts[0].text); //! user.prompt
  train(data.posts[0].author); //! none
}
export function after() {
  train(heard()); //! user.name
}`,
  );

  check(
    "graphql-request: the function and the client, documents as texts",
    `import { GraphQLClient, gql, request } from "graphql-request";
const client = new GraphQLClient("/graphql");
export async function read() {
  const data: any = await request("/graphql", "{ me { name } }");
  train(data.me.name); //! user.name
  train(data.me.email); //! none
  const whole: any = await client.request(gql\`query { me { email } posts { text } }\`);
  train(whole.me.email); //! user.email
  train(whole.posts[0].text); //! user.prompt
  await client.request({ document: "mutation($id: ID!) { drop(id: $id) }", variables: { id: user.email } } as any);
}
export function after() {
  train(removed()); //! user.email
}`,
  );
});

describe("a document", () => {
  const fields = (text: string): unknown =>
    requestsIn(text).map(({ operation, fields: asked }) => [
      operation,
      ...asked.map(({ as, name, args, open }) => `${as}:${name}(${[...args.keys()].join()})${open ? "…" : ""}`),
    ]);

  it("has operations with fields, aliases, arguments and directives", () => {
    expect(
      fields(
        `query A($a: Int = 1, $b: [ID!]) @cached(for: 3) { x: me(kind: "}", of: { a: [$a] }) @include(if: $b) { id } you }  mutation { send }`,
      ),
    ).toEqual([
      ["query", "x:me(kind,of)", "you:you()"],
      ["mutation", "send:send()"],
    ]);
  });

  it("has the fields of its fragments, which may be of themselves or from elsewhere", () => {
    expect(fields(`{ ...F } fragment F on Query { me { id } ...F }`)).toEqual([["query", "me:me()"]]);
    expect(requestsIn(`{ me { ...Elsewhere } }`)[0]!.fields[0]!.open).toBe(true);
    expect(requestsIn(`{ me { ... on User { id } } }`)[0]!.fields[0]).toMatchObject({ open: false, fields: [{ name: "id" }] });
  });

  it("is none where it is a schema or empty; one that is broken is as much of one as there is", () => {
    expect([fields("type Query { me: User }"), fields(""), fields("query {")]).toEqual([[], [], [["query"]]]);
    for (const broken of ["{ me( {", "{ a: }", "query(", "{ ... on", "fragment", "{ me(a: [) }", "}}"])
      expect(() => fields(broken)).not.toThrow();
  });
});
