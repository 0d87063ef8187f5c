/** Dates: what they were made of can be read from them. A date is a text object: its text, its number, its parts are one. */
import { S, joinSlot } from "../domain/heap.js";
import { ANY_NUMBER, ANY_STRING, join, numberOf, stringOf, type Value } from "../domain/value.js";
import { argLabels } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import type { Native, NativeCall } from "../machine/machine.js";
import type { NativeModule, NativeTable } from "./index.js";
import { alike, argOf, constant, labelsOfArgs, methods, putSlot, selves, stepped } from "./support.js";
import { carrier } from "./text.js";

const labels = (call: NativeCall): ReturnType<typeof allLabels> => stepped(call, stringOf(allLabels(call.m, call.self))).labels;
const asNumber: Native = (call) => numberOf(labels(call));
const asString: Native = (call) => stringOf(labels(call));

const PARTS = ["FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds", "Milliseconds"];
const GETTERS = ["getTime", "valueOf", "getTimezoneOffset", "getYear", ...PARTS.flatMap((p) => [`get${p}`, `getUTC${p}`])];
const SETTERS = PARTS.filter((p) => p !== "Day").flatMap((p) => [`set${p}`, `setUTC${p}`]);
const TEXTS = [
  "toISOString",
  "toJSON",
  "toString",
  "toDateString",
  "toTimeString",
  "toLocaleString",
  "toLocaleDateString",
  "toLocaleTimeString",
  "toUTCString",
  "toGMTString",
];

/** `setTime(n)`: nothing of what was there is left, where it is certain which date is meant. */
const setAll: Native = (call) => {
  putSlot(call.m, selves(call), S.value, numberOf(labelsOfArgs(call)));
  return numberOf(labels(call));
};

/** Setting a part leaves the others. */
const set: Native = (call) => {
  const given = labelsOfArgs(call);
  if (given.length > 0) for (const obj of selves(call)) joinSlot(call.m.heap, obj, S.value, numberOf(given));
  return numberOf(labels(call));
};

const prototype: NativeTable = {
  ...alike(GETTERS, asNumber),
  ...alike(SETTERS, set),
  setTime: setAll,
  ...alike(TEXTS, asString),
  "@@toPrimitive": asString,
};

const construct: Native = (call) => {
  if (!call.isNew) return ANY_STRING;
  const spelled = argLabels(call.m, call.args);
  const content: Value = join(numberOf(spelled), stringOf(spelled));
  return stepped(call, carrier(call.m, "Date", content, call.site));
};

export const dates: NativeModule = {
  modules: ["global"],
  natives: {
    ...methods("Date", prototype),
    Date: construct,
    "Date.now": constant(ANY_NUMBER),
    "Date.parse": (call) => numberOf(stepped(call, stringOf(allLabels(call.m, argOf(call, 0)))).labels),
    "Date.UTC": (call) => numberOf(labelsOfArgs(call)),
    "performance.now": constant(ANY_NUMBER),
  },
};

/** Dates that were read back from somewhere have lost their prototype; strings have none of these methods. */
export const datesOfText: NativeTable = Object.fromEntries(
  [...GETTERS, ...SETTERS, "setTime", ...TEXTS]
    .filter((n) => n !== "toString" && n !== "valueOf")
    .map((name) => [`String.prototype.${name}`, prototype[name]!]),
);
