/**
 * The run: every module's top level runs once in import order, then what waits (timers, listeners), then what nothing has called
 * (entry points: exported handlers, components, jobs) with unknown arguments; then again what has read something that has since
 * got more, until nothing new comes up.
 */
import type { Modules, LinkedFile } from "../link/modules.js";
import type { Types } from "../link/types.js";
import { isAsked, type Manifest } from "../manifest/model.js";
import type { Project } from "../program/project.js";
import { NO_LABELS, newLabelTable } from "./domain/labels.js";
import { alloc, newHeap } from "./domain/heap.js";
import type { Recorder } from "./hooks/recorder.js";
import { importersFirst } from "../link/order.js";
import { programsOf } from "../link/programs.js";
import { NO_ARMS } from "./machine/arms.js";
import { entryOf, isNamedBeside, type Entry, type Instances } from "./machine/entries.js";
import { asEntry, haveTurn, runAllJobs } from "./machine/jobs.js";
import { LIMITS, type ExternalData, type Hooks, type Instance, type Machine } from "./machine/machine.js";
import { guardWays, newGates } from "./machine/gates.js";
import { initModule, moduleFrame } from "./machine/modules.js";
import { close, hasLeft, mayRunAgain, newPurse, open } from "./machine/purse.js";
import { inOrder, labelsRead, newRoot, newRoots, runRoot, tellCut, type Root } from "./machine/roots.js";
import { hasTurn, LAST_WAVE } from "./machine/waves.js";
import { serveFile } from "./natives/frameworks/file-routes.js";
import type { Natives } from "./natives/registry.js";
import type { Nearness } from "./nearness.js";
import { storeWithoutConnector } from "./stores/without-connector.js";
import { newPlaces } from "./stores/places.js";

export interface RunInput {
  readonly project: Project;
  readonly manifest: Manifest;
  readonly modules: Modules;
  readonly types: Types;
  readonly nearness: Nearness;
  readonly recorder: Recorder;
  readonly natives: Natives;
  readonly instance: (data: ExternalData, generic?: boolean) => Instance | undefined;
  readonly hooks: (machine: () => Machine) => Hooks;
  readonly readJson: (path: string) => unknown;
  /** Does a file run for itself? If not, then only as far as others import it. */
  readonly startsAt: (file: LinkedFile) => boolean;
}

export function newMachine(input: RunInput): Machine {
  const heap = newHeap();
  const signals = [...new Set(input.manifest.consents.flatMap((consent) => consent.signals))].sort();
  const asks = signals.length > 0 || input.manifest.consents.some(isAsked);
  const labels = newLabelTable();
  const scripts = new Map<string, number>();
  for (const f of input.modules.files) {
    if (f.facts.format !== "script") continue;
    for (const slot of topLevelNames(f)) if (!scripts.has(slot)) scripts.set(slot, f.index);
  }
  const nothing = alloc(heap, "env", "nowhere");
  const m: Machine = {
    nearness: input.nearness,
    project: input.project,
    manifest: input.manifest,
    modules: input.modules,
    types: input.types,
    labels,
    heap,
    gates: asks ? newGates(heap, signals) : null,
    purse: newPurse(),
    roots: newRoots(),
    alive: true,
    frame: input.modules.files.length === 0 ? (undefined as never) : moduleFrame({ heap } as Machine, input.modules.files[0]!, nothing),
    handlers: [],
    stack: [],
    waits: "now",
    late: { due: [], runs: new Map() },
    repeating: 0,
    turns: 1,
    arms: NO_ARMS,
    recursions: new Map(),
    cycle: null,
    steps: 0,
    calleeEnd: 0,
    calleeTypes: [],
    calleeMost: Infinity,
    exhausted: false,
    listProxies: false,
    spent: new Map(),
    time: 0,
    path: 0,
    paths: new Map(),
    externals: new Map(),
    typeObjects: new Map(),
    telling: new WeakMap(),
    giving: new WeakMap(),
    told: new WeakMap(),
    programs: programsOf(input.modules, input.startsAt),
    eras: [],
    moduleState: new Map(),
    executed: new Set(),
    replaced: new Set(),
    holders: new WeakMap(),
    jobs: { inside: [], outside: [], later: new Set(), entries: [], count: 0 },
    resuming: null,
    recordings: [],
    profiles: new Map(),
    cut: 0,
    runningJobs: 0,
    scripts,
    sites: new Map(),
    places: newPlaces(),
    hooks: input.hooks(() => m),
    readJson: input.readJson,
    native: input.natives.find,
    isModelled: input.natives.isModelled,
    unfollowedStore: storeWithoutConnector,
    instance: input.instance,
    blind: (kind, site, reason, fields) => {
      // A hole that the parser left where the syntax is wrong: the syntax error itself is told.
      if (
        kind === "unsupported-syntax" &&
        input.modules.files[site.file]!.facts.syntaxErrors.some((e) => e.at <= site.end && site.at <= e.end)
      )
        return;
      input.recorder.blind(labels, kind, site, reason, m.hooks.isTold(m) ? NO_LABELS : fields);
    },
  };
  guardWays(m);
  return m;
}

