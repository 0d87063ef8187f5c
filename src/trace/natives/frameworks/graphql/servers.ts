/** GraphQL servers that are given text in the schema language and a table of resolvers: Apollo Server, GraphQL Yoga, graphql-tools. */
import { isFunction, objectsOf, type Obj } from "../../../domain/heap.js";
import { BOTTOM, isBottom, join, ofConst, ofRef, spelledPatterns, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue } from "../../../machine/call.js";
import { anyItem, iterate } from "../../../machine/iterate.js";
import type { FunctionData, Native, NativeCall } from "../../../machine/machine.js";
import { entries, getNamed } from "../../../machine/props.js";
import type { NativeModule } from "../../index.js";
import { alike, instance, option } from "../../support.js";
import { later } from "../requests.js";
import { addContext, resolve } from "./resolve.js";
import { addSchema, noteResolved } from "./schema.js";

/** The texts among what is given as type definitions; in files of the project where none is. */
function readSchema(call: NativeCall, given: Value): void {
  const texts = textsIn(call, given);
  const { project } = call.m;
  const files = [".graphql", ".gql", ".graphqls"].flatMap((ending) => project.assets?.(ending) ?? []);
  for (const text of texts.length > 0 ? texts : files.flatMap((path) => project.asset(path) ?? [])) addSchema(call.m, text);
}

function textsIn(call: NativeCall, v: Value): readonly string[] {
  const { m, site } = call;
  const lists = objectsOf(m.heap, v).filter((o) => o.kind === "array");
  const below = lists.flatMap((o) => {
    const { list, rest } = iterate(m, ofRef(o.id), site);
    return (rest === null ? list : [...list, rest]).flatMap((x) => textsIn(call, x));
  });
  const own = v.consts.flatMap((c) => (typeof c === "string" ? [c] : []));
  return [...own, ...(own.length === 0 ? spelledPatterns(v).flatMap((p) => (p.text.includes("{") ? [p.text] : [])) : []), ...below];
}

/** Tables of resolvers, some of them in lists. */
function tablesIn(call: NativeCall, v: Value): readonly Obj[] {
  const { m, site } = call;
  return objectsOf(m.heap, v).flatMap((o) =>
    o.kind === "array" ? tablesIn(call, anyItem(iterate(m, ofRef(o.id), site))) : o.kind === "object" ? [o] : [],
  );
}

/** Serves what tables of resolvers have, later: `{ Query: { me: (parent, args, context, info) => … } }`. */
function serveTables(call: NativeCall, resolvers: Value): void {
  const { m, site } = call;
  for (const table of tablesIn(call, resolvers))
    for (const type of entries(m, table, site).known)
      for (const fields of objectsOf(m.heap, type.value))
        for (const field of fields.kind === "object" ? entries(m, fields, site).known : [])
          for (const fn of resolversIn(call, field.value)) {
            if (!/^\w+$/.test(field.name) || field.name.startsWith("__")) continue;
            noteResolved(m, type.name, field.name);
            const own = siteOf(fn) ?? site;
            later(m, own, `resolver ${type.name}.${field.name}`, (job) => {
              resolve(job.m, {
                type: type.name,
                field: field.name,
                site: own,
                run: ({ parent, args, context, info }) =>
                  callValue(job.m, ofRef(fn.id), UNDEFINED, { list: [parent, args, context, info], rest: null }, own),
              });
              return UNDEFINED;
            });
          }
}

/** A resolver is a function, or has some: `{ subscribe, resolve }`. */
function resolversIn({ m, site }: NativeCall, v: Value): readonly Obj[] {
  return objectsOf(m.heap, v).flatMap((o) =>
    isFunction(o)
      ? [o]
      : o.kind === "object"
        ? ["resolve", "subscribe"].flatMap((name) => objectsOf(m.heap, getNamed(m, ofRef(o.id), name, site)).filter(isFunction))
        : [],
  );
}

export function siteOf(fn: Obj): NativeCall["site"] | undefined {
  const code = (fn.data as Partial<FunctionData>).code;
  return code === null || code === undefined ? undefined : { file: code.file.index, at: code.fn.at, end: code.fn.at, fn: 0 };
}

/** Whatever is given `{ typeDefs, resolvers, context }`. */
const server =
  (module: string, owner: string): Native =>
  (call) => {
    const options = arg(call.args, 0);
    const of = (name: string): Value => option(call, options, name);
    if (!isBottom(of("resolvers")) && of("resolvers").refs.length > 0) {
      readSchema(call, of("typeDefs"));
      serveTables(call, of("resolvers"));
    }
    // Several parts that are put together: `createSchema`, `buildSubgraphSchema([{ typeDefs, resolvers }])`.
    for (const one of objectsOf(call.m.heap, options).filter((o) => o.kind === "array"))
      for (const part of iterate(call.m, ofRef(one.id), call.site).list)
        server(module, owner)({ ...call, args: { list: [part], rest: null } });
    contextIn(call, of("context"));
    return ofRef(instance(call.m, module, owner, call.site).id);
  };

function contextIn({ m }: NativeCall, context: Value): void {
  const objects = objectsOf(m.heap, context).filter((o) => o.kind === "object" || isFunction(o));
  if (objects.length > 0)
    addContext(
      m,
      objects.reduce((v, o) => join(v, ofRef(o.id)), BOTTOM),
    );
}

/** `startStandaloneServer(server, { context })`, `expressMiddleware(server, { context })`. */
const withContext: Native = (call) => {
  contextIn(call, option(call, arg(call.args, 1), "context"));
  return ofRef(instance(call.m, "@apollo/server", "Middleware", call.site).id);
};

/** A template tagged as GraphQL is its text; documents in it are theirs. */
export const tagged: Native = (call) => {
  const { m, site } = call;
  const [strings, ...values] = call.args.list;
  const parts = strings === undefined ? [] : iterate(m, strings, site).list.map((v) => String(v.consts[0] ?? ""));
  if (strings?.refs.length === 0) return strings;
  const others = values.map((v) => String(v.consts[0] ?? ""));
  return ofConst(parts.map((part, i) => part + (others[i] ?? "")).join(""));
};

const APOLLO = [
  "@apollo/server",
  "apollo-server",
  "apollo-server-express",
  "apollo-server-koa",
  "apollo-server-fastify",
  "apollo-server-micro",
];

export const graphqlServers: readonly NativeModule[] = [
  { modules: APOLLO, natives: { ApolloServer: server("@apollo/server", "ApolloServer"), gql: tagged } },
  {
    modules: [
      "@apollo/server/standalone",
      "@apollo/server/express4",
      "@as-integrations/express5",
      "@as-integrations/koa",
      "@as-integrations/fastify",
      "@as-integrations/next",
    ],
    natives: alike(
      ["startStandaloneServer", "expressMiddleware", "koaMiddleware", "fastifyApolloHandler", "startServerAndCreateNextHandler"],
      withContext,
    ),
  },
  { modules: ["@graphql-tools/schema"], natives: { makeExecutableSchema: server("graphql", "Schema") } },
  { modules: ["@apollo/subgraph"], natives: { buildSubgraphSchema: server("graphql", "Schema") } },
  { modules: ["graphql-yoga"], natives: { createSchema: server("graphql", "Schema"), createYoga: server("graphql-yoga", "Yoga") } },
  { modules: ["graphql-tag", "graphql-tag.macro"], natives: { default: tagged, gql: tagged } },
];
