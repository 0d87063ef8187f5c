/** Small packages that most programs use: identifiers, limits on concurrency, dates, loggers. */
import { ANY_BOOLEAN, ANY_NUMBER, ANY_STRING, joinAll, ofRef, stringOf, UNDEFINED } from "../../domain/value.js";
import { argLabels, callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import type { Native } from "../../machine/machine.js";
import { awaitValue } from "../../machine/promise.js";
import type { NativeModule } from "../index.js";
import { promised } from "../settle.js";
import { argItems } from "../items.js";
import { argOf, callWith, nativeValue } from "../support.js";
import { anyOf, elements } from "./lodash-support.js";

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
      return (call) => nativeValue(call.m, call.site, "id", random);
    return path.length <= 1 ? random : undefined;
  },
};

/** `pLimit(5)`: a function that runs what it is given. */
const limiter: Native = (call) =>
  nativeValue(call.m, call.site, "limit", (inner) =>
    promised(inner, callValue(inner.m, argOf(inner, 0), UNDEFINED, argItems(inner.args, 1), inner.site)),
  );

/** `pMap(items, mapper)`. */
const mapped: Native = (call) => {
  const { m, site } = call;
  const given = elements(call, awaitValue(m, argOf(call, 0), site)).list;
  const made = given.map((x) => awaitValue(m, callWith(m, argOf(call, 1), [awaitValue(m, x.value, site), x.key], site), site));
  return promised(call, anyOf(call, joinAll(made)));
};

/** `pAll([fn])`. */
const runAll: Native = (call) => {
  const { m, site } = call;
  const made = elements(call, argOf(call, 0)).list.map((x) => awaitValue(m, callWith(m, x.value, [], site), site));
  return promised(call, anyOf(call, joinAll(made)));
};

/** `pRetry(fn)`, `backOff(fn)`: run what they are given. */
const run: Native = (call) => promised(call, callWith(call.m, argOf(call, 0), [ANY_NUMBER], call.site));

const promises: NativeModule = {
  modules: ["p-limit", "p-map", "p-retry", "p-all", "exponential-backoff", "async-retry"],
  natives: {},
  match: (module, path) => {
    if (path.length > 1) return undefined;
    if (module === "p-limit") return limiter;
    if (module === "p-map") return mapped;
    return module === "p-all" ? runAll : run;
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
