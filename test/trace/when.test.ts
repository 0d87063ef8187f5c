/** A sink's `when`: what is certainly something else drops the sink, what cannot be decided does not. */
import { describe, expect, it } from "vitest";
import { run } from "./program.js";

const SINKS = `sinks:
  - { id: tune, purpose: train, call: "./up.ts:upload", argument: 0.file, when: { 0.purpose: fine-tune } }
  - { id: keep, purpose: train, call: "./up.ts:keep", argument: 0.file, when: { 0.store: true } }
  - { id: open, purpose: train, call: "./up.ts:open", argument: 0.file, when: { 0.store: false } }
  - { id: none, purpose: train, call: "./up.ts:none", argument: 0.file, when: { 0.mask: null } }
  - { id: third, purpose: train, call: "./up.ts:third", argument: 0.file, when: { 0.n: 3 } }
  - { id: second, purpose: train, call: "./up.ts:second", argument: 1, when: { "0": fine-tune } }
  - { id: deep, purpose: train, call: "./up.ts:deep", argument: 0.file, when: { "0.parts[*].purpose": fine-tune } }
  - { id: library, purpose: train, call: "openai:OpenAI.files.create", argument: 0.file, when: { 0.purpose: fine-tune } }
`;

/** Does the file that the body gives to one of the functions above arrive? */
function arrives(body: string): boolean {
  const code = `import OpenAI from "openai";
import { options, type Options } from "some-library";
import { deep, keep, none, open, second, third, upload } from "./up.js";
const client = new OpenAI();
const file = loadUser().email;
interface Params { purpose: string; mask?: null }
export function entry(given: Options, any: any, word: string, params: Params, vision: { purpose: "vision" }, flag: boolean) {
  ${body}
}`;
  const up = "deep keep none open second third upload"
    .split(" ")
    .map((name) => `export function ${name}(...args: any[]): void { void args; }`)
    .join("\n");
  return run(code, { files: { "up.ts": up }, sinks: SINKS }).flows.length > 0;
}

describe("it holds, or may", () => {
  it.each([
    ["upload({ purpose: 'fine-tune', file });"],
    ["upload({ purpose: flag ? 'vision' : 'fine-tune', file });"],
    ["upload({ purpose: word, file });"],
    ["upload({ purpose: `fine-${word}`, file });"],
    ["upload({ purpose: `fine-${flag ? 'tune' : 'x'}`, file });"],
    ["upload({ purpose: process.env.PURPOSE, file });"],
    ["upload({ purpose: any, file });"],
    ["upload({ purpose: options.purpose, file });"],
    ["upload({ purpose: options.purpose(), file });"],
    ["upload({ [word]: 'fine-tune', file });"],
    ["upload({ ...any, file });"],
    ["upload({ ...params, file });"],
    ["upload({ ...given, file });"],
    ["upload({ ...options, file });"],
    ["upload({ ...options.upload, file });"],
    ["upload({ ...options(), file });"],
    ["upload({ file, ...options });"],
    ["upload({ purpose: 'vision', file, ...options });"],
    ["upload({ ...options, purpose: 'fine-tune', file });"],
    ["upload({ ...{ ...options }, file });"],
    ["upload(Object.assign({}, options, { file }));"],
    ["const { other, ...rest } = options; upload({ ...rest, file });"],
    ["upload(...any, { file });"],
    ["void client.files.create({ ...options, file });"],
    ["keep({ store: true, file });"],
    ["keep({ store: flag, file });"],
    ["keep({ ...options, file });"],
    ["open({ store: false, file });"],
    ["open({ store: options.store, file });"],
    ["none({ mask: null, file });"],
    ["none({ mask: options.mask, file });"],
    ["third({ n: 3, file });"],
    ["third({ n: word.length, file });"],
    ["third({ ...options, file });"],
    ["second(word, file);"],
    ["second(options, file);"],
    ["deep({ parts: [{ purpose: 'vision' }, { purpose: 'fine-tune' }], file });"],
    ["deep({ parts: [{ ...options }], file });"],
    ["deep({ parts: options.parts, file });"],
    ["deep({ ...options, file });"],
  ])("%s", (body) => {
    expect(arrives(body)).toBe(true);
  });
});

describe("it does not", () => {
  it.each([
    ["upload({ purpose: 'vision', file });"],
    ["upload({ purpose: flag ? 'vision' : 'batch', file });"],
    ["upload({ purpose: `fine-${'x'}`, file });"],
    ["upload({ purpose: 3, file });"],
    ["upload({ purpose: { of: 'fine-tune' }, file });"],
    ["upload({ purpose: ['fine-tune'], file });"],
    ["upload({ file });"],
    ["upload({ [word]: 'vision', file });"],
    ["upload({ ...vision, file });"],
    ["upload({ ...any, purpose: 'vision', file });"],
    ["upload({ ...params, purpose: 'vision', file });"],
    ["upload({ ...options, purpose: 'vision', file });"],
    ["upload({ ...options, ...vision, file });"],
    ["upload(Object.assign({}, options, { purpose: 'vision', file }));"],
    ["const { purpose, ...rest } = { ...params, file }; upload(rest);"],
    ["void client.files.create({ ...options, purpose: 'vision', file });"],
    ["keep({ ...options, store: false, file });"],
    ["keep({ file });"],
    ["open({ ...options, store: true, file });"],
    ["none({ mask: {}, file });"],
    ["none({ file });"],
    ["third({ n: '3', file });"],
    ["third({ n: word, file });"],
    ["second('vision', file);"],
    ["deep({ parts: [{ ...options, purpose: 'vision' }], file });"],
  ])("%s", (body) => {
    expect(arrives(body)).toBe(false);
  });
});
