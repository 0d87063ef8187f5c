/** A project's own models: `purpose.models.yaml`, and files that the manifest names. */
import { describe, expect, it } from "vitest";
import { loadManifest } from "../../../src/manifest/load.js";
import { annotated, run } from "../program.js";

const MODEL = `version: 1
package: acme-sdk

types:
  Basket: {}

functions:
  - call: pickFields
    result: array
    flows:
      - { from: "argument 0[*][k of argument 1]", to: "result[*][k]" }
  - call: eachRow
    async: true
    result: array
    flows:
      - { from: "argument 0[k]", to: callback 1 parameter 0 }
      - { from: callback 1 result, to: "result[k]" }
  - { call: summarise, result: string, flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: openBasket, result: Basket }
  - { call: Basket.add, flows: [{ from: argument 0, to: "receiver.items[*]" }] }
  - { call: Basket.all, result: array, flows: [{ from: "receiver.items[*]", to: "result[*]" }] }
  - { call: fill, flows: [{ from: argument 1, to: argument 0.filled }] }
`;

describe("a model of the project", () => {
  const code = `import { pickFields, eachRow, summarise, openBasket, fill } from "acme-sdk";
const user = loadUser();
train(pickFields([user], ["id", "name"])); //! user.id user.name
train(summarise({ a: user.prompt })); //! user.prompt
train(summarise("x")); //! none
const basket = openBasket();
const other = openBasket();
basket.add(user.email);
train(basket.all()); //! user.email
train(other.all()); //! none
const form: any = { kept: user.id };
fill(form, user.name);
train(form.filled); //! user.name
train(form.kept); //! user.id
async function main() {
  train((await eachRow([user], async (r: any) => ({ id: r.id })))[0]); //! user.id
}
void main();
`;

  it("says what its library does", () => {
    const { found, expected } = annotated(code, { models: MODEL });
    expect(found).toEqual(expected);
    expect(run(code, { models: MODEL })).toMatchObject({ blindSpots: [] });
  });

  it("without it, what goes in comes out, and is a blind spot", () => {
    const { blindSpots } = run(code);
    expect(blindSpots.map(({ reason }) => reason)).toContain("acme-sdk:pickFields has no model: what goes in is taken to come out");
  });

  it("comes before what is known of the same function", () => {
    const models = `version: 1\npackage: lodash\nfunctions: [{ call: pick, result: object, flows: [{ from: argument 1, to: result.names }] }]\n`;
    const { flows } = run(`import _ from "lodash";\nconst user = loadUser();\ntrain(_.pick(user, user.id), _.omit(user, ["id"]).name);\n`, {
      models,
    });
    expect(flows.map(({ field }) => field)).toEqual(["user.id", "user.name"]);
  });
});

describe("what a model is about in vain is told at its place", () => {
  const at = (code: string, models: string): unknown[] =>
    (run(code, { models }).models ?? []).map((p) => `${p.line}:${p.column} ${p.message}`);

  it("a package that nothing imports", () => {
    expect(at("train(1);\n", "version: 1\npackage: acme-sdkk\n")).toEqual(["2:10 nothing in the program imports `acme-sdkk`"]);
  });

  it("a function that nothing calls, where no types say that it exists", () => {
    const models = `version: 1\npackage: acme-sdk\nfunctions:\n  - { call: [used, usd] }\n  - { call: other }\n`;
    expect(at(`import { used } from "acme-sdk";\nused(1);\n`, models)).toEqual([
      "4:5 no call of the program comes to `usd`, and no installed types of `acme-sdk` tell whether there is one",
      "5:5 no call of the program comes to `other`, and no installed types of `acme-sdk` tell whether there is one",
    ]);
  });
});

describe("where a manifest has its models", () => {
  const load = (files: Readonly<Record<string, string>>) => loadManifest("/repo/purpose.yaml", (file) => files[file]);
  const model = (name: string): string => `version: 1\npackage: ${name}\n`;
  const packages = (files: Readonly<Record<string, string>>): unknown => {
    const { manifest, problems } = load(files);
    expect(problems).toEqual([]);
    return manifest!.models?.map((one) => one.packages[0]);
  };

  it("beside it, when it names none", () => {
    expect(packages({ "/repo/purpose.yaml": "version: 1\n" })).toBeUndefined();
    expect(packages({ "/repo/purpose.yaml": "version: 1\n", "/repo/purpose.models.yaml": model("a") })).toEqual(["a"]);
    expect(packages({ "/repo/purpose.yaml": "version: 1\nmodels: []\n", "/repo/purpose.models.yaml": model("a") })).toBeUndefined();
  });

  it("in files that it or a pack names, its own first", () => {
    const files = {
      "/repo/purpose.yaml": "version: 1\nextends: ./packs/p.yaml\nmodels: [./privacy/a.yaml, ./privacy/b.yaml]\n",
      "/repo/packs/p.yaml": "version: 1\nmodels: c.yaml\n",
      "/repo/privacy/a.yaml": model("a"),
      "/repo/privacy/b.yaml": model("b"),
      "/repo/packs/c.yaml": model("c"),
    };
    expect(packages(files)).toEqual(["a", "b", "c"]);
    expect(load(files).manifest!.hash).not.toBe(load({ ...files, "/repo/privacy/a.yaml": model("x") }).manifest!.hash);
  });

  it("says which is not there, and what is wrong in one, in its file", () => {
    const { manifest, problems } = load({
      "/repo/purpose.yaml": "version: 1\nmodels: [./a.yaml, ./b.yaml]\n",
      "/repo/b.yaml": "version: 1\npackage: b\nfunctions: [{ call: f, flows: [{ from: argument, to: result }] }]\n",
    });
    expect(manifest).toBeUndefined();
    expect(problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)).toEqual([
      "/repo/purpose.yaml:2:10 there is no library model at `./a.yaml`",
      "/repo/b.yaml:3:40 `argument` is no place of a call",
    ]);
  });
});
