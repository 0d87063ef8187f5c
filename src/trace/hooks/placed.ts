/**
 * Where the declarations stand that locators name: a module may only pass on what another declares (barrels, `export … from`), and a
 * package may be one of the workspace's own.
 */
import picomatch from "picomatch";
import type { LinkedFile, Modules } from "../../link/modules.js";
import type { Types } from "../../link/types.js";
import type { Locator } from "../../manifest/model.js";
import type { Project } from "../../program/project.js";
import { suits, type Entry } from "./locate.js";
import { namedType, type Named } from "./named.js";

export interface Placed {
  /** Entries by the index of a file that may declare what they name; globals belong to every script. */
  readonly byFile: ReadonlyMap<number, readonly Entry[]>;
  /** Entries of packages and globals. */
  readonly packages: readonly Entry[];
  /** Does the locator name this file (any of its declarations, or everything in it)? */
  readonly inFile: (locator: Locator, file: LinkedFile) => boolean;
}

export function placeEntries(entries: readonly Entry[], modules: Modules, types: Types, project: Project): Placed {
  const byFile = new Map<number, Entry[]>();
  const packages: Entry[] = [];
  const put = (file: LinkedFile, e: Entry): void => {
    recognise(file, e);
    const list = byFile.get(file.index);
    if (list === undefined) byFile.set(file.index, [e]);
    else list.push(e);
  };
  /** Types and what is only described are there as soon as their file is; values must be made. */
  const recognise = (file: LinkedFile, e: Entry): void => {
    const [owner] = e.locator.path;
    const isDescribed = file.facts.ambient?.some((a) => a.name === owner) === true;
    const named: Named | undefined = namedType(types, file, e.locator.path) ?? (isDescribed ? { k: "other" } : undefined);
    if (named !== undefined) e.named.push(named);
    if (owner === "*" || (named !== undefined && suits(e, types, named))) e.matched = true;
  };
  const matchers = new Map<string, (path: string) => boolean>();
  const matches = (glob: string, path: string): boolean => {
    let f = matchers.get(glob);
    if (f === undefined) matchers.set(glob, (f = picomatch(glob, { dot: true })));
    return f(path);
  };
  const ownPackages = new Map<string, LinkedFile | undefined>();
  const ownPackage = (name: string): LinkedFile | undefined => {
    if (!ownPackages.has(name)) {
      const to = project.resolveModule(`${project.root}/package.json`, name);
      ownPackages.set(name, to.kind === "file" ? modules.byPath(to.path) : undefined);
    }
    return ownPackages.get(name);
  };
  const inFile = (l: Locator, file: LinkedFile): boolean => {
    if (l.module.kind === "package") return ownPackage(l.module.name) === file;
    return l.module.kind === "file" && (l.module.glob === file.path || matches(l.module.glob, file.path));
  };

  /** Types, whose members are sought, are declared in files that hold no code, too. */
  const described = (e: Entry): ReadonlySet<LinkedFile> =>
    new Set(e.wants === "property" ? [...modules.files, ...modules.globals()] : modules.files);
  /** What is declared of a package, as each file that imports from it sees it. */
  const declaring = (name: string): ReadonlySet<LinkedFile> => {
    const found = new Set<LinkedFile>();
    for (const f of modules.files)
      for (const from of new Set([...f.facts.imports, ...f.facts.exports.filter((x) => "from" in x)].map((x) => x.from))) {
        const to = modules.resolve(f, from);
        if (to.k !== "external" || (to.module !== name && !to.module.startsWith(`${name}/`))) continue;
        const declared = modules.declarations(f, from);
        const file = declared?.behind ?? declared;
        if (file !== undefined) found.add(file);
      }
    return found;
  };

  /** The file names it; what it passes on stands elsewhere. */
  const inModule = (file: LinkedFile, e: Entry): void => {
    put(file, e);
    const [first, ...rest] = e.locator.path;
    if (first === undefined || first === "*") return;
    const target = modules.exportTarget(file, first);
    if (target?.k === "external") packages.push(renamed(e, { kind: "package", name: target.module }, [...target.path, ...rest]));
    else if (target?.k === "slot" && target.file !== file) put(target.file, renamed(e, e.locator.module, [target.slot, ...rest]));
    else if (target?.k === "commonjs" && target.file !== file)
      put(target.file, renamed(e, e.locator.module, [target.name ?? first, ...rest]));
    const type = types.exported(file, first);
    const declared =
      type?.v === "class"
        ? { file: type.file, owner: type.cls.name }
        : type?.v === "object" && type.name !== undefined
          ? type.name
          : undefined;
    if (declared !== undefined && declared.file !== file && !(target?.k === "slot" && target.file === declared.file))
      put(declared.file, renamed(e, e.locator.module, [declared.owner, ...rest]));
  };

  for (const e of entries) {
    const { module } = e.locator;
    if (module.kind === "package") {
      const own = ownPackage(module.name);
      if (own === undefined) {
        packages.push(e);
        if (e.wants === "property") for (const file of declaring(module.name)) inModule(file, e);
      } else inModule(own, e);
    } else if (module.kind === "global") {
      packages.push(e);
      for (const f of described(e)) if (f.facts.format === "script" || f.facts.augments === true) put(f, e);
    } else for (const f of described(e)) if (inFile(e.locator, f)) inModule(f, e);
  }
  return { byFile, packages, inFile };
}

/** The same entry by another name: a match of one is a match of both. */
function renamed(entry: Entry, module: Locator["module"], path: readonly string[]): Entry {
  const same = Object.create(entry) as Entry;
  return Object.defineProperties(same, {
    locator: { value: { ...entry.locator, module, path } },
    matched: {
      get: () => entry.matched,
      set: (matched: boolean) => {
        entry.matched = matched;
      },
    },
    passedOver: {
      get: () => entry.passedOver,
      set: (passedOver: boolean) => {
        entry.passedOver = passedOver;
      },
    },
  });
}
