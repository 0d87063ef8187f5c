/** From a locator to the declarations that it names, wherever the project's files and packages have them. */
import picomatch from "picomatch";
import type ts from "typescript";
import type { Locator } from "../../manifest/model.js";
import type { OwnPackages } from "../discover/packages.js";
import { byText, isWithin, join } from "../fs/paths.js";
import type { Ts } from "../problems.js";
import type { Resolver } from "../resolve/resolver.js";
import { builtinName } from "../resolve/specifier.js";
import { keyOf, keysOf, type DeclarationKey } from "./declarations.js";
import { ownerOf } from "./heritage.js";
import { exportOf, localOf, memberOf, type Step } from "./members.js";
import type { Programs } from "./programs.js";

export interface Located {
  readonly keys: ReadonlySet<DeclarationKey>;
  /**
   * The class that the path names, where the member itself is inherited: only receivers of that class count. `Sub.send` is not every
   * `Base.send`.
   */
  readonly within: ReadonlySet<DeclarationKey>;
  /** For `*`: all declarations in these files. */
  readonly files: ReadonlySet<string>;
  /** For a package's `*`: all declarations below these folders. */
  readonly folders: readonly string[];
  /** Was there a module to look into at all? */
  readonly hasModule: boolean;
  /** The path leads through `any`. */
  readonly isOpen: boolean;
}

export interface LocateInput {
  readonly root: string;
  readonly own: ReadonlySet<string>;
  readonly packages: OwnPackages;
  readonly resolver: Resolver;
  readonly programs: Programs;
  readonly ts: Ts;
  /** Might a program of the project declare this package as an ambient module? A cheap guess; true when in doubt. */
  readonly mayBeAmbient: (name: string) => boolean;
}

export interface LocatorFinder {
  /** Memoised; packages' answers don't depend on the program that asks, globals' do. */
  readonly locate: (locator: Locator, asking: ts.Program | undefined) => Located;
  /** False when there is nothing that the locator could name: said without making a program. */
  readonly hasPlace: (locator: Locator) => boolean;
}

