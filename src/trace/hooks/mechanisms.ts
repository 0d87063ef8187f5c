/**
 * Mechanisms of differential privacy at work: which calls of them are made, with which numbers, how often, and whether their noise comes
 * from `Math.random`. Calls are told apart by what led to them; a run of a root that is repeated replaces what the one before has told.
 */
import type { Transform } from "../../manifest/model.js";
import type { Site } from "../domain/labels.js";
import type { Obj } from "../domain/heap.js";
import { isBottom, join, joinAll, K, mayBeNullish, withKinds, type Value } from "../domain/value.js";
import { atPath } from "../machine/deep.js";
import { externalName } from "../machine/external.js";
import type { CallEvent, Code, FunctionData, Machine } from "../machine/machine.js";
import type { Root } from "../machine/roots.js";
import { cannotSummarise } from "../machine/summaries/recording.js";
import { AMOUNTS, type Amount, type MechanismCall, type Noise, type PrivacyUse } from "../result.js";
import { argumentsAt } from "./arguments.js";
import { defaultAt } from "./defaults.js";
import { compare, type Recorder } from "./recorder.js";

/** Does a transform spend from a budget, or claim differential privacy? */
export const isMechanism = (t: Transform): boolean => t.yields === "differentially-private" || t.budget !== undefined;

export interface Mechanisms {
  /** A call that the manifest says is one of a mechanism. */
  called(m: Machine, call: CallEvent, transform: Transform): void;
  /** Any call: of a function that is no entry point, then; and perhaps one that draws the noise of a mechanism. */
  made(m: Machine, call: CallEvent): void;
  result(m: Machine): PrivacyUse;
}

interface Event {
  readonly root: Root | undefined;
  readonly run: number;
  readonly site: Site;
  readonly transform: Transform;
  readonly amounts: MechanismCall["amounts"];
  readonly times: MechanismCall["times"];
  readonly parts: MechanismCall["parts"];
}

/** `transformsOf`: those that are declared of a function. */
export function newMechanisms(recorder: Recorder, transformsOf: (func: Obj | null, code: Code) => readonly Transform[]): Mechanisms {
  const events = new Map<string, Event>();
  const noise = new Map<string, { readonly site: Site; readonly transform: Transform }>();

  /** Functions that others call. They may have run as entry points before anybody did. */
  const called = new Set<object>();

  /** The mechanisms on the stack, outermost first. */
  const running = (m: Machine): readonly Transform[] => m.stack.flatMap((s) => transformsOf(s.func, s.code).filter(isMechanism));

  return {
    called: (m, call, transform) => {
      // What it calls on its way it pays for itself.
      if (isEntry(call) || running(m).some(({ budget }) => budget === transform.budget)) return;
      cannotSummarise(m);
      const { site } = call;
      const root = m.roots.running.at(-1);
      const key = [
        root?.id,
        root?.runs,
        m.path,
        site.file,
        site.at,
        site.end,
        transform.place.file,
        transform.place.line,
        transform.place.column,
      ];
      const times = timesOf(m);
      const { arms } = m;
      const way = arms.map((arm) => `${arm.choice}?${arm.way}`);
      events.set([...key, ...way].join("|"), {
        root,
        run: root?.runs ?? 0,
        site,
        ...noiseOf(m, call, transform),
        times,
        parts: typeof times === "number" ? [{ arms, times }] : [],
      });
    },
    made: (m, call) => {
      const { callee, site } = call;
      const code = codeOf(call);
      if (code !== null && m.roots.running.at(-1)?.of !== code.fn && !isEntry(call)) called.add(code.fn);
      if (callee.kind !== "external" || externalName(callee) !== "Math.random") return;
      cannotSummarise(m);
      for (const transform of running(m)) {
        const key = `${site.file}:${site.at}|${transform.locator.text}`;
        if (!noise.has(key)) noise.set(key, { site, transform });
      }
    },
    result: (m) => ({
      calls: inOrder(
        together(m, lastOf([...events.values()].filter(({ root }) => root?.of === undefined || !called.has(root.of)))).map(
          ({ site, transform, amounts, times, parts }) => ({
            ...recorder.spot(site),
            transform,
            amounts,
            times,
            parts,
          }),
        ),
      ),
      unsafeNoise: inOrder([...noise.values()].map(({ site, transform }) => ({ ...recorder.spot(site), transform }))),
    }),
  };
}

