/** `Intl`: formatted values still spell themselves out; comparing does not. */
import { S, setSlot } from "../domain/heap.js";
import { ANY_NUMBER, ANY_STRING, ofConst, ofRef, stringOf, type Value } from "../domain/value.js";
import { external } from "../machine/external.js";
import { make, type Native } from "../machine/machine.js";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { alike, constant, labelsOfArgs, listOf, methods, record, stepped, tables } from "./support.js";

const FORMATTERS = [
  "NumberFormat",
  "DateTimeFormat",
  "ListFormat",
  "RelativeTimeFormat",
  "PluralRules",
  "DisplayNames",
  "Segmenter",
  "Collator",
  "DurationFormat",
];

const formatter =
  (name: string): Native =>
  (call) => {
    const { m, site } = call;
    const obj = make(m, "object", spot(site, name));
    setSlot(m.heap, obj, S.proto, ofRef(external(m, "global", ["Intl", name]).id));
    return ofRef(obj.id);
  };

const format: Native = (call) => stepped(call, stringOf(labelsOfArgs(call)));

/** Pieces of the formatted text. */
const parts: Native = (call) => {
  const piece = stepped(call, stringOf(labelsOfArgs(call)));
  const { m, site } = call;
  return listOf(
    m,
    record(m, { type: ANY_STRING, value: piece, segment: piece, index: ANY_NUMBER }, spot(site, "part")),
    spot(site, "parts"),
  );
};

const options: Native = (call): Value => record(call.m, { locale: ofConst("en"), timeZone: ANY_STRING }, spot(call.site, "options"));

const prototype: NativeTable = {
  ...alike(["format", "formatRange", "of"], format),
  ...alike(["formatToParts", "formatRangeToParts", "segment"], parts),
  select: constant(ANY_STRING),
  compare: constant(ANY_NUMBER),
  resolvedOptions: options,
};

export const internationalisation: NativeModule = {
  modules: ["global"],
  natives: tables(FORMATTERS, (name) => ({ [`Intl.${name}`]: formatter(name), ...methods(`Intl.${name}`, prototype) })),
};
