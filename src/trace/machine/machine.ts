/**
 * The abstract machine: the state of one run over the linked facts.
 *
 * It executes the facts like an interpreter would, over abstract values: where a condition is open it goes both ways and joins,
 * where a callee is open it calls all, where a loop's number of turns is open it runs to a fixpoint. What it cannot follow it
 * says ({@link Machine.blind}). Nothing here is specific to a library; those are `natives` and `models`.
 */
import type { Nearness } from "../nearness.js";
import type { ClassFacts, FunctionFacts, TypeIR } from "../../facts/ir.js";
import type { LinkedFile, Modules } from "../../link/modules.js";
import type { Programs } from "../../link/programs.js";
import type { MemberKey, TypeMember, TypeRef, Types } from "../../link/types.js";
import type { Manifest } from "../../manifest/model.js";
import type { Project } from "../../program/project.js";
import type { Places } from "../stores/places.js";
import type { Arm, BlindSpotKind, HopKind } from "../result.js";
import type { LabelTable, Labels, Site, Step } from "../domain/labels.js";
import { alloc, type Heap, type Obj, type ObjectKind, type Origin } from "../domain/heap.js";
import type { Facts } from "../domain/about.js";
import type { Diff, Point } from "../domain/ways.js";
import type { Spent } from "./budget.js";
import { passing, type Gates } from "./gates.js";
import { meetField, type Purse, type Spending } from "./purse.js";
import type { Root, Roots } from "./roots.js";
import type { Era } from "./shared.js";
import type { Profile } from "./summaries/index.js";
import type { Recording } from "./summaries/recording.js";
import type { Reader } from "../domain/readers.js";
import type { Waits } from "./floating.js";
import type { Task } from "./tasks.js";
import { withLabels, withVia, type Value } from "../domain/value.js";

/** Bounds; each that is hit is a blind spot. */
export const LIMITS = {
  /** Evaluated expressions for one root (an entry point with all it calls), at most: see `purse.ts`. */
  steps: 750_000,
  /** Abstract objects that one root makes; then calls are no longer followed. */
  objects: 300_000,
  /**
   * Objects that cost the project a whole budget. They are given back when the root has run: what bounds them above is memory, what they cost the
   * project is time. Roots of 100,000 objects and 45,000 steps took 1.2 s, those of a third of a budget's steps 10 s (lunary's backend).
   */
  objectsOfProject: 1_200_000,
  /** References followed and slots searched for one root ({@link Heap.work}): steps over values of hundreds of objects are long ones. */
  work: 25_000_000,
  /**
   * Whole budgets of a root that the project has; so many left that a root has a whole one, else its part; the part it has in any case: one in
   * so many. Overdrawn by so many, nothing runs again, and that part halves for every so many more.
   */
  project: 16,
  ample: 6,
  least: 50,
  overdrawn: 2,
  /** Whole budgets kept for entry points that cost no more than the least part, so that they run again when nothing else does. */
  reserve: 2,
  /** Steps from code to what the manifest names, beyond which it is far ({@link Machine.nearness}): it runs when all else has. */
  near: 12,
  /** The part of its budget that a root has before it comes across a declared field: one in so many. */
  waiting: 5,
  /** When a budget is spent, what comes behind the call that has spent most of it has another one, one in so many of it; so many times. */
  behind: 4,
  turns: 1,
  /** Steps that one function may cost a root, when it is called so often or more; and the work, a quarter of what the root has. */
  functionSteps: 40_000,
  functionWork: 6_000_000,
  functionCalls: 16,
  /** Activations on the stack. */
  callDepth: 90,
  /** Activations of one function on the stack before its calls are summarised. */
  recursion: 8,
  recursionUnknown: 1,
  /** Levels of a recursion that are apart from each other by a repeated loop: each doubles what there is to run. */
  recursionRepeated: 2,
  /** Calls of one function of a cycle that are followed in one pass over the cycle, before one activation stands for the others. */
  cycleCalls: 16,
  /** Recursions of which a function is the outermost head, before it is the head wherever it is called from another such function. */
  cycleHeads: 8,
  /** Runs of a generator's body, beside the first, because of what has changed before it is asked. */
  generatorRuns: 4,
  /** Turns of a loop that are run one by one while it is certain that they happen. */
  unroll: 64,
  /** Passes over a loop body until it must be stable. */
  passes: 40,
  /** Property reads below an unknown value before they collapse into one; and before those that repeat a name above them do. */
  unknownDepth: 8,
  unknownRepeated: 2,
  /** Depth to which a value is searched at a sink. */
  collectDepth: 16,
  /** Objects holding data that one value may refer to. */
  objectsPerValue: 64,
  /** References followed in one value that a store gets. */
  frozen: 20_000,
  /** Levels of structure that a store's place keeps, while it does not grow on and on. */
  placeLevels: 10,
  /** Runs of one root (a module's top level, a callback, an entry point) because of what others have put where it reads. */
  runs: 12,
  /** Different callees at one call. */
  callees: 24,
  /** Calls of a function, and steps they cost on average, from which on its calls are summarised. */
  summaryCalls: 2,
  summarySteps: 20,
} as const;

