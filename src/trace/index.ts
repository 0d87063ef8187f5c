/**
 * trace: carries declared fields over the linked facts, from sources to sinks.
 *
 * Takes a project and a manifest; gives flows with their paths and what could not be followed. Does no I/O beyond the project's own
 * `text()`, runs no analysed code, keeps no state between calls. Abstract interpretation: see `machine/machine.ts` and
 * `docs/decisions/0001-abstract-interpretation.md`.
 */
import picomatch from "picomatch";
import ts from "typescript";
import { declaredInCode, withCode } from "../declared/in-code.js";
import { parseFacts } from "../facts/extract.js";
import type { FileFacts } from "../facts/ir.js";
import { linkModules, type LinkedFile } from "../link/modules.js";
import { EVERYTHING_SOUGHT } from "../link/sought.js";
import { linkTypes } from "../link/types.js";
import type { Locator, Manifest, Sink, Source } from "../manifest/model.js";
import { relative } from "../program/fs/paths.js";
import type { Project } from "../program/project.js";
import { importedPackages, inputBlindSpots, missingPackages } from "./inputs.js";
import { makeHooks } from "./hooks/hooks.js";
import { misfits, wrongKind } from "./hooks/misfits.js";
import { spelledOut } from "./hooks/patterns.js";
import { placeEntries } from "./hooks/placed.js";
import { soughtOf } from "./hooks/sought.js";
import { isRunByTests, isTest } from "./test-code.js";
import { nearnessTo } from "./nearness.js";
import { newRecorder } from "./hooks/recorder.js";
import { usesOf } from "./hooks/uses.js";
import { unmatchedZones } from "./hooks/zones.js";
import { newWitness } from "./hooks/witness.js";
import { unmatchedModels } from "./models/unmatched.js";
import { instanceOf, nativeLookup } from "./natives/registry.js";
import type { Mismatch, TraceResult, UnmatchedLocator } from "./result.js";
import { actsBehind } from "./hooks/acts-behind.js";
import { readSurface } from "../surface/index.js";
import { runProgram } from "./run.js";
import { tablesOf } from "./stores/columns.js";
import { canonicalTable } from "./stores/mapped.js";
import { usedTables } from "./stores/table.js";
import { unmatchedColumns, unmatchedStores } from "./stores/unmatched-stores.js";

export interface TraceOptions {
  /** Facts of a file, when they are known already (a cache, an editor). */
  readonly facts?: (path: string, text: string) => FileFacts;
  /** The compiler to parse with. */
  readonly compiler?: typeof ts;
  /** Run the code of tests, too? By default it is run only as far as other code imports it: tests make their data up. */
  readonly tests?: boolean;
}

