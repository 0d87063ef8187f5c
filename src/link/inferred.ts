/**
 * The types of values, as far as syntax tells them: of names by their annotations, of expressions by casts, `new`, the results of
 * functions, literals. What only inference through libraries or generics can know is undefined.
 */
import type { ClassFacts, Expr, FunctionFacts, TypeIR } from "../facts/ir.js";
import type { LinkedFile, Modules } from "./modules.js";
import { bindingOf, returnsOf } from "./statements.js";
import { described } from "./types/ambient.js";
import type { TypeEnv, TypeMember, TypeRef, TypeView } from "./types.js";

interface Questions {
  readonly modules: Modules;
  readonly view: (t: TypeRef | undefined) => TypeView;
  readonly member: (t: TypeRef | undefined, name: string) => TypeMember | undefined;
  readonly awaited: (t: TypeRef | undefined) => TypeRef | undefined;
  readonly signatures: (t: TypeRef | undefined) => readonly TypeRef[];
  readonly instance: (file: LinkedFile, cls: ClassFacts, args?: readonly TypeRef[]) => TypeRef;
  readonly scopeOf: (file: LinkedFile, fn: FunctionFacts) => TypeEnv | null;
}

export interface Inference {
  /** A name of a module's top level, or one that it imports. */
  ofName(file: LinkedFile, name: string): TypeRef | undefined;
  /** What a module exports under a name. */
  exported(file: LinkedFile, name: string): TypeRef | undefined;
  /** What a function returns: as it says, else as its `return`s say. */
  ofResult(file: LinkedFile, fn: FunctionFacts, env: TypeEnv | null): TypeRef | undefined;
}

/** Steps from a value to where its type is written. */
const FURTHEST = 12;