/** A user function's code: file and index in its facts. */
export interface Code {
  readonly file: LinkedFile;
  readonly fn: FunctionFacts;
  readonly index: number;
}

/** What a `function` or `class` object closes over. */
export interface FunctionData {
  readonly code: Code | null;
  readonly env: number;
  /** `this` of an arrow function. */
  readonly thisValue: Value | null;
  /** Object whose prototype `super` starts from. */
  readonly home: number | null;
  readonly cls?: ClassFacts;
  readonly file: LinkedFile;
}

/** Slot of a class: the instance that a container or a framework has made of it, on which its methods run. */
export const INSTANCE = "\0instance";

export interface UnknownData {
  readonly type: TypeRef | undefined;
  readonly depth: number;
  /** How it was come by, for dispatch by name and for messages. */
  readonly name: string;
  /** Declarations of the member it was read as. */
  readonly owners?: readonly MemberKey[];
  /** Names by which it was come by below what is not a part of something unknown, the last one its own. */
  names?: readonly string[];
  /** The program goes through it as a list (or asks if it is one): what it has under a name is none of its elements. */
  list?: boolean;
}

export interface ExternalData {
  readonly module: string;
  readonly path: readonly string[];
  /** Values of its properties that have been asked for: see `memberOf`. */
  members?: Map<string, Value>;
}

export interface NativeCall {
  readonly m: Machine;
  readonly self: Value;
  readonly args: Args;
  readonly site: Site;
  /** Called with `new`. */
  readonly isNew: boolean;
  /** The object called, for natives made with data. */
  readonly callee: Obj;
  /** The type arguments of the call, where code makes it. */
  readonly types?: readonly TypeIR[];
  /** How many elements the receiver has at most, where the code says so: `rows.slice(0, 3).forEach(…)`. */
  readonly most?: number;
}
export type Native = (call: NativeCall) => Value;

/** Something of a package's type that was not made here, by the type's arguments: an `Observable<User>` that a function is given. */
export type Instance = (m: Machine, origin: Origin, args: readonly TypeRef[], labels: Labels) => Value;

/** Arguments: the known ones, then (from a spread of unknown length) any number of `rest`. */
export interface Args {
  readonly list: readonly Value[];
  readonly rest: Value | null;
}

export interface Jump {
  readonly label: string | undefined;
  readonly loop: boolean;
  /** Where the statement starts: what `break` leaves is joined with. */
  readonly point: Point;
  /** Where the current turn starts: what `continue` leaves is joined with. */
  turn: Point;
  breaks: Diff[];
  continues: Diff[];
  /** How many `finally` blocks are around it. `break` runs those inside. */
  readonly finalizers: number;
  /** The same for a turn of it, which `continue` ends: an iterator is closed where the loop is left. */
  turnFinalizers: number;
}

export interface Exit {
  readonly diff: Diff;
  readonly value: Value;
}

