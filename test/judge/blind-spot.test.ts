import { expect, it } from "vitest";
import { blindSpot, judged } from "./make.js";

const none = { purposes: [], fields: [] };

it("is a note on the place, naming the fields", () => {
  const { findings } = judged(none, {
    blindSpots: [blindSpot("dynamic-code", { reason: "`eval` runs text", fields: ["chat.prompt", "user.email"] })],
  });
  expect(findings).toMatchObject([
    {
      rule: "blind-spot",
      severity: "note",
      message: "chat.prompt and user.email cannot be followed here: `eval` runs text",
      field: null,
      location: { file: "src/x.ts", line: 7 },
      remedies: [{ kind: "correct", text: "Replace the code that is made at run time at src/x.ts:7 by code that can be read." }],
    },
  ]);
});

it("has the field when it is one", () => {
  expect(judged(none, { blindSpots: [blindSpot("unresolved-call", { fields: ["chat.prompt"] })] }).findings[0]!.field).toBe("chat.prompt");
});

it("is no finding when no field is known to enter it", () => {
  expect(judged(none, { blindSpots: [blindSpot("syntax-error")] }).findings).toEqual([]);
});
