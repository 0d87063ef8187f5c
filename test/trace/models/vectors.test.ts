/** What is put into a vector store is searched, not trained on: a purpose of its own. */
import { describe, expect, it } from "vitest";
import { run } from "../program.js";

const PURPOSES = `  retrieve: { basis: legitimate-interest, notice: to answer }\n`;

const taken = (code: string): readonly string[] =>
  run(`const user = loadUser();\n${code}`, { sinks: `extends: [purpose-lint/recommended]\nsinks:\n`, purposes: PURPOSES }).flows.map(
    ({ sink, field }) => `${field} at ${sink.id} for ${sink.purpose}`,
  );

describe("a vector store", () => {
  it("is an index of Pinecone, and a namespace of it", () => {
    const begin = `import { Pinecone } from "@pinecone-database/pinecone";\nconst pinecone = new Pinecone();\n`;
    const record = `[{ id: "a", values: [1], metadata: { text: user.prompt } }]`;
    expect(taken(`${begin}await pinecone.index("docs").namespace("eu").upsert(${record});`)).toEqual([
      "user.prompt at pinecone.upsert for retrieve",
    ]);
    expect(taken(`${begin}export const put = (index = pinecone.Index("docs")) => index.upsert(${record});`)).toEqual([
      "user.prompt at pinecone.upsert for retrieve",
    ]);
    expect(taken(`${begin}await pinecone.index("docs").query({ topK: 1, vector: [1], filter: { text: user.prompt } });`)).toEqual([]);
  });

  it("is a collection of Qdrant", () => {
    const begin = `import { QdrantClient } from "@qdrant/js-client-rest";\nconst qdrant = new QdrantClient({});\n`;
    expect(taken(`${begin}await qdrant.upsert("docs", { points: [{ id: 1, vector: [1], payload: { text: user.prompt } }] });`)).toEqual([
      "user.prompt at qdrant.upsert for retrieve",
    ]);
    expect(taken(`${begin}await qdrant.search("docs", { vector: [1], filter: { must: [user.prompt] } });`)).toEqual([]);
  });

  it("is a collection of Chroma", () => {
    const begin = `import { ChromaClient } from "chromadb";\nconst chroma = new ChromaClient();\n`;
    expect(
      taken(`${begin}const docs = await chroma.getOrCreateCollection({ name: "docs" });
await docs.add({ ids: ["a"], documents: [user.prompt] });
await docs.query({ queryTexts: [user.email] });`),
    ).toEqual(["user.prompt at chroma.add for retrieve"]);
  });

  it("is a collection of Weaviate", () => {
    const begin = `import weaviate from "weaviate-client";\nconst client = await weaviate.connectToLocal();\n`;
    expect(
      taken(`${begin}const docs = client.collections.get("Docs");
await docs.data.insert({ text: user.prompt });
await docs.query.nearText(user.email);`),
    ).toEqual(["user.prompt at weaviate.data.insert for retrieve"]);
  });
});
