/**
 * Who mentions whom: a graph over the program's code that needs neither types nor a run. Functions, classes and what is bound lead to the
 * code they hold and to the variables they name; a property's name leads to all code that is kept under that name anywhere (a
 * class-hierarchy analysis without classes; Feldthaus et al., _Efficient Construction of Approximate Call Graphs for JavaScript IDE
 * Services_, 2013). It has edges that no run goes, and lacks those of computed names: good for an order, not for a verdict.
 */
import type { ClassFacts, Expr, FileFacts, ObjectProp, Pattern, Stmt } from "../facts/ir.js";
import type { LinkedFile, Modules } from "./modules.js";

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
    const read = new Reader(file, {
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

/** The package that a module belongs to: `ai/react` to `ai`. */
export const packageOf = (module: string): string => module.split("/", module.startsWith("@") ? 2 : 1).join("/");

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

interface Graph {
  lead(from: number, to: number): void;
  node(): number;
  named(name: string): number;
  variable(slot: string): number;
  imported(i: number): readonly number[];
  ofFunction(fn: number): number;
  ofClass(cls: number): number;
  keep(name: string, node: number): void;
  text(node: number, text: string): void;
}

type Part = Expr | Stmt | Pattern | ObjectProp;

/** Reads the facts of a file into the graph. */
class Reader {
  constructor(
    readonly file: LinkedFile,
    readonly graph: Graph,
  ) {}

  all(facts: FileFacts): void {
    facts.functions.forEach((fn, i) => {
      const id = this.graph.ofFunction(i);
      for (const h of fn.hoisted) {
        this.graph.lead(this.graph.variable(h.slot), this.graph.ofFunction(h.fn));
        if (fn.kind !== "module") this.graph.lead(id, this.graph.ofFunction(h.fn));
      }
      unlessTooDeep(() => {
        for (const p of fn.params) {
          this.pattern(id, p.target);
          this.inside(id, p.default);
        }
        this.inside(id, fn.body);
      });
    });
    facts.classes.forEach((cls, i) => {
      unlessTooDeep(() => {
        this.cls(this.graph.ofClass(i), cls);
      });
    });
  }

  /** A class leads to what making an instance runs; its methods are found by their names. */
  private cls(id: number, cls: ClassFacts): void {
    if (cls.selfSlot !== undefined) this.graph.lead(this.graph.variable(cls.selfSlot), id);
    this.inside(id, cls.superclass);
    this.inside(id, cls.decorators);
    if (cls.ctor !== undefined) this.graph.lead(id, this.graph.ofFunction(cls.ctor));
    for (const member of cls.members) {
      this.inside(id, member.decorators);
      if (member.fn === undefined) continue;
      const fn = this.graph.ofFunction(member.fn);
      const name = constant(member.key);
      if (member.kind === "field" || member.kind === "static-block" || member.decorators !== undefined) this.graph.lead(id, fn);
      if (name !== undefined) this.graph.keep(name, fn);
    }
  }

  /** Anything of the facts but types. */
  private inside(id: number, x: unknown): void {
    if (typeof x !== "object" || x === null) return;
    if (Array.isArray(x)) {
      for (const part of x) this.inside(id, part);
      return;
    }
    const part = x as Part;
    if ("e" in part && "at" in part) this.expression(id, part as Expr);
    else if ("s" in part) this.statement(id, part);
    else if ("p" in part) this.pattern(id, part);
    else if (!("t" in part)) this.parts(id, part);
  }

  private parts(id: number, part: object): void {
    for (const [name, value] of Object.entries(part)) if (!PLAIN.has(name) && typeof value === "object") this.inside(id, value);
  }

  private expression(id: number, x: Expr): void {
    const { graph } = this;
    switch (x.e) {
      case "const":
        if (typeof x.v === "string") graph.text(id, x.v);
        return;
      case "fn":
        graph.lead(id, graph.ofFunction(x.fn));
        return;
      case "class":
        graph.lead(id, graph.ofClass(x.cls));
        return;
      case "var":
        graph.lead(id, graph.variable(x.slot));
        return;
      case "global":
        graph.lead(id, graph.named(x.name));
        return;
      case "import":
        for (const to of graph.imported(x.i)) graph.lead(id, to);
        return;
      case "member":
        this.mention(id, x.key);
        this.inside(id, x.o);
        return;
      case "assign":
        this.bound(id, x.target, x.v);
        return;
      case "object":
      case "jsx":
        if (x.e === "jsx") this.inside(id, x.tag);
        for (const prop of x.props) this.property(id, prop);
        return;
      default:
        this.parts(id, x);
    }
  }

  private statement(id: number, x: Stmt): void {
    if (x.s === "bind") {
      if (x.init === undefined) this.pattern(id, x.target);
      else this.bound(id, x.target, x.init);
      return;
    }
    if ("hoisted" in x) for (const h of x.hoisted) this.graph.lead(this.graph.variable(h.slot), this.graph.ofFunction(h.fn));
    this.parts(id, x);
  }

  /** What a variable or a property gets is a node of its own, so that others who name it come to that alone. */
  private bound(id: number, target: Pattern, value: Expr): void {
    this.pattern(id, target);
    const slots = slotsOf(target);
    const name = target.p === "member" ? constant(target.key) : undefined;
    if (slots.length === 0 && (name === undefined || !holdsCode(value))) {
      this.inside(id, value);
      return;
    }
    const own = this.own(id, value);
    for (const slot of slots) this.graph.lead(this.graph.variable(slot), own);
    if (name !== undefined) this.graph.keep(name, own);
  }

  private own(id: number, value: Expr): number {
    const own = this.graph.node();
    this.graph.lead(id, own);
    this.inside(own, value);
    return own;
  }

  private property(id: number, prop: ObjectProp): void {
    if (prop.k === "spread") {
      this.inside(id, prop.v);
      return;
    }
    const name = constant(prop.key);
    if (name === undefined) this.inside(id, prop.key);
    if (prop.k !== "prop") {
      this.graph.lead(id, this.graph.ofFunction(prop.fn));
      if (name !== undefined) this.graph.keep(name, this.graph.ofFunction(prop.fn));
    } else if (name !== undefined && (prop.v.e === "var" || prop.v.e === "import" || holdsCode(prop.v)))
      this.graph.keep(name, this.own(id, prop.v));
    else this.inside(id, prop.v);
  }

  private pattern(id: number, target: Pattern): void {
    switch (target.p) {
      case "var":
        return;
      case "global":
        this.graph.lead(id, this.graph.named(target.name));
        return;
      case "member":
        this.mention(id, target.key);
        this.inside(id, target.o);
        return;
      case "object":
        for (const prop of target.props) {
          this.mention(id, prop.key);
          this.inside(id, prop.default);
          this.pattern(id, prop.target);
        }
        break;
      case "array":
        for (const element of target.elems) {
          if (element === null) continue;
          this.inside(id, element.default);
          this.pattern(id, element.target);
        }
    }
    if (target.rest !== undefined) this.pattern(id, target.rest);
  }

  private mention(id: number, key: Expr): void {
    const name = constant(key);
    if (name === undefined) this.inside(id, key);
    else this.graph.lead(id, this.graph.named(name));
  }
}

/** Code that nests more deeply than the stack goes is left half read: there is an order all the same. */
function unlessTooDeep(read: () => void): void {
  try {
    read();
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
  }
}

/** Properties of facts that hold no code. */
const PLAIN = new Set(["type", "types", "tags", "hoisted"]);

const constant = (key: Expr): string | undefined => (key.e === "const" && typeof key.v === "string" ? key.v : undefined);

/** Does it make a function or a class, but for those inside others? */
function holdsCode(x: unknown): boolean {
  if (typeof x !== "object" || x === null) return false;
  if (Array.isArray(x)) return x.some(holdsCode);
  const { e } = x as { readonly e?: string };
  if (e === "fn" || e === "class") return true;
  return !("t" in x) && Object.values(x).some(holdsCode);
}

function slotsOf(target: Pattern): string[] {
  switch (target.p) {
    case "var":
      return [target.slot];
    case "object":
      return [...target.props.map((prop) => prop.target), ...(target.rest ? [target.rest] : [])].flatMap(slotsOf);
    case "array":
      return [
        ...target.elems.flatMap((element) => (element === null ? [] : [element.target])),
        ...(target.rest ? [target.rest] : []),
      ].flatMap(slotsOf);
    default:
      return [];
  }
}
