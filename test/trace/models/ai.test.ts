import { check } from "./check.js";

check(
  "ai: messages keep their parts apart, settings and counts say nothing",
  `import { convertToModelMessages, cosineSimilarity, createIdGenerator, embed, embedMany, generateId, stepCountIs, tool } from "ai";
async function main() {
  const messages = await convertToModelMessages([{ id: user.id, role: "user", parts: [{ type: "text", text: user.prompt }], metadata: user.email }]);
  train(messages); //! user.prompt
  train(messages[0].content[0].text); //! user.prompt
  train(messages[0].role); //! none
  train(messages.length); //! none
  const { embedding, usage } = await embed({ model: user.name, value: user.prompt });
  train(embedding); //! user.prompt
  const { embeddings } = await embedMany({ model: user.name, values: [user.email] });
  train(embeddings); //! user.email
  train(cosineSimilarity(embedding, embeddings[0])); //! none
  train(createIdGenerator({ prefix: user.id, size: user.age })()); //! user.id
  train([generateId(), stepCountIs(5)]); //! none
  const look = tool({ description: user.name, execute: async ({ id }) => ({ id, mail: user.email }) });
  train(look.description); //! user.name
  train((await look.execute({ id: 1 })).mail); //! user.email
}
void main();`,
);

check(
  "vercel's functions tell what is in a request's headers, not what is in its body",
  `import { geolocation, ipAddress } from "@vercel/functions";
const request = new Request("https://a.test", { method: "POST", body: user.prompt, headers: { "x-real-ip": user.id } });
train(geolocation(request).city); //! user.id
train(ipAddress(request)); //! user.id`,
);

check(
  "providers of the ai package give models, whoever chose them",
  `import { gateway } from "@ai-sdk/gateway";
import { openai } from "@ai-sdk/openai";
import { customProvider } from "ai";
train(customProvider({ languageModels: {} }).languageModel(user.name)); //! none
train(gateway.languageModel(user.name)); //! none
train(openai(user.name)); //! none
train({ model: openai.chat("gpt-4o"), prompt: user.prompt }); //! user.prompt`,
);
