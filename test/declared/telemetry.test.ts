import { describe, expect, it } from "vitest";
import type { TraceResult } from "../../src/trace/result.js";
import { run } from "../trace/program.js";

const MANIFEST = `version: 1
purposes:
  improve: { same-as: [vscode:FeatureInsight, vscode:PerformanceAndHealth] }
  train: {}
fields:
  known.kind: { for: [train] }
sinks:
  - { id: train, purpose: train, call: ./sink.ts:train }
`;

const SERVICE = `import { train } from "./sink.js";
type Data = Record<string, unknown>;
export class Telemetry {
  publicLog(name: string, data?: Data): void { train(data); void name; }
  publicLog2<E extends object, C>(name: string, data?: E): void { train(data); }
  sendTelemetryEvent(name: string, properties?: Data, measures?: Data): void { train(properties, measures); void name; }
  setCommonProperty(name: string, value: string): void { train(value); void name; }
}
export const telemetry = new Telemetry();
`;

const trace = (code: string, files: Record<string, string> = {}, manifest = MANIFEST): TraceResult =>
  run(`import { telemetry } from "./service.js";\n${code}`, { files: { "service.ts": SERVICE, ...files }, manifest });

const flows = (result: TraceResult): string[] => [...new Set(result.flows.map((f) => f.field))].sort();
const fields = ({ inCode }: TraceResult): string[] =>
  inCode!.fields.map(({ id, categories, purposes }) => `${id}: ${categories!.join()} for ${purposes.join()}`);
const problems = ({ inCode }: TraceResult): string[] =>
  inCode!.problems.map(({ file, line, column, severity, message }) => `${file.split("/").at(-1)}:${line}:${column} ${severity} ${message}`);
const undeclared = (result: TraceResult): string[] => result.undeclared.map(({ property }) => property);

const KIND = `kind: { classification: "SystemMetaData"; purpose: "FeatureInsight"; comment: "which" }`;
const META = `owner: "me"; comment: "how it is used"`;
const json = (purpose = "FeatureInsight", classification = "SystemMetaData"): string =>
  `{ "classification": "${classification}", "purpose": "${purpose}" }`;

