/** Device zones at work: which code is in one, and what leaves it. */
import picomatch from "picomatch";
import type { LinkedFile } from "../../link/modules.js";
import type { Manifest, Zone } from "../../manifest/model.js";
import type { Project } from "../../program/project.js";
import type { Site } from "../domain/labels.js";
import type { Value } from "../domain/value.js";
import { allArgs } from "../machine/call.js";
import { collect } from "../machine/deep.js";
import type { CallEvent, Code, FunctionData, Hooks, Machine } from "../machine/machine.js";
import type { Crossing, UnmatchedLocator } from "../result.js";
import type { Recorder } from "./recorder.js";
import { elsewhere } from "./services.js";

export interface Zones {
  /** The zones that what runs now is in: what is the same elsewhere may not be the same there. */
  scope(m: Machine): string;
  /** A call is made: into the network, or of anything else. */
  called(m: Machine, call: CallEvent, isNetwork: boolean): void;
  /** Something is written to a place that outlives the call. */
  readonly kept: NonNullable<Hooks["kept"]>;
  result(m: Machine): readonly Crossing[];
}

const KIND = "crossing";

/** A server action: whoever calls it in a page sends what it is given to the server. */
const isAction = ({ file, fn }: Code): boolean =>
  [file.facts.functions[0], fn].some((one) => one?.directives?.includes("use server") === true);

export function newZones(zones: readonly Zone[], project: Project, recorder: Recorder): Zones {
  const inside = new Map<LinkedFile, readonly Zone[]>();
  const { parts } = partsOf(zones, project);
  const zonesOf = (file: LinkedFile): readonly Zone[] => {
    let found = inside.get(file);
    if (found === undefined) {
      found = zones.filter((zone) => parts.some((part) => part.zone === zone && part.matches(file.path)));
      inside.set(file, found);
    }
    return found;
  };
  let isElsewhere: ReturnType<typeof elsewhere> | undefined;
  const leaves = (m: Machine, zone: Zone, by: Crossing["by"], values: readonly Value[], site: Site): void => {
    for (const value of values) for (const found of collect(m, value, site)) recorder.passes(m, KIND, { zone: zone.id, by }, found, site);
  };
  /** Whoever does it, what the code of a zone has begun runs on the device, unless on the way it has come to another zone or a server. */
  const running = (m: Machine): ReadonlySet<Zone> => {
    const [found, away] = [new Set<Zone>(), new Set<Zone>()];
    const comeBy = (file: LinkedFile, code?: Code): void => {
      const own = zonesOf(file);
      for (const zone of own) if (!away.has(zone)) found.add(zone);
      if (own.length > 0 || (code !== undefined && isAction(code))) for (const zone of zones) if (!found.has(zone)) away.add(zone);
    };
    comeBy(m.frame.code.file, m.frame.code);
    for (const { code, site } of [...m.stack].reverse()) {
      comeBy(code.file, code);
      comeBy(m.modules.files[site.file]!);
    }
    return found;
  };
  return {
    scope: (m) => [...running(m)].map(({ id }) => id).join(),
    called: (m, call, isNetwork) => {
      if (isNetwork) {
        for (const zone of running(m)) leaves(m, zone, "network", allArgs(call.args), call.site);
        return;
      }
      const { callee } = call;
      const data = callee.kind === "function" || callee.kind === "class" ? (callee.data as FunctionData) : null;
      if (data === null) return;
      const [from, to] = [zonesOf(m.frame.code.file), zonesOf(data.file)];
      const goes = (zone: Zone): Crossing["by"] | undefined => {
        if (data.code !== null && isAction(data.code)) return "network";
        if (to.length > 0) return "zone";
        return zone.packages !== undefined && from.includes(zone) ? "code" : undefined;
      };
      for (const zone of running(m)) {
        const by = to.includes(zone) ? undefined : goes(zone);
        if (by !== undefined) leaves(m, zone, by, allArgs(call.args), call.site);
      }
    },
    kept: (m, place, v, site, isService) => {
      if (!(isElsewhere ??= elsewhere(m))(place, isService)) return;
      for (const zone of running(m)) leaves(m, zone, "network", [v], site);
    },
    result: (m) =>
      recorder.passages(m.labels, KIND).map(({ of, ...passage }) => {
        const { zone, by } = of as { readonly zone: string; readonly by: Crossing["by"] };
        return { ...passage, zone: zones.find(({ id }) => id === zone)!, by };
      }),
  };
}

/** A glob of a zone, or a package. */
interface Part {
  readonly zone: Zone;
  readonly key: "files" | "packages";
  /** As the manifest has it. */
  readonly text: string;
  readonly matches: (path: string) => boolean;
}

interface Parts {
  readonly parts: readonly Part[];
  readonly packageOf: (path: string) => string | undefined;
}

function partsOf(zones: readonly Zone[], project: Project): Parts {
  const packageOf = packageNames(project);
  const parts = zones.flatMap((zone): Part[] => [
    ...zone.files.map(({ glob, written }): Part => ({ zone, key: "files", text: written, matches: picomatch(glob, { dot: true }) })),
    ...(zone.packages ?? []).map((name): Part => ({ zone, key: "packages", text: name, matches: (path) => packageOf(path) === name })),
  ]);
  return { parts, packageOf };
}

/** Globs and packages of the manifest's own zones in which no analysed file is: nothing that leaves them would be seen. */
export function unmatchedZones({ file, zones }: Manifest, project: Project, files: readonly LinkedFile[]): UnmatchedLocator[] {
  const { parts, packageOf } = partsOf(
    (zones ?? []).filter(({ place }) => place.file === file),
    project,
  );
  return parts
    .filter(({ matches }) => !files.some(({ path }) => matches(path)))
    .map(({ zone, key, text }) => ({
      text,
      entry: `zones.${zone.id}.${key}`,
      why: { k: "no-code", known: key === "files" ? [] : [...new Set(files.flatMap(({ path }) => packageOf(path) ?? []))].sort() },
    }));
}

/** The name of the package that a file belongs to: the nearest `package.json` that has one. */
function packageNames(project: Project): (path: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const nameOf = (folder: string): string | undefined => {
    if (known.has(folder)) return known.get(folder);
    const name = nameIn(project.asset(`${folder}/package.json`));
    const up = folder.slice(0, folder.lastIndexOf("/"));
    const found = name ?? (folder.length <= project.root.length || up === folder ? undefined : nameOf(up));
    known.set(folder, found);
    return found;
  };
  return (path) => nameOf(path.slice(0, path.lastIndexOf("/")));
}

function nameIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const { name } = JSON.parse(text) as { readonly name?: unknown };
    return typeof name === "string" ? name : undefined;
  } catch {
    return undefined;
  }
}
