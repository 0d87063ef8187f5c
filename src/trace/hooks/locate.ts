/**
 * Which declarations the manifest's locators name, found while the program runs: functions and classes of own files are tagged when
 * their module binds them; methods are found through the classes and interfaces they belong to; packages by their access path.
 */
import type { LinkedFile } from "../../link/modules.js";
import type { MemberKey, TypeRef, Types } from "../../link/types.js";
import type { Locator } from "../../manifest/model.js";
import { isRunnable, objectsOf, S, type Obj } from "../domain/heap.js";
import { BOTTOM, K, type Value } from "../domain/value.js";
import { canonical } from "../machine/aliases.js";
import { allArgs } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import { externalData } from "../machine/external.js";
import { implementedBy, type Implemented } from "../machine/implementing.js";
import type { CallEvent, Code, ExternalData, FunctionData, Machine } from "../machine/machine.js";
import { lookUp } from "../machine/props.js";
import { ofRef } from "../domain/value.js";
import { describedModule } from "../machine/modules.js";
import { unknownData } from "../machine/unknown.js";
import { namesOf, ownerNames } from "./sought.js";
import { isCallable, type Named } from "./named.js";
import type { Placed } from "./placed.js";
import type { FunctionFacts } from "../../facts/ir.js";

/** One use of a locator by the manifest. */
export interface Entry {
  readonly locator: Locator;
  /** `sources[0].returns`, for messages. */
  readonly name: string;
  /** It is for what calls are given: one that is given no declared field is not asked about. */
  readonly takes?: boolean;
  /** What must stand there: something to call, a function for what it gives, a property, or any code. */
  readonly wants: "call" | "result" | "property" | "code";
  /** What it was found to name, fit or not. */
  readonly named: Named[];
  matched: boolean;
  /** Not asked about were some calls that might be of it, since they are given nothing declared. */
  passedOver: boolean;
}

/** Can the entry be about what was found? */
export function suits({ wants }: Entry, types: Types, named: Named): boolean {
  switch (wants) {
    case "code":
      return true;
    case "property":
      return named.k === "member" || named.k === "other";
    case "call":
      return isCallable(types, named);
    case "result":
      return named.k !== "class" && isCallable(types, named);
  }
}

export interface Locations {
  readonly entries: readonly Entry[];
  onBind(file: LinkedFile, slot: string, value: Value): void;
  /** A CommonJS module has run: its `module.exports`. */
  onExports(file: LinkedFile, value: Value): void;
  /** Entries that name the called function. */
  ofCall(call: CallEvent): readonly Entry[];
  ofFunction(func: Obj | null, code: Code): readonly Entry[];
  /** Does the locator name this file (any of its declarations, or everything in it)? */
  inFile(locator: Locator, file: LinkedFile): boolean;
  /** Entries that name a property: of a class or interface of the program. */
  ofMember(type: TypeRef | undefined, name: string): readonly Entry[];
  /** A function of the program has given this: members of it may be named by the function, `make.send`. */
  onResult(code: Code, value: Value): void;
  /** Is a member one that some entry names for being called? */
  isNamed(member: Implemented): boolean;
}

const NONE: readonly Entry[] = [];

