/**
 * An object's slots: a map from name to value that costs little while it is small. Most abstract objects have none to a few slots, and
 * a `Map` of four takes ten times as much (measured: 400 of 1,150 MB on a program of 40,000 lines).
 */
import type { Value } from "./value.js";

/** More slots than this are found by hashing, no longer by going through them. */
const FEW = 8;

export class Slots {
  /** Names and values in turn; null when there are none, or when `many` has them. */
  private few: (string | Value)[] | null = null;
  private many: Map<string, Value> | null = null;
  /** A copy has the same arrays and maps: they are copied before they are written to. */
  private shared = false;

  get size(): number {
    return this.many !== null ? this.many.size : this.few === null ? 0 : this.few.length >> 1;
  }

  get(name: string): Value | undefined {
    if (this.many !== null) return this.many.get(name);
    const i = this.find(name);
    return i < 0 ? undefined : (this.few![i + 1] as Value);
  }

  has(name: string): boolean {
    return this.many !== null ? this.many.has(name) : this.find(name) >= 0;
  }

  set(name: string, value: Value): this {
    // A new array, not a longer one: arrays grow with room for sixteen more.
    if (this.shared) this.unshare();
    if (this.many !== null) {
      this.many.set(name, value);
      return this;
    }
    const i = this.find(name);
    if (i >= 0) this.few![i + 1] = value;
    else if (this.few === null) this.few = [name, value];
    else if (this.few.length < 2 * FEW) this.few = [...this.few, name, value];
    else {
      this.many = new Map(this);
      this.many.set(name, value);
      this.few = null;
    }
    return this;
  }

  /** The same slots, apart from these. Costs nothing until one of the two is written to. */
  copy(): Slots {
    const out = new Slots();
    out.adopt(this);
    return out;
  }

  /** From now on these are those of another. */
  adopt(other: Slots): void {
    this.few = other.few;
    this.many = other.many;
    this.shared = true;
    other.shared = true;
  }

  /** Are these, as far as is known without comparing, those of a copy? */
  sharesWith(copy: Slots): boolean {
    return this.few === copy.few && this.many === copy.many;
  }

  private unshare(): void {
    this.few = this.few === null ? null : [...this.few];
    this.many = this.many === null ? null : new Map(this.many);
    this.shared = false;
  }

  delete(name: string): boolean {
    if (this.shared) this.unshare();
    if (this.many !== null) return this.many.delete(name);
    const i = this.find(name);
    if (i < 0) return false;
    if (this.few!.length === 2) this.few = null;
    else this.few!.splice(i, 2);
    return true;
  }

  /** In the order in which they were set; what is set or deleted meanwhile may or may not be seen. */
  [Symbol.iterator](): IterableIterator<[string, Value]> {
    if (this.many !== null) return this.many.entries();
    const out: [string, Value][] = [];
    for (let i = 0; this.few !== null && i < this.few.length; i += 2) out.push([this.few[i] as string, this.few[i + 1] as Value]);
    return out.values();
  }

  /** Goes through the slots without making anything: for what is done with every object again and again. */
  each(visit: (name: string, value: Value) => void): void {
    if (this.many !== null) for (const [name, value] of this.many) visit(name, value);
    else if (this.few !== null) for (let i = 0, { few } = this; i < few.length; i += 2) visit(few[i] as string, few[i + 1] as Value);
  }

  /** Does that hold of all slots? */
  all(holds: (name: string, value: Value) => boolean): boolean {
    if (this.many !== null) {
      for (const [name, value] of this.many) if (!holds(name, value)) return false;
    } else if (this.few !== null)
      for (let i = 0, { few } = this; i < few.length; i += 2) if (!holds(few[i] as string, few[i + 1] as Value)) return false;
    return true;
  }

  keys(): IterableIterator<string> {
    if (this.many !== null) return this.many.keys();
    return this.every(0).values() as IterableIterator<string>;
  }

  values(): IterableIterator<Value> {
    if (this.many !== null) return this.many.values();
    return this.every(1).values() as IterableIterator<Value>;
  }

  private every(from: 0 | 1): (string | Value)[] {
    const out: (string | Value)[] = [];
    for (let i = from; this.few !== null && i < this.few.length; i += 2) out.push(this.few[i]!);
    return out;
  }

  private find(name: string): number {
    const list = this.few;
    if (list === null) return -1;
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) return i;
    return -1;
  }
}
