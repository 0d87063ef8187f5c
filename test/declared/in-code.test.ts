import { describe, expect, it } from "vitest";
import type { TraceResult } from "../../src/trace/result.js";
import { run } from "../trace/program.js";

const flows = ({ flows }: TraceResult): string[] => flows.map((f) => `${f.field} ${f.status} → ${f.sink.id} ${f.at.line}`).sort();
const problems = (code: string): string[] =>
  (run(code).inCode?.problems ?? []).map(({ line, column, severity, message }) => `${line}:${column} ${severity} ${message}`);

describe("@collects", () => {
  it("stands above a function for what it gives", () => {
    const code = `/** Asks. @collects user.email the address */
export function ask(): string { return prompt()!; }
/** Tells: collects user.name. */
export function tell(): string { return prompt()!; }
train(ask(), tell());`;
    expect(flows(run(code))).toEqual(["user.email identified → train 7"]);
  });

  it("stands above functions of every form", () => {
    const code = `/** @collects user.email */
export const ask = async (): Promise<string> => prompt()!;
/** @collects user.name */
const local = (): string => prompt()!;
class Form {
  /** @collects user.id */
  read(): string { return prompt()!; }
  /** @collects user.age */
  static count(): number { return 1; }
  other(): string { return prompt()!; }
}
export const api = {
  /** @collects user.prompt */
  load(): string { return prompt()!; },
};
train(await ask());
train(local());
train(new Form().read());
train(new Form().other());
train(Form.count());
train(api.load());`;
    expect(flows(run(code))).toEqual([
      "user.age identified → train 22",
      "user.email identified → train 18",
      "user.id identified → train 20",
      "user.name identified → train 19",
      "user.prompt identified → train 23",
    ]);
  });

  it("gives each property of a pattern the field of its name", () => {
    const code = `/** @collects user.* */
export function ask() { return { email: prompt()!, shoe: prompt()! }; }
train(ask().email);
train(ask().shoe);`;
    expect(flows(run(code))).toEqual(["user.email identified → train 5"]);
  });

  it("stands above a property of a type, of a class, further in", () => {
    const code = `export interface Person {
  /** @collects user.email */
  email: string;
  name: string;
  home: {
    /** @collects user.id */
    street: string;
  };
}
class Visit {
  /** @collects user.prompt */
  text = "";
  page = "";
}
declare function find(): Person;
export function main(visit: Visit) {
  const p = find();
  train(p.email);
  train(p.name);
  train(p.home.street);
  train(visit.text);
  train(visit.page);
}`;
    expect(flows(run(code))).toEqual([
      "user.email identified → train 20",
      "user.id identified → train 22",
      "user.prompt identified → train 23",
    ]);
  });

  it("stands before a parameter", () => {
    const code = `export function record(/** @collects user.email */ email: string, page: string) {
  train(email);
  train(page);
}`;
    expect(flows(run(code))).toEqual(["user.email identified → train 4"]);
  });
});

describe("@trains", () => {
  it("makes a function a sink, or one of its parameters", () => {
    const code = `/** @trains train */
export function fit(rows: unknown[]): void { void rows; }
export function log(/** @trains train */ row: unknown, note: unknown): void { void [row, note]; }
const user = loadUser();
fit([user.email]);
log(user.name, user.id);`;
    expect(flows(run(code))).toEqual(["user.email identified → ./main.ts:fit 7", "user.name identified → ./main.ts:log 8"]);
  });
});

describe("@yields", () => {
  it("says the status of what a function gives", () => {
    const code = `/** @yields pseudonymised */
export const hash = (text: string): string => text;
/** @yields {string} the next letter */
export function* letters(text: string) { yield* text; }
train(hash(loadUser().email));
for (const letter of letters(loadUser().name)) train(letter);`;
    expect(flows(run(code))).toEqual(["user.email pseudonymised → train 7", "user.name identified → train 8"]);
  });
});

describe("what is wrong with a tag", () => {
  it("is told where it stands", () => {
    expect(
      problems(`/** @collects user.emial */
export const a = () => "";
/** @trains trian */
export const b = () => "";
/** @yields anonymised */
export const c = () => "";
export interface D {
  /** @trains train */
  d: string;
}
export function outer() {
  /** @collects user.email */
  const inner = () => "";
  return inner;
}`),
    ).toEqual([
      "3:5 error `@collects` names no declared field: `user.emial`",
      "5:5 error `@trains` names no declared purpose: `trian`",
      "7:5 error `@yields anonymised` has no evidence",
      "10:7 error `@trains` stands at what cannot be called",
      "14:7 warning `@collects` stands at nothing that has a name outside: it declares nothing",
    ]);
  });

  it("is a status that there is not, in \`@yields\`", () => {
    expect(
      problems(`/** @yields anonymized */
export const a = () => "";
/** @yields pseudonymized, for good */
export function b() { return ""; }
/** @yields hashed */
export const c = () => "";
/** @yields differentialy-private(1) */
export function* d() { yield ""; }`),
    ).toEqual([
      "3:5 error `@yields` names no status: `anonymized`",
      "5:5 error `@yields` names no status: `pseudonymized,`",
      "7:5 error `@yields` names no status: `hashed`",
      "9:5 error `@yields` names no status: `differentialy-private(1)`",
    ]);
  });

  it("is not what a generator says that it yields", () => {
    expect(
      problems(`/** @yields {string} the next */
export function* a() { yield ""; }
/** @yields letters */
export function* b() { yield ""; }
/** @yields letters */
export const c = async function* () { yield ""; };
/** @yields one letter after the other */
export function d() { return b(); }`),
    ).toEqual([]);
  });

  it("is nothing in other comments, and in text", () => {
    expect(problems("// @collects user.email\nconst x = '@trains nobody';\n/* @trains x */\nexport { x };")).toEqual([]);
  });
});
