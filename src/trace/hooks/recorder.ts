/** What a run finds: flows, blind spots, undeclared collection; in the end as plain, sorted data. */
import type { LinkedFile } from "../../link/modules.js";
import type { Sink, Source } from "../../manifest/model.js";
import type { BlindSpot, BlindSpotKind, Flow, Hop, Kept, MissingGate, Passage, Place, UndeclaredCollection } from "../result.js";
import type { Labels, LabelTable, Site, Step } from "../domain/labels.js";
import type { Found } from "../machine/deep.js";
import type { Machine } from "../machine/machine.js";
import { isReference } from "../machine/references.js";
import { heldConsents } from "./consents.js";
import { howCarried, trail } from "./carried.js";

export interface Recorder {
  /** A place as it is told: where, the code that stands there, and the function around it. */
  spot(site: Site): Place & Pick<Hop, "text" | "symbol">;
  /** `missing`: the consent that the sink's purpose rests on does not hold. */
  flow(m: Machine, sink: Sink, found: Found, site: Site, missing?: Missing): void;
  /** A field is written to a store. */
  kept(m: Machine, store: Kept["store"], found: Found, site: Site): void;
  /** The declared stores that a write writes to, or that a column comes out of. */
  readonly storesOfStep: WeakMap<Step, readonly string[]>;
  /** A handler of the route was found. */
  routeSeen(entry: Source | Sink): void;
  undeclared(source: Source, property: string, site: Site): void;
  blind(labels: LabelTable, kind: BlindSpotKind, site: Site, reason: string, fields: Labels): void;
  /** A field gets somewhere that a check wants to know of; `kind` and `of` tell where. */
  passes(m: Machine, kind: string, of: object, found: Found, site: Site): void;
  /** All that have passed so, of one kind. */
  passages(labels: LabelTable, kind: string): (Passage & { readonly of: object })[];
  /** Has the analysis lost sight of values at this call? */
  isBlind(site: Site): boolean;
  flows(labels: LabelTable): Flow[];
  keptFields(labels: LabelTable): Kept[];
  blindSpots(): BlindSpot[];
  undeclaredList(): UndeclaredCollection[];
  collectedFields(labels: LabelTable): string[];
  /** A declared transform is given these. */
  transformed(labels: LabelTable, given: Labels): void;
  transformedFields(): string[];
  readonly seenRoutes: ReadonlySet<Source | Sink>;
}

/** A consent that does not hold where it is needed, and what is known of why. */
export interface Missing {
  readonly consent: string;
  readonly why: MissingGate["why"];
  readonly at: Site | undefined;
  /** Where it is asked when it is too late. */
  readonly later?: (sink: Site) => Site | undefined;
}

/** A field somewhere: at a sink, at a write. */
interface Arrival {
  readonly found: Found;
  readonly site: Site;
}

interface Hit extends Arrival {
  readonly gates: readonly string[];
  readonly missing: Missing | undefined;
  readonly sink: Sink;
  readonly sinkTime: number;
}

interface Write extends Arrival {
  readonly store: Kept["store"];
}

interface Blind {
  readonly kind: BlindSpotKind;
  readonly site: Site;
  readonly reason: string;
  readonly fields: Set<string>;
}

