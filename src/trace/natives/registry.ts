/** Looks natives up by module and path. */
import { canonical } from "../machine/aliases.js";
import type { ExternalData, Instance, Native } from "../machine/machine.js";
import { ASSIGNED } from "../machine/assigned.js";
import { VALUE } from "../machine/provided.js";
import type { LibraryModel } from "../../models/model.js";
import { allModels, type Models } from "../models/lookup.js";
import { NATIVE_MODULES } from "./all.js";
import type { NativeModule } from "./index.js";

/** What tables inherit for being objects (`toString`, `constructor`): no native, though a look-up by name finds it. */
const INHERITED = new Set<unknown>(Object.values(Object.getOwnPropertyDescriptors(Object.prototype)).map((d): unknown => d.value));

const own = (native: Native | undefined): Native | undefined => (INHERITED.has(native) ? undefined : native);

/** A lookup over all native modules, and the models of libraries that are data; built once for a run. */
export interface Natives {
  readonly find: (data: ExternalData) => Native | undefined;
  /** Has it a model, or something below it? Then it is a function, a class or a namespace. */
  readonly isModelled: (data: ExternalData) => boolean;
  readonly models: Models;
}

/** What the native modules say, by names. */
interface Tables {
  /** `module:path`s below which there is something. */
  readonly holders: ReadonlySet<string>;
  readonly exact: ReadonlyMap<string, Native>;
  readonly patterns: ReadonlyMap<string, readonly Match[]>;
  readonly guesses: ReadonlyMap<string, Match>;
  readonly others: ReadonlyMap<string, Match>;
}

type Match = NonNullable<NativeModule["match"]>;

let built: Tables | undefined;

/** The same for every run, and thousands of names: built once a process. */
function tables(): Tables {
  if (built !== undefined) return built;
  const holders = new Set<string>();
  const exact = new Map<string, Native>();
  const patterns = new Map<string, Match[]>();
  const guesses = new Map<string, Match>();
  const others = new Map<string, Match>();
  for (const n of NATIVE_MODULES)
    for (const module of n.modules) {
      for (const [path, native] of Object.entries(n.natives)) {
        exact.set(`${module}:${path}`, native);
        for (let end = path.lastIndexOf("."); end > 0; end = path.lastIndexOf(".", end - 1)) holders.add(`${module}:${path.slice(0, end)}`);
        holders.add(`${module}:`);
      }
      if (n.guess !== undefined) guesses.set(module, n.guess);
      if (n.otherwise !== undefined) others.set(module, n.otherwise);
      if (n.match !== undefined) patterns.set(module, [...(patterns.get(module) ?? []), n.match]);
    }
  return (built = { holders, exact, patterns, guesses, others });
}

export function nativeLookup(described: readonly LibraryModel[] = []): Natives {
  const { holders, exact, patterns, guesses, others } = tables();
  /** By its own name; patterns and models fit functions only. */
  const exactly = (module: string, path: readonly string[]): Native | undefined => {
    let native = exact.get(`${module}:${path.join(".")}`);
    // `import fs from "fs"` is the module itself.
    if (native === undefined && path[0] === "default") native = exact.get(`${module}:${path.slice(1).join(".")}`);
    if (native === undefined) {
      const name = canonical({ module, path });
      native = exact.get(`${name.module}:${name.path.join(".")}`);
    }
    return native;
  };
  const inCode = (module: string, path: readonly string[]): Native | undefined => {
    let native = exactly(module, path);
    for (const match of [...(patterns.get(module) ?? []), ...(patterns.get("*") ?? [])]) native ??= own(match(module, path));
    return native;
  };
  const models = allModels(described, ({ module, path }) => inCode(module, path));
  const found = newBranch();
  const branch = ({ module, path }: ExternalData): Branch => {
    let at = below(found, module);
    for (const name of path) at = below(at, name);
    return at;
  };
  const modelOf = (data: ExternalData): Native | undefined => {
    if (isAsked(data)) return exactly(data.module, data.path);
    const at = branch(data);
    if (at.native === undefined) {
      const { module, path } = data;
      at.native = models.own(data) ?? inCode(module, path) ?? models.bundled(data) ?? guesses.get(module)?.(module, path) ?? null;
    }
    return at.native ?? undefined;
  };
  return {
    models,
    find: (data) => modelOf(data) ?? (isAsked(data) ? undefined : others.get(data.module)?.(data.module, data.path)),
    isModelled: (data) => {
      const { module, path } = data;
      return (branch(data).isModelled ??=
        modelOf(data) !== undefined ||
        holders.has(`${module}:${path.join(".")}`) ||
        (isWhole(module, path) && holders.has(`${module}:${path.slice(1).join(".")}`)) ||
        models.holds(data));
    },
  };
}

/** The model of values that are declared to be of a package's type; `generic`: the type's arguments are known. */
export function instanceOf({ module, path }: ExternalData, generic = true): Instance | undefined {
  const name = path[0] === "default" ? path.slice(1).join(".") : path.join(".");
  for (const n of NATIVE_MODULES)
    for (const table of [n.events, generic ? n.instances : undefined])
      if (table !== undefined && n.modules.includes(module) && Object.hasOwn(table, name)) return table[name];
  return undefined;
}
/** Is it what the analysis itself asks of something outside, and no member? */
const isAsked = ({ path }: ExternalData): boolean => path.at(-1) === VALUE || path.at(-1) === ASSIGNED;

/** `import fs from "fs"` is the module itself, and so is `globalThis.x` the global x. */
const isWhole = (module: string, path: readonly string[]): boolean =>
  path[0] === "default" || (module === "global" && path[0] === "globalThis");

/** What was found for paths that begin alike: one step a name, since this is asked for whatever property is read. */
interface Branch {
  readonly next: Map<string, Branch>;
  /** Null when there is none; undefined when nobody has asked. */
  native: Native | null | undefined;
  isModelled: boolean | undefined;
}

const newBranch = (): Branch => ({ next: new Map(), native: undefined, isModelled: undefined });

function below(branch: Branch, name: string): Branch {
  let next = branch.next.get(name);
  if (next === undefined) branch.next.set(name, (next = newBranch()));
  return next;
}
