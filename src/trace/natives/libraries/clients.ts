/** Clients of model providers and plain HTTP: what comes back is made of what was sent. */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_NUMBER, ANY_STRING, BOTTOM, exact, isBottom, join, nonNullish, ofConst, ofRef, type Value } from "../../domain/value.js";
import { arg, argLabels } from "../../machine/call.js";
import { stepLabels } from "../../machine/deep.js";
import { hop, make, type Native, type NativeCall } from "../../machine/machine.js";
import { external } from "../../machine/external.js";
import { concatenate } from "../../machine/operators.js";
import { awaitValue } from "../../machine/promise.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule } from "../index.js";
import { exchange } from "../exchange.js";
import { promised } from "../settle.js";
import { at, nativeValue, option } from "../support.js";

/** A promise of what a client gives. */
const received = (call: NativeCall, v: Value): Value => promised(call, hop(call.m, v, "library", call.site));

/**
 * A model's answer: text of its own. It may repeat what it was asked, as a person may; that is no copy that a program makes, and a team
 * that trains on answers declares them as a field of their own.
 */
const inferred: Native = (call) => received(call, unknown(call.m, call.site));

/** The words of a recording, in its language or another: what was said, written down. */
const transcribed: Native = (call) =>
  received(call, unknown(call.m, call.site, stepLabels(call.m, argLabels(call.m, call.args), call.site, "library")));

/** What a job, a file or a batch is called: an id says nothing of its content. */
const handle: Native = (call) => received(call, unknown(call.m, call.site));

/** `toFile(content, name)`: a file to be uploaded, that is its content under a name. */
const file: Native = (call) => {
  const { m, site } = call;
  const content = awaitValue(m, arg(call.args, 0), site);
  const obj = make(m, "object", site);
  setSlot(m.heap, obj, "content", content);
  setSlot(m.heap, obj, "name", arg(call.args, 1));
  return received(call, ofRef(obj.id));
};

/** Calls by the end of their path: `chat.completions.create`, `messages.stream`, `embeddings.create` … */
const INFERENCE =
  /(^|\.)(completions|responses|messages|images|edits|embeddings|speech|moderations)\.(create|parse|stream|generate|edit)$|(^|\.)(generateContent|generateContentStream|chat|complete|generate)$/;
const TRANSCRIPTION = /(^|\.)(translations|transcriptions)\.create$/;
const HANDLES =
  /(^|\.)(files|uploads|batches|jobs|fineTuning|evals|vectorStores|runs|threads|assistants)\.(?:[\w.]+\.)?(create|upload|retrieve|list|del|delete|cancel|createAndPoll)$/;

/** Clients of model providers. */
export const providers: NativeModule = {
  modules: [
    "openai",
    "openai/uploads",
    "openai/core/uploads",
    "@anthropic-ai/sdk",
    "@anthropic-ai/sdk/uploads",
    "@anthropic-ai/sdk/core/uploads",
    "@mistralai/mistralai",
    "groq-sdk",
    "cohere-ai",
    "together-ai",
    "@google/genai",
    "@google/generative-ai",
  ],
  natives: {},
  guess: (_module, path) => {
    const name = path.filter((p) => p !== "()" && p !== "prototype").join(".");
    if (/(^|\.)toFile$/.test(name)) return file;
    if (TRANSCRIPTION.test(name)) return transcribed;
    return HANDLES.test(name) ? handle : INFERENCE.test(name) ? inferred : undefined;
  },
};

const BODY = new Set(["post", "put", "patch", "postForm", "putForm", "patchForm"]);

/** Slot of an instance for its base address. */
const BASE = "\0base";

/** `axios.create({ baseURL })`: an instance, which can be called as well. */
const create: Native = (call) => {
  const { m } = call;
  const made = nativeValue(m, at(call, "instance"), "instance", (inner) => configured({ ...inner, self: made }));
  for (const obj of objectsOf(m.heap, made)) {
    setSlot(m.heap, obj, S.proto, ofRef(external(m, "axios", ["create", "()"]).id));
    setSlot(m.heap, obj, BASE, option(call, arg(call.args, 0), "baseURL"));
  }
  return made;
};

/** An address below that of the instance that is asked. */
function belowBase({ m, self, site }: NativeCall, url: Value): Value {
  const bases = objectsOf(m.heap, self).flatMap((o) => o.props.get(BASE) ?? []);
  const base = bases.reduce(join, BOTTOM);
  if (isBottom(nonNullish(base)) || url.consts.some((c) => /^[a-z]+:/i.test(String(c)))) return url;
  const plain = { ...nonNullish(base), consts: base.consts.map((c) => (typeof c === "string" ? c.replace(/\/$/, "") : c)) };
  return concatenate(m, plain, url, site);
}

/** `axios.post(url, data)`: what is sent arrives at a route of that address in the same program; its answer comes back. */
function request(call: NativeCall, method: string, url: Value, body: Value, config: Value = BOTTOM): Value {
  const { m, site } = call;
  const [query, headers] = ["params", "headers"].map((name) => option(call, config, name)) as [Value, Value];
  const answered = exchange(call, { method: ofConst(method), url: belowBase(call, url), body, query, headers });
  const response = make(m, "object", site);
  setSlot(m.heap, response, "data", join(unknown(m, at(call, "data")), answered));
  setSlot(m.heap, response, "status", ANY_NUMBER);
  setSlot(m.heap, response, "statusText", ANY_STRING);
  setSlot(m.heap, response, "headers", unknown(m, at(call, "headers")));
  return received(call, ofRef(response.id));
}

const configured: Native = (call) => {
  const config = objectsOf(call.m.heap, arg(call.args, 0)).length > 0 ? arg(call.args, 0) : arg(call.args, 1);
  if (config.refs.length === 0) return request(call, "GET", arg(call.args, 0), BOTTOM);
  const url = objectsOf(call.m.heap, arg(call.args, 0)).length > 0 ? getNamed(call.m, config, "url", call.site) : arg(call.args, 0);
  const method = exact(getNamed(call.m, config, "method", call.site));
  const body = getNamed(call.m, config, "data", call.site);
  return request(call, typeof method === "string" ? method.toUpperCase() : "GET", url, body, config);
};

/** Axios, its instances too. */
export const axios: NativeModule = {
  modules: ["axios"],
  natives: {},
  match: (_module, full) => {
    const path = full.filter((p, i) => p !== "()" && p !== "create" && !(i === 0 && (p === "default" || p === "axios")));
    const isCreate = full.at(-1) === "create";
    const name = path.at(-1);
    if (isCreate) return path.length === 0 ? create : undefined;
    if (path.length > 1) return undefined;
    if (name === undefined || name === "request") return configured;
    if (BODY.has(name))
      return (call) => request(call, name.replace("Form", "").toUpperCase(), arg(call.args, 0), arg(call.args, 1), arg(call.args, 2));
    return name === "get" || name === "delete" || name === "head" || name === "options"
      ? (call) => request(call, name.toUpperCase(), arg(call.args, 0), BOTTOM, arg(call.args, 1))
      : undefined;
  },
};
