/** `readline`: lines of an input stream; questions are answered by somebody else. */
import { joinSlot, objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_STRING, isBottom, ofRef, UNDEFINED } from "../domain/value.js";
import { external } from "../machine/external.js";
import type { Native } from "../machine/machine.js";
import type { NativeModule, NativeTable } from "./index.js";
import { promiseOf } from "./settle.js";
import { chunksOf, newStream, pull } from "./stream-core.js";
import { streamMethods } from "./stream.js";
import { alike, argOf, callWith, lastCallback, methods, option, stepped } from "./support.js";

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
  return stepped(call, ofRef(lines.id));
};

const question: Native = (call) => {
  const callback = lastCallback(call.m, call.args);
  if (callback === undefined) return promiseOf(call.m, ANY_STRING, call.site);
  callWith(call.m, callback, [ANY_STRING], call.site);
  return UNDEFINED;
};

const lineReader: NativeTable = {
  createInterface,
  "promises.createInterface": createInterface,
  ...methods("Interface", { ...streamMethods, question, ...alike(["close", "prompt", "setPrompt"], (call) => call.self) }),
};
export const readline: NativeModule = { modules: ["readline", "readline/promises"], natives: lineReader };
