/**
 * Who mentions whom: a graph over the program's code that needs neither types nor a run. Functions, classes and what is bound lead to the
 * code they hold and to the variables they name; a property's name leads to all code that is kept under that name anywhere (a
 * class-hierarchy analysis without classes; Feldthaus et al., _Efficient Construction of Approximate Call Graphs for JavaScript IDE
 * Services_, 2013). It has edges that no run goes, and lacks those of computed names: good for an order, not for a verdict.
 */
import { Reader } from "./mentions-of-a-file.js";
import { packageOf, type LinkedFile, type Modules } from "./modules.js";

/** Nodes are numbers. */
export interface Mentions {
  /** A function of a file, by its index in the file's facts; 0 is the top level. */
  readonly ofFunction: (file: LinkedFile, fn: number) => number;
  /** Those that mention a property's, a global's or (as `package:name`, or `package:` for whatever of it) an import's name. */
  readonly mentioning: (name: string) => readonly number[];
  /** Those that bear a text that was looked for, by what it was looked for as. */
  readonly bearing: (sought: string) => readonly number[];
  /** What is kept under a property's name. */
  readonly under: (name: string) => readonly number[];
  /** Code that a node holds or names, and that is not named all over the program. */
  readonly held: (node: number) => readonly number[];
  /** Slots of variables that a node names, itself or in code that it holds. */
  readonly slotsIn: (node: number) => ReadonlySet<string>;
  /** The file that a node is of; undefined for names. */
  readonly fileOf: (node: number) => LinkedFile | undefined;
  /** How far each node is from the nearest of these, along mentions; see {@link DEAR}. */
  readonly distances: (to: Iterable<number>) => Int32Array;
}

/** Farther than any. */
export const NOWHERE = 0x7fffffff;

/** What is held in so many places, at most, is what they are there for: a helper is named in more. */
const OWN = 2;

/** A name that is many things' leads to each of them as if it were so many steps away for each doubling of their number. */
const DEAR = 2;

/** `sought`: what a text in the code is looked for as. */
export function mentions(modules: Modules, sought: (text: string) => readonly string[]): Mentions {
  const out: number[][] = [];
  const files: (LinkedFile | undefined)[] = [];
  const names = new Map<string, number>();
  const texts = new Map<string, number[]>();
  const slots = new Map<LinkedFile, Map<string, number>>();
  const slotOf = new Map<number, string>();
  const node = (file?: LinkedFile): number => {
    files.push(file);
    return out.push([]) - 1;
  };
  const first = modules.files.map((file) => {
    const id = out.length;
    for (let i = file.facts.functions.length + file.facts.classes.length; i > 0; i--) node(file);
    return id;
  });
  const named = (name: string): number => {
    let id = names.get(name);
    if (id === undefined) names.set(name, (id = node()));
    return id;
  };
  const variable = (file: LinkedFile, slot: string): number => {
    let ofFile = slots.get(file);
    if (ofFile === undefined) slots.set(file, (ofFile = new Map<string, number>()));
    let id = ofFile.get(slot);
    if (id === undefined) {
      ofFile.set(slot, (id = node(file)));
      slotOf.set(id, slot);
    }
    return id;
  };
  const ofFunction = (file: LinkedFile, fn: number): number => first[file.index]! + fn;
  const ofClass = (file: LinkedFile, cls: number): number => first[file.index]! + file.facts.functions.length + cls;
  const keep = (name: string, id: number): void => void out[named(name)]!.push(id);
  const whole = new Set<LinkedFile>();

  for (const file of modules.files) {
    const read = new Reader({
      lead: (from, to) => void out[from]!.push(to),
      node: () => node(file),
      named,
      variable: (slot) => variable(file, slot),
      imported: (i) => {
        const to = modules.importTarget(file, i);
        if (to.k === "slot") return [variable(to.file, to.slot)];
        if (to.k === "namespace") whole.add(to.file);
        if (to.k !== "external") return [];
        const from = packageOf(to.module);
        return [named(`${from}:`), ...to.path.slice(0, 1).map((name) => named(`${from}:${name}`))];
      },
      ofFunction: (fn) => ofFunction(file, fn),
      ofClass: (cls) => ofClass(file, cls),
      keep,
      text: (id, text) => {
        for (const as of sought(text)) {
          const known = texts.get(as);
          if (known === undefined) texts.set(as, [id]);
          else known.push(id);
        }
      },
    });
    read.all(file.facts);
  }
  // `import * as jobs`, then `jobs.start()`.
  for (const file of whole)
    for (const name of modules.exportNames(file)) {
      const to = modules.exportTarget(file, name);
      if (to?.k === "slot") keep(name, variable(to.file, to.slot));
    }
  const into: number[][] = out.map(() => []);
  out.forEach((nodes, from) => {
    for (const to of nodes) into[to]!.push(from);
  });
  const isName = (id: number): boolean => files[id] === undefined;
  return {
    ofFunction,
    mentioning: (name) => into[names.get(name) ?? -1] ?? [],
    bearing: (text) => texts.get(text) ?? [],
    under: (name) => out[names.get(name) ?? -1] ?? [],
    held: (id) => out[id]!.filter((to) => !isName(to) && into[to]!.length <= OWN),
    slotsIn: (id) => {
      const found = new Set<string>();
      const inside = new Set([id]);
      for (const part of inside)
        for (const to of out[part]!) {
          const slot = slotOf.get(to);
          if (slot !== undefined) found.add(slot);
          else if (!isName(to)) inside.add(to);
        }
      return found;
    },
    fileOf: (id) => files[id],
    distances: (to) =>
      nearest(
        out.length,
        to,
        (id) => into[id]!,
        (from, id) => (isName(from) ? 1 + DEAR * Math.ceil(Math.log2(out[from]!.length)) : isName(id) ? 0 : 1),
      ),
  };
}

/** Dijkstra's algorithm; distances are small whole numbers, so what is so far away waits in a list of its own (Dial, 1969). */
function nearest(
  size: number,
  starts: Iterable<number>,
  before: (node: number) => readonly number[],
  length: (from: number, to: number) => number,
): Int32Array {
  const far = new Int32Array(size).fill(NOWHERE);
  const waiting: number[][] = [[...starts]];
  for (const start of waiting[0]!) far[start] = 0;
  for (let at = 0; at < waiting.length; at++) {
    const here = waiting[at] ?? [];
    // It grows while it is gone through: a step may have no length.
    for (const to of here) {
      if (far[to] !== at) continue;
      for (const from of before(to)) {
        const way = at + length(from, to);
        if (way >= far[from]!) continue;
        far[from] = way;
        (waiting[way] ??= []).push(from);
      }
    }
  }
  return far;
}
