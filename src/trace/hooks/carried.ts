/** How a field got into what a sink was given: taken in hand by the program, or carried along by objects around it. */
import type { Step } from "../domain/labels.js";
import type { Found } from "../machine/deep.js";
import type { Carried, Carrier, HopKind, Place } from "../result.js";

/** Steps that a program takes with a value itself: it read it by its name, bound it, wrote it, passed it on. */
const IN_HAND: ReadonlySet<HopKind> = new Set(["load", "store", "assign", "argument", "return", "capture", "throw"]);

/** Calls that made something else of it; what happens to that is not done to the field by name. */
const CALLS: ReadonlySet<HopKind> = new Set(["call", "library"]);

/**
 * Judges by the steps of the field's own value, which a list of such values is as well; those of other objects around it (`via`) never
 * name it.
 */
export function howCarried(found: Found, show: (step: Step) => Place & { readonly text: string }): Carried {
  const own = chain(found.label.step);
  const ways = trail(found);
  const hand = inHand(own) ?? (found.path.endsWith("]") ? inHand(sinceCopied(chain(found.holder))) : undefined);
  const call = own.find(({ kind }) => CALLS.has(kind));
  const alone = own.length === 1 && found.path === "" && found.via.length === 0;
  if (alone || (hand !== undefined && !isOfMore(hand, call, ways))) return { how: "named" };
  const carriers = ways.flatMap((step): Carrier[] => {
    const { text, ...place } = show(step);
    const kind = carrierKind(step.kind, text);
    return kind === undefined || (kind === "call" && step !== call) ? [] : [{ ...place, kind }];
  });
  const by = carriers.findLast(isCopy) ?? carriers.findLast(({ kind }) => kind === "stringify") ?? carriers.at(-1);
  return by === undefined ? { how: "whole" } : { how: "whole", by };
}

const inHand = (steps: readonly Step[]): Step | undefined =>
  steps.find((step, i) => IN_HAND.has(step.kind) && step.site !== steps[i + 1]?.site);

/** What has happened to an object since something whole took it along. */
const sinceCopied = (steps: readonly Step[]): readonly Step[] =>
  steps.slice(steps.findLastIndex(({ kind }) => kind === "spread" || kind === "rest") + 1);

/** Was what the program had in hand no longer just the field? A read gives the field; else a call or a copy may have come before. */
function isOfMore(hand: Step, call: Step | undefined, ways: readonly Step[]): boolean {
  if (call !== undefined && call.time < hand.time) return true;
  return hand.kind !== "load" && ways.some(({ kind, time }) => (kind === "spread" || kind === "rest") && time < hand.time);
}

const isCopy = ({ kind }: Carrier): boolean => kind === "spread" || kind === "rest" || kind === "copy";

function carrierKind(kind: HopKind, text: string): Carrier["kind"] | undefined {
  switch (kind) {
    case "spread":
      return /^\{?\s*\.\.\./.test(text) ? "spread" : "copy";
    case "rest":
      return text.startsWith("{") ? "rest" : "copy";
    case "call":
    case "library":
      return /^JSON\s*\.\s*stringify\b/.test(text) ? "stringify" : "call";
    default:
      return undefined;
  }
}

/** The steps of a label, first to last. */
function chain(last: Step | null): Step[] {
  const steps: Step[] = [];
  for (let s: Step | null = last; s !== null; s = s.prev) steps.push(s);
  return steps.reverse();
}

/** All steps of a finding in order of time: those of the label, and those of the objects that carried it after it was put there. */
export function trail(found: Found): Step[] {
  // With each step, how far back it has been followed.
  const steps = new Map<Step, number>();
  const ways: { readonly last: Step; readonly after: number }[] = [
    { last: found.label.step, after: -1 },
    ...found.via.map((last) => ({ last, after: found.label.step.time })),
  ];
  // Without recursion: an object may have come out of one that came out of another, and so on.
  for (let way = ways.pop(); way !== undefined; way = ways.pop())
    for (let s: Step | null = way.last; s !== null && s.time > way.after; s = s.prev) {
      const before = steps.get(s);
      if (before !== undefined && before <= way.after) break;
      steps.set(s, way.after);
      if (s.via !== null) ways.push({ last: s.via, after: Math.max(way.after, s.prev?.time ?? -1) });
    }
  return [...steps.keys()].sort((a, b) => a.time - b.time);
}
