/** tRPC's clients: what they send arrives at the procedure of that name in the same program, and its answer comes back. */
import { setSlot, type Obj } from "../../domain/heap.js";
import { ANY_BOOLEAN, isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue, hasArg } from "../../machine/call.js";
import { hop, make, type Native, type NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { readPlace, writePlace } from "../../stores/places.js";
import type { NativeModule } from "../index.js";
import { promised } from "../settle.js";
import { at } from "../support.js";
import { answeredBy, sentTo } from "./requests.js";
import { clientPlace } from "./trpc-run.js";

const FACTORIES = new Set([
  "createTRPCProxyClient",
  "createTRPCClient",
  "createTRPCReact",
  "createTRPCNext",
  "createTRPCOptionsProxy",
  "createTRPCUntypedClient",
]);

const send = (call: NativeCall, name: string, input: Value): Value => {
  // Queries and mutations are told apart on the server; the client's method says nothing certain.
  for (const method of ["GET", "POST"]) writePlace(call.m, sentTo(method, clientPlace(name)), input, call.site);
  let out: Value = unknown(call.m, call.site);
  for (const method of ["GET", "POST"]) out = join(out, readPlace(call.m, answeredBy(method, clientPlace(name)), call.site));
  return hop(call.m, out, "read", call.site);
};

const request =
  (name: string): Native =>
  (call) =>
    promised(call, hasArg(call.args, 0) ? send(call, name, arg(call.args, 0)) : send(call, name, UNDEFINED));

/** How it stands, beside the data. */
function flags(call: NativeCall, out: Obj, again: string): void {
  for (const flag of ["isLoading", "isPending", "isError", "isSuccess"]) setSlot(call.m.heap, out, flag, ANY_BOOLEAN);
  for (const name of ["error", again]) setSlot(call.m.heap, out, name, unknown(call.m, at(call, name)));
}

/** `useQuery(input)`: `{ data }`. */
const query =
  (name: string): Native =>
  (call) => {
    const data = send(call, name, arg(call.args, 0));
    const out = make(call.m, "object", call.site);
    setSlot(call.m.heap, out, "data", join(data, UNDEFINED));
    flags(call, out, "refetch");
    return ofRef(out.id);
  };

/** `useMutation({ onSuccess })`: `{ mutate, mutateAsync, data }`. */
const mutation =
  (name: string): Native =>
  (call) => {
    const options = arg(call.args, 0);
    const out = make(call.m, "object", call.site);
    const run =
      (async: boolean): Native =>
      (inner) => {
        const result = send(inner, name, arg(inner.args, 0));
        for (const given of [options, arg(inner.args, 1)])
          for (const callback of given.refs.length === 0 ? [] : ["onSuccess", "onSettled"]) {
            const fn = getNamed(inner.m, given, callback, inner.site);
            if (fn.refs.length > 0 && !isBottom(fn))
              callValue(inner.m, fn, UNDEFINED, { list: [result, arg(inner.args, 0)], rest: null }, inner.site);
          }
        return async ? promised(inner, result) : UNDEFINED;
      };
    for (const [key, async] of [
      ["mutate", false],
      ["mutateAsync", true],
    ] as const)
      setSlot(call.m.heap, out, key, ofRef(make(call.m, "native", at(call, key), { run: run(async), holds: [options] }).id));
    setSlot(call.m.heap, out, "data", join(readPlace(call.m, answeredBy("POST", clientPlace(name)), call.site), UNDEFINED));
    flags(call, out, "reset");
    return ofRef(out.id);
  };

function match(_module: string, path: readonly string[]): Native | undefined {
  if (!FACTORIES.has(path[0] ?? "") || path[1] !== "()") return undefined;
  const steps = path.slice(2).filter((p) => p !== "useUtils" && p !== "useContext" && p !== "()" && p !== "client");
  const method = steps.at(-1);
  const name = steps.slice(0, -1).join(".");
  if (name === "") return undefined;
  switch (method) {
    case "query":
    case "mutate":
    case "fetch":
    case "prefetch":
    case "ensureData":
      return request(name);
    case "useQuery":
    case "useSuspenseQuery":
      return query(name);
    case "useMutation":
      return mutation(name);
    default:
      return undefined;
  }
}

/** tRPC's clients, plain and for React. */
export const trpcClient: NativeModule = {
  modules: ["@trpc/client", "@trpc/react-query", "@trpc/next", "@trpc/tanstack-react-query"],
  natives: {},
  match,
};
