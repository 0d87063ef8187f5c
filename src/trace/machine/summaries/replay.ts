/** A summary used again: what the call did, done to the objects that correspond. */
import { about, type About } from "../../domain/about.js";
import { alloc, meet, writeSlot, standsFor, type Obj } from "../../domain/heap.js";
import type { Label, Step } from "../../domain/labels.js";
import type { Value } from "../../domain/value.js";
import { makerNow } from "../identity.js";
import { leave } from "../jobs.js";
import { pathOf, type Args, type Call, type FunctionData, type Machine, type UnknownData } from "../machine.js";
import { readsPlace, writesPlace } from "../roots.js";
import type { Match } from "./matching.js";
import type { Outcome, Picture, Summary } from "./summary.js";

export function replay(m: Machine, s: Summary, match: Match, call: Call): Outcome {
  const again = new Replay(m, s, match, call);
  for (const place of s.placesRead.keys()) readsPlace(m, place);
  for (const place of s.placesWritten) writesPlace(m, place);
  for (const [id, { obj }] of s.met) {
    // Whoever is being noted has come across it, too.
    const now = meet(m.heap, m.heap.objects[again.id(id)]!);
    if (obj.kind === "unknown" && (obj.data as UnknownData).list === true) (now.data as UnknownData).list = true;
  }
  for (const w of s.writes) writeSlot(m.heap, m.heap.objects[again.id(w.id)]!, w.slot, w.value && again.value(w.value));
  for (const { fn, self, args, ...when } of s.left)
    leave(m, { fn: again.value(fn), self: again.value(self), args: again.args(args), ...when });
  const out = { gave: again.value(s.gave), returns: s.returns, thrown: again.value(s.thrown) };
  m.steps += 1 + s.writes.length;
  return out;
}

class Replay {
  private readonly made = new Map<Obj, Obj>();
  private readonly steps = new Map<Step, Step>();
  private readonly elsewhere: boolean;

  constructor(
    private readonly m: Machine,
    private readonly s: Summary,
    private readonly match: Match,
    private readonly call: Call,
  ) {
    this.elsewhere = s.path !== m.path || s.call.site !== call.site;
  }

  /** The object for one of the summary's. */
  id(then: number): number {
    const picture = this.s.born.get(then);
    if (picture !== undefined) return this.make(picture).id;
    const old = this.s.renamed.get(then) ?? then;
    return this.match.objects.get(old) ?? standsFor(this.m.heap, old).id;
  }

  args({ list, rest }: Args): Args {
    return { list: list.map((v) => this.value(v)), rest: rest && this.value(rest) };
  }

  value(v: Value): Value {
    const { labels, refs, via } = v;
    if (labels.length === 0 && refs.length === 0 && v.about === null) return v;
    const now = refs.map((r) => this.id(r));
    return {
      ...v,
      about: this.about(v.about),
      labels: labels.map((l): Label => ({ id: l.id, step: this.step(l.step) ?? l.step })),
      refs: [...new Set(now)].sort((a, b) => a - b),
      via: via && this.step(via),
    };
  }

  private about(of: About | null): About | null {
    return of === null || of.key === "" || this.s.asked ? of : about(this.thing(of.key), of.held, of.yes, of.no);
  }

  /** The name of the thing that corresponds: of a primitive that went in, or of a property of an object. */
  private thing(then: string): string {
    const known = this.match.things.get(then);
    if (known !== undefined) return known;
    for (const [a, b] of this.match.objects) {
      const { key } = this.m.heap.objects[a]!;
      if (a !== b && then.startsWith(`${key}.`)) return this.m.heap.objects[b]!.key + then.slice(key.length);
    }
    return then;
  }

  private make({ obj, slots, summary }: Picture): Obj {
    const known = this.made.get(obj);
    if (known !== undefined) return known;
    const { heap } = this.m;
    const { site } = this.s.call;
    const origin = obj.from === site ? this.call.site : obj.from;
    // On the same way it is what the summarised call made there; on others it is kept apart from that.
    const path = this.elsewhere ? pathOf(this.m, `${this.m.path}~${obj.path}`) : obj.path;
    const now = alloc(heap, obj.kind, origin, this.data(obj), path);
    this.made.set(obj, now);
    now.summary = summary;
    if (obj.maker !== undefined) now.maker = makerNow(this.m);
    slots.each((slot, v) => {
      writeSlot(heap, now, slot, this.value(v));
    });
    return now;
  }

  private data({ kind, data }: Obj): unknown {
    if (kind === "bound") return { target: this.id((data as { target: number }).target) };
    if (kind === "unknown") return { ...(data as UnknownData) };
    if (kind !== "function") return data;
    const d = data as FunctionData;
    return {
      ...d,
      env: d.env < 0 ? d.env : this.id(d.env),
      home: d.home === null ? null : this.id(d.home),
      thisValue: d.thisValue && this.value(d.thisValue),
    } satisfies FunctionData;
  }

  /** The same hops within the call, behind those by which the values came to it now. */
  private step(then: Step): Step | null {
    const hops: Step[] = [];
    let from: Step | null = then;
    for (; from !== null && from.time >= this.s.began && !this.steps.has(from); from = from.prev) hops.push(from);
    let now = from === null ? null : from.time < this.s.began ? this.before(from) : this.steps.get(from)!;
    for (const hop of hops.reverse()) {
      const via = hop.via && this.step(hop.via);
      const site = hop.site === this.s.call.site ? this.call.site : hop.site;
      const same: boolean = now === hop.prev && via === hop.via && site === hop.site;
      now = same ? hop : { ...hop, site, prev: now, via, length: (now?.length ?? 0) + 1, time: this.m.time++ };
      this.steps.set(hop, now);
    }
    return now;
  }

  private before(then: Step): Step | null {
    const now = this.match.steps.get(then);
    return now === undefined ? then : now;
  }
}
