/** The manifest at work in the machine: sources label, sinks collect, transforms change a status. */
import type { Locator, Manifest, PathStep, Sink, Source, Store, Transform } from "../../manifest/model.js";
import { purposeHierarchy } from "../../manifest/purposes.js";
import type { LinkedFile } from "../../link/modules.js";
import type { TypeRef } from "../../link/types.js";
import type { Project } from "../../program/project.js";
import type { FunctionFacts } from "../../facts/ir.js";
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { HOLE } from "../domain/text-pattern.js";
import { lastingly, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, exact, isBottom, join, joinAll, K, ofRef, type Value } from "../domain/value.js";
import { arg } from "../machine/call.js";
import { classType } from "../machine/declared.js";
import { allArgs } from "../machine/call.js";
import { allLabels, atPath, collect, type Found } from "../machine/deep.js";
import { isOutside } from "../machine/external.js";
import { describedType } from "../machine/signatures.js";
import { make, type Args, type CallEvent, type Code, type FunctionData, type Hooks, type Machine } from "../machine/machine.js";
import { entries } from "../machine/props.js";
import { named, senderOf, thingsOfCall } from "../machine/subjects.js";
import { namesOf } from "../machine/text-parts.js";
import { typeOf, unknown } from "../machine/unknown.js";
import { blobsLike } from "../stores/buckets/blobs.js";
import { tablesOf, withColumns } from "../stores/columns.js";
import { placesUnder, readPlace, writePlace } from "../stores/places.js";
import { patternPlace } from "../stores/place-index.js";
import { readRow } from "../stores/table.js";
import { anyAnswer } from "./answer.js";
import { newAnonymisers, type Anonymisers } from "./anonymisers.js";
import { returnedBy } from "./flags.js";
import { answered, missingAt, whoseCall } from "./consents.js";
import { argumentsAt, wasGiven } from "./arguments.js";
import { withoutAssumed } from "./assumed.js";
import { declaredMembers } from "./declared.js";
import { applyAt, applyField, fieldTree, newLabel, undeclaredIn } from "./fields.js";
import { mayBe } from "./literal.js";
import { locate, type Entry, type Locations } from "./locate.js";
import { keepingOf } from "./keeping.js";
import { isWhole } from "./patterns.js";
import { isGenerator, newGenerators, type Generators } from "./generators.js";
import type { Known } from "./known-calls.js";
import { consentCalls, type ConsentCalls } from "./consent-calls.js";
import { below, fetchedAt, type FetchedPart } from "./fetched-parts.js";
import { isMechanism, newMechanisms, type Mechanisms } from "./mechanisms.js";
import type { Placed } from "./placed.js";
import { referenced } from "./referenced.js";
import { relabelled } from "./relabel.js";
import { sitesOf } from "./sites.js";
import type { Missing, Recorder } from "./recorder.js";
import { newUnclaimed, type Unclaimed } from "./unclaimed.js";
import type { Use } from "./uses.js";
import type { Models } from "../models/lookup.js";
import { mayHave, type Witness } from "./witness.js";
import { newZones, type Zones } from "./zones.js";

/** The hooks, with those of them that keep what they have seen. */
export interface Watching extends Hooks {
  readonly mechanisms: Mechanisms | undefined;
  readonly anonymisers: Anonymisers;
  readonly zones: Zones | undefined;
  readonly generators: Generators | undefined;
  readonly calls: ConsentCalls | undefined;
  readonly unclaimed: Unclaimed;
}

