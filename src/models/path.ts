/**
 * The notation of paths in models: a place of a call in words, then the steps of the manifest's property paths.
 * `argument 0[*].email`, `result[k]`, `receiver`, `callback 1 parameter 0`, `callback 0.onData result`, `place redis(argument 0)`.
 */
import { failed, parsed, type Parsed } from "../manifest/parsed.js";
import { parseArgument, parsePath } from "../manifest/property-path.js";
import type { Callee, ModelPath, ModelRoot, ModelStep, PlaceNamePart } from "./model.js";

const EXAMPLE =
  "write a path like `argument 0[*].email`, `receiver`, `result[k]`, `callback 1 parameter 0`, `callback 1 result` or `place redis(argument 0)`";

/** Steps that the manifest does not have. */
const OWN_STEP = /\[(?:(k)(?: (not )?of argument (\d{1,3}))?|(keys)|(path )?argument (\d{1,3}))\]/;

const PLACE = /^(?:(parameter) (\d{1,3})(\.\.)?|result)(?=$|[.[])/;

/** Reads one path. */
export function parseModelPath(text: string): Parsed<ModelPath> {
  const root = rootOf(text);
  if (root === undefined) return failed(`\`${text}\` is no place of a call`, EXAMPLE);
  const steps = stepsOf(root.rest);
  if (steps === undefined) return failed(`\`${text}\` cannot be read from \`${root.rest}\` on`, EXAMPLE);
  const ways = [steps, ...(root.root.k === "place" ? root.root.name.map(({ path }) => path.steps) : [])];
  if (ways.flat().filter(({ k }) => k === "same" || k === "keys").length > 1)
    return failed(`\`${text}\` goes through two lists key by key`, "write `[*]` for all but one of them");
  return parsed({ text, root: root.root, steps });
}

interface Begun {
  readonly root: ModelRoot;
  readonly rest: string;
}

function rootOf(text: string): Begun | undefined {
  const [made, type] = /^new (\w+)$/.exec(text) ?? [];
  if (made !== undefined) return { root: { k: "new", type: type! }, rest: "" };
  if (text.startsWith("place ")) return placeRoot(text);
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
      const each = which.endsWith("[k]");
      const argument = parseArgument(each ? which.slice(0, -"[k]".length) : which);
      if (place === undefined || !argument.ok || argument.value.position === "*") return undefined;
      const { position, path } = argument.value;
      return placeOf({ k: "callback", position, path, ...(each && { each }), text: which }, place);
    }
    default:
      return undefined;
  }
}

/** `place kafka(argument 0.topic)`, `place nats(matching argument 0)`, `place amqp(argument 0, argument 1)`, `place sqs(*)`. */
function placeRoot(text: string): Begun | undefined {
  const [all, kind, inside] = /^place ([a-z][a-z0-9-]*)\(([^()]+)\)/.exec(text) ?? [];
  if (all === undefined || kind === undefined || inside === undefined) return undefined;
  const rest = text.slice(all.length);
  if (inside === "*") return { root: { k: "place", kind, name: [] }, rest };
  const name = inside.split(", ").map((part): PlaceNamePart | undefined => {
    const matching = part.startsWith("matching ");
    const path = parseModelPath(matching ? part.slice("matching ".length) : part);
    const named = path.ok && ["argument", "receiver", "result", "parameter"].includes(path.value.root.k);
    return named ? { path: path.value, matching } : undefined;
  });
  const parts = name.flatMap((part) => part ?? []);
  return parts.length < name.length ? undefined : { root: { k: "place", kind, name: parts }, rest };
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
