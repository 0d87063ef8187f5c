import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { load } from "../manifest/make.js";
import { imported } from "./make.js";

const shop = readFileSync("test/fides/fixtures/shop.yml", "utf8");

const file = (system: string, dataset = "[]"): string =>
  `dataset: ${dataset}\nsystem:\n  - fides_key: s\n    system_type: Service\n    privacy_declarations:\n${system}`;
const declaration = (more: string): string => file(`      - { ${more} }\n`);

describe("a Fides file", () => {
  it("is a manifest's purposes and fields", async () => {
    const { text, told } = imported(shop);
    await expect(text).toMatchFileSnapshot("./fixtures/shop.purpose.yaml");
    expect(told).toEqual(["35:31 warning the category `user.content.private.gift_note` is one of your own"]);
  });

  it("is one that loads, but for the consent that its code asks for", () => {
    expect(load(imported(shop).text!).problems.map(({ message }) => message)).toEqual([
      "`marketing.communications.email-consent` rests on consent, and no consent gates it",
    ]);
  });

  it("gives a field the purposes of the declarations that reference its dataset, and no others", () => {
    const { text } = imported(
      `dataset:
  - { fides_key: a, collections: [{ name: c, fields: [{ name: email, data_categories: [user.contact.email] }] }] }
  - { fides_key: b, collections: [{ name: c, fields: [{ name: email, data_categories: [user.contact.email] }] }] }
system:
  - fides_key: s
    system_type: Service
    privacy_declarations:
      - { data_categories: [user.contact], data_use: marketing, dataset_references: [a] }
      - { data_categories: [user.contact], data_use: sales }
`,
    );
    expect(text).toContain("a.c.email: { category: user.contact.email, for: [ marketing ] }");
    expect(text).toContain("b.c.email: { category: user.contact.email, for: [] }");
    expect(text).toContain("user.contact: { category: user.contact, for: [ sales ] }");
  });

  it("may be several", () => {
    const { text, told } = imported("dataset: [{ fides_key: d, collections: [] }]\n", {
      "/system.yml": declaration("data_categories: [user.name], data_use: sales, dataset_references: [d]"),
    });
    expect(told).toEqual([]);
    expect(text).toContain("user.name: { category: user.name, for: [ sales ] }");
  });
});

describe("what a manifest cannot say is told", () => {
  it.each([
    [
      "data_categories: [], data_use: sales, retention_period: 30 days",
      "6:49 warning `retention_period` has nothing that it could be in a manifest",
    ],
    ["data_categories: [], data_use: sales, dataset_references: [x]", "6:70 warning the dataset `x` is in none of the files"],
  ])("%s", (more, problem) => {
    const { text, told } = imported(declaration(more));
    expect(told).toEqual([problem]);
    expect(text).toContain("sales:");
  });

  it("not where it says nothing", () => {
    expect(
      imported(declaration("data_categories: [], data_use: sales, data_shared_with_third_parties: false, retention_period: null")).told,
    ).toEqual([]);
  });

  it("two exemptions for one field", () => {
    const one = (use: string, basis: string): string =>
      `      - { data_categories: [user.biometric], data_use: ${use}, special_category_legal_basis: ${basis} }\n`;
    const { text, told } = imported(
      file(
        one("sales", "Employment, social security and social protection")
          .replace("basis: E", 'basis: "E')
          .replace("protection }", 'protection" }') + one("marketing", "Vital interests"),
      ),
    );
    expect(told).toEqual(["7:56 warning `user.biometric` has another exemption of Art. 9(2) for another use"]);
    expect(text).not.toContain("special");
  });
});

describe("a wrong file gives nothing", () => {
  it.each([
    ["", "1:1 error the Fides file is empty"],
    ["[]", "1:1 error a Fides file is a map of keys and values"],
    ["version: 1\n", "1:1 error the file has neither datasets nor systems"],
    ["dataset: {}\n", "1:10 error `dataset` is not a list"],
    ["dataset: [1]\n", "1:11 error what stands in `dataset` is a map of keys and values"],
    ["dataset: [{ fides_key: a b, collections: [] }]\n", "1:24 error `a b` cannot be a key of Fides"],
    ["dataset: [{ fides_key: a }]\n", "1:11 error `collections` is missing"],
    ["dataset: [{ collections: [] }]\n", "1:11 error `fides_key` is missing"],
    ["dataset: [{ fides_key: a, collections: [{ name: c }] }]\n", "1:41 error `fields` is missing"],
    ["dataset: [{ fides_key: a, collections: [{ name: c, fields: [{}] }] }]\n", "1:61 error `name` is missing"],
    ["dataset: [{ fides_key: a, collections: [] }, { fides_key: a, collections: [] }]\n", "1:59 error the dataset `a` is declared twice"],
    [
      "dataset: [{ fides_key: a, collections: [{ name: c, fields: [{ name: x, data_categories: [user.nmae] }] }] }]\n",
      "1:90 error fideslang 3.1.4 has no category `user.nmae`",
    ],
    [
      "dataset: [{ fides_key: a, collections: [{ name: c, fields: [{ name: x y, data_categories: [user] }, { name: x_y, data_categories: [user] }] }] }]\n",
      "1:109 error the field is `a.c.x_y` here, and so is that of line 1",
    ],
    [declaration("data_categories: [], data_use: improve.system"), "6:42 error fideslang 3.1.4 has no purpose `improve.system`"],
    [
      declaration("data_categories: [analytics], data_use: sales"),
      "6:29 error `fides:analytics` is a purpose of fideslang, and no category",
    ],
    [declaration("data_use: sales"), "6:9 error `data_categories` is missing"],
    [declaration("data_categories: sales, data_use: sales"), "6:28 error `data_categories` is not a list"],
    [
      declaration("data_categories: [], data_use: sales, legal_basis_for_processing: consent"),
      "6:77 error `consent` is no `legal_basis_for_processing`",
    ],
    [
      "data_category: [{ fides_key: user.prompt, parent_key: user.content }]\nsystem: []\n",
      "1:55 error `user.prompt` is not below `user.content`",
    ],
    ["data_use: [{ fides_key: x.y, parent_key: x }]\n", "1:25 error fideslang 3.1.4 has no purpose `x`"],
    ["dataset: [\n", "2:1 error"],
  ])("%j", (text, problem) => {
    const { text: manifest, told } = imported(text);
    expect(manifest).toBeUndefined();
    expect(told[0]!.slice(0, problem.length)).toBe(problem);
  });

  it("in any of several files", () => {
    const one = "dataset: [{ fides_key: a, collections: [] }]\n";
    expect(imported(one, { "/b.yml": one }).told).toEqual(["/b.yml:1:24 error the dataset `a` is declared in /fides.yml as well"]);
  });
});
