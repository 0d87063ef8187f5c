import { describe, expect, it } from "vitest";
import { isDirect } from "../../src/judge/identifiers.js";
import type { Field } from "../../src/manifest/model.js";

const field = (categories?: string[]): Field => ({
  id: "a.b",
  purposes: [],
  ...(categories && { categories }),
  place: { file: "/purpose.yaml", line: 1, column: 1 },
});

describe("a field identifies alone", () => {
  it.each(["fides:user.contact.email", "pd:EmailAddress", "pd:Passport", "tcf:5"])("by its category, of whatever taxonomy: %s", (name) => {
    expect(isDirect(field([name]), "a.note")).toBe(true);
    expect(isDirect(field(["fides:user.behavior", name]), "a.note")).toBe(true);
  });

  it.each(["fides:user.behavior", "pd:HairColour", "tcf:6", "vscode:SystemMetaData"])("not by any other: %s", (name) => {
    expect(isDirect(field([name]), "a.note")).toBe(false);
  });

  it("by its name where no category says anything", () => {
    expect(isDirect(field(), "a.email")).toBe(true);
    expect(isDirect(field(["pd:HairColour"]), "a.email")).toBe(true);
    expect(isDirect(field(["fides:user.behavior"]), "a.email")).toBe(false);
  });
});