export function inference(types: Questions): Inference {
  const { modules, view, member, awaited, signatures } = types;

  /** Where an expression stands: the function, and what type parameters mean there. */
  interface At {
    readonly file: LinkedFile;
    readonly fn: FunctionFacts;
    readonly env: TypeEnv | null;
    readonly depth: number;
  }

  /** Types of several places put together, by names that stand for them. */
  const made = (file: LinkedFile, parts: readonly TypeRef[], shape: (parts: readonly TypeIR[]) => TypeIR): TypeRef => ({
    file,
    type: shape(parts.map((_, i) => ({ t: "ref", name: [`#${i}`] }))),
    env: new Map(parts.map((part, i) => [`#${i}`, part])),
  });
  const primitive = (file: LinkedFile, name: "string" | "number" | "boolean" | "any"): TypeRef => ({
    file,
    type: { t: "primitive", name },
    env: null,
  });

  const ofExpr = (e: Expr, at: At): TypeRef | undefined => {
    const { file, env } = at;
    if (at.depth > FURTHEST) return undefined;
    const next = { ...at, depth: at.depth + 1 };
    switch (e.e) {
      case "cast":
        return e.type === undefined || e.satisfies === true ? ofExpr(e.v, next) : { file, type: e.type, env };
      case "const":
        return typeof e.v === "string" || typeof e.v === "number" || typeof e.v === "boolean"
          ? primitive(file, typeof e.v as "string")
          : undefined;
      case "template":
        return primitive(file, "string");
      case "await":
        return awaited(ofExpr(e.v, next));
      case "var":
        return ofVariable(e.slot, outer(at, e.up));
      case "import":
        return imported(file, e.i, at.depth + 1);
      case "global":
        return described(file, e.name);
      case "fn":
        return ofFunction(file, file.facts.functions[e.fn]!, env);
      case "member":
        return e.key.e === "const" ? member(ofExpr(e.o, next), String(e.key.v))?.type : undefined;
      case "new": {
        const args = e.types?.map((type): TypeRef => ({ file, type, env }));
        const name = e.f.e === "var" ? e.f.slot : undefined;
        const cls = file.facts.classes.find((c) => c.name === name);
        if (cls !== undefined) return types.instance(file, cls, args);
        const v = view(ofExpr(e.f, next));
        return v.v === "object" ? v.made : undefined;
      }
      case "call":
        return ofCall(e, next);
      case "object": {
        const props = e.props.flatMap((p) => (p.k === "prop" && p.key.e === "const" ? [{ name: String(p.key.v), v: p.v }] : []));
        if (props.length < e.props.length) return undefined;
        const of = props.map((p) => ofExpr(p.v, next) ?? primitive(file, "any"));
        return made(file, of, (parts) => ({ t: "literal", props: props.map(({ name }, i) => ({ name, type: parts[i]! })) }));
      }
      case "array": {
        const [first] = e.elems;
        const of = first === undefined || first === null || first.e === "spread" ? undefined : ofExpr(first, next);
        return of && made(file, [of], ([part]) => ({ t: "array", of: part! }));
      }
      case "cond":
        return either(file, [ofExpr(e.then, next), ofExpr(e.else, next)]);
      case "logical":
        return either(file, [ofExpr(e.l, next), ofExpr(e.r, next)]);
      default:
        return undefined;
    }
  };

  const either = (file: LinkedFile, all: readonly (TypeRef | undefined)[]): TypeRef | undefined => {
    const known = all.filter((t) => t !== undefined);
    return known.length < 2 ? known[0] : made(file, known, (parts) => ({ t: "union", of: parts }));
  };

  const ofCall = (e: Expr & { e: "call" }, at: At): TypeRef | undefined => {
    const callee = ofExpr(e.f, at);
    const [signature] = signatures(callee);
    if (signature === undefined || signature.type.t !== "function") return undefined;
    const args = e.types?.map((type): TypeRef => ({ file: at.file, type, env: at.env })) ?? [];
    const bound = signature.type.typeParams?.flatMap((p, i) => (args[i] === undefined ? [] : ([[p.name, args[i]]] as const))) ?? [];
    const v = view(bound.length === 0 ? signature : { ...signature, env: new Map([...(signature.env ?? []), ...bound]) });
    return v.v === "function" ? v.returns : undefined;
  };

  const outer = (at: At, up: number): At => {
    let { fn } = at;
    // Blocks that loops give a record of their own count, too: the name is looked for further out then.
    for (let i = 0; i < up && fn.parent >= 0; i++) fn = at.file.facts.functions[fn.parent]!;
    return { ...at, fn, depth: at.depth + 1 };
  };

  /** A variable of a function: by its annotation, by what it is initialised with, a parameter, a function of that name. */
  const ofVariable = (slot: string, at: At): TypeRef | undefined => {
    const { file, fn, env } = at;
    const param = fn.params.find((p) => p.target.p === "var" && p.target.slot === slot);
    if (param !== undefined) return param.type && { file, type: param.type, env };
    const hoisted = fn.hoisted.find((h) => h.slot === slot);
    if (hoisted !== undefined) return ofFunction(file, file.facts.functions[hoisted.fn]!, env);
    const cls = file.facts.classes.find((c) => c.selfSlot === slot || c.name === slot);
    const bound = bindingOf(fn.body, slot);
    if (bound?.init?.e === "class" || (bound === undefined && cls !== undefined))
      return { file, type: { t: "typeof", name: [slot] }, env: null };
    const type = bound?.type ?? (bound?.target.p === "var" ? bound.target.type : undefined);
    if (type !== undefined) return { file, type, env };
    return bound?.init === undefined ? undefined : ofExpr(bound.init, at);
  };

  const ofFunction = (file: LinkedFile, fn: FunctionFacts, env: TypeEnv | null): TypeRef => {
    const params = fn.params.map((p) => ({
      name: "",
      ...(p.type !== undefined && { type: p.type }),
      ...(p.rest && { rest: true as const }),
    }));
    const returns = fn.returnType ?? { t: "ref", name: ["#returns"] };
    const result = fn.returnType === undefined ? ofResult(file, fn, types.scopeOf(file, fn)) : undefined;
    const type: TypeIR = {
      t: "function",
      params,
      ...((fn.returnType !== undefined || result !== undefined) && { returns }),
      ...(fn.typeParams !== undefined && { typeParams: fn.typeParams }),
    };
    return { file, type, env: result === undefined ? env : new Map([...(env ?? []), ["#returns", result]]) };
  };

  const running = new Set<FunctionFacts>();
  const ofResult = (file: LinkedFile, fn: FunctionFacts, env: TypeEnv | null): TypeRef | undefined => {
    if (fn.returnType !== undefined) return { file, type: fn.returnType, env };
    if (fn.generator || running.has(fn) || running.size > FURTHEST) return undefined;
    running.add(fn);
    const of = either(
      file,
      returnsOf(fn.body).map((e) => ofExpr(e, { file, fn, env, depth: 0 })),
    );
    running.delete(fn);
    return fn.async && of !== undefined ? made(file, [of], (args) => ({ t: "ref", name: ["Promise"], args })) : of;
  };

  const imported = (file: LinkedFile, i: number, depth: number): TypeRef | undefined => {
    const fact = file.facts.imports[i];
    if (fact === undefined || fact.name === "*" || depth > FURTHEST) return undefined;
    const to = modules.resolve(file, fact.from);
    return to.k === "file" ? exported(to.file, fact.name, depth + 1) : undefined;
  };

  const ofName = (file: LinkedFile, name: string, depth = 0): TypeRef | undefined => {
    if (depth > FURTHEST) return undefined;
    const i = file.facts.imports.findIndex((x) => x.local === name);
    if (i >= 0) return imported(file, i, depth + 1);
    return described(file, name) ?? ofVariable(name, { file, fn: file.facts.functions[0]!, env: null, depth });
  };

  const exported = (file: LinkedFile, name: string, depth = 0): TypeRef | undefined => {
    if (depth > FURTHEST) return undefined;
    const from = (specifier: string, wanted: string): TypeRef | undefined => {
      const to = modules.resolve(file, specifier);
      const other = to.k === "file" ? to.file : file.declares === true ? modules.declarations(file, specifier) : undefined;
      return other && exported(other, wanted, depth + 1);
    };
    for (const e of file.facts.exports) {
      if (e.k === "star" || e.k === "type" || e.name !== name) continue;
      const hit =
        e.k === "local" ? ofName(file, e.slot, depth + 1) : e.k === "from" ? from(e.from, e.imported) : ofImport(file, e.import, from);
      if (hit !== undefined) return hit;
    }
    for (const e of file.facts.exports) {
      if (e.k === "local" && e.name === "=") {
        const whole = ofName(file, e.slot, depth + 1);
        const hit = name === "default" || name === "=" ? whole : (described(file, `${e.slot}.${name}`) ?? member(whole, name)?.type);
        if (hit !== undefined) return hit;
      }
      const hit = e.k === "star" ? from(e.from, name) : undefined;
      if (hit !== undefined) return hit;
    }
    const own = file.declares === true ? described(file, name) : undefined;
    return own ?? (file.behind && exported(file.behind, name, depth + 1));
  };

  const ofImport = (file: LinkedFile, i: number, from: (specifier: string, name: string) => TypeRef | undefined): TypeRef | undefined => {
    const fact = file.facts.imports[i];
    return fact === undefined || fact.name === "*" ? undefined : from(fact.from, fact.name);
  };

  return { ofName: (file, name) => ofName(file, name), exported: (file, name) => exported(file, name), ofResult };
}
