/**
 * The notation of paths in models: a place of a call in words, then the steps of the manifest's property paths.
 * `argument 0[*].email`, `result[k]`, `receiver`, `callback 1 parameter 0`, `callback 0.onData result`.
 */
import { failed, parsed, type Parsed } from "../manifest/parsed.js";
import { parseArgument, parsePath } from "../manifest/property-path.js";
import type { Callee, ModelPath, ModelRoot, ModelStep } from "./model.js";

const EXAMPLE = "write a path like `argument 0[*].email`, `receiver`, `result[k]`, `callback 1 parameter 0` or `callback 1 result`";

/** Steps that the manifest does not have. */
const OWN_STEP = /\[(?:(k)(?: (not )?of argument (\d{1,3}))?|(keys)|(path )?argument (\d{1,3}))\]/;

const PLACE = /^(?:(parameter) (\d{1,3})(\.\.)?|result)(?=$|[.[])/;

/** Reads one path. */
export function parseModelPath(text: string): Parsed<ModelPath> {
  const root = rootOf(text);
  if (root === undefined) return failed(`\`${text}\` is no place of a call`, EXAMPLE);
  const steps = stepsOf(root.rest);
  if (steps === undefined) return failed(`\`${text}\` cannot be read from \`${root.rest}\` on`, EXAMPLE);
  if (steps.filter(({ k }) => k === "same" || k === "keys").length > 1)
    return failed(`\`${text}\` goes through two lists key by key`, "write `[*]` for all but one of them");
  return parsed({ text, root: root.root, steps });
}

interface Begun {
  readonly root: ModelRoot;
  readonly rest: string;
}

function rootOf(text: string): Begun | undefined {
  const [, word, behind] = /^(argument|receiver|result|callback)(?: (.*)|(?=$|[.[]).*)$/s.exec(text) ?? [];
  switch (word) {
    case "argument":
      return behind === undefined ? undefined : argumentRoot(behind);
    case "receiver":
      return behind === undefined ? { root: { k: "receiver" }, rest: text.slice(word.length) } : undefined;
    case "result":
      return behind === undefined ? { root: { k: "result" }, rest: text.slice(word.length) } : placeOf({ k: "result" }, behind);
    case "callback": {
      const [, which = "", place] = /^(\S+) (.*)$/s.exec(behind ?? "") ?? [];
      const argument = parseArgument(which);
      if (place === undefined || !argument.ok || argument.value.position === "*") return undefined;
      return placeOf({ k: "callback", position: argument.value.position, path: argument.value.path, text: which }, place);
    }
    default:
      return undefined;
  }
}

function argumentRoot(text: string): Begun | undefined {
  const match = /^(?:(\*)|(\d{1,3})(\.\.)?)(?=$|[.[])/.exec(text);
  if (match === null) return undefined;
  const root: ModelRoot = { k: "argument", position: match[1] === undefined ? Number(match[2]) : "*", onward: match[3] !== undefined };
  return { root, rest: text.slice(match[0].length) };
}

function placeOf(of: Callee, text: string): Begun | undefined {
  const match = PLACE.exec(text);
  if (match === null) return undefined;
  const rest = text.slice(match[0].length);
  return match[1] === undefined
    ? { root: { k: "given", of }, rest }
    : { root: { k: "parameter", of, position: Number(match[2]), onward: match[3] !== undefined }, rest };
}

/** Undefined when they cannot be read. */
function stepsOf(text: string): readonly ModelStep[] | undefined {
  const own = OWN_STEP.exec(text);
  const plain = own === null ? text : text.slice(0, own.index);
  const path = parsePath(plain.startsWith(".") ? plain.slice(1) : plain);
  if (!path.ok || plain === "." || plain.startsWith(".[") || (plain !== "" && !/^[.[]/.test(plain))) return undefined;
  if (own === null) return path.value;
  const behind = stepsOf(text.slice(own.index + own[0].length));
  return behind && [...path.value, ownStep(own), ...behind];
}

function ownStep([, same, not, of, keys, path, argument]: RegExpExecArray): ModelStep {
  if (of !== undefined) return { k: "same", of: { argument: Number(of), not: not !== undefined } };
  if (same !== undefined) return { k: "same" };
  if (keys !== undefined) return { k: "keys" };
  return { k: "named", argument: Number(argument), path: path !== undefined };
}
