import { describe, expect, it } from "vitest";
import { load, wrong } from "./make.js";

const HEAD = "version: 1\npackage: acme-sdk\n";
const flow = (text: string): string => `${HEAD}functions:\n  - call: f\n    flows: [{ ${text} }]\n`;

describe("a library model", () => {
  it("says what flows where", () => {
    const { model, problems } = load(`${HEAD}types: { Basket: { exported: [default, Basket] } }
functions:
  - { call: [pick, take], curried: 2, result: array, flows: [{ from: "argument 0[*].id", to: ["result[*]", "argument 1.last"] }] }
  - { call: add, of: Basket, async: true, flows: [{ from: argument 0, to: "receiver[argument 1]" }] }
`);
    expect(problems).toEqual([]);
    expect(
      model!.functions.map(({ names, curried, async, flows }) => [
        names,
        curried,
        async,
        flows.map(({ from, to }) => [from.text, to.text]),
      ]),
    ).toEqual([
      [
        ["pick", "take"],
        2,
        false,
        [
          ["argument 0[*].id", "result[*]"],
          ["argument 0[*].id", "argument 1.last"],
        ],
      ],
      [["Basket.add"], undefined, true, [["argument 0", "receiver[argument 1]"]]],
    ]);
    expect(model!.types).toMatchObject([{ name: "Basket", exported: ["default", "Basket"], place: { line: 3 } }]);
  });

  it.each([
    ["", "1:1 unreadable: the library model is empty → begin with `version: 1`"],
    ["version: 1\n", "1:1 missing-key: the library model has no `package` → add `package`"],
    [`${HEAD}function: []\n`, "3:1 unknown-key: unknown key `function` → did you mean `functions`?"],
    [`${HEAD}functions: [{ call: f, flow: [] }]\n`, "3:24 unknown-key: unknown key `flow` in `functions[0]` → did you mean `flows`?"],
    [`${HEAD}functions: [{ call: f, result: strin }]\n`, "3:32 reference: unknown result `strin` → did you mean `string`?"],
    [
      `${HEAD}types: { Basket: {} }\nfunctions: [{ call: f, of: Baskt }]\n`,
      "4:28 reference: unknown type `Baskt` → did you mean `Basket`?",
    ],
    [
      `${HEAD}functions: [{ call: f, like: ./x.ts:f }]\n`,
      "3:30 locator: `./x.ts:f` is of a file → name what is of the language or of Node: `global:JSON.parse`",
    ],
    [
      `${HEAD}functions:\n  - { call: f }\n  - { call: [g, f] }\n`,
      "5:5 duplicate: `f` is described twice; first in line 4 → put both into one entry",
    ],
  ])("%j is wrong", (text, problem) => {
    expect(wrong(text)).toEqual([problem]);
  });
});

const EXAMPLE =
  "write a path like `argument 0[*].email`, `receiver`, `result[k]`, `callback 1 parameter 0`, `callback 1 result` or `place redis(argument 0)`";

describe("a path", () => {
  it.each([
    ["argument 0", "result"],
    ["argument *", "result"],
    ['argument 0.a["b.c"][1]', "result"],
    ["argument 1..", "callback 0 parameter 0.."],
    ["receiver[keys]", "callback 0.on.done parameter 1"],
    ["argument 0[k of argument 1].id", "result[k]"],
    ["argument 0[k not of argument 1]", "result[k]"],
    ["argument 0[path argument 1]", "result.x[*]"],
    ["callback 0[*] result", "result[*]"],
    ["result parameter 0", "result result"],
    ["argument 0", "place redis(argument 1).x"],
    ["argument 0[k].value", "place kafka(argument 0[k].topic)"],
    ["argument 0[k]", "place redis(argument 0[keys])"],
    ["place nats(matching argument 0, receiver.name)[*]", "callback 1 parameter 0.data"],
    ["place jobs(argument 0.tasks[keys])", "callback 0.tasks[k] parameter 0"],
    ["place sqs(*)", "result"],
  ])("%s goes to %s", (from, to) => {
    expect(wrong(flow(`from: '${from}', to: '${to}'`))).toEqual([]);
  });

  it.each([
    ["argument", "`argument` is no place of a call"],
    ["argument x", "`argument x` is no place of a call"],
    ["arguments 0", "`arguments 0` is no place of a call"],
    ["argument 0.", "`argument 0.` cannot be read from `.` on"],
    ["argument 0[k].[*]", "`argument 0[k].[*]` cannot be read from `[k].[*]` on"],
    ["callback 0", "`callback 0` is no place of a call"],
    ["callback * result", "`callback * result` is no place of a call"],
    ["place redis", "`place redis` is no place of a call"],
    ["place redis()", "`place redis()` is no place of a call"],
    ["place redis(name)", "`place redis(name)` is no place of a call"],
  ])("%s is none", (from, message) => {
    expect(wrong(flow(`from: '${from}', to: result`))).toEqual([`5:21 locator: ${message} → ${EXAMPLE}`]);
  });

  it("goes key by key through one list", () => {
    for (const path of ["argument 0[k][k]", "place a(argument 0[k])[k]"])
      expect(wrong(flow(`from: '${path}', to: 'result[k]'`))).toEqual([
        `5:21 locator: \`${path}\` goes through two lists key by key → write \`[*]\` for all but one of them`,
      ]);
  });
});