export function newRecorder(files: readonly LinkedFile[], textOf: (file: LinkedFile) => string): Recorder {
  const hits = new Map<string, Hit>();
  const writes = new Map<string, Write>();
  const storesOfStep = new WeakMap<Step, readonly string[]>();
  const blinds = new Map<string, Blind>();
  const undeclaredHits = new Map<string, { source: Source; property: string; site: Site }>();
  const seenRoutes = new Set<Source | Sink>();
  const passing = new Map<string, Arrival & { readonly kind: string; readonly of: object }>();
  const blindCalls = new Set<string>();
  const transformed = new Set<string>();

  const place = (site: Site): Place => {
    const file = files[site.file]!;
    const { lineStarts } = file.facts;
    const [line, column] = position(lineStarts, site.at);
    const [endLine, endColumn] = position(lineStarts, site.end);
    return { file: file.name, line, column, endLine, endColumn };
  };

  const missingGate = ({ consent, why, at, later }: Missing, sink: Site): MissingGate => {
    const after = later?.(sink);
    if (after !== undefined) return { consent, why: "after", at: place(after) };
    return { consent, why, at: at === undefined ? null : place(at) };
  };

  const snippet = (site: Site): string => {
    const text = textOf(files[site.file]!).slice(site.at, Math.max(site.end, site.at));
    const line = text.replace(/\s+/g, " ").trim();
    return line.length > 120 ? `${line.slice(0, 119)}…` : line;
  };

  const hops = (hit: Arrival, end: Hop["kind"]): Hop[] => {
    const steps = trail(hit.found);
    const out: Hop[] = [];
    const add = (site: Site, kind: Hop["kind"], stores: readonly string[] | undefined): void => {
      const p = place(site);
      const last = out.at(-1);
      const sameLine = last !== undefined && last.file === p.file && last.line === p.line;
      if (sameLine && kind !== "sink" && isSameHop(last.kind, kind)) {
        const all = stores === undefined ? last.stores : [...new Set([...(last.stores ?? []), ...stores])].sort();
        if (last.kind !== "source")
          out[out.length - 1] = { ...p, kind: shown(last.kind, kind), text: longer(last.text, snippet(site)), symbol: last.symbol };
        if (all !== undefined) out[out.length - 1] = { ...out.at(-1)!, stores: all };
        return;
      }
      const symbol = files[site.file]!.facts.functions[site.fn]?.name ?? "";
      out.push({ ...p, kind, text: snippet(site), symbol, ...(stores !== undefined && { stores }) });
    };
    for (const s of steps) add(s.site, s.kind, storesOfStep.get(s));
    add(hit.site, end, undefined);
    return out;
  };

  return {
    seenRoutes,
    spot: (site) => ({ ...place(site), text: snippet(site), symbol: files[site.file]!.facts.functions[site.fn]?.name ?? "" }),
    storesOfStep,
    kept: (m, store, found, site) => {
      if (isReference(m.labels, found.label)) return;
      const { field, status } = m.labels.infos[found.label.id]!;
      const key = `${field}|${status}|${store.k === "declared" ? store.id : `table ${store.name}`}|${site.file}:${site.at}`;
      const old = writes.get(key);
      if (old === undefined || old.found.label.step.length > found.label.step.length) writes.set(key, { store, found, site });
    },
    flow: (m, sink, found, site, missing) => {
      if (isReference(m.labels, found.label)) return;
      const { field, status, gates: passed } = m.labels.infos[found.label.id]!;
      const gates = heldConsents(m, passed);
      const key = `${field}|${status}|${gates.join(",")}|${sink.id}|${site.file}:${site.at}`;
      const old = hits.get(key);
      if (old !== undefined && old.found.label.step.length <= found.label.step.length) return;
      hits.set(key, { sink, found, site, gates, missing, sinkTime: m.time });
    },
    passes: (m, kind, of, found, site) => {
      if (isReference(m.labels, found.label)) return;
      const { field, status } = m.labels.infos[found.label.id]!;
      const key = `${kind}|${JSON.stringify(of)}|${field}|${status}|${site.file}:${site.at}`;
      const old = passing.get(key);
      if (old === undefined || old.found.label.step.length > found.label.step.length) passing.set(key, { kind, of, found, site });
    },
    passages: (labels, kind) =>
      [...passing.values()]
        .filter((one) => one.kind === kind)
        .map((one): Passage & { readonly of: object } => {
          const { field, status } = labels.infos[one.found.label.id]!;
          const path = hops(one, "sink");
          return { of: one.of, field, status, source: placeOf(path[0]!), at: place(one.site), accessPath: one.found.path, path };
        })
        .sort((a, b) =>
          compare(
            [a.at.file, a.at.line, a.at.column, a.field, a.status, JSON.stringify(a.of)],
            [b.at.file, b.at.line, b.at.column, b.field, b.status, JSON.stringify(b.of)],
          ),
        ),
    isBlind: ({ file, at }) => blindCalls.has(`${file}:${at}`),
    routeSeen: (s) => {
      seenRoutes.add(s);
    },
    undeclared: (source, property, site) => {
      const key = `${source.place.line}|${source.field}|${property}|${site.file}:${site.at}`;
      if (!undeclaredHits.has(key)) undeclaredHits.set(key, { source, property, site });
    },
    blind: (labels, kind, site, reason, given) => {
      const fields = given.filter((label) => !isReference(labels, label));
      if (fields.length === 0 && given.length > 0) return;
      const key = `${kind}|${site.file}:${site.at}|${reason}`;
      let b = blinds.get(key);
      if (b === undefined) blinds.set(key, (b = { kind, site, reason, fields: new Set() }));
      for (const l of fields) b.fields.add(labels.infos[l.id]!.field);
      blindCalls.add(`${site.file}:${site.at}`);
    },
    flows: (labels) =>
      [...hits.values()]
        .map((hit): Flow => {
          const info = labels.infos[hit.found.label.id]!;
          const path = hops(hit, "sink");
          const first = path[0]!;
          return {
            field: info.field,
            status: info.status,
            ...(info.noise && { noise: info.noise }),
            gates: hit.gates,
            ...(hit.missing === undefined ? {} : { missing: missingGate(hit.missing, hit.site) }),
            source: placeOf(first),
            sink: hit.sink,
            at: place(hit.site),
            accessPath: hit.found.path,
            carried: howCarried(hit.found, (step) => ({ ...place(step.site), text: snippet(step.site) })),
            path,
          };
        })
        .sort((a, b) =>
          compare(
            [a.at.file, a.at.line, a.at.column, a.sink.id, a.field, a.status],
            [b.at.file, b.at.line, b.at.column, b.sink.id, b.field, b.status],
          ),
        ),
    keptFields: (labels) =>
      [...writes.values()]
        .map((write): Kept => {
          const { field, status } = labels.infos[write.found.label.id]!;
          const path = hops(write, "write");
          return { field, status, store: write.store, source: placeOf(path[0]!), at: place(write.site), path };
        })
        .sort((a, b) =>
          compare(
            [a.at.file, a.at.line, a.at.column, JSON.stringify(a.store), a.field, a.status],
            [b.at.file, b.at.line, b.at.column, JSON.stringify(b.store), b.field, b.status],
          ),
        ),
    blindSpots: () =>
      oneForEachCall([...blinds.values()])
        .map((b): BlindSpot => ({ ...place(b.site), kind: b.kind, reason: b.reason, fields: [...b.fields].sort() }))
        .sort((a, b) => compare([a.file, a.line, a.column, a.kind, a.reason], [b.file, b.line, b.column, b.kind, b.reason])),
    undeclaredList: () =>
      [...undeclaredHits.values()]
        .map((u): UndeclaredCollection => ({ ...place(u.site), source: u.source, property: u.property, text: snippet(u.site) }))
        .sort((a, b) => compare([a.file, a.line, a.column, a.property], [b.file, b.line, b.column, b.property])),
    transformed: (labels, given) => {
      for (const label of given) if (!isReference(labels, label)) transformed.add(labels.infos[label.id]!.field);
    },
    transformedFields: () => [...transformed].sort(),
    collectedFields: (labels) => [...new Set(labels.infos.map((i) => i.field))].sort(),
  };
}

