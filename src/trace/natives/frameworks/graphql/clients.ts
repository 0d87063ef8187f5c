/**
 * Clients of GraphQL: Apollo Client, urql, graphql-request. A request names the fields that it asks for; what it gives them arrives at
 * their resolvers in the same program, and of what they give it has what it selects.
 */
import { objectsOf, setSlot } from "../../../domain/heap.js";
import { ANY_BOOLEAN, BOTTOM, isBottom, join, ofRef, spelledPatterns, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg } from "../../../machine/call.js";
import { anyItem, iterate } from "../../../machine/iterate.js";
import { hop, make, type Native, type NativeCall } from "../../../machine/machine.js";
import { getNamed } from "../../../machine/props.js";
import { unknown } from "../../../machine/unknown.js";
import { readPlace, writePlace } from "../../../stores/places.js";
import type { NativeModule } from "../../index.js";
import { promised } from "../../settle.js";
import { at, instance, listOf, nativeValue, option, record } from "../../support.js";
import { answeredBy, sentTo } from "../requests.js";
import { requestsIn, type Argument, type Asked } from "./document.js";
import { tagged } from "./servers.js";

const DEEPEST = 6;

/** Sends what a document asks for; gives the data of the answer, beside what other servers answer. */
function sent(call: NativeCall, document: Value, variables: Value): Value {
  const { m, site } = call;
  const requests = documentsOf(document).flatMap(requestsIn);
  const data = make(m, "object", at(call, "data"));
  let known = false;
  for (const { operation, fields } of requests)
    for (const field of fields) {
      const [method, url] = [operation.toUpperCase(), `/${field.name}`];
      const args = record(
        m,
        mapped(field.args, (one) => given(call, one, variables)),
        at(call, `arguments ${field.as}`),
      );
      if (field.args.size > 0) writePlace(m, sentTo(method, url, "body"), args, site);
      const answer = readPlace(m, answeredBy(method, url), site);
      if (!isBottom(answer)) known = true;
      setSlot(m.heap, data, field.as, join(selected(call, answer, field, 0), unknown(m, at(call, `field ${field.as}`))));
    }
  return known ? hop(m, ofRef(data.id), "read", site) : unknown(m, site);
}

/** Texts of documents: constants, with `\0` for what is put in at run time. */
const documentsOf = (document: Value): readonly string[] => {
  const exact = document.consts.flatMap((c) => (typeof c === "string" ? [c] : []));
  return exact.length > 0 ? exact : spelledPatterns(document).map(({ text }) => text);
};

const mapped = (args: ReadonlyMap<string, Argument>, of: (one: Argument) => Value): Readonly<Record<string, Value>> =>
  Object.fromEntries([...args].map(([name, one]) => [name, of(one)]));

function given(call: NativeCall, one: Argument, variables: Value): Value {
  switch (one.k) {
    case "variable":
      return option(call, variables, one.name);
    case "object":
      return record(
        call.m,
        mapped(one.of, (inner) => given(call, inner, variables)),
        at(call, `object ${[...one.of.keys()].join()}`),
      );
    case "list":
      return listOf(
        call.m,
        one.of.reduce((v: Value, inner) => join(v, given(call, inner, variables)), BOTTOM),
        at(call, "list"),
      );
    case "literal":
      return unknown(call.m, at(call, "literal"));
  }
}

/** Of what is answered, what is asked for; all of it where that is not said. */
function selected(call: NativeCall, answer: Value, { name, fields, open }: Asked, depth: number): Value {
  const { m, site } = call;
  const objects = objectsOf(m.heap, answer);
  if (open || fields.length === 0 || objects.length === 0 || depth > DEEPEST) return answer;
  const isList = objects.some((o) => o.kind === "array");
  const one = isList ? anyItem(iterate(m, answer, site)) : answer;
  const out = make(m, "object", at(call, `selected ${name} ${depth}`));
  for (const field of fields) setSlot(m.heap, out, field.as, selected(call, getNamed(m, one, field.name, site), field, depth + 1));
  return isList ? listOf(m, ofRef(out.id, answer.via), at(call, `selected list ${name} ${depth}`)) : ofRef(out.id, answer.via);
}

/** How it stands, beside the data. */
const result = (call: NativeCall, data: Value): Value =>
  record(
    call.m,
    {
      data: join(data, UNDEFINED),
      ...Object.fromEntries(["loading", "fetching", "called"].map((name) => [name, ANY_BOOLEAN])),
      ...Object.fromEntries(["error", "refetch", "fetchMore"].map((name) => [name, unknown(call.m, at(call, name))])),
    },
    at(call, "result"),
  );

