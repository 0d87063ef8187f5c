import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { exportFides } from "../../src/fides/export.js";
import type { Manifest } from "../../src/manifest/model.js";
import { load, right } from "../manifest/make.js";
import { exported, imported, rejected } from "./make.js";

/** The check of consents is for code, which an imported manifest has none of. */
const manifest = (text: string): Manifest => load(text, {}, { disabledChecks: ["consent-gate"] }).manifest!;

const MANIFEST = `version: 1
purposes:
  deliver: { basis: contract, same-as: essential.service }
  ads: { basis: legitimate-interest, same-as: tcf:4 }
  train: { basis: legitimate-interest, notice: to train our models }
  train.ranking: { parent: train }
  collect: {}
fields:
  chat.prompt: { category: user.content.private, for: [deliver, train] }
  chat.rating: { for: [train] }
  user.health: { category: pd:Health, for: [deliver], special: explicit-consent }
  orders.items.name: { category: [pd:Purchase, user.content.private], for: [ads] }
  email: { category: user.contact.email, for: [deliver, ads] }
  user.contact: { category: user.contact, for: [collect] }
`;

describe("the declared uses of a manifest", () => {
  it("are Fides resources that Fides accepts", async () => {
    const { resources, notes } = exported(right(MANIFEST));
    await expect(stringify(resources, { lineWidth: 0 })).toMatchFileSnapshot("./fixtures/exported.yml");
    expect(notes).toEqual([]);
  });

  it("tell where a category says more than is meant", () => {
    const { notes } = exported(
      right(
        "version: 1\npurposes: { p: {} }\nfields: { a.x: { category: user.name, for: [p] }, a.y: { category: user.name.first, for: [] }, b.z: { category: user.name, for: [] } }\n",
      ),
    );
    expect(notes).toEqual(["by category, the declaration of `a.x` for `p` covers `a.y` as well"]);
  });

  it("may be none", () => {
    expect(exported(right("version: 1\n")).resources.system[0]!.privacy_declarations).toEqual([]);
  });
});

describe("the flows of the code", () => {
  it("are what is told, and not what is allowed", () => {
    const { resources } = exported(right(MANIFEST), [
      { field: "chat.prompt", purpose: "train" },
      { field: "chat.prompt", purpose: "train" },
      { field: "email", purpose: "train" },
    ]);
    expect(resources.system[0]!.privacy_declarations).toEqual([
      {
        name: "train of chat",
        data_categories: ["user.content.private"],
        data_use: "train",
        dataset_references: ["chat"],
        legal_basis_for_processing: "Legitimate interests",
      },
      {
        name: "train of shop",
        data_categories: ["user.contact.email"],
        data_use: "train",
        dataset_references: ["shop"],
        legal_basis_for_processing: "Legitimate interests",
      },
    ]);
  });
});

describe("import, export and import", () => {
  const round = (text: string): void => {
    const first = imported(text).text!;
    const { resources } = exported(manifest(first));
    expect(imported(stringify(resources)).text).toBe(first);
    expect(exported(manifest(first)).resources).toEqual(resources);
  };

  it("stay the same, of the shop", () => {
    round(readFileSync("test/fides/fixtures/shop.yml", "utf8"));
  });

  it("stay the same, where one category has fields of different uses", () => {
    round(`dataset:
  - fides_key: d
    collections:
      - name: d
        fields:
          - { name: both, data_categories: [user.name, user.job_title] }
          - { name: title, data_categories: [user.job_title] }
          - { name: d, fields: [{ name: e, data_categories: [user.location] }], data_categories: [user.demographic] }
      - { name: other, fields: [{ name: title, data_categories: [user.job_title] }] }
system:
  - fides_key: s
    system_type: Service
    dataset_references: [d]
    privacy_declarations:
      - { data_categories: [user.name], data_use: sales }
      - { data_categories: [user.job_title], data_use: sales.b2b }
      - { data_categories: [user.social, user.location], data_use: sales.b2b, legal_basis_for_processing: Contract }
data_use: [{ fides_key: sales.b2b, parent_key: sales }, { fides_key: unused }]
`);
  });
});

describe("Fides' schema", () => {
  it("refuses what is no declaration", () => {
    const { resources } = exportFides(right(MANIFEST), "shop");
    const [system] = resources.system;
    expect(rejected({ ...resources, system: [{ ...system, privacy_declarations: [{ name: "x", data_categories: [] }] }] })).not.toEqual([]);
    expect(rejected({ ...resources, system: [{ ...system, fides_key: "a b" }] })).toEqual(["a b"]);
  });
});
