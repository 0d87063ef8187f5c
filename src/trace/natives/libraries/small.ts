/** Small packages that most programs use: identifiers, limits on concurrency, dates, loggers. */
import { ANY_BOOLEAN, ANY_STRING, BOTTOM, isBottom, join, ofRef, stringOf, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, argLabels, callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { awaitValue, fulfil, newPromise } from "../../machine/promise.js";
import type { NativeModule } from "../index.js";
import { anyOf, at, elements } from "./lodash-support.js";

const promised = (call: NativeCall, v: Value): Value => {
  const promise = newPromise(call.m, call.site);
  if (!isBottom(v)) fulfil(call.m, promise, v, call.site);
  return ofRef(promise.id);
};

/** Random or time-based: nothing of the arguments. */
const random: Native = () => ANY_STRING;

/** `uuid` v3 and v5 hash a name: it is what the transform list of the manifest calls pseudonymised at most, so labels stay. */
const hashed: Native = (call) => stringOf(argLabels(call.m, call.args));

const identifiers: NativeModule = {
  modules: ["uuid", "nanoid", "nanoid/non-secure", "ulid", "@paralleldrive/cuid2", "cuid", "crypto-randomuuid"],
  natives: {},
  match: (_module, path) => {
    const name = path.at(-1) ?? "default";
    if (name === "v3" || name === "v5") return hashed;
    if (name === "validate" || name === "isCuid") return () => ANY_BOOLEAN;
    if (name === "customAlphabet" || name === "init" || name === "monotonicFactory")
      return (call) => ofRef(make(call.m, "native", at(call, "id"), { run: random }).id);
    return path.length <= 1 ? random : undefined;
  },
};

/** `pLimit(5)`: a function that runs what it is given. */
const limiter: Native = (call) =>
  ofRef(
    make(call.m, "native", at(call, "limit"), {
      run: ((inner) =>
        promised(
          inner,
          callValue(inner.m, arg(inner.args, 0), UNDEFINED, { list: inner.args.list.slice(1), rest: inner.args.rest }, inner.site),
        )) satisfies Native,
    }).id,
  );

/** `pMap(items, mapper)`. */
const mapped: Native = (call) => {
  let out: Value = BOTTOM;
  for (const x of elements(call, awaitValue(call.m, arg(call.args, 0), call.site)).list)
    out = join(
      out,
      awaitValue(
        call.m,
        callValue(call.m, arg(call.args, 1), UNDEFINED, { list: [awaitValue(call.m, x.value, call.site), x.key], rest: null }, call.site),
        call.site,
      ),
    );
  return promised(call, anyOf(call, out));
};

/** `pRetry(fn)`, `pAll([fn])`, `backOff(fn)`: run what they are given. */
const run: Native = (call) =>
  promised(call, callValue(call.m, arg(call.args, 0), UNDEFINED, { list: [{ ...BOTTOM, kinds: 32 }], rest: null }, call.site));

const promises: NativeModule = {
  modules: ["p-limit", "p-map", "p-retry", "p-all", "exponential-backoff", "async-retry"],
  natives: {},
  match: (module, path) => {
    if (path.length > 1) return undefined;
    if (module === "p-limit") return limiter;
    if (module === "p-map") return mapped;
    if (module === "p-all")
      return (call) =>
        promised(
          call,
          anyOf(
            call,
            elements(call, arg(call.args, 0)).list.reduce(
              (v: Value, x) =>
                join(v, awaitValue(call.m, callValue(call.m, x.value, UNDEFINED, { list: [], rest: null }, call.site), call.site)),
              BOTTOM,
            ),
          ),
        );
    return run;
  },
};

/** Dates are formatted and compared: what they spell out comes from what they were made of. */
const dates: NativeModule = {
  modules: ["date-fns", "ms", "timeago.js"],
  natives: {},
  match: (_module, path) =>
    path.length <= 1
      ? (call) => (path[0]?.startsWith("is") === true ? ANY_BOOLEAN : { ...ANY_STRING, labels: argLabels(call.m, call.args) })
      : undefined,
};

/** Loggers keep nothing that comes back. */
const quiet: Native = (call) => ofRef(external(call.m, "pino", ["Logger"]).id);
const loggers: NativeModule = {
  modules: ["pino", "winston", "bunyan", "debug", "consola", "loglevel", "chalk", "signale"],
  natives: {},
  match: (module) => (module === "chalk" ? (call) => stringOf(argLabels(call.m, call.args)) : quiet),
};

/** Error reporters and metrics: what goes in does not come back into the program. */
const reporters: NativeModule = {
  modules: ["@sentry/node", "@sentry/nextjs", "@sentry/browser", "@sentry/react", "posthog-node", "posthog-js", "prom-client", "dd-trace"],
  natives: {},
  match: (_module, path) => {
    const name = path.at(-1) ?? "";
    return /^(capture\w*|set\w+|add\w+|identify|alias|groupIdentify|init|flush|shutdown\w*|inc|observe|register|reset|configureScope)$/.test(
      name,
    )
      ? () => UNDEFINED
      : undefined;
  },
};

/** All of the above. */
export const SMALL: readonly NativeModule[] = [identifiers, promises, dates, loggers, reporters];
