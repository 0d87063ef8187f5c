/** Calls of the language and of libraries that the checks know without the manifest: in the manifest's own notation, found as its locators are. */
import { BUNDLED_PACKS } from "../../manifest/bundled-packs.js";
import { parseLocator } from "../../manifest/locator.js";
import type { Manifest } from "../../manifest/model.js";
import type { Use } from "./uses.js";

/** What such a call does: it sends something into the network, or shows it to a language model. */
export type Known = "network" | "model";

const VERBS = ["get", "delete", "head", "options", "post", "put", "patch"];
const METHODS = [...VERBS, "request", "postForm", "putForm", "patchForm"];

/** Instances of clients, as a factory gives them, `axios.create().post`: found by the value's way also where types say nothing of them. */
const MADE = "made";
const made = (module: string, factories: readonly string[], names: readonly string[]): readonly string[] =>
  factories.flatMap((factory) => of(module, [`${factory}.${MADE}`, ...names.map((name) => `${factory}.${MADE}.${name}`)]));

const of = (module: string, names: readonly string[]): readonly string[] => names.map((name) => `${module}:${name}`);

const CALLS: Readonly<Record<Known, readonly string[]>> = {
  network: [
    ...of("global", ["fetch", "WebSocket.send", "XMLHttpRequest.open", "XMLHttpRequest.send", "XMLHttpRequest.setRequestHeader"]),
    ...of("global", ["navigator.sendBeacon", "EventSource", "WebSocket", "RTCDataChannel.send", "WebTransport"]),
    ...of("global", ["HTMLImageElement.src", "HTMLImageElement.srcset", "location.href", "location.assign", "location.replace", "open"]),
    ...of("axios", ["default", ...METHODS, ...METHODS.map((name) => `default.${name}`), ...METHODS.map((name) => `Axios.${name}`)]),
    ...made("axios", ["create", "default.create"], METHODS),
    ...made("got", ["default.extend", "got.extend"], [...VERBS, "stream"]),
    ...made("ky", ["default.create", "default.extend"], VERBS),
    ...of("got", ["default", "got", ...[...VERBS, "stream"].flatMap((name) => [`default.${name}`, `got.${name}`])]),
    ...of("ky", ["default", ...VERBS.map((name) => `default.${name}`)]),
    ...of("node-fetch", ["default"]),
    ...of("cross-fetch", ["default", "fetch"]),
    ...of("undici", ["fetch", "request", "stream"]),
    ...of("superagent", [...VERBS, ...VERBS.map((name) => `default.${name}`), "Request.send", "SuperAgentRequest.send"]),
    ...of("ws", ["default.send", "WebSocket.send"]),
    ...of("socket.io-client", ["Socket.emit", "Socket.send"]),
    ...["http", "https"].flatMap((name) => of(name, ["request", "get", "ClientRequest.write", "ClientRequest.end"])),
  ],
  model: [
    ...of(
      "openai",
      ["chat.completions.create", "chat.completions.parse", "responses.create", "responses.parse", "completions.create"].map(
        (p) => `OpenAI.${p}`,
      ),
    ),
    ...of("@anthropic-ai/sdk", [
      "Anthropic.messages.create",
      "Anthropic.messages.stream",
      "default.messages.create",
      "default.messages.stream",
    ]),
    ...of("ai", ["generateText", "streamText", "generateObject", "streamObject"]),
    ...of("@google/genai", ["GoogleGenAI.models.generateContent", "GoogleGenAI.models.generateContentStream"]),
    ...of("@google/generative-ai", ["GenerativeModel.generateContent", "GenerativeModel.startChat"]),
    ...of("@mistralai/mistralai", ["Mistral.chat.complete", "Mistral.chat.stream"]),
    ...of("cohere-ai", ["CohereClient.chat", "CohereClient.generate", "CohereClientV2.chat"]),
    ...of("groq-sdk", ["Groq.chat.completions.create", "default.chat.completions.create"]),
    ...of("ollama", ["default.chat", "default.generate", "Ollama.chat", "Ollama.generate"]),
    ...of("together-ai", ["Together.chat.completions.create", "default.chat.completions.create"]),
    ...of("@huggingface/inference", ["HfInference.chatCompletion", "HfInference.textGeneration", "InferenceClient.chatCompletion"]),
    ...of("@aws-sdk/client-bedrock-runtime", ["InvokeModelCommand", "ConverseCommand"]),
  ],
};

/** Packs of libraries that learn where they run. */
const LOCAL_PACKS: ReadonlySet<string> = new Set(["brain-js", "tensorflow", "recommended"]);

/** The sinks of the packs that come with purpose-lint are calls of services, whether the manifest extends the packs or not. */
const vendors = (): readonly string[] =>
  Object.entries(BUNDLED_PACKS).flatMap(([name, text]) => {
    if (LOCAL_PACKS.has(name)) return [];
    const sinks = text.split(/^(?=\w)/m).filter((section) => section.startsWith("sinks:"));
    return sinks.flatMap((section) => [...section.matchAll(/\bcall: "([^"]+)"/g)].map(([, locator]) => locator!));
  });

/** Those that some entry of the manifest asks about. */
export function knownCalls(manifest: Manifest): readonly Use[] {
  const kinds: Known[] = [];
  if ((manifest.zones ?? []).length > 0) kinds.push("network");
  if (manifest.transforms.some(({ yields }) => yields === "synthetic")) kinds.push("model");
  return kinds.flatMap((known) =>
    [...CALLS[known], ...(known === "network" ? vendors() : [])].flatMap((text): Use[] => {
      const parsed = parseLocator(text, "/");
      const found = { matched: false, named: [], passedOver: false };
      if (!parsed.ok) return [];
      const path = parsed.value.path.map((part) => (part === MADE ? "()" : part));
      return [{ use: "known", known, locator: { ...parsed.value, path }, name: known, takes: true, wants: "call", ...found }];
    }),
  );
}
