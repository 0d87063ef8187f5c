/** What is possible by its name is told as that, and never as a declared field. */
import { expect, it } from "vitest";
import { possibly } from "../../src/judge/possible.js";
import { field, judged, ofRule, place, sink, source } from "./make.js";

const upload = sink("upload", "train");
const at = (accessPath: string) => ({ ...place("src/train.ts", 3, 5), sink: upload, accessPath, text: "upload(rows)", symbol: "run" });
const told = (...paths: string[]) => ofRule(judged({}, { unclaimed: paths.map(at) }), "minimization");

it("is a note without a field", () => {
  expect(told("rows[*].user.name")).toMatchObject([
    {
      severity: "note",
      field: null,
      sink: "upload",
      message: "`rows[*].user.name` of what reaches upload is possibly user.name, by its name, and is of no declared field",
      location: { file: "src/train.ts", line: 3, column: 5 },
    },
  ]);
});

it("is nothing where the name says nothing, or as often something else", () => {
  expect(told("rows[*].file.name", "rows[*].emailTemplateId", "messages[*].prompt")).toEqual([]);
});

it("is one finding each", () => {
  const all = told("rows[*].email", "rows[*].phone");
  expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

it("reads the name and what it is in", () => {
  expect(possibly("[0].customers[*].address")?.category).toBe("user.contact.address");
  expect(possibly("[0].servers[*].address")).toBeUndefined();
  expect(possibly("")).toBeUndefined();
});

it("is said beside an undeclared property", () => {
  const undeclared = [{ ...place("src/telemetry.ts", 9, 5), source: source("user.*"), property: "phone", text: "capture(user)" }];
  const [finding] = ofRule(judged({ fields: [field("user.id", ["deliver"])] }, { undeclared }), "minimization");
  expect(finding).toMatchObject({
    severity: "warning",
    message: "user.phone is collected here, and no such field is declared (possibly user.contact.phone_number, by its name)",
  });
});
