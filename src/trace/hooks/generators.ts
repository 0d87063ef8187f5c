/** Generators of synthetic data at work: what real data they are given, show to a language model, and give back. */
import type { Transform } from "../../manifest/model.js";
import type { Obj } from "../domain/heap.js";
import type { Label, Site, Step } from "../domain/labels.js";
import type { Value } from "../domain/value.js";
import { allArgs, argLabels } from "../machine/call.js";
import { collect } from "../machine/deep.js";
import type { CallEvent, Code, Machine } from "../machine/machine.js";
import type { Generation } from "../result.js";
import type { Recorder } from "./recorder.js";

/** Does a transform yield synthetic data? */
export const isGenerator = (t: Transform): boolean => t.yields === "synthetic";

export interface Generators {
  /** The generators that run now. */
  scope(m: Machine): string;
  /** A generator is called. */
  called(m: Machine, call: CallEvent, transform: Transform): void;
  /** A language model is asked. */
  asked(m: Machine, call: CallEvent): void;
  /** A generator has given this, before it counts as synthetic. */
  gave(m: Machine, call: CallEvent, result: Value, transform: Transform): void;
  result(m: Machine): readonly Generation[];
}

const KIND = "generation";

export function newGenerators(
  transforms: readonly Transform[],
  recorder: Recorder,
  transformsOf: (func: Obj | null, code: Code) => readonly Transform[],
): Generators {
  const models = new Set<string>();
  const isReal = (m: Machine, { id }: Label): boolean => {
    const { status } = m.labels.infos[id]!;
    return status === "identified" || status === "pseudonymised";
  };
  const given = (m: Machine, { args, site }: CallEvent, transform: Transform, how: Generation["how"]): void => {
    for (const value of allArgs(args))
      for (const found of collect(m, value, site))
        if (isReal(m, found.label)) recorder.passes(m, KIND, { transform: transforms.indexOf(transform), how }, found, site);
  };
  /** Has a model or something unknown had it since a moment? */
  const wasLost = (label: Label, since: number): boolean => {
    for (let step: Step | null = label.step; step !== null && step.time > since; step = step.prev)
      if (models.has(keyOf(step.site)) || recorder.isBlind(step.site)) return true;
    return false;
  };
  const running = (m: Machine): ReadonlySet<Transform> => new Set(m.stack.flatMap((s) => transformsOf(s.func, s.code).filter(isGenerator)));
  return {
    scope: (m) => [...running(m)].map((t) => transforms.indexOf(t)).join(),
    called: (m, call, transform) => {
      given(m, call, transform, "given");
    },
    asked: (m, call) => {
      models.add(keyOf(call.site));
      for (const transform of running(m)) given(m, call, transform, "prompt");
    },
    gave: (m, call, result, transform) => {
      if (call.callee.kind !== "function") return;
      const since = new Map<string, number>();
      for (const { id, step } of argLabels(m, call.args)) {
        const { field } = m.labels.infos[id]!;
        since.set(field, Math.max(step.time, since.get(field) ?? -1));
      }
      for (const found of collect(m, result, call.site))
        if (isReal(m, found.label) && !wasLost(found.label, since.get(m.labels.infos[found.label.id]!.field) ?? -1))
          recorder.passes(m, KIND, { transform: transforms.indexOf(transform), how: "back" }, found, call.site);
    },
    result: (m) =>
      recorder.passages(m.labels, KIND).map(({ of, ...passage }) => {
        const { transform, how } = of as { readonly transform: number; readonly how: Generation["how"] };
        return { ...passage, transform: transforms[transform]!, how };
      }),
  };
}

const keyOf = ({ file, at }: Site): string => `${file}:${at}`;
