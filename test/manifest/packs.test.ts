import { readdirSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bundledPacksModule } from "../../src/manifest/bundle-packs.js";
import { BUNDLED_PACKS } from "../../src/manifest/bundled-packs.js";
import { load, right, wrong } from "./make.js";

const PACK = "/repo/pack.yaml";

describe("extends", () => {
  it("adds the entries of a pack behind the manifest's own", () => {
    const manifest = right("version: 1\nextends: ./pack.yaml\npurposes: { deliver: {} }\nsources: [{ field: b, returns: 'm:f' }]\n", {
      [PACK]: "version: 1\nfields: { a: { for: [deliver] }, b: { for: [deliver] } }\nsources: [{ field: a, returns: ./src/x.ts:f }]\n",
    });
    expect(manifest.sources.map(({ field, place }) => [field, place.file])).toEqual([
      ["b", "/repo/purpose.yaml"],
      ["a", PACK],
    ]);
  });

  it("resolves a pack's paths against the pack", () => {
    const manifest = right("version: 1\nextends: [../shared/pack.yaml]\n", {
      "/shared/pack.yaml": "version: 1\nfields: { a: { for: [] } }\nsources: [{ field: a, returns: ./src/x.ts:f }]\n",
    });
    expect(manifest.sources[0]!.at).toMatchObject({ locator: { module: { glob: "/shared/src/x.ts" } } });
  });

  it("finds packages upward: a package's manifest, a pack in it, or a file", () => {
    const text = (name: string): string => `version: 1\nextends: ["${name}"]\n`;
    const pack = "version: 1\npurposes: { packed: {} }\n";
    for (const [name, file] of [
      ["acme-pack", "/repo/node_modules/acme-pack/purpose.yaml"],
      ["acme-pack", "/node_modules/acme-pack/purpose.yaml"],
      ["@acme/pack", "/repo/node_modules/@acme/pack/purpose.yaml"],
      ["@acme/pack/llm", "/repo/node_modules/@acme/pack/packs/llm.yaml"],
      ["acme-pack/x/y.yml", "/repo/node_modules/acme-pack/x/y.yml"],
    ] as const) {
      expect(right(text(name), { [file]: pack }).purposes.map(({ id }) => id)).toEqual(["packed"]);
    }
  });

  it("says which pack cannot be found", () => {
    expect(wrong("version: 1\nextends: [./a.yaml, acme]\n")).toEqual([
      "2:11 extends: there is no pack at `./a.yaml`",
      "2:21 extends: the pack `acme` cannot be found",
    ]);
    expect(load("version: 1\nextends: purpose-lint/recomended\n").problems).toMatchObject([
      { line: 2, column: 10, message: "there is no pack `purpose-lint/recomended`", fix: "did you mean `purpose-lint/recommended`?" },
    ]);
  });

  it("must not go round", () => {
    expect(
      wrong("version: 1\nextends: ./pack.yaml\n", {
        [PACK]: "version: 1\nextends: ./b.yaml\n",
        "/repo/b.yaml": "version: 1\nextends: [./pack.yaml]\n",
      }),
    ).toEqual(["/repo/b.yaml:2:11 extends: `./pack.yaml` extends itself: pack.yaml → b.yaml → pack.yaml"]);
    expect(wrong("version: 1\nextends: ./purpose.yaml\n")).toEqual([
      "2:10 extends: `./purpose.yaml` extends itself: purpose.yaml → purpose.yaml",
    ]);
  });

  it("reads a pack that two others extend once", () => {
    const files = {
      [PACK]: "version: 1\nextends: ./base.yaml\n",
      "/repo/b.yaml": "version: 1\nextends: ./base.yaml\n",
      "/repo/base.yaml": "version: 1\npurposes: { a: {} }\n",
    };
    expect(right("version: 1\nextends: [./pack.yaml, ./b.yaml]\n", files).purposes).toHaveLength(1);
  });

  it("finds what is wrong in a pack, in the pack", () => {
    expect(wrong("version: 1\nextends: ./pack.yaml\n", { [PACK]: "version: 1\nfields: { a: { for: [x] } }\n" })).toEqual([
      "/repo/pack.yaml:2:22 reference: unknown purpose `x`",
    ]);
    expect(wrong("version: 1\nextends: ./pack.yaml\n", { [PACK]: "fields: {}\n" })).toEqual([
      "/repo/pack.yaml:1:1 version: the manifest does not say its version",
    ]);
  });
});

