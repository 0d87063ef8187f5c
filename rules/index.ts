/**
 * The ESLint plugin: the findings of the one analysis, those of the linted file, as lint messages.
 *
 * Takes what ESLint gives a rule; may not trace or judge anything itself: a rule is its metadata and a call of what reports in `lib/`.
 */
import { TOOL } from "../src/report/tool.js";
import blindSpot from "./blind-spot.js";
import consent from "./consent.js";
import deidentification from "./deidentification.js";
import limitation from "./limitation.js";
import withdrawal from "./withdrawal.js";
import consentSurface from "./consent-surface.js";
import specialCategory from "./special-category.js";
import retention from "./retention.js";
import notice from "./notice.js";
import manifest from "./manifest.js";
import minimization from "./minimization.js";
import optOut from "./opt-out.js";
import federatedBoundary from "./federated-boundary.js";
import syntheticProvenance from "./synthetic-provenance.js";
import privacyBudget from "./privacy-budget.js";
import unenforced from "./unenforced.js";
import unexplainedDisable from "./unexplained-disable.js";

/**
 * A rule as loosely as ESLint 9, ESLint 10 and typescript-eslint all take it: each has its own types of a context and of what a rule
 * listens to, and none takes another's.
 */
interface Rule {
  readonly meta: object;
  create(context: unknown): Record<string, ((node: unknown) => void) | undefined>;
}

interface Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<
    | "limitation"
    | "minimization"
    | "consent"
    | "opt-out"
    | "withdrawal"
    | "consent-surface"
    | "deidentification"
    | "privacy-budget"
    | "federated-boundary"
    | "synthetic-provenance"
    | "special-category"
    | "retention"
    | "notice"
    | "manifest"
    | "unexplained-disable"
    | "unenforced"
    | "blind-spot",
    Rule
  >;
}

interface Config {
  readonly name: string;
  readonly plugins: Record<"purpose", Plugin>;
  readonly rules: Record<string, "error" | "warn">;
}

const rules = {
  limitation,
  minimization,
  consent,
  "opt-out": optOut,
  withdrawal,
  "consent-surface": consentSurface,
  deidentification,
  "privacy-budget": privacyBudget,
  "federated-boundary": federatedBoundary,
  "synthetic-provenance": syntheticProvenance,
  "special-category": specialCategory,
  retention,
  notice,
  manifest,
  "unexplained-disable": unexplainedDisable,
  unenforced,
  "blind-spot": blindSpot,
};

const base: Plugin = {
  meta: { name: TOOL.name, version: TOOL.version, namespace: "purpose" },
  rules: rules as Plugin["rules"],
};

/** What fails the command line, as errors; and what is not checked although the manifest asks for it, which fails nothing. */
const recommended: Config = {
  name: "purpose/recommended",
  plugins: { purpose: base },
  rules: {
    "purpose/limitation": "error",
    "purpose/minimization": "error",
    "purpose/consent": "error",
    "purpose/opt-out": "error",
    "purpose/withdrawal": "error",
    "purpose/consent-surface": "error",
    "purpose/deidentification": "error",
    "purpose/privacy-budget": "error",
    "purpose/federated-boundary": "error",
    "purpose/synthetic-provenance": "error",
    "purpose/special-category": "error",
    "purpose/retention": "error",
    "purpose/notice": "error",
    "purpose/manifest": "error",
    "purpose/unexplained-disable": "error",
    "purpose/unenforced": "warn",
  },
};

/** The same, and every place where the analysis lost sight of a declared field. */
const strict: Config = {
  name: "purpose/strict",
  plugins: { purpose: base },
  rules: { ...recommended.rules, "purpose/blind-spot": "warn" },
};

const plugin: Plugin & { readonly configs: Readonly<Record<"recommended" | "strict", Config>> } = {
  ...base,
  configs: { recommended, strict },
};

export default plugin;
