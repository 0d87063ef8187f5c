/**
 * The ESLint plugin: the findings of the one analysis, those of the linted file, as lint messages.
 *
 * Takes what ESLint gives a rule; may not trace or judge anything itself: a rule is its metadata and a call of `reportFindings`.
 */
import type { FlatConfig } from "@typescript-eslint/utils/ts-eslint";
import { TOOL } from "../src/report/tool.js";
import blindSpot from "./blind-spot.js";
import limitation from "./limitation.js";
import minimization from "./minimization.js";

const rules = { limitation, minimization, "blind-spot": blindSpot };

const base = {
  meta: { name: TOOL.name, version: TOOL.version, namespace: "purpose" },
  rules,
} satisfies FlatConfig.Plugin;

/** What every project should have: the violations. */
const recommended: FlatConfig.Config = {
  name: "purpose/recommended",
  plugins: { purpose: base },
  rules: { "purpose/limitation": "error", "purpose/minimization": "error" },
};

/** The violations, and every place where the analysis lost sight of a declared field. */
const strict: FlatConfig.Config = {
  name: "purpose/strict",
  plugins: { purpose: base },
  rules: { ...recommended.rules, "purpose/blind-spot": "warn" },
};

const plugin = { ...base, configs: { recommended, strict } };

export default plugin;
