/**
 * Handlers that a library calls and that are alike are one: four workers for four shards of a queue, made by one function around one
 * processor, do the same for four names. Those are alike that close over the same but for texts and numbers. What those name is in all
 * of them then; that booleans differ keeps them apart.
 */
import { foldInto } from "../domain/fold.js";
import { objectsOf, standsFor, type Obj } from "../domain/heap.js";
import { sameLabels } from "../domain/labels.js";
import { join, type Value } from "../domain/value.js";
import { allLabels } from "./deep.js";
import { originOf } from "./held.js";
import type { FunctionData, Job, Machine } from "./machine.js";

/** So many that are alike stay apart; of those that a loop has left of which nobody knows how often it runs, one. */
const APART = 3;
const apartAt = ({ turns }: Job): number => (turns === Infinity ? 1 : APART);

/** More objects than this are not held against each other. */
const MANY = 60;

/** The callbacks, with one for each number of them that are alike. They stay in order. */
export function asOne(m: Machine, jobs: readonly Job[]): readonly Job[] {
  const groups = new Map<object, Job[]>();
  for (const job of jobs) if (job.does !== undefined) groups.set(job.does, [...(groups.get(job.does) ?? []), job]);
  const merged = new Map<Job, Job | null>();
  for (const group of groups.values()) if (group.length > 1) merge(m, group, merged);
  return merged.size === 0 ? jobs : jobs.flatMap((job) => (merged.has(job) ? (merged.get(job) ?? []) : [job]));
}

/** Finds those of a group that are alike, and notes what becomes of each: of the first what all of them are, of the others nothing. */
function merge(m: Machine, group: readonly Job[], merged: Map<Job, Job | null>): void {
  let left = [...group];
  while (left.length > 1) {
    const [first, ...others] = left as [Job, ...Job[]];
    const alike = others.flatMap((job) => {
      const pairs = pairsOf(m, first, job);
      return pairs === null ? [] : [{ job, pairs }];
    });
    left = others.filter((job) => !alike.some((one) => one.job === job));
    if (alike.length < apartAt(first)) continue;
    let all = first;
    for (const { job, pairs } of alike) {
      for (const [into, obj] of pairs) one(m, into, obj);
      all = {
        ...all,
        self: join(all.self, job.self),
        args: { list: all.args.list.map((v, i) => join(v, job.args.list[i]!)), rest: all.args.rest },
      };
      merged.set(job, null);
    }
    merged.set(first, all);
  }
}

function one(m: Machine, a: Obj, b: Obj): void {
  const into = standsFor(m.heap, a.id);
  const obj = standsFor(m.heap, b.id);
  if (into === obj) return;
  into.summary = true;
  foldInto(m.heap, into, obj);
}

/** The objects that have to be one for two callbacks to be; null where they are not alike. */
function pairsOf(m: Machine, a: Job, b: Job): ReadonlyMap<Obj, Obj> | null {
  if (a.site !== b.site || a.turns !== b.turns || a.facts !== b.facts || a.by !== b.by) return null;
  if (a.args.list.length !== b.args.list.length || a.args.rest !== b.args.rest) return null;
  const closures = new Closures(m);
  const isGiven = (x: Value, y: Value): boolean =>
    isCallable(m, x) || isCallable(m, y) ? closures.values(x, y) : sameLabels(allLabels(m, x), allLabels(m, y));
  if (!isGiven(a.self, b.self) || !a.args.list.every((x, i) => isGiven(x, b.args.list[i]!))) return null;
  return closures.pairs;
}

const isCallable = (m: Machine, v: Value): boolean => objectsOf(m.heap, v).some(({ kind }) => kind === "function" || kind === "bound");

/** Goes through what closures hold, side by side. */
class Closures {
  readonly pairs = new Map<Obj, Obj>();

  constructor(private readonly m: Machine) {}

  values(a: Value | undefined, b: Value | undefined): boolean {
    if (a === b) return true;
    if (a === undefined || b === undefined || a.kinds !== b.kinds || a.refs.length !== b.refs.length || !sameLabels(a.labels, b.labels))
      return false;
    return a.refs.every((id, i) => this.ids(id, b.refs[i]!));
  }

  private ids(x: number, y: number): boolean {
    if (x === y || x < 0 || y < 0) return x === y;
    const a = standsFor(this.m.heap, x);
    const b = standsFor(this.m.heap, y);
    const known = this.pairs.get(a);
    if (a === b || known === b) return true;
    if (known !== undefined || this.pairs.size >= MANY || a.kind !== b.kind) return false;
    const origin = originOf(a);
    if (origin === undefined || origin !== originOf(b) || a.size !== b.size) return false;
    this.pairs.set(a, b);
    if (a.kind === "function" && !this.closures(a.data as FunctionData, b.data as FunctionData)) return false;
    return a.props.all((slot, v) => this.values(v, b.props.get(slot)));
  }

  private closures(a: FunctionData, b: FunctionData): boolean {
    if (a.code?.fn !== b.code?.fn || a.cls !== b.cls || a.file !== b.file) return false;
    return (
      this.ids(a.env, b.env) && this.ids(a.home ?? -1, b.home ?? -1) && this.values(a.thisValue ?? undefined, b.thisValue ?? undefined)
    );
  }
}