describe("an entry of the manifest", () => {
  const files = {
    [PACK]:
      "version: 1\nsinks:\n  - { id: upload, purpose: train, call: 'lib:up', argument: 0.file, when: { 0.kind: data } }\n  - { id: other, purpose: train, call: 'lib:other' }\n",
  };
  const sinks = (text: string): string[] =>
    right(`version: 1\nextends: ./pack.yaml\npurposes: { train: {} }\n${text}`, files).sinks.map(
      ({ id, purpose, at }) => `${id} ${purpose} ${at.kind}`,
    );

  it("replaces that of a pack with the same name", () => {
    expect(sinks("sinks: [{ id: upload, purpose: train, returns: 'a:b' }]\n")).toEqual(["upload train returns", "other train call"]);
  });

  it("replaces that of a pack about the same call, argument and condition", () => {
    expect(sinks("sinks: [{ id: mine, purpose: train, call: 'lib:up', argument: 0.file, when: { 0.kind: data } }]\n")).toEqual([
      "mine train call",
      "other train call",
    ]);
  });

  it("leaves it when it speaks of something else, or of some code only", () => {
    expect(sinks("sinks: [{ id: mine, purpose: train, call: 'lib:up', argument: 0.name }]\n")).toHaveLength(3);
    expect(sinks("sinks: [{ id: mine, purpose: train, call: 'lib:other', within: './a/**:*' }]\n")).toHaveLength(3);
  });

  it("is needed for a pack's sink to be about something: its purpose", () => {
    expect(right("version: 1\nextends: ./pack.yaml\n", files).sinks).toEqual([]);
    expect(wrong("version: 1\nsinks: [{ id: upload, purpose: train, call: 'lib:up' }]\n")).toEqual([
      "2:32 reference: unknown purpose `train`",
    ]);
  });
});

describe("the hash", () => {
  it("is that of the manifest's text", () => {
    expect(right("version: 1\n").hash).toBe(createHash("sha256").update("version: 1\n").digest("hex"));
  });

  it("changes with a pack", () => {
    const hash = (pack: string): string => right("version: 1\nextends: ./pack.yaml\n", { [PACK]: pack }).hash;
    expect(hash("version: 1\n")).not.toBe(hash("version: 1 # changed\n"));
    expect(hash("version: 1\n")).toBe(hash("version: 1\n"));
  });
});

describe("the packs of this package", () => {
  const names = readdirSync("packs")
    .sort()
    .map((file) => file.replace(/\.yaml$/, ""));

  it("are in the program as they are in their files (`npm run generate`)", async () => {
    const packs = names.map((name) => [name, readFileSync(`packs/${name}.yaml`, "utf8")] as const);
    expect(Object.entries(BUNDLED_PACKS)).toEqual(packs);
    await expect(bundledPacksModule(packs)).toMatchFileSnapshot("../../src/manifest/bundled-packs.ts");
  });

  it.each(names)("%s is right, in a manifest with every purpose it knows", (name) => {
    const manifest = right(
      `version: 1\nextends: purpose-lint/${name}\npurposes: { train: {}, evaluate: {}, retrieve: {}, analytics: {} }\n`,
    );
    const purposes = new Set([...BUNDLED_PACKS[name]!.matchAll(/(?<![.\w])purpose: ([\w-]+)/g)].map((match) => match[1]!));
    const own = manifest.sinks.filter(({ place }) => place.file === `purpose-lint/packs/${name}.yaml`);
    expect(manifest.sinks.length).toBeGreaterThan(0);
    expect(new Set(own.map(({ purpose }) => purpose))).toEqual(purposes);
  });

  it("that train or evaluate are all in the recommended one", () => {
    const count = (packs: readonly string[]): number =>
      right(
        `version: 1\nextends: [${packs.map((name) => `purpose-lint/${name}`).join(", ")}]\npurposes: { train: {}, evaluate: {}, retrieve: {} }\n`,
      ).sinks.length;
    expect(count(["recommended"])).toBe(count(names));
  });

  it("say nothing in a manifest without purposes", () => {
    expect(right("version: 1\nextends: [purpose-lint/recommended]\n").sinks).toEqual([]);
  });
});