describe("a classification type", () => {
  it("declares the properties of the event as fields, and the call takes them in", () => {
    const result = trace(`
type OpenedEvent = { kind: string; size: number };
type OpenedClassification = { ${META}; ${KIND}; size: { classification: "CustomerContent"; purpose: "PerformanceAndHealth"; isMeasurement: true } };
export function open(kind: string, size: number) {
  telemetry.publicLog2<OpenedEvent, OpenedClassification>("editor/opened", { kind, size });
}`);
    expect(fields(result)).toEqual([
      "editor/opened.kind: vscode:SystemMetaData for improve",
      "editor/opened.size: vscode:CustomerContent for improve",
    ]);
    expect(flows(result)).toEqual(["editor/opened.kind", "editor/opened.size"]);
    expect(problems(result)).toEqual([]);
  });

  it("is found in the function, among type arguments, behind imports and re-exports", () => {
    const result = trace(
      `import type { Shared as S } from "./barrel.js";
export function a(kind: string, id: string) {
  interface Local extends S { ${KIND} }
  telemetry.publicLog2<{ kind: string; id: string }, Local>("a", { kind, id });
  telemetry.publicLog2<{ kind: string }, { ${KIND} }>("b", { kind });
  telemetry?.publicLog2<{ kind: string; id: string }, { ${KIND} } & S>("c", { kind, id });
}`,
      {
        "barrel.ts": `export * from "./types.js";\n`,
        "types.ts": `export type Shared = { id: Id };\ntype Id = { classification: "EndUserPseudonymizedInformation"; purpose: "FeatureInsight" };\n`,
      },
    );
    expect(fields(result).map((field) => field.split(":")[0])).toEqual(["a.id", "a.kind", "b.kind", "c.kind", "c.id"]);
    expect(flows(result)).toEqual(["a.id", "a.kind", "b.kind", "c.id", "c.kind"]);
    expect(problems(result)).toEqual([]);
  });

  it("may be of objects in the event", () => {
    const result = trace(`
type Inner = { ${KIND} };
export function open(kind: string) {
  const NAME = "opened";
  telemetry.publicLog2<{ editor: { kind: string } }, { ${META}; editor: Inner }>(NAME, { editor: { kind } });
}`);
    expect(flows(result)).toEqual(["opened.editor.kind"]);
  });

  it("tells of what is sent beside it", () => {
    const result = trace(`
export function open(kind: string, email: string) {
  telemetry.publicLog2<{ kind: string }, { ${KIND} }>("opened", { kind, email } as { kind: string });
}`);
    expect(undeclared(result)).toEqual(["email"]);
  });

  it("is none of a generic call, of other types, or without types", () => {
    const result = trace(`
type Other = { kind: { purpose: string } };
export class Wrapper {
  log<E extends object, C>(name: string, data: E): void { telemetry.publicLog2<E, C>(name, data); }
  other(kind: string): void { telemetry.publicLog2<{ kind: string }, Other>("o", { kind }); new Map<string, { a: number }>([["x", { a: 1 }]]); }
  none(kind: string): void { telemetry.publicLog("n", { kind }); }
}`);
    expect(fields(result)).toEqual([]);
    expect(problems(result)).toEqual([]);
  });

  it("is told where it is wrong", () => {
    const result = trace(`
type Bad = {
  a: { classification: "SystemMetadata"; purpose: "FeatureInsight" };
  b: { classification: "SystemMetaData"; purpose: "Marketing" };
  c: { classification: "SystemMetaData" };
  d: { classification: "SystemMetaData"; purpose: "BusinessInsight" };
  e: { classification: "SystemMetaData"; purpose: "BusinessInsight" };
  f: Pick<Bad, "a">;
  ${KIND};
};
telemetry.publicLog2<object, Bad>("bad", {});`);
    expect(problems(result)).toEqual([
      "main.ts:8:3 error `c` has no `purpose`",
      'main.ts:11:6 warning what `Pick<Bad, "a">` classifies cannot be read',
      "main.ts:6:24 error there is no classification `SystemMetadata`",
      "main.ts:7:51 error there is no purpose `Marketing`",
      "main.ts:9:51 error no purpose of the manifest is the same as `vscode:BusinessInsight`",
    ]);
    expect(result.inCode!.problems[2]!.fix).toBe("did you mean `SystemMetaData`?");
    expect(fields(result)).toEqual(["bad.kind: vscode:SystemMetaData for improve"]);
  });
});

