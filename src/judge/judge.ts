/**
 * judge: holds what was traced against the manifest.
 *
 * Takes a trace and a manifest; gives findings, sorted, and a verdict on every flow. Pure: the same input gives the same output,
 * whatever the day (`today` is input), the machine or the order of files. It may not read files, ask the compiler or print.
 */
import type { Manifest } from "../manifest/model.js";
import type { Flow, TraceResult } from "../trace/result.js";
import { blindSpot } from "./blind-spot.js";
import { consent, isUngated, optOut } from "./consent.js";
import { makeContext, type Context } from "./context.js";
import { deidentification, isBelow } from "./deidentification.js";
import { applyExceptions } from "./exceptions.js";
import type { Draft, Finding, RuleId, Suppressed, Verdict } from "./finding.js";
import { compareFindings, flowFingerprints, seal } from "./fingerprint.js";
import { limitation, limitationVerdict } from "./limitation.js";
import { manifest as manifestCheck } from "./manifest.js";
import { isExcess, minimization } from "./minimization.js";
import { federatedBoundary } from "./federated-boundary.js";
import { syntheticProvenance } from "./synthetic-provenance.js";
import { privacyBudget } from "./privacy-budget.js";
import { isForbidden, specialCategory } from "./special-category.js";
import { retention } from "./retention.js";
import { notice } from "./notice.js";
import { consentSurface } from "./consent-surface.js";
import { withdrawal } from "./withdrawal.js";

/** A flow with what was made of it. */
export interface JudgedFlow {
  readonly flow: Flow;
  readonly verdict: Verdict;
  readonly fingerprint: string;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  /** In the order of the trace. */
  readonly flows: readonly JudgedFlow[];
  /** Findings that exceptions silence. */
  readonly suppressed: readonly Suppressed[];
}

export interface JudgeOptions {
  /** `2026-05-31`. */
  readonly today: string;
  /** The project's root, absolute with forward slashes: the manifest's places are told relative to it. */
  readonly root: string;
  /** For a locator that matches nothing: the one that was probably meant. */
  readonly near?: (locator: string) => string | undefined;
}

const CHECKS: Readonly<Record<RuleId, (ctx: Context) => Draft[]>> = {
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
  manifest: manifestCheck,
  "blind-spot": blindSpot,
};

export function judge(trace: TraceResult, manifest: Manifest, options: JudgeOptions): Judgement {
  const ctx = makeContext(trace, manifest, options);
  const { kept, suppressed, drafts } = applyExceptions(ctx, seal(Object.values(CHECKS).flatMap((check) => check(ctx))));
  const fingerprints = flowFingerprints(trace.flows);
  return {
    findings: [...kept, ...seal(drafts)].sort(compareFindings),
    flows: trace.flows.map((flow, index) => ({ flow, verdict: verdict(ctx, flow), fingerprint: fingerprints[index]! })),
    suppressed,
  };
}

/** An exception does not make a flow lawful: the verdict is on the flow, not on whether it is reported. */
function verdict(ctx: Context, flow: Flow): Verdict {
  return isExcess(flow) || isBelow(ctx, flow) || isForbidden(ctx, flow) || isUngated(ctx, flow)
    ? "violation"
    : limitationVerdict(ctx, flow);
}