const placeOf = ({ file, line, column, endLine, endColumn }: Hop): Place => ({ file, line, column, endLine, endColumn });

/**
 * What a library gives is known by its name, and as a value that nothing is known of: a call of both is one blind spot, the one that
 * names the library.
 */
function oneForEachCall(all: readonly Blind[]): readonly Blind[] {
  const callOf = ({ site }: Blind): string => `${site.file}:${site.at}:${site.end}`;
  const libraries = new Map(all.flatMap((b) => (b.kind === "unmodelled-library" || b.kind === "unknown-store" ? [[callOf(b), b]] : [])));
  return all.filter((b) => {
    const library = b.kind === "unresolved-call" ? libraries.get(callOf(b)) : undefined;
    if (library !== undefined) for (const field of b.fields) library.fields.add(field);
    return library === undefined;
  });
}

/**
 * Several steps of one line are one hop for a reader, and collection is what it is collected by; but what goes into a store and what comes
 * out of one are hops of their own.
 */
const isSameHop = (before: Hop["kind"], kind: Hop["kind"]): boolean =>
  kind === "write" ? before !== "source" && before !== "read" : kind !== "read" || before === "read";

/** The first and the last keep their kind; the reads of a copy are the copy, what is done at a write is the write. */
function shown(before: Hop["kind"], kind: Hop["kind"]): Hop["kind"] {
  if (kind === "write") return kind;
  return before === "load" && (kind === "spread" || kind === "rest") ? kind : before;
}

const longer = (a: string, b: string): string => (b.length > a.length ? b : a);

/** 1-based line and column of an offset. */
export function position(lineStarts: readonly number[], at: number): [number, number] {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if (lineStarts[mid]! <= at) low = mid;
    else high = mid - 1;
  }
  return [low + 1, at - lineStarts[low]! + 1];
}

export function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x < y) return -1;
    if (x > y) return 1;
  }
  return 0;
}