export function trace(project: Project, said: Manifest, options: TraceOptions = {}): TraceResult {
  const phases: Record<string, number> = {};
  const timed = <T>(name: string, run: () => T): T => {
    const start = performance.now();
    const out = run();
    phases[name] = (phases[name] ?? 0) + performance.now() - start;
    return out;
  };
  const parse = options.facts ?? ((path: string, text: string) => parseFacts(path, text, options.compiler ?? ts));
  const modules = timed("facts", () => linkModules(project, parse));
  const texts = new Map(project.files.map((f) => [f.path, f]));
  const inCode = timed("facts", () => declaredInCode(said, modules, (file) => texts.get(file)?.text() ?? "", options.compiler ?? ts));
  const manifest = withCode(said, inCode);
  const uses = usesOf(manifest);
  const placed = timed("link", () => placeEntries(spelledOut(uses, manifest), modules, linkTypes(modules, EVERYTHING_SOUGHT), project));
  const nearness = timed("link", () => nearnessTo(manifest, modules, placed));
  const types = timed("link", () => linkTypes(modules, soughtOf(placed, modules)));
  const recorder = newRecorder(modules.files, (f) => texts.get(f.path)?.text() ?? "");
  const witness = newWitness();
  const natives = nativeLookup(manifest.models);
  const startsAt = ({ path, facts }: LinkedFile): boolean => options.tests === true || !(isTest(path) || isRunByTests(facts));
  let hooks: ReturnType<typeof makeHooks> | undefined;
  const machine = timed("trace", () =>
    runProgram({
      project,
      manifest,
      modules,
      types,
      nearness,
      recorder,
      natives,
      instance: instanceOf,
      hooks: (get) => (hooks = makeHooks(get, manifest, project, modules.files, placed, uses, recorder, witness, natives.models)),
      readJson: (path) => readJson(project.asset(path)),
      startsAt,
    }),
  );
  const entered = hooks?.calls?.entered();
  const surface = timed("facts", () =>
    readSurface({
      compiler: options.compiler ?? ts,
      modules,
      manifest,
      textOf: (f) => texts.get(f.path)?.text() ?? "",
      isRun: startsAt,
      reached: (request) => (entered === undefined ? [] : actsBehind(entered, request)),
      entries: entered?.functions ?? [],
    }),
  );
  const lines = modules.files.reduce((n, f) => n + f.facts.lineStarts.length, 0);
  const imported = importedPackages(modules);
  const unmatched: UnmatchedLocator[] = [
    ...uses.flatMap((u): UnmatchedLocator[] => {
      if (u.use === "known") return [];
      const there = u.matched || exists(project, u.locator, imported);
      const why = wrongKind(u) ?? outside(project, u.locator);
      return there === true
        ? []
        : [{ text: u.locator.text, entry: u.name, ...(there === undefined && { unsure: true }), ...(why && { why }) }];
    }),
    ...misfits(manifest, { types, witness, uses, oracle: () => project.types() }),
    ...unmatchedStores(
      manifest,
      () => (project.assets?.(".prisma") ?? []).flatMap((path) => project.asset(path) ?? []),
      usedTables(machine),
      (store) => tablesOf(machine, store),
    ),
    ...unmatchedColumns(manifest, usedTables(machine), (table) => canonicalTable(machine, table)),
    ...unmatchedZones(manifest, project, modules.files),
    ...unseenRoutes("sources", manifest.sources, recorder.seenRoutes),
    ...unseenRoutes("sinks", manifest.sinks, recorder.seenRoutes),
  ];
  const own = manifest.models ?? [];
  const unmatchedEntries = unmatchedModels(own, {
    used: natives.models.used,
    imported,
    exists: (locator) => project.types()?.exists(locator),
  });
  const calls = hooks?.calls;
  const unclaimed = hooks?.unclaimed.result() ?? [];
  const anonymisers = hooks?.anonymisers.result(machine) ?? [];
  const privacy = hooks?.mechanisms?.result(machine);
  return {
    flows: recorder.flows(machine.labels),
    ...(machine.hooks.keeping && { kept: recorder.keptFields(machine.labels) }),
    ...(calls && { consentCode: calls.code(machine, (site) => recorder.spot(site)) }),
    ...(surface && { surface }),
    blindSpots: [...recorder.blindSpots(), ...inputBlindSpots(project, modules), ...missingPackages(project, modules)].sort((a, b) =>
      a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column,
    ),
    undeclared: recorder.undeclaredList(),
    ...(unclaimed.length > 0 && { unclaimed }),
    unmatched,
    ...(unmatchedEntries.length > 0 && { models: unmatchedEntries }),
    collected: recorder.collectedFields(machine.labels),
    transformed: recorder.transformedFields(),
    inCode,
    ...(anonymisers.length > 0 && { anonymisers }),
    ...(hooks?.zones && { crossings: hooks.zones.result(machine) }),
    ...(hooks?.generators && { generations: hooks.generators.result(machine) }),
    ...(privacy && { privacy }),
    stats: {
      files: modules.files.length,
      lines,
      functions: modules.files.reduce((n, f) => n + f.facts.functions.length, 0),
      facts: machine.heap.objects.length,
      phases,
    },
  };
}

/** Routes that no handler serves. */
const unseenRoutes = (key: string, entries: readonly (Source | Sink)[], seen: ReadonlySet<Source | Sink>): UnmatchedLocator[] =>
  entries.flatMap((e, i) =>
    e.at.kind === "route" && !seen.has(e) ? [{ text: `${e.at.method} ${e.at.url}`, entry: `${key}[${i}].route` }] : [],
  );

/** The file that a locator names, where nothing that is analysed includes or imports it. */
function outside(project: Project, { module }: Locator): Mismatch | undefined {
  if (module.kind !== "file") return undefined;
  const matches = picomatch(module.glob, { dot: true });
  if (project.files.some(({ path }) => path === module.glob || matches(path))) return undefined;
  const file = project.outside?.().find((path) => path === module.glob || matches(path));
  return file === undefined ? undefined : { k: "outside", file: relative(project.root, file) };
}

/** A package's locator may name something that this program never touches; then only its types can say whether it exists. */
function exists(project: Project, locator: Locator, imported: ReadonlySet<string>): boolean | undefined {
  return locator.module.kind === "package" && imported.has(locator.module.name) ? project.types()?.exists(locator) : false;
}

const readJson = (text: string | undefined): unknown => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
