/**
 * SARIF 2.1.0, as GitHub's code scanning takes it. Addresses are relative to `%SRCROOT%`, which is described but not resolved:
 * an absolute one would tell about the machine and differ between machines.
 */
import type { Invocation, Log, Notification, ReportingDescriptor, Run } from "sarif";
import { ARTICLES } from "../judge/articles.js";
import { RULE_IDS, type RuleId } from "../judge/finding.js";
import { escapeSarifText } from "./escape.js";
import { RULE_HELP } from "./rule-help.js";
import { cutToLimits, GITHUB_LIMITS, type SarifLimits } from "./sarif-limits.js";
import { location, sarifResult, SRCROOT } from "./sarif-result.js";
import type { Report } from "./schema.js";
import { rulePage } from "./tool.js";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** The log as text. What the limits cut is said in a notification. */
export function toSarif(report: Report, limits: SarifLimits = GITHUB_LIMITS): string {
  return cutToLimits(report, limits, (cut, notices) => `${JSON.stringify(log(cut, notices), null, 2)}\n`);
}

function log(report: Report, notices: readonly string[]): Log {
  const run: Run = {
    tool: {
      driver: {
        name: report.tool.name,
        version: report.tool.version,
        semanticVersion: report.tool.version,
        rules: RULE_IDS.map(rule),
        notifications: [...new Set(report.blindSpots.map(({ kind }) => `blind-spot/${kind}`)), "input", "unsupported", "cut"]
          .sort()
          .map((id) => ({ id })),
      },
    },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { [SRCROOT]: { description: { text: "The root of the analysed project." } } },
    invocations: [invocation(report, notices)],
    results: report.findings.map(sarifResult),
    properties: { manifest: report.manifest.file, manifestHash: report.manifest.hash },
  };
  return { $schema: SCHEMA, version: "2.1.0", runs: [run] };
}

function rule(id: RuleId): ReportingDescriptor {
  const { name, summary, description, help, severity } = RULE_HELP[id];
  const article = ARTICLES[id];
  return {
    id,
    name,
    shortDescription: { text: summary },
    fullDescription: { text: `${description} (${article.text})` },
    help: { text: `${help} ${article.text}.`, markdown: `${help}\n\n[${article.text}](${article.uri})` },
    helpUri: rulePage(id),
    defaultConfiguration: { level: severity },
    properties: {
      tags: ["privacy", ...(id === "blind-spot" ? ["coverage"] : ["gdpr"])],
      precision: "high",
      "problem.severity": severity === "note" ? "recommendation" : severity,
    },
  };
}

function invocation(report: Report, notices: readonly string[]): Invocation {
  const wrong = report.findings.some((finding) => finding.rule === "manifest" && finding.severity === "error");
  return {
    executionSuccessful: !wrong && !report.problems.some(({ severity }) => severity === "error"),
    toolConfigurationNotifications: report.problems.map((problem): Notification => ({
      descriptor: { id: problem.kind },
      level: problem.severity,
      message: { text: escapeSarifText(problem.fix === null ? problem.message : `${problem.message}. ${problem.fix}`) },
      locations: [location({ ...problem, endLine: problem.line, endColumn: problem.column })],
    })),
    toolExecutionNotifications: [
      ...notices.map((text): Notification => ({ descriptor: { id: "cut" }, level: "warning", message: { text } })),
      ...report.blindSpots.map((spot): Notification => ({
        descriptor: { id: `blind-spot/${spot.kind}` },
        level: "note",
        message: { text: escapeSarifText(spot.fields.length > 0 ? `${spot.reason} (${spot.fields.join(", ")})` : spot.reason) },
        locations: [location(spot)],
      })),
    ],
  };
}
