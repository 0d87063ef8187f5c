/** `readline`: lines of an input stream; questions are answered by somebody else. */
import { joinSlot, objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_STRING, isBottom, join, joinAll, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { external } from "../machine/external.js";
import type { Native, NativeCall } from "../machine/machine.js";
import type { NativeModule, NativeTable } from "./index.js";
import { promiseOf } from "./settle.js";
import { chunksOf, feed, isStream, newStream, pull } from "./stream-core.js";
import { streamMethods } from "./stream.js";
import { argOf, callWith, lastCallback, methods, option, putSlot, selves, slotOf, stepped } from "./support.js";

const OUTPUT = "\0output";
const PROMPT = "\0prompt";

const createInterface: Native = (call) => {
  const { m, site } = call;
  const given = argOf(call, 0);
  const input = option(call, given, "input");
  const lines = newStream(m, "Readable", site);
  for (const s of objectsOf(m.heap, input)) {
    if (s.kind === "set") {
      pull(m, s, site);
      const chunks = chunksOf(m, s, input.via, site);
      if (!isBottom(chunks)) joinSlot(m.heap, lines, S.rest, chunks);
    } else joinSlot(m.heap, lines, S.rest, ANY_STRING);
  }
  setSlot(m.heap, lines, S.proto, ofRef(external(m, "readline", ["Interface"]).id));
  setSlot(m.heap, lines, OUTPUT, option(call, given, "output"));
  return stepped(call, ofRef(lines.id));
};

/** Writes to the output stream. */
function show(call: NativeCall, text: Value): void {
  for (const to of objectsOf(call.m.heap, slotOf(selves(call), OUTPUT)))
    if (isStream(call.m, to, call.site)) feed(call.m, to, text, call.site);
}

/** The question goes to the output; any line of the input may be the answer. */
const question: Native = (call) => {
  show(call, argOf(call, 0));
  const callback = lastCallback(call.m, call.args);
  const answer = join(ANY_STRING, joinAll(selves(call).map((s) => chunksOf(call.m, s, call.self.via, call.site))));
  if (callback === undefined) return promiseOf(call.m, answer, call.site);
  callWith(call.m, callback, [answer], call.site);
  return UNDEFINED;
};

const setPrompt: Native = (call) => {
  putSlot(call.m, selves(call), PROMPT, argOf(call, 0));
  return UNDEFINED;
};

const getPrompt = (call: NativeCall): Value => {
  const v = slotOf(selves(call), PROMPT);
  return isBottom(v) ? ANY_STRING : v;
};

const prompt: Native = (call) => {
  show(call, getPrompt(call));
  return UNDEFINED;
};

const lineReader: NativeTable = {
  createInterface,
  "promises.createInterface": createInterface,
  Interface: createInterface,
  ...methods("Interface", { ...streamMethods, question, setPrompt, getPrompt, prompt, close: (call) => call.self }),
};
export const readline: NativeModule = { modules: ["readline", "readline/promises"], natives: lineReader };
