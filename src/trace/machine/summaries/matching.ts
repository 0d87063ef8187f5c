/**
 * Does a summary hold for another call? It does if there is a one-to-one correspondence between the objects that the summarised call came
 * across and those of the program as it is now, under which arguments and slots are the same: the call would do the same again.
 */
import { currentRefs, standsFor, type Obj } from "../../domain/heap.js";
import type { Step } from "../../domain/labels.js";
import { samePatterns } from "../../domain/text-pattern.js";
import { GONE } from "../../domain/sweep.js";
import { about, sameAbout, type About } from "../../domain/about.js";
import { UNDEFINED, type Value } from "../../domain/value.js";
import { heldIn } from "../../domain/ways.js";
import type { Call, ExternalData, FunctionData, Machine, UnknownData } from "../machine.js";
import { sameType } from "../same-type.js";
import { isType, type Picture, type Summary } from "./summary.js";

/** The correspondence. */
export interface Match {
  /** The object for each of the summary's; those that are not in it are the same. */
  readonly objects: ReadonlyMap<number, number>;
  /** How a value came here, for how it came there. */
  readonly steps: ReadonlyMap<Step, Step | null>;
  /** The thing that a primitive is, for the one that it was. */
  readonly things: ReadonlyMap<string, string>;
}

export function matching(m: Machine, s: Summary, call: Call): Match | null {
  const search = new Search(m, s);
  return search.finds(call) ? search : null;
}

class Search implements Match {
  readonly objects = new Map<number, number>();
  readonly steps = new Map<Step, Step | null>();
  readonly things = new Map<string, string>();
  private readonly back = new Map<number, number>();
  private readonly waiting: number[] = [];
  /** Objects that have not been touched since: what they refer to need not be looked at. */
  private readonly untouched = new Set<number>();

  constructor(
    private readonly m: Machine,
    private readonly s: Summary,
  ) {}

  finds(call: Call): boolean {
    const then = this.s.call;
    if (then.args.list.length !== call.args.list.length || (then.args.rest === null) !== (call.args.rest === null)) return false;
    if (!this.code(then.data, call.data)) return false;
    if (then.func !== null && call.func !== null && !this.bind(then.func.id, call.func.id)) return false;
    if (!this.value(then.self, call.self)) return false;
    for (const [i, v] of then.args.list.entries()) if (!this.value(v, call.args.list[i]!)) return false;
    if (then.args.rest !== null && !this.value(then.args.rest, call.args.rest!)) return false;
    if (!this.objectsHold()) return false;
    for (const id of this.s.met.keys()) if (!this.objects.has(id) && !(this.bind(id, id) && this.objectsHold())) return false;
    return this.isApart();
  }

  /** Goes through the objects that correspond by now, and those that they lead to. */
  private objectsHold(): boolean {
    for (let id = this.waiting.pop(); id !== undefined; id = this.waiting.pop())
      if (!this.object(id, this.s.met.get(id)!, this.m.heap.objects[this.objects.get(id)!]!)) return false;
    return true;
  }

  /** What has not been touched refers to itself the same objects as then: none of them may correspond to another. */
  private isApart(): boolean {
    for (const [a, b] of this.objects)
      if (a !== b) for (const id of [a, b]) if (this.s.referrers.get(id)?.some((r) => this.untouched.has(r)) === true) return false;
    return true;
  }

  private bind(then: number, now: number): boolean {
    const a = this.s.renamed.get(then) ?? then;
    const { id: b } = standsFor(this.m.heap, now);
    // What was given back is nothing any more.
    if (b === GONE.id) return false;
    if (this.s.asked && a !== b) return false;
    const known = this.objects.get(a);
    if (known !== undefined) return known === b;
    if (this.back.has(b)) return false;
    this.objects.set(a, b);
    this.back.set(b, a);
    if (this.s.met.has(a)) this.waiting.push(a);
    return true;
  }