describe("a flow", () => {
  it("is from a type that is described, under conditions that can be read", () => {
    expect(wrong(flow("from: new Job, to: result"))).toEqual(["5:21 reference: unknown type `Job` → describe it in `types`"]);
    expect(wrong(flow("from: argument 1, to: result, when: { argument 0: done }"))).toEqual([]);
    expect(wrong(flow("from: argument 1, to: result, when: { event: done }"))).toEqual([
      `5:60 locator: \`event\` is no place of a call → ${EXAMPLE}`,
    ]);
    expect(wrong(`${HEAD}types: { A: { gathers: B } }\n`)).toEqual(["3:24 reference: unknown type `B` → did you mean `A`?"]);
  });

  it.each([
    ["from: argument 0, to: new Job", "5:37 conflict: `new Job` is nothing before it is made → write it as `from`"],
    [
      "from: result, to: argument 0.x",
      "5:21 conflict: nothing comes out of `result`: it is what the call makes → begin where it comes from, an argument or the receiver",
    ],
    [
      "from: callback 0 parameter 0, to: result",
      "5:21 conflict: nothing comes out of `callback 0 parameter 0`: it is what the callback gets → begin where the callback gets it from",
    ],
    [
      "from: argument 0, to: callback 1 result",
      "5:37 conflict: nothing goes to `callback 1 result`: the callback gives it → write it as `from`",
    ],
    [
      "from: argument 0, to: result parameter 0",
      "5:37 conflict: nothing goes to `result parameter 0`: whoever calls the result gives it → write it as `from`",
    ],
    [
      "from: argument 0, to: argument 1",
      "5:37 conflict: `argument 1` stays what it is: only what is in it can change → say what of it is written: `receiver[*]`, `argument 0.items`",
    ],
    ["from: argument 0, to: 'argument *'", "5:37 conflict: `argument *` is no single place → name the argument that is written to"],
    [
      "from: argument 0, to: 'result[k]'",
      "5:37 conflict: `[k]` of `result[k]` is the key of nothing in `from` → write `[k]` in `from` as well, or `[*]` here",
    ],
    ["from: argument 0, to: 'result[keys]'", "5:37 conflict: names alone cannot be written: `result[keys]` → write to `[k]`, from `[k]`"],
  ])("%s cannot be", (text, problem) => {
    expect(wrong(flow(text))).toEqual([problem]);
  });
});

describe("what a function fetches", () => {
  const fetch = (text: string): string => flow(text).replace("flows:", "fetches:");

  it("is named by an argument, and stands for it", () => {
    expect(wrong(fetch("from: argument 0.id, to: argument 0.id, how: dereferenced"))).toEqual([]);
    expect(wrong(fetch("from: place run(argument 0), to: argument 0"))).toEqual([]);
  });

  it("is nothing that the call makes, and no result", () => {
    expect(wrong(fetch("from: result, to: argument 0"))).toEqual([
      "5:23 conflict: `result` names nothing that can be fetched → begin with the argument that names it, or with a `place`",
    ]);
    expect(wrong(fetch("from: argument 0, to: result"))).toEqual([
      "5:39 conflict: `result` is no part of an argument → name the argument that stands for what is fetched: `argument 0.training_file`",
    ]);
  });
});
