/** One finding as a SARIF result, with its path as a code flow. */
import type { Location, PhysicalLocation, Result, ThreadFlowLocation } from "sarif";
import { RULE_IDS } from "../judge/finding.js";
import { escapeMarkdown, escapeSarifText, markdownCode } from "./escape.js";
import type { ReportFinding, ReportHop, ReportPlace } from "./schema.js";

export const SRCROOT = "%SRCROOT%";

export function sarifResult(finding: ReportFinding): Result {
  const { source, path } = finding;
  const text = escapeSarifText(finding.message);
  return {
    ruleId: finding.rule,
    ruleIndex: RULE_IDS.indexOf(finding.rule),
    level: finding.severity,
    message: { text: source === null ? `${text}.` : `${text}. [Collected here](1).`, markdown: markdown(finding) },
    locations: [location(finding.location)],
    ...(source === null
      ? {}
      : {
          relatedLocations: [
            { id: 1, ...location(source), message: { text: `${escapeSarifText(finding.field ?? "")} is collected here` } },
          ],
        }),
    // `primaryLocationLineHash` is the one that GitHub goes by; without it, it would hash the lines around, and reopen what moved.
    partialFingerprints: { primaryLocationLineHash: `${finding.fingerprint}:1`, "purposeLint/v1": finding.fingerprint },
    ...(path.length === 0 ? {} : { codeFlows: [{ threadFlows: [{ locations: path.map(step) }] }] }),
    properties: {
      article: finding.article,
      ...(finding.field === null ? {} : { field: finding.field }),
      ...(finding.sink === null ? {} : { sink: finding.sink }),
      ...(finding.purpose === null ? {} : { purpose: finding.purpose }),
      ...(finding.status === null ? {} : { status: finding.status }),
      remedies: finding.remedies,
    },
  };
}

export function location(place: ReportPlace): Location {
  return { physicalLocation: physical(place) };
}

function physical({ file, line, column, endLine, endColumn }: ReportPlace): PhysicalLocation {
  const empty = endLine === line && endColumn <= column;
  return {
    artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: SRCROOT },
    region: { startLine: line, startColumn: column, ...(empty ? {} : { endLine, endColumn }) },
  };
}

function step(hop: ReportHop, index: number, path: readonly ReportHop[]): ThreadFlowLocation {
  return {
    location: { ...location(hop), message: { text: escapeSarifText(`${hop.kind}: ${hop.text}`) } },
    executionOrder: index + 1,
    importance: index === 0 || index === path.length - 1 ? "essential" : "important",
  };
}

function markdown(finding: ReportFinding): string {
  const { path } = finding;
  const ends =
    path.length > 1
      ? [path[0]!, path.at(-1)!].map(({ file, line, text }) => `- ${markdownCode(`${file}:${line}`)} ${markdownCode(text)}`)
      : [];
  return [
    `${escapeMarkdown(finding.message)} (${escapeMarkdown(finding.article)}).`,
    ...(ends.length > 0 ? ["", `${path.length} hops, from and to:`, ...ends] : []),
    "",
    "What would make it legal:",
    ...finding.remedies.map(({ text }) => `- ${escapeMarkdown(text)}`),
  ].join("\n");
}
