/** Does the program name a field on its way to the sink, or does something whole carry it along? */
import { describe, expect, it } from "vitest";
import { carrier } from "../../src/judge/carrier.js";
import { run } from "./program.js";

const says = (code: string): string | undefined => {
  const flow = run(code).flows.find(({ field }) => field === "user.email");
  return flow === undefined ? undefined : carrier(flow);
};

it("says where in the argument the field is, in the notation of manifests", () => {
  const at = (code: string): string[] => run(`const { email } = loadUser();\n${code}`).flows.map(({ accessPath }) => accessPath);
  expect(at("train({ content: { messages: [{ content: email }] } });")).toEqual(["content.messages[0].content"]);
  expect(at("train([[email]]);")).toEqual(["[0][0]"]);
  expect(at("train({ all: Array.from({ length: Math.random() }, () => ({ mail: email })) });")).toEqual(["all[*].mail"]);
  expect(at('train({ "0": email });')).toEqual(["0"]);
});

const NAMED = "it is named there";
const WHOLE = "a whole object carries it";

describe("a field is named when the program read or wrote it by its name", () => {
  it.each([
    ["train({ email: u.email });"],
    ["train(u.email);"],
    ["train(JSON.stringify({ email: u.email }));"],
    ["const { email } = u; train({ email });"],
    ["const o: Record<string, unknown> = {}; o.mail = u.email; train(o);"],
    ["train({ ...{ email: u.email } });"],
    ["const copy = { ...u }; train(copy.email);"],
    ["train(u.email.trim());"],
    ["const back = JSON.parse(JSON.stringify(u)) as typeof u; train(back.email);"],
    ["train([u].map((x) => x.email));"],
    ["train(`${u.email}`);"],
  ])("%s", (code) => {
    expect(says(`const u = loadUser();\n${code}`)).toBe(NAMED);
  });
});

describe("else it says what carried it, and where", () => {
  it.each([
    ["train(u);", WHOLE],
    ["train([u]);", WHOLE],
    ["train({ u });", WHOLE],
    ["const o = { deep: { u } }; train(o.deep);", WHOLE],
    ["train(...[u]);", WHOLE],
    ["train({ ...u });", "a spread at main.ts:4 carries it"],
    ["train({ ...u, id: u.id });", "a spread at main.ts:4 carries it"],
    ["const copy = { ...u };\ntrain(copy);", "a spread at main.ts:4 carries it"],
    ["const { id, ...rest } = u; void id;\ntrain(rest);", "a rest at main.ts:4 carries it"],
    ["train(JSON.stringify(u));", "`JSON.stringify` of a whole object at main.ts:4 carries it"],
    ["const text = JSON.stringify(u);\ntrain({ text });", "`JSON.stringify` of a whole object at main.ts:4 carries it"],
    ["const line = JSON.stringify(u) + '\\n'; train(line);", WHOLE],
    ["const { prompt, ...u2 } = u;\ntrain(JSON.stringify({ prompt, u2 }));", "a rest at main.ts:4 carries it"],
    ["train(JSON.stringify({ ...u }));", "a spread at main.ts:4 carries it"],
    ["const line = JSON.stringify({ ...u }) + '\\n';\ntrain({ line });", "a spread at main.ts:4 carries it"],
    ["train(Object.assign({}, u));", "a copy of all properties at main.ts:4 carries it"],
  ])("%s", (code, what) => {
    expect(says(`const u = loadUser();\n${code}`)).toBe(what);
  });
});

describe("a list of a field's values is the field", () => {
  it.each([
    ["train(cv.skills);", NAMED],
    ["train(all.map(({ skills }) => skills));", NAMED],
    ["const copy = { ...cv }; train({ best: copy.skills });", NAMED],
    ["train(cv);", WHOLE],
    ["train(all);", WHOLE],
    ["train({ all });", WHOLE],
    ["train({ ...cv });", "a spread at main.ts:5 carries it"],
  ])("%s", (code, what) => {
    const program = `interface Cv { skills: string[]; id: string }\nexport function f(cv: Cv, all: Cv[]) {\n${code} }`;
    const { flows } = run(program, { sources: `  - { field: user.email, property: "./main.ts:Cv.skills" }\n` });
    expect(flows.map(carrier)).toEqual([what]);
  });
});