export function locate(m: () => Machine, entries: readonly Entry[], files: readonly LinkedFile[], placed: Placed): Locations {
  const { byFile, packages, inFile } = placed;
  const onObject = new Map<Obj, Entry[]>();
  const onCode = new Map<FunctionFacts, Entry[]>();
  const describing = new Map(files.flatMap((f) => (f.facts.ambient === undefined ? [] : [[describedModule(f), f]])));

  /** What is sought in what functions give. */
  const inResult = new Map<FunctionFacts, { readonly path: readonly string[]; readonly entry: Entry }[]>();

  const tag = (v: Value, entry: Entry, factory?: FunctionFacts): void => {
    const machine = m();
    for (const obj of objectsOf(machine.heap, v)) {
      if (obj.kind !== "function" && obj.kind !== "class" && obj.kind !== "bound" && obj.kind !== "native" && obj.kind !== "external")
        continue;
      const { code, cls, file } = obj.data as Partial<FunctionData>;
      const named: Named =
        obj.kind === "function" && code
          ? { k: "function", file: code.file, fn: code.fn }
          : obj.kind === "class" && cls !== undefined && file !== undefined
            ? { k: "class", file, cls }
            : { k: "other" };
      name(entry, named);
      // A property is found where it is read, not by the value that it has.
      if (entry.wants === "property" || !suits(entry, machine.types, named)) continue;
      entry.matched = true;
      const isOne = code && (code.fn.parent <= 0 || (factory !== undefined && code.file.facts.functions[code.fn.parent] === factory));
      if (obj.kind === "function" && isOne === true) push(onCode, code.fn, entry);
      else push(onObject, obj, entry);
    }
  };

  const walk = (v: Value, path: readonly string[], entry: Entry, factory?: FunctionFacts): void => {
    const machine = m();
    const [name, ...rest] = path;
    if (name === undefined) {
      if (v !== BOTTOM) tag(v, entry, factory);
      return;
    }
    for (const obj of objectsOf(machine.heap, v)) {
      if (obj.kind === "external" || obj.kind === "unknown") continue;
      const site = { file: 0, at: 0, end: 0, fn: 0 };
      let next = lookUp(machine, obj, name, ofRef(obj.id), site, 0);
      if (obj.kind === "class" && (next === undefined || objectsOf(machine.heap, next).every((o) => o.kind === "external"))) {
        const proto = objectsOf(machine.heap, obj.props.get("prototype") ?? BOTTOM)[0];
        next = proto === undefined ? undefined : proto.props.get(name);
        fieldFunction(obj, name, rest, entry);
      }
      const code = obj.kind === "function" ? (obj.data as FunctionData).code : null;
      if (code !== null && !obj.props.has(name)) {
        const known = inResult.get(code.fn);
        if (known?.some((one) => one.entry === entry) !== true) push(inResult, code.fn, { path, entry });
      } else if (next !== undefined) {
        if (rest.length === 0 && (entry.wants === "property" || entry.wants === "code" || mayBeCalled(machine, next))) entry.matched = true;
        walk(next, rest, entry, factory);
      }
    }
  };

  /** `save = async () => …`: a function that each instance gets as a property. */
  const fieldFunction = (cls: Obj, name: string, rest: readonly string[], entry: Entry): void => {
    const data = cls.data as FunctionData;
    const member = data.cls?.members.find((x) => x.kind === "field" && x.key.e === "const" && x.key.v === name);
    if (member?.fn === undefined || rest.length > 0) return;
    const thunk = data.file.facts.functions[member.fn];
    const first = thunk?.body[0];
    if (first?.s === "return" && first.e?.e === "fn") {
      const fn = data.file.facts.functions[first.e.fn];
      if (fn !== undefined) push(onCode, fn, entry);
    }
  };

  /** Last names of what files have, and the entries by file and name. */
  const memberNames = new Set<string>();
  const byMember = new Map<string, Entry[]>();
  for (const [file, here] of byFile)
    for (const e of here) {
      const name = e.locator.path.length > 1 ? e.locator.path.at(-1)! : undefined;
      if (name === undefined) continue;
      memberNames.add(name);
      push(byMember, `${file}:${name}`, e);
    }
  const memberEntries = new Map<string, readonly Entry[]>();
  /** Entries `file:Owner.member` for any of the owners. */
  const namedBy = (owners: readonly MemberKey[], name: string): readonly Entry[] => {
    let out: Entry[] | undefined;
    for (const o of owners) {
      const key = `${o.file.index}:${o.owner}.${name}`;
      let known = memberEntries.get(key);
      if (known === undefined) {
        const owned = ownerNames(o.file, o.owner);
        known = (byMember.get(`${o.file.index}:${name}`) ?? NONE).filter((e) => owned.includes(e.locator.path.slice(0, -1).join(".")));
        memberEntries.set(key, known);
      }
      for (const e of known) if (out?.includes(e) !== true) (out ??= []).push(e);
    }
    return out ?? NONE;
  };
  const ofOwners = (owners: readonly MemberKey[], name: string): readonly Entry[] => {
    const out = namedBy(owners, name);
    for (const e of out) e.matched = true;
    return out;
  };
  const ofImplemented = (members: readonly Implemented[]): readonly Entry[] =>
    members.length === 0 ? NONE : members.flatMap(({ owners, name }) => ofOwners(owners, name));

  const codeEntries = new Map<FunctionFacts, readonly Entry[]>();
  const ofCode = (code: Code): readonly Entry[] => {
    const known = codeEntries.get(code.fn);
    if (known !== undefined) return known;
    let out: readonly Entry[] = NONE;
    const { owner: index, name } = memberOf(code);
    const owner = index === undefined ? undefined : code.file.facts.classes[index];
    if (owner !== undefined && name !== "") {
      const member = m().types.member(m().types.instance(code.file, owner), name);
      if (member !== undefined) out = ofOwners(member.owners, name);
    }
    codeEntries.set(code.fn, out);
    return out;
  };

  const ofFunction = (func: Obj | null, code: Code, self?: Value): readonly Entry[] => {
    const a = func === null ? undefined : onObject.get(func);
    const b = onCode.get(code.fn);
    const c = ofCode(code);
    const d = func === null ? NONE : ofImplemented(implementedBy(m(), func, self));
    if (a === undefined && b === undefined && d.length === 0) return c;
    return [...new Set([...(a ?? NONE), ...(b ?? NONE), ...c, ...d])];
  };

  /** Entries of packages and globals, by the one name of what they name. */
  const sought = packages.map((entry) => {
    const { module, path } = entry.locator;
    return { entry, ...canonical({ module: module.kind === "package" ? module.name : "global", path }) };
  });
  const candidates = new WeakMap<ExternalData, readonly Candidate[]>();
  /** What a path may mean: most are called many times, and mean nothing. */
  const candidatesFor = (data: ExternalData): readonly Candidate[] => {
    let found = candidates.get(data);
    if (found === undefined) {
      const { module, path } = canonical(data);
      found = sought.flatMap(({ entry, ...wanted }) => {
        const ofPackage = wanted.module !== "global";
        const same = module === wanted.module || (ofPackage && module.startsWith(`${wanted.module}/`));
        const named = same && samePath(path, wanted.path, ofPackage);
        if (!named && !(ofPackage && module !== "global" && endsLike(path, wanted.path))) return [];
        return [
          { entry, named, isBare: named && path.length < wanted.path.length, name: path.at(-1), isLike: same && likeIt(path, wanted.path) },
        ];
      });
      // What the module has under this name itself is no member of one of its classes.
      if (found.some(({ named, isBare }) => named && !isBare)) found = found.filter(({ isBare }) => !isBare);
      candidates.set(data, found);
    }
    return found;
  };
  const external = (obj: Obj, call: CallEvent): readonly Entry[] => {
    let out: Entry[] | undefined;
    for (const { entry, named, name, isLike } of candidatesFor(externalData(obj)))
      if (named || typed(entry, name, call, isLike)) {
        entry.matched = true;
        (out ??= []).push(entry);
      }
    return out ?? NONE;
  };

  /** A function that a file only describes: of `declare function f`, where it is called; of a declaration file, where that is imported. */
  const described = (callee: Obj, call: CallEvent): readonly Entry[] => {
    const { module, path } = canonical(externalData(callee));
    const file = module === "global" ? files[call.site.file] : describing.get(module);
    const found = (file === undefined ? undefined : byFile.get(file.index))?.filter(
      ({ locator }) => samePath(path, locator.path, false) && file?.facts.ambient?.some((a) => a.name === locator.path[0]) === true,
    );
    for (const e of found ?? NONE) e.matched = true;
    return found ?? NONE;
  };

  /** What the value's own way does not tell, the compiler's types may: asked only where the last name fits, and only when it matters. */
  const typed = (e: Entry, name: string | undefined, call: CallEvent, isExternal: boolean): boolean => {
    const machine = m();
    if (name === undefined || e.locator.path.length < 2 || e.locator.path.at(-1) !== name || e.locator.module.kind === "global")
      return false;
    if (e.takes === true && !isGiven(call)) {
      e.passedOver = true;
      return false;
    }
    const file = machine.modules.files[call.site.file];
    const end = machine.calleeEnd;
    // Without the package's types the import's own way through the code decides, as far as it tells: a factory's result has the class's members.
    if (machine.project.types()?.knows(e.locator) !== true) return isExternal;
    return (
      file !== undefined &&
      end > call.site.at &&
      end <= call.site.end &&
      machine.project.types()?.refersTo(file.path, call.site.at, end, e.locator) === true
    );
  };

  /** Is there any declared field in what the call is given? */
  const isGiven = (call: CallEvent): boolean =>
    allLabels(m(), call.self).length > 0 || allArgs(call.args).some((v) => allLabels(m(), v).length > 0);

  const ofOther = ({ callee, self }: CallEvent): readonly Entry[] => {
    const a = onObject.get(callee) ?? NONE;
    const b = ofImplemented(implementedBy(m(), callee, self));
    return b.length === 0 ? a : [...new Set([...a, ...b])];
  };

  return {
    entries,
    inFile,
    onBind: (file, slot, value) => {
      const here = byFile.get(file.index);
      if (here === undefined) return;
      let names: string[] | undefined;
      for (const e of here) {
        const first = e.locator.path[0]!;
        if (first === "*") continue;
        names ??= namesOf(file, slot);
        if (names.includes(first)) walk(value, e.locator.path.slice(1), e);
      }
    },
    onExports: (file, value) => {
      for (const e of byFile.get(file.index) ?? NONE) {
        if (e.locator.path[0] === "*") continue;
        walk(value, e.locator.path, e);
        if (e.locator.path[0] === "default") walk(value, e.locator.path.slice(1), e);
      }
    },
    onResult: ({ fn }, value) => {
      const { heap } = m();
      for (const { path, entry } of inResult.get(fn) ?? []) {
        walk(value, path, entry, fn);
        for (const obj of objectsOf(heap, value)) if (obj.kind === "promise") walk(obj.props.get(S.value) ?? BOTTOM, path, entry, fn);
      }
    },
    ofFunction,
    ofCall: (call) => {
      const { callee } = call;
      switch (callee.kind) {
        case "function": {
          const code = (callee.data as FunctionData).code;
          return code === null ? NONE : ofFunction(callee, code, call.self);
        }
        case "external":
          return [...external(callee, call), ...described(callee, call), ...ofOther(call)];
        case "unknown": {
          const data = unknownData(callee);
          const own = data.owners === undefined ? NONE : ofOwners(data.owners, data.name);
          const named = packages.filter((e) => typed(e, data.name, call, false));
          for (const e of named) e.matched = true;
          return [...own, ...named];
        }
        default:
          return ofOther(call);
      }
    },
    isNamed: ({ owners, name }) => memberNames.has(name) && namedBy(owners, name).some(({ wants }) => wants !== "property"),
    ofMember: (type, name) => {
      const member = m().types.member(type, name);
      if (member === undefined) return NONE;
      // Who reads a property has not called it.
      const all = namedBy(member.owners, name);
      const read = all.every(({ wants }) => wants === "property") ? all : all.filter(({ wants }) => wants === "property");
      for (const e of read) e.matched = true;
      return read;
    },
  };
}

