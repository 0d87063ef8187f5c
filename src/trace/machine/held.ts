/**
 * What entry points make at one place and keep at one place is one thing (`if (!Pool.instance) Pool.instance = new Pool()`): whichever of
 * them comes first makes it, and the others find it. Followed one by one, each would leave an object of its own there.
 */
import { foldInto } from "../domain/fold.js";
import { currentRefs, isPlain, S, standsFor, type Heap, type Obj } from "../domain/heap.js";
import type { Value } from "../domain/value.js";
import { basesOf, type Point } from "../domain/ways.js";
import type { FunctionData } from "./machine.js";

/** Objects of one origin that stay apart where one name, or one list, holds them. */
const APART = { named: 3, listed: 12 } as const;

/** Makes one of the objects that the root since `from` has left beside others of their origin, and of all that these lead to. */
export function foldHeld(heap: Heap, from: Point): void {
  const folding = new Folding(heap, from.born);
  for (const [obj, slots] of basesOf(heap, from))
    for (const slot of slots.keys()) folding.held(obj, slot, isNamed(obj, slot) ? APART.named : APART.listed);
}

const isNamed = (obj: Obj, slot: string): boolean =>
  (obj.kind === "object" || obj.kind === "env" || obj.kind === "class") && slot !== S.rest;

class Folding {
  constructor(
    private readonly heap: Heap,
    /** Objects from this one on are the root's. */
    private readonly born: number,
  ) {}

  held(obj: Obj, slot: string, apart: number): void {
    const v = obj.props.get(slot);
    if (v === undefined || v.refs.length <= apart) return;
    const groups = new Map<string, Obj[]>();
    for (const id of currentRefs(this.heap, v.refs)) {
      const one = standsFor(this.heap, id);
      const origin = originOf(one);
      if (origin === undefined) continue;
      const group = groups.get(origin);
      if (group === undefined) groups.set(origin, [one]);
      else group.push(one);
    }
    for (const [into, ...others] of groups.values())
      if (others.length >= apart) for (const other of others) if (other.id >= this.born) this.fold(into!, other);
  }

  /** Makes one of two. Says whether they are. */
  private fold(a: Obj, b: Obj): boolean {
    const into = standsFor(this.heap, a.id);
    const obj = standsFor(this.heap, b.id);
    if (into === obj) return true;
    if (obj.id < into.id) return this.fold(obj, into);
    const origin = originOf(into);
    if (obj.id < this.born || origin === undefined || origin !== originOf(obj)) return false;
    if (into.kind === "function" && !this.closures(into.data as FunctionData, obj.data as FunctionData)) return false;
    if (!this.values(into.props.get(S.proto), obj.props.get(S.proto))) return false;
    into.summary = true;
    foldInto(this.heap, into, obj);
    for (const slot of into.props.keys()) this.held(into, slot, 1);
    return true;
  }

  /** Closures of the same code are one where what they close over is. */
  private closures(a: FunctionData, b: FunctionData): boolean {
    if (a.code?.fn !== b.code?.fn || a.cls !== b.cls || a.file !== b.file) return false;
    return (
      this.values(a.thisValue ?? undefined, b.thisValue ?? undefined) && this.ids(a.home ?? -1, b.home ?? -1) && this.ids(a.env, b.env)
    );
  }

  private ids(a: number, b: number): boolean {
    return a === b || (a >= 0 && b >= 0 && this.fold(standsFor(this.heap, a), standsFor(this.heap, b)));
  }

  private values(a: Value | undefined, b: Value | undefined): boolean {
    if (a === b) return true;
    return a?.refs.length === 1 && b?.refs.length === 1 && this.ids(a.refs[0]!, b.refs[0]!);
  }
}

/** Is all of it in its slots, and in what it closes over? */
const isFoldable = (obj: Obj): boolean => !obj.lasting && obj.awaiters === null && (obj.kind === "function" || isPlain(obj));

/** Where something is made that can be folded. */
export function originOf(obj: Obj): string | undefined {
  if (!isFoldable(obj)) return undefined;
  if (typeof obj.from === "string") return `${obj.kind}|${obj.from}`;
  const { file, at, end } = "site" in obj.from ? obj.from.site : obj.from;
  return `${obj.kind}|${file}:${at}:${end}`;
}