export interface Frame {
  readonly code: Code;
  env: Obj;
  /** Changed by a `super()` whose constructor gives another object. */
  thisValue: Value;
  readonly home: number | null;
  readonly func: Obj | null;
  readonly isNew: boolean;
  readonly point: Point;
  returns: Exit[];
  readonly jumps: Jump[];
  /** Blocks of `finally` that an abrupt exit has to run first, innermost last. */
  readonly finalizers: (() => void)[];
  /** The generator object that collects what is yielded. */
  readonly generator: Obj | null;
  /** Number of uncertain forks or loops around the current statement within this frame. */
  uncertain: number;
}

export interface Handler {
  readonly point: Point;
  readonly throws: Exit[];
}

/** A call of a user function. */
export interface Call {
  readonly func: Obj | null;
  readonly data: FunctionData;
  readonly self: Value;
  readonly args: Args;
  readonly site: Site;
  readonly isNew: boolean;
}

/** The activation that stands for all activations of a function in a recursion. */
export interface Recursion {
  /** The first of its calls. */
  readonly call: Call;
  /** What it is called with, in all. */
  self: Value;
  args: Value[];
  rest: Value | null;
  /** The scope that the head closes over. */
  readonly env: number;
  /** What the scopes of its other closures hold. */
  readonly scope: Map<string, { readonly into: Obj; readonly slot: string; readonly value: Value }>;
  result: Value;
  /** Activations that were on the stack at its head. */
  readonly base: number;
  /** Stands for the parts of an unknown structure that the recursion goes down. */
  widened: Obj | null;
}

/** Functions that call each other, below the outermost head of a recursion. */
export interface Cycle {
  /** Activations that were on the stack at that head. */
  readonly base: number;
  /** Functions that have led to a head. */
  readonly members: Set<FunctionFacts>;
  /** Calls of them in this pass. */
  readonly calls: Map<FunctionFacts, number>;
  /** Of those with too many calls. */
  readonly records: Map<FunctionFacts, Recursion>;
  /** What the objects that passes make are folded into; those from `born` on are of the present pass. */
  readonly summaries: Map<string, Obj>;
  born: number;
}

/** A callback that runs later, any number of times: timers, listeners, handlers given to libraries. */
export interface Left {
  readonly fn: Value;
  readonly self: Value;
  readonly args: Args;
  readonly site: Site;
  /** It ran at once already; later it is run only for what has changed by then. */
  readonly again?: true;
  /** It runs as soon as the code that runs now waits for anything at all. */
  readonly soon?: true;
  /** Someone outside the program calls it (a client, a user): nothing in the program waits for that. */
  readonly outside?: true;
  /** What holds on the way that has left it; what its run finds out is beside that. */
  readonly facts?: Facts;
  /** It runs again and again: an interval, a listener. */
  readonly often?: true;
  /** It goes on for as long as the program does: what somebody has answered before may have been taken back by then. */
  readonly lasting?: true;
  /** Of a library's own function: what it does with its receiver and arguments. Whatever does the same there is the same. */
  readonly does?: object;
  /** It runs among the entry points, when those of files that import this one have: they may do what it would. */
  readonly entry?: true;
}

/** The same as it waits. */
export interface Job extends Left {
  /** Who has left it. */
  readonly by?: Root | undefined;
  /** How far its code is from sources and sinks: see `waves.ts`. */
  readonly far: number;
  /** How many were left before it. */
  readonly order: number;
  /** {@link Machine.turns} where it was left. */
  readonly turns: number;
}

/** What waits, as it was left. */
export interface Jobs {
  /** What may run whenever something waits. */
  readonly inside: Job[];
  /** What nothing in the program waits for ({@link Job.outside}). Beside the others, since pages leave thousands. */
  readonly outside: Job[];
  /** Those of them that have been looked at, and whose turn has not come. */
  readonly later: Set<Job>;
  /** What is an entry point ({@link Job.entry}). */
  entries: Job[];
  /** How many have been left. */
  count: number;
}

