/** What of a file a JSDoc tag of ours stands above and a locator can name: functions, members, properties of types, parameters. */
import type { ClassFacts, DocTag, Expr, FileFacts, FunctionFacts, PropType, Stmt, TypeIR } from "../facts/ir.js";

export interface Tagged {
  readonly tag: DocTag;
  /** The path of a locator: `["User", "email"]`. */
  readonly path: readonly string[];
  readonly kind: "function" | "property" | "parameter";
  /** Of a parameter. */
  readonly index?: number;
  /** Of a function: whose `@yields` may be JSDoc's own, which says what it yields. */
  readonly generator?: true;
}

const OURS = new Set(["collects", "trains", "yields"]);

/** Is it a tag that declares something? JSDoc's own `@yields` describes what a generator gives. */
export const isOurs = ({ tag }: DocTag): boolean => OURS.has(tag);

/** In the order of the file; one tag may stand above several things (`export const load = …` is a variable and a function). */
export function taggedIn(facts: FileFacts): Tagged[] {
  const found = new Map<number, Tagged>();
  const note = (
    tags: readonly DocTag[] | undefined,
    path: readonly string[],
    kind: Tagged["kind"],
    { index, generator }: { readonly index?: number; readonly generator?: boolean | undefined } = {},
  ): void => {
    for (const tag of tags ?? []) {
      if (!isOurs(tag)) continue;
      // What can be called says more than that it is a property.
      if (found.get(tag.at)?.kind === "function") continue;
      found.set(tag.at, { tag, path, kind, ...(index !== undefined && { index }), ...(generator === true && { generator }) });
    }
  };
  const ofFunction = (fn: FunctionFacts | undefined, path: readonly string[]): void => {
    if (fn === undefined) return;
    note(fn.tags, path, "function", fn);
    fn.params.forEach((param, i) => {
      note(param.tags, path, "parameter", { index: i });
    });
  };
  const ofClass = (cls: ClassFacts | undefined, path: readonly string[]): void => {
    for (const member of cls?.members ?? []) {
      if (member.key.e !== "const") continue;
      const inner = [...path, String(member.key.v)];
      const fn = member.fn === undefined ? undefined : facts.functions[member.fn];
      if (member.kind === "method") note(member.tags, inner, "function", fn);
      else if (member.kind !== "static-block") note(member.tags, inner, "property");
      if (member.kind === "method") ofFunction(fn, inner);
      else if (member.kind === "field") ofExpression(returned(fn), inner);
    }
    if (cls?.ctor !== undefined) ofFunction(facts.functions[cls.ctor], path);
  };
  const ofExpression = (e: Expr | undefined, path: readonly string[]): void => {
    switch (e?.e) {
      case "fn":
        ofFunction(facts.functions[e.fn], path);
        break;
      case "class":
        ofClass(facts.classes[e.cls], path);
        break;
      case "cast":
        ofExpression(e.v, path);
        break;
      case "object":
        for (const p of e.props) if (p.k === "prop" && p.key.e === "const") ofExpression(p.v, [...path, String(p.key.v)]);
        break;
      default:
        break;
    }
  };
  const ofProperties = (props: readonly PropType[], path: readonly string[]): void => {
    for (const p of props) {
      const inner = [...path, p.name];
      note(p.tags, inner, p.method === true || p.type?.t === "function" ? "function" : "property");
      ofType(p.type, inner);
    }
  };
  const ofType = (type: TypeIR | undefined, path: readonly string[]): void => {
    switch (type?.t) {
      case "literal":
        ofProperties(type.props, path);
        break;
      case "array":
        ofType(type.of, path);
        break;
      case "union":
      case "intersection":
        for (const part of type.of) ofType(part, path);
        break;
      default:
        break;
    }
  };
  const ofStatement = (s: Stmt): void => {
    if (s.s === "bind" && s.target.p === "var") {
      if (isCallable(s.init)) note(s.tags, [s.target.slot], "function", s.init?.e === "fn" ? facts.functions[s.init.fn] : undefined);
      ofExpression(s.init, [s.target.slot]);
    } else if (s.s === "expr" && s.e.e === "assign" && s.e.target.p === "var") ofExpression(s.e.v, [exportedAs(s.e.target.slot)]);
  };
  const top = facts.functions[0];
  for (const { slot, fn } of top?.hoisted ?? []) ofFunction(facts.functions[fn], [exportedAs(slot)]);
  for (const s of top?.body ?? []) ofStatement(s);
  for (const { name, type } of facts.types) ofType(type, name.split("."));
  for (const { name, type, tags } of facts.ambient ?? []) if (type?.t === "function") note(tags, name.split("."), "function");
  return [...found.values()].sort((a, b) => a.tag.at - b.tag.at);
}

/** `export default () => …` is bound to a slot that no program can write. */
const exportedAs = (slot: string): string => (slot === "*default*" ? "default" : slot);

const isCallable = (e: Expr | undefined): boolean => e?.e === "fn" || e?.e === "call" || (e?.e === "cast" && isCallable(e.v));

/** What a field's thunk gives at once. */
function returned(fn: FunctionFacts | undefined): Expr | undefined {
  const first = fn?.body[0];
  return first?.s === "return" ? first.e : undefined;
}
