/**
 * What a library gets by itself where an argument only names it: the file behind an id, the trace that an example is made of, what was written
 * to a path. The call is given the name; a sink that takes the name takes this.
 */
import type { ModelFlow, ModelFunction, ModelPath } from "../../models/model.js";
import type { PathStep } from "../../manifest/model.js";
import { BOTTOM, isBottom, nonNullish, stringOf, type Value } from "../domain/value.js";
import { allLabels } from "../machine/deep.js";
import type { CallEvent, Machine } from "../machine/machine.js";
import { dereferenced, isReference } from "../machine/references.js";
import { mayHold, readFrom, startAt, type Execution } from "./execution.js";
import { anyFound, follow } from "./read.js";

export interface Fetched {
  /** The part of the arguments that names it. */
  readonly position: number;
  readonly path: readonly PathStep[];
  readonly value: Value;
}

/** What the function gets when it is called so. */
export function fetched(m: Machine, fn: ModelFunction, event: CallEvent): readonly Fetched[] {
  if (fn.fetches.length === 0) return [];
  const x: Execution = { call: { m, ...event }, fn, flows: fn.fetches, newInstance: () => BOTTOM, outcomes: new Map(), result: BOTTOM };
  return fn.fetches.flatMap((flow): Fetched[] => {
    const { root, steps } = flow.to;
    if (root.k !== "argument" || root.position === "*" || !isGiven(x, flow.to) || !isNamed(x, flow) || !mayHold(x, flow)) return [];
    const found = anyFound(readFrom(x, flow.from));
    const value = flow.how === "dereferenced" ? stringOf(dereferenced(m, allLabels(m, found))) : found;
    return [{ position: root.position, path: steps as readonly PathStep[], value }];
  });
}

const isGiven = (x: Execution, path: ModelPath): boolean => !isBottom(nonNullish(nameAt(x, path)));

/** An id that leads back to something by itself names no place: what is unknown of its text would be any name. */
const isNamed = (x: Execution, { from }: ModelFlow): boolean =>
  from.root.k !== "place" ||
  from.root.name.every(({ path }) => !allLabels(x.call.m, nameAt(x, path)).some((label) => isReference(x.call.m.labels, label)));

const nameAt = (x: Execution, path: ModelPath): Value => anyFound(follow(x.call, startAt(x, path.root), path.steps));
