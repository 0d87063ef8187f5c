/**
 * The suggestion to leave one named property out of an object literal at the sink. Only where that is all it does: the property's
 * value is the field itself, nothing that the sink may have sits at the same place, and the literal is the sink's own argument.
 */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { ReportSuggestionArray, RuleFix, RuleFixer, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type { ReportFinding, ReportFlow } from "../../src/report/schema.js";
import type { Analysis } from "./analysis.js";
import type { MessageId } from "./messages.js";
import { nodeAt, propertiesAt, type LiteralProperty } from "./literal-path.js";

type Suggestion = ReportSuggestionArray<MessageId>[number];

export function dropSuggestion(finding: ReportFinding, analysis: Analysis, code: Readonly<SourceCode>): Suggestion | undefined {
  const property = finding.sink === null ? undeclaredProperty(finding, analysis, code) : excessProperty(finding, analysis, code);
  if (property === undefined || finding.field === null) return undefined;
  return {
    messageId: "dropProperty",
    data: { property: code.getText(property.key), field: finding.field },
    fix: (fixer) => removeProperty(fixer, code, property),
  };
}

/** A property that a collection call takes in without a declaration: `user_agent` of `telemetry.user_agent`, for a source `telemetry.*`. */
function undeclaredProperty(finding: ReportFinding, { manifest }: Analysis, code: Readonly<SourceCode>): LiteralProperty | undefined {
  const { rule, field, location } = finding;
  const call = rule === "minimization" && field !== null ? nodeAt(code, location, isCall) : undefined;
  if (call === undefined || field === null) return undefined;
  const properties = new Set(
    manifest.sources.flatMap((source) => {
      const prefix = source.field.replace(/\*$/, "");
      if (source.at.kind !== "call" || prefix === source.field || !field.startsWith(prefix)) return [];
      return propertiesAt(call, source.at.argument, field.slice(prefix.length), code);
    }),
  );
  return onlyPlain(properties);
}

function excessProperty(finding: ReportFinding, { report, manifest }: Analysis, code: Readonly<SourceCode>): LiteralProperty | undefined {
  const sink = manifest.sinks.find(({ id }) => id === finding.sink);
  if (sink?.at.kind !== "call" || sink.at.argument === undefined) return undefined;
  const { argument } = sink.at;
  const call = nodeAt(code, finding.location, isCall);
  if (call === undefined) return undefined;

  const here = report.flows.filter((flow) => flow.sink.id === finding.sink && samePlace(flow, finding));
  const mine = here.filter((flow) => flow.field === finding.field);
  const places = new Set(mine.map(({ accessPath }) => accessPath));
  if (here.some((flow) => flow.field !== finding.field && places.has(flow.accessPath))) return undefined;

  return onlyPlain(new Set([...places].flatMap((accessPath) => propertiesAt(call, argument, accessPath, code))));
}

/** The one property that there is, when nothing but data is lost with it. */
function onlyPlain(properties: ReadonlySet<LiteralProperty>): LiteralProperty | undefined {
  const [property] = properties;
  return property !== undefined && properties.size === 1 && isPlainValue(property.value) ? property : undefined;
}

function samePlace({ sink }: ReportFlow, { location }: ReportFinding): boolean {
  return sink.file === location.file && sink.line === location.line && sink.column === location.column;
}

/** A name or a property access: taking it away takes no effect away. */
function isPlainValue(node: TSESTree.Node): boolean {
  switch (node.type) {
    case T.Identifier:
      return true;
    case T.MemberExpression:
      return !node.computed && isPlainValue(node.object);
    case T.ThisExpression:
      return true;
    case T.ChainExpression:
    case T.TSNonNullExpression:
    case T.TSAsExpression:
      return isPlainValue(node.expression);
    default:
      return false;
  }
}

function isCall(node: TSESTree.Node): node is TSESTree.CallExpression | TSESTree.NewExpression {
  return node.type === T.CallExpression || node.type === T.NewExpression;
}

/** With the comma after it, or the one before it when it is the last, and the space on that side. */
function removeProperty(fixer: RuleFixer, code: Readonly<SourceCode>, property: LiteralProperty): RuleFix {
  const after = code.getTokenAfter(property);
  const before = code.getTokenBefore(property);
  if (after?.value === "," && before !== null) {
    const next = code.getTokenAfter(after, { includeComments: true });
    // The last of several lines: take the line away, leave the bracket where it is.
    if (next?.value === "}") return fixer.removeRange([before.range[1], after.range[1]]);
    return fixer.removeRange([property.range[0], next === null ? after.range[1] : next.range[0]]);
  }
  return fixer.removeRange([before?.value === "," ? before.range[0] : property.range[0], property.range[1]]);
}
