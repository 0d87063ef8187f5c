/** How a field that nobody asked for got into the sink's argument. */
import type { Carrier, Flow } from "../trace/result.js";
import { at } from "./context.js";

/** `it is named there`, `a spread at src/train.ts:12 carries it`. */
export function carrier({ carried }: Flow): string {
  return carried.how === "named" ? "it is named there" : `${whole(carried.by) ?? "a whole object"} carries it`;
}

/** `a spread at src/train.ts:12`; undefined where nothing but the object itself is known. */
export const whole = (by: Carrier | undefined): string | undefined => by && `${CARRIERS[by.kind]} at ${at(by)}`;

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
