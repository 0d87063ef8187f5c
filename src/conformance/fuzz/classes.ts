/** Class declarations: fields, accessors, statics, private members, inheritance, methods that write. */
import { body, declare, fresh, ofKind, type Context } from "./context.js";
import { expression } from "./expression.js";
import { functionBody } from "./lambda.js";
import { functionType, someType } from "./some-type.js";
import { show, type ClassType, type FunctionType, type Prop } from "./types.js";

/** Declares a class, which may extend one in scope. */
export function classDeclaration(g: Context): string {
  const name = fresh(g, "C");
  const bases = ofKind(g, "class");
  const base = bases.length > 0 && g.choices.chance(40) ? g.choices.one(bases).type.of : undefined;
  const own: Prop[] = Array.from({ length: 1 + g.choices.below(2) }, () => ({ name: fresh(g, "p"), type: someType(g, undefined, 1) }));
  const isPrivate = g.choices.chance(35);
  const parts: string[] = [];
  const assigned: string[] = [];
  const params = [...(base?.params ?? []), ...own.map((prop) => prop.type)];
  const names = params.map(() => fresh(g, "a"));

  const fields = [...(base?.fields ?? []), ...own];
  const writable = [...(base?.writable ?? []), ...own];
  const statics: Prop[] = [];
  const methods = [...(base?.methods ?? [])];
  const type: ClassType = { name, params, fields, writable, methods, statics, ...(base === undefined ? {} : { base }) };

  own.forEach((prop, i) => {
    const from = names[(base?.params.length ?? 0) + i]!;
    const shown = show(prop.type);
    if (isPrivate) {
      parts.push(
        `#${prop.name}: ${shown};`,
        `get ${prop.name}(): ${shown} { return this.#${prop.name}; }`,
        `set ${prop.name}(v: ${shown}) { this.#${prop.name} = v; }`,
      );
      assigned.push(`this.#${prop.name} = ${from};`);
    } else {
      parts.push(`${prop.name}: ${shown};`);
      assigned.push(`this.${prop.name} = ${from};`);
    }
  });
  const superCall = base === undefined ? [] : [`super(${names.slice(0, base.params.length).join(", ")});`];
  parts.push(`constructor(${names.map((n, i) => `${n}: ${show(params[i]!)}`).join(", ")}) {\n${[...superCall, ...assigned].join("\n")}\n}`);

  if (g.choices.chance(40)) {
    const prop = { name: fresh(g, "p"), type: someType(g, undefined, 1) };
    parts.push(
      `static ${prop.name}: ${show(prop.type)} = ${expression({ ...g, depth: 1, inside: { ...g.inside, async: false } }, prop.type)};`,
    );
    statics.push(prop);
  }
  if (g.choices.chance(40)) {
    const prop = { name: fresh(g, "p"), type: someType(g, undefined, 1) };
    parts.push(`get ${prop.name}(): ${show(prop.type)} { return ${expression({ ...member(g, type), depth: 2 }, prop.type)}; }`);
    fields.push(prop);
  }
  const count = g.choices.below(3);
  const overridden = new Set<string>();
  for (let i = 0; i < count; i++) {
    const inherited = base !== undefined && base.methods.length > 0 && g.choices.chance(50) ? g.choices.one(base.methods) : undefined;
    const { params: taken, returns } = inherited?.type ?? functionType(g, 1);
    if (inherited !== undefined && overridden.has(inherited.name)) continue;
    const awaited = returns.k === "promise" && g.choices.chance(80) ? returns.of : undefined;
    const asynchronous = awaited !== undefined;
    const method = { name: inherited?.name ?? fresh(g, "m"), type: { k: "function", params: taken, returns } satisfies FunctionType };
    const inner = member(g, type, asynchronous);
    const result = awaited ?? returns;
    const list = taken.map((param) => {
      const a = fresh(g, "a");
      declare(inner, a, param);
      return `${a}: ${show(param)}`;
    });
    if (inherited !== undefined && !asynchronous) declare(inner, `super.${method.name}`, method.type, false, 30);
    const text = functionBody({ ...inner, inside: { ...inner.inside, returns: result } }, result, 3);
    parts.push(`${asynchronous ? "async " : ""}${method.name}(${list.join(", ")}): ${show(returns)} {\n${text}\n}`);
    if (inherited === undefined) methods.push(method);
    else overridden.add(method.name);
  }
  declare(g, name, { k: "class", of: type });
  return `class ${name}${base === undefined ? "" : ` extends ${base.name}`} {\n${parts.join("\n")}\n}`;
}

/** Inside a member: `this` is there, and what was declared of the class so far. */
function member(g: Context, type: ClassType, async = false): Context {
  const inner = body(g, { async });
  for (const prop of type.fields) declare(inner, `this.${prop.name}`, prop.type, type.writable.includes(prop));
  return inner;
}
