/** Searches for labels through objects (`domain/searches.ts`: what is kept of them). */
import { deref, standsFor, type Obj } from "../domain/heap.js";
import { joinLabels, NO_LABELS, type Labels } from "../domain/labels.js";
import { answerFor, forgetFound, holdsData, isClean, isCleanFor } from "../domain/searches.js";
import { isReadable } from "../domain/slot-names.js";
import { GONE } from "../domain/sweep.js";
import type { Machine } from "./machine.js";
import { unread } from "./unknown.js";

/** Values of so few objects are searched one by one, and what is found from each of them is kept. */
const FEW = 4;

/** Labels of all that can be read from these objects on, without running accessors and without making children of unknown objects. */
export function reachableLabels(m: Machine, refs: readonly number[]): Labels {
  const { heap } = m;
  settle(m);
  const open = refs.filter((id) => {
    const obj = deref(heap, id);
    return holdsData(obj) && !isCleanFor(heap, obj);
  });
  if (open.length > FEW) return new Search(m).from(open);
  let out: Labels = NO_LABELS;
  for (const id of open) {
    const obj = deref(heap, id);
    let labels = answerFor(heap, obj);
    if (labels === undefined) {
      labels = new Search(m).from([id]);
      heap.searches.answers.set(obj, { labels, search: heap.searches.count });
    }
    out = joinLabels(out, labels);
  }
  return out;
}

/** What was clean and has been written to is looked at again: if it is clean no more, nothing is known of those that lead to it. */
function settle(m: Machine): void {
  const { searches } = m.heap;
  if (searches.doubtful.length === 0) return;
  const search = new Search(m);
  for (const doubtful of searches.doubtful) {
    const obj = standsFor(m.heap, doubtful.id);
    // Nobody can get at what was given back.
    if (obj === GONE || isClean(m.heap, obj) || !holdsData(obj) || search.from([obj.id]).length === 0) continue;
    forgetFound(m.heap);
    return;
  }
  searches.doubtful = [];
}

/** What {@link Search.visit} says of an object from which labels can be reached, and of a clean one. */
const SOILED = -1;
const CLEAN = Infinity;

/**
 * One search. Objects that lead to each other are clean together or not at all: strongly connected components (Tarjan, SIAM J. Comput.
 * 1972), of which one that leads to a label is done with at once.
 */
class Search {
  private readonly number: number;
  private readonly open: Obj[] = [];
  private found: Labels = NO_LABELS;

  constructor(private readonly m: Machine) {
    this.number = ++m.heap.searches.count;
  }

  from(refs: readonly number[]): Labels {
    this.found = NO_LABELS;
    this.earliestOf(refs);
    return this.found;
  }

  /** The earliest place on the way here that can be reached from these. */
  private earliestOf(refs: readonly number[]): number {
    let earliest = CLEAN;
    for (const id of refs) {
      const at = this.visit(deref(this.m.heap, id));
      if (at < earliest) earliest = at;
    }
    return earliest;
  }

  private visit(obj: Obj): number {
    const { m, open, number } = this;
    const { heap } = m;
    if (!holdsData(obj) || isCleanFor(heap, obj)) return CLEAN;
    if (obj.search === number) return obj.at;
    const known = answerFor(heap, obj);
    if (known !== undefined) {
      this.found = joinLabels(this.found, known);
      return SOILED;
    }
    heap.work += 1 + obj.size;
    const at = open.length;
    let earliest = at;
    obj.search = number;
    obj.at = at;
    open.push(obj);
    if (obj.kind === "unknown") earliest = this.note(unread(m, obj), earliest);
    obj.props.each((slot, x) => {
      if ((x.refs.length === 0 && x.labels.length === 0) || !isReadable(slot)) return;
      earliest = this.note(x.labels, earliest);
      if (x.refs.length > 0) earliest = Math.min(earliest, this.earliestOf(x.refs));
    });
    // All that is still open since then leads back here.
    if (earliest === SOILED) this.close(at, 0);
    else if (earliest === at) this.close(at, number);
    return earliest === at ? CLEAN : earliest;
  }

  private note(labels: Labels, earliest: number): number {
    if (labels.length === 0) return earliest;
    this.found = joinLabels(this.found, labels);
    return SOILED;
  }

  private close(from: number, clean: number): void {
    for (const obj of this.open.splice(from)) {
      obj.at = SOILED;
      obj.clean = clean;
    }
  }
}