/** A call that runs. */
export interface Activation {
  readonly code: Code;
  readonly frame: Frame;
  /** What it was called with, to tell calls of the same apart. */
  readonly key: string;
  readonly func: Obj | null;
  readonly data: FunctionData;
  readonly self: Value;
  readonly args: Args;
  readonly site: Site;
  /** The call path it was entered by, and its own. */
  readonly from: number;
  readonly path: number;
  readonly repeating: number;
  /** What had been spent when it began. */
  readonly began: Spending;
  /** Set once it has awaited what later code settles. */
  task: Task | null;
  /** Who waits for it: as they do, so for what it returns. */
  readonly waits: Waits;
  /** Does what it does behind its first `await` come later for the code around the call? */
  readonly floats: boolean;
  /** Where it does: the state at its first `await`s, by ways, and is there one on each? */
  readonly early: Diff[];
  suspended: boolean;
  /** What it has come across. */
  readonly reading: Reader | null;
}

/** What has been put off (`floating.ts`). */
export interface Lates {
  /** What has not been carried out for sure, oldest first. */
  due: Obj[];
  /** How often what comes later has run again because of what was written meanwhile, by call path and place. */
  readonly runs: Map<string, number>;
}

export interface Machine {
  readonly nearness: Nearness;
  readonly project: Project;
  readonly manifest: Manifest;
  readonly modules: Modules;
  readonly types: Types;
  readonly labels: LabelTable;
  readonly heap: Heap;
  /** What consents have answered; null where none is declared. */
  readonly gates: Gates | null;
  readonly purse: Purse;
  /** False while the current path has ended (return, throw, break). */
  alive: boolean;
  frame: Frame;
  readonly handlers: Handler[];
  readonly stack: Activation[];
  /** Who waits for what is called now. */
  waits: Waits;
  readonly late: Lates;
  /** Loops (and callbacks of lists) around the current expression, in all activations, whose passes are repeated until nothing changes. */
  repeating: number;
  /** How often at most those loops together run what runs now; infinite where that is open. Known only if {@link Hooks.counts}. */
  turns: number;
  /** The ways that what runs now is on, of several of which one is taken, outermost first. Known only if {@link Hooks.counts}. */
  arms: readonly Arm[];
  readonly recursions: Map<FunctionFacts, Recursion>;
  /** The outermost of them. */
  cycle: Cycle | null;
  steps: number;
  /** Where the callee of the call being made ends in the text, for questions to the compiler. */
  calleeEnd: number;
  /** The type arguments of the call being made; empty again once somebody is called. */
  calleeTypes: readonly TypeIR[];
  /** How many elements the list has at most of which a method is being called; infinite again once somebody is called. */
  calleeMost: number;
  exhausted: boolean;
  /** Has the program made a proxy of a list? */
  listProxies: boolean;
  /** What each function has cost the root that runs. */
  readonly spent: Map<FunctionFacts, Spent>;
  time: number;
  /** Call path, interned: part of allocation keys. */
  path: number;
  readonly paths: Map<string, number>;
  readonly externals: Map<string, Obj>;
  /** Types as objects, for the slots that say what is of them. */
  readonly typeObjects: Map<TypeIR, Obj[]>;
  /** Which types tell something of values that are declared to be of them: by their environment of type parameters, as they are written. */
  readonly telling: WeakMap<object, Map<TypeIR, boolean>>;
  /** Which types' functions lead to declared fields. */
  readonly giving: WeakMap<TypeRef, boolean>;
  /** What the functions that libraries hand to callbacks have been called with. Beside the heap: nobody but the library reads it. */
  readonly told: WeakMap<Obj, Labels>;
  /** Which files belong together, and which objects to which file. */
  readonly programs: Programs;
  readonly eras: Era[];
  readonly moduleState: Map<number, { env: Obj; exports: Obj | null; done: boolean }>;
  readonly executed: Set<FunctionFacts>;
  /** Methods in whose place a decorator has put another function: whoever calls them by their name calls that. */
  readonly replaced: Set<FunctionFacts>;
  /** What functions were put into, and prototypes: see `holders.ts`. */
  readonly holders: WeakMap<Obj, Obj[]>;
  readonly jobs: Jobs;
  readonly roots: Roots;
  /** What was suspended and runs again now. */
  resuming: Task | null;
  /** Calls that are followed for a summary, outermost first. */
  readonly recordings: Recording[];
  readonly profiles: Map<FunctionFacts, Profile>;
  /** How many calls were not followed because of a bound. */
  cut: number;
  /** Levels of jobs that wait for jobs. */
  runningJobs: number;
  /** Names that global scripts declare: the file that does. */
  readonly scripts: ReadonlyMap<string, number>;
  /** Sites by node of the facts. */
  readonly sites: Map<object, Site>;
  readonly places: Places;
  readonly hooks: Hooks;
  /** The parsed contents of a JSON file of the project; undefined when it cannot be read. */
  readJson(path: string): unknown;
  /** Natives by module and path. */
  native(data: ExternalData): Native | undefined;
  /** The model that makes values of a package's type. */
  instance(data: ExternalData, generic?: boolean): Instance | undefined;
  /** Has it a model, or something below it? Then it is a function, a class or a namespace. */
  isModelled(data: ExternalData): boolean;
  /** The store that a package is a client of, where nothing follows what is kept there. */
  unfollowedStore(module: string): string | undefined;
  blind(kind: BlindSpotKind, site: Site, reason: string, labels: Labels): void;
}

