/** Small packages that most programs use and that are no plain data: limits on concurrency, reporters. */
import { joinAll, UNDEFINED } from "../../domain/value.js";
import { callValue } from "../../machine/call.js";
import type { Native } from "../../machine/machine.js";
import { awaitValue } from "../../machine/promise.js";
import type { NativeModule } from "../index.js";
import { promised } from "../settle.js";
import { argItems } from "../items.js";
import { argOf, callWith, nativeValue } from "../support.js";
import { anyOf, elements } from "./lodash-support.js";

/** `pLimit(5)`: a function that runs what it is given. */
const limiter: Native = (call) =>
  nativeValue(call.m, call.site, "limit", (inner) =>
    promised(inner, callValue(inner.m, argOf(inner, 0), UNDEFINED, argItems(inner.args, 1), inner.site)),
  );

/** `pAll([fn])`. */
const runAll: Native = (call) => {
  const { m, site } = call;
  const made = elements(call, argOf(call, 0)).list.map((x) => awaitValue(m, callWith(m, x.value, [], site), site));
  return promised(call, anyOf(call, joinAll(made)));
};

const promises: NativeModule = {
  modules: ["p-limit", "p-all"],
  natives: {},
  match: (module, path) => (path.length > 1 ? undefined : module === "p-limit" ? limiter : runAll),
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
export const SMALL: readonly NativeModule[] = [promises, reporters];
