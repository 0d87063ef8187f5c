/**
 * Models of all modules: the manifest's own before what is modelled in code, then those that come with this package. A bundled one is
 * parsed when a program first asks for something of its module.
 */
import { BUNDLED_MODELS, DESCRIBED_BY } from "../../models/bundled.js";
import { loadModel } from "../../models/load.js";
import type { LibraryModel, ModelFunction } from "../../models/model.js";
import { externalData } from "../machine/external.js";
import type { CallEvent, ExternalData, Machine, Native } from "../machine/machine.js";
import { fetched, type Fetched } from "./fetched.js";
import { modelLookup, type ModelLookup, type OtherNatives } from "./natives.js";

export interface Models {
  /** What the manifest's own models say of a path. */
  own(data: ExternalData): Native | undefined;
  /** What those of this package say. */
  bundled(data: ExternalData): Native | undefined;
  /** What a call gets by itself where its arguments only name it. */
  fetched(m: Machine, event: CallEvent): readonly Fetched[];
  /** Is something below this path described? */
  holds(data: ExternalData): boolean;
  /** Entries of the manifest's own models that calls of the program have come to, with the names that these had. */
  readonly used: ReadonlyMap<ModelFunction, ReadonlySet<string>>;
}

/** All models; `others` are natives of the language and of Node, for what is `like` them. */
export function allModels(described: readonly LibraryModel[], others: OtherNatives): Models {
  const used = new Map<ModelFunction, Set<string>>();
  const own = described.map((model) => ({ model, lookup: modelLookup(model, others) }));
  const loaded = new Map<string, ModelLookup>();
  const bundled = (module: string): ModelLookup | undefined => {
    const name = fileFor(module);
    if (name === undefined) return undefined;
    let lookup = loaded.get(name);
    if (lookup === undefined) loaded.set(name, (lookup = modelLookup(bundledModel(name), others)));
    return lookup;
  };
  const entryOf = ({ module, path }: ExternalData): ModelFunction | undefined => {
    for (const { model, lookup } of own) {
      const fn = describes(model, module) ? lookup.find(module, path)?.fn : undefined;
      if (fn !== undefined) return fn;
    }
    return bundled(module)?.find(module, path)?.fn;
  };
  return {
    used,
    fetched: (m, event) => {
      const fn = event.callee.kind === "external" ? entryOf(externalData(event.callee)) : undefined;
      return fn === undefined ? [] : fetched(m, fn, event);
    },
    own: ({ module, path }) => {
      for (const { model, lookup } of own) {
        const found = describes(model, module) ? lookup.find(module, path) : undefined;
        if (found === undefined) continue;
        const { native, fn, name } = found;
        if (fn === undefined || name === undefined) return native;
        return (call) => {
          used.set(fn, (used.get(fn) ?? new Set()).add(name));
          return native(call);
        };
      }
      return undefined;
    },
    bundled: ({ module, path }) => bundled(module)?.find(module, path)?.native,
    holds: ({ module, path }) =>
      own.some(({ model, lookup }) => describes(model, module) && lookup.holds(module, path)) ||
      bundled(module)?.holds(module, path) === true,
  };
}

/** One of the models of this package. */
export function bundledModel(name: string): LibraryModel {
  const file = `purpose-lint/models/${name}.yaml`;
  const model = loadModel(file, BUNDLED_MODELS[name] ?? "", (_code, at, message) => {
    throw new Error(`${file}:${at.line}:${at.column}: ${message}`);
  });
  return model!;
}

/** The pattern by which a module is one of many that export one function each: `date-fns/*` of `date-fns/format`. */
const patternOf = (module: string): string => `${module.slice(0, module.lastIndexOf("/") + 1)}*`;

const fileFor = (module: string): string | undefined =>
  [module, patternOf(module)].flatMap((name) => (Object.hasOwn(DESCRIBED_BY, name) ? [DESCRIBED_BY[name]!] : []))[0];

const describes = ({ packages, split }: LibraryModel, module: string): boolean =>
  packages.includes(module) || split.includes(patternOf(module));
