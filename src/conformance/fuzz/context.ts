/** Where in a program the generator is: what is in scope, what surrounds it, and how much it may still write. */
import type { Choices } from "./choices.js";
import { same, type ClassType, type RecordType, type Type } from "./types.js";

export interface Variable {
  readonly name: string;
  readonly type: Type;
  /** Can it be assigned to? */
  readonly mutable: boolean;
  /** Steps that a call of it takes, about. */
  readonly cost: number;
}

/** What surrounds a statement within its function. */
export interface Inside {
  readonly async: boolean;
  readonly returns?: Type;
  readonly yields?: Type;
  /** Loops around, from the outermost: their labels. */
  readonly loops: readonly string[];
  /** The class whose method it is, and what its private fields are. */
  readonly self?: { readonly type: ClassType; readonly hidden: readonly Variable[] };
}

/** What all parts of a program share. */
export interface Shared {
  readonly records: RecordType[];
  /** Names given so far, by prefix. */
  readonly names: Map<string, number>;
  /** Does anything go on while something else waits: promises that nobody waits for at once, timers? */
  readonly concurrent: boolean;
  /** Forms used, for the measure of what is covered. */
  readonly used: Set<string>;
}

export interface Context {
  readonly choices: Choices;
  readonly shared: Shared;
  readonly vars: Variable[];
  readonly inside: Inside;
  /** Levels of expressions, and of blocks, that may still follow below. */
  readonly depth: number;
  readonly nest: number;
  /** How often this runs at most, and what the function around takes so far: keeps programs short-lived. */
  readonly repeat: number;
  readonly meter: { steps: number };
}

const DEPTH = 4;
/** Steps of one function beyond which no further calls are written. */
const STEPS = 2_000;
/** What a call of a function costs that came as a value. */
export const UNKNOWN_COST = 20;

/** A name that no other part of the program has. */
export function fresh(g: Context, prefix: string): string {
  const next = (g.shared.names.get(prefix) ?? 0) + 1;
  g.shared.names.set(prefix, next);
  return `${prefix}${next}`;
}

/** Brings a variable into scope. */
export function declare(g: Context, name: string, type: Type, mutable = false, cost = UNKNOWN_COST): void {
  g.vars.push({ name, type, mutable, cost });
}

/** A level of expression further down. */
export const deeper = (g: Context): Context => ({ ...g, depth: g.depth - 1 });

/** A block of its own: what is declared in it ends with it. */
export const block = (g: Context, inside: Partial<Inside> = {}, repeat = 1): Context => ({
  ...g,
  vars: [...g.vars],
  inside: { ...g.inside, ...inside },
  nest: g.nest - 1,
  repeat: g.repeat * repeat,
});

/** The body of a function. */
export const body = (g: Context, inside: Partial<Inside> = {}): Context => ({
  ...g,
  vars: [...g.vars],
  inside: { async: false, loops: [], ...inside },
  depth: Math.min(g.depth, DEPTH - 1),
  nest: g.nest - 1,
  repeat: 1,
  meter: { steps: 0 },
});

/** Inside a function that is neither async nor a method: no `await`, and `this` is another one. */
export const detached = (g: Context): Context => ({
  ...g,
  vars: g.vars.filter((v) => !/^(?:this|super)\./u.test(v.name)),
  inside: { async: false, loops: [] },
});

/** Inside an arrow that is not async. */
export const withoutWaiting = (g: Context): Context => ({ ...g, inside: { ...g.inside, async: false } });

/** The beginning of a statement. */
export const statementOf = (g: Context): Context => ({ ...g, depth: DEPTH });

/** May a call of that cost be written here? If so it is charged. */
export function afford(g: Context, cost: number): boolean {
  if (g.meter.steps + cost * g.repeat > STEPS) return false;
  g.meter.steps += cost * g.repeat;
  return true;
}

/** Can blocks still be nested here? */
export const nests = (g: Context): boolean => g.nest > 0;

/** May something be left to go on by itself here? */
export const concurrent = (g: Context): boolean => g.shared.concurrent;

/** Variables in scope of exactly this type, the latest first. */
export const ofType = (g: Context, type: Type): Variable[] => g.vars.filter((v) => same(v.type, type)).reverse();

/** Variables in scope of a kind of type, the latest first. */
export const ofKind = <K extends Type["k"]>(g: Context, ...kinds: readonly K[]): (Variable & { type: Extract<Type, { k: K }> })[] =>
  g.vars.filter((v): v is Variable & { type: Extract<Type, { k: K }> } => (kinds as readonly string[]).includes(v.type.k)).reverse();
