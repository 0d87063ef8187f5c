import { describe, expect, it } from "vitest";
import { expandMarks, fieldsInText, marksFor } from "../../src/conformance/oracle/marks.js";
import { collectFields } from "../../src/conformance/oracle/reach.js";

const marks = marksFor(["user.id", "user.email", "feedback.rating"]);
const mail = expandMarks(marks, "⟦user.email⟧@⟦user.email⟧.test");
const rating = Number(expandMarks(marks, "⟦#feedback.rating⟧"));

async function reached(value: unknown): Promise<string[]> {
  const found = new Set<string>();
  await collectFields(marks, value, found);
  return [...found].sort();
}

describe("marks", () => {
  it("show in every part and form of a text", async () => {
    const encoded = Buffer.from(mail);
    const forms = [
      mail.slice(0, 1),
      mail.split("@")[1],
      mail.toUpperCase(),
      Array.from(mail).reverse().join(""),
      encodeURIComponent(mail),
      btoa(mail),
      encoded.toString("base64url"),
      encoded.toString("hex"),
      JSON.stringify({ mail }),
      encoded,
    ];
    for (const form of forms) expect(await reached(form)).toEqual(["user.email"]);
  });

  it("show in sums, means and scaled numbers, and in their text", async () => {
    for (const number of [rating, rating * 2 + 1, (rating + rating) / 3, -rating, `${rating}`, rating.toFixed(2)])
      expect(await reached(number)).toEqual(["feedback.rating"]);
    for (const number of [4, 1e21, rating > 3, rating / rating, Infinity, NaN]) expect(await reached(number)).toEqual([]);
  });

  it("are not seen in ordinary text, encoded or not", () => {
    const found = new Set<string>();
    for (const text of ["contact", "aGVsbG8gd29ybGQ=", "deadbeef0123456789", "100% sure", "2026-01-01T00:00:00.000Z", "1e5 and 1e+21"])
      fieldsInText(marks, text, found);
    expect([...found]).toEqual([]);
  });

  it("refuse a field that the manifest does not have", () => {
    expect(() => expandMarks(marks, "⟦user.mail⟧")).toThrow("no field user.mail in the manifest");
  });
});

describe("what is reachable", () => {
  class Account {
    #mail = mail;
    get mail(): string {
      return this.#mail;
    }
  }
  class Quiet {
    toJSON(): object {
      return { mail };
    }
  }

  it("goes through objects, keys, collections, accessors, toJSON, errors, forms and promises", async () => {
    const form = new FormData();
    form.set("mail", mail);
    const values = [
      { a: { b: [{ c: mail }] } },
      { [mail]: 1 },
      new Map([[mail, 1]]),
      new Set([mail]),
      new Account(),
      new Quiet(),
      new Error(mail),
      new Error("x", { cause: { mail } }),
      Object.defineProperty({}, "hidden", { value: mail }),
      form,
      new URLSearchParams({ mail }),
      new Blob([mail]),
      new Response(mail),
      Promise.resolve([mail]),
      (function* () {
        yield mail;
      })(),
    ];
    for (const value of values) expect(await reached(value)).toEqual(["user.email"]);
  });

  it("does not open functions, and ends on cycles", async () => {
    const cycle: Record<string, unknown> = { ok: true };
    cycle["self"] = cycle;
    expect(await reached([() => mail, cycle, null, undefined])).toEqual([]);
  });

  it("reads at once what the program may go on to change", async () => {
    const row = { mail };
    const reading = reached(row);
    row.mail = "gone";
    expect(await reading).toEqual(["user.email"]);
  });
});
