import { describe, expect, it } from "vitest";
import type { Flow } from "../../src/trace/result.js";
import { field, flow, hop, judged, ofRule, place, purpose, sink } from "./make.js";

const upload = sink("upload", "train");
const fields = [field("user.email", ["deliver"]), field("user.name", ["deliver"])];

function fingerprints(...flows: Flow[]): string[] {
  return ofRule(judged({ purposes: [purpose("deliver"), purpose("train")], fields }, { flows }), "limitation").map(
    ({ fingerprint }) => fingerprint,
  );
}

function moved({ path, ...flow }: Flow, by: number, file: string): Flow {
  return {
    ...flow,
    at: place(file, flow.at.line + by),
    source: place(file, flow.source.line + by),
    path: path.map((each) => hop(each.kind, file, each.line + by, each.text, each.symbol)),
  };
}

const email = flow("user.email", upload);

describe("fingerprints", () => {
  it("are 16 hex characters", () => {
    expect(fingerprints(email)).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  });

  it("stay when lines move and files are renamed", () => {
    expect(fingerprints(moved(email, 7, "src/renamed.ts"))).toEqual(fingerprints(email));
  });

  it.each([
    ["field", { ...email, field: "user.name" }],
    ["sink", { ...email, sink: sink("other", "train") }],
    ["code of a hop", { ...email, path: email.path.map((each) => ({ ...each, text: `${each.text} ` })) }],
    ["kind of a hop", { ...email, path: email.path.map((each) => ({ ...each, kind: "assign" as const })) }],
    ["function of a hop", { ...email, path: email.path.map((each) => ({ ...each, symbol: "other" })) }],
    ["number of hops", { ...email, path: email.path.slice(1) }],
  ])("change with the %s", (_, changed) => {
    expect(fingerprints(changed)).not.toEqual(fingerprints(email));
  });

  it("number what is identical, in the order of places", () => {
    const [one] = fingerprints(email);
    expect(fingerprints(moved(email, 100, "src/train.ts"), email, moved(email, 50, "src/train.ts"))).toEqual([one, `${one}-2`, `${one}-3`]);
  });

  it("do not depend on the order of flows", () => {
    const name = flow("user.name", upload, { at: place("src/train.ts", 50) });
    expect(judged({ fields }, { flows: [name, email] }).findings).toEqual(judged({ fields }, { flows: [email, name] }).findings);
  });

  it("of flows differ from their findings', and by status", () => {
    const { flows, findings } = judged({ fields }, { flows: [email, { ...email, status: "pseudonymised" }] });
    expect(new Set([...flows, ...findings].map(({ fingerprint }) => fingerprint)).size).toBe(flows.length + findings.length);
  });
});