/** The class and the name that a function has as a member: a method, or what a field begins with (`accept = (x) => …`). */
function memberOf({ file, fn, index }: Code): Pick<FunctionFacts, "owner" | "name"> {
  const field = file.facts.functions[fn.parent];
  const first = field?.kind === "field" ? field.body[0] : undefined;
  return field !== undefined && first?.s === "return" && first.e?.e === "fn" && first.e.fn === index ? field : fn;
}

/** A function's value, or one that nothing is known of; not data. */
function mayBeCalled(m: Machine, v: Value): boolean {
  if (v.refs.length === 0) return v.consts.length === 0 && (v.kinds & (K.String | K.Number | K.Big | K.True | K.False)) === 0;
  return objectsOf(m.heap, v).some((o) => isRunnable(o) || o.kind === "class" || o.kind === "external" || o.kind === "unknown");
}

/** The first things that an entry is found to name tell what it is; a factory makes no end of them. */
const MOST_NAMED = 16;

function name(entry: Entry, named: Named): void {
  const isKnown = entry.named.some(
    (old) => old.k === named.k && (named.k !== "function" || (old.k === "function" && old.fn === named.fn)) && named.k !== "class",
  );
  if (!isKnown && entry.named.length < MOST_NAMED) entry.named.push(named);
}

