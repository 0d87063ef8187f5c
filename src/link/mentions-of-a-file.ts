/** What the code of one file mentions, from its facts. */
import type { ClassFacts, Expr, FileFacts, ObjectProp, Pattern, Stmt } from "../facts/ir.js";

/** What is built of all files: nodes of {@link Mentions}, made as they are met. */
export interface Graph {
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
export class Reader {
  constructor(readonly graph: Graph) {}

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
