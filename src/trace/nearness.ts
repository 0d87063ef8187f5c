/**
 * How near code is to what the manifest names: sources and sinks. Where the project's budget does not do for all of a large project, what
 * is near runs first, whatever its files are called. It decides about the order alone.
 */
import type { FunctionFacts } from "../facts/ir.js";
import { leadingTo } from "../link/imports.js";
import { mentions, NOWHERE, type Mentions } from "../link/mentions.js";
import { packageOf, type LinkedFile, type Modules } from "../link/modules.js";
import type { Locator, Manifest, Sink, Source } from "../manifest/model.js";
import type { Placed } from "./hooks/placed.js";

export interface Nearness {
  /** Steps from a function to the nearest source or sink, along who mentions whom: 0 names one itself. {@link NOWHERE} if no way is known. */
  readonly of: (file: LinkedFile, fn: FunctionFacts) => number;
  /** Slots of variables that a function names, be it in functions inside it. */
  readonly names: (file: LinkedFile, fn: FunctionFacts) => ReadonlySet<string>;
}

export function nearnessTo(manifest: Manifest, modules: Modules, placed: Placed): Nearness {
  const routes = [...manifest.sources, ...manifest.sinks].flatMap(({ at }) => (at.kind === "route" ? [at.url] : []));
  const routesIn = endsOf(routes);
  const values = new Set(manifest.sinks.flatMap(({ when }) => when.flatMap(({ value }) => (typeof value === "string" ? [value] : []))));
  const graph = mentions(modules, (text) => [...(values.has(text) ? [text] : []), ...routesIn(text)]);
  const named = new Named(graph, modules, placed);
  const goals = new Set([
    ...manifest.sources.flatMap((source) => named.bySource(source)),
    ...manifest.sinks.flatMap((sink) => named.bySink(sink)),
  ]);
  const far = graph.distances(goals);
  const index = new Map<FunctionFacts, number>();
  const nodeOf = (file: LinkedFile, fn: FunctionFacts): number => {
    if (!index.has(fn)) file.facts.functions.forEach((f, i) => index.set(f, graph.ofFunction(file, i)));
    return index.get(fn)!;
  };
  const names = new Map<number, ReadonlySet<string>>();
  return {
    of: (file, fn) => far[nodeOf(file, fn)]!,
    names: (file, fn) => {
      const node = nodeOf(file, fn);
      let known = names.get(node);
      if (known === undefined) names.set(node, (known = graph.slotsIn(node)));
      return known;
    },
  };
}

/** Routes whose end a text is: as they stand where they are registered, perhaps below what a router is mounted at. */
function endsOf(routes: readonly string[]): (text: string) => string[] {
  const byEnd = new Map<string, { readonly url: string; readonly reversed: readonly string[] }[]>();
  for (const url of new Set(routes)) {
    const reversed = segments(url).reverse();
    const last = reversed[0] ?? "";
    byEnd.set(last, [...(byEnd.get(last) ?? []), { url, reversed }]);
  }
  return (text) => {
    const [last = "", ...others] = segments(text).reverse();
    const meant = last === "" ? [] : (byEnd.get(last) ?? []);
    return meant.filter(({ reversed }) => others.every((segment, i) => segment === reversed[i + 1])).map(({ url }) => url);
  };
}

/** `/users/:id`, `/users/{id}` and `users.[id]` are the same. */
const segments = (url: string): string[] =>
  url
    .split(/[/.]/)
    .filter((segment) => segment !== "")
    .map((segment) => (/^[:[{$]/.test(segment) ? "*" : segment));

/** Nodes that declarations name. */
class Named {
  constructor(
    readonly graph: Mentions,
    readonly modules: Modules,
    readonly placed: Placed,
  ) {}

  bySource({ at }: Source): number[] {
    if (at.kind === "route") return this.byRoute(at.url);
    if (at.kind === "site") return this.bySite(at.file, at.at);
    return at.kind === "property" ? this.byProperty(at.locator) : this.byLocator(at.locator);
  }

  bySink({ at, when, within }: Sink): number[] {
    if (at.kind === "route") return this.byRoute(at.url);
    const values = when.flatMap(({ value }) => (typeof value === "string" ? this.graph.bearing(value) : []));
    const calls = this.byLocator(at.locator);
    return [...values, ...(within === undefined ? calls : this.leading(calls, within))];
  }

  /** The functions that something stands in. */
  private bySite(path: string, at: number): number[] {
    const file = this.modules.byPath(path);
    return file === undefined
      ? []
      : file.facts.functions.flatMap((fn, i) => (fn.at <= at && at < fn.end ? [this.graph.ofFunction(file, i)] : []));
  }

  /** Of the code that `within` names what leads there. */
  private leading(calls: readonly number[], within: Locator): number[] {
    const far = this.graph.distances(calls);
    return this.modules.files
      .filter((file) => this.placed.inFile(within, file))
      .flatMap((file) => file.facts.functions.map((_, i) => this.graph.ofFunction(file, i)))
      .filter((id) => far[id] !== NOWHERE);
  }

  private byLocator(locator: Locator): number[] {
    const { module, path } = locator;
    const last = path.at(-1)!;
    if (module.kind === "global") return this.all(path.slice(-2));
    const files = this.modules.files.filter((file) => this.placed.inFile(locator, file));
    const own = files.flatMap((file) =>
      file.facts.functions.flatMap((fn, i) => (last === "*" || fn.name.split(".").at(-1) === last ? [this.graph.ofFunction(file, i)] : [])),
    );
    if (module.kind === "file") return own;
    // `client.chat.completions.create(…)`, wherever the client comes from.
    if (path.length > 1) return [...own, ...this.all(path.slice(1).slice(-2))];
    return [...own, ...this.graph.mentioning(`${packageOf(module.name)}:${last === "*" ? "" : last}`)];
  }

  /** Who mentions all of these. */
  private all(names: readonly string[]): number[] {
    const [first = [], ...others] = names.map((name) => this.graph.mentioning(name));
    const sets = others.map((ids) => new Set(ids));
    return first.filter((id) => sets.every((ids) => ids.has(id)));
  }

  /** Who reads a property of that name, and whose file leads to where its type is declared. */
  private byProperty(locator: Locator): number[] {
    const owners = this.modules.files.filter((file) => this.placed.inFile(locator, file));
    const files = owners.length === 0 ? undefined : leadingTo(this.modules, owners);
    const names = locator.path.filter((name) => name !== "*").slice(1);
    return this.all(names.slice(-1)).filter((id) => files?.has(this.graph.fileOf(id)!) ?? true);
  }

  /** Who registers a route, with what is registered there. */
  private byRoute(url: string): number[] {
    const { graph } = this;
    const own = segments(url);
    const files = this.modules.files.filter(({ path }) => {
      const named = segments(path.replace(/(?:\/(?:index|route|page|\+server|\+page\.server))?\.\w+$/, ""));
      return own.every((segment, i) => segment === named[named.length - own.length + i]);
    });
    const registering = [...graph.under(own.at(-1) ?? ""), ...graph.bearing(url), ...files.map((file) => graph.ofFunction(file, 0))];
    const handlers = registering.flatMap((id) => graph.held(id));
    return [...registering, ...handlers, ...handlers.flatMap((id) => graph.held(id))];
  }
}