describe("a `__GDPR__` comment", () => {
  it("declares the properties of the event that a call of the file sends", () => {
    const result = trace(`
export function popup(reaction: string, took: number) {
  /* __GDPR__
    "suggestion:popup" : {
      "owner": "me", "comment": "why",
      "reaction" : ${json()},
      "took": { "classification": "SystemMetaData", "purpose": "PerformanceAndHealth", "isMeasurement": true }
    }
  */
  telemetry.sendTelemetryEvent("suggestion:popup", { reaction }, { took });
}
export function other(reaction: string) { telemetry.sendTelemetryEvent("suggestion:other", { reaction }); }`);
    expect(fields(result)).toEqual([
      "suggestion_popup.reaction: vscode:SystemMetaData for improve",
      "suggestion_popup.took: vscode:SystemMetaData for improve",
    ]);
    expect(flows(result)).toEqual(["suggestion_popup.reaction", "suggestion_popup.took"]);
    expect(undeclared(result)).toEqual([]);
    expect(problems(result)).toEqual([]);
  });

  it("includes and inlines fragments of other files", () => {
    const result = trace(
      `
export function open(id: string, row: number, note: string) {
  /* __GDPR__ "opened" : { "\${include}": [ "\${Common}" ], "at": { "\${inline}": [ "\${Place}" ] } } */
  telemetry.publicLog("opened", { id, at: { row, "in.file": note } });
}`,
      {
        "fragments.ts": `/* __GDPR__FRAGMENT__ "Common" : { "id": ${json("FeatureInsight", "EndUserPseudonymizedInformation")} } */
/* __GDPR__FRAGMENT__ "Place" : { "row": ${json()}, "\${include}": ["\${Place2}"] } */
/* __GDPR__FRAGMENT__ "Place2" : { "in.file": ${json()} } */
export {};\n`,
      },
    );
    expect(flows(result)).toEqual(["opened.at.in.file", "opened.at.row", "opened.id"]);
    expect(problems(result)).toEqual([]);
  });

  it("describes common properties, where a call sets one", () => {
    const result = trace(`
export function start(id: string, other: string) {
  // __GDPR__COMMON__ "common.machineId" : { "endPoint": "MacAddressHash", "classification": "EndUserPseudonymizedInformation", "purpose": "FeatureInsight" }
  telemetry.setCommonProperty("common.machineId", id);
  telemetry.setCommonProperty("common.other", other);
}`);
    expect(flows(result)).toEqual(["common.machineId"]);
  });

  it("describes common properties, where an assignment sets one", () => {
    const common = (name: string): string =>
      `// __GDPR__COMMON__ "${name}" : { "classification": "EndUserPseudonymizedInformation", "purpose": "FeatureInsight" }`;
    const result = trace(`
export function start(id: string, other: string) {
  const properties: Record<string, string> = {};
  ${common("common.machineId")}
  properties["common.machineId"] = id;
  ${common("sessionID")}
  properties.sessionID = id;
  properties["common.other"] = other;
  if (properties["common.machineId"] === other) properties["common.machine" + other] = other;
  telemetry.publicLog("started", properties);
}`);
    expect(flows(result)).toEqual(["common.machineId", "sessionID"]);
  });

  it("has wildcards", () => {
    const classified = `"\${classification}": ${json()}`;
    const result = trace(`
export function timed(took: number, b: string) {
  /* __GDPR__ "timed" : { "\${wildcard}": [ { "\${prefix}": "timer.", ${classified} }, { "\${prefix}": "file", ${classified} } ] } */
  telemetry.publicLog("timed", { timer: { took }, fileB: b });
}`);
    expect(fields(result).map((field) => field.split(":")[0])).toEqual(["timed.timer", "timed.file"]);
    expect(flows(result)).toEqual(["timed.timer"]);
    expect(undeclared(result)).toEqual([]);
  });

  it("is a comment: what stands in a text is none", () => {
    const result = trace('export const a = `/* __GDPR__ "x" : {} */`;\nexport const b = \'// __GDPR__ "x" : oh\';\n');
    expect(problems(result)).toEqual([]);
  });

  it("without properties, and prose about it, say nothing", () => {
    const result = trace(`/* __GDPR__ "opened" : {} */\n/* __GDPR__FRAGMENTS__ are odd */\ntelemetry.publicLog("opened");`);
    expect(fields(result)).toEqual([]);
    expect(problems(result)).toEqual([]);
  });

  it("is told where it is wrong", () => {
    const result = trace(`
/* __GDPR__ "a" : { "x": ${json()} */
/* __GDPR__ */
/* __GDPR__ "a" : {}, "b" : {} */
/* __GDPR__ "c" : { x: ${json()} } */
/* __GDPR__ "d" : { "x": {}, "\${include}": ["\${Comon}", "F"], "y": { "\${inline}": 1 }, "\${wildcard}": [{}], "z": null } */
/* __GDPR__FRAGMENT__ "Common" : { "\${include}": ["\${Common}"] } */
/* __GDPR__ "e" : { "x": ${json("Featureinsight")} } */
/* __GDPR__ "f" : { "x": ${json()} } */
// __GDPR__COMMON__ "g" : { "purpose": "FeatureInsight" }
telemetry.publicLog("e", {});`);
    expect(problems(result)).toEqual([
      "main.ts:5:94 error the comment is no JSON: '}' expected.",
      'main.ts:6:4 error `__GDPR__` describes one thing, as `"name" : { … }`',
      'main.ts:7:23 error `__GDPR__` describes one thing, as `"name" : { … }`',
      "main.ts:8:21 error the comment is no JSON: a name in quotes is expected",
      "main.ts:10:51 error the fragment `Common` includes itself",
      "main.ts:9:21 error `x` has no `classification`",
      "main.ts:9:45 error there is no fragment `Comon`",
      "main.ts:9:57 error a fragment is expected here",
      "main.ts:9:83 error what is included is a list",
      "main.ts:9:104 error a wildcard has a `${prefix}` and a `${classification}`",
      "main.ts:9:109 error `z` has no `classification`",
      "main.ts:13:21 error `g` has no `classification`",
      "main.ts:11:75 error there is no purpose `Featureinsight`",
      "main.ts:12:13 warning no call in this file names the event `f`: where its properties come from is not known",
    ]);
  });

  it("is read to a bound: fragments that multiply, and what is nested too deeply", () => {
    const halves = Array.from(
      { length: 20 },
      (_, i) => `/* __GDPR__FRAGMENT__ "F${i}" : { "a": { "\${inline}": ["\${F${i + 1}}"] }, "b": { "\${inline}": ["\${F${i + 1}}"] } } */`,
    );
    const result = trace(
      `${halves.join("\n")}\n/* __GDPR__FRAGMENT__ "F20" : { "x": ${json()} } */\n/* __GDPR__ "deep" : ${"[".repeat(50_000)} */`,
    );
    expect(problems(result)[0]).toContain("is nested too deeply to be read");
    expect(problems(result)[1]).toBe("main.ts:4:23 warning `F0` has more than 1000 properties with those it includes: no more are read");
  });
});