export function locatorFinder({ root, own, packages, resolver, programs, ts, mayBeAmbient }: LocateInput): LocatorFinder {
  const known = new Map<string, Located>();
  const entryFiles = new Map<string, readonly string[]>();
  const globs = new Map<string, readonly string[]>();
  const ambient = new Map<ts.Program, ReadonlyMap<string, ts.Symbol>>();
  const globals = new Map<ts.Program, ReadonlyMap<string, ts.Symbol>>();

  const locate = (locator: Locator, asking: ts.Program | undefined): Located => {
    const found = nothingYet();
    const { module, path } = locator;
    if (module.kind === "file") {
      for (const file of filesOf(module.glob)) inModule(file, path, asking, found);
    } else if (module.kind === "global") {
      if (asking !== undefined) inGlobals(path, asking, found);
    } else {
      for (const entry of entries(module.name)) inModule(entry, path, asking, found, module.name);
      if (!found.hasModule && asking !== undefined) inAmbient(module.name, path, asking, found);
    }
    return found;
  };

  const filesOf = (glob: string): readonly string[] => {
    // `pages/[id].ts` is a file's name before it is a glob.
    if (own.has(glob)) return [glob];
    let found = globs.get(glob);
    if (found === undefined) {
      const matches = picomatch(glob, { dot: true });
      globs.set(glob, (found = [...own].filter((file) => matches(file)).sort(byText)));
    }
    return found;
  };

  /** The package's entry as each of the project's packages sees it: versions may differ, and a helper's package may be the only one that has it. */
  const entries = (name: string): readonly string[] => {
    const before = entryFiles.get(name);
    if (before !== undefined) return before;
    const found = new Set<string>();
    for (const folder of [root, ...packages.all.map((p) => p.folder)]) {
      const target = resolver.resolve(join(folder, "any.ts"), name);
      if (target.kind === "file") found.add(target.path);
      else if (target.kind === "package" && target.types !== undefined) found.add(target.types);
    }
    const sorted = [...found].sort(byText);
    entryFiles.set(name, sorted);
    return sorted;
  };

  const inModule = (file: string, path: readonly string[], asking: ts.Program | undefined, found: Finding, name?: string): void => {
    if (path[0] === "*" && path.length === 1) {
      found.hasModule = true;
      const folder = own.has(file) ? undefined : packageFolder(file);
      if (folder === undefined) found.files.add(file);
      else found.folders.push(folder);
      return;
    }
    const program = asking?.getSourceFile(file) !== undefined ? asking : (programs.of(file) ?? programs.around(file));
    const source = program?.getSourceFile(file);
    if (program === undefined || source === undefined) return;
    const checker = program.getTypeChecker();
    const module = checker.getSymbolAtLocation(source);
    // A package's types may be a script that declares the module: `declare module "handlebars" { export = Handlebars; }`.
    if (module === undefined && name !== undefined) inAmbient(name, path, program, found);
    if (found.keys.size > 0) return;
    found.hasModule = true;
    const [first, ...rest] = path;
    if (first === undefined) return;
    let step: Step = module === undefined ? { symbols: [] } : exportOf(module, first, checker, ts);
    if (step.symbols.length === 0 && step.open !== true) step = localOf(source, first, checker, ts);
    follow(step, rest, checker, found);
  };

  const inAmbient = (name: string, path: readonly string[], program: ts.Program, found: Finding): void => {
    let modules = ambient.get(program);
    const checker = program.getTypeChecker();
    if (modules === undefined)
      ambient.set(program, (modules = new Map(checker.getAmbientModules().map((m) => [m.name.replaceAll('"', ""), m]))));
    const builtin = builtinName(name);
    for (const candidate of builtin === undefined ? [name] : [builtin, `node:${builtin}`]) {
      const module = modules.get(candidate);
      const [first, ...rest] = path;
      if (module === undefined || first === undefined) continue;
      found.hasModule = true;
      follow(exportOf(module, first, checker, ts), rest, checker, found);
    }
  };

  const inGlobals = (path: readonly string[], program: ts.Program, found: Finding): void => {
    const checker = program.getTypeChecker();
    let names = globals.get(program);
    if (names === undefined) {
      const anywhere = program.getSourceFiles().find((source) => program.isSourceFileDefaultLibrary(source)) ?? program.getSourceFiles()[0];
      const flags: ts.SymbolFlags = ts.SymbolFlags.Value | ts.SymbolFlags.Type | ts.SymbolFlags.Namespace;
      names = new Map(anywhere === undefined ? [] : checker.getSymbolsInScope(anywhere, flags).map((s) => [s.name, s]));
      globals.set(program, names);
    }
    const [first, ...rest] = path[0] === "globalThis" || path[0] === "window" ? path.slice(1) : path;
    const symbol = first === undefined ? undefined : names.get(first);
    if (symbol === undefined) return;
    found.hasModule = true;
    follow({ symbols: [symbol] }, rest, checker, found);
  };

  const follow = (first: Step, rest: readonly string[], checker: ts.TypeChecker, found: Finding): void => {
    let step = first;
    let holders: readonly ts.Symbol[] = [];
    for (const name of rest) {
      holders = step.symbols;
      const steps = step.symbols.map((symbol) => memberOf(symbol, name, checker, ts));
      step = {
        symbols: steps.flatMap((s) => s.symbols),
        ...(step.open === true || steps.some((s) => s.open === true) ? { open: true } : {}),
      };
    }
    if (step.open === true) found.isOpen = true;
    const classes = new Set(
      holders.filter((h) => (h.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0).flatMap((h) => keysOf(h, ts)),
    );
    for (const symbol of step.symbols) {
      const keys = keysOf(symbol, ts);
      // A property that a mapped type makes of a name is declared nowhere.
      if (keys.length === 0) found.isOpen = true;
      keys.forEach((key) => found.keys.add(key));
      const owners = (symbol.declarations ?? []).flatMap((d) => ownerOf(d, ts) ?? []);
      const isInherited = classes.size > 0 && owners.length > 0 && !owners.some((owner) => classes.has(keyOf(owner, ts)));
      if (isInherited) classes.forEach((key) => found.within.add(key));
    }
  };

  const remembered = (locator: Locator, asking: ts.Program | undefined): Located => {
    const isOfProgram =
      locator.module.kind === "global" || (locator.module.kind === "package" && builtinName(locator.module.name) !== undefined);
    if (isOfProgram) return locate(locator, asking);
    const key = locator.module.kind === "file" ? `${locator.module.glob}:${locator.path.join(".")}` : locator.text;
    let found = known.get(key);
    if (found === undefined) {
      found = locate(locator, asking);
      // Ambient modules are the asking program's own: another may know the package.
      if (found.hasModule) known.set(key, found);
    }
    return found;
  };
  return {
    locate: remembered,
    hasPlace: ({ module }) => {
      switch (module.kind) {
        case "global":
          return true;
        case "file":
          return filesOf(module.glob).length > 0;
        case "package":
          return entries(module.name).length > 0 || builtinName(module.name) !== undefined || mayBeAmbient(module.name);
      }
    },
  };
}

/** A {@link Located} while it is being found. */
interface Finding extends Located {
  readonly keys: Set<DeclarationKey>;
  readonly within: Set<DeclarationKey>;
  readonly files: Set<string>;
  readonly folders: string[];
  hasModule: boolean;
  isOpen: boolean;
}

const nothingYet = (): Finding => ({ keys: new Set(), within: new Set(), files: new Set(), folders: [], hasModule: false, isOpen: false });

function packageFolder(file: string): string | undefined {
  const match = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match?.[1];
}

/** Is the declaration one that `*` names? */
export function isInside(located: Located, file: string): boolean {
  return located.files.has(file) || located.folders.some((folder) => isWithin(folder, file));
}