  private object(id: number, { obj: then, summary, slots }: Picture, now: Obj): boolean {
    if (now.kind !== then.kind || now.summary !== summary) return false;
    if (now.id === id && now.sharesWith(slots)) {
      this.untouched.add(id);
      return true;
    }
    if (now.size !== slots.size || !this.data(then, now)) return false;
    let same = true;
    slots.each((slot, v) => {
      const other = same ? now.props.get(slot) : undefined;
      if (other === undefined || !this.value(v, other)) same = false;
    });
    return same;
  }

  private data(then: Obj, now: Obj): boolean {
    const a = then.data;
    const b = now.data;
    if (a === b) return heldIn(a).every((id) => this.bind(id, id));
    if (a === undefined || b === undefined) return false;
    switch (then.kind) {
      case "function":
        return this.code(a as FunctionData, b as FunctionData);
      case "bound":
        return this.bind((a as { target: number }).target, (b as { target: number }).target);
      case "external":
        return sameExternal(a as ExternalData, b as ExternalData);
      case "native":
        return isType(a) && isType(b) && sameType(this.m.types, a, b);
      case "unknown":
        return this.unknown(a as UnknownData, b as UnknownData);
      default:
        return false;
    }
  }

  private code(a: FunctionData, b: FunctionData): boolean {
    if (a.code?.fn !== b.code?.fn || a.file !== b.file || a.cls !== b.cls) return false;
    if ((a.home === null) !== (b.home === null) || a.env < 0 !== b.env < 0 || (a.thisValue === null) !== (b.thisValue === null))
      return false;
    if (a.home !== null && !this.bind(a.home, b.home!)) return false;
    if (a.env >= 0 && !this.bind(a.env, b.env)) return false;
    return this.value(a.thisValue ?? UNDEFINED, b.thisValue ?? UNDEFINED);
  }

  /** That a list has been gone through (`list`) is what the call may have found out itself. */
  private unknown(a: UnknownData, b: UnknownData): boolean {
    const sameOwners =
      a.owners?.length === b.owners?.length &&
      (a.owners ?? []).every((o, i) => o.file === b.owners![i]!.file && o.owner === b.owners![i]!.owner);
    return sameOwners && a.depth === b.depth && a.name === b.name && sameType(this.m.types, a.type, b.type);
  }

  private value(a: Value, b: Value): boolean {
    if (a.kinds !== b.kinds || a.consts.length !== b.consts.length || a.labels.length !== b.labels.length) return false;
    if (!samePatterns(a.patterns, b.patterns) || !this.about(a, b)) return false;
    for (let i = 0; i < a.consts.length; i++) if (a.consts[i] !== b.consts[i]) return false;
    for (let i = 0; i < a.labels.length; i++) if (a.labels[i]!.id !== b.labels[i]!.id) return false;
    if (a.refs.length > 0 || b.refs.length > 0) {
      const then = this.s.renamed.size === 0 ? a.refs : this.renamed(a.refs);
      const now = currentRefs(this.m.heap, b.refs);
      if (then.length !== now.length) return false;
      for (let i = 0; i < then.length; i++) if (!this.bind(then[i]!, now[i]!)) return false;
      if (a.via !== null && a.via !== b.via) this.came(a.via, b.via);
    }
    for (let i = 0; i < a.labels.length; i++) if (a.labels[i]!.step !== b.labels[i]!.step) this.came(a.labels[i]!.step, b.labels[i]!.step);
    return true;
  }

  /** What consents say is the same; and which things they are, where that counts. */
  private about({ about: a }: Value, { about: b }: Value): boolean {
    if (a === b) return true;
    if (a !== null && a.key !== "") this.things.set(a.key, b?.key ?? "");
    return this.s.asked ? sameAbout(a, b) : sameAbout(unnamed(a), unnamed(b));
  }

  private came(then: Step, now: Step | null): void {
    if (!this.steps.has(then)) this.steps.set(then, now);
  }

  private renamed(refs: readonly number[]): readonly number[] {
    return [...new Set(refs.map((r) => this.s.renamed.get(r) ?? r))].sort((x, y) => x - y);
  }
}

const sameExternal = (a: ExternalData, b: ExternalData): boolean =>
  a.module === b.module && a.path.length === b.path.length && a.path.every((p, i) => p === b.path[i]);

const unnamed = (of: About | null): About | null => (of === null ? null : about("", of.held, of.yes, of.no));
