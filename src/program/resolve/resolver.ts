/**
 * resolveModule: where an import leads. The project's own files by our own lookup (it must work with nothing installed and nothing
 * built, and cost microseconds); packages by the compiler's.
 */
import type ts from "typescript";
import type { Config } from "../discover/configs.js";
import type { Layout } from "../discover/layout.js";
import { splitSpecifier, type OwnPackage } from "../discover/packages.js";
import type { FileSystem } from "../fs/file-system.js";
import { dirname, isAbsolute, isWithin, join, relative } from "../fs/paths.js";
import { isDeclarationName, isScriptName, isSourceName } from "../fs/source-file-name.js";
import type { Ts } from "../problems.js";
import type { ModuleTarget } from "../project.js";
import { installedResolver, resolutionHost, type Installed } from "./installed.js";
import { dependencyTarget, isDependency, packagePlaces } from "./own-package.js";
import { mapTargets } from "./package-map.js";
import { pathMapping, type Mapped } from "./path-mapping.js";
import { prober } from "./probe.js";
import { builtinName, isOwnAlias, isRelative, isVirtual, plainSpecifier } from "./specifier.js";
import { toSource } from "./to-source.js";

export interface Resolver {
  readonly resolve: (fromFile: string, specifier: string) => ModuleTarget;
  /** The same, but undefined where only node_modules could answer: cheap enough for every import of a program. */
  readonly resolveOwn: (fromFile: string, specifier: string) => ModuleTarget | undefined;
  /** The options that govern a file. */
  readonly options: (file: string) => ts.CompilerOptions;
  /** The tsconfig that governs a file; undefined where none does. */
  readonly config: (file: string) => Config | undefined;
  /** Looks in node_modules alone. */
  readonly installed: (fromFile: string, specifier: string) => ts.ResolvedModuleFull | undefined;
}

/** One tsconfig's view; files it governs share it. */
interface Scope {
  readonly config: Config | undefined;
  readonly options: ts.CompilerOptions;
  readonly mapped: (specifier: string) => Mapped;
  readonly installed: () => Installed;
  /** By importing folder, then specifier. */
  readonly answers: Map<string, Map<string, ModuleTarget>>;
}

export interface ResolverInput {
  readonly layout: Layout;
  readonly fs: FileSystem;
  readonly ts: Ts;
  readonly canonical: (file: string) => string;
  /** May this path be one of the project's files? */
  readonly admits: (file: string) => boolean;
  readonly isOutput: (file: string) => boolean;
  /** Did a tsconfig or a bare package name this file? Then it is a source, whatever its folder is called. */
  readonly isEntry: (file: string) => boolean;
}