const codeOf = ({ callee }: CallEvent): Code | null => (callee.kind === "function" ? (callee.data as FunctionData).code : null);

/** Does nothing call it? It runs as an entry point, then: its own text is where it is called. */
function isEntry(call: CallEvent): boolean {
  const { site } = call;
  const code = codeOf(call);
  return code !== null && code.file.index === site.file && code.fn.at === site.at && code.fn.end === site.end;
}

function timesOf(m: Machine): MechanismCall["times"] {
  if (m.roots.running.some((root) => root.often)) return "handler";
  if (m.cycle !== null || m.recursions.size > 0) return "recursion";
  return m.turns === Infinity ? "loop" : m.turns;
}

/** A mechanism with the numbers that this call of it is given. */
export function noiseOf(m: Machine, call: CallEvent, transform: Transform): Noise {
  const given = AMOUNTS.flatMap((name) => (transform[name] === undefined ? [] : [[name, amountOf(m, call, transform[name])] as const]));
  return { transform, amounts: Object.fromEntries(given) };
}

/** What the argument can be; a number of the manifest is that number. */
function amountOf(m: Machine, call: CallEvent, spec: NonNullable<Transform["epsilon"]>): Amount {
  if (typeof spec === "number") return { values: [spec] };
  const given = joinAll(argumentsAt(call.args, spec.position).map((arg) => atPath(m, arg, spec.path, call.site)));
  const instead = mayBeNullish(given) || isBottom(given) ? defaultAt(m, call.callee, spec) : undefined;
  const value = instead === undefined ? given : join(withKinds(given, given.kinds & ~(K.Undefined | K.Absent)), instead);
  const values = value.consts.filter((c) => typeof c === "number" && !Number.isNaN(c)) as number[];
  const open = openness(value, values.length);
  return { values, ...(open !== undefined && { open }) };
}

function openness(value: Value, numbers: number): Amount["open"] {
  if ((value.kinds & K.Number) !== 0 || value.refs.length > 0) return "unknown";
  if (value.consts.length > numbers || (value.kinds & ~(K.Undefined | K.Absent)) !== 0) return "no-number";
  return value.kinds !== 0 || numbers === 0 ? "absent" : undefined;
}

/** What counts of the runs of the roots: of each root its last; of a callback that ran at once, and again later, the former. */
function lastOf(events: readonly Event[]): readonly Event[] {
  const runs = new Map<Root | undefined, number>();
  for (const { root, run } of events) runs.set(root, Math.max(run, runs.get(root) ?? 0));
  const last = events.filter(({ root, run }) => root?.replaced !== true && run === runs.get(root));
  const at = ({ site, transform }: Event): string => `${site.file}:${site.at}|${transform.place.line}:${transform.place.column}`;
  const first = new Set(last.filter(({ root }) => root?.again !== true).map(at));
  return last.filter((event) => event.root?.again !== true || !first.has(at(event)));
}

/** Calls of one place with the same numbers, counted. */
function together(m: Machine, events: readonly Event[]): readonly Event[] {
  const all = new Map<string, Event>();
  for (const event of events) {
    const key = JSON.stringify([
      event.site.file,
      event.site.at,
      event.site.end,
      m.manifest.transforms.indexOf(event.transform),
      event.amounts,
    ]);
    const known = all.get(key);
    all.set(key, known === undefined ? event : { ...known, times: sum(known.times, event.times), parts: [...known.parts, ...event.parts] });
  }
  return [...all.values()];
}

const sum = (a: MechanismCall["times"], b: MechanismCall["times"]): MechanismCall["times"] =>
  typeof a === "string" ? a : typeof b === "string" ? b : a + b;

const inOrder = <T extends { readonly file: string; readonly line: number; readonly column: number; readonly transform: Transform }>(
  all: T[],
): T[] =>
  all.sort((a, b) => compare([a.file, a.line, a.column, a.transform.place.line], [b.file, b.line, b.column, b.transform.place.line]));