/** Where sources, sinks, transforms and stores come in; set up from the manifest. */
export interface Hooks {
  /** In which of the code that the manifest asks about (`within`) the machine is. */
  scopes(m: Machine): string;
  /** Does it matter how often calls are made? */
  readonly counts: boolean;
  /** Has a property of this object, or of values of this type, a declared field? */
  readonly propertySources: boolean;
  /** Is what some function returns a sink? */
  readonly returnSinks: boolean;
  labelsOfProperty(type: TypeRef | undefined, owner: Obj | null, name: string, site: Site): Labels;
  /** The members of a type that are declared fields, or hold some. */
  declaredIn(type: TypeRef): readonly DeclaredMember[];
  /** Does the manifest name a member as something to call? */
  isNamed(member: Pick<TypeMember, "owners" | "name">): boolean;
  /** A label of a field that comes in here. */
  labelOf(field: string, site: Site, owner: Obj): Labels;
  /** Does the manifest say what this callee is for? Then it needs no model. */
  isEnd(callee: Obj): boolean;
  /** Runs the inside of something of which the manifest says what it does with data: what cannot be followed there is known all the same. */
  isTold(m: Machine): boolean;
  /** What a call is given, with what the code says is taken in there. */
  onGiven(args: Args, site: Site): Args;
  /** Before a call: argument sources and sinks. Says whether the callee may answer anything, whatever its code does. */
  beforeCall(call: CallEvent): boolean;
  /** After a call: returned sources, transforms, consent checks. */
  afterCall(call: CallEvent, result: Value): Value;
  /** Entering a user function: parameter sources. */
  onEnter(func: Obj | null, code: Code, args: Args, site: Site): Args;
  /** A user function returns this, at this `return`: `returns` sinks. */
  onReturn(func: Obj | null, code: Code, value: Value, site: Site): void;
  /** Labels of a property of a package's type. */
  externalProperty(module: string, path: readonly string[], site: Site): Labels;
  /** A request handler is about to run with this request: its declared parts are labelled in place. */
  route(method: string, url: string, request: Value, site: Site): void;
  /** A handler of the program serves this address. */
  served(method: string, url: string): void;
  /** A request handler answers this, at any of these addresses: `route` sinks. */
  answered(method: string, urls: readonly string[], value: Value, site: Site): void;
  /** A global name that is itself a declared source (`property: global:user`). */
  globalSource(name: string, site: Site): Value | undefined;
  /** A variable of a module's top level was bound. */
  onBind(file: LinkedFile, slot: string, value: Value): void;
  /** A CommonJS module has run: its `module.exports`. */
  onExports(file: LinkedFile, value: Value): void;
  /** Something is written to a place, of a service that is reached over the network or of an engine that may be here; where somebody asks. */
  readonly kept?: ((m: Machine, place: string, v: Value, site: Site, isService: boolean) => void) | undefined;
  /** Undefined where nobody asks how long stores keep what. */
  readonly keeping: Keeping | undefined;
}

/** Which stores fields are written to, and come out of. */
export interface Keeping {
  /** A value is written to a place. */
  wrote(m: Machine, place: string, v: Value, site: Site): void;
  /** The step is that of a write to the place. */
  into(m: Machine, step: Step, place: string): void;
  /** The step is that of a field which comes out of a declared store, whoever has written it there. */
  outOf(step: Step, store: string): void;
}

