import fc from "fast-check";
import picomatch from "picomatch";
import { describe, expect, it } from "vitest";
import { parseLocator, printLocator } from "../../src/manifest/locator.js";
import type { Locator } from "../../src/manifest/model.js";

function parse(text: string, folder = "/repo"): Locator {
  const result = parseLocator(text, folder);
  if (!result.ok) throw new Error(`${result.message}; ${result.fix}`);
  return result.value;
}

function refuse(text: string): [string, string] {
  const result = parseLocator(text, "/repo");
  if (result.ok) throw new Error(`${text} was read as ${JSON.stringify(result.value)}`);
  return [result.message, result.fix];
}

describe("a locator into a package", () => {
  it.each([
    ["openai:OpenAI.files.create", "openai", ["OpenAI", "files", "create"]],
    ["@scope/pkg/sub:Export.member", "@scope/pkg/sub", ["Export", "member"]],
    ["@aws-sdk/client-s3:S3Client.send", "@aws-sdk/client-s3", ["S3Client", "send"]],
    ["openai/resources/files.js:Files.create", "openai/resources/files.js", ["Files", "create"]],
    ["brain.js:NeuralNetwork.train", "brain.js", ["NeuralNetwork", "train"]],
    ["langfuse:default", "langfuse", ["default"]],
  ])("%s", (text, name, path) => {
    expect(parse(text)).toEqual({ text, module: { kind: "package", name }, path });
  });

  it("takes Node's built-ins with and without their prefix for the same", () => {
    expect(parse("node:fs:writeFile").module).toEqual({ kind: "package", name: "fs" });
    expect(parse("fs:writeFile").module).toEqual({ kind: "package", name: "fs" });
    expect(parse("node:fs/promises:writeFile").module).toEqual({ kind: "package", name: "fs/promises" });
  });
});

describe("a locator into a file", () => {
  it("is resolved against the manifest's folder", () => {
    expect(parse("./src/chat.ts:loadChat")).toEqual({
      text: "./src/chat.ts:loadChat",
      module: { kind: "file", glob: "/repo/src/chat.ts", written: "./src/chat.ts" },
      path: ["loadChat"],
    });
    expect(parse("../shared/consent.ts:mayTrain", "/repo/apps/web").module).toMatchObject({ glob: "/repo/apps/shared/consent.ts" });
  });

  it("can be a glob, and mean everything in the module", () => {
    expect(parse("./src/evals/**:*")).toMatchObject({ module: { glob: "/repo/src/evals/**" }, path: ["*"] });
  });

  it("takes what people on Windows write", () => {
    expect(parse(".\\src\\chat.ts:loadChat").module).toMatchObject({ glob: "/repo/src/chat.ts", written: "./src/chat.ts" });
    expect(parse("C:\\app\\chat.ts:loadChat")).toMatchObject({ module: { kind: "file", glob: "C:/app/chat.ts" }, path: ["loadChat"] });
    expect(parse("C:/app/chat.ts:loadChat").module).toMatchObject({ glob: "C:/app/chat.ts" });
  });

  it("takes brackets and parentheses, which routers put into names, as they are", () => {
    const { module } = parse("./app/(shop)/[id]/route.ts:POST", "/repo (old) [1]");
    if (module.kind !== "file") throw new Error("no file");
    expect(picomatch(module.glob)("/repo (old) [1]/app/(shop)/[id]/route.ts")).toBe(true);
    expect(picomatch(module.glob)("/repo (old) [1]/app/(shop)/i/route.ts")).toBe(false);
  });
});

describe("a locator of a global", () => {
  it.each([
    ["global:train", ["train"]],
    ["global:telemetry.clientIp", ["telemetry", "clientIp"]],
  ])("%s", (text, path) => {
    expect(parse(text)).toEqual({ text, module: { kind: "global" }, path });
  });
});

describe("what is no locator", () => {
  it.each([
    ["loadChat", "`loadChat` names no declaration"],
    ["node:fs", "`node:fs` names no declaration"],
    ["C:\\app\\chat.ts", "`C:\\app\\chat.ts` names no declaration"],
    ["openai:", "`openai:` names no export"],
    [":loadChat", "`:loadChat` names no module"],
    ["openai:OpenAI..create", "`OpenAI..create` is no path of an export and its members"],
    ["openai:OpenAI.*", "`openai:OpenAI.*` has `*` inside a path"],
    ["open ai:OpenAI", "`open ai` is no package, path or `global`"],
  ])("%s", (text, message) => {
    expect(refuse(text)[0]).toBe(message);
  });

  it("says what was meant", () => {
    expect(refuse("src/chat.ts:loadChat")).toEqual([
      "`src/chat.ts` is no package",
      "if it is a file, begin with `./`: `./src/chat.ts:loadChat`",
    ]);
    expect(refuse("openai:OpenAI.files.create()")[1]).toBe("write `openai:OpenAI.files.create`");
    expect(refuse("@/lib/chat:loadChat")[1]).toBe("write the file's path relative to the manifest: `./…`");
    expect(refuse("loadChat")[1]).toBe("add the export behind a colon: `loadChat:name`");
  });
});

describe("printing", () => {
  const word = fc.stringMatching(/^[A-Za-z_$][\w$-]{0,8}$/);
  const members = fc.oneof(fc.constant(["*"]), fc.array(word, { minLength: 1, maxLength: 4 }));
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{1,8}$/).filter((text) => text !== "node" && text !== "global");
  const module = fc.oneof(
    fc.constant("global"),
    name,
    fc.tuple(name, name).map(([scope, pkg]) => `@${scope}/${pkg}`),
    fc
      .array(fc.oneof(name, fc.constantFrom("*", "**", "[id]", "(group)", "{a,b}")), { minLength: 1, maxLength: 4 })
      .map((parts) => `./${parts.join("/")}.ts`),
  );

  it("gives a text that is read as the same", () => {
    fc.assert(
      fc.property(module, members, (where, path) => {
        const text = `${where}:${path.join(".")}`;
        const once = parse(text);
        expect(printLocator(once)).toBe(text);
        expect(parse(printLocator(once))).toEqual(once);
      }),
    );
  });

  it("never fails on any text but by saying so", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = parseLocator(text, "/repo");
        if (result.ok) expect(parse(printLocator(result.value)).path).toEqual(result.value.path);
        else expect(result.message).not.toBe("");
      }),
    );
  });
});
