/** Flows that cannot be: nothing comes out of where they begin, or nothing can be put where they end. */
import type { ModelFlow, ModelPath } from "./model.js";

export interface FlowProblem {
  /** The key that is to be mended. */
  readonly key: "from" | "to";
  readonly message: string;
  readonly fix: string;
}

const isKeyed = ({ root, steps }: ModelPath): boolean =>
  steps.some(({ k }) => k === "same") || (root.k === "place" && root.name.some(({ path }) => isKeyed(path)));

/** What is wrong with one of a function's flows; undefined when nothing is. */
export function flowProblem({ from, to, how }: ModelFlow): FlowProblem | undefined {
  const ofCallback = (path: ModelPath): boolean => "of" in path.root && path.root.of.k === "callback";
  if (from.root.k === "result" || (from.root.k === "given" && !ofCallback(from)))
    return problem(
      "from",
      `nothing comes out of \`${from.text}\`: it is what the call makes`,
      "begin where it comes from, an argument or the receiver",
    );
  if (from.root.k === "parameter" && ofCallback(from))
    return problem("from", `nothing comes out of \`${from.text}\`: it is what the callback gets`, "begin where the callback gets it from");
  if (to.root.k === "given" && ofCallback(to))
    return problem("to", `nothing goes to \`${to.text}\`: the callback gives it`, "write it as `from`");
  if (to.root.k === "parameter" && !ofCallback(to))
    return problem("to", `nothing goes to \`${to.text}\`: whoever calls the result gives it`, "write it as `from`");
  if (to.root.k === "new") return problem("to", `\`${to.text}\` is nothing before it is made`, "write it as `from`");
  if (to.root.k === "argument" && (to.root.position === "*" || to.root.onward))
    return problem("to", `\`${to.text}\` is no single place`, "name the argument that is written to");
  if ((to.root.k === "argument" || to.root.k === "receiver") && to.steps.length === 0 && how === "value")
    return problem(
      "to",
      `\`${to.text}\` stays what it is: only what is in it can change`,
      "say what of it is written: `receiver[*]`, `argument 0.items`",
    );
  if (to.steps.some(({ k }) => k === "keys"))
    return problem("to", `names alone cannot be written: \`${to.text}\``, "write to `[k]`, from `[k]`");
  if (isKeyed(to) && !isKeyed(from) && from.root.k !== "given")
    return problem("to", `\`[k]\` of \`${to.text}\` is the key of nothing in \`from\``, "write `[k]` in `from` as well, or `[*]` here");
  return undefined;
}

/** What is wrong with something that a function fetches. */
export function fetchProblem({ from, to }: ModelFlow): FlowProblem | undefined {
  if (from.root.k !== "argument" && from.root.k !== "receiver" && from.root.k !== "place")
    return problem(
      "from",
      `\`${from.text}\` names nothing that can be fetched`,
      "begin with the argument that names it, or with a `place`",
    );
  if (
    to.root.k !== "argument" ||
    to.root.position === "*" ||
    to.root.onward ||
    to.steps.some(({ k }) => k !== "prop" && k !== "index" && k !== "any")
  )
    return problem(
      "to",
      `\`${to.text}\` is no part of an argument`,
      "name the argument that stands for what is fetched: `argument 0.training_file`",
    );
  return undefined;
}

function problem(key: FlowProblem["key"], message: string, fix: string): FlowProblem {
  return { key, message, fix };
}
