/** How a field that nobody asked for got into the sink's argument. */
import type { Flow } from "../trace/result.js";

/** `it is named there`, `a spread carries it`: from the last code on the path that can have taken it along. */
export function carrier(flow: Flow): string {
  switch (flow.carried) {
    case "named":
      return "it is named there";
    case "whole":
      return `${wholeCarrier(flow)} carries it`;
  }
}

function wholeCarrier(flow: Flow): string {
  for (const { text } of flow.path.toReversed()) {
    if (/\bJSON\s*\.\s*stringify\s*\(/.test(text)) return "`JSON.stringify` of a whole object";
    if (/\.\.\.\s*[\w$([{"'`]/.test(text)) return "a spread";
  }
  return "a whole object";
}

/** Where in the argument: `` at `messages[*].content` ``; nothing when it is the argument itself. */
export function within(accessPaths: readonly string[]): string {
  const [first] = accessPaths.filter((path) => path !== "");
  if (first === undefined) return "";
  const more = accessPaths.length - 1;
  return ` at \`${first}\`${more > 0 ? ` and ${more} more ${more > 1 ? "places" : "place"}` : ""}`;
}