/** `query({ query, variables })`, `mutate({ mutation, variables })`. */
const fromOptions: Native = (call) => {
  const options = arg(call.args, 0);
  const document = ["query", "mutation"].reduce((v: Value, name) => join(v, option(call, options, name)), BOTTOM);
  return promised(call, result(call, sent(call, document, option(call, options, "variables"))));
};

/** Apollo's `useQuery(QUERY, { variables })`. */
const apolloQuery: Native = (call) => result(call, sent(call, arg(call.args, 0), option(call, arg(call.args, 1), "variables")));

/** `[run, result]` of a hook: what it is run with, `asked` reads. */
const pair = (call: NativeCall, document: Value, asked: (run: NativeCall) => Value, isResultFirst: boolean): Value => {
  const run = nativeValue(call.m, at(call, "run"), "run", (later) => promised(later, result(later, sent(later, document, asked(later)))), [
    document,
  ]);
  const out = make(call.m, "array", at(call, "pair"));
  const shown = result(call, sent(call, document, UNDEFINED));
  setSlot(call.m.heap, out, isResultFirst ? "1" : "0", run);
  setSlot(call.m.heap, out, isResultFirst ? "0" : "1", shown);
  return ofRef(out.id);
};

/** Apollo's `useMutation(MUTATION)` and `useLazyQuery(QUERY)`: `[run, result]`, run with `{ variables }`. */
const apolloPair: Native = (call) => pair(call, arg(call.args, 0), (run) => option(run, arg(run.args, 0), "variables"), false);

/** urql's `useQuery({ query, variables })`: `[result, again]`. */
const urqlQuery: Native = (call) => {
  const options = arg(call.args, 0);
  const out = make(call.m, "array", at(call, "pair"));
  setSlot(call.m.heap, out, "0", result(call, sent(call, option(call, options, "query"), option(call, options, "variables"))));
  setSlot(call.m.heap, out, "1", unknown(call.m, at(call, "again")));
  return ofRef(out.id);
};

/** urql's `useMutation(MUTATION)`: `[result, run]`, run with the variables. */
const urqlPair: Native = (call) => pair(call, arg(call.args, 0), (run) => arg(run.args, 0), true);

/** urql's `client.query(QUERY, variables)`: a promise, of which `toPromise()` is one as well. */
const urqlRun: Native = (call) => {
  const answer = promised(call, result(call, sent(call, arg(call.args, 0), arg(call.args, 1))));
  for (const o of objectsOf(call.m.heap, answer))
    setSlot(
      call.m.heap,
      o,
      "toPromise",
      nativeValue(call.m, at(call, "toPromise"), "toPromise", (again) => again.self),
    );
  return answer;
};

/** graphql-request: `request(url, QUERY, variables)`, `client.request(QUERY, variables)`, both also with `{ document, variables }`. */
const requested =
  (before: number): Native =>
  (call) => {
    const first = arg(call.args, before === 1 && objectsOf(call.m.heap, arg(call.args, 0)).length > 0 ? 0 : before);
    const isOptions = objectsOf(call.m.heap, first).some((o) => o.kind === "object");
    const document = isOptions ? option(call, first, "document") : first;
    return promised(call, sent(call, document, isOptions ? option(call, first, "variables") : arg(call.args, before + 1)));
  };

const client =
  (module: string, owner: string): Native =>
  (call) =>
    ofRef(instance(call.m, module, owner, call.site).id);

const APOLLO = ["@apollo/client", "@apollo/client/core", "@apollo/client/react", "@apollo/client/react/hooks"];
const URQL = ["urql", "@urql/core", "@urql/next", "@urql/preact"];

export const graphqlClients: readonly NativeModule[] = [
  {
    modules: APOLLO,
    natives: {
      gql: tagged,
      useQuery: apolloQuery,
      useSuspenseQuery: apolloQuery,
      useLazyQuery: apolloPair,
      useMutation: apolloPair,
      useApolloClient: client("@apollo/client", "ApolloClient"),
      "ApolloClient.query": fromOptions,
      "ApolloClient.mutate": fromOptions,
    },
  },
  {
    modules: URQL,
    natives: {
      gql: tagged,
      useQuery: urqlQuery,
      useMutation: urqlPair,
      createClient: client("@urql/core", "Client"),
      useClient: client("@urql/core", "Client"),
      "Client.query": urqlRun,
      "Client.mutation": urqlRun,
    },
  },
  {
    modules: ["graphql-request"],
    natives: { gql: tagged, default: requested(1), request: requested(1), "GraphQLClient.request": requested(0) },
  },
];
