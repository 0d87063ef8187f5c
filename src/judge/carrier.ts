/** How a field that nobody asked for got into the sink's argument. */
import type { Carrier, Flow } from "../trace/result.js";
import { at } from "./context.js";

/** `it is named there`, `a spread at src/train.ts:12 carries it`. */
export function carrier({ carried }: Flow): string {
  if (carried.how === "named") return "it is named there";
  const { by } = carried;
  return by === undefined ? "a whole object carries it" : `${CARRIERS[by.kind]} at ${at(by)} carries it`;
}

const CARRIERS: Readonly<Record<Carrier["kind"], string>> = {
  spread: "a spread",
  rest: "a rest",
  copy: "a copy of all properties",
  stringify: "`JSON.stringify` of a whole object",
  call: "a call",
};

/** Where in the argument: `` at `messages[*].content` ``; nothing when it is the argument itself. */
export function within(accessPaths: readonly string[]): string {
  const [first] = accessPaths.filter((path) => path !== "");
  if (first === undefined) return "";
  const more = accessPaths.length - 1;
  return ` at \`${first}\`${more > 0 ? ` and ${more} more ${more > 1 ? "places" : "place"}` : ""}`;
}
