/**
 * The notation of property paths, `messages[*].content`, and of argument paths, `0.messages[*].content`.
 * A name is bare when it has no dot, bracket, quote, asterisk or space, and is no number; any other is written `["so"]`.
 */
import type { ArgumentPath, PathStep } from "./model.js";
import { failed, parsed, type Parsed } from "./parsed.js";

const BARE = /^[^\s.*[\]"']+$/;
const STEP = /\[(?:(\*)|(\d+)|("(?:[^"\\]|\\.)*"))\]|(?:^|(?!^)\.)([^\s.*[\]"']+)/y;
const EXAMPLE = 'write a path like `messages[*].content`, `items[0]` or `["odd.name"].id`';

/** Property path below a value; the empty text is the value itself. */
export function parsePath(text: string): Parsed<readonly PathStep[]> {
  const steps: PathStep[] = [];
  STEP.lastIndex = 0;
  for (let at = 0; at < text.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    const step = match === null ? undefined : stepOf(match);
    if (step === undefined) return failed(`\`${text}\` is no property path: it cannot be read from \`${text.slice(at)}\` on`, EXAMPLE);
    steps.push(step);
  }
  return parsed(steps);
}

/** Undefined for a quoted name that is no JSON string. */
function stepOf([, any, index, quoted, name]: RegExpExecArray): PathStep | undefined {
  if (any !== undefined) return { k: "any" };
  if (index !== undefined) return { k: "index", i: Number(index) };
  if (quoted !== undefined) {
    try {
      return { k: "prop", name: String(JSON.parse(quoted)) };
    } catch {
      return undefined;
    }
  }
  // `rows.0` and `rows[0]` are the same element.
  return /^\d+$/.test(name!) ? { k: "index", i: Number(name) } : { k: "prop", name: name! };
}

/** The canonical text of a path: parsing it gives the same steps. */
export function printPath(steps: readonly PathStep[]): string {
  return steps.map((step, index) => printStep(step, index === 0)).join("");
}

function printStep(step: PathStep, first: boolean): string {
  switch (step.k) {
    case "any":
      return "[*]";
    case "index":
      return `[${step.i}]`;
    case "prop":
      if (!BARE.test(step.name) || /^\d+$/.test(step.name)) return `[${JSON.stringify(step.name)}]`;
      return first ? step.name : `.${step.name}`;
  }
}

/** A position among the arguments, `*` for every one, then a property path: `0`, `0.file`, `*.x`, `0[*].id`. */
export function parseArgument(text: string): Parsed<ArgumentPath> {
  const match = /^(\*|\d{1,3})(?=$|[.[])/.exec(text);
  if (match === null) {
    return failed(
      `\`${text}\` is no argument: it begins with no position`,
      "begin with the position of the argument, counted from 0, or `*` for every one: `0.messages[*].content`",
    );
  }
  const rest = text.slice(match[0].length);
  const path = parsePath(rest.startsWith(".") ? rest.slice(1) : rest);
  if (!path.ok || rest === "." || rest.startsWith(".["))
    return failed(`\`${text}\` is no argument: \`${rest}\` is no property path`, EXAMPLE);
  return parsed({ text, position: match[1] === "*" ? "*" : Number(match[1]), path: path.value });
}

/** The canonical text of an argument path. */
export function printArgument({ position, path }: Pick<ArgumentPath, "position" | "path">): string {
  const rest = printPath(path);
  return rest === "" || rest.startsWith("[") ? `${position}${rest}` : `${position}.${rest}`;
}