export function resolver({ layout, fs, ts, canonical, admits, isOutput, isEntry }: ResolverInput): Resolver {
  const { root, packages, configs } = layout;
  const probe = prober(fs, canonical);
  const source = toSource(root, configs, packages, fs, probe, isOutput);
  const host = resolutionHost(root, fs);
  const scopeOf = scopes(layout, (config, options, folder) => {
    let installed: Installed | undefined;
    const mapped = pathMapping(options, folder);
    return {
      config,
      options,
      mapped,
      installed: () => (installed ??= installedResolver(options, host, root, ts)),
      answers: new Map<string, Map<string, ModuleTarget>>(),
    };
  });

  /** The own file, or asset, that a path stands for: the source rather than what was built from it. */
  const at = (path: string, scope: Scope, depth = 0): ModuleTarget | undefined => {
    const there = probe.module(path, scope.options.moduleSuffixes);
    if (there !== undefined && !isOutput(there) && admits(there) && !isBuilt(there)) return { kind: "file", path: there };
    const built = there ?? (fs.isFile(path) ? path : undefined);
    for (const candidate of built === undefined ? [path, join(path, "index")] : [built]) {
      const from = isSourceName(candidate) || isDeclarationName(candidate) || built === undefined ? source(candidate) : undefined;
      if (from !== undefined && admits(from)) return { kind: "file", path: from };
    }
    if (there !== undefined && admits(there)) return { kind: "file", path: there };
    if (depth === 0 && fs.isFile(join(path, "package.json"))) {
      const own = packages.all.find((p) => p.folder === path);
      const found = own && inPackage(own, "", scope, depth + 1);
      if (found !== undefined) return found;
    }
    if (built !== undefined && there === undefined && !isSourceName(path) && !isDeclarationName(path)) return { kind: "json", path };
    return fs.isFile(`${path}.json`) ? { kind: "json", path: `${path}.json` } : undefined;
  };
  /** A module of the project of which only the declarations are there: its code is native, built, or somebody else's. */
  const describedAt = (path: string): ModuleTarget | undefined => {
    const file = probe.declaration(path);
    return file === undefined || file.includes("/node_modules/") ? undefined : { kind: "file", path: file };
  };
  const first = (places: readonly string[], look: (place: string) => ModuleTarget | undefined): ModuleTarget | undefined => {
    for (const place of places) {
      const found = look(place);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  /** JavaScript at a place where packages put their builds, though no tsconfig says so. */
  const isBuilt = (file: string): boolean => isScriptName(file) && !isEntry(file) && source(file) !== undefined;

  const inPackage = (own: OwnPackage, subpath: string, scope: Scope, depth = 0): ModuleTarget | undefined => {
    const places = packagePlaces(own, subpath, scope.options.customConditions ?? []);
    return first(places, (place) => at(place, scope, depth + 1)) ?? first(places, describedAt);
  };

  const own = (fromFile: string, specifier: string, scope: Scope): ModuleTarget | undefined => {
    if (isRelative(specifier) || isAbsolute(specifier)) {
      const found = at(join(dirname(fromFile), specifier), scope);
      if (found !== undefined) return found;
      // `/logo.svg` and `/src/main.ts`: bundlers mean the package's folder.
      const served = isAbsolute(specifier) ? at(join(packages.around(fromFile)?.folder ?? root, `.${specifier}`), scope) : undefined;
      const described = (): ModuleTarget | undefined => describedAt(join(dirname(fromFile), specifier));
      return served ?? rootDirs(fromFile, specifier, scope) ?? described() ?? { kind: "unresolved", specifier };
    }
    const { candidates, certain } = scope.mapped(specifier);
    for (const candidate of candidates) {
      // `paths` may lead into node_modules: the compiler's resolution knows what to make of that.
      // What `paths` say of a package's name describes the package, and is no module of its own.
      const described = (): ModuleTarget | undefined => (isOwnAlias(specifier) ? describedAt(candidate) : undefined);
      const found = candidate.includes("/node_modules/") ? undefined : (at(candidate, scope) ?? described());
      if (found !== undefined) return found;
    }
    const builtin = builtinName(specifier);
    if (builtin !== undefined) return { kind: "builtin", name: builtin };
    const importer = packages.around(fromFile);
    if (specifier.startsWith("#")) return privateImport(importer, fromFile, specifier, scope) ?? { kind: "unresolved", specifier };
    if (isVirtual(specifier)) return { kind: "package", name: specifier, subpath: "" };

    const [name, subpath] = splitSpecifier(specifier);
    const redirected = dependencyTarget(importer, name);
    const target =
      redirected === undefined
        ? packages.named(name)
        : "name" in redirected
          ? packages.named(redirected.name)
          : packages.all.find((p) => p.folder === redirected.folder);
    // A package that merely lies in the tree (a fixture, a vendored copy) must not hide the installed one.
    if (target !== undefined && (target.member || redirected !== undefined || scope.installed()(specifier, fromFile) === undefined)) {
      const found = inPackage(target, subpath, scope);
      if (found !== undefined) return found;
    }
    if (isOwnAlias(specifier)) return customary(importer, specifier, scope) ?? { kind: "unresolved", specifier };
    if (certain && !isDependency(importer, name) && scope.installed()(specifier, fromFile) === undefined)
      return { kind: "unresolved", specifier };
    return undefined;
  };

  /** `rootDirs` lays several folders over each other. */
  const rootDirs = (fromFile: string, specifier: string, scope: Scope): ModuleTarget | undefined => {
    const wanted = join(dirname(fromFile), specifier);
    const dirs = scope.options.rootDirs ?? [];
    for (const from of dirs.filter((dir) => isWithin(dir, wanted)))
      for (const to of dirs) {
        const found = to === from ? undefined : at(join(to, relative(from, wanted)), scope);
        if (found !== undefined) return found;
      }
    return undefined;
  };

  /** `#db` by the `imports` of the nearest package.json. */
  const privateImport = (importer: OwnPackage | undefined, fromFile: string, specifier: string, scope: Scope): ModuleTarget | undefined => {
    const map = importer?.manifest["imports"];
    if (importer === undefined || map === undefined) return undefined;
    for (const target of mapTargets(map, specifier, scope.options.customConditions) ?? []) {
      const found = target.startsWith(".")
        ? at(join(importer.folder, target), scope)
        : target.startsWith("#")
          ? undefined
          : answer(fromFile, target, scope);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  /** `~/x` and `@/x` without `paths` (a bundler's setting says so): the package's `src`, or its folder. */
  const customary = (importer: OwnPackage | undefined, specifier: string, scope: Scope): ModuleTarget | undefined => {
    const folder = importer?.folder ?? root;
    const rest = specifier.replace(/^[~@]\/?/, "");
    for (const base of ["src", "app", "."]) {
      const found = at(join(folder, base, rest), scope);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const external = (fromFile: string, specifier: string, scope: Scope): ModuleTarget => {
    const [name, subpath] = splitSpecifier(specifier);
    const found = scope.installed()(specifier, fromFile);
    if (found === undefined) return { kind: "package", name, subpath };
    const file = canonical(found.resolvedFileName);
    if (isWithin(root, file) && !file.includes("/node_modules/")) {
      const mine = at(file, scope);
      if (mine !== undefined) return mine;
    }
    const isTyped = isDeclarationName(file) || /\.[mc]?tsx?$/.test(file);
    return { kind: "package", name, subpath, ...(isTyped ? { types: file } : {}) };
  };

  const answer = (fromFile: string, specifier: string, scope: Scope): ModuleTarget =>
    own(fromFile, specifier, scope) ?? external(fromFile, specifier, scope);

  const cached = (fromFile: string, specifier: string, scope: Scope, make: () => ModuleTarget | undefined): ModuleTarget | undefined => {
    const folder = dirname(fromFile);
    let answers = scope.answers.get(folder);
    if (answers === undefined) scope.answers.set(folder, (answers = new Map<string, ModuleTarget>()));
    const known = answers.get(specifier);
    if (known !== undefined) return known;
    const made = make();
    if (made !== undefined) answers.set(specifier, made);
    return made;
  };
  const written = (target: ModuleTarget | undefined, specifier: string): ModuleTarget | undefined =>
    target?.kind === "unresolved" ? { kind: "unresolved", specifier } : target;

  return {
    resolve: (fromFile, specifier) => {
      const scope = scopeOf(fromFile);
      const make = (): ModuleTarget => answer(fromFile, plainSpecifier(specifier), scope);
      const found = cached(fromFile, specifier, scope, () => written(make(), specifier));
      return found ?? { kind: "unresolved", specifier };
    },
    resolveOwn: (fromFile, specifier) => {
      const scope = scopeOf(fromFile);
      return cached(fromFile, specifier, scope, () => written(own(fromFile, plainSpecifier(specifier), scope), specifier));
    },
    options: (file) => scopeOf(file).options,
    config: (file) => scopeOf(file).config,
    installed: (fromFile, specifier) => scopeOf(fromFile).installed()(specifier, fromFile),
  };
}

/** The tsconfig that includes the file, the nearest one if several do; else the nearest above it that includes anything. */
function scopes(
  layout: Layout,
  make: (config: Config | undefined, options: ts.CompilerOptions, folder: string) => Scope,
): (file: string) => Scope {
  const made = new Map<Config | undefined, Scope>();
  const including = new Map<string, Config>();
  const byFolder = new Map<string, Config>();
  for (const config of layout.configs) {
    for (const file of config.files) {
      const other = including.get(file);
      if (other === undefined || (config.folder.length > other.folder.length && isWithin(config.folder, file))) including.set(file, config);
    }
    const other = byFolder.get(config.folder);
    if (other === undefined || (other.files.length === 0 && config.files.length > 0)) byFolder.set(config.folder, config);
  }
  const nearest = new Map<string, Config | undefined>();
  const above = (folder: string): Config | undefined => {
    if (nearest.has(folder)) return nearest.get(folder);
    const parent = dirname(folder);
    const found = byFolder.get(folder) ?? (parent === folder ? undefined : above(parent));
    nearest.set(folder, found);
    return found;
  };
  return (file) => {
    const config = including.get(file) ?? above(dirname(file));
    let scope = made.get(config);
    if (scope === undefined)
      made.set(
        config,
        (scope = config === undefined ? make(undefined, layout.fallback, layout.root) : make(config, config.options, config.folder)),
      );
    return scope;
  };
}