export function makeHooks(
  getMachine: () => Machine,
  manifest: Manifest,
  project: Project,
  files: readonly LinkedFile[],
  placed: Placed,
  uses: Use[],
  recorder: Recorder,
  witness: Witness,
  models: Pick<Models, "fetched">,
): Watching {
  const tree = fieldTree(manifest);
  const where: Locations = locate(getMachine, uses, files, placed);
  const sourceUses = (all: readonly Entry[], kind: string): Source[] =>
    (all as readonly Use[]).flatMap((u) => (u.use === "source" && u.source.at.kind === kind ? [u.source] : []));
  const sinkUses = (all: readonly Entry[], kind: string): Sink[] =>
    (all as readonly Use[]).flatMap((u) => (u.use === "sink" && u.sink.at.kind === kind ? [u.sink] : []));
  const property = uses.filter((u) => u.use === "source" && u.source.at.kind === "property");
  const hasPatterns = property.some((u) => u.use === "source" && u.source.field.endsWith("*"));
  const globals = property.filter((u) => u.locator.module.kind === "global");
  const externalProps = property.filter((u) => u.locator.module.kind === "package");
  const scopes = manifest.sinks.flatMap((s) => s.within ?? []);
  const routeSinks = manifest.sinks.filter((s) => s.at.kind === "route");
  const routeSources = manifest.sources.filter((s) => s.at.kind === "route");
  const transformsOf = (entries: readonly Entry[]): readonly Transform[] =>
    (entries as readonly Use[]).flatMap((u) => (u.use === "transform" ? [u.transform] : []));
  const anonymisers = newAnonymisers(recorder);
  const mechanisms = manifest.transforms.some(isMechanism)
    ? newMechanisms(recorder, (func, code) => transformsOf(where.ofFunction(func, code)))
    : undefined;
  const zones = (manifest.zones ?? []).length > 0 ? newZones(manifest.zones!, project, recorder) : undefined;
  const generators = manifest.transforms.some(isGenerator)
    ? newGenerators(manifest.transforms, recorder, (func, code) => transformsOf(where.ofFunction(func, code)))
    : undefined;
  const calls = consentCalls(manifest, files);
  const sites = sitesOf(manifest);
  const unclaimed = newUnclaimed(recorder);
  const undeclared =
    (source: Source, site: Site) =>
    (name: string): void => {
      recorder.undeclared(source, name, site);
    };

  const applySource = (
    m: Machine,
    s: Source,
    value: Value,
    type: TypeRef | undefined,
    site: Site,
    of: readonly string[] | undefined,
  ): Value => {
    return applyField(m, tree, s.field, value, site, undeclared(s, site), type, of);
  };

  /** All conditions are looked at, so that one that no call meets is known, whatever the others say. */
  const when = (m: Machine, sink: Sink, args: Args, site: Site): boolean =>
    sink.when
      .map(({ argument, value }) => {
        const v = joinAll(argumentsAt(args, argument.position).map((given) => atPath(m, given, argument.path, site)));
        const holds = mayBe(m, v, value, site);
        const instead = exact(v);
        witness.saw(sink, `when.${argument.text}`, holds, instead === undefined ? undefined : String(instead));
        return holds;
      })
      .every(Boolean);

  /** A source's part of a value: told whether it is there, then labelled. */
  const applyPart = (m: Machine, s: Source, value: Value, path: readonly PathStep[], site: Site, of?: readonly string[]): Value => {
    const there = mayHave(m, value, path);
    if (there !== undefined) witness.saw(s, s.at.kind === "returns" || s.at.kind === "route" ? "path" : "argument", there);
    return applyAt(m, tree, s.field, value, path, site, undeclared(s, site), of);
  };

  const within = (m: Machine, sink: Sink): boolean => {
    const l = sink.within;
    if (l === undefined) return true;
    const inside = runsIn(m, l);
    witness.saw(sink, "within", inside);
    return inside;
  };

  const runsIn = (m: Machine, l: Locator): boolean => {
    const codes: Code[] = [...m.stack.map((s) => s.code), m.frame.code];
    return codes.some((code) => {
      if (!where.inFile(l, code.file)) return false;
      if (l.path[0] === "*") return true;
      for (let i = code.index; i > 0; i = code.file.facts.functions[i]!.parent)
        if (code.file.facts.functions[i]!.name === l.path.at(-1)) return true;
      return false;
    });
  };

  const purposes = purposeHierarchy(manifest.purposes);
  const missing = (m: Machine, sink: Sink, found: Found): Missing | undefined => {
    const consent = purposes.inherited(sink.purpose, "consent");
    return consent === undefined ? undefined : missingAt(m, consent, found.label.id);
  };

  const atSink = (m: Machine, sink: Sink, v: Value, site: Site, fetched: readonly FetchedPart[] = []): void => {
    const named: Value[] = [];
    const arrived = (path: string, part: Value): void => {
      unclaimed.arrived(sink, path, part, site);
      const content = referenced(m, part, site);
      if (!isBottom(content)) named.push(content);
    };
    const all = [
      ...collect(m, v, site, arrived),
      ...named.flatMap((content) => collect(m, content, site)),
      ...fetched.flatMap(({ path, value }) => collect(m, value, site).map((found) => below(path, found))),
    ];
    for (const given of all) recorder.flow(m, sink, given, site, missing(m, sink, given));
  };

  const fieldsOfMember = (type: TypeRef | undefined, name: string): string[] =>
    sourceUses(where.ofMember(type, name), "property").flatMap((s) => (s.field.endsWith("*") ? [] : [s.field]));
  /** A pattern's property: what its type has beside the declared fields is collected, too. */
  const tellOthers = (m: Machine, type: TypeRef | undefined, name: string, site: Site): void => {
    for (const s of sourceUses(where.ofMember(type, name), "property"))
      if (s.field.endsWith("*") && isWhole(manifest, s.field, name))
        undeclaredIn(m, tree, s.field, m.types.member(type, name)?.type, name, undeclared(s, site));
  };
  let members: ReturnType<typeof declaredMembers> | undefined;
  const declared = new WeakSet<Obj>();
  const told = new Set<FunctionFacts>();
  const hooks: Watching = {
    mechanisms,
    calls,
    anonymisers,
    zones,
    generators,
    unclaimed,
    counts: mechanisms !== undefined,
    keeping: keepingOf(manifest, recorder),
    kept: zones?.kept,
    isEnd: (callee) => declared.has(callee),
    isTold: (m) => told.size > 0 && (told.has(m.frame.code.fn) || m.stack.some(({ code }) => told.has(code.fn))),
    propertySources: property.length > 0,
    scopes: (m) => `${scopes.map((l) => (runsIn(m, l) ? "1" : "0")).join("")}${zones?.scope(m) ?? ""}${generators?.scope(m) ?? ""}`,
    returnSinks: uses.some((u) => u.use === "sink" && u.sink.at.kind === "returns"),
    labelsOfProperty: (type, owner, name, site) => {
      const m = getMachine();
      const t = type ?? (owner === null ? undefined : classType(m, owner));
      let out: Labels = NO_LABELS;
      const of = m.gates === null || owner === null ? undefined : [named(m, owner)];
      for (const field of fieldsOfMember(t, name)) out = joinLabels(out, newLabel(m, field, site, of));
      if (hasPatterns) tellOthers(m, t, name, site);
      return out;
    },
    isNamed: (member) => where.isNamed(member),
    labelOf: (field, site, owner) =>
      newLabel(getMachine(), field, site, getMachine().gates === null ? undefined : [named(getMachine(), owner)]),
    declaredIn: (type) => (property.length === 0 ? [] : (members ??= declaredMembers(getMachine().types, fieldsOfMember))(type)),
    externalProperty: (module, path, site) => {
      const m = getMachine();
      let out: Labels = NO_LABELS;
      for (const u of externalProps) {
        if (u.use !== "source" || u.locator.module.kind !== "package" || u.locator.module.name !== module) continue;
        if (path.length < u.locator.path.length || !u.locator.path.every((p, i) => path[i] === p)) continue;
        if (path.length > u.locator.path.length) continue;
        u.matched = true;
        out = joinLabels(out, newLabel(m, u.source.field, site));
      }
      return out;
    },
    globalSource: (name, site) => {
      const mine = globals.filter((u) => u.locator.path[0] === name);
      if (mine.length === 0) return undefined;
      const m = getMachine();
      const key = `global source ${name}`;
      let holder = m.externals.get(key);
      if (holder === undefined) {
        const v = lastingly(m.heap, () => unknown(m, key));
        holder = m.heap.objects[v.refs[0]!]!;
        m.externals.set(key, holder);
        for (const u of mine) {
          if (u.use !== "source") continue;
          u.matched = true;
          const labelled = applyAt(
            m,
            tree,
            u.source.field,
            ofRef(holder.id),
            u.locator.path.slice(1).map((p) => ({ k: "prop" as const, name: p })),
            site,
            undeclared(u.source, site),
          );
          if (u.locator.path.length === 1 && labelled.labels.length > 0) holder.props.set("\0self", labelled);
        }
      }
      return holder.props.get("\0self") ?? ofRef(holder.id);
    },
    onGiven: (args, site) => {
      const here = sites.of(files[site.file]?.path, site);
      if (here.length === 0) return args;
      const list = [...args.list];
      for (const s of here) {
        const { position, path } = s.at.argument;
        const v = position === "*" ? undefined : list[position];
        if (v !== undefined && !isBottom(v)) list[position as number] = applyPart(getMachine(), s, v, path, site);
      }
      return { ...args, list };
    },
    beforeCall: (call: CallEvent) => {
      const m = getMachine();
      mechanisms?.made(m, call);
      const all = where.ofCall(call) as readonly Use[];
      const knows = (known: Known): boolean => all.some((u) => u.use === "known" && u.known === known);
      zones?.called(m, call, knows("network"));
      if (generators !== undefined && knows("model")) generators.asked(m, call);
      const uses = all.filter(({ use }) => use !== "known");
      calls?.called(m, call, uses);
      const here = sites.of(files[call.site.file]?.path, call.site);
      if (here.length > 0) {
        declared.add(call.callee);
        collectionSite(m, here, call);
      }
      if (uses.length === 0) return false;
      declared.add(call.callee);
      const { code } = (call.callee.kind === "function" ? call.callee.data : { code: null }) as FunctionData;
      if (code !== null && uses.some(({ use }) => use === "write" || use === "read" || use === "transform")) told.add(code.fn);
      for (const t of transformsOf(uses)) {
        for (const given of allArgs(call.args)) recorder.transformed(m.labels, allLabels(m, given));
        if (isMechanism(t)) mechanisms?.called(m, call, t);
        if (isGenerator(t)) generators?.called(m, call, t);
      }
      for (const s of sourceUses(uses, "call")) {
        if (s.at.kind !== "call") continue;
        const { position, path } = s.at.argument;
        if (!wasGiven(call.args, s.at.argument)) witness.saw(s, "argument", false);
        for (const v of argumentsAt(call.args, position)) if (!isBottom(v)) applyPart(m, s, v, path, call.site);
      }
      collectionSite(m, sourceUses(uses, "call"), call);
      for (const u of uses as readonly Use[]) if (u.use === "write") writeWrapped(m, u.store, call);
      for (const sink of sinkUses(uses, "call")) {
        if (sink.at.kind !== "call" || !within(m, sink) || !when(m, sink, call.args, call.site)) continue;
        const { argument } = sink.at;
        const values = argumentsAt(call.args, argument?.position ?? "*");
        const parts = argument === undefined ? values : values.map((v) => atPath(m, v, argument.path, call.site));
        for (const [i, v] of parts.entries()) atSink(m, sink, v, call.site, i > 0 ? [] : fetchedAt(argument, models.fetched(m, call)));
        if (argument !== undefined) witness.saw(sink, "argument", wasGiven(call.args, argument) && !parts.every(isBottom));
        if (sink.consumes !== undefined) atSink(m, sink, consumed(m, sink.consumes, call.site), call.site);
      }
      return uses.some(isCheck);
    },
    afterCall: (call, result) => {
      const m = getMachine();
      const code = call.callee.kind === "function" ? (call.callee.data as FunctionData).code : null;
      if (code !== null) where.onResult(code, result);
      const uses = where.ofCall(call);
      anonymisers.gave(m, call, result, transformsOf(uses));
      if (uses.length === 0) return result;
      let out = uses.some(isCheck) ? anyAnswer(m, result, call.site, returnedBy(m, call)) : result;
      for (const u of uses as readonly Use[]) if (u.use === "check") out = answered(m, u.consent, call, result, out);
      const of = uses.some((u) => (u as Use).use === "source") ? whoseCall(m, call) : undefined;
      for (const s of sourceUses(uses, "returns")) {
        if (s.at.kind !== "returns") continue;
        out = somethingOf(m, out, call.site);
        if (s.at.path.length === 0 && !s.field.endsWith("*")) out = withoutAssumed(m, out);
        out =
          s.at.path.length === 0
            ? applySource(m, s, out, resultType(m, call), call.site, of)
            : applyPart(m, s, out, s.at.path, call.site, of);
      }
      for (const u of uses as readonly Use[]) {
        if (u.use !== "transform") continue;
        if (isGenerator(u.transform)) generators?.gave(m, call, out, u.transform);
        out = relabelled(m, out, u.transform, call);
      }
      for (const u of uses as readonly Use[])
        if (u.use === "read") out = withColumns(m, join(out, readWrapped(m, u.store, call)), u.store, call.site);
      return out;
    },
    onEnter: (func, code, args, site) => {
      const m = getMachine();
      const sources = sourceUses(where.ofFunction(func, code), "parameter");
      if (sources.length === 0) return args;
      const list = [...args.list];
      const of = m.gates === null ? undefined : thingsOfCall(m, args);
      for (const s of sources) {
        if (s.at.kind !== "parameter") continue;
        const { position, path } = s.at.argument;
        if (!wasGiven(args, s.at.argument)) witness.saw(s, "argument", false);
        while (position !== "*" && list.length <= position) list.push(args.rest ?? BOTTOM);
        for (const i of position === "*" ? list.keys() : [position])
          if (!isBottom(list[i]!)) list[i] = applyPart(m, s, list[i]!, path, site, of);
      }
      return { list, rest: args.rest };
    },
    onReturn: (func, code, value, site) => {
      const m = getMachine();
      for (const sink of sinkUses(where.ofFunction(func, code), "returns")) {
        atSink(m, sink, value, site);
      }
    },
    onBind: (file, slot, value) => {
      where.onBind(file, slot, value);
      // A variable that is itself declared a source, or whose property is.
      for (const u of property) {
        if (u.use !== "source" || u.locator.module.kind !== "file" || !where.inFile(u.locator, file)) continue;
        const names = [slot, ...file.facts.exports.flatMap((e) => (e.k === "local" && e.slot === slot ? [e.name] : []))];
        if (!names.includes(u.locator.path[0]!)) continue;
        const m = getMachine();
        if (objectsOf(m.heap, value).some((o) => o.kind === "class" || o.kind === "function")) continue;
        const below = u.locator.path.slice(1).map((p) => ({ k: "prop" as const, name: p }));
        if (mayHave(m, value, below) === false) continue;
        u.matched = true;
        const site: Site = { file: file.index, at: file.facts.functions[0]!.at, end: file.facts.functions[0]!.at, fn: 0 };
        const labelled = applyAt(m, tree, u.source.field, value, below, site, undeclared(u.source, site));
        const env = m.moduleState.get(file.index)?.env;
        if (env !== undefined && labelled !== value) setSlot(m.heap, env, slot, labelled);
      }
    },
    onExports: (file, value) => where.onExports(file, value),
    route: (method, url, request, site) => {
      const m = getMachine();
      calls?.serves(m, method, url, site);
      for (const s of routeSources) {
        if (s.at.kind !== "route" || !isRoute(s.at, method, [url])) continue;
        applyPart(m, s, request, s.at.path, site, m.gates === null ? undefined : senderOf(m, request));
      }
    },
    served: (method, url) => {
      for (const s of routeSources) if (isRoute(s.at, method, [url])) recorder.routeSeen(s);
    },
    answered: (method, urls, value, site) => {
      for (const sink of routeSinks) {
        if (!isRoute(sink.at, method, urls)) continue;
        recorder.routeSeen(sink);
        atSink(getMachine(), sink, value, site);
      }
    },
  };

  /** What the callee says that it returns. */
  function resultType(m: Machine, { callee }: CallEvent): TypeRef | undefined {
    const code = callee.kind === "function" ? (callee.data as FunctionData).code : null;
    if (code !== null) return m.types.returned(code.file, code.fn, []);
    const type = callee.kind === "unknown" ? typeOf(m, callee) : callee.kind === "external" ? describedType(m, callee) : undefined;
    const view = type && m.types.view(type);
    return view?.v === "function" ? view.returns : undefined;
  }

  /** Does a declared route name one of these addresses? */
  function isRoute(at: Source["at"] | Sink["at"], method: string, urls: readonly string[]): boolean {
    if (at.kind !== "route") return false;
    if (method !== "ALL" && at.method !== "*" && at.method.toUpperCase() !== method.toUpperCase()) return false;
    return urls.some((url) => sameUrl(at.url, url));
  }

  /** A call that collects: what it sends beside the declared fields is undeclared collection. */
  function collectionSite(m: Machine, sources: readonly Source[], call: CallEvent): void {
    const first = sources[0];
    // A source of many fields (`telemetry.*`) says where in the call they are: what is below it is judged where it is labelled.
    if (first === undefined || sources.some((s) => s.field.endsWith("*") || (s.at.kind === "site" && s.at.open))) return;
    const covered = new Set(
      sources.flatMap((s) =>
        s.at.kind === "call" || s.at.kind === "site"
          ? [`${s.at.argument.position}${s.at.argument.path.map((p) => (p.k === "prop" ? `.${p.name}` : "[*]")).join("")}`]
          : [],
      ),
    );
    const visit = (v: Value, at: string, depth: number): void => {
      if (covered.has(at)) return;
      const objects = objectsOf(m.heap, v).filter((o) => o.kind === "object");
      for (const obj of objects)
        if (depth < 4) for (const e of entries(m, obj, call.site).known) visit(e.value, `${at}.${e.name}`, depth + 1);
      if (objects.length > 0 || depth === 0) return;
      const constant = v.refs.length === 0 && (v.kinds & (K.String | K.Number | K.Big)) === 0;
      if (!constant && allLabels(m, v).length === 0 && exact(v) === undefined)
        recorder.undeclared(first, at.replace(/^\d+\./, ""), call.site);
    };
    // Where the code says what it sends, it says in which arguments.
    const sent = sources.flatMap((s) => (s.at.kind === "site" ? [s.at.argument.position] : []));
    call.args.list.forEach((v, i) => {
      if (sent.length === 0 || sent.includes(i)) visit(v, String(i), 0);
    });
  }

  /** A declared wrapper writes under the text of its key as far as that is exact; one without keys has a single place. */
  function placeNames(m: Machine, store: Store, call: CallEvent): readonly string[] {
    const prefix = `store:${store.id}:`;
    if (store.at.kind !== "wrapper" || store.at.key === undefined) return [prefix];
    const { position, path } = store.at.key;
    const names = position === "*" ? [HOLE] : namesOf(m, atPath(m, arg(call.args, position), path, call.site));
    return names.map((name) => prefix + name);
  }

  function writeWrapped(m: Machine, store: Store, call: CallEvent): void {
    if (store.at.kind !== "wrapper") return;
    const { position, path } = store.at.value ?? { position: 1, path: [] };
    const v = joinAll(argumentsAt(call.args, position).map((given) => atPath(m, given, path, call.site)));
    for (const place of placeNames(m, store, call)) writePlace(m, place, v, call.site);
  }

  /** Reads give what was written under a key that can be the same; as a promise where the wrapper gives one. */
  function readWrapped(m: Machine, store: Store, call: CallEvent): Value {
    const out = joinAll(placeNames(m, store, call).map((place) => readPlace(m, place, call.site)));
    const code = call.callee.kind === "function" ? (call.callee.data as FunctionData).code : null;
    if (isBottom(out) || code?.fn.async !== true) return out;
    const promise = make(m, "promise", call.site);
    setSlot(m.heap, promise, S.value, out);
    return ofRef(promise.id);
  }

  function consumed(m: Machine, store: string, site: Site): Value {
    const declared = manifest.stores.find((s) => s.id === store);
    if (declared === undefined) return BOTTOM;
    if (declared.at.kind === "wrapper")
      return placesUnder(m, `store:${store}:`).reduce((all, place) => join(all, readPlace(m, place, site)), BOTTOM);
    if (declared.at.connector === "s3") return blobsLike(m, declared.at.name, site);
    const tables = tablesOf(m, declared);
    return tables.length === 0
      ? readPlace(m, patternPlace(declared.at.connector, declared.at.name), site)
      : joinAll(tables.map((table) => readRow(m, table, site)));
  }

  return hooks;
}

const isCheck = (entry: Entry): boolean => (entry as Use).use === "check";

const sameUrl = (a: string, b: string): boolean => {
  const norm = (u: string): string => `/${u.replace(/^\/+|\/+$/g, "").replace(/\{(\w+)\}/g, ":$1")}`;
  return norm(a) === norm(b);
};

/** Where nothing known comes back (a stub, an external), something of the declared kind does; so it does from a promise of that. */
function somethingOf(m: Machine, v: Value, site: Site): Value {
  if (isOutside(m, v)) return unknown(m, site);
  for (const promise of objectsOf(m.heap, v)) {
    const held = promise.kind === "promise" ? promise.props.get(S.value) : undefined;
    if (held !== undefined && !isBottom(held) && isOutside(m, held)) setSlot(m.heap, promise, S.value, unknown(m, site));
  }
  return v;
}