/** A member of a type that a declared field is in. */
export interface DeclaredMember {
  /** Its name; the slot of any element where the type is that of a list. */
  readonly name: string;
  readonly type: TypeRef | undefined;
  /** Fields of the member itself and of all that its type holds, sorted. */
  readonly fields: readonly string[];
}

export interface CallEvent {
  readonly callee: Obj;
  readonly self: Value;
  readonly args: Args;
  readonly site: Site;
  readonly isNew: boolean;
}

/**
 * Does the current way still go on? A call, because what runs in between ends it: the compiler keeps what it once read from
 * `m.alive` across calls, and would take the second look for needless.
 */
export function goesOn(m: Machine): boolean {
  return m.alive;
}

/** The site of a node of the function that runs; one object a node, since values, steps and objects keep them. */
export function siteOf(m: Machine, node: { readonly at: number; readonly end: number }): Site {
  let site = m.sites.get(node);
  if (site === undefined) m.sites.set(node, (site = { file: m.frame.code.file.index, at: node.at, end: node.end, fn: m.frame.code.index }));
  return site;
}

/** A fresh object; its key is the call path and the site. */
export function make(m: Machine, kind: ObjectKind, site: Origin, data?: unknown): Obj {
  return alloc(m.heap, kind, site, data, m.path);
}

/** The number of an allocation path: the same one whenever the name is the same. */
export function pathOf(m: Machine, name: string): number {
  let id = m.paths.get(name);
  if (id === undefined) m.paths.set(name, (id = m.paths.size + 1));
  return id;
}

/** The path of a call: its caller's and where it is. */
export const enterPath = (m: Machine, site: Site): number => pathOf(m, `${m.path}>${site.file}:${site.at}-${site.end}`);

/** Runs something under the allocation path of this name. */
export function underPath<T>(m: Machine, name: string, run: () => T): T {
  const outer = m.path;
  m.path = pathOf(m, name);
  const out = run();
  m.path = outer;
  return out;
}

/** Runs something under a path of its own, so that what it makes is not folded together with what its siblings make. */
export const inPath = <T>(m: Machine, turn: string | number, run: () => T): T => underPath(m, `${m.path}#${turn}`, run);

/** Runs a turn that stands for several. Its path is none of those that are run one by one, where it matters how often calls are made. */
export const uncounted = <T>(m: Machine, run: () => T): T => (m.hooks.counts ? underPath(m, `${m.path}*`, run) : run());

export const newStep = (m: Machine, site: Site, kind: HopKind, prev: Step | null, via: Step | null = null): Step => ({
  site,
  kind,
  prev,
  via,
  length: (prev?.length ?? 0) + 1,
  time: m.time++,
});

/** Labels that have come one hop further. */
export function moved(m: Machine, labels: Labels, kind: HopKind, site: Site, via: Step | null = null): Labels {
  if (labels.length === 0) return labels;
  meetField(m);
  return labels.map((l) => ({ id: l.id, step: newStep(m, site, kind, l.step, via) }));
}

/** Notes one hop on everything that the value carries. */
export function hop(m: Machine, given: Value, kind: HopKind, site: Site): Value {
  if (given.labels.length === 0 && given.refs.length === 0) return given;
  const v = m.gates === null ? given : passing(m, given);
  const out = v.labels.length === 0 ? v : withLabels(v, moved(m, v.labels, kind, site));
  return v.refs.length === 0 ? out : withVia(out, newStep(m, site, kind, v.via));
}

/** What was loaded out of an object: the object's own way, `via`, belongs to it since it was put there. */
export function loaded(m: Machine, v: Value, via: Step | null, site: Site): Value {
  let out = v.labels.length === 0 ? v : withLabels(v, moved(m, v.labels, "load", site, via));
  if (via !== null && v.refs.length > 0 && (v.via === null || v.via.time < via.time))
    out = withVia(out, v.via === null ? via : newStep(m, site, "load", v.via, via));
  return out;
}