describe("annotated telemetry and the manifest", () => {
  const event = `
export function open(kind: string) { telemetry.publicLog2<{ kind: string }, { ${KIND} }>("known", { kind }); }`;

  it("agree: the manifest's own field stands, and another purpose in the code is told", () => {
    const result = trace(event);
    expect(fields(result)).toEqual([]);
    expect(flows(result)).toEqual(["known.kind"]);
    expect(problems(result)).toEqual([
      "main.ts:5:130 error `known.kind` is for `FeatureInsight` here, which is `improve`, and in the manifest for `train`",
    ]);
    expect(problems(trace(event, {}, MANIFEST.replace("for: [train]", "for: [train, improve]")))).toEqual([]);
  });

  it("are read together only where a purpose is one of theirs", () => {
    const result = trace(
      event,
      {},
      MANIFEST.replace("improve: { same-as: [vscode:FeatureInsight, vscode:PerformanceAndHealth] }", "improve: {}"),
    );
    expect(flows(result)).toEqual([]);
    expect(problems(result)).toEqual([
      "main.ts:5:48 warning telemetry is annotated here with its purposes, and no purpose of the manifest is one of them: the annotations are not read",
    ]);
  });

  it("disagree where two annotations do", () => {
    const result = trace(
      `/* __GDPR__ "a" : { "x": ${json()} } */\n/* __GDPR__ "a" : { "x": ${json("BusinessInsight")} } */\ntelemetry.publicLog("a", {});`,
      {},
      MANIFEST.replace("train: {}", "train: { same-as: vscode:BusinessInsight }"),
    );
    expect(problems(result)).toEqual([
      "main.ts:5:75 error `a.x` is for `BusinessInsight` here, which is `train`, and at line 4 for `improve`",
    ]);
  });
});