function topLevelNames(f: LinkedFile): string[] {
  const top = f.facts.functions[0]!;
  const out = top.hoisted.map((h) => h.slot);
  for (const s of top.body) if (s.s === "bind" && s.target.p === "var") out.push(s.target.slot);
  return out;
}

/** Runs everything; what is found is in the recorder. */
export function runProgram(input: RunInput): Machine {
  const m = newMachine(input);
  for (const f of new Set([...m.programs.starts, ...input.modules.files])) {
    if (!input.startsAt(f)) continue;
    open(m);
    initModule(m, f);
    close(m);
    tellCut(m, { file: f.index, at: 0, end: 0, fn: 0 }, () => NO_LABELS);
    m.heap.trail.length = 0;
  }
  m.alive = true;
  for (const f of input.modules.files) if (input.startsAt(f)) serveFile(m, f);
  runAllJobs(m);
  runEntryPoints(m, input.startsAt);
  for (const root of m.roots.all)
    if (root.short)
      m.blind("budget-limit", root.site, "the project's budget was spent before this could be followed to its end", labelsRead(m, root));
    else if (root.stale)
      m.blind(
        "budget-limit",
        root.site,
        root.runs < LIMITS.runs
          ? "the project's budget was spent when what this reads had grown: it was not run again"
          : `what this reads was still growing when it had run ${LIMITS.runs} times`,
        labelsRead(m, root),
      );
  return m;
}

/** What has read something that has got more runs again, writers before readers, until nothing grows. */
function runAgain(m: Machine): void {
  const due = (root: Root): boolean => root.stale && root.runs < LIMITS.runs && mayRunAgain(m, root.cost) && hasTurn(m, root);
  // Sweep after sweep: what one wakes before itself waits for the next, so that a cycle is gone round as a whole.
  for (let order = inOrder(m); order.some(due); order = inOrder(m))
    for (const root of order)
      if (due(root)) {
        runRoot(m, root);
        runAllJobs(m);
      }
}

/**
 * Entry points: those of files that import others first, for what they call is no entry point then; by place within a file; those of
 * pages last.
 */
function runEntryPoints(m: Machine, startsAt: RunInput["startsAt"]): void {
  const instances: Instances = new Map();
  const order = importersFirst(m.modules);
  const known = new Set<object>();
  const named = new Set<Entry>();
  const rank = (e: Entry): number => (named.has(e) ? 1 : 0);
  let next = 0;
  const discover = (): Entry[] => {
    const found: Entry[] = [];
    for (; next < m.heap.objects.length; next++) {
      const entry = entryOf(m, m.heap.objects[next]!, instances);
      if (entry === undefined || known.has(entry.of) || entry.done() || !startsAt(m.modules.files[entry.site.file]!)) continue;
      known.add(entry.of);
      if (isNamedBeside(m, entry)) named.add(entry);
      found.push(entry);
    }
    return found;
  };
  let waiting: Entry[] = [];
  for (;;) {
    const left = m.jobs.entries.map((job) => asEntry(m, job));
    m.jobs.entries = [];
    waiting = [...waiting, ...discover(), ...left].sort(
      (a, b) =>
        Number(a.isReplaced) - Number(b.isReplaced) || order[a.site.file]! - order[b.site.file]! || rank(a) - rank(b) || a.at - b.at,
    );
    // Those of a file together: one may wrap another that is nearer.
    const far = new Map<number, number>();
    for (const e of waiting) far.set(e.site.file, Math.min(e.far, far.get(e.site.file) ?? e.far));
    const batch = waiting.filter(({ site }) => hasTurn(m, { site, far: far.get(site.file)! }));
    waiting = waiting.filter((e) => !batch.includes(e));
    for (const e of batch) {
      if (e.done()) continue;
      runRoot(m, newRoot(m, e.site, e.run, true, { of: e.of, far: e.far }));
      m.alive = true;
      runAllJobs(m);
    }
    if (batch.length > 0) continue;
    runAgain(m);
    if (m.roots.wave < LAST_WAVE) {
      m.roots.wave++;
      haveTurn(m);
      runAllJobs(m);
    } else if (!goFurther(m)) return;
  }
}

/** What was cut before it came across a field gets what the project has left, one after the other. Is there such a one? */
function goFurther(m: Machine): boolean {
  const root = hasLeft(m) ? nearest(m.roots.all.filter((one) => one.short)) : undefined;
  if (root === undefined) return false;
  runRoot(m, root);
  runAllJobs(m);
  return true;
}

/** The first of those that are least far from what the manifest names. */
const nearest = (roots: readonly Root[]): Root | undefined =>
  roots.reduce<Root | undefined>((best, root) => (best !== undefined && best.far <= root.far ? best : root), undefined);