/** A locator that something outside may be meant by: it is where `named`, else the compiler's types decide. */
interface Candidate {
  readonly entry: Entry;
  readonly named: boolean;
  /** Does the module, taken whole, stand for an instance of the class that is named? */
  readonly isBare: boolean;
  readonly name: string | undefined;
  /** Without types: does it look like it? */
  readonly isLike: boolean;
}

/** Does a path go down the same members in the end: `createClient.().files.create` like `OpenAI.files.create`? */
const endsLike = (actual: readonly string[], wanted: readonly string[]): boolean =>
  wanted.slice(1).every((name, i) => actual[actual.length - wanted.length + 1 + i] === name);

/**
 * Without types: what a factory gives has the class's members, and a class beside it that shares more than a method (`AzureOpenAI`,
 * `files.create`) is most likely one of its kind.
 */
const likeIt = (actual: readonly string[], wanted: readonly string[]): boolean =>
  actual.length > wanted.length || (actual.length === wanted.length && wanted.length > 2 && /^[A-Z]/.test(actual[0] ?? ""));

/** `OpenAI.files.create` names the default export's members too, and those of a module that is taken whole. */
export function samePath(actual: readonly string[], wanted: readonly string[], ofPackage: boolean): boolean {
  const plain = actual.filter((p) => p !== "prototype");
  if (plain.length === wanted.length) return plain.every((p, i) => p === wanted[i] || (ofPackage && i === 0 && p === "default"));
  if (ofPackage && plain.length === wanted.length + 1 && plain[0] === "default") return plain.slice(1).every((p, i) => p === wanted[i]);
  return (
    ofPackage && plain.length === wanted.length - 1 && wanted.length > 1 && plain.length > 0 && plain.every((p, i) => p === wanted[i + 1])
  );
}

function push<A, B>(map: Map<A, B[]>, key: A, value: B): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}
